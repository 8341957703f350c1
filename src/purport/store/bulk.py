"""Many incidents out of the file at once, for what goes through all of them: no links, pages read in batches."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from purport.incident import Incident, Telling
from purport.model import Report
from purport.store.record import inflated, report_of
from purport.store.sketches import load_sketch

BATCH = 300  #: incidents read at once; SQLite takes at least 999 parameters, and 300 incidents of some pages stay small in memory


def incidents_in_bulk(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Incident]:
    """The incidents with these ids, in their order, without links; unread pages as sketches."""
    for batch in _batches(list(ids)):
        yield from _incidents(connection, batch)


def tellers_in_bulk(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[tuple[dict[str, dict[str, str]], dict[str, Report]]]:
    """Batch by batch the members of these incidents (event to page, sorted by event), and every page of theirs as it was read."""
    for batch in _batches(list(ids)):
        sql = (
            "SELECT incident, event, documents.key, documents.id FROM incident_members"  # noqa: S608 - marks
            f" JOIN documents ON documents.key = incident_members.document WHERE incident IN ({_marks(batch)}) ORDER BY event"
        )
        members: dict[str, dict[str, str]] = {id: {} for id in batch}
        pages: dict[int, str] = {}
        for incident, event, key, page in connection.execute(sql, batch):
            members[incident][event] = pages[key] = page
        yield members, {report.document.id: report for report in _reports(connection, sorted(pages)).values()}


def _incidents(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[Incident]:
    sql = f"SELECT incident, event, document FROM incident_members WHERE incident IN ({_marks(ids)}) ORDER BY event"  # noqa: S608 - marks
    members: dict[str, list[tuple[str, int]]] = {id: [] for id in ids}
    for incident, event, document in connection.execute(sql, ids):
        members[incident].append((event, document))
    reports = _reports(connection, sorted({document for each in members.values() for _, document in each}))
    for id, own in members.items():
        if own:
            yield _incident(connection, id, members=own, reports=reports)


def _incident(connection: sqlite3.Connection, id: str, *, members: Sequence[tuple[str, int]], reports: dict[int, Report]) -> Incident:
    tellings = [telling for event, document in members for telling in _tellings(reports[document], event)]
    unread = {document for _, document in members if reports[document].document.unread}
    sketches = [sketch for document in sorted(unread) if (sketch := load_sketch(connection, document))]
    ordered = sorted(tellings, key=lambda t: (t.document.published or "9999", t.document.id, t.event.triggers))
    return Incident(id, tuple(ordered), sketches=tuple(sorted(sketches, key=lambda sketch: sketch.document_id)))


def _tellings(report: Report, event_id: str) -> Iterator[Telling]:
    for event in report.events:
        if event.id == event_id:
            yield Telling(event, report.document, report.attributions, report.entities)


def _reports(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, Report]:
    found: dict[int, Report] = {}
    for batch in _batches(keys):
        sql = (
            "SELECT documents.key, readings.id, record, texts.text FROM documents JOIN readings ON readings.key = documents.reading"  # noqa: S608
            f" JOIN texts ON texts.key = readings.text WHERE documents.key IN ({_marks(batch)})"
        )
        for key, reading, record, text in connection.execute(sql, batch):
            found[key] = report_of(inflated(record, subject=reading), text)
    return found


def _batches(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def judged_documents(connection: sqlite3.Connection) -> frozenset[str]:
    """The ids of pages about which people decided anything."""
    rows = connection.execute(
        "SELECT DISTINCT documents.id FROM judgements CROSS JOIN claims ON claims.id = judgements.claim_id"  # from the few
        " JOIN events ON events.key = claims.event JOIN documents ON documents.key = events.document"
    ).fetchall()
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'additions'").fetchone():
        rows += connection.execute("SELECT DISTINCT document_id FROM additions").fetchall()
    return frozenset(id for (id,) in rows)
