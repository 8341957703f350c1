"""Rows of incidents that are kept for exports: read by them, told stale when another version makes them."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from purport.store.connection import explained, schema_of, transaction
from purport.store.record import inflated

SINCE = 5  #: the schema that brought them
BATCH = 400  #: ids asked for at once
#: The others that share a page with a stale incident of which that has not been said yet; joined from the few stale ones on.
BESIDE = (
    "SELECT told.incident FROM stale_rows CROSS JOIN incident_members AS own ON own.incident = stale_rows.incident"
    " CROSS JOIN incident_members AS told ON told.document = own.document AND told.incident != own.incident WHERE stale_rows.alone = 0"
)
OUTDATED = f"SELECT incident FROM stale_rows UNION {BESIDE}"  # noqa: S608 - constant

NOT_YET = "SELECT incident, 1 FROM ({found}) WHERE incident NOT IN (SELECT incident FROM stale_rows)"


class KeptRows:
    """The kept rows of one project file. ``made_by``: the maker of which they have to be."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    def fresh(self, incidents: Sequence[str], *, made_by: str) -> Iterator[tuple[str, bytes]]:
        """Those incidents whose rows are kept, each with them; in no order. Whether they still hold :meth:`outdated` says."""
        for start in range(0, len(incidents), BATCH):
            batch = incidents[start : start + BATCH]
            marks = ", ".join("?" * len(batch))
            sql = f"SELECT incident, rows FROM kept_rows WHERE incident IN ({marks}) AND +made_by = ?"  # noqa: S608 - "+": by their ids
            for incident, rows in self._rows(sql, *batch, made_by):
                yield incident, inflated(rows, subject=incident)

    def outdated(self) -> frozenset[str]:
        """The incidents whose rows do not hold any more."""
        return frozenset(row[0] for row in self._rows(OUTDATED))

    def count_fresh(self, made_by: str) -> int:
        """How many incidents have rows that hold."""
        sql = f"SELECT count(*) FROM kept_rows WHERE made_by = ? AND incident NOT IN ({OUTDATED})"  # noqa: S608 - constant
        return int(next(self._rows(sql, made_by), (0,))[0])

    def expire(self, made_by: str) -> list[str]:
        """Have the rows made again of every other maker, and of every incident that shares a page with a stale one; these come out."""
        sql = (
            "SELECT EXISTS (SELECT 1 FROM kept_rows WHERE made_by < ?1) OR EXISTS (SELECT 1 FROM kept_rows WHERE made_by > ?1)"
            " OR EXISTS (SELECT 1 FROM stale_rows WHERE alone = 0)"
        )
        if not next(self._rows(sql, made_by), (0,))[0]:
            return []
        with transaction(self._connection, where=self._where) as connection:
            beside = [row[0] for row in connection.execute(f"SELECT DISTINCT incident FROM ({BESIDE})")]  # noqa: S608 - constant
            connection.execute(f"INSERT INTO stale_rows {NOT_YET.format(found=OUTDATED)}")
            for others in ("made_by < ?", "made_by > ?"):  # each a look into the index; "!=" would read every row
                found = f"SELECT incident FROM kept_rows WHERE {others}"  # noqa: S608 - constant
                connection.execute(f"INSERT INTO stale_rows {NOT_YET.format(found=found)}", (made_by,))
            connection.execute("UPDATE stale_rows SET alone = 1 WHERE alone = 0")
        return beside

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
