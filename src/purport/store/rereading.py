"""A newer reader over the stored pages: what it says differently, page by page."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from purport.errors import InputError
from purport.model import Capture, Claim, Failure, Report
from purport.store.connection import transaction
from purport.store.reading import load_capture, options_of, report_of_reading
from purport.store.writing import add_failure, add_report

#: A capture, and what the user said about that page when it was read last (``published``, ``outlet``) → what it reports.
Reader = Callable[[Capture, Mapping[str, str]], Report | Failure]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a newer reading of one page changed. ``failure``: it could not be read again and keeps what it had."""

    capture_id: str
    document_id: str | None
    origin: str
    added: tuple[Claim, ...] = ()
    removed: tuple[Claim, ...] = ()
    kept: tuple[Claim, ...] = ()
    failure: Failure | None = None


def stale_captures(connection: sqlite3.Connection, label: str) -> list[int]:
    """Keys of the captures whose current reading is not by this reader, or that have none."""
    rows = connection.execute(
        "SELECT captures.key FROM captures LEFT JOIN documents ON documents.capture = captures.key"
        " LEFT JOIN readings ON readings.key = documents.reading WHERE readings.reader IS NOT ? ORDER BY captures.key",
        (label,),
    )
    return [key for (key,) in rows]


def reread_capture(connection: sqlite3.Connection, capture_key: int, *, reader: Reader, where: str) -> Difference:
    """Read one capture again and make that its current reading, in one transaction. The reader runs outside of it."""
    capture = load_capture(connection, capture_key)
    options = options_of(connection, capture_key)
    outcome = reader(capture, options)
    if isinstance(outcome, Report):
        try:
            return _superseded(connection, capture_key, capture=capture, report=outcome, options=options, where=where)
        except InputError as error:
            outcome = Failure(where=error.where or capture.origin, what=error.what, remedy=error.remedy, stage="store")
    with transaction(connection, where=where):
        add_failure(connection, outcome, capture=capture)
    before = _current(connection, capture_key)
    return Difference(capture.id, before.document.id if before else None, capture.origin, kept=claims_of(before), failure=outcome)


def _superseded(
    connection: sqlite3.Connection, capture_key: int, *, capture: Capture, report: Report, options: Mapping[str, str], where: str
) -> Difference:
    with transaction(connection, where=where):
        before = _current(connection, capture_key)
        add_report(connection, capture, report=report, options=options, action="reread")
    return difference(capture, before=before, after=report)


def difference(capture: Capture, *, before: Report | None, after: Report) -> Difference:
    """Claims by id: added, removed, kept."""
    old, new = ({claim.id: claim for claim in claims_of(report)} for report in (before, after))
    return Difference(
        capture_id=capture.id,
        document_id=after.document.id,
        origin=capture.origin,
        added=tuple(claim for key, claim in new.items() if key not in old),
        removed=tuple(claim for key, claim in old.items() if key not in new),
        kept=tuple(claim for key, claim in new.items() if key in old),
    )


def claims_of(report: Report | None) -> tuple[Claim, ...]:
    """Every claim of a report, event by event."""
    return tuple(claim for event in report.events for claim in event.claims) if report else ()


def _current(connection: sqlite3.Connection, capture_key: int) -> Report | None:
    row = connection.execute("SELECT reading FROM documents WHERE capture = ?", (capture_key,)).fetchone()
    return report_of_reading(connection, row[0]) if row else None
