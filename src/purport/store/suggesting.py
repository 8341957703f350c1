"""What a second reader suggests, kept until a person takes or declines it."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from purport.decisions import AddedEvent
from purport.errors import StoreError
from purport.model import Attribution, Claim
from purport.store import log
from purport.store.connection import explained, schema_of, transaction
from purport.wire import addition_record_from_json, addition_record_to_json

Records = tuple[Attribution | AddedEvent | Claim, ...]
KINDS = {Attribution: "attribution", AddedEvent: "event", Claim: "claim"}


@dataclass(frozen=True, slots=True)
class KeptSuggestion:
    """One suggested event with its attributions and claims. ``state``: waiting, taken or declined; ``coder``: by whom."""

    key: int
    document_id: str
    event_id: str
    reader: str
    records: Records
    state: str
    coder: str


class Suggestions:
    """The suggestions in one project file."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    def was_asked(self, document_id: str, *, reader: str) -> bool:
        """Whether this reader was asked about the page before."""
        with explained(self._where):
            sql = "SELECT 1 FROM asked_pages WHERE document_id = ? AND reader = ?"
            return self._connection.execute(sql, (document_id, reader)).fetchone() is not None

    def keep(self, document_id: str, *suggested: Records, reader: str, dropped: Mapping[str, int]) -> int:
        """Keep what a reader suggests of a page, as one transaction; events that the file knows by its own reader are left out.

        The number kept comes out.
        """
        with transaction(self._connection, where=self._where) as connection:
            entry = log.append(connection, "suggest", subject=document_id, detail={"reader": reader, "dropped": dict(dropped)})
            connection.execute(
                "INSERT OR REPLACE INTO asked_pages VALUES (?, ?, ?, ?, ?)",
                (document_id, reader, json.dumps(dict(dropped), sort_keys=True), log.now(), entry),
            )
            rows = [(document_id, _event_of(records), reader, _record(records), entry) for records in suggested]
            kept = 0
            for row in rows:
                if not connection.execute("SELECT 1 FROM events WHERE id = ?", (row[1],)).fetchone():
                    kept += connection.execute(
                        "INSERT OR IGNORE INTO suggestions (document_id, event_id, reader, record, state, coder, log)"
                        " VALUES (?, ?, ?, ?, 'waiting', '', ?)",
                        row,
                    ).rowcount
        return kept

    def waiting(self, *, limit: int = 50, offset: int = 0) -> tuple[KeptSuggestion, ...]:
        """Suggestions that nobody has decided, the oldest first."""
        sql = f"SELECT {COLUMNS} FROM suggestions WHERE state = 'waiting' ORDER BY key LIMIT ? OFFSET ?"  # noqa: S608 - constant
        return tuple(self._kept(sql, (limit, offset)))

    def count_waiting(self) -> int:
        """How many wait; none in a file of an older schema that is open for reading only."""
        with explained(self._where):
            if schema_of(self._connection) < 3:
                return 0
            number: int = self._connection.execute("SELECT count(*) FROM suggestions WHERE state = 'waiting'").fetchone()[0]
        return number

    def find(self, key: int) -> KeptSuggestion:
        """The suggestion of that key. Raises StoreError if there is none."""
        sql = f"SELECT {COLUMNS} FROM suggestions WHERE key = ?"  # noqa: S608 - constant
        for found in self._kept(sql, (key,)):
            return found
        raise StoreError("no such suggestion", where=str(key), remedy="open the list of suggestions again")

    def decide(self, key: int, *, state: str, coder: str) -> None:
        """Mark one as taken, declined or waiting again. Raises StoreError if somebody else has decided it."""
        with transaction(self._connection, where=self._where) as connection:
            row = connection.execute("SELECT event_id, state, coder FROM suggestions WHERE key = ?", (key,)).fetchone()
            if row is None or (row[1] != "waiting" and row[2] != coder):
                raise StoreError("somebody else has decided this", where=str(key), remedy="open the list of suggestions again")
            log.append(connection, "decide suggestion", subject=row[0], detail={"state": state, "coder": coder})
            connection.execute(
                "UPDATE suggestions SET state = ?, coder = ? WHERE key = ?", (state, "" if state == "waiting" else coder, key)
            )

    def _kept(self, sql: str, parameters: tuple[object, ...]) -> Iterator[KeptSuggestion]:
        with explained(self._where):
            rows = self._connection.execute(sql, parameters).fetchall()
        for key, document_id, event, reader, record, state, coder in rows:
            records = tuple(addition_record_from_json(kind, said) for kind, said in json.loads(record))
            yield KeptSuggestion(key, document_id, event, reader, records, state, coder)


COLUMNS = "key, document_id, event_id, reader, record, state, coder"


def _event_of(records: Records) -> str:
    return next(record.id for record in records if isinstance(record, AddedEvent))


def _record(records: Records) -> str:
    return json.dumps([[KINDS[type(record)], addition_record_to_json(record)] for record in records], ensure_ascii=False)
