"""The log: append-only, each entry's hash covers the one before it."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from purport.wire import canonical

FIRST = ""  #: what the first entry follows
EMPTY = "{}"  #: the detail of an entry that an erasure emptied


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


def emptied(connection: sqlite3.Connection) -> dict[int, tuple[int, str, str]]:
    """Entries that an erasure emptied, each with the number of the erasure's own entry, its hash and its seal: the hash over all
    that stays of it.

    Only what an unbroken entry names, and of entries before itself.
    """
    found: dict[int, tuple[int, str, str]] = {}
    for number, at, action, subject, detail, before, hashed in connection.execute("SELECT * FROM log WHERE action = 'erase'"):
        if hashed == hash_of(before, number, at, action, subject, detail):
            named = json.loads(detail).get("redacted", [])
            found |= {entry: (number, kept, seal) for entry, kept, seal in named if entry < number}
    return found


def broken_links(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Entries that do not follow the one before them or do not have the hash of what they say.

    An entry emptied by an erasure that names it, with the hash it had, is whole; any other without its detail is broken.
    """
    expected, previous, without = 1, FIRST, emptied(connection)
    for entry, at, action, subject, detail, before, hashed in connection.execute("SELECT * FROM log ORDER BY entry"):
        if entry != expected:
            yield f"log {expected}", f"entries {expected} to {entry - 1} are missing"
        if before != previous:
            yield f"log {entry}", "does not follow the entry before it"
        if entry in without:
            named = without[entry][1:] == (hashed, hash_of(hashed, entry, at, action, subject))
            if detail != EMPTY or not named:
                yield f"log {entry}", f"is not as the erasure in entry {without[entry][0]} left it"
        elif hashed != hash_of(before, entry, at, action, subject, detail):
            yield f"log {entry}", "its hash is not that of its content"
        expected, previous = entry + 1, hashed
