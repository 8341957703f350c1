"""The log to look at: entries by action, person, time and subject, and whether its chain is whole."""

import json
import sqlite3
from collections.abc import Iterator

from purport.decisions import LogEntry, LogFilter
from purport.errors import QueryError
from purport.store import log
from purport.store.connection import explained

#: Who did it, by whichever name an action keeps it; rows of decisions carry it in the first.
PERSON = "coalesce({})".format(
    ", ".join(f"json_extract(detail, '$.{name}')" for name in ("by", "given_by", "made_by", "coder", "rows[0].given_by", "rows[0].coder"))
    + ", ''"
)
COLUMNS = f"entry, at, action, subject, detail, hash, {PERSON}"


class Audit:
    """The log of one project file, the newest entries first. All methods raise StoreError."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    def entries(self, wanted: LogFilter, *, limit: int | None = None, before: int | None = None) -> Iterator[LogEntry]:
        """Entries that match, of a number below ``before``. Raises QueryError for a time that is none."""
        condition, values = _condition(wanted)
        sql = f"SELECT {COLUMNS} FROM log WHERE {condition} AND entry < ? ORDER BY entry DESC LIMIT ?"  # noqa: S608 - constants
        values = (*values, 1 << 62 if before is None else before, -1 if limit is None else limit)
        with explained(self._where):
            for row in self._connection.execute(sql, values):
                yield _entry(row)

    def count(self, wanted: LogFilter) -> int:
        """How many entries match."""
        if wanted == LogFilter():  # entries are numbered without gaps, and none is ever deleted
            return self.newest()[0]
        condition, values = _condition(wanted)
        with explained(self._where):
            number: int = self._connection.execute(f"SELECT count(*) FROM log WHERE {condition}", values).fetchone()[0]  # noqa: S608
        return number

    def actions(self) -> tuple[str, ...]:
        """Every action that stands in the log."""
        with explained(self._where):
            return tuple(action for (action,) in self._connection.execute("SELECT DISTINCT action FROM log ORDER BY action"))

    def broken(self) -> tuple[tuple[str, str], ...]:
        """Entries of the chain that are broken: which, and what is wrong."""
        with explained(self._where):
            return tuple(log.broken_links(self._connection))

    def newest(self) -> tuple[int, str]:
        """Number and hash of the newest entry, to be noted elsewhere; 0 and "" of an empty log."""
        with explained(self._where):
            row = self._connection.execute("SELECT entry, hash FROM log ORDER BY entry DESC LIMIT 1").fetchone()
        return (row[0], row[1]) if row else (0, "")


def _condition(wanted: LogFilter) -> tuple[str, tuple[object, ...]]:
    """The filter in SQL, and its values."""
    parts: list[tuple[str, object]] = []
    if wanted.action:
        parts.append(("action = ?", wanted.action))
    if wanted.person:
        parts.append((f"{PERSON} = ?", wanted.person))
    if wanted.subject:
        parts.append(("instr(subject, ?)", wanted.subject))
    if wanted.since:
        parts.append(("at >= ?", _checked_day(wanted.since)))
    if wanted.until:
        parts.append(("substr(at, 1, length(?)) <= ?", _checked_day(wanted.until)))
    values = [value for part, value in parts for _ in range(part.count("?"))]
    return " AND ".join(["1", *(part for part, _ in parts)]), tuple(values)


def _checked_day(day: str) -> str:
    if not (4 <= len(day) <= 32 and day[:4].isdigit()):
        raise QueryError(f"no date: {day!r}", remedy="write it as 2026-03-02, 2026-03 or 2026")
    return day


def _entry(row: tuple[int, str, str, str, str, str, str]) -> LogEntry:
    number, at, action, subject, detail, hashed, person = row
    return LogEntry(number, at, action, subject, str(person), json.loads(detail), hashed, is_emptied=detail == log.EMPTY)
