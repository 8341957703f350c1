"""What a report is mainly about: the events of its title and lead, with one civilian toll, day, place and the parties blamed."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from purport.codebook import package_type
from purport.days import days_of
from purport.incidents.toll_figures import UNREAL, figures_of
from purport.incidents.toll_implied import implied
from purport.incidents.toll_range import Toll, range_of
from purport.model import Claim, Event, Place, Report, Role, Thing, Time
from purport.resources import rows_of

#: Events that harm people or things; a report about a ceasefire or a protest alone has no main event of this kind.
HARMFUL = frozenset(
    {"killing", "armed_assault", "armed_clash", "bombing", "air_strike", "shelling", "chemical_attack", "abduction", "abuse", "destruction"}
)
#: From the most to the least precise; coordinates printed in the text come before all of them.
PRECISIONS = ("exact", "near", "district", "province", "region", "unknown", "country")
#: Days after the main event on which its toll is still told (on the Gaza pages exact killed f .663 with 0, .675 with 5, .679 with 30).
DAYS_AFTER = 5
_COORDINATES = re.compile(r"\d\.\d{3,}")
_ORDINAL = r"(?:st|nd|rd|th)?"


@dataclass(frozen=True, slots=True)
class MainEvent:
    """``events`` tell it. ``day`` is an ISO date; ``day_from`` says where it stands: "title", "claim" or "published" (the day before
    which it happened). ``blamed``: claims of who did it, in text order."""

    events: tuple[Event, ...]
    killed: Toll | None = None
    injured: Toll | None = None
    day: str | None = None
    day_from: str | None = None
    place: Place | None = None
    blamed: tuple[Claim, ...] = ()


def main_event(report: Report) -> MainEvent | None:
    """The main event of a report, or None if it tells of no harm that happened. Nothing is filled in that the page does not say."""
    told = tuple(e for e in report.events if e.reality == "actual" and package_type(e.type) in HARMFUL)
    if not told:
        return None
    day, day_from = day_of(report, told)
    events = tuple(e for e in told if not _is_of_another_day(e, day)) or told
    text = report.document.text
    return MainEvent(
        events=events,
        killed=toll_of(events, kind="killed", text=text),
        injured=toll_of(events, kind="injured", text=text),
        day=day,
        day_from=day_from,
        place=place_of(events, report=report),
        blamed=blamed(events) or blamed(told),
    )


#: The words of harm of each kind of toll (lists of ``incidents/toll.yaml``).
HARM = {"killed": "death", "injured": "injury"}


def toll_of(events: Sequence[Event], *, kind: str, text: str) -> Toll | None:
    """The civilian toll of one kind: the range of the figures; where the page gives none at all, the people it tells of."""
    figures = figures_of(events, kind=kind, text=text)
    return range_of(figures) if figures else implied(events, harm=HARM[kind], text=text)


# ------------------------------------------------------------------ when
def day_of(report: Report, events: Sequence[Event]) -> tuple[str | None, str | None]:
    """The day that the title names, else the first day that the events are given, else the day of publication; and which of these."""
    named = day_in(report.document.title or "")
    if named:
        return named, "title"
    days = [(c.spans[0].start, d) for e in events for c in e.claims if (d := _day(c))]
    if days:
        return min(days)[1], "claim"
    return report.document.published, "published" if report.document.published else None


def _day(claim: Claim) -> str | None:
    days = days_of(claim.value.edtf) if isinstance(claim.value, Time) else None
    return days[0] if days and days[0] == days[1] else None


def _is_of_another_day(event: Event, day: str | None) -> bool:
    """True if it is dated, and never on that day or shortly after, when later figures are told."""
    days = [_ordinal(d) for c in event.claims if (d := _day(c))]
    return bool(day and days and not any(0 <= d - _ordinal(day) <= DAYS_AFTER for d in days))


def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


def day_in(title: str) -> str | None:
    """The first full date of a title ("October 7, 2023", "7th October 2023") as an ISO date."""
    found = _dates().search(title)
    if not found:
        return None
    month = months()[(found["month"] or found["month2"]).lower()]
    day, year = int(found["day"] or found["day2"]), found["year"] or found["year2"]
    return f"{year}-{month:02d}-{day:02d}" if day <= monthrange(int(year), month)[1] and day else None


@cache
def _dates() -> re.Pattern[str]:
    names = "|".join(sorted(months(), key=len, reverse=True))
    first = rf"(?P<month>{names})\.?\s+(?P<day>\d{{1,2}}){_ORDINAL},?\s+(?P<year>(?:19|20)\d\d)"
    second = rf"(?P<day2>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?(?P<month2>{names})\.?,?\s+(?P<year2>(?:19|20)\d\d)"
    return re.compile(rf"\b(?:{first}|{second})\b", re.IGNORECASE)


@cache
def months() -> dict[str, int]:
    """Names of months in several languages, in lower case, and their numbers."""
    return {name.replace("_", " "): int(row["number"]) for row in rows_of("extract/months.tsv") for name in row["names"].split()}


# ------------------------------------------------------------------ where, and by whom
def place_of(events: Iterable[Event], *, report: Report) -> Place | None:
    """The most precise located place that the events are given; the first of them in the text if there are several.

    Places outside the country that most of the report's places lie in are left out: a street or quarter far away bears the same name.
    """
    claims = list(_located(events))
    country = _country(_located(report.events))
    inside = [c for c in claims if _value(c).country in (None, country)]
    best = min(inside or claims, key=lambda c: (_looseness(c), c.spans[0].start), default=None)
    return _value(best) if best is not None else None


def _located(events: Iterable[Event]) -> Iterator[Claim]:
    for event in events:
        for claim in event.claims:
            if claim.role is Role.PLACE and isinstance(claim.value, Place) and claim.value.latitude is not None:
                yield claim


def _value(claim: Claim) -> Place:
    return cast(Place, claim.value)


def _country(claims: Iterable[Claim]) -> str | None:
    """The country of most places, one that is told of widely (a province, a region) and a named town alike."""
    votes = Counter(v.country for v in map(_value, claims) if v.country is not None)
    return max(sorted(votes), key=lambda c: votes[c], default=None)


def _looseness(claim: Claim) -> int:
    return -1 if _COORDINATES.search(claim.words) else PRECISIONS.index(_value(claim).precision)


def blamed(events: Iterable[Event]) -> tuple[Claim, ...]:
    """Claims of who did it that somebody holds to be so, in text order."""
    found = [
        c for e in events for c in e.claims if c.role is Role.PERPETRATOR and isinstance(c.value, Thing) and c.factuality not in UNREAL
    ]
    return tuple(sorted(found, key=lambda c: (c.spans[0].start, c.id)))
