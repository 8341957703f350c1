"""What a project file holds of some pages, whole: bytes, every sighting and reading, memberships in incidents, the log."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from purport.errors import StoreError
from purport.model import Capture
from purport.store.connection import explained, schema_of
from purport.store.reading import Sighting, load_capture, sightings_of

BATCH = 400  #: ids asked for at once


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading of a capture. ``options``: what the user said about the page; ``digest``: of the report's canonical JSON."""

    id: str
    reader: str
    options: Mapping[str, str]
    made_at: str
    digest: str
    entry: int
    current: bool


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """Where the words of one document come from. ``entry``: of the log, when its bytes were first kept, ``kept_at`` the time of that."""

    document_id: str
    capture_id: str
    digest: str
    media_type: str
    charset: str | None
    entry: int
    kept_at: str
    sightings: tuple[Sighting, ...]
    readings: tuple[ReadingRow, ...]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of the log. ``hash`` is the SHA-256 of ``previous`` and the canonical JSON of the other fields in this order."""

    entry: int
    at: str
    action: str
    subject: str
    detail: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Membership:
    """One change of the incident that an event belongs to; None if it is no longer read."""

    event: str
    incident: str | None
    entry: int


class Evidence:
    """Reads what an evidence bundle holds; writes nothing."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever others write meanwhile."""
        with explained(self._where):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def page(self, document_id: str) -> PageEvidence:
        """What lies behind one document. Raises StoreError if there is none."""
        with explained(self._where):
            row = self._connection.execute(
                "SELECT captures.key, captures.id, captures.digest, media_type, charset, captures.log, log.at FROM documents"
                " JOIN captures ON captures.key = documents.capture JOIN log ON log.entry = captures.log WHERE documents.id = ?",
                (document_id,),
            ).fetchone()
            if row is None:
                raise StoreError("no such document", where=document_id, remedy="look ids up with `purport search`")
            key, capture_id, digest, media_type, charset, entry, at = row
            seen, readings = sightings_of(self._connection, key), tuple(self._readings(key))
            return PageEvidence(document_id, capture_id, digest, media_type, charset, entry, at, seen, readings)

    def _readings(self, capture_key: int) -> Iterator[ReadingRow]:
        rows = self._connection.execute(
            "SELECT readings.id, reader, options, made_at, digest, log, readings.key = documents.reading FROM readings"
            " LEFT JOIN documents ON documents.capture = readings.capture WHERE readings.capture = ? ORDER BY readings.key",
            (capture_key,),
        )
        for id_, reader, options, made_at, digest, entry, current in rows:
            yield ReadingRow(id_, reader, json.loads(options), made_at, digest, entry, bool(current))

    def capture(self, document_id: str) -> Capture:
        """The capture of a document with its bytes, as first met. Raises StoreError if they are damaged."""
        with explained(self._where):
            row = self._connection.execute("SELECT capture FROM documents WHERE id = ?", (document_id,)).fetchone()
            if row is None:
                raise StoreError("no such document", where=document_id, remedy="look ids up with `purport search`")
            return load_capture(self._connection, row[0])

    def past_claims(self, document_ids: Iterable[str]) -> tuple[str, ...]:
        """Claims of these documents that only superseded readings made."""
        sql = "SELECT past_claims.id FROM past_claims JOIN readings ON readings.key = reading WHERE document_id IN ({}) ORDER BY 1"
        return tuple(dict.fromkeys(row[0] for row in self._rows(sql, tuple(document_ids))))

    def memberships(self, events: Iterable[str]) -> tuple[Membership, ...]:
        """Every change of the incidents of these events, oldest first."""
        if schema_of(self._connection) < 2:
            return ()
        sql = "SELECT event, incident, log FROM memberships WHERE event IN ({}) ORDER BY key"
        return tuple(sorted((Membership(*row) for row in self._rows(sql, tuple(events))), key=lambda each: each.entry))

    def log(self) -> Iterator[LogEntry]:
        """The whole log from its first entry on."""
        with explained(self._where):
            rows = self._connection.execute("SELECT entry, at, action, subject, detail, previous, hash FROM log ORDER BY entry")
            for row in rows:
                yield LogEntry(*row)

    def last_entry(self) -> LogEntry:
        """The log's newest entry. Raises StoreError for a file in which nothing was ever kept."""
        with explained(self._where):
            row = self._connection.execute(
                "SELECT entry, at, action, subject, detail, previous, hash FROM log ORDER BY entry DESC LIMIT 1"
            ).fetchone()
        if row is None:
            raise StoreError("its log is empty", where=self._where, remedy="add pages with `purport add` first")
        return LogEntry(*row)

    def _rows(self, sql: str, ids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        with explained(self._where):
            for start in range(0, len(ids), BATCH):
                batch = ids[start : start + BATCH]
                yield from self._connection.execute(sql.format(", ".join("?" * len(batch))), batch).fetchall()
