"""Content notices: what of a page is announced before it is shown, and what a session has said yes to."""

import re
from collections.abc import Iterable
from functools import cache

from purport.codebook import package_type
from purport.resources import yaml_of
from purport.serve.sessions import Session
from purport.wording import label

KNOWLEDGE = "html/graphic.yaml"
EVERYTHING = "*"  #: among a session's answers: every text may be shown until it ends


def graphic_sorts(words: Iterable[str | None], *, types: Iterable[str]) -> tuple[str, ...]:
    """What is announced first ("torture", "bodies") before these words of pages and events of these types are shown; often nothing."""
    text = "\n".join(filter(None, words))
    found = [sort for sort, pattern in _patterns().items() if pattern.search(text)]
    found += [label(type) for type in types if package_type(type) in yaml_of(KNOWLEDGE)["types"]]
    return tuple(dict.fromkeys(found))


def is_announced(session: Session, *subjects: str) -> bool:
    """Whether the session has said that it wants to see one of these, or everything."""
    return not session.notices.isdisjoint({EVERYTHING, *subjects})


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words: dict[str, list[str]] = yaml_of(KNOWLEDGE)["words"]
    return {sort: re.compile(rf"(?i)\b(?:{'|'.join(map(_pattern, each))})\b") for sort, each in words.items()}


def _pattern(words: str) -> str:
    return re.escape(words).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace(r"\-", "[- ]")
