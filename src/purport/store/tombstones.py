"""What stays of pages that were erased, and keeping their bytes out."""

import json
import sqlite3
from collections.abc import Iterator

from purport.decisions import Tombstone
from purport.errors import InputError
from purport.store.connection import schema_of

COLUMNS = "document_id, capture_id, digest, why, coder, made_at, counts"


def tombstones(connection: sqlite3.Connection) -> tuple[Tombstone, ...]:
    """All of them, the oldest first."""
    if schema_of(connection) < 3:
        return ()
    rows = connection.execute(f"SELECT {COLUMNS} FROM tombstones ORDER BY key").fetchall()  # noqa: S608 - constant
    return tuple(
        Tombstone(page, capture, digest, why, coder, at, json.loads(counts)) for page, capture, digest, why, coder, at, counts in rows
    )


def refuse_erased(connection: sqlite3.Connection, digest: str, *, where: str) -> None:
    """Raises InputError for bytes that were erased."""
    if schema_of(connection) < 3:
        return
    row = connection.execute("SELECT made_at, why FROM tombstones WHERE digest = ?", (digest,)).fetchone()
    if row is not None:
        what = f"this page was erased on {row[0][:10]} because: {row[1]}"
        raise InputError(what, where=where, remedy="it is not taken in again; a project of its own could hold it, if it must be kept")


def broken_erasures(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Tombstones that are not those in the log, what came back, an erasure that was not finished: ids and what is broken."""
    told: dict[tuple[str, ...], int] = {}
    for entry, detail in connection.execute("SELECT entry, detail FROM log WHERE action = 'erase'"):
        said = json.loads(detail)
        for page in said.get("pages", []):
            stone = (page["document_id"], page["capture_id"], page["digest"], said["why"], said["by"], said["made_at"])
            told[(*stone, json.dumps(said["counts"], sort_keys=True))] = entry
    kept = {tuple(row[:-1]): row[-1] for row in connection.execute(f"SELECT {COLUMNS}, log FROM tombstones")}  # noqa: S608 - constant
    for stone in sorted({*told, *kept}):
        if told.get(stone) != kept.get(stone):
            yield stone[1], "its tombstone is not the one in the log"
    for (digest,) in connection.execute("SELECT digest FROM contents WHERE digest IN (SELECT digest FROM tombstones)"):
        yield digest, "these bytes were erased, and are there"
    if connection.execute("SELECT 1 FROM erasing").fetchone():
        yield "file", "an erasure was not finished"
    for (entry,) in connection.execute("SELECT log FROM uncleaned"):
        yield f"log {entry}", "the file was not written anew after this erasure: run `purport erase DB --clean`"
