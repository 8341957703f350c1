"""Incidents out of the file: lists with filters, one with all its pages, and what became of an id that was given once."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from purport.errors import StoreError
from purport.incident import Decision, Incident, Link, Telling, anchor_of
from purport.linkage import Pair
from purport.model import Report
from purport.store.conditions import quoted
from purport.store.query import Value
from purport.store.reading import load_report
from purport.store.show import MOST_LISTED, SHORTEST_PREFIX
from purport.store.sketches import load_sketch

NEWEST = "links.key = (SELECT max(key) FROM links AS later WHERE later.first = links.first AND later.second = links.second)"
LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class IncidentEntry:
    """One incident in a list. ``event_ids`` are its members, an unread page under the id of the page as a whole."""

    id: str
    event_ids: tuple[str, ...]
    pages: int
    events: int
    first_day: str | None
    last_day: str | None


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """What is asked of incidents: a type that one of its events has, words of a place, days between which it happened, pages."""

    type: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    min_pages: int = 1


def incident_entries(
    connection: sqlite3.Connection, wanted: IncidentFilter, *, limit: int | None = None, offset: int = 0
) -> Iterator[IncidentEntry]:
    """Incidents that match, those with the most pages first, then by id."""
    condition, parameters = _condition(wanted)
    sql = (
        f"SELECT id, pages, events, first_day, last_day FROM incidents WHERE {condition}"  # noqa: S608 - values are parameters
        " ORDER BY pages DESC, id LIMIT ? OFFSET ?"
    )
    rows = connection.execute(sql, (*parameters, -1 if limit is None else limit, offset)).fetchall()
    for incident, pages, events, first_day, last_day in rows:
        yield IncidentEntry(incident, members_of(connection, incident), pages, events, first_day, last_day)


def incident_ids(connection: sqlite3.Connection, wanted: IncidentFilter) -> list[str]:
    """The ids of those that match, in the same order."""
    condition, parameters = _condition(wanted)
    sql = f"SELECT id FROM incidents WHERE {condition} ORDER BY pages DESC, id"  # noqa: S608 - values are parameters
    return [id for (id,) in connection.execute(sql, parameters)]


def count_incidents(connection: sqlite3.Connection, wanted: IncidentFilter) -> int:
    """How many incidents match."""
    condition, parameters = _condition(wanted)
    number: int = connection.execute(f"SELECT count(*) FROM incidents WHERE {condition}", parameters).fetchone()[0]  # noqa: S608
    return number


def members_of(connection: sqlite3.Connection, incident: str) -> tuple[str, ...]:
    """The ids of an incident's events, sorted."""
    rows = connection.execute("SELECT event FROM incident_members WHERE incident = ? ORDER BY event", (incident,))
    return tuple(event for (event,) in rows)


def pages_of_members(connection: sqlite3.Connection, incident: str) -> dict[str, str]:
    """The ids of an incident's events, sorted, each with the id of its page."""
    sql = (
        "SELECT event, documents.id FROM incident_members JOIN documents ON documents.key = incident_members.document"
        " WHERE incident = ? ORDER BY event"
    )
    return dict(connection.execute(sql, (incident,)))


def pages_beside(connection: sqlite3.Connection, document_id: str) -> tuple[str, ...]:
    """The ids of the other pages of the incidents that a page tells of, sorted."""
    sql = (
        "SELECT DISTINCT other.id FROM documents AS page JOIN incident_members AS own ON own.document = page.key"
        " JOIN incident_members AS beside ON beside.incident = own.incident AND beside.document != page.key"
        " JOIN documents AS other ON other.key = beside.document WHERE page.id = ? ORDER BY other.id"
    )
    return tuple(id for (id,) in connection.execute(sql, (document_id,)))


def load_incident(connection: sqlite3.Connection, asked: str) -> Incident:
    """The incident with this id, or that holds this event; the id's beginning will do. Raises StoreError."""
    head = load_head(connection, asked)
    rows = connection.execute("SELECT event, document FROM incident_members WHERE incident = ? ORDER BY event", (head.id,)).fetchall()
    reports = {document: load_report(connection, document) for document in sorted({document for _, document in rows})}
    tellings = [telling for event, document in rows for telling in _tellings(reports[document], event)]
    return replace(head, tellings=tuple(sorted(tellings, key=lambda t: (t.document.published or "9999", t.document.id, t.event.triggers))))


def load_head(connection: sqlite3.Connection, asked: str) -> Incident:
    """The same without what its pages tell: with its links and with sketches of pages that are not read."""
    incident = resolve(connection, asked)
    rows = connection.execute("SELECT event, document FROM incident_members WHERE incident = ? ORDER BY event", (incident,)).fetchall()
    sketches = [load_sketch(connection, document) for document in sorted({document for _, document in rows})]
    return Incident(
        id=incident,
        tellings=(),
        links=links_of(connection, [event for event, _ in rows]),
        sketches=tuple(sorted((sketch for sketch in sketches if sketch), key=lambda sketch: sketch.document_id)),
    )


def _tellings(report: Report, event_id: str) -> Iterator[Telling]:
    for event in report.events:
        if event.id == event_id:
            yield Telling(event, report.document, report.attributions, report.entities)


def links_of(connection: sqlite3.Connection, events: Iterable[str]) -> tuple[Link, ...]:
    """What holds about every pair with one of these events: the linker's last decisions, overlaid by people's."""
    events = sorted(events)
    found: dict[Pair, Link] = {}
    for event in events:
        for column in ("first", "second"):
            sql = f"SELECT first, second, score, decision, reasons, by FROM links WHERE {column} = ? AND {NEWEST}"  # noqa: S608 - constant
            for row in connection.execute(sql, (event,)):
                found[row[0], row[1]] = link_of(row)
    return tuple(found[pair] for pair in sorted(found))


def link_of(row: tuple[str, ...]) -> Link:
    """A link out of its columns first, second, score, decision, reasons, by."""
    first, second, score, decision, reasons, by = row
    return Link(first, second, float(score), Decision(decision), tuple((part, weight) for part, weight in json.loads(reasons)), by)


# ------------------------------------------------------------------ ids
def resolve(connection: sqlite3.Connection, asked: str) -> str:
    """The incident that has, or ever had, this id or event; the beginning of one will do. Raises StoreError for none or several."""
    found = _current(connection, asked, last=asked) or _once(connection, asked)
    if not found and len(asked) >= SHORTEST_PREFIX:
        found = _current(connection, asked, last=asked + LAST_CHARACTER)
    if not found:
        raise StoreError(
            "no incident has this id or event", where=asked, remedy="run `purport merge`, or look ids up with `purport search`"
        )
    if len(found) > 1:
        raise StoreError(f"this prefix fits several: {', '.join(found[:MOST_LISTED])}", where=asked, remedy="give more of the id")
    return found[0]


def _current(connection: sqlite3.Connection, first: str, *, last: str) -> list[str]:
    sql = (
        "SELECT id FROM incidents WHERE id BETWEEN ? AND ? UNION SELECT incident FROM incident_members WHERE event BETWEEN ? AND ?"
        " UNION SELECT incident FROM incident_members JOIN documents ON documents.key = document WHERE documents.id BETWEEN ? AND ?"
        " ORDER BY 1 LIMIT ?"
    )
    return [incident for (incident,) in connection.execute(sql, (first, last) * 3 + (MOST_LISTED + 1,))]


def _once(connection: sqlite3.Connection, asked: str) -> list[str]:
    """The incident that holds the event of an old id, else the most of the events that were ever under it."""
    anchor = connection.execute("SELECT incident FROM incident_members WHERE event = ?", (anchor_of(asked),)).fetchone()
    if anchor:
        return [anchor[0]]
    sql = (
        "SELECT incident_members.incident FROM memberships JOIN incident_members ON incident_members.event = memberships.event"
        " WHERE memberships.incident IN (SELECT ? UNION SELECT incident FROM memberships WHERE event = ?)"
        " GROUP BY 1 ORDER BY count(DISTINCT memberships.event) DESC, 1 LIMIT 1"
    )
    return [incident for (incident,) in connection.execute(sql, (asked, asked))]


def _condition(wanted: IncidentFilter) -> tuple[str, tuple[object, ...]]:
    parts: list[tuple[str, tuple[object, ...]]] = [("pages >= ?", (wanted.min_pages,))]
    members = "id IN (SELECT incident FROM incident_members JOIN events ON events.id = incident_members.event WHERE {})"
    if wanted.type:
        parts.append((members.format("events.type = ?"), (wanted.type,)))
    if wanted.place:
        words = f"place : ({quoted(Value(wanted.place))})"
        parts.append((members.format("events.key IN (SELECT rowid FROM event_words WHERE event_words MATCH ?)"), (words,)))
    if wanted.since:
        parts.append(("last_day >= ?", (wanted.since,)))
    if wanted.until:
        parts.append(("first_day <= ?", (wanted.until,)))
    return " AND ".join(sql for sql, _ in parts), tuple(p for _, values in parts for p in values)
