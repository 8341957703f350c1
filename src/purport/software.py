"""The name and version under which this package signs what it writes."""

from functools import cache
from importlib.metadata import version


@cache
def software() -> str:
    """ "purport 1.2.3"; looked up once, since each look reads the metadata of the package anew."""
    return f"purport {version('purport')}"
