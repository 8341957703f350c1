"""Rows of what people decide: appended with one entry of the log that holds them all, so that both can be compared."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from purport.store import log

Row = Mapping[str, object]

#: Tables kept this way, with their columns beside ``key`` and ``log``.
TABLES: Mapping[str, tuple[str, ...]] = {
    "additions": ("id", "kind", "document_id", "event_id", "record", "words", "state", "coder", "made_at"),
    "comments": ("id", "subject", "text", "state", "coder", "made_at"),
    "assignments": ("id", "event_id", "coder", "state", "given_by", "made_at"),
    "sensitivities": ("event_id", "level", "why", "coder", "made_at"),
    "review_marks": ("event_id", "state", "coder", "made_at"),
}
ACTIONS = {
    "additions": "add by hand",
    "comments": "comment",
    "assignments": "assign",
    "sensitivities": "sensitivity",
    "review_marks": "review",
}


def append_rows(connection: sqlite3.Connection, table: str, *, rows: Sequence[Row], subject: str) -> int:
    """Append rows to one of :data:`TABLES` inside the open transaction; the number of their log entry comes out."""
    columns = TABLES[table]
    entry = log.append(
        connection, ACTIONS[table], subject=subject, detail={"rows": [{name: row[name] for name in columns} for row in rows]}
    )
    marks = ", ".join("?" * (len(columns) + 1))
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}, log) VALUES ({marks})",  # noqa: S608 - from TABLES
        [(*(row[name] for name in columns), entry) for row in rows],
    )
    return entry


def broken_rows(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Rows that are not those in the log, and entries of the log whose rows are not there: ids and what is broken."""
    emptied = log.emptied(connection)  # what it said of pages that stay can no longer be compared
    for table, columns in TABLES.items():
        kept: dict[int, list[Row]] = {}
        for entry, *row in connection.execute(f"SELECT log, {', '.join(columns)} FROM {table} ORDER BY key"):  # noqa: S608 - from TABLES
            kept.setdefault(entry, []).append(dict(zip(columns, row, strict=True)))
        told = {
            entry: json.loads(detail).get("rows")
            for entry, detail in connection.execute("SELECT entry, detail FROM log WHERE action = ?", (ACTIONS[table],))
        }
        for entry in sorted({*kept, *told}):
            if kept.get(entry) != told.get(entry) and entry not in emptied:
                yield f"log {entry}", f"what it says is not what {table} hold"
