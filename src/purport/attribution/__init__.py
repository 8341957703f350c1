"""Reading → AttributedReading: who says what, nested, with stance, and the factuality of every predicate."""

from purport.attribution.attribute import attribute

__all__ = ["attribute"]
