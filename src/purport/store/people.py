"""Who may work with the file: names, roles and hashes of passwords."""

import sqlite3

from purport.decisions import Person, PersonRole
from purport.store.connection import explained, schema_of


class People:
    """The accounts of one project file. Without any, whoever opens the file on this machine may do everything."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    def are_kept(self) -> bool:
        """Whether there is any account."""
        with explained(self._where):
            if schema_of(self._connection) < 3:
                return False
            return self._connection.execute("SELECT 1 FROM people LIMIT 1").fetchone() is not None

    def find(self, name: str) -> Person | None:
        """The person of that name."""
        with explained(self._where):
            row = self._connection.execute("SELECT name, role, is_active FROM people WHERE name = ?", (name,)).fetchone()
        return Person(row[0], PersonRole(row[1]), bool(row[2])) if row else None
