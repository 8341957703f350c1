"""Erasing pages with everything that was made of them. What stays is a tombstone each; the log says so, and its chain holds."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from purport.decisions import Tombstone
from purport.errors import InputError, StoreError
from purport.linkage import Linker, Pair
from purport.model import Capture, Failure
from purport.store import cleaning, incidents, log
from purport.store.carrying import carry_sensitivities, levels_before
from purport.store.comparing import retire_page
from purport.store.connection import explained, schema_of, transaction
from purport.store.erased_tables import ERASED, Erased
from purport.store.gone import TABLES as GONE_TABLES
from purport.store.gone import fill_gone, forget_words
from purport.store.retention import Retention
from purport.store.settling import part, settle
from purport.store.show import SHORTEST_PREFIX, show
from purport.store.tombstones import refuse_erased, tombstones

EVENTS = 500  #: settled at once


@dataclass(frozen=True, slots=True)
class ErasedPage:
    """One page that goes, or would go. ``title`` and ``origin`` are for the eyes of who erases; a tombstone has neither."""

    capture_id: str
    document_id: str  #: "" of a page that could not be read
    digest: str
    title: str
    outlet: str
    origin: str
    published: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """What goes: the pages, how many rows of each kind with them, and how many entries of the log are emptied."""

    pages: tuple[ErasedPage, ...]
    counts: Mapping[str, int]
    entries: int
    incidents: int  #: that have other pages as well, and are made again without these


class Erasing:
    """Erasure in one project file. All methods raise StoreError."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    @property
    def retention(self) -> Retention:
        """How long pages are kept."""
        return Retention(self._connection, where=self._where)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """What stays of what was erased so far, the oldest first."""
        with explained(self._where):
            return tombstones(self._connection)

    def failure_of(self, capture: Capture) -> Failure | None:
        """Why a page is not taken in, None unless it was erased. It is not kept: it would name the page again."""
        try:
            with explained(self._where):
                refuse_erased(self._connection, capture.digest, where=capture.origin)
        except InputError as error:
            return Failure(where=error.where, what=error.what, remedy=error.remedy, stage="store")
        return None

    def pages_of(self, *asked: str) -> tuple[str, ...]:
        """Ids of the captures that are meant: by a document, capture or reading, an incident (all its pages), an address or path.

        An id's beginning will do. Raises StoreError for what is nothing of these, and for what was erased before.
        """
        with explained(self._where):
            found = [capture for one in asked for capture in _captures_of(self._connection, one)]
        return tuple(dict.fromkeys(found))

    def preview(self, captures: Sequence[str]) -> Erasure:
        """What would go with these pages; nothing is changed."""
        with explained(self._where):
            self._connection.execute("BEGIN")
            try:
                fill_gone(self._connection, captures)
                return _erasure(self._connection)
            finally:
                self._connection.execute("ROLLBACK")

    def erase(self, captures: Sequence[str], *, why: str, coder: str, linker: Linker) -> Erasure:
        """Erase pages, then write the file anew. Whole or not at all, also if the process is killed; only the cleaning can be left over.

        Incidents are settled again without them in the same step. Raises StoreError without a reason or a name, and for a file whose
        incidents were made by another linker than this one.
        """
        if not why.strip() or not coder.strip():
            raise StoreError("an erasure needs a reason and a name", where=self._where, remedy="say why, without what is to be forgotten")
        self._connection.execute("PRAGMA secure_delete=ON")
        with transaction(self._connection, where=self._where) as connection:
            connection.execute("PRAGMA defer_foreign_keys=ON")
            _check_linker(connection, linker)
            fill_gone(connection, captures)
            made = _erase(connection, why=" ".join(why.split()), coder=coder.strip(), linker=linker)
        self.clean()
        return made

    def clean(self) -> None:
        """Write the file anew, so that what was erased is nowhere in it. Raises StoreError while another program reads it."""
        cleaning.clean(self._connection, where=self._where)

    def needs_cleaning(self) -> bool:
        """Whether an erasure was stopped before the file was written anew."""
        with explained(self._where):
            found = schema_of(self._connection) >= 3 and self._connection.execute("SELECT 1 FROM uncleaned").fetchone()
        return bool(found)


# ------------------------------------------------------------------ what is meant
def _captures_of(connection: sqlite3.Connection, asked: str) -> list[str]:
    met = connection.execute(
        "SELECT DISTINCT captures.id FROM sightings JOIN captures ON captures.key = capture WHERE url = ? OR origin = ? ORDER BY 1",
        (asked, asked),
    ).fetchall()
    if met and asked:
        return [capture for (capture,) in met]
    if asked.startswith("inc-"):
        return _captures_of_incident(connection, incidents.resolve(connection, asked))
    _check_not_erased(connection, asked)
    shown = show(connection, asked)
    if shown.kind not in ("document", "capture", "reading"):
        raise StoreError(f"this is {shown.kind} {shown.id}", where=asked, remedy="whole pages are erased: give the document's id")
    digest = shown.digest
    return [capture for (capture,) in connection.execute("SELECT id FROM captures WHERE digest = ?", (digest,))]


def _captures_of_incident(connection: sqlite3.Connection, incident: str) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT captures.id FROM incident_members JOIN documents ON documents.key = document"
        " JOIN captures ON captures.key = documents.capture WHERE incident = ? ORDER BY captures.key",
        (incident,),
    )
    return [capture for (capture,) in rows]


def _check_not_erased(connection: sqlite3.Connection, asked: str) -> None:
    if len(asked) < SHORTEST_PREFIX:
        return
    between = (asked, f"{asked}\U0010ffff")
    row = connection.execute(
        "SELECT made_at, why FROM tombstones WHERE capture_id BETWEEN ? AND ? OR document_id BETWEEN ? AND ? OR digest = ?",
        (*between, *between, asked),
    ).fetchone()
    if row:
        raise StoreError(f"was erased on {row[0][:10]} because: {row[1]}", where=asked, remedy="there is nothing left to erase")


def _check_linker(connection: sqlite3.Connection, linker: Linker) -> None:
    if connection.execute("SELECT 1 FROM linked_pages WHERE linker != ?", (linker.label,)).fetchone():
        raise StoreError("the incidents were made by another version of purport", where="erase", remedy="run `purport merge` first")


# ------------------------------------------------------------------ what goes
def _erasure(connection: sqlite3.Connection) -> Erasure:
    rows = connection.execute(
        "SELECT gone.id, coalesce(documents.id, ''), gone.digest, coalesce(title, ''), coalesce(outlet, ''), coalesce(published, ''),"
        " (SELECT origin FROM sightings WHERE capture = gone.key ORDER BY key LIMIT 1)"
        " FROM temp.gone_captures AS gone LEFT JOIN documents ON documents.capture = gone.key ORDER BY gone.key"
    )
    pages = tuple(ErasedPage(row[0], row[1], row[2], row[3], row[4], origin=row[6] or "", published=row[5]) for row in rows)
    counted = [(each.noun, _count(connection, each)) for each in _present(connection) if each.noun]
    return Erasure(
        pages, {noun: number for noun, number in counted if number}, len(_entries(connection)), len(_shared_incidents(connection))
    )


def _present(connection: sqlite3.Connection) -> Iterator[Erased]:
    """Lines of the list whose tables this file has."""
    tables = {name for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
    return (each for each in ERASED if each.table in tables)


def _count(connection: sqlite3.Connection, each: Erased) -> int:
    number: int = connection.execute(f"SELECT count(*) FROM {each.table} WHERE {each.condition}").fetchone()[0]  # noqa: S608 - constants
    return number


def _entries(connection: sqlite3.Connection) -> list[int]:
    """Numbers of the entries of the log that say something of what goes."""
    found = {entry for (entry,) in connection.execute("SELECT entry FROM log WHERE subject IN (SELECT id FROM temp.gone_ids)")}
    for each in _present(connection):
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({each.table})")}
        if "log" in columns:
            found |= {entry for (entry,) in connection.execute(f"SELECT log FROM {each.table} WHERE {each.condition}")}  # noqa: S608
    kept = {entry for (entry,) in connection.execute("SELECT entry FROM log WHERE action = 'erase' OR detail = '{}'")}
    return sorted(found - kept)


def _shared_incidents(connection: sqlite3.Connection) -> list[str]:
    """Incidents of these pages that have others as well."""
    rows = connection.execute(
        "SELECT DISTINCT incident FROM incident_members AS gone WHERE document IN (SELECT key FROM temp.gone_documents) AND EXISTS"
        " (SELECT 1 FROM incident_members AS other WHERE other.incident = gone.incident"
        " AND other.document NOT IN (SELECT key FROM temp.gone_documents))"
    )
    return [incident for (incident,) in rows]


def _erase(connection: sqlite3.Connection, *, why: str, coder: str, linker: Linker) -> Erasure:
    made = _erasure(connection)
    if not made.pages:
        raise StoreError("there is no page to erase", where="erase", remedy="give ids of pages that are in the file")
    entries, levels = _entries(connection), levels_before(connection, _shared_incidents(connection))
    connection.execute("INSERT INTO erasing SELECT id FROM temp.gone_captures")
    _settle_without(connection, linker=linker)
    _delete(connection)
    _bury(connection, made, redacted=_redact(connection, entries), why=why, coder=coder)
    carry_sensitivities(connection, levels, coder=coder)
    cleaning.merge_words(connection)
    connection.execute("DELETE FROM erasing")
    for table in GONE_TABLES:
        connection.execute(f"DROP TABLE temp.{table}")
    return made


def _settle_without(connection: sqlite3.Connection, *, linker: Linker) -> None:
    """Make the incidents again as if these pages, and what people said of them and others, had never been."""
    about = "first IN (SELECT id FROM temp.gone_events) OR second IN (SELECT id FROM temp.gone_events)"
    for side in ("first", "second"):
        connection.execute(f"INSERT OR IGNORE INTO unsettled SELECT {side} FROM link_judgements WHERE {about}")  # noqa: S608 - constants
    connection.execute(f"DELETE FROM link_judgements WHERE {about}")  # noqa: S608 - constant
    within = "document IN (SELECT key FROM temp.gone_documents)"
    connection.execute(f"INSERT OR IGNORE INTO unsettled SELECT event FROM incident_members WHERE {within}")  # noqa: S608 - constant
    fallen: set[Pair] = set()
    for (key,) in _gone_documents(connection):
        fallen |= retire_page(connection, key, linker=linker)
    part(connection, fallen, linker=linker)
    while connection.execute("SELECT 1 FROM unsettled").fetchone():
        settle(connection, linker=linker, most=EVENTS)


def _gone_documents(connection: sqlite3.Connection) -> list[tuple[int]]:
    return connection.execute("SELECT key FROM temp.gone_documents").fetchall()


def _delete(connection: sqlite3.Connection) -> None:
    for (key,) in _gone_documents(connection):
        forget_words(connection, key)
    for each in _present(connection):
        connection.execute(f"DELETE FROM {each.table} WHERE {each.condition}")  # noqa: S608 - constants


def _redact(connection: sqlite3.Connection, entries: Iterable[int]) -> list[list[object]]:
    """Empty the details of these entries; number, hash and seal of each come out."""
    redacted: list[list[object]] = []
    for entry in entries:
        row = connection.execute("SELECT entry, at, action, subject, hash FROM log WHERE entry = ?", (entry,)).fetchone()
        redacted.append([entry, row[4], log.hash_of(row[4], *row[:4])])
        connection.execute("UPDATE log SET detail = '{}' WHERE entry = ?", (entry,))
    return redacted


def _bury(connection: sqlite3.Connection, made: Erasure, *, redacted: list[list[object]], why: str, coder: str) -> None:
    made_at = log.now()
    stones = [{"document_id": page.document_id, "capture_id": page.capture_id, "digest": page.digest} for page in made.pages]
    detail = {"by": coder, "why": why, "made_at": made_at, "pages": stones, "counts": dict(made.counts), "redacted": redacted}
    entry = log.append(connection, "erase", subject=stones[0]["document_id"] or stones[0]["capture_id"], detail=detail)
    counts = json.dumps(dict(made.counts), sort_keys=True)
    connection.executemany(
        "INSERT INTO tombstones (document_id, capture_id, digest, why, coder, made_at, counts, log) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(*stone.values(), why, coder, made_at, counts, entry) for stone in stones],
    )
    connection.execute("INSERT INTO uncleaned VALUES (?)", (entry,))
