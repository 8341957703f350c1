"""Temporary tables that tell which captures, documents, readings, events and claims go; see ``erased_tables``."""

import json
import sqlite3
from collections.abc import Iterable, Iterator

from purport.store.record import inflated

TABLES = ("gone_captures", "gone_documents", "gone_readings", "gone_events", "gone_claims", "gone_ids")


def fill_gone(connection: sqlite3.Connection, captures: Iterable[str]) -> None:
    """Make the tables, in the open transaction, for the captures of these ids."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    connection.execute("CREATE TEMP TABLE gone_captures (key INTEGER PRIMARY KEY, id TEXT, digest TEXT)")
    connection.executemany(
        "INSERT OR IGNORE INTO temp.gone_captures SELECT key, id, digest FROM captures WHERE id = ?", [(capture,) for capture in captures]
    )
    within = "WHERE capture IN (SELECT key FROM temp.gone_captures)"
    connection.execute(f"CREATE TEMP TABLE gone_documents AS SELECT key, id FROM documents {within}")  # noqa: S608 - constant
    connection.execute(f"CREATE TEMP TABLE gone_readings AS SELECT key, id FROM readings {within}")  # noqa: S608 - constant
    connection.execute("CREATE TEMP TABLE gone_events (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("CREATE TEMP TABLE gone_claims (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("CREATE TEMP TABLE gone_ids (id TEXT PRIMARY KEY) WITHOUT ROWID")
    _fill_read(connection)
    _fill_added(connection)
    linked = "SELECT event FROM profiles WHERE document IN (SELECT key FROM temp.gone_documents)"
    connection.execute(f"INSERT OR IGNORE INTO temp.gone_events {linked}")
    for table in TABLES[:-1]:
        connection.execute(f"INSERT OR IGNORE INTO temp.gone_ids SELECT id FROM temp.{table}")  # noqa: S608 - constant


def _fill_read(connection: sqlite3.Connection) -> None:
    """Ids from every reading, also superseded ones."""
    sql = "SELECT id, document_id, record FROM readings WHERE key IN (SELECT key FROM temp.gone_readings)"
    for reading, document, record in connection.execute(sql).fetchall():
        read = json.loads(inflated(record, subject=reading))
        events = list(read.get("events", ()))
        _insert(connection, "gone_events", ids=(event["id"] for event in events))
        _insert(connection, "gone_claims", ids=(claim["id"] for event in events for claim in event["claims"]))
        _insert(connection, "gone_ids", ids=(link["id"] for link in read.get("attributions", ())))
        _insert(connection, "gone_ids", ids=[document])


def _fill_added(connection: sqlite3.Connection) -> None:
    """Ids of what people added to these pages."""
    if not connection.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'additions'").fetchone():
        return
    added = connection.execute("SELECT id, kind FROM additions WHERE document_id IN (SELECT id FROM temp.gone_documents)").fetchall()
    for kind, table in (("event", "gone_events"), ("claim", "gone_claims"), ("attribution", "gone_ids")):
        _insert(connection, table, ids=(identity for identity, added_kind in added if added_kind == kind))


def _insert(connection: sqlite3.Connection, table: str, *, ids: Iterable[str]) -> None:
    connection.executemany(f"INSERT OR IGNORE INTO temp.{table} VALUES (?)", _rows(ids))  # noqa: S608 - constant


def _rows(ids: Iterable[str]) -> Iterator[tuple[str]]:
    return ((identity,) for identity in ids)


def forget_words(connection: sqlite3.Connection, document_key: int) -> None:
    """Take a page's words out of the full-text index, while they are still known."""
    old = connection.execute("SELECT title, body, outlet FROM pages WHERE key = ?", (document_key,)).fetchone()
    connection.execute(
        "INSERT INTO page_words (page_words, rowid, title, body, outlet) VALUES ('delete', ?, ?, ?, ?)", (document_key, *old)
    )
