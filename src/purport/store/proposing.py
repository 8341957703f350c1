"""Pairs of events that wait for a person to say whether they are one: which they are, and what is known of each."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from purport.incident import Decision, Link
from purport.store.connection import schema_of
from purport.store.incidents import NEWEST, link_of

A_BATCH = 500  #: links that are asked for at once


@dataclass(frozen=True, slots=True)
class Waiting:
    """One pair that waits: ``link`` is its key, with the incidents of its first and second event."""

    link: int
    first_incident: str
    second_incident: str


class Proposals:
    """What waits in one project file. ``linked`` guards every question; it says what to do about a file without incidents."""

    def __init__(self, connection: sqlite3.Connection, *, linked: Callable[[], AbstractContextManager[None]]) -> None:
        self._connection = connection
        self._linked = linked

    def state(self) -> tuple[int, ...]:
        """Numbers that change whenever a link, a membership or an erasure comes; quick. What waits stays the same as long as they do."""
        newest = ["SELECT max(key) FROM links", "SELECT max(key) FROM memberships"]
        newest += ["SELECT max(log) FROM tombstones"] if schema_of(self._connection) >= 3 else []
        with self._linked():
            return tuple(self._connection.execute(sql).fetchone()[0] or 0 for sql in newest)

    def waiting(self, *, limit: int | None = None, offset: int = 0) -> tuple[Waiting, ...]:
        """Of each two incidents that may be one the likeliest pair, the likeliest first."""
        sql = (
            "SELECT links.key, one.incident, two.incident, max(score) FROM links"  # noqa: S608 - constant
            " JOIN incident_members AS one ON one.event = links.first JOIN incident_members AS two ON two.event = links.second"
            f" WHERE decision = ? AND {NEWEST} AND one.incident != two.incident"
            " GROUP BY min(one.incident, two.incident), max(one.incident, two.incident)"
            " ORDER BY max(score) DESC, links.first, links.second LIMIT ? OFFSET ?"
        )
        with self._linked():
            rows = self._connection.execute(sql, (Decision.PROPOSED.value, -1 if limit is None else limit, offset)).fetchall()
        return tuple(Waiting(*row[:3]) for row in rows)

    def written_out(self, waiting: Sequence[Waiting]) -> Iterator[tuple[Link, str, str]]:
        """The links of these pairs with their incidents; without those whose link is gone."""
        with self._linked():
            for batch in (waiting[start : start + A_BATCH] for start in range(0, len(waiting), A_BATCH)):
                marks = ", ".join("?" * len(batch))
                sql = f"SELECT key, first, second, score, decision, reasons, by FROM links WHERE key IN ({marks})"  # noqa: S608 - marks
                links = {key: link_of(tuple(row)) for key, *row in self._connection.execute(sql, [each.link for each in batch])}
                yield from ((links[each.link], each.first_incident, each.second_incident) for each in batch if each.link in links)
