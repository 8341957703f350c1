"""Who may work with the file: names, roles, hashes of passwords, and the words by which programs ask in a person's name."""

import hashlib
import secrets
import sqlite3
from collections.abc import Mapping

from purport.decisions import Person, PersonRole, Token
from purport.errors import StoreError
from purport.model import hashed_id
from purport.store import log, passwords
from purport.store.connection import explained, schema_of, transaction

COLUMNS = "name, role, is_active, log"
TOKEN_COLUMNS = "id, person, name, made_at, is_revoked"  # noqa: S105
TOKEN_BEGINNING = "purport_"  # noqa: S105 - by which a leaked one is recognised
LONGEST_NAME = 60


class People:
    """The accounts of one project file. Without any, whoever opens the file on this machine may do everything.

    ``by`` is who changes something. All methods raise StoreError, those that write also for what must not be.
    """

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    # -------------------------------------------------------------- read
    def are_kept(self) -> bool:
        """Whether there is any account."""
        with explained(self._where):
            if schema_of(self._connection) < 3:
                return False
            return self._connection.execute("SELECT 1 FROM people LIMIT 1").fetchone() is not None

    def find(self, name: str) -> Person | None:
        """The person of that name."""
        with explained(self._where):
            row = self._connection.execute(f"SELECT {COLUMNS} FROM people WHERE name = ?", (name,)).fetchone()  # noqa: S608 - constant
        return _person(row) if row else None

    def all(self) -> tuple[Person, ...]:
        """Everybody, also who is disabled, by name."""
        with explained(self._where):
            rows = self._connection.execute(f"SELECT {COLUMNS} FROM people ORDER BY name").fetchall()  # noqa: S608 - constant
        return tuple(map(_person, rows))

    def matching(self, name: str, password: str) -> Person | None:
        """The active person of that name and password, None otherwise; it takes as long for a name that nobody has."""
        with explained(self._where):
            row = self._connection.execute(f"SELECT password, {COLUMNS} FROM people WHERE name = ?", (name,)).fetchone()  # noqa: S608
        fits = passwords.fits(row[0] if row else None, password)
        return _person(row[1:]) if row and fits and row[3] else None

    def tokens(self, person: str | None = None) -> tuple[Token, ...]:
        """The tokens of a person, or all; also revoked ones, the newest first."""
        sql = f"SELECT {TOKEN_COLUMNS} FROM tokens WHERE person = coalesce(?, person) ORDER BY log DESC"  # noqa: S608 - constant
        with explained(self._where):
            rows = self._connection.execute(sql, (person,)).fetchall()
        return tuple(Token(token_id, owner, name, made_at, bool(revoked)) for token_id, owner, name, made_at, revoked in rows)

    def of_token(self, word: str) -> Person | None:
        """The active person in whose name a program asks with this word, None if it is unknown or revoked."""
        with explained(self._where):
            if schema_of(self._connection) < 3:
                return None
            row = self._connection.execute(
                "SELECT person FROM tokens WHERE digest = ? AND NOT is_revoked", (hashlib.sha256(word.encode()).hexdigest(),)
            ).fetchone()
        person = self.find(row[0]) if row else None
        return person if person and person.is_active else None

    # -------------------------------------------------------------- write
    def add(self, name: str, *, role: PersonRole, password: str, by: str) -> Person:
        """A new person. Raises StoreError for a name that is taken or none, a poor password, or a first person who is no editor."""
        name = self._checked_name(name)
        hashed = passwords.hashed(password, name=name)
        with transaction(self._connection, where=self._where) as connection:
            if any(other.name.casefold() == name.casefold() for other in self.all()):
                raise StoreError("this name is taken", where=name, remedy="choose another; who left keeps the name")
            if role is not PersonRole.EDITOR and not self.are_kept():
                raise StoreError("the first person must be an editor", where=name, remedy="only an editor can let others in")
            entry = self._append("person add", name, by=by, role=role.value, is_active=True)
            connection.execute("INSERT INTO people VALUES (?, ?, ?, 1, ?)", (name, role.value, hashed, entry))
        return self._known(name)

    def set_role(self, name: str, role: PersonRole, *, by: str) -> Person:
        """Give a person another role; sessions end. Raises StoreError for the last active editor."""
        return self._change("person role", name, by=by, role=role)

    def set_active(self, name: str, active: bool, *, by: str) -> Person:
        """Let a person in again or keep the person out; sessions end. Raises StoreError for the last active editor."""
        return self._change("person enable" if active else "person disable", name, by=by, active=active)

    def set_password(self, name: str, password: str, *, by: str) -> Person:
        """Give a person another password; sessions end. Raises StoreError for a poor one."""
        self._known(name)
        return self._change("person password", name, by=by, hashed=passwords.hashed(password, name=name))

    def add_token(self, person: str, name: str, *, by: str) -> tuple[Token, str]:
        """A new token and its word, which is kept nowhere."""
        if not name.strip():
            raise StoreError("a token needs a name", where=person, remedy="say what it is for")
        word, made_at = TOKEN_BEGINNING + secrets.token_urlsafe(32), log.now()
        digest = hashlib.sha256(word.encode()).hexdigest()
        token = Token(hashed_id("tok", digest), self._known(person).name, name.strip()[:LONGEST_NAME], made_at)
        with transaction(self._connection, where=self._where) as connection:
            entry = self._append("token add", person, by=by, id=token.id, name=token.name)
            row = (token.id, token.person, token.name, digest, made_at, entry)
            connection.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, 0, ?)", row)
        return token, word

    def revoke(self, token_id: str, *, by: str) -> None:
        """Let a token open nothing any more. Raises StoreError if there is none."""
        token = next((token for token in self.tokens() if token.id == token_id), None)
        if token is None:
            raise StoreError("no such token", where=token_id, remedy="look at the list of tokens")
        with transaction(self._connection, where=self._where) as connection:
            entry = self._append("token revoke", token.person, by=by, id=token.id, name=token.name)
            connection.execute("UPDATE tokens SET is_revoked = 1, log = ? WHERE id = ?", (entry, token_id))

    def note(self, action: str, name: str, *, detail: Mapping[str, object]) -> None:
        """Write into the log what somebody did that changes nothing in the file: a login, an unmasking."""
        with transaction(self._connection, where=self._where) as connection:
            log.append(connection, action, subject=name, detail=detail)

    # -------------------------------------------------------------- how
    def _change(
        self, action: str, name: str, *, by: str, role: PersonRole | None = None, active: bool | None = None, hashed: str | None = None
    ) -> Person:
        with transaction(self._connection, where=self._where) as connection:
            before = self._known(name)
            after = Person(name, role or before.role, before.is_active if active is None else active)
            self._check_editors(before, after)
            entry = self._append(action, name, by=by, role=after.role.value, is_active=after.is_active)
            connection.execute(
                "UPDATE people SET role = ?, is_active = ?, password = coalesce(?, password), log = ? WHERE name = ?",
                (after.role.value, after.is_active, hashed, entry, name),
            )
        return self._known(name)

    def _check_editors(self, before: Person, after: Person) -> None:
        """The last active editor stays one: otherwise nobody could let others in."""
        editors = [person.name for person in self.all() if person.is_active and person.role is PersonRole.EDITOR]
        stays = after.is_active and after.role is PersonRole.EDITOR
        if editors == [before.name] and not stays:
            raise StoreError(f"{before.name} is the last active editor", where=before.name, remedy="make somebody else an editor first")

    def _append(self, action: str, subject: str, *, by: str, **detail: object) -> int:
        return log.append(self._connection, action, subject=subject, detail={"by": by, **detail})

    def _known(self, name: str) -> Person:
        found = self.find(name)
        if found is None:
            raise StoreError("no such person", where=name, remedy="look at the list of people")
        return found

    def _checked_name(self, name: str) -> str:
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise StoreError(f"a name has 1 to {LONGEST_NAME} visible characters", where=repr(name), remedy="choose another")
        return name


def _person(row: tuple[str, str, int, int]) -> Person:
    name, role, is_active, changed = row
    return Person(name, PersonRole(role), bool(is_active), changed)
