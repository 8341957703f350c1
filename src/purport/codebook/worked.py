"""Worked examples: codebooks to start from, in ``resources/codebooks``."""

from purport.codebook.parsing import of_text
from purport.codebook.records import Codebook
from purport.errors import SettingsError
from purport.resources import text_of

FILES = {"purport": "purport.yaml", "acled": "acled_like.yaml", "detention": "detention.yaml"}


def text_like(name: str) -> str:
    """The text of a worked example. Raises SettingsError for another name."""
    if name not in FILES:
        raise SettingsError(f"no worked example {name!r}", where="--like", remedy=f"use one of {', '.join(FILES)}")
    return text_of(f"codebooks/{FILES[name]}")


def worked(name: str) -> Codebook:
    """A worked example as a codebook."""
    return of_text(text_like(name), where=FILES.get(name, name))
