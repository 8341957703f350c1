"""The log: append-only, each entry's hash covers the one before it."""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from purport.wire import canonical

FIRST = ""  #: what the first entry follows


def now() -> str:
    """The time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def append(connection: sqlite3.Connection, action: str, *, subject: str, detail: Mapping[str, object]) -> int:
    """Add one entry inside the open transaction; its number comes out."""
    last = connection.execute("SELECT entry, hash FROM log ORDER BY entry DESC LIMIT 1").fetchone() or (0, FIRST)
    entry, at, said = last[0] + 1, now(), canonical(detail).decode()
    hashed = hash_of(last[1], entry, at, action, subject, said)
    connection.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", (entry, at, action, subject, said, last[1], hashed))
    return entry


def hash_of(previous: str, *fields: object) -> str:
    """SHA-256 over the previous hash and the canonical JSON of an entry's fields."""
    return hashlib.sha256(previous.encode() + canonical(list(fields))).hexdigest()


def broken_links(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Entries that do not follow the one before them or do not have the hash of what they say."""
    expected, previous = 1, FIRST
    for entry, at, action, subject, detail, before, hashed in connection.execute("SELECT * FROM log ORDER BY entry"):
        if entry != expected:
            yield f"log {expected}", f"entries {expected} to {entry - 1} are missing"
        if before != previous:
            yield f"log {entry}", "does not follow the entry before it"
        if hashed != hash_of(before, entry, at, action, subject, detail):
            yield f"log {entry}", "its hash is not that of its content"
        expected, previous = entry + 1, hashed
