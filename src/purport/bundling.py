"""A project file's incidents as one evidence bundle: the work behind ``purport bundle``; above all rooms."""

import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from purport import listing
from purport.accounts import Account
from purport.bundle import annotations, logbook, manifest, warc
from purport.bundle.container import Measure, Part, measured, part
from purport.bundle.container import write as write_container
from purport.bundle.plain import json_bytes
from purport.bundle.provenance import Provenance, add_decision, add_merging, add_page
from purport.bundle.timestamp import stamp_of
from purport.decisions import Tombstone
from purport.errors import InputError, StoreError
from purport.model import Judgement, Report, digest_of
from purport.resources import text_of
from purport.reviewing import masked_report
from purport.store import Store
from purport.store.appending import ACTIONS
from purport.store.evidence import LogEntry, PageEvidence
from purport.store.log import EMPTY
from purport.wire import account_to_json, addition_to_json, change_to_json, line_of, value_to_json

Json = dict[str, Any]

#: Actions of entries that are about one page; link and "judge link" are about several. Coding rounds are no part of a bundle.
SHOWN = frozenset({"add", "reread", "see", "fail", "judge", *ACTIONS.values()})

MASKED_WORDS = """
NAMES ARE WITHHELD in this bundle. The captured pages, their texts as they were, people's notes and
corrections, and the log's entries would carry them and are left out: archive/captures.warc is empty,
texts, reports, annotations and report.html have "[name withheld]" in their place (positions count the
text so changed), and the log has hashes alone. The digests of what is left out are still here, so that
whoever is shown the originals can check that they are the same.
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


@dataclass(frozen=True, slots=True)
class Concern:
    """What some pages consist of, and so which entries of the log are about them."""

    pages: set[str]  #: ids of documents and captures
    events: set[str]
    claims: set[str]
    incidents: set[str]
    merging: set[int]  #: entries that changed to which incidents the events belong

    def is_of(self, entry: LogEntry) -> bool:
        """Whether an entry is about these pages and nothing else; an entry that also names others is not shown."""
        if entry.action == "link":
            return entry.entry in self.merging
        if entry.action == "judge link":
            return set(entry.subject.split(" ")) <= self.events
        known = self.pages | self.events | self.claims | self.incidents
        if entry.action not in SHOWN:
            return False
        rows = json.loads(entry.detail).get("rows", [])
        others = {row[name] for row in rows for name in ("event_id", "document_id") if row.get(name)}
        return entry.subject in known and others <= known


class _Making:
    """The files of one bundle."""

    def __init__(self, store: Store, accounts: Sequence[Account], *, is_masked: bool, tombstones: Sequence[Tombstone] = ()) -> None:
        self.store, self.accounts, self.is_masked, self.tombstones = store, accounts, is_masked, tombstones
        self.last = store.evidence.last_entry()
        self.software = f"purport {version('purport')}"
        documents = {document.id for account in accounts for document in account.documents}
        documents |= {sketch.document_id for account in accounts for sketch in account.incident.sketches}
        self.pages = [self._page(document_id) for document_id in sorted(documents)]
        self.incidents = [account.incident.id for account in accounts]
        self.captures_record = [self._capture_record(page) for page in self.pages]
        self.decisions = self._decisions()

    def _page(self, document_id: str) -> Page:
        report, reviews = self.store.report(document_id), self.store.reviews
        judgements = {each.id: each for each in (*reviews.past_judgements(document_id), *reviews.judgements(document_id))}
        shown = masked_report(self.store, report) if self.is_masked else report
        text_digest = digest_of(report.document.text.encode("utf-8", "surrogatepass"))
        ordered = tuple(sorted(judgements.values(), key=lambda each: (each.made_at, each.id)))
        return Page(shown, self.store.evidence.page(document_id), ordered, text_digest)

    def parts(self) -> Iterator[Part]:
        """Every file but the list of them."""
        yield part("evidence/README.txt", self._readme())
        yield part("evidence/report.html", self._html())
        records = [self._captured(page) for page in self.pages]
        yield from self._archive(records)
        yield part("pages/pages.jsonl", self._page_list(records))
        yield part("evidence/captures.json", json_bytes({"schema": "purport.captures/1", "pages": self.captures_record}))
        for page in self.pages:
            yield part(annotations.text_path(page.id), page.report.document.text.encode("utf-8", "surrogatepass"))
            yield part(f"reports/{page.id}.json", (line_of(page.report, as_kept=True) + "\n").encode("utf-8", "surrogatepass"))
            yield part(f"annotations/{page.id}.jsonld", self._annotations(page))
        for account in self.accounts:
            yield part(f"incidents/{account.incident.id}.json", json_bytes(account_to_json(account), indent=None))
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
        file = io.StringIO(newline="")
        listing.write_html(self.store, list(self.accounts), file=file, resolutions=[], mask_names=self.is_masked)
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

    def _events(self) -> set[str]:
        return {event.id for page in self.pages for event in page.report.events}

    def _decisions(self) -> Json:
        reviews, events = self.store.reviews, self._events()
        links = self.store.link_judgements(*sorted(events)) if events else ()
        inside = [asdict(each) for each in links if {each.first, each.second} <= events]
        claims = [claim.id for page in self.pages for event in page.report.events for claim in event.claims]
        added = [addition_to_json(each) for page in self.pages for each in reviews.additions(page.id)]
        subjects = sorted({*events, *claims, *(page.id for page in self.pages), *self.incidents, *(each["id"] for each in added)})
        record = {
            "schema": "purport.decisions/1",
            "judgements": [_judgement(each) for page in self.pages for each in page.judgements],
            "link_judgements": inside,
            "link_judgements_about_other_pages": len(links) - len(inside),
            "additions": added,
            "comments": [asdict(each) for each in reviews.comments(*subjects)],
            "sensitivities": [asdict(said) for each in self._members() if (said := reviews.sensitivity(each))],
            "states": {id: reviews.state(each).value for id, each in zip(self.incidents, self._members(), strict=True)},
        }
        return _without_words(record) if self.is_masked else record

    def _members(self) -> list[list[str]]:
        return [sorted(event.id for event in account.incident.events) for account in self.accounts]

    # -------------------------------------------------------------- how it came to be
    def _provenance(self) -> Json:
        made = Provenance()
        for record in self.captures_record:
            add_page(made, record)
        reading_of = {record["document_id"]: _current(record)["id"] for record in self.captures_record}
        claims = {claim.id: page.id for page in self.pages for event in page.report.events for claim in event.claims}
        for judgement in self.decisions["judgements"]:
            page = claims.get(judgement["claim_id"])
            add_decision(made, judgement, kind="Judgement", about=f"pp:{reading_of[page]}" if page else None)
        for kind, name in (("LinkJudgement", "link_judgements"), ("Addition", "additions"), ("Comment", "comments")):
            for decision in self.decisions[name]:
                add_decision(made, decision, kind=kind, about=None)
        for account in self.accounts:
            self._merging(made, account, reading_of=reading_of)
        return made.record()

    def _merging(self, made: Provenance, account: Account, *, reading_of: dict[str, str]) -> None:
        events = {event.id for event in account.incident.events}
        readings = sorted({reading_of[document.id] for document in account.documents})
        entries = {membership.entry for membership in self.store.evidence.memberships(events)}
        steps = [
            {"entry": entry.entry, "at": entry.at, "linker": linker}
            for entry in self.store.evidence.log()
            if entry.entry in entries and (linker := json.loads(entry.detail).get("linker"))
        ]
        decisions = [each["id"] for each in self.decisions["link_judgements"] if {each["first"], each["second"]} & events]
        add_merging(made, account.incident.id, readings=readings, steps=steps, decisions=decisions)

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
        pages = {page.id for page in self.pages} | {page.evidence.capture_id for page in self.pages}
        merging = {membership.entry for membership in self.store.evidence.memberships(sorted(events))}
        concern = Concern(pages, events | added, claims | set(past) | added, set(self.incidents), merging)
        return lambda entry: entry.detail != EMPTY and concern.is_of(entry)

    def _erased(self) -> Json:
        """Tombstones of the erased pages that were asked for; of the others their number, since they may be about something else."""
        asked = [asdict(stone) for stone in self.tombstones]
        number = len(self.store.erasing.tombstones()) - len(asked)
        return {"schema": "purport.erased/1", "tombstones": asked, "other_pages_erased_in_the_project": number}


def _current(record: Json) -> Json:
    return next(reading for reading in record["readings"] if reading["current"])


def _judgement(judgement: Judgement) -> Json:
    value, change = judgement.value, judgement.change
    return {
        **asdict(judgement),
        "value": None if value is None else value_to_json(value),
        "change": None if change is None else change_to_json(change),
    }


def _without_words(record: Json) -> Json:
    """Decisions without what could hold a name: notes, corrected values, what was added, comments."""
    kept = {name: value for name, value in record.items() if name not in ("additions", "comments")}
    for name in ("judgements", "link_judgements"):
        kept[name] = [{key: value for key, value in each.items() if key not in ("note", "value", "change")} for each in record[name]]
    for name in ("additions", "comments"):
        kept[name] = [{key: each[key] for key in ("id", "coder", "made_at", "withdrawn")} for each in record[name]]
    kept["sensitivities"] = [{key: value for key, value in each.items() if key != "why"} for each in record["sensitivities"]]
    return kept


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
        incidents = (store.incident(store.incident_of(each)) for each in asked if each not in erased)
        return frozenset(telling.document.id for incident in incidents for telling in incident.tellings)
