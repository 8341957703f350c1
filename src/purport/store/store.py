"""The project file as rooms and the command line use it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from purport.codebook import PLAIN, Codebook, follow
from purport.decisions import SensitivityLevel
from purport.errors import StoreError
from purport.incident import Incident, Link, LinkJudgement, LinkVerdict
from purport.linkage import Linker, LinkRun, Sketcher
from purport.model import Capture, Change, Failure, Judgement, Report, Value, Verdict
from purport.model import Store as StoreProtocol
from purport.store import incidents, judging, link_judging, linking
from purport.store.auditing import Audit
from purport.store.bulk import incidents_in_bulk, judged_documents, tellers_in_bulk
from purport.store.codebooks import Codebooks
from purport.store.conditions import distance_km
from purport.store.connection import SCHEMA_NUMBER, connect, explained, needs_schema, schema_of, transaction
from purport.store.erasing import Erasing
from purport.store.event_list import ListedEvents, list_events
from purport.store.evidence import Evidence
from purport.store.finding import Finding
from purport.store.incidents import IncidentEntry, IncidentFilter
from purport.store.kept_rows import KeptRows
from purport.store.levels import documents_of_level, incidents_with
from purport.store.people import People
from purport.store.proposing import Proposals
from purport.store.queue import Queue
from purport.store.queueing import requeue_claim
from purport.store.reading import digests_of, load_content, load_report, options_of
from purport.store.rereading import Difference, Reader, reread_capture, stale_captures
from purport.store.reviewing import Reviews
from purport.store.rounds import Rounds
from purport.store.search import Found, matching_keys, matching_reports, search
from purport.store.show import Shown, show
from purport.store.suggesting import Suggestions
from purport.store.verify import Broken, verify
from purport.store.writing import Outcome, add_failure, add_report, see_again

TABLES = ("captures", "sightings", "documents", "readings", "attributions", "events", "claims", "past_claims", "judgements", "failures")
LINK_TABLES = ("incidents", "links", "link_judgements")  #: since schema 2


class Store(StoreProtocol):
    """One SQLite file with everything. A context manager; every write is whole or not at all, and waits for other processes.

    All methods raise StoreError, with the file and what to do, if the file cannot be read or written.
    """

    def __init__(self, path: str | Path, *, create: bool = False, read_only: bool = False) -> None:
        self.path = Path(path)
        self._connection = connect(self.path, create=create, read_only=read_only)
        self._followed: Codebook = PLAIN  #: the codebook that was in use before this store was entered
        self._connection.create_function("distance_km", 4, distance_km, deterministic=True)

    def __enter__(self) -> Self:
        """Inside the block the project's own codebook, if it has one, is in use."""
        self._followed = follow(self.codebooks.current())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        follow(self._followed)
        self.close()

    def close(self) -> None:
        """Give the file back; the last one out folds pending writes into it."""
        with explained(str(self.path)):
            self._connection.close()

    @property
    def codebooks(self) -> Codebooks:
        """The project's own codebook, and those before it."""
        return Codebooks(self._connection, where=str(self.path))

    @property
    def people(self) -> People:
        """Who may work with this file."""
        return People(self._connection, where=str(self.path))

    @property
    def reviews(self) -> Reviews:
        """What people decide beside judgements of claims."""
        return Reviews(self._connection, where=str(self.path))

    @property
    def is_current(self) -> bool:
        """Whether the file has all that this version keeps; one that is open for reading only may be older."""
        return schema_of(self._connection) == SCHEMA_NUMBER

    def documents_of_level(self, level: SensitivityLevel) -> frozenset[str]:
        """Ids of the pages with an event of an incident of that sensitivity."""
        with explained(str(self.path)):
            return documents_of_level(self._connection, level)

    @property
    def queue(self) -> Queue:
        """What waits for review."""
        return Queue(self._connection, where=str(self.path))

    @property
    def audit(self) -> Audit:
        """The log, to be looked at."""
        return Audit(self._connection, where=str(self.path))

    @property
    def evidence(self) -> Evidence:
        """What lies behind pages, for evidence bundles."""
        return Evidence(self._connection, where=str(self.path))

    @property
    def suggestions(self) -> Suggestions:
        """What a second reader suggests."""
        return Suggestions(self._connection, where=str(self.path))

    @property
    def erasing(self) -> Erasing:
        """Erasure of pages, tombstones, and how long pages are kept."""
        return Erasing(self._connection, where=str(self.path))

    @property
    def rounds(self) -> Rounds:
        """Blind double coding: rounds, what coders said, how it was settled."""
        return Rounds(self._connection, where=str(self.path))

    @property
    def finding(self) -> Finding:
        """The cards by which incidents are found, and saved searches."""
        return Finding(self._connection, where=str(self.path))

    @property
    def kept_rows(self) -> KeptRows:
        """What tables of exports hold of each incident."""
        return KeptRows(self._connection, where=str(self.path))

    # -------------------------------------------------------------- write
    def add(self, capture: Capture, outcome: Report | Failure, *, options: Mapping[str, str] | None = None) -> Outcome:
        """Keep one page in one transaction: its bytes once by digest, where it was met, what it reports or why it could not be read.

        The same again changes nothing. A report by another reader becomes the current one; claims it lacks stay as past claims.
        ``options``: what the user said about the page (``published``, ``outlet``). Raises InputError if the page itself cannot be kept.
        """
        with transaction(self._connection, where=str(self.path)) as connection:
            if isinstance(outcome, Failure):
                return add_failure(connection, outcome, capture=capture)
            return add_report(connection, capture, report=outcome, options=options or {})

    def add_failure(self, failure: Failure) -> None:
        """Keep the reason why an input gave no capture at all."""
        with transaction(self._connection, where=str(self.path)) as connection:
            add_failure(connection, failure, capture=None)

    def judge(
        self,
        claim_id: str,
        verdict: Verdict,
        *,
        coder: str,
        value: Value | None = None,
        note: str = "",
        change: Change | None = None,
    ) -> Judgement:
        """Append a judgement. ``WITHDRAWN`` takes the coder's last word on the claim back.

        Raises StoreError for an unknown claim, a correction of nothing, or if there is nothing to withdraw.
        """
        with transaction(self._connection, where=str(self.path)) as connection:
            made = judging.judge(connection, claim_id, verdict=verdict, coder=coder, value=value, note=note, change=change)
            requeue_claim(connection, claim_id)
            return made

    def reread(self, reader: Reader, *, label: str) -> Iterator[Difference]:
        """Run a reader over every stored page that it (its ``label``, which its reports carry) has not read; one difference a page.

        Each page is one transaction, so an interrupted run goes on where it stopped. A page that fails keeps its current reading.
        """
        with explained(str(self.path)):
            keys = stale_captures(self._connection, label)
        for key in keys:
            yield reread_capture(self._connection, key, reader=reader, where=str(self.path))

    def count_stale(self, label: str) -> int:
        """How many stored pages the reader with this label has not read."""
        with explained(str(self.path)):
            return len(stale_captures(self._connection, label))

    def link(
        self,
        linker: Linker,
        *,
        sketcher: Sketcher | None = None,
        progress: linking.Progress | None = None,
        laid: Callable[[Report], Report] | None = None,
    ) -> LinkRun:
        """Bring the events of pages that are new or were read again into incidents, and settle what they touch (``purport.merge``).

        The result depends on the pages and judgements that are kept, not on their order. Each step is one transaction, so that a
        stopped run goes on where it stopped. ``sketcher`` makes the sketches of pages that are not read; ``laid`` lays the events that
        people added over a page's report.
        """
        with explained(str(self.path)):
            return linking.link(self._connection, linker=linker, sketcher=sketcher, progress=progress, where=str(self.path), laid=laid)

    def judge_link(self, first: str, second: str, *, verdict: LinkVerdict, coder: str, note: str = "") -> LinkJudgement:
        """Append a judgement about two events; it takes effect with the next :meth:`link`. Raises StoreError for an unknown event."""
        with transaction(self._connection, where=str(self.path)) as connection:
            return link_judging.judge_link(connection, (first, second), verdict=verdict, coder=coder, note=note)

    # -------------------------------------------------------------- read
    def incidents(self, wanted: IncidentFilter | None = None, *, limit: int | None = None, offset: int = 0) -> Iterator[IncidentEntry]:
        """Incidents that match, those with the most pages first."""
        with self._linked():
            yield from incidents.incident_entries(self._connection, wanted or IncidentFilter(), limit=limit, offset=offset)

    def count_incidents(self, wanted: IncidentFilter | None = None) -> int:
        """How many incidents match."""
        with self._linked():
            return incidents.count_incidents(self._connection, wanted or IncidentFilter())

    def incident(self, asked: str) -> Incident:
        """The incident with this id, or that holds this event or page; an id that was ever given still finds one. Raises StoreError.

        With all its pages as they stand, every link about its events (also proposed ones that lead outside), and sketches.
        """
        with self._linked():
            return incidents.load_incident(self._connection, asked)

    def incident_head(self, asked: str) -> Incident:
        """The same without what its pages tell."""
        with self._linked():
            return incidents.load_head(self._connection, asked)

    def members(self, incident_id: str) -> dict[str, str]:
        """The events of an incident, each with the id of its page; empty for an id that is none."""
        with self._linked():
            return incidents.pages_of_members(self._connection, incident_id)

    def pages_beside(self, document_id: str) -> tuple[str, ...]:
        """The ids of the other pages of the incidents that a page tells of; none in a file of schema 1."""
        with explained(str(self.path)):
            return incidents.pages_beside(self._connection, document_id) if schema_of(self._connection) >= 2 else ()

    def incident_ids(self, wanted: IncidentFilter | None = None) -> list[str]:
        """The ids of every incident that matches, those with the most pages first."""
        with self._linked():
            return incidents.incident_ids(self._connection, wanted or IncidentFilter())

    def incidents_in_bulk(self, ids: Sequence[str]) -> Iterator[Incident]:
        """These incidents, as :meth:`incident` gives them but without links."""
        with self._linked():
            yield from incidents_in_bulk(self._connection, ids)

    def tellers_in_bulk(self, ids: Sequence[str]) -> Iterator[tuple[dict[str, dict[str, str]], dict[str, Report]]]:
        """Batch by batch the members of these incidents (event to page) and every page of theirs as it was read."""
        with self._linked():
            yield from tellers_in_bulk(self._connection, ids)

    def incidents_with(self, documents: Iterable[str]) -> frozenset[str]:
        """The ids of the incidents that any of these pages tells of."""
        with self._linked():
            return incidents_with(self._connection, documents)

    def judged_documents(self) -> frozenset[str]:
        """The ids of pages about which people decided anything."""
        with explained(str(self.path)):
            return judged_documents(self._connection)

    def incident_of(self, asked: str) -> str:
        """The id of the incident that :meth:`incident` would give."""
        with self._linked():
            return incidents.resolve(self._connection, asked)

    def events_of(self, asked: str) -> tuple[str, ...]:
        """The events that an id stands for: the one event, or all of an incident; the id's beginning will do. Raises StoreError."""
        with self._linked():
            members = incidents.members_of(self._connection, incidents.resolve(self._connection, asked))
        return tuple(event for event in members if event.startswith(asked)) or members

    def proposals(self, *, limit: int | None = None, offset: int = 0) -> Iterator[tuple[Link, str, str]]:
        """What waits for a person: of each two incidents that may be one the likeliest pair, and the ids of the two."""
        proposed = self.proposed
        yield from proposed.written_out(proposed.waiting(limit=limit, offset=offset))

    @property
    def proposed(self) -> Proposals:
        """The same in two steps, for who remembers the first."""
        return Proposals(self._connection, linked=self._linked)

    def link_judgements(self, *asked: str) -> tuple[LinkJudgement, ...]:
        """All judgements about pairs with one of these events, oldest first."""
        with self._linked():
            return link_judging.judgements_about(self._connection, asked)

    def has_read(self, capture_id: str, *, label: str, options: Mapping[str, str] | None = None) -> bool:
        """Whether the current reading of a capture is by the reader with this label and minds these options."""
        with explained(str(self.path)):
            row = self._connection.execute(
                "SELECT options FROM captures JOIN documents ON documents.capture = captures.key"
                " JOIN readings ON readings.key = documents.reading WHERE captures.id = ? AND reader = ?",
                (capture_id, label),
            ).fetchone()
        return row is not None and (options or {}).items() <= json.loads(row[0]).items()

    def options(self, capture_id: str) -> dict[str, str]:
        """What the user said about a page when it was read last; empty if nothing, or if it is not kept."""
        with explained(str(self.path)):
            row = self._connection.execute("SELECT key FROM captures WHERE id = ?", (capture_id,)).fetchone()
            return options_of(self._connection, row[0]) if row else {}

    def see(self, capture: Capture) -> Outcome:
        """Note where a capture that is already kept was met again."""
        with transaction(self._connection, where=str(self.path)) as connection:
            see_again(connection, capture)
        return Outcome.SEEN

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> Found:
        """Pages and events that match; see ``docs/schema.md`` for the query. Raises QueryError."""
        with explained(str(self.path)):
            return search(self._connection, query, limit=limit, offset=offset)

    def events(self, query: str = "", *, limit: int, offset: int = 0) -> ListedEvents:
        """Events that match, with their pages, in the order in which they were added. Raises QueryError."""
        with explained(str(self.path)):
            return list_events(self._connection, query, limit=limit, offset=offset)

    def content(self, capture_id: str) -> bytes:
        """The bytes of a capture as they were met. Raises StoreError if there is none, or if they are damaged."""
        with explained(str(self.path)):
            return load_content(self._connection, capture_id)

    def show(self, asked: str) -> Shown:
        """A document, event, claim, attribution, capture or reading by its id or a prefix of at least six characters."""
        with explained(str(self.path)):
            return show(self._connection, asked)

    def report(self, document_id: str) -> Report:
        """The current report of one document. Raises StoreError if there is none."""
        with explained(str(self.path)):
            row = self._connection.execute("SELECT key FROM documents WHERE id = ?", (document_id,)).fetchone()
            if row is None:
                raise StoreError("no such document", where=document_id, remedy="look ids up with `purport search`")
            return load_report(self._connection, row[0])

    def digests(self, document_ids: Iterable[str]) -> dict[str, str]:
        """The digests of the bytes of documents, by their ids; unknown ones are left out."""
        with explained(str(self.path)):
            return digests_of(self._connection, document_ids)

    def reports(self, query: str = "", *, keys: Sequence[int] | None = None) -> Iterator[Report]:
        """Current reports that match, each with the events that match, in the order in which they were added. Raises QueryError.

        ``keys``: only these of :meth:`report_keys`.
        """
        with explained(str(self.path)):
            yield from matching_reports(self._connection, query, keys=keys)

    def report_keys(self, query: str = "") -> list[int]:
        """What :meth:`reports` takes to give a part of what matches, in its order. Raises QueryError."""
        with explained(str(self.path)):
            return matching_keys(self._connection, query)

    def judgements(self, claim_id: str) -> tuple[Judgement, ...]:
        """All judgements of a claim, oldest first."""
        with explained(str(self.path)):
            return judging.judgements_of(self._connection, claim_id)

    def failures(self) -> tuple[Failure, ...]:
        """Pages that could not be read so far, with the reasons."""
        with explained(str(self.path)):
            rows = self._connection.execute("SELECT place, what, remedy, stage FROM failures ORDER BY place, stage").fetchall()
        return tuple(Failure(*row) for row in rows)

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with explained(str(self.path)):
            linked = LINK_TABLES if schema_of(self._connection) >= 2 else ()
            return {table: self._count(table) for table in (*TABLES, *linked)}

    def verify(self) -> tuple[Broken, ...]:
        """What is broken, each with its id; empty if every quote, digest, chain and the log are whole."""
        with explained(str(self.path)):
            return tuple(verify(self._connection))

    @contextmanager
    def _linked(self) -> Iterator[None]:
        """For what schema 1 has not. Raises StoreError for a file of it that is open for reading only."""
        with explained(str(self.path)):
            needs_schema(self._connection, 2, where=str(self.path))
            yield

    def _count(self, table: str) -> int:
        number: int = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - from TABLES
        return number
