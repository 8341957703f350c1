"""What stays of pages that were erased, and keeping their bytes out."""

import json
import sqlite3

from purport.decisions import Tombstone
from purport.errors import InputError
from purport.store.connection import schema_of

COLUMNS = "document_id, capture_id, digest, why, coder, made_at, counts"


def tombstones(connection: sqlite3.Connection) -> tuple[Tombstone, ...]:
    """All of them, the oldest first."""
    if schema_of(connection) < 3:
        return ()
    rows = connection.execute(f"SELECT {COLUMNS} FROM tombstones ORDER BY key").fetchall()  # noqa: S608 - constant
    return tuple(Tombstone(*row[:-1], counts=json.loads(row[-1])) for row in rows)


def refuse_erased(connection: sqlite3.Connection, digest: str, *, where: str) -> None:
    """Raises InputError for bytes that were erased."""
    row = connection.execute("SELECT made_at, why FROM tombstones WHERE digest = ?", (digest,)).fetchone()
    if row is not None:
        what = f"this page was erased on {row[0][:10]} because: {row[1]}"
        raise InputError(what, where=where, remedy="it is not taken in again; a project of its own could hold it, if it must be kept")
