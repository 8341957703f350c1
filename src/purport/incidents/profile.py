"""A page's events (or its sketch) → what is compared of each: a small record of types, days, places, actors, names, numbers and words."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from purport.codebook import package_type
from purport.days import days_of
from purport.incident import Sketch
from purport.incidents.calendar import Days, day_in_address, day_of_year, narrow, ordinal_days, resolved, weekday_of, window_before
from purport.incidents.likeness import Point, names_a_province, radius_km, skeleton, tokens_of
from purport.linkage import page_member
from purport.model import Claim, Count, Entity, Event, Place, Report, Role, Span, Thing, Time, Toponym

MOST_PLACES = 6  #: compared of one event, those told first
MOST_DAYS = 4
MOST_WORDS = 48
AROUND = 260  #: code points before and after a trigger whose words are compared
MOST_FIGURES = 3
LEAD = 700  #: code points at the beginning of an unread page whose days are taken for its own
RECENT = 5  #: days before the window of its publication that a happening may lie
HEAD = 1200  #: code points at the beginning of an unread page whose words are compared
WEAK_BEFORE, WEAK_AFTER = 2, 1  #: an undated happening lies up to two days before its publication, or one after (time zones)
STATES = re.compile(r"^(?:MIL|GOV|POL|FOR|INT|MIN)(?:-[A-Z]+)*-([A-Z]{2})$")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of one member. Days are proleptic ordinals; lists are in the order of telling, the first the most to the point."""

    id: str
    document_id: str
    types: tuple[str, ...] = ()
    reality: str = "actual"
    whole_page: bool = False  #: a page that is not read, known by its sketch
    language: str = "en"
    days: tuple[Days, ...] = ()  #: stated
    month_days: tuple[str, ...] = ()  #: stated without a year: "04-09"
    weekdays: tuple[int, ...] = ()  #: stated without a date, Monday 1, where no better day is known
    weak: Days | None = None  #: from the publication alone
    points: tuple[Point, ...] = ()  #: of places that are not also the name of a province
    wide_points: tuple[Point, ...] = ()  #: of those that are
    place_names: tuple[str, ...] = ()  #: in plain form
    provinces: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()  #: named without a role
    names: tuple[str, ...] = ()  #: of persons, in plain form
    killed: tuple[int, ...] = ()  #: figures, the one most to the point first
    injured: tuple[int, ...] = ()
    words: frozenset[int] = frozenset()
    title: frozenset[int] = frozenset()


NAMES_OF_PARTS = tuple(field.name for field in fields(Profile))


def profiles_of(report: Report, *, sketch: Sketch | None = None) -> tuple[Profile, ...]:
    """One profile for each event of a page; of an unread page one for the whole, if there is anything to compare."""
    if report.document.unread:
        return (sketch_profile(report, sketch=sketch),) if sketch else ()
    entities = {entity.id: entity for entity in report.entities}
    return tuple(_event_profile(event, report, entities=entities) for event in report.events)


# ------------------------------------------------------------------ events
def _event_profile(event: Event, report: Report, *, entities: dict[str, Entity]) -> Profile:
    document = report.document
    weak = weak_days(report)
    times = [(claim.value.value, claim.value.edtf) for claim in event.claims if isinstance(claim.value, Time)]
    places = [claim.value for claim in event.claims if isinstance(claim.value, Place) and claim.role is Role.PLACE]
    return Profile(
        id=event.id,
        document_id=document.id,
        types=(package_type(event.type),),
        reality=event.reality,
        language=document.language,
        **_days(times, weak),
        weak=weak,
        **_places(places),
        perpetrators=_actors(_things(event, Role.PERPETRATOR), entities),
        targets=_actors(_things(event, Role.TARGET), entities),
        names=tuple(dict.fromkeys(_names(event, entities))),
        killed=_toll(event, "killed"),
        injured=_toll(event, "injured"),
        words=frozenset(_telling(event, document.text)),
        title=frozenset(tokens_of(document.title or "", most=MOST_WORDS)),
    )


def weak_days(report: Report) -> Days | None:
    """The days about a page's publication, or about the day that stands in its address."""
    document = report.document
    published = ordinal_days(days_of(document.published[:10])) if document.published else None
    found = published if published and narrow(published) else day_in_address(document.url)
    return window_before(found, before=WEAK_BEFORE, after=WEAK_AFTER) if found else None


def _days(times: list[tuple[str, str | None]], weak: Days | None) -> dict[str, Any]:
    """Days that are known to the month or better, the most precise first; else those without a year; else weekdays."""
    known = [found for value, edtf in times if (found := resolved(value, edtf, weak=weak))]
    days = sorted(dict.fromkeys(known), key=lambda d: d[1] - d[0] > 3)[:MOST_DAYS]  # stable: else in the order of telling
    partial = dict.fromkeys(day for value, edtf in times if (day := day_of_year(edtf or value)))
    weekdays = dict.fromkeys(number for value, _ in times if (number := weekday_of(value)))
    return {"days": tuple(days), "month_days": tuple(partial)[:MOST_DAYS] if not days else (), "weekdays": () if days else tuple(weekdays)}


def _places(places: Iterable[Place | Toponym]) -> dict[str, Any]:
    points: list[Point] = []
    wide: list[Point] = []
    names: list[str] = []
    provinces: list[str] = []
    countries: list[str] = []
    for place in places:
        local = place.precision in ("exact", "near", "district", "unknown") and place.latitude is not None and place.longitude is not None
        if local:
            found = (round(place.latitude or 0.0, 3), round(place.longitude or 0.0, 3), radius_km(place.precision))
            (wide if names_a_province(place.name, place.country) else points).append(found)
        plain = skeleton(place.name)
        if place.latitude is None and len(plain) > 1 and not place.name[:1].islower():
            names.append(plain)
        provinces += [place.admin1] if place.admin1 else []
        countries += [place.country] if place.country else []
    return {
        "points": tuple(dict.fromkeys(points))[:MOST_PLACES],
        "wide_points": tuple(dict.fromkeys(wide))[:MOST_PLACES],
        "place_names": tuple(dict.fromkeys(names))[:MOST_PLACES],
        "provinces": tuple(dict.fromkeys(provinces))[:MOST_PLACES],
        "countries": tuple(dict.fromkeys(countries))[:MOST_PLACES],
    }


def _at_home(places: list[Toponym]) -> list[Toponym]:
    """Without the places outside the country that most of them are in: where only a gazetteer reads, those are mostly other words."""
    told = Counter(place.country for place in places if place.country)
    if not told:
        return places
    home = min(told, key=lambda country: (-told[country], country))
    return [place for place in places if place.country in (None, home)]


def _things(event: Event, role: Role) -> list[Thing]:
    return [claim.value for claim in event.claims if claim.role is role and isinstance(claim.value, Thing)]


def _actors(things: Iterable[Thing], entities: dict[str, Entity]) -> tuple[str, ...]:
    """Codes of actors; whatever acts for a state is that state."""
    found = []
    for thing in things:
        entity = entities.get(thing.entity_id or "")
        code = thing.actor_code or (entity.actor_code if entity else None)
        if code:
            found.append(side_of(code))
        elif entity and entity.country and entity.kind.value in ("nationality", "force", "government", "place"):
            found.append(entity.country)
    return tuple(dict.fromkeys(found))


def side_of(code: str) -> str:
    """The state that an army, police or government acts for, else the actor itself."""
    state = STATES.match(code)
    return state[1] if state else code


def _names(event: Event, entities: dict[str, Entity]) -> Iterator[str]:
    """Names of victims and of people named on somebody's word; one word alone is too common to identify anybody."""
    for claim in event.claims:
        if isinstance(claim.value, Thing) and (claim.role is Role.NAME or _is_named_person(claim)):
            plain = plain_name(claim.value.name)
            if " " in plain:
                yield plain


def plain_name(name: str) -> str:
    """A person's name as words in plain form, particles left out."""
    return " ".join(word for part in name.split() if len(word := skeleton(part)) > 1)


def _is_named_person(claim: Claim) -> bool:
    words = claim.value.name.split() if isinstance(claim.value, Thing) else []
    person = isinstance(claim.value, Thing) and claim.value.kind.value == "person"
    return person and claim.role is Role.TARGET and len(words) >= 2 and all(word[:1].isupper() for word in (words[0], words[-1]))


def _toll(event: Event, kind: str) -> tuple[int, ...]:
    """The figures of one kind, the largest first: smaller ones are often parts of it."""
    counts = [claim.value for claim in event.claims if isinstance(claim.value, Count) and claim.value.kind == kind]
    return tuple(sorted({figure for count in counts if (figure := _figure(count.low, count.high))}, reverse=True))[:MOST_FIGURES]


def _figure(low: int | None, high: int | None) -> int | None:
    return low if low is not None else high


def _telling(event: Event, text: str) -> Iterator[int]:
    for span in event.triggers[:3]:
        yield from tokens_of(_around(text, span), most=MOST_WORDS)


def _around(text: str, span: Span) -> str:
    start = text.rfind(" ", 0, max(0, span.start - AROUND)) + 1
    end = text.find(" ", span.end + AROUND)
    return text[start : end if end > 0 else len(text)]


# ------------------------------------------------------------------ unread pages
def sketch_profile(report: Report, *, sketch: Sketch) -> Profile:
    """The profile of an unread page as a whole."""
    document = report.document
    weak = weak_days(report)
    literal = _at_home([place for place in sketch.places if place.literal and not place.adjective])
    return Profile(
        id=page_member(document.id),
        document_id=document.id,
        types=tuple(dict.fromkeys(word.type for word in sketch.type_words)),
        whole_page=True,
        language=document.language,
        **_days(_own_times(sketch, weak), weak),
        weak=weak,
        **_places(literal),
        actors=tuple(dict.fromkeys(p.country for p in sketch.places if (p.adjective or not p.literal) and p.country)),
        names=tuple(dict.fromkeys(plain_name(span.of(document.text)) for span in sketch.names))[:12],
        killed=_first_toll(sketch, "killed"),
        injured=_first_toll(sketch, "injured"),
        words=frozenset(tokens_of(document.text[:HEAD], most=3 * MOST_WORDS)),
        title=frozenset(tokens_of(document.title or "", most=MOST_WORDS)),
    )


def _own_times(sketch: Sketch, weak: Days | None) -> list[tuple[str, str | None]]:
    """The times that are likely the happening's own: at the beginning of the page, and if its publication is known, near that.

    Pages tell of earlier attacks, truces and anniversaries further down, with dates that are more often whole than their own.
    """
    times = [time for time in sketch.times if time.span.start < LEAD]
    told = [(time.value, time.edtf) for time in times]
    near = [item for item in told if weak and (days := resolved(*item, weak=weak)) and _is_near(days, weak)]
    return near or told


def _is_near(days: Days, weak: Days) -> bool:
    return days[0] <= weak[1] and days[1] >= weak[0] - RECENT


def _first_toll(sketch: Sketch, kind: str) -> tuple[int, ...]:
    """The first figures: a page that is not read tells its own happening first, and others later."""
    figures = [figure for q in sketch.quantities if q.unit == kind and q.span.start < HEAD and (figure := _figure(q.low, q.high))]
    return tuple(dict.fromkeys(figures))[:MOST_FIGURES]


# ------------------------------------------------------------------ as it is kept
def record_of(profile: Profile) -> str:
    """The profile as JSON, the same for the same profile; what is empty is left out."""
    told = ((name, getattr(profile, name)) for name in NAMES_OF_PARTS)
    kept = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in told if value or name == "reality"}
    return json.dumps(kept, ensure_ascii=False)


@lru_cache(maxsize=30_000)
def profile_of(record: str) -> Profile:
    """The profile that :func:`record_of` wrote."""
    told: dict[str, Any] = {name: _frozen(name, value) for name, value in json.loads(record).items()}
    return Profile(**told)


def _frozen(name: str, value: object) -> object:
    if name in ("words", "title"):
        return frozenset(value)  # type: ignore[call-overload]
    if isinstance(value, list):
        return tuple(tuple(part) if isinstance(part, list) else part for part in value)
    return value
