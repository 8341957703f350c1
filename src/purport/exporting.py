"""A project file into the formats of the field: the work behind ``purport export``; above all rooms."""

import io
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from purport.decisions import SensitivityLevel
from purport.errors import SettingsError
from purport.export.case import Case, Terms, Written, meta_of
from purport.export.catalogue import Format, Shape, Split, format_of, write_to
from purport.export.rows import CaseRows, rows_of
from purport.files import written as text_file
from purport.incident import Incident, Telling
from purport.incidents.policies import policy_of, resolve
from purport.incidents.summary import account_of
from purport.listing import Wanted, check, first_day, holds, last_day, masked
from purport.model import Report
from purport.reviewing import masked_report, reviewed, reviewed_incident
from purport.selection import confident_report
from purport.sharing import PART, Totals, Workers, setup_of
from purport.store import IncidentFilter, Store
from purport.withholding import Names

META = ".meta.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported, and how. ``policy``: None for the format's own; ``order``: a user's order of sources."""

    query: str = ""
    wanted: Wanted = field(default_factory=Wanted)
    policy: str | None = None
    order: Sequence[str] = ()
    mask_names: bool = True
    min_confidence: float = 0.0
    include_restricted: bool = True
    machine_only: bool = False  #: as the machine read it, people's decisions left aside
    jobs: int = 1  #: processes that may share the work; what is written is the same


def export(store: Store, target: Path | IO[str], *, format: str, asked: Asked | None = None) -> Written:
    """Write what is asked of a project into a file, a folder or an open text file, with its terms inside or in ``….meta.json`` beside it.

    A file takes its place when all is written. Raises SettingsError for another format or policy, or for standard output where the
    format needs a file; QueryError; StoreError.
    """
    chosen, asked = format_of(format), asked or Asked()
    check(asked.wanted)
    terms = replace(terms_of(chosen, asked), gone=store.erasing.tombstones())
    work = _Work(store, chosen, asked, terms, Leaving(store, asked))
    if isinstance(target, Path):
        made = _write(work, target)
    elif chosen.shape is Shape.TEXT:
        made = _fill(work, target)
    else:
        raise SettingsError(f"{chosen.name} is written to a {chosen.shape}", where="--out", remedy="give --out with a path")
    made.restricted, made.gone = len(work.leaving.out), len(terms.gone)
    if isinstance(target, Path) and chosen.needs_header:
        with text_file(target.with_name(target.name + META)) as file:
            json.dump(meta_of(terms, made, mapping=chosen.described()), file, ensure_ascii=False, indent=2)
            file.write("\n")
    return made


def terms_of(format: Format, asked: Asked) -> Terms:
    """What is stated about a file. Raises SettingsError for another policy, or where a format applies none."""
    if asked.policy and not format.policy:
        raise SettingsError(f"{format.name} writes claims as they are, without a policy", where="--policy", remedy="leave it out")
    policy = policy_of(asked.policy or format.policy) if format.policy else None
    words = [f"query {asked.query}"] if asked.query else []
    words += ["as the machine read it"] if asked.machine_only else []
    plain = Wanted()
    names = ("type", "actor", "place", "since", "until", "status", "disputed", "min_sources", "min_pages")
    given = ((name, getattr(asked.wanted, name)) for name in names)
    words += [f"{name.replace('_', ' ')} {value}" for name, value in given if value != getattr(plain, name)]
    return Terms(
        format.name,
        f"purport {version('purport')}",
        asked.mask_names,
        policy.label if policy else "",
        policy.states if policy else "",
        "; ".join(words),
        asked.min_confidence,
    )


class Leaving:
    """Pages of restricted incidents, which stay unless they are asked for; ``out``: those that were met."""

    def __init__(self, store: Store, asked: Asked) -> None:
        restricted = SensitivityLevel.RESTRICTED
        self._restricted: frozenset[str] = frozenset() if asked.include_restricted else store.documents_of_level(restricted)
        self.out: set[str] = set()

    def stays(self, document_id: str) -> bool:
        """Whether a page stays where it is."""
        if document_id in self._restricted:
            self.out.add(document_id)
        return document_id in self._restricted


# ------------------------------------------------------------------ what goes in
@dataclass(frozen=True, slots=True)
class _Work:
    """One export on its way."""

    store: Store
    format: Format
    asked: Asked
    terms: Terms
    leaving: Leaving

    @property
    def policy(self) -> str:
        return self.asked.policy or self.format.policy

    def wanted(self) -> Sequence[Any]:
        """What goes in, for several processes to share: keys of pages, or ids of incidents."""
        if self.format.takes_reports:
            return self.store.report_keys(self.asked.query)
        return self.store.incident_ids(_listed(self.asked))


def _records(work: _Work) -> Iterator[Any]:
    """Reports, cases or rows, as the format takes them."""
    if work.format.takes_reports:
        return reports(work.store, work.asked, leaving=work.leaving)
    found = cases(work.store, work.asked, policy=work.policy, leaving=work.leaving)
    return (rows_of(case, with_claims=work.format.has_claims) for case in found) if work.format.split is Split.ROWS else found


def reports(store: Store, asked: Asked, *, leaving: Leaving, keys: Sequence[int] | None = None) -> Iterator[Report]:
    """Pages as people decided them, with what is asked of names and confidence. ``keys``: only these."""
    judged, names = frozenset[str]() if asked.machine_only else store.judged_documents(), Names(store)
    for report in store.reports(asked.query, keys=keys):
        if leaving.stays(report.document.id):
            continue
        held = reviewed(store, report).report if report.document.id in judged else report
        held = confident_report(held, at_least=asked.min_confidence)
        yield masked_report(store, held, names=names) if asked.mask_names else held


def _listed(asked: Asked) -> IncidentFilter:
    wanted = asked.wanted
    return IncidentFilter(wanted.type, wanted.place, first_day(wanted.since), last_day(wanted.until), wanted.min_pages)


def cases(store: Store, asked: Asked, *, policy: str, leaving: Leaving, ids: Sequence[str] | None = None) -> Iterator[Case]:
    """Incidents as people decided them, each with what the policy makes of it; those with the most pages first. ``ids``: only these."""
    judged, names = frozenset[str]() if asked.machine_only else store.judged_documents(), Names(store)
    events = {event.id for report in store.reports(asked.query) for event in report.events} if asked.query else None
    for found in store.incidents_in_bulk(store.incident_ids(_listed(asked)) if ids is None else ids):
        if events is not None and events.isdisjoint(event.id for event in found.events):
            continue
        touched = any(telling.document.id in judged for telling in found.tellings)
        incident = _as_asked(reviewed_incident(store, found.id) if touched else found, asked, leaving=leaving, names=names)
        if not incident.tellings:
            continue
        account = account_of(incident)
        if asked.wanted == Wanted() or holds(account, asked.wanted):
            yield Case(account, resolve(account, policy, order=asked.order))


def _as_asked(incident: Incident, asked: Asked, *, leaving: Leaving, names: Names) -> Incident:
    kept = tuple(telling for telling in incident.tellings if not leaving.stays(telling.document.id))
    incident = incident if len(kept) == len(incident.tellings) else replace(incident, tellings=kept)
    sure = replace(incident, tellings=tuple(_confident(incident, at_least=asked.min_confidence))) if asked.min_confidence > 0 else incident
    return masked(sure, names=names) if asked.mask_names else sure


def _confident(incident: Incident, *, at_least: float) -> Iterator[Telling]:
    for telling in incident.tellings:
        for event in confident_report(telling.report, at_least=at_least).events:
            yield replace(telling, event=event)


# ------------------------------------------------------------------ where it goes
def _write(work: _Work, target: Path) -> Written:
    match work.format.shape:
        case Shape.TEXT:
            with text_file(target) as file:
                return _fill(work, file)
        case Shape.COPY:
            return _copy(work.store, target, asked=work.asked)
    return _write_beside(work, target)


def _write_beside(work: _Work, target: Path) -> Written:
    """Write into a folder of its own beside the target, and move it there when all is written."""
    _check_target(target, is_folder=work.format.shape is Shape.FOLDER)
    beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        into = beside / target.name
        if work.format.shape is Shape.FOLDER:
            into.mkdir()
        made = _fill(work, into)
        into.replace(target)
        return made
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _fill(work: _Work, target: IO[str] | Path) -> Written:
    """Write it, in this process or by several."""
    may = work.asked.jobs > 1 and work.format.split is not Split.NO and (work.format.takes_reports or not work.asked.query)
    wanted = work.wanted() if may else ()
    jobs = min(work.asked.jobs, -(-len(wanted) // PART))
    if jobs < 2:
        return write_to(target, _records(work), format=work.format, terms=work.terms)
    setup = setup_of(work.store.path, format=work.format.name, asked=asdict(work.asked))
    totals = Totals()
    with Workers(setup, jobs=jobs) as workers:
        parts = workers.parts(wanted, totals)
        if isinstance(target, Path):
            rows = (CaseRows(*row) for part in parts for row in part["rows"])
            write_to(target, rows, format=work.format, terms=work.terms)
        else:
            _join(work, target, parts=(part["text"] for part in parts))
    work.leaving.out.update(totals.restricted)
    return Written(totals.number, totals.left_out)


def _join(work: _Work, file: IO[str], *, parts: Iterator[str]) -> None:
    """The text of the parts, and once what stands before or behind it."""
    once = io.StringIO(newline="")
    write_to(once, iter(()), format=work.format, terms=work.terms)
    head = once.getvalue() if work.format.split is Split.HEAD else ""
    file.write(head)
    for text in parts:
        file.write(text.removeprefix(head))
    if work.format.split is Split.TAIL:
        file.write(once.getvalue())


def _check_target(target: Path, *, is_folder: bool) -> None:
    if not target.parent.is_dir():
        raise SettingsError("its folder does not exist", where=str(target), remedy=f"make the folder {target.parent} first")
    if is_folder and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise SettingsError("is there already", where=str(target), remedy="give the path of a new or empty folder")
    if not is_folder and target.is_dir():
        raise SettingsError("is a folder", where=str(target), remedy="give the path of a file")


def _copy(store: Store, target: Path, *, asked: Asked) -> Written:
    """A consistent copy of the project file, also while others write to it."""
    if not asked.include_restricted and store.documents_of_level(SensitivityLevel.RESTRICTED):
        raise SettingsError(
            "the project file holds restricted incidents", where="sqlite", remedy="say --include-restricted if they may leave"
        )
    if asked.mask_names:
        raise SettingsError("the project file holds every name", where="--mask-names", remedy="say --no-mask-names if it may leave")
    if replace(asked, include_restricted=True) != Asked(mask_names=False):
        raise SettingsError("the project file is copied whole", remedy="leave out what selects")
    _check_target(target, is_folder=False)
    if target.exists():
        raise SettingsError("is there already", where=str(target), remedy="give another path")
    with closing(sqlite3.connect(f"{store.path.resolve().as_uri()}?mode=ro", uri=True)) as source:
        source.execute("VACUUM INTO ?", (str(target),))
    return Written(1)
