"""The codebooks that a project has used: each with its text, digest and time; the last one holds."""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from purport.codebook import Codebook
from purport.codebook.parsing import parse
from purport.store import log
from purport.store.connection import explained, schema_of, transaction

SINCE = 4  #: the schema that brought them


@dataclass(frozen=True, slots=True)
class KeptCodebook:
    """One time that a codebook was taken into use. ``digest`` "" is the package's own."""

    name: str
    version: str
    digest: str
    coder: str
    made_at: str


class Codebooks:
    """The codebooks in one project file."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    def current(self) -> Codebook | None:
        """The codebook that holds; None for the package's own. What a newer purport cannot use of it is left out."""
        with explained(self._where):
            if schema_of(self._connection) < SINCE:
                return None
            row = self._connection.execute("SELECT text, actors FROM codebooks ORDER BY key DESC LIMIT 1").fetchone()
        return _kept(*row) if row and row[0] else None

    def use(self, book: Codebook | None, *, coder: str) -> bool:
        """Take a codebook into use, None for the package's own; False if it is the one that holds. Raises StoreError."""
        told = book or Codebook()
        with transaction(self._connection, where=self._where) as connection:
            last = connection.execute("SELECT digest FROM codebooks ORDER BY key DESC LIMIT 1").fetchone() or ("",)
            if last[0] == told.digest:
                return False
            said = {"name": told.name or "purport", "version": told.version, "digest": told.digest, "coder": coder}
            entry = log.append(connection, "codebook", subject=told.name or "purport", detail=said)
            row = (told.name or "purport", told.version, told.digest, told.text, told.actors_text, coder, log.now(), entry)
            connection.execute("INSERT INTO codebooks VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return True

    def history(self) -> tuple[KeptCodebook, ...]:
        """Every time that a codebook was taken into use, the first first."""
        with explained(self._where):
            if schema_of(self._connection) < SINCE:
                return ()
            rows = self._connection.execute("SELECT name, version, digest, coder, made_at FROM codebooks ORDER BY key").fetchall()
        return tuple(KeptCodebook(*row) for row in rows)


@lru_cache(maxsize=8)
def _kept(text: str, actors: str) -> Codebook | None:
    return parse(text.encode(), actors=actors)[0]


def broken_codebooks(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Codebooks that are not those in the log."""
    for name, digest, text, actors, entry in connection.execute("SELECT name, digest, text, actors, log FROM codebooks").fetchall():
        made = hashlib.sha256(f"{text}\0{actors}".encode()).hexdigest() if text else ""
        told = connection.execute("SELECT json_extract(detail, '$.digest') FROM log WHERE entry = ?", (entry,)).fetchone()
        if made != digest or told is None or told[0] != digest:
            yield f"log {entry}", f"the codebook {name} is not the one in the log"
