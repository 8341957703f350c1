"""Which version of this package, of its rows and of the project's codebook makes the rows that are kept for exports."""

from functools import cache
from importlib.metadata import version

from purport.codebook import in_use

ROWS = 1  #: to be raised whenever any of the rows, or what they are made of, changes


def maker() -> str:
    """Who makes rows here and now: rows of another maker do not hold."""
    return f"{package()}, rows {ROWS}, codebook {in_use().digest or 'none'}"


@cache
def package() -> str:
    """Name and version."""
    return f"purport {version('purport')}"
