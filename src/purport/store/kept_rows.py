"""Rows of incidents that are kept for exports: read by them, told stale when another version makes them."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from purport.store.connection import explained, schema_of, transaction
from purport.store.record import inflated

SINCE = 5  #: the schema that brought them
BATCH = 400  #: ids asked for at once


class KeptRows:
    """The kept rows of one project file. ``made_by``: the maker of which they have to be."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    def fresh(self, incidents: Sequence[str], *, made_by: str) -> Iterator[tuple[str, bytes]]:
        """Those incidents whose rows are kept and hold, each with them; in no order."""
        for start in range(0, len(incidents), BATCH):
            batch = incidents[start : start + BATCH]
            sql = (
                f"SELECT incident, rows FROM kept_rows WHERE incident IN ({', '.join('?' * len(batch))})"  # noqa: S608 - marks
                " AND +made_by = ? AND incident NOT IN (SELECT incident FROM stale_rows)"  # "+": by their ids, not by their maker
            )
            for incident, rows in self._rows(sql, *batch, made_by):
                yield incident, inflated(rows, subject=incident)

    def count_fresh(self, made_by: str) -> int:
        """How many incidents have rows that hold."""
        sql = "SELECT count(*) FROM kept_rows WHERE made_by = ? AND incident NOT IN (SELECT incident FROM stale_rows)"
        return int(next(self._rows(sql, made_by), (0,))[0])

    def expire(self, made_by: str) -> None:
        """Have the rows of every other maker made again."""
        if not next(self._rows("SELECT EXISTS (SELECT 1 FROM kept_rows WHERE made_by != ?)", made_by), (0,))[0]:
            return
        with transaction(self._connection, where=self._where) as connection:
            stale = "SELECT incident FROM stale_rows"
            sql = f"INSERT INTO stale_rows SELECT incident FROM kept_rows WHERE made_by != ? AND incident NOT IN ({stale})"  # noqa: S608
            connection.execute(sql, (made_by,))

    def stale(self) -> list[str]:
        """The incidents whose rows have to be made again, those of one page one after another."""
        sql = (
            "SELECT stale_rows.incident FROM stale_rows LEFT JOIN incident_members ON incident_members.incident = stale_rows.incident"
            " GROUP BY stale_rows.incident ORDER BY min(document), stale_rows.incident"
        )
        return [row[0] for row in self._rows(sql)]

    def _rows(self, sql: str, *parameters: object) -> Iterator[tuple[Any, ...]]:
        with explained(self._where):
            if schema_of(self._connection) < SINCE:
                return
            yield from self._connection.execute(sql, parameters)
