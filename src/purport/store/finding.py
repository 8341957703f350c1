"""Cards of incidents in the file: made where they are stale, read by what finds; and saved searches."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from purport.cards import Described, IncidentCard, KeptCard, SavedSearch
from purport.errors import StoreError
from purport.model import hashed_id
from purport.store import log
from purport.store.conditions import Conditions, conditions_of
from purport.store.connection import explained, schema_of, transaction
from purport.store.mentioning import pages_mentioning
from purport.store.query import parse_query

MakeCards = Callable[[Sequence[str]], Iterable[IncidentCard | Described | None]]
STEP = 50  #: cards made in one transaction
LONGEST_STEP = 0.25  #: seconds after which a transaction ends all the same; a page of hundreds of events takes that long for each
MOST_RANKED = 5_000  #: pages that are put in order of how well they match
BATCH = 400  #: ids asked for at once
NAMED = (
    "SELECT incident, perpetrator, target FROM event_words JOIN events ON events.key = event_words.rowid"
    " JOIN incident_members ON incident_members.event = events.id"
)
ACTORS = "SELECT incident, json_extract(card, '$.values.actor') FROM incident_cards"
DECIDED = (
    "SELECT incident FROM review_queue JOIN incident_members ON incident_members.event = review_queue.event"
    " WHERE decided + contested + done > 0 UNION SELECT incident FROM stale_cards"
    " UNION SELECT incident FROM additions JOIN documents ON documents.id = additions.document_id"
    " JOIN incident_members ON incident_members.document = documents.key"
)


@dataclass(frozen=True, slots=True)
class Matched:
    """What a query matches: keys of documents (the best first if ``is_ranked``) and of events; None where it asks for nothing of them."""

    documents: tuple[int, ...] | None
    events: tuple[int, ...] | None
    is_ranked: bool = False


class Finding:
    """The cards of one project file."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    # -------------------------------------------------------------- making
    def count_stale(self) -> int:
        """How many cards have to be made again."""
        return self._number("SELECT count(*) FROM stale_cards")

    def count_unlinked(self) -> int:
        """How many pages came, or were read again, since the last merge."""
        return self._number("SELECT count(*) FROM unlinked")

    def stale(self) -> list[str]:
        """The incidents whose cards have to be made again, those of one page one after another."""
        sql = (
            "SELECT stale_cards.incident FROM stale_cards LEFT JOIN incident_members ON incident_members.incident = stale_cards.incident"
            " GROUP BY stale_cards.incident ORDER BY min(document), stale_cards.incident"
        )
        return [row[0] for row in self._rows(sql)]

    def version(self) -> int:
        """Another number whenever another connection has written into the file."""
        return self._number("PRAGMA data_version")

    def refresh(self, make: MakeCards, *, incidents: Sequence[str], most: int = STEP, longest: float = LONGEST_STEP) -> int:
        """Make the cards of up to ``most`` of these incidents again, in one transaction, for ``longest`` seconds.

        How many were gone through, the first first, comes out. ``make`` gives one after another, with their rows for exports or without,
        None for an incident of which nothing holds; while it works nobody else writes. Of a card that is not stale a copy changes nothing.
        """
        with transaction(self._connection, where=self._where) as connection:
            # What was decided of an event comes in by its event, also while the event is in no incident.
            connection.execute("DELETE FROM stale_incidents")
            until, made = time.monotonic() + longest, 0
            for incident, found in zip(incidents[:most], make(incidents[:most]), strict=True):
                _keep(connection, incident, found=found)
                made += 1
                if time.monotonic() >= until:
                    break
            connection.executemany("DELETE FROM stale_cards WHERE incident = ?", [(incident,) for incident in incidents[:made]])
        return made

    # -------------------------------------------------------------- reading
    def last_change(self) -> int:
        """The number of the last change of any card; 0 before the first."""
        return self._number("SELECT coalesce(max(change), 0) FROM card_changes")

    def changed_since(self, change: int) -> tuple[str, ...]:
        """Incidents whose cards were made, made again or taken away after a change."""
        return tuple(row[0] for row in self._rows("SELECT incident FROM card_changes WHERE change > ? ORDER BY change", change))

    def cards(self, *incidents: str) -> Iterator[KeptCard]:
        """These cards, or all without ids, in the order of the ids."""
        if not incidents:
            yield from self._cards("1", ())
        for start in range(0, len(incidents), BATCH):
            batch = incidents[start : start + BATCH]
            yield from self._cards(f"incident_cards.incident IN ({', '.join('?' * len(batch))})", batch)

    def _cards(self, condition: str, parameters: Iterable[object]) -> Iterator[KeptCard]:
        sql = (
            "SELECT incident_cards.incident, card, change, incident_members.document, events.key FROM incident_cards"  # noqa: S608 - marks
            " JOIN card_changes ON card_changes.incident = incident_cards.incident"
            " JOIN incident_members ON incident_members.incident = incident_cards.incident"
            f" LEFT JOIN events ON events.id = incident_members.event WHERE {condition} ORDER BY incident_cards.incident"
        )
        current, documents, events, content, change = None, set[int](), set[int](), "", 0
        for row in self._rows(sql, *parameters):
            if row[0] != current:
                if current is not None:
                    yield _kept(content, documents, events=events, change=change)
                current, documents, events = row[0], set(), set()
            content, change = row[1], row[2]
            documents.add(row[3])
            events |= {row[4]} if row[4] is not None else set()
        if current is not None:
            yield _kept(content, documents, events=events, change=change)

    def likely(self, *, status: str | None = None, disputed: bool | None = None, min_sources: int = 0) -> frozenset[str] | None:
        """Incidents whose cards say so, and those whose cards are not made anew yet; None without cards, or if nothing is asked.

        Cards are of accounts without the names of victims: who asks decides by the account itself.
        """
        asked = [
            ("json_extract(card, '$.status') = ?", status),
            ("json_extract(card, '$.values.disputed[0]') = ?", None if disputed is None else "yes" if disputed else "no"),
            ("json_extract(card, '$.sources') >= ?", min_sources or None),
        ]
        given = [(sql, value) for sql, value in asked if value is not None]
        if not given or schema_of(self._connection) < 3:
            return None
        sql = f"SELECT incident FROM incident_cards WHERE {' AND '.join(sql for sql, _ in given)} UNION SELECT incident FROM stale_cards"  # noqa: S608
        return frozenset(row[0] for row in self._rows(sql, *(value for _, value in given)))

    def naming(self, is_meant: Callable[[str], bool]) -> frozenset[str] | None:
        """Incidents of which a perpetrator or target, as the machine or a card has it, goes by a name that is meant; None without cards.

        Also those whose pages people decided about: what they say stands in no index.
        """
        if schema_of(self._connection) < 3:
            return None
        found = {row[0] for row in self._rows(NAMED) if is_meant(f"{row[1]} {row[2]}")}
        found |= {row[0] for row in self._rows(ACTORS) if is_meant(row[1])}
        return frozenset(found | {row[0] for row in self._rows(DECIDED)})

    def matched(self, query: str) -> Matched:
        """What a query of words and fields matches. Raises QueryError."""
        conditions = conditions_of(parse_query(query))
        with explained(self._where):
            documents, is_ranked = self._documents(conditions)
            events = None
            if conditions.on_events:
                sql = "SELECT key FROM events WHERE " + " AND ".join(f"({each.sql})" for each in conditions.on_events)  # noqa: S608
                events = self._keys(sql, [p for each in conditions.on_events for p in each.parameters])
        return Matched(documents, events, is_ranked)

    def _documents(self, conditions: Conditions) -> tuple[tuple[int, ...] | None, bool]:
        found: tuple[int, ...] | None = None
        if conditions.words is not None:
            found = self._keys("SELECT rowid FROM page_words WHERE page_words MATCH ?", [conditions.words])
        is_ranked = found is not None and len(found) <= MOST_RANKED
        if is_ranked:
            found = self._keys("SELECT rowid FROM page_words WHERE page_words MATCH ? ORDER BY bm25 (page_words, 3.0)", [conditions.words])
        if conditions.on_documents:
            sql = "SELECT key FROM documents WHERE " + " AND ".join(f"({each.sql})" for each in conditions.on_documents)  # noqa: S608
            of_pages = self._keys(sql, [p for each in conditions.on_documents for p in each.parameters])
            allowed = set(of_pages)
            found = of_pages if found is None else tuple(key for key in found if key in allowed)
        return found, is_ranked

    def _keys(self, sql: str, parameters: Iterable[object]) -> tuple[int, ...]:
        return tuple(key for (key,) in self._connection.execute(sql, tuple(parameters)))

    def pages_mentioning(self, word: str, *, most: int) -> tuple[str, ...]:
        """Ids of pages that hold a word, first those that name somebody so; of each sort at most so many."""
        with explained(self._where):
            return pages_mentioning(self._connection, word, most=most)

    # -------------------------------------------------------------- saved searches
    def save(self, name: str, query: str, *, number: int, coder: str) -> SavedSearch:
        """Keep a query with what it found and the state of the data. Raises StoreError without a name."""
        if not name.strip():
            raise StoreError("a saved search needs a name", where=query, remedy="give it one")
        with transaction(self._connection, where=self._where) as connection:
            entry, hashed = connection.execute("SELECT entry, hash FROM log ORDER BY entry DESC LIMIT 1").fetchone() or (0, "")
            made_at = log.now()
            id_ = hashed_id("sea", name.strip(), query, coder, made_at, entry)
            made = SavedSearch(id_, name.strip(), query, number, entry, hashed, coder, made_at)
            _append(connection, made, state="kept")
        return made

    def state_of_data(self) -> tuple[int, str]:
        """The number and hash of the log's last entry."""
        return next(
            ((int(entry), str(hashed)) for entry, hashed in self._rows("SELECT entry, hash FROM log ORDER BY entry DESC LIMIT 1")), (0, "")
        )

    def withdraw(self, id: str, *, coder: str) -> None:
        """Take a saved search off the list. Raises StoreError for one that is not on it."""
        kept = next((each for each in self.saved() if each.id == id), None)
        if kept is None:
            raise StoreError("no such saved search", where=id, remedy="open the list again")
        with transaction(self._connection, where=self._where) as connection:
            _append(connection, SavedSearch(id, kept.name, "", 0, 0, "", coder, log.now()), state="withdrawn")

    def saved(self) -> tuple[SavedSearch, ...]:
        """The saved searches that were not taken back, the newest first."""
        found: dict[str, SavedSearch] = {}
        sql = "SELECT state, id, name, query, number, log_entry, log_hash, coder, made_at FROM saved_searches ORDER BY key"
        for state, *row in self._rows(sql):
            found.pop(row[0], None)
            if state == "kept":
                found[row[0]] = SavedSearch(*row)
        return tuple(reversed(found.values()))

    def _rows(self, sql: str, *parameters: object) -> Iterator[tuple[Any, ...]]:
        with explained(self._where):
            if schema_of(self._connection) < 3:
                return
            yield from self._connection.execute(sql, parameters)

    def _number(self, sql: str) -> int:
        return int(next(self._rows(sql), ("0",))[0])


def _keep(connection: sqlite3.Connection, incident: str, *, found: IncidentCard | Described | None) -> None:
    if found is None:
        connection.execute("DELETE FROM incident_cards WHERE incident = ?", (incident,))
    else:
        card = found.card if isinstance(found, Described) else found
        connection.execute(
            "INSERT INTO incident_cards VALUES (?, ?) ON CONFLICT (incident) DO UPDATE SET card = excluded.card"
            " WHERE card != excluded.card OR incident IN (SELECT incident FROM stale_cards)",
            (incident, json.dumps(card_json(card), ensure_ascii=False, separators=(",", ":"))),
        )
    if not isinstance(found, IncidentCard):
        _keep_rows(connection, incident, found=found)


def _keep_rows(connection: sqlite3.Connection, incident: str, *, found: Described | None) -> None:
    if found is None:
        connection.execute("DELETE FROM kept_rows WHERE incident = ?", (incident,))
    else:
        connection.execute(
            "INSERT INTO kept_rows (incident, made_by, rows) VALUES (?, ?, ?)"
            " ON CONFLICT (incident) DO UPDATE SET made_by = excluded.made_by, rows = excluded.rows",
            (incident, found.made_by, found.rows),
        )
    connection.execute("DELETE FROM stale_rows WHERE incident = ? AND alone = 1", (incident,))


def card_json(card: IncidentCard) -> dict[str, Any]:
    """A card as it lies in the file."""
    return asdict(card)


def card_from_json(content: Mapping[str, Any]) -> IncidentCard:
    """The card that :func:`card_json` gave."""
    values = {name: tuple(each) for name, each in content["values"].items()}
    return IncidentCard(**{**content, "values": values})


def _kept(content: str, documents: set[int], *, events: set[int], change: int) -> KeptCard:
    return KeptCard(card_from_json(json.loads(content)), tuple(sorted(documents)), tuple(sorted(events)), change)


def _append(connection: sqlite3.Connection, search: SavedSearch, *, state: str) -> None:
    entry = log.append(connection, "save search", subject=search.id, detail={**asdict(search), "state": state})
    connection.execute(
        "INSERT INTO saved_searches (id, name, query, number, log_entry, log_hash, state, coder, made_at, log)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            search.id, search.name, search.query, search.number, search.log_entry, search.log_hash,
            state, search.coder, search.made_at, entry,
        ),
    )  # fmt: skip
