"""Paths, addresses, archives, tables and feeds → Capture: raw bytes kept and hashed, with where and when they were met."""

from purport.ingest.inputs import captures

__all__ = ["captures"]
