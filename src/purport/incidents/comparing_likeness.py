"""How far an incident and a row of a table can be the same happening, field by field."""

import math
import re
from datetime import date
from functools import lru_cache

from purport.distance import kilometres
from purport.outside import Gist, OutsideRow

#: Shares of the score. Days and place carry it: actors are named in many ways, and tolls differ between sources of one incident.
WEIGHTS = {"date": 0.35, "place": 0.35, "deaths": 0.15, "actors": 0.15}
#: What a field gives that one side does not say.
UNKNOWN = 0.5
#: Days outside the stated ones, and kilometres beyond both radii, at which nothing is left.
MOST_DAYS, MOST_KM = 3, 60.0
#: The same name and no point on one side.
SAME_NAME = 0.9
#: Words that tell no actor from another.
EMPTY = frozenset(
    {
        "the",
        "of",
        "and",
        "a",
        "an",
        "al",
        "for",
        "in",
        "government",
        "forces",
        "force",
        "military",
        "group",
        "armed",
        "unidentified",
        "civilians",
    }
)
STEM = 5

Range = tuple[int | None, int | None]
Point = tuple[float, float]  #: latitude, longitude in degrees


def parts_of(gist: Gist, row: OutsideRow) -> tuple[tuple[str, float], ...] | None:
    """The likeness of each field, 0 to 1; None if days or places rule the pair out."""
    days, place = day_likeness(gist, row), place_likeness(gist, row)
    if days <= 0 or place <= 0:
        return None
    return (("date", days), ("place", place), ("deaths", death_likeness(gist, row)), ("actors", actor_likeness(gist, row)))


def score_of(parts: tuple[tuple[str, float], ...]) -> float:
    """The weighted sum, 0 to 1."""
    return sum(WEIGHTS[name] * value for name, value in parts)


def days_apart(gist: Gist, row: OutsideRow) -> int | None:
    """Days between the stated days of both; 0 where they meet, None if one has none."""
    if gist.first is None or gist.last is None or row.first is None or row.last is None:
        return None
    return max(_ordinal(row.first) - _ordinal(gist.last), _ordinal(gist.first) - _ordinal(row.last), 0)


@lru_cache(maxsize=1 << 16)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def day_likeness(gist: Gist, row: OutsideRow) -> float:
    """1 where the days meet, less for each day between."""
    apart = days_apart(gist, row)
    return UNKNOWN if apart is None else 1 - apart / (MOST_DAYS + 1)


def kilometres_apart(gist: Gist, row: OutsideRow) -> float | None:
    """Kilometres between the points less what both places leave open; 0 where they can be one, None without points."""
    if gist.latitude is None or gist.longitude is None or row.latitude is None or row.longitude is None:
        return None
    between = kilometres((gist.latitude, gist.longitude), (row.latitude, row.longitude))
    return max(between - gist.radius_km - row.radius_km, 0.0)


def place_likeness(gist: Gist, row: OutsideRow) -> float:
    """1 where the points can be one, less with the distance beyond; by name and country where a point is missing."""
    apart = kilometres_apart(gist, row)
    if apart is not None:
        near = 1 - apart / MOST_KM
        # Two wide places that can be one are no sign that they are.
        return near if apart else 1 - 0.5 * min(1.0, max(gist.radius_km, row.radius_km) / 300)
    if gist.place and row.place and stems(gist.place) & stems(row.place):
        return SAME_NAME
    if gist.country and row.country:
        return UNKNOWN if gist.country.casefold() == row.country.casefold() else 0.0
    return UNKNOWN


def toll_of_row(row: OutsideRow) -> Range:
    """The row's least and most; its single number twice."""
    low = row.low if row.low is not None else row.best
    return low, row.high if row.high is not None else row.best


def meet(a: Range, b: Range) -> bool:
    """True if two ranges have a number in common; an open end is as far as can be."""
    return _low(a) <= _high(b) and _low(b) <= _high(a)


def _low(values: Range) -> float:
    return values[0] if values[0] is not None else 0


def _high(values: Range) -> float:
    return values[1] if values[1] is not None else math.inf


def is_unknown(values: Range) -> bool:
    """True if neither end is known."""
    return values == (None, None)


def death_likeness(gist: Gist, row: OutsideRow) -> float:
    """1 where the ranges meet, else the smaller of the two nearest ends over the larger."""
    ours, theirs = (gist.low, gist.high), toll_of_row(row)
    if is_unknown(ours) or is_unknown(theirs):
        return UNKNOWN
    if meet(ours, theirs):
        return 1.0
    below, above = (_high(ours), _low(theirs)) if _high(ours) < _low(theirs) else (_high(theirs), _low(ours))
    return below / above


@lru_cache(maxsize=1 << 14)
def stems(name: str) -> frozenset[str]:
    """The beginnings of the words that tell a name from others."""
    return frozenset(w[:STEM] for w in re.findall(r"[^\W\d_]+", name.casefold()) if w not in EMPTY and len(w) > 1)


def actor_likeness(gist: Gist, row: OutsideRow) -> float:
    """1 if an actor of ours shares a telling word with one of theirs, 0 if none does, half if a side names none."""
    ours = {s for name in gist.actors for s in stems(name)}
    theirs = {s for name in row.actors for s in stems(name)}
    return UNKNOWN if not ours or not theirs else float(bool(ours & theirs))
