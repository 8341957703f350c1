"""How long pages are kept: rules by age and sensitivity. They say what is due; nothing is erased by a rule alone."""

import sqlite3
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

from purport.decisions import DuePage, RetentionRule, SensitivityLevel
from purport.errors import StoreError
from purport.model import hashed_id
from purport.store import log
from purport.store.connection import explained, schema_of, transaction
from purport.store.levels import documents_of_level

SINCE = ("retrieval", "publication")
COLUMNS = "id, days, since, level, why, coder, made_at"
LONGEST_DAYS = 36_500
#: The day a page is reckoned from: when it was last met, or when it was kept if that is not known; the date it carries.
_DAY = {
    "retrieval": "coalesce((SELECT max(nullif(retrieved_at, '')) FROM sightings WHERE capture = documents.capture), readings.made_at)",
    "publication": "documents.published",
}


class Retention:
    """The rules of one project file. All methods raise StoreError."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    def rules(self) -> tuple[RetentionRule, ...]:
        """Those that hold, the oldest first."""
        with explained(self._where):
            if schema_of(self._connection) < 3:
                return ()
            rows = self._connection.execute(f"SELECT {COLUMNS} FROM retention_rules WHERE is_active ORDER BY key")  # noqa: S608 - constant
            return tuple(RetentionRule(*row) for row in rows)

    def add(self, *, days: int, since: str, level: str, why: str, coder: str) -> RetentionRule:
        """A new rule: pages are due when they are more than ``days`` old, if ``level`` is given only those of incidents of that level."""
        _check(days=days, since=since, level=level, why=why)
        made_at = log.now()
        rule = RetentionRule(hashed_id("ret", days, since, level, made_at), days, since, level, " ".join(why.split()), coder, made_at)
        with transaction(self._connection, where=self._where) as connection:
            entry = log.append(connection, "retention add", subject=rule.id, detail=asdict(rule))
            connection.execute(
                f"INSERT OR IGNORE INTO retention_rules ({COLUMNS}, is_active, log) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)",  # noqa: S608
                (*asdict(rule).values(), entry),
            )
        return rule

    def remove(self, rule_id: str, *, coder: str) -> None:
        """Let a rule hold no longer."""
        with transaction(self._connection, where=self._where) as connection:
            if connection.execute("UPDATE retention_rules SET is_active = 0 WHERE id = ? AND is_active", (rule_id,)).rowcount == 0:
                raise StoreError("no such rule", where=rule_id, remedy="look at `purport retention DB list`")
            log.append(connection, "retention remove", subject=rule_id, detail={"coder": coder})

    def due(self, *, today: date | None = None) -> tuple[DuePage, ...]:
        """Pages that a rule says are to be erased, the oldest first; each once, with the first rule that says so."""
        now = today or datetime.now(UTC).date()
        found: dict[str, DuePage] = {}
        for rule in self.rules():
            for page in self._due_by(rule, now=now):
                found.setdefault(page.document_id, page)
        return tuple(sorted(found.values(), key=lambda page: (page.day, page.document_id)))

    def _due_by(self, rule: RetentionRule, *, now: date) -> list[DuePage]:
        day = f"substr({_DAY[rule.since]}, 1, 10)"
        sql = (
            f"SELECT documents.id, coalesce(title, ''), coalesce(outlet, ''), {day} FROM documents"  # noqa: S608 - constants
            f" JOIN readings ON readings.key = documents.reading WHERE length({day}) = 10 AND {day} < ? ORDER BY 4, 1"
        )
        limit = (now - timedelta(days=rule.days)).isoformat()
        with explained(self._where):
            rows = self._connection.execute(sql, (limit,)).fetchall()
            of_level = documents_of_level(self._connection, SensitivityLevel(rule.level)) if rule.level else None
        found = [DuePage(document, title, outlet, day, rule.id) for document, title, outlet, day in rows]
        return [page for page in found if of_level is None or page.document_id in of_level]


def _check(*, days: int, since: str, level: str, why: str) -> None:
    if not 1 <= days <= LONGEST_DAYS:
        raise StoreError("a rule needs a number of days from 1", where=str(days), remedy="say after how many days pages are due")
    if since not in SINCE:
        raise StoreError(f"days are reckoned from {' or '.join(SINCE)}", where=since, remedy="choose one of the two")
    if level and level not in list(SensitivityLevel):
        raise StoreError("no such sensitivity", where=level, remedy=f"use one of {', '.join(SensitivityLevel)}, or none for all pages")
    if not why.strip():
        raise StoreError("a rule needs a reason", where="retention", remedy="say why pages go after that time")
