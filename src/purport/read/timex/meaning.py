"""What a time expression means, and what is known where it stands."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Moment:
    """``published``: the day the page speaks from. ``narrated``: the last day it told of. ``direction``: "past", "future" or None, from
    the tense. ``quarter``: the last quarter it told of, as year and number."""

    published: date | None
    narrated: date | None = None
    direction: str | None = None
    quarter: tuple[int, int] | None = None

    @property
    def told(self) -> date | None:
        """The day the story stands at: the last one told of, else the page's own."""
        return self.narrated or self.published


@dataclass(frozen=True, slots=True)
class Meaning:
    """A TIMEX3 kind and value; ``anchored`` if it was reckoned from the page's date. ``period`` is the EDTF where the value alone cannot
    give it; ``loose``: the EDTF is approximate; ``edge``: START, MID or END of the value; ``day``: the day told of, if it is one."""

    kind: str
    value: str
    anchored: bool = False
    period: str | None = None
    loose: bool = False
    edge: str | None = None
    day: date | None = None
    quarter: tuple[int, int] | None = None


def day_meaning(
    day: date | None, *, part: str = "", unknown: str = "XXXX-XX-XX", anchored: bool = True, edge: str | None = None
) -> Meaning:
    """A day, or a part of it ("MO"); ``unknown`` stands in for a day that cannot be known."""
    value = day.isoformat() if day else unknown
    return Meaning(
        "TIME" if part else "DATE", value + (f"T{part}" if part else ""), anchored=anchored and day is not None, edge=edge, day=day
    )


def edge_of(word: str) -> str | None:
    """START, MID or END for "early", "middle", "late", …."""
    first = word.split(" ")[0] if word else ""
    if first in ("early", "earlier", "beginning", "start"):
        return "START"
    return {"mid": "MID", "middle": "MID", "late": "END", "later": "END", "end": "END", "close": "END"}.get(first)
