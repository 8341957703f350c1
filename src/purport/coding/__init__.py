"""AttributedReading → Report: events, roles and counts as claims."""

from purport.coding.code import code

__all__ = ["code"]
