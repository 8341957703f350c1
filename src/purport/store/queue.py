"""What waits for review: the next event of a queue, how many wait, and random samples that stay as they were drawn."""

import hashlib
import sqlite3

from purport.decisions import Need, QueueFilter, Sample
from purport.errors import StoreError
from purport.model import hashed_id
from purport.store import log
from purport.store.connection import explained, schema_of, transaction
from purport.store.search import matching_events_condition

#: Events that are in a queue; each has an index of its own.
CONDITIONS = {
    Need.LOW: "done = 0 AND decided < claims",
    Need.DISPUTED: "done = 0 AND (contested = 1 OR disputed = 1 AND decided < claims)",
    Need.NEW: "done = 0 AND decided = 0",
    Need.SAMPLE: "done = 0",
    Need.MINE: "done = 0",
}
ORDERS = {Need.LOW: "least", Need.DISPUTED: "1 - contested", Need.NEW: "decided", Need.SAMPLE: "place", Need.MINE: "assigned"}
LOW = 0.5  #: claims that the reader gives a smaller chance of being right are counted as low
ASSIGNED = (
    "(SELECT incident_members.event AS member, min(given.key) AS assigned FROM assignments AS given"
    " JOIN incident_members AS own ON own.event = given.event_id JOIN incident_members ON incident_members.incident = own.incident"
    " WHERE given.coder = :coder AND given.state = 'open'"
    " AND given.id NOT IN (SELECT id FROM assignments WHERE state != 'open') GROUP BY 1)"
)
SAMPLED = "(SELECT event AS member, place FROM sample_events WHERE sample = :sample)"
SAMPLE_COLUMNS = "id, seed, size, type, query, drawn, total, coder, made_at"


class Queue:
    """The queues of one project file."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    def next(self, wanted: QueueFilter, *, after: str | None = None) -> str | None:
        """The first event of a queue, or the first after an event that is or was in it; None if there is none. Raises QueryError."""
        return next(iter(self.some(wanted, after=after, limit=1)), None)

    def some(self, wanted: QueueFilter, *, after: str | None = None, limit: int = 20) -> tuple[str, ...]:
        """The same, several in order."""
        if schema_of(self._connection) < 3:
            return ()
        source, condition, parameters = self._selection(wanted)
        order = ORDERS[wanted.need]
        with explained(self._where):
            if after is not None:
                sql = f"SELECT {order} FROM {source} WHERE review_queue.event = :after"  # noqa: S608 - constants
                row = self._connection.execute(sql, {**parameters, "after": after}).fetchone()
                if row is not None:
                    condition += f" AND ({order}, review_queue.event) > (:rank, :after)"
                    parameters |= {"rank": row[0], "after": after}
            sql = (
                f"SELECT review_queue.event FROM {source} WHERE {condition}"  # noqa: S608 - constants
                f" ORDER BY {order}, review_queue.event LIMIT :limit"
            )
            rows = self._connection.execute(sql, {**parameters, "limit": limit})
            return tuple(event for (event,) in rows)

    def count(self, wanted: QueueFilter) -> int:
        """How many events wait; of low confidence those under :data:`LOW`. Raises QueryError."""
        if schema_of(self._connection) < 3:
            return 0
        source, condition, parameters = self._selection(wanted)
        if wanted.need is Need.LOW:
            condition += f" AND least < {LOW}"
        with explained(self._where):
            row = self._connection.execute(f"SELECT count(*) FROM {source} WHERE {condition}", parameters)  # noqa: S608 - constants
            number: int = row.fetchone()[0]
        return number

    def progress(self) -> tuple[int, int, int]:
        """Events of which anything was decided, events whose review is done, and all events."""
        if schema_of(self._connection) < 3:
            return 0, 0, 0
        with explained(self._where):
            total = self._connection.execute("SELECT count(*) FROM review_queue").fetchone()[0]
            new = self._connection.execute("SELECT count(*) FROM review_queue WHERE done = 0 AND decided = 0").fetchone()[0]
            done = self._connection.execute("SELECT count(*) FROM review_queue WHERE done = 1").fetchone()[0]
        return total - new, done, total

    def types(self) -> tuple[tuple[str, int], ...]:
        """Types of events with how many there are, the most frequent first."""
        if schema_of(self._connection) < 3:
            return ()
        with explained(self._where):
            rows = self._connection.execute("SELECT type, count(*) FROM review_queue GROUP BY type ORDER BY 2 DESC, 1").fetchall()
        return tuple((type_, number) for type_, number in rows)

    def entry(self, event_id: str) -> tuple[str, str, str, str, int, int]:
        """Id of an event, its type, outlet and day of its page ("" if not known), claims decided and claims."""
        with explained(self._where):
            row = self._connection.execute(
                "SELECT event, review_queue.type, coalesce(outlet, ''), coalesce(published, ''), decided, claims FROM review_queue"
                " LEFT JOIN documents ON documents.id = review_queue.document WHERE event = ?",
                (event_id,),
            ).fetchone()
        return row or (event_id, "", "", "", 0, 0)

    # -------------------------------------------------------------- samples
    def draw(self, *, seed: int, size: int, coder: str, type: str = "", query: str = "") -> Sample:
        """Draw a random sample and keep it. Raises QueryError, and StoreError if nothing is asked for or nothing matches."""
        if not 0 < size <= 1_000_000:
            raise StoreError("a sample needs a size from 1 to 1,000,000", where=str(size), remedy="ask for some events")
        source, condition, parameters = self._selection(QueueFilter(Need.NEW, type, query))
        condition = condition.replace(CONDITIONS[Need.NEW], "1")
        with transaction(self._connection, where=self._where) as connection:
            events = [event for (event,) in connection.execute(f"SELECT event FROM {source} WHERE {condition}", parameters)]  # noqa: S608
            if not events:
                raise StoreError("there is nothing to draw from", where=query or type or "sample", remedy="ask for less in particular")
            drawn = sorted(events, key=lambda event: hashlib.sha256(f"{seed} {event}".encode()).digest())[:size]
            made_at = log.now()
            number = connection.execute("SELECT count(*) FROM samples").fetchone()[0]
            id_ = hashed_id("smp", seed, size, type, query, coder, made_at, number)
            sample = Sample(id_, seed, size, type, query, len(drawn), len(events), coder, made_at)
            self._keep(connection, sample, drawn=drawn)
        return sample

    def _keep(self, connection: sqlite3.Connection, sample: Sample, *, drawn: list[str]) -> None:
        row = tuple(getattr(sample, name) for name in SAMPLE_COLUMNS.split(", "))
        detail = {**dict(zip(SAMPLE_COLUMNS.split(", "), row, strict=True)), "events": drawn}
        entry = log.append(connection, "draw sample", subject=sample.id, detail=detail)
        connection.execute(
            f"INSERT INTO samples ({SAMPLE_COLUMNS}, log) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
            (*row, entry),
        )
        rows = [(sample.id, place, event) for place, event in enumerate(drawn)]
        connection.executemany("INSERT INTO sample_events VALUES (?, ?, ?)", rows)

    def samples(self) -> tuple[Sample, ...]:
        """Every sample, the newest first."""
        if schema_of(self._connection) < 3:
            return ()
        with explained(self._where):
            rows = self._connection.execute(f"SELECT {SAMPLE_COLUMNS} FROM samples ORDER BY log DESC").fetchall()  # noqa: S608 - constant
        return tuple(Sample(*row) for row in rows)

    def _selection(self, wanted: QueueFilter) -> tuple[str, str, dict[str, object]]:
        """Tables, condition and parameters of a queue."""
        parameters: dict[str, object] = {"coder": wanted.coder, "sample": wanted.sample}
        extra = {Need.SAMPLE: SAMPLED, Need.MINE: ASSIGNED}.get(wanted.need)
        source = f"{extra} AS some CROSS JOIN review_queue ON review_queue.event = some.member" if extra else "review_queue"
        condition = CONDITIONS[wanted.need]
        if wanted.type:
            condition += " AND review_queue.type = :type"
            parameters["type"] = wanted.type
        if wanted.query.strip():
            found = matching_events_condition(wanted.query)
            names = {f"q{at}": value for at, value in enumerate(found.parameters)}
            sql = found.sql
            for name in names:
                sql = sql.replace("?", f":{name}", 1)
            condition += f" AND review_queue.event IN ({sql})"
            parameters |= names
        return source, condition, parameters
