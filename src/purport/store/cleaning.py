"""Writing the file anew after an erasure, so that nothing of what went stays in its free pages or beside it."""

import sqlite3
from pathlib import Path

from purport.errors import StoreError
from purport.store.connection import explained, transaction

IN_MEMORY_BYTES = 512 * 1024 * 1024  #: a larger file is written anew beside itself, on the same disk, and not in memory
WORDS = ("page_words", "event_words")


def merge_words(connection: sqlite3.Connection) -> None:
    """Full-text indexes in one piece each, in the open transaction: words taken out leave them only when pieces are merged."""
    for table in WORDS:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - constant


def clean(connection: sqlite3.Connection, *, where: str) -> None:
    """Write the whole file anew and empty the log of pending writes. Raises StoreError if another program is reading just then."""
    with explained(where):
        connection.execute("PRAGMA secure_delete=ON")
        _rewrite(connection, Path(where))
        _fold(connection, where=where)
    with transaction(connection, where=where):
        connection.execute("DELETE FROM uncleaned")
    with explained(where):
        _fold(connection, where=where)


def _rewrite(connection: sqlite3.Connection, path: Path) -> None:
    large = path.stat().st_size > IN_MEMORY_BYTES
    if large:  # into the project's own folder: the system's may lie on a disk that is not encrypted
        connection.execute("PRAGMA temp_store_directory = '{}'".format(str(path.absolute().parent).replace("'", "''")))
        connection.execute("PRAGMA temp_store=FILE")
    try:
        connection.execute("VACUUM")
    finally:
        if large:
            connection.execute("PRAGMA temp_store=MEMORY")


def _fold(connection: sqlite3.Connection, *, where: str) -> None:
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        what = "another program is reading the file; what was erased is out of reach, but its bytes may still be in the file"
        raise StoreError(what, where=where, remedy="close other programs that use it, then run `purport erase DB --clean`")
