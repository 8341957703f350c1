"""Offices and bodies that speak without a name of their own: the police, a hospital, "the ministry"."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from purport.incidents.origins_pages import Page
from purport.resources import yaml_of

SPEAKERS = "incidents/speakers.yaml"
GENERAL = re.compile(r"\b(ministry|directorate|department|authority|council|minister)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """An office or body that speaks without a name of its own."""

    key: str
    name: str
    side: str
    pattern: re.Pattern[str]
    unnamed: bool = False


@cache
def bodies() -> tuple[Body, ...]:
    """In the order of the list: where the words fit several, the first is meant."""
    rows = yaml_of(SPEAKERS)["bodies"]
    return tuple(
        Body(row["key"], row["name"], row["side"], re.compile(row["words"], re.IGNORECASE), row.get("unnamed", False)) for row in rows
    )


@lru_cache(maxsize=20_000)
def body_in(words: str) -> Body | None:
    """The body that the words name; where they fit several, the first of the list."""
    return next((body for body in bodies() if body.pattern.search(words)), None)


def body_meant(words: str, page: Page, *, before: int) -> Body | None:
    """The same, "the ministry" being the last ministry that was named before that place of the text."""
    found, general = body_in(words), GENERAL.search(words)
    if found or not general:
        return found
    named = re.compile(rf"[^.;,“”]{{3,30}}\b{general[1]}\b", re.IGNORECASE)
    earlier = [found for match in named.finditer(page.text[:before]) if (found := body_in(match[0]))]
    return earlier[-1] if earlier else None
