"""Reports and captures out of the file."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from purport.errors import StoreError
from purport.model import Capture, Report
from purport.store.record import inflated, report_of


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where and when a capture was met; ``retrieved_at`` ISO 8601 or None if not known."""

    origin: str
    url: str | None
    retrieved_at: str | None
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptReading:
    """One reader's report of a document as it lies in the file."""

    id: str
    document_id: str
    reader: str
    made_at: str
    current: bool


def load_report(connection: sqlite3.Connection, document_key: int) -> Report:
    """The current report of a document by its key."""
    key: int = connection.execute("SELECT reading FROM documents WHERE key = ?", (document_key,)).fetchone()[0]
    return report_of_reading(connection, key)


def report_of_reading(connection: sqlite3.Connection, reading_key: int) -> Report:
    """The report of one reading, current or superseded."""
    reading_id, record, text = connection.execute(
        "SELECT readings.id, record, texts.text FROM readings JOIN texts ON texts.key = readings.text WHERE readings.key = ?",
        (reading_key,),
    ).fetchone()
    return report_of(inflated(record, subject=reading_id), text)


def load_capture(connection: sqlite3.Connection, capture_key: int) -> Capture:
    """A capture with its bytes, as first met. Raises StoreError if they are damaged."""
    capture_id, digest, media_type, charset, content = connection.execute(
        "SELECT id, captures.digest, media_type, charset, compressed FROM captures"
        " JOIN contents ON contents.digest = captures.digest WHERE key = ?",
        (capture_key,),
    ).fetchone()
    seen = sightings_of(connection, capture_key)
    if not seen:
        raise StoreError("it was never met anywhere", where=capture_id, remedy="take the file from a backup")
    return Capture(
        id=capture_id,
        origin=seen[0].origin,
        digest=digest,
        content=inflated(content, subject=capture_id),
        media_type=media_type,
        url=seen[0].url,
        retrieved_at=datetime.fromisoformat(seen[0].retrieved_at) if seen[0].retrieved_at else None,
        charset=charset,
        hints=seen[0].hints,
    )


def load_content(connection: sqlite3.Connection, capture_id: str) -> bytes:
    """The bytes of a capture. Raises StoreError if there is none, or if they are damaged."""
    row = connection.execute("SELECT key FROM captures WHERE id = ?", (capture_id,)).fetchone()
    if row is None:
        raise StoreError("no such capture", where=capture_id, remedy="look ids up with `purport search`")
    return load_capture(connection, row[0]).content


def sightings_of(connection: sqlite3.Connection, capture_key: int) -> tuple[Sighting, ...]:
    """Every place and time at which a capture was met, the first first."""
    rows = connection.execute("SELECT origin, url, retrieved_at, hints FROM sightings WHERE capture = ? ORDER BY key", (capture_key,))
    return tuple(Sighting(origin, url or None, at or None, json.loads(hints)) for origin, url, at, hints in rows)


def digests_of(connection: sqlite3.Connection, document_ids: Iterable[str]) -> dict[str, str]:
    """The digests of the bytes of documents, by their ids; unknown ones are left out."""
    sql = "SELECT captures.digest FROM documents JOIN captures ON captures.key = documents.capture WHERE documents.id = ?"
    found = ((id, connection.execute(sql, (id,)).fetchone()) for id in document_ids)
    return {id: row[0] for id, row in found if row is not None}


def options_of(connection: sqlite3.Connection, capture_key: int) -> dict[str, str]:
    """What the user said about a page when its current reading was made; empty without a reading."""
    row = connection.execute(
        "SELECT options FROM documents JOIN readings ON readings.key = documents.reading WHERE documents.capture = ?", (capture_key,)
    ).fetchone()
    return json.loads(row[0]) if row else {}


def readings_of(connection: sqlite3.Connection, capture_key: int) -> Iterator[KeptReading]:
    """Every reading of a capture, in the order in which they were kept."""
    rows = connection.execute(
        "SELECT readings.id, document_id, reader, made_at, readings.key = documents.reading FROM readings"
        " LEFT JOIN documents ON documents.capture = readings.capture WHERE readings.capture = ? ORDER BY readings.key",
        (capture_key,),
    )
    for reading_id, document_id, reader, made_at, current in rows:
        yield KeptReading(reading_id, document_id, reader, made_at, bool(current))
