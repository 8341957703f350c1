"""One thing by its id or a prefix of it: a document, event, claim, attribution, capture or reading."""

import sqlite3
from dataclasses import dataclass

from purport.errors import StoreError
from purport.model import Attribution, Claim, Event, Judgement, Report
from purport.store.judging import judgements_of
from purport.store.reading import KeptReading, Sighting, readings_of, report_of_reading, sightings_of

SHORTEST_PREFIX = 6
MOST_LISTED = 8  #: ids named when a prefix fits several

#: kind → (id, capture, reading) of what can be shown, the reading being the one that says it; parameters: first and last id
KINDS = {
    "document": "SELECT documents.id, capture, reading FROM documents WHERE documents.id BETWEEN ? AND ?",
    "event": "SELECT events.id, capture, reading FROM events JOIN documents ON documents.key = document WHERE events.id BETWEEN ? AND ?",
    "claim": "SELECT claims.id, capture, reading FROM claims JOIN events ON events.key = event"
    " JOIN documents ON documents.key = document WHERE claims.id BETWEEN ? AND ?",
    "attribution": "SELECT attributions.id, capture, reading FROM attributions JOIN documents ON documents.key = document"
    " WHERE attributions.id BETWEEN ? AND ?",
    "capture": "SELECT captures.id, captures.key, documents.reading FROM captures LEFT JOIN documents ON capture = captures.key"
    " WHERE captures.id BETWEEN ? AND ?",
    "reading": "SELECT id, capture, key FROM readings WHERE id BETWEEN ? AND ?",
}
#: the same for what only superseded readings say
PAST_KINDS = {
    "document": "SELECT document_id, capture, max(key) FROM readings WHERE document_id BETWEEN ? AND ? GROUP BY document_id, capture",
    "event": "SELECT event_id, capture, max(reading) FROM past_claims JOIN readings ON readings.key = reading"
    " WHERE event_id BETWEEN ? AND ? GROUP BY event_id, capture",
    "claim": "SELECT past_claims.id, capture, max(reading) FROM past_claims JOIN readings ON readings.key = reading"
    " WHERE past_claims.id BETWEEN ? AND ? GROUP BY past_claims.id, capture",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What was asked for, with all it stands in. ``superseded``: only an older reading says it.

    ``report`` is None for a capture that could not be read; ``event``, ``claim`` and ``attribution`` are set as far as ``kind`` goes.
    """

    kind: str
    id: str
    report: Report | None
    sightings: tuple[Sighting, ...]
    readings: tuple[KeptReading, ...]
    event: Event | None = None
    claim: Claim | None = None
    attribution: Attribution | None = None
    judgements: tuple[Judgement, ...] = ()
    superseded: bool = False
    digest: str = ""  #: of the raw bytes


@dataclass(frozen=True, slots=True)
class _Place:
    kind: str
    id: str
    capture: int
    reading: int | None
    superseded: bool = False


def show(connection: sqlite3.Connection, asked: str) -> Shown:
    """Raises StoreError if nothing or more than one thing has that id or prefix (six characters at least)."""
    place = _one_place(connection, asked)
    report = None if place.reading is None else report_of_reading(connection, place.reading)
    event, claim = _event_and_claim(report, place)
    return Shown(
        kind=place.kind,
        id=place.id,
        report=report,
        sightings=sightings_of(connection, place.capture),
        readings=tuple(readings_of(connection, place.capture)),
        event=event,
        claim=claim,
        attribution=_attribution(report, place),
        judgements=judgements_of(connection, claim.id) if claim else (),
        superseded=place.superseded,
        digest=connection.execute("SELECT digest FROM captures WHERE key = ?", (place.capture,)).fetchone()[0],
    )


def _one_place(connection: sqlite3.Connection, asked: str) -> _Place:
    places = _places(connection, asked, last=asked)
    if not places:
        if len(asked) < SHORTEST_PREFIX:
            raise StoreError(
                f"nothing has this id, and a prefix needs {SHORTEST_PREFIX} characters", where=asked, remedy="give more of the id"
            )
        places = _places(connection, asked, last=f"{asked}\U0010ffff")
    if not places:
        raise StoreError("nothing has this id", where=asked, remedy="look ids up with `purport search`")
    if len(places) > 1:
        listed = ", ".join(f"{place.kind} {place.id}" for place in places[:MOST_LISTED])
        raise StoreError(f"this prefix fits several: {listed}", where=asked, remedy="give more of the id")
    return places[0]


def _places(connection: sqlite3.Connection, first: str, *, last: str) -> list[_Place]:
    return _found(connection, KINDS, between=(first, last), superseded=False) or _found(
        connection, PAST_KINDS, between=(first, last), superseded=True
    )


def _found(connection: sqlite3.Connection, kinds: dict[str, str], *, between: tuple[str, str], superseded: bool) -> list[_Place]:
    places: dict[tuple[str, str, int], _Place] = {}
    for kind, sql in kinds.items():
        for thing, capture, reading in connection.execute(f"{sql} LIMIT ?", (*between, MOST_LISTED + 1)):
            places.setdefault((kind, thing, capture), _Place(kind, thing, capture, reading, superseded))
    return list(places.values())


def _event_and_claim(report: Report | None, place: _Place) -> tuple[Event | None, Claim | None]:
    for event in report.events if report else ():
        if place.kind == "event" and event.id == place.id:
            return event, None
        for claim in event.claims if place.kind == "claim" else ():
            if claim.id == place.id:
                return event, claim
    return None, None


def _attribution(report: Report | None, place: _Place) -> Attribution | None:
    if report is None or place.kind != "attribution":
        return None
    return report.attribution(place.id)
