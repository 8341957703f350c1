"""Opening a project file: new, known, foreign, newer, locked or read-only; every trouble is a StoreError with its remedy."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from purport.errors import StoreError
from purport.resources import text_of
from purport.store import log

SCHEMA_NUMBER = 5
#: What each schema adds to the one before.
SCRIPTS = {
    1: ("store",),
    2: ("incidents",),
    3: ("erasure", "review", "rounds", "people", "finding", "suggestions"),
    4: ("codebooks",),
    5: ("exports",),
}
APPLICATION_ID = 0x50555250  #: "PURP", in the header of every project file
OLDEST_SQLITE = (3, 37, 0)  #: first with STRICT tables
BUSY_SECONDS = 30.0  #: how long one write waits for another process; a page's transaction takes milliseconds
PRAGMAS = ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON", "synchronous=FULL", "temp_store=MEMORY", "cache_size=-65536")

REMEDIES = (
    ("database or disk is full", "free some space on its disk and run the same command again; what is stored stays"),
    ("readonly database", "make the file and its folder writable, or work on a copy"),
    ("database is locked", "another program is writing to it; wait for it or stop it, then try again"),
    ("not a database", "give the path of a purport project file"),
    ("malformed", "the file is damaged; take it from a backup"),
    ("unable to open", "check that its folder exists and that you may read and write it"),
    ("disk I/O error", "check the disk and its free space, then run the same command again"),
    ("file is encrypted", "give the path of a purport project file"),
)


def store_error(error: sqlite3.Error, *, where: str) -> StoreError:
    """What SQLite says, with the file's name and what to do."""
    said = str(error)
    remedy = next((remedy for words, remedy in REMEDIES if words in said), "run `purport verify` on it")
    return StoreError(said, where=where, remedy=remedy)


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn SQLite's errors into StoreErrors that name the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise store_error(error, where=where) from error


def connect(path: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """An open project file with its schema in place. Raises StoreError."""
    _check_sqlite()
    _check_path(path, create=create and not read_only)
    with explained(str(path)):
        connection = _opened(path, read_only=read_only)
        try:
            _prepare(connection, path, may_create=not read_only)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, *, where: str) -> Iterator[sqlite3.Connection]:
    """One write, whole or not at all, also if the process is killed in the middle. Raises StoreError."""
    with explained(where):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk may have rolled back already
                connection.execute("ROLLBACK")
            raise


def _check_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old", remedy=f"use a Python with SQLite {wanted} or newer")


def _check_path(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError("is a folder", where=str(path), remedy="give the path of a project file, for example project.purport")
    if not create and not path.exists():
        raise StoreError("no such project file", where=str(path), remedy="make one with `purport add`")
    if create and not path.parent.is_dir():
        raise StoreError("its folder does not exist", where=str(path), remedy=f"make the folder {path.parent} first")


def _opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        return _uri(path, "mode=rwc")
    connection = _uri(path, "mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        # A file in WAL mode inside a folder that cannot be written to; without a log of pending writes it is safe to read as it stands.
        connection.close()
        if _has_pending_writes(path):
            raise
        connection = _uri(path, "immutable=1")
    return connection


def _has_pending_writes(path: Path) -> bool:
    pending = path.with_name(path.name + "-wal")
    return pending.exists() and pending.stat().st_size > 0


def _uri(path: Path, options: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def _prepare(connection: sqlite3.Connection, path: Path, *, may_create: bool) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if _is_blank(connection):
        if not may_create:
            raise StoreError("is empty", where=str(path), remedy="make a project file with `purport add`")
        _use_wal(connection)
        _upgrade(connection, path)
    number = _checked_schema(connection, path)
    if may_create and number < SCHEMA_NUMBER:
        _upgrade(connection, path)


def _is_blank(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switching to WAL ignores the busy timeout, so two processes that make one file at once need this loop."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Add what newer schemas have; everything that is kept stays as it is."""
    with transaction(connection, where=str(path)):
        before: int = connection.execute("PRAGMA user_version").fetchone()[0]
        for number in range(before + 1, SCHEMA_NUMBER + 1):
            for script in SCRIPTS[number]:
                for statement in _statements(text_of(f"schema/{script}.sql")):
                    connection.execute(statement)
        if 0 < before < SCHEMA_NUMBER:
            log.append(connection, "upgrade", subject="file", detail={"from": before, "to": SCHEMA_NUMBER})
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA_NUMBER}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; ``executescript`` would commit the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _checked_schema(connection: sqlite3.Connection, path: Path) -> int:
    """The number of the file's schema. Raises StoreError for another program's file or one of a newer purport."""
    application, number = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if application != APPLICATION_ID:
        raise StoreError("is the database of another program", where=str(path), remedy="give the path of a purport project file")
    if number > SCHEMA_NUMBER:
        what = f"was written by a newer purport (schema {number}; this one knows {SCHEMA_NUMBER})"
        raise StoreError(what, where=str(path), remedy="upgrade purport; the file was not touched")
    return int(number)


def schema_of(connection: sqlite3.Connection) -> int:
    """The number of the schema; a file that is open for reading only keeps an older one."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def needs_schema(connection: sqlite3.Connection, number: int, *, where: str) -> None:
    """Raises StoreError for a file of an older schema."""
    if schema_of(connection) < number:
        what = f"was written by an older purport and has no incidents yet (schema {schema_of(connection)})"
        raise StoreError(what, where=where, remedy="run `purport merge` on it")
