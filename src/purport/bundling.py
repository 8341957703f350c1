"""A project file's incidents as one evidence bundle: the work behind ``purport bundle``; above all rooms."""

import io
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO, Any

from purport import html, listing
from purport.accounts import Account
from purport.bundle import annotations, decided, logbook, manifest, people, warc
from purport.bundle.container import Measure, Part, measured, part
from purport.bundle.container import write as write_container
from purport.bundle.plain import json_bytes
from purport.bundle.timestamp import stamp_of
from purport.bundling_decided import (
    PageDecided,
    incident_comments,
    names_in_words,
    notes_without_names,
    page_decided,
    without_names,
)
from purport.bundling_history import Concern, decisions_of, provenance_of
from purport.bundling_history import without_names as decisions_without_names
from purport.decisions import DecisionTold, EventTold, Tombstone
from purport.errors import InputError, StoreError
from purport.export import mask_report
from purport.model import Judgement, Report, digest_of
from purport.resources import text_of
from purport.software import software
from purport.store import Store
from purport.store.evidence import LogEntry, PageEvidence
from purport.store.log import EMPTY
from purport.wire import account_to_json, line_of
from purport.withholding import names_around

Json = dict[str, Any]

#: Of the two reports for reading: what it says of itself, where the other lies, and what that is called.
TOLD_AS_DECIDED = (
    "This report tells the incident as people decided it; where nobody decided, as the machine read it.",
    "report.machine.html",
    "What the machine alone read",
)
TOLD_AS_READ = (
    "This report tells the incident as the machine read it. No person's decision is in it.",
    "report.html",
    "The incident as people decided it",
)

MASKED_WORDS = """
NAMES ARE WITHHELD in this bundle. The captured pages, their texts as they were and the log's entries
would carry them and are left out: archive/captures.warc is empty and the log has hashes alone. Texts,
reports, incidents, annotations, people's notes and remarks and the reports for reading have "[name
withheld]" in their place (positions count the text so changed); decisions.json is without values. The
digests of what is left out are still here, so that whoever is shown the originals can check that they
are the same; for that reason somebody who guesses a withheld name can confirm the guess by them. A name
that nobody took for that of a victim, a witness or a minor still stands.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the bundle. ``report`` is as it shall be shown, maybe with names withheld."""

    report: Report
    evidence: PageEvidence
    judgements: tuple[Judgement, ...]
    text_digest: str  #: of the text as kept

    @property
    def id(self) -> str:
        return self.report.document.id


@dataclass(frozen=True, slots=True)
class Bundle:
    """All parts with their measures, ready to be written. ``digest``: hexadecimal SHA-256 of ``datapackage.json``."""

    parts: tuple[tuple[Part, Measure], ...]
    digest: str

    def write(self, file: IO[bytes]) -> None:
        """Write the WACZ. Raises SettingsError if it would be too large."""
        write_container(list(self.parts), file)

    def stamped(self, token: bytes) -> "Bundle":
        """The same with a time-stamp over its digest. Raises InputError for one that is about something else."""
        stamp_of(token, digest=self.digest, where="time-stamp")
        record = part(manifest.DIGEST, manifest.digest_record(f"sha256:{self.digest}", token=token))
        return replace(self, parts=(*self.parts[:-1], _measured(record)))


def bundle_of(store: Store, asked: Sequence[str], *, mask_names: bool = False) -> Bundle:
    """Everything that some incidents rest on (by the id of each, or of an event or page in it). The same file gives the same bundle.

    The whole id of an erased page brings its tombstone in. ``store`` must not be written to before the bundle is. Raises StoreError for
    an unknown id.
    """
    erased = {stone.document_id: stone for stone in store.erasing.tombstones()}
    ids = sorted({store.incident_of(each) for each in asked if each not in erased})
    if not ids:
        raise StoreError("no incident is asked for", where=", ".join(asked), remedy="give an incident beside the erased pages")
    accounts = [listing.account(store, each, mask_names=mask_names) for each in ids]
    made = _Making(store, accounts, is_masked=mask_names, tombstones=[erased[each] for each in sorted(set(asked) & set(erased))])
    measures = [_measured(each) for each in made.parts()]
    package = part(manifest.PACKAGE, made.package([measure for _, measure in measures]))
    digest = _measured(package)[1].sha256
    record = part(manifest.DIGEST, manifest.digest_record(f"sha256:{digest}", token=None))
    return Bundle((*measures, _measured(package), _measured(record)), digest)


def _measured(each: Part) -> tuple[Part, Measure]:
    return each, measured(each.path, each.chunks())


class _Making:
    """The files of one bundle."""

    def __init__(self, store: Store, accounts: Sequence[Account], *, is_masked: bool, tombstones: Sequence[Tombstone] = ()) -> None:
        self.store, self.accounts, self.is_masked, self.tombstones = store, accounts, is_masked, tombstones
        self.last = store.evidence.last_entry()
        self.software = software()
        documents = {document.id for account in accounts for document in account.documents}
        documents |= {sketch.document_id for account in accounts for sketch in account.incident.sketches}
        self.incidents = [account.incident.id for account in accounts]
        self.members = {incident: store.members(incident) for incident in self.incidents}
        documents |= {page for members in self.members.values() for page in members.values()}  # also where people rejected all
        self.withheld = names_in_words(store, *sorted(documents)) if is_masked else frozenset()
        self.pages = [self._page(document_id) for document_id in sorted(documents)]
        self.captures_record = [self._capture_record(page) for page in self.pages]
        self.decided = {page.id: self._decided(page.id) for page in self.pages}
        self.remarks = {incident: self._remarks(incident) for incident in self.incidents}
        self.decisions = self._decisions()
        self.as_read = self._as_read()

    def _decided(self, document_id: str) -> PageDecided:
        wanted = {event for members in self.members.values() for event in members}
        page = page_decided(self.store, document_id, events=wanted)
        if not self.is_masked:
            return page
        return without_names(page, names=names_around(self.store, document_id), in_words=self.withheld)

    def _remarks(self, incident: str) -> tuple[DecisionTold, ...]:
        return notes_without_names(incident_comments(self.store, incident), in_words=self.withheld)

    def _decisions(self) -> Json:
        added = {each.id for page in self.decided.values() for each in page.events if each.coder}
        claims = [claim.id for page in self.pages for event in page.report.events for claim in event.claims]
        claims += self.store.evidence.past_claims(page.id for page in self.pages)
        judged = {page.id: page.judgements for page in self.pages}
        record = decisions_of(self.store, judged, events=self._events() | added, claims=claims, incidents=self.incidents)
        return decisions_without_names(record, in_words=self.withheld) if self.is_masked else record

    def _events(self) -> set[str]:
        return {event.id for page in self.pages for event in page.report.events}

    def _page(self, document_id: str) -> Page:
        report, reviews = self.store.report(document_id), self.store.reviews
        judgements = {each.id: each for each in (*reviews.past_judgements(document_id), *reviews.judgements(document_id))}
        shown = mask_report(report, names=names_around(self.store, document_id)) if self.is_masked else report
        text_digest = digest_of(report.document.text.encode("utf-8", "surrogatepass"))
        ordered = tuple(sorted(judgements.values(), key=lambda each: (each.made_at, each.id)))
        return Page(shown, self.store.evidence.page(document_id), ordered, text_digest)

    def parts(self) -> Iterator[Part]:
        """Every file but the list of them."""
        yield part("evidence/README.txt", self._readme())
        yield part("evidence/report.html", self._html())
        if self.as_read:
            told = self._report(list(self.as_read.values()), html.Telling(*TOLD_AS_READ), machine_only=True)
            yield part("evidence/report.machine.html", told)
        records = [self._captured(page) for page in self.pages]
        yield from self._archive(records)
        yield part("pages/pages.jsonl", self._page_list(records))
        yield part("evidence/captures.json", json_bytes({"schema": "purport.captures/1", "pages": self.captures_record}))
        for page in self.pages:
            yield part(annotations.text_path(page.id), page.report.document.text.encode("utf-8", "surrogatepass"))
            yield part(f"reports/{page.id}.json", (line_of(page.report, as_kept=True) + "\n").encode("utf-8", "surrogatepass"))
            yield part(f"annotations/{page.id}.jsonld", self._annotations(page))
            yield part(people.people_path(page.id), self._by_people(self.decided[page.id]))
        for account in self.accounts:
            yield from self._incident(account)
        yield part("evidence/decisions.json", json_bytes(self.decisions))
        yield part("provenance/prov.json", json_bytes(self._provenance()))
        yield Part(logbook.PATH, self._log)
        yield part("evidence/erased.json", json_bytes(self._erased()))
        yield from self._codebook()

    def package(self, measures: Sequence[Measure]) -> bytes:
        """The list of files."""
        about = {
            "incidents": self.incidents,
            "names_withheld": self.is_masked,
            "log": {"entries": self.last.entry, "hash": self.last.hash},
            "created_is": "the time of the last entry of the project file's log",
        }
        title = f"Evidence for {', '.join(self.incidents)}"
        return manifest.package(measures, title=title, created=warc.utc_of(self.last.at), software=self.software, about=about)

    def _codebook(self) -> Iterator[Part]:
        """The project's own codebook, by which types, roles and statuses are called what they are."""
        book = self.store.codebooks.current()
        if book:
            yield part("evidence/codebook.yaml", book.text.encode())
        if book and book.actors_text:
            yield part("evidence/codebook_actors.tsv", book.actors_text.encode())

    # -------------------------------------------------------------- for reading
    def _readme(self) -> bytes:
        number = len(self.incidents)
        words = f"{number} {'incident' if number == 1 else 'incidents'}"
        filled = text_of("bundle/README.txt").format(
            incidents=words, created=warc.utc_of(self.last.at), masked=MASKED_WORDS if self.is_masked else ""
        )
        return filled.encode()

    def _html(self) -> bytes:
        remarks = [each for said in self.remarks.values() for each in said]
        decisions = [(None, remarks), *((page.report, page.decisions) for page in self.decided.values())]
        notice, file, other = TOLD_AS_DECIDED
        telling = html.Telling(notice, file if self.as_read else "", other, decisions)
        return self._report(self.accounts, telling, machine_only=False)

    def _as_read(self) -> dict[str, Account]:
        """What the machine read of each incident; without those of which people alone tell."""
        read = {event for page in self.decided.values() for event in page.events if not event.coder}
        mine = [id for id in self.incidents if any(event.id in self.members[id] for event in read)]
        return {id: listing.account(self.store, id, mask_names=self.is_masked, machine_only=True) for id in mine}

    def _report(self, accounts: Sequence[Account], telling: html.Telling, *, machine_only: bool) -> bytes:
        file = io.StringIO(newline="")
        masked, every = self.is_masked, list(accounts)
        listing.write_html(self.store, every, file=file, resolutions=[], mask_names=masked, machine_only=machine_only, telling=telling)
        return file.getvalue().encode("utf-8", "surrogatepass")

    # -------------------------------------------------------------- captures
    def _captured(self, page: Page) -> warc.Captured:
        evidence = page.evidence
        first = evidence.sightings[0] if evidence.sightings else None
        url = None if self.is_masked or first is None else first.url or page.report.document.url
        date = (first.retrieved_at if first else None) or evidence.kept_at
        return warc.Captured(evidence.capture_id, evidence.digest, evidence.media_type, url, date)

    def _archive(self, records: Sequence[warc.Captured]) -> Iterator[Part]:
        """The archive and its index; the archive's bytes are read again each time they are asked for, a page at a time."""
        about = "names are withheld, so that no capture is here" if self.is_masked else f"captures of {', '.join(self.incidents)}"
        opening = warc.opening_record(software=self.software, date=self.last.at, about=about)
        pages = [] if self.is_masked else list(zip(self.pages, records, strict=True))
        lines, offset = [], len(opening)
        for page, captured in pages:
            length = len(b"".join(self._record(page, captured)))
            lines.append(warc.index_line(captured, offset=offset, length=length))
            offset += length
        yield Part(warc.ARCHIVE, partial(self._records, opening, pages))
        yield part(warc.INDEX, "".join(f"{line}\n" for line in sorted(lines)).encode("ascii"))

    def _records(self, opening: bytes, pages: Sequence[tuple[Page, warc.Captured]]) -> Iterator[bytes]:
        yield opening
        for page, captured in pages:
            yield from self._record(page, captured)

    def _record(self, page: Page, captured: warc.Captured) -> Iterator[bytes]:
        content = self.store.evidence.capture(page.id).content
        if digest_of(content) != captured.digest:
            raise InputError("its bytes are not those of its digest", where=captured.id, remedy="take the project file from a backup")
        yield warc.record_head(captured, length=len(content))
        yield content
        yield b"\r\n\r\n"

    def _page_list(self, records: Sequence[warc.Captured]) -> bytes:
        lines: list[Json] = [{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}]
        for page, captured in zip(self.pages, records, strict=True):
            title = page.report.document.title
            said = {"id": page.id, "url": warc.uri_of(captured), "ts": warc.utc_of(captured.date)}
            lines.append({**said, "title": title} if title else said)
        return b"".join(json_bytes(line, indent=None) for line in lines)

    def _capture_record(self, page: Page) -> Json:
        evidence = page.evidence
        seen = [asdict(sighting) for sighting in evidence.sightings]
        return {
            "document_id": page.id,
            "capture_id": evidence.capture_id,
            "digest": evidence.digest,
            "media_type": evidence.media_type,
            "charset": evidence.charset,
            "entry": evidence.entry,
            "kept_at": evidence.kept_at,
            "date_is": "retrieved" if seen and seen[0]["retrieved_at"] else "kept",
            "text": annotations.text_path(page.id),
            "text_digest": page.text_digest,
            "sightings": [{"retrieved_at": each["retrieved_at"]} for each in seen] if self.is_masked else seen,
            "readings": [self._reading_record(asdict(reading)) for reading in evidence.readings],
        }

    def _reading_record(self, reading: Json) -> Json:
        return {name: value for name, value in reading.items() if name != "options"} if self.is_masked else reading

    # -------------------------------------------------------------- claims, decisions
    def _annotations(self, page: Page) -> bytes:
        current = next(reading for reading in page.evidence.readings if reading.current)
        digest = digest_of(page.report.document.text.encode("utf-8", "surrogatepass"))
        return json_bytes(annotations.page_of_annotations(page.report, made_at=current.made_at, text_digest=digest))

    def _by_people(self, page: PageDecided) -> bytes:
        digest = digest_of(page.report.document.text.encode("utf-8", "surrogatepass"))
        return json_bytes(people.page_of_decisions(page.id, page.decisions, report=page.report, text_digest=digest))

    def _incident(self, account: Account) -> Iterator[Part]:
        """An incident as people decided it and as the machine read it, with remarks about the whole of it."""
        id = account.incident.id
        pages = [self.decided[page] for page in sorted(set(self.members[id].values()))]
        review = [each for page in pages for each in decided.events_to_json(_only(page.events, self.members[id]), page.report)]
        told = {"told_as": decided.DECIDED, **account_to_json(account), "review": review}
        yield part(decided.incident_path(id), json_bytes(told, indent=None))
        if id in self.as_read:
            read = {"told_as": decided.MACHINE, **account_to_json(self.as_read[id])}
            yield part(decided.incident_path(id, decided.MACHINE), json_bytes(read, indent=None))
        yield part(people.people_path(id), json_bytes(people.page_of_decisions(id, self.remarks[id], report=None)))

    # -------------------------------------------------------------- how it came to be
    def _provenance(self) -> Json:
        tellings = [
            (account.incident.id, [document.id for document in account.documents], account.incident.id in self.as_read)
            for account in self.accounts
        ]
        return provenance_of(self.store, self.captures_record, decisions=self.decisions, decided=self.decided.values(), tellings=tellings)

    def _log(self) -> Iterator[bytes]:
        return logbook.lines(self.store.evidence.log(), concerns=self._concern())

    def _concern(self) -> Callable[[LogEntry], bool]:
        """Whether an entry is about these pages and about nothing else."""
        if self.is_masked:
            return lambda entry: False
        events = self._events()
        past = self.store.evidence.past_claims(page.id for page in self.pages)
        claims = {claim.id for page in self.pages for event in page.report.events for claim in event.claims}
        added = {addition["id"] for addition in self.decisions["additions"]}
        added |= {id for addition in self.decisions["additions"] if (id := addition["record"].get("event_id"))}
        pages = {page.id for page in self.pages} | {page.evidence.capture_id for page in self.pages}
        merging = {membership.entry for membership in self.store.evidence.memberships(sorted(events))}
        concern = Concern(pages, events | added, claims | set(past) | added, set(self.incidents), merging)
        return lambda entry: entry.detail != EMPTY and concern.is_of(entry)

    def _erased(self) -> Json:
        """Tombstones of the erased pages that were asked for; of the others their number, since they may be about something else."""
        asked = [asdict(stone) for stone in self.tombstones]
        number = len(self.store.erasing.tombstones()) - len(asked)
        return {"schema": "purport.erased/1", "tombstones": asked, "other_pages_erased_in_the_project": number}


def _only(events: Sequence[EventTold], wanted: Collection[str]) -> list[EventTold]:
    return [event for event in events if event.id in wanted]


def write(path: Path, asked: Sequence[str], *, out: Path, mask_names: bool = False, token: bytes | None = None) -> Bundle:
    """Write the bundle of some incidents of a project file; what was written comes out. Raises PurportError."""
    from purport.files import written_bytes

    with Store(path, read_only=True) as store, store.evidence.snapshot():
        made = bundle_of(store, asked, mask_names=mask_names)
        made = made.stamped(token) if token is not None else made
        with written_bytes(out) as file:
            made.write(file)
    return made


def digest(path: Path, asked: Sequence[str], *, mask_names: bool = False) -> str:
    """The digest that the bundle of some incidents would have."""
    with Store(path, read_only=True) as store, store.evidence.snapshot():
        return bundle_of(store, asked, mask_names=mask_names).digest


def documents(path: Path, asked: Sequence[str]) -> frozenset[str]:
    """Ids of the pages of some incidents; erased pages have none. Raises StoreError for an unknown id."""
    with Store(path, read_only=True) as store:
        erased = {stone.document_id for stone in store.erasing.tombstones()}
        incidents = (store.incident_of(each) for each in asked if each not in erased)
        return frozenset(page for incident in incidents for page in store.members(incident).values())
