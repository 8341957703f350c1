"""Second step of linking: the incidents of events whose pairs changed are made again, and every change is kept with the log."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

from purport.incident import Decision, Link, incident_id
from purport.linkage import Grouped, Linker, LinkRun, Pair, pair_of
from purport.model import digest_of
from purport.store import log
from purport.store.link_judging import verdicts_about
from purport.wire import canonical

SCORE_DIGITS = 4  #: of a chance as it is kept; a smaller change of it is no new decision
NEIGHBOURS = (
    "SELECT profile, other, other_profiles.event, score FROM scored_pairs JOIN profiles AS other_profiles ON other_profiles.key = other"
    " WHERE profile = ?"
)
PARTED_REASON = (("no longer compared", 0.0),)


@dataclass(frozen=True, slots=True)
class _Component:
    """Events that hang together through pairs that may join them, with all pairs that any of them is in."""

    records: dict[str, str]
    documents: dict[str, int]
    scores: dict[Pair, float]


def settle(connection: sqlite3.Connection, *, linker: Linker, most: int) -> LinkRun:
    """Make the incidents of up to ``most`` unsettled events again, with all that hangs on them, in the open transaction."""
    waiting = [event for (event,) in connection.execute("SELECT event FROM unsettled ORDER BY event LIMIT ?", (most,))]
    changes = _Changes(connection, linker)
    done: set[str] = set()
    for event in waiting:
        if event not in done:
            done |= _settle_around(event, changes=changes)
    connection.executemany("DELETE FROM unsettled WHERE event = ?", [(event,) for event in done.union(waiting)])
    return replace(changes.write(), settled=len(done))


def part(connection: sqlite3.Connection, pairs: Iterable[Pair], *, linker: Linker) -> LinkRun:
    """Keep that pairs which were joined or proposed are compared no longer, in the open transaction."""
    changes = _Changes(connection, linker)
    for pair in sorted(pairs):
        changes.part(pair)
    return changes.write()


def _settle_around(event: str, *, changes: "_Changes") -> set[str]:
    """The incidents of the component of one event; the ids of all its events."""
    connection, linker = changes.connection, changes.linker
    component = _component(connection, event, enough=linker.enough)
    if not component.records:
        changes.remove(event)
        return {event}
    verdicts = verdicts_about(connection, component.records)
    grouped = linker.group(component.records, scores=component.scores, verdicts=verdicts)
    changes.add(grouped, component=component)
    told = {(link.first, link.second) for link in grouped.links}
    for pair in verdicts.judged - told:
        changes.part(pair)
    return set(component.records)


def _component(connection: sqlite3.Connection, event: str, *, enough: float) -> _Component:
    found = _Component({}, {}, {})
    waiting = [event]
    while waiting:
        one = waiting.pop()
        row = connection.execute("SELECT key, record, document FROM profiles WHERE event = ?", (one,)).fetchone()
        if one in found.records or row is None:
            continue
        found.records[one], found.documents[one] = row[1], row[2]
        for _, _, other, score in connection.execute(NEIGHBOURS, (row[0],)).fetchall():
            found.scores[pair_of(one, other)] = score
            if score >= enough:
                waiting.append(other)
        waiting += [other for pair in verdicts_about(connection, [one]).same for other in pair if other != one]
    return found


class _Changes:
    """Decisions and memberships that differ from those in the file, written with one entry of the log."""

    def __init__(self, connection: sqlite3.Connection, linker: Linker) -> None:
        self.connection = connection
        self.linker = linker
        self._links: list[Link] = []
        self._moves: list[tuple[str, str | None]] = []
        self._touched: set[str] = set()

    def add(self, grouped: Grouped, *, component: _Component) -> None:
        """What a grouping changes."""
        for link in grouped.links:
            before = self._decision(link.first, link.second)
            if before != (link.decision.value, round(link.score, SCORE_DIGITS)):
                self._links.append(replace(link, score=round(link.score, SCORE_DIGITS), reasons=self._reasons(link, component=component)))
        for group in grouped.groups:
            incident = incident_id(group)
            for event in group:
                self._move(event, incident, document=component.documents[event])

    def part(self, pair: Pair) -> None:
        """A pair that is held together no longer."""
        before = self._decision(*pair)
        if before and before[0] != Decision.APART.value:
            self._links.append(Link(*pair, 0.0, Decision.APART, PARTED_REASON, self.linker.label))

    def remove(self, event: str) -> None:
        """An event that is no longer read."""
        row = self.connection.execute("SELECT incident FROM incident_members WHERE event = ?", (event,)).fetchone()
        if row:
            self.connection.execute("DELETE FROM incident_members WHERE event = ?", (event,))
            self._moves.append((event, None))
            self._touched.add(row[0])

    def write(self) -> LinkRun:
        """Append the changes with their log entry; says how many there were."""
        for incident in sorted(self._touched):
            _renew_incident(self.connection, incident)
        if self._links or self._moves:
            self._append(log.now())
        decisions = [link.decision for link in self._links]
        return LinkRun(
            joined=decisions.count(Decision.JOINED),
            proposed=decisions.count(Decision.PROPOSED),
            parted=decisions.count(Decision.APART),
            moved=len(self._moves),
        )

    def _append(self, made_at: str) -> None:
        links = [_link_row(link, made_at) for link in self._links]
        detail = {
            "linker": self.linker.label,
            "links": len(links),
            "memberships": len(self._moves),
            "digest": decisions_digest(links, self._moves),
        }
        entry = log.append(self.connection, "link", subject="incidents", detail=detail)
        columns = "INSERT INTO links (first, second, score, decision, reasons, by, made_at, log) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        self.connection.executemany(columns, [(*row, entry) for row in links])
        moves = [(event, incident, entry) for event, incident in self._moves]
        self.connection.executemany("INSERT INTO memberships (event, incident, log) VALUES (?, ?, ?)", moves)

    def _decision(self, first: str, second: str) -> tuple[str, float] | None:
        sql = "SELECT decision, score FROM links WHERE first = ? AND second = ? ORDER BY key DESC LIMIT 1"
        row: tuple[str, float] | None = self.connection.execute(sql, (first, second)).fetchone()
        return row

    def _reasons(self, link: Link, *, component: _Component) -> tuple[tuple[str, float], ...]:
        records = [component.records.get(event) or self._record(event) for event in (link.first, link.second)]
        return link.reasons or self.linker.reasons(*records)

    def _record(self, event: str) -> str:
        record: str = self.connection.execute("SELECT record FROM profiles WHERE event = ?", (event,)).fetchone()[0]
        return record

    def _move(self, event: str, incident: str, *, document: int) -> None:
        row = self.connection.execute("SELECT incident FROM incident_members WHERE event = ?", (event,)).fetchone()
        self._touched.add(incident)
        if row and row[0] == incident:
            return
        self._touched.update(row or ())
        # No REPLACE: what it takes away fires no trigger, and the incident that loses the event would keep its card.
        self.connection.execute(
            "INSERT INTO incident_members VALUES (?, ?, ?)"
            " ON CONFLICT (event) DO UPDATE SET incident = excluded.incident, document = excluded.document",
            (event, incident, document),
        )
        self._moves.append((event, incident))


def decisions_digest(links: Iterable[tuple[object, ...]], moves: Iterable[tuple[object, ...]]) -> str:
    """The digest by which the log knows the rows of one step."""
    return digest_of(canonical([[list(row) for row in links], [list(row) for row in moves]]))


def _link_row(link: Link, made_at: str) -> tuple[object, ...]:
    reasons = json.dumps([[part, round(weight, 2)] for part, weight in link.reasons], ensure_ascii=False)
    return link.first, link.second, link.score, link.decision.value, reasons, link.by, made_at


def _renew_incident(connection: sqlite3.Connection, incident: str) -> None:
    """The row of an incident from its members; none without members."""
    pages, members, unread = connection.execute(
        "SELECT count(DISTINCT incident_members.document), count(*), count(sketches.document) FROM incident_members"
        " LEFT JOIN sketches ON sketches.document = incident_members.document WHERE incident = ?",
        (incident,),
    ).fetchone()
    if not members:
        connection.execute("DELETE FROM incidents WHERE id = ?", (incident,))
        return
    days = connection.execute(
        "SELECT first_day, last_day FROM profiles JOIN incident_members ON incident_members.event = profiles.event"
        " WHERE incident = ? AND first_day IS NOT NULL GROUP BY first_day, last_day"
        " ORDER BY julianday (last_day) - julianday (first_day), count(*) DESC, first_day LIMIT 1",
        (incident,),
    ).fetchone()
    row = (incident, pages, members - unread, *(days or (None, None)))
    connection.execute("INSERT OR REPLACE INTO incidents VALUES (?, ?, ?, ?, ?)", row)
