"""Pages into a project file and back out: the work behind ``purport add``, ``reread`` and ``export``; above all rooms."""

import hashlib
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO

from purport import export as export_room
from purport import ingest, models
from purport.decisions import SensitivityLevel
from purport.errors import InputError, StoreError
from purport.model import Capture, Failure, Report
from purport.reviewing import holding
from purport.selection import confident_report
from purport.settings import Settings
from purport.store import Difference, Outcome, Store

OPTIONS = ("published", "outlet")  #: settings that say something about the page itself and stay with it when it is read again
KNOWLEDGE = (".yaml", ".tsv")
NO_KNOWLEDGE = frozenset(
    {"schema", "incidents", "html", "review", "export", "codebooks", "log"}
)  #: folders of the resources that no reader uses

Attempt = Callable[[Capture], Report | Failure]
Readers = Callable[[Settings], Attempt]


@dataclass(frozen=True, slots=True)
class Step:
    """One page is done: ``done`` of them so far, the last being ``where``."""

    done: int
    where: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the pages of one run. ``interrupted``: the user stopped it; the same command goes on where it stopped."""

    new: int = 0
    seen: int = 0  #: kept before, by this reader
    reread: int = 0  #: kept before, read again by this one
    unread: int = 0  #: of those kept now: in a language that is not read
    failures: tuple[Failure, ...] = ()
    interrupted: bool = False

    @property
    def pages(self) -> int:
        return self.new + self.seen + self.reread + len(self.failures)


@dataclass(frozen=True, slots=True)
class RereadReport:
    """The differences of the pages that changed, and how many claims stayed."""

    pages: int = 0
    changed: tuple[Difference, ...] = ()
    kept: int = 0
    failures: tuple[Failure, ...] = ()
    interrupted: bool = False


def pipeline_reader(settings: Settings) -> Attempt:
    """The reading of this package."""
    from purport.pipeline import Pipeline  # brings spaCy with it, which takes two seconds and is not needed to look at what is kept

    return guarded(Pipeline(settings).attempt)


def guarded(attempt: Attempt) -> Attempt:
    """The same reader, for which a page that trips a fault in it is a failure of that page: one bad page never stops a run."""

    def attempt_guarded(capture: Capture) -> Report | Failure:
        try:
            return attempt(capture)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            what = f"the reader broke on this page: {type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"
            return Failure(where=capture.origin, what=what, remedy="please report this page; the run went on", stage="read")

    return attempt_guarded


def reader_label(settings: Settings) -> str:
    """The reader's name, version and fingerprint of its knowledge (the package's and the user's data files): "rules 0.1.0+1a2b3c4d".

    For the learned reader also the fingerprint of its weights: "learned 0.1.0+1a2b3c4d.5e6f7a8b". Raises ResourceError without weights.
    """
    digest = hashlib.sha256()
    for path, content in sorted(_knowledge(files("purport.resources"), "")):
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    if settings.resources_dir is not None:
        for file in sorted(settings.resources_dir.rglob("*")):
            if file.suffix in KNOWLEDGE:
                digest.update(f"{file.relative_to(settings.resources_dir)}\0".encode() + file.read_bytes())
    plain = Settings()
    chosen = {name: getattr(settings, name) for name in ("worldview", "home_country") if getattr(settings, name) != getattr(plain, name)}
    digest.update(repr(sorted(chosen.items()) + sorted(settings.languages)).encode())
    if settings.codebook:
        digest.update(f"codebook\0{settings.codebook.digest}".encode())
    weights = f".{models.fingerprint(settings)}" if models.are_used(settings) else ""
    return f"{settings.reader} {version('purport')}+{digest.hexdigest()[:8]}{weights}"


def _knowledge(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in NO_KNOWLEDGE:
            yield from _knowledge(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(KNOWLEDGE):
            yield f"{path}{entry.name}", entry.read_bytes()


def add(
    store: Store,
    inputs: Sequence[str],
    *,
    settings: Settings | None = None,
    readers: Readers = pipeline_reader,
    label: str | None = None,
    progress: Callable[[Step], None] | None = None,
) -> AddReport:
    """Read every page found in ``inputs`` and keep it; pages that this reader has read before are only noted as seen again.

    A page that cannot be read is kept with the reason. ``readers`` and their ``label`` can be others than this package's. Raises
    StoreError if the file cannot be written; what is in it then stays, and the same call goes on from there, as it does after an
    interruption or a kill.
    """
    settings = with_codebook(store, settings or Settings())
    run = _Run(store, settings, readers=readers, label=label or reader_label(settings))
    try:
        for done, found in enumerate(ingest.captures(inputs, settings=settings), start=1):
            outcome = run.keep(found)
            if progress:
                progress(Step(done, found.where if isinstance(found, Failure) else found.origin, outcome))
    except KeyboardInterrupt:
        return run.report(interrupted=True)
    return run.report()


class _Run:
    """One run of ``add`` and what has become of its pages so far."""

    def __init__(self, store: Store, settings: Settings, *, readers: Readers, label: str) -> None:
        self._store = store
        self._label = label
        self._options = options_of(settings)
        self._reader = _Reader(settings, readers, label=self._label)
        self._counts: Counter[Outcome] = Counter()
        self._failures: list[Failure] = []
        self._unread = 0

    def report(self, *, interrupted: bool = False) -> AddReport:
        return AddReport(
            new=self._counts[Outcome.NEW],
            seen=self._counts[Outcome.SEEN],
            reread=self._counts[Outcome.REREAD],
            unread=self._unread,
            failures=tuple(self._failures),
            interrupted=interrupted,
        )

    def keep(self, found: Capture | Failure) -> Outcome:
        """Keep one page or the reason why there is none."""
        if isinstance(found, Failure):
            self._failures.append(found)
            self._store.add_failure(found)
            return Outcome.FAILED
        outcome = self._keep_capture(found)
        self._counts[outcome] += 1
        return outcome

    def _keep_capture(self, capture: Capture) -> Outcome:
        if self._store.has_read(capture.id, label=self._label, options=self._options):
            return self._store.see(capture)
        if (erased := self._store.erasing.failure_of(capture)) is not None:
            self._failures.append(erased)
            return Outcome.FAILED
        options = {**self._store.options(capture.id), **self._options}
        outcome = self._reader(capture, options)
        if isinstance(outcome, Report):
            try:
                kept = self._store.add(capture, outcome, options=options)
                self._unread += outcome.document.unread is not None
                return kept
            except InputError as error:
                outcome = Failure(where=error.where or capture.origin, what=error.what, remedy=error.remedy, stage="store")
        self._failures.append(outcome)
        return self._store.add(capture, outcome)


class _Reader:
    """The reader for what the user said about a page; its reports carry its label."""

    def __init__(self, settings: Settings, readers: Readers, *, label: str) -> None:
        self._settings = settings
        self._readers = readers
        self._label = label
        self._made: dict[tuple[tuple[str, str], ...], Attempt] = {}

    def __call__(self, capture: Capture, options: Mapping[str, str]) -> Report | Failure:
        key = tuple(sorted(options.items()))
        if key not in self._made:
            self._made[key] = self._readers(replace(self._settings, published=options.get("published"), outlet=options.get("outlet")))
        outcome = self._made[key](capture)
        return outcome if isinstance(outcome, Failure) else replace(outcome, reader=self._label)


def with_codebook(store: Store, settings: Settings) -> Settings:
    """The settings with the project's own codebook, unless they have one."""
    return settings if settings.codebook is not None else replace(settings, codebook=store.codebooks.current())


def options_of(settings: Settings) -> dict[str, str]:
    """What the user said about the pages of this run."""
    return {name: getattr(settings, name) for name in OPTIONS if getattr(settings, name) is not None}


def reread(
    store: Store,
    *,
    settings: Settings | None = None,
    readers: Readers = pipeline_reader,
    label: str | None = None,
    progress: Callable[[Difference], None] | None = None,
) -> RereadReport:
    """Read all stored pages again that this reader (version and knowledge) has not read; same claims keep their ids and judgements.

    What the user said about a page when it was added (``published``, ``outlet``) still holds, whatever the settings say now. Interrupted
    or killed, the same call goes on from there.
    """
    settings = with_codebook(store, settings or Settings())
    label = label or reader_label(settings)
    reader = _Reader(settings, readers, label=label)
    pages, kept, changed, failures = 0, 0, [], []
    interrupted = False
    try:
        for difference in store.reread(reader, label=label):
            pages, kept = pages + 1, kept + len(difference.kept)
            changed += [difference] if difference.added or difference.removed else []
            failures += [difference.failure] if difference.failure else []
            if progress:
                progress(difference)
    except KeyboardInterrupt:
        interrupted = True
    return RereadReport(pages, tuple(changed), kept, tuple(failures), interrupted)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: ``number`` of pages, claims or places. ``restricted`` pages were left out, ``gone`` ones were erased before."""

    number: int
    restricted: int = 0
    gone: int = 0


def export(
    store: Store,
    file: IO[str],
    *,
    format: str,
    query: str = "",
    mask_names: bool = False,
    min_confidence: float = 0.0,
    include_restricted: bool = True,
    machine_only: bool = False,
) -> Exported:
    """Write what matches ``query`` as ``jsonl``, ``csv`` or ``geojson``, without claims below ``min_confidence`` (0 to 1).

    People's decisions are laid over the machine's unless ``machine_only``; a query asks for what the machine read. Pages of incidents
    that people called restricted can be left out. Raises QueryError, SettingsError.
    """
    restricted: frozenset[str] = frozenset() if include_restricted else store.documents_of_level(SensitivityLevel.RESTRICTED)
    left_out: set[str] = set()
    gone = store.erasing.tombstones()
    let_out = _let_out(store.reports(query), restricted, left_out=left_out)
    told = let_out if machine_only else _as_decided(store, let_out, query=query, mask_names=mask_names)
    reports = (confident_report(report, at_least=min_confidence) for report in told)
    number = export_room.write(reports, file, format=format, mask_names=mask_names, gone=gone)
    return Exported(number, len(left_out), len(gone))


def _as_decided(store: Store, reports: Iterator[Report], *, query: str, mask_names: bool) -> Iterator[Report]:
    """Pages as people decided them; events that people added come with pages that are asked for as a whole."""
    for report in reports:
        held = holding(store, report, mask_names=mask_names)
        asked = {event.id for event in report.events}
        yield replace(held, events=tuple(event for event in held.events if event.id in asked)) if query.strip() else held


def _let_out(reports: Iterator[Report], restricted: frozenset[str], *, left_out: set[str]) -> Iterator[Report]:
    for report in reports:
        if report.document.id in restricted:
            left_out.add(report.document.id)
        else:
            yield report


def note_export(store: Store, *, by: str, **detail: object) -> bool:
    """Write into the log that something left the file; False if it cannot be written to, or is of an older version."""
    if not store.is_current:
        return False
    try:
        with Store(store.path) as writable:
            writable.people.note("export", store.path.name, detail={"by": by, **detail})
    except StoreError:
        return False
    return True
