"""A project file into the formats of the field: the work behind ``purport export``; above all rooms."""

import io
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from purport.decisions import SensitivityLevel
from purport.errors import SettingsError
from purport.export.case import Terms, Written, meta_of
from purport.export.catalogue import Format, Shape, Split, format_of, write_to
from purport.export.rows import CaseRows, rows_of
from purport.exporting_records import Asked, Leaving, cases, keeps, listed, part_made, reports, terms_of
from purport.files import written as text_file
from purport.listing import check
from purport.row_maker import maker
from purport.sharing import PART, Totals, Workers, setup_of
from purport.store import Store

__all__ = ["Asked", "Leaving", "cases", "export", "reports", "terms_of"]
META = ".meta.json"


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
        return self.store.incident_ids(listed(self.asked))


def _records(work: _Work) -> Iterator[Any]:
    """Reports, cases or rows, as the format takes them."""
    if work.format.takes_reports:
        return reports(work.store, work.asked, leaving=work.leaving)
    found = cases(work.store, work.asked, policy=work.policy, leaving=work.leaving)
    return (rows_of(case, with_claims=work.format.has_claims) for case in found) if work.format.split is Split.ROWS else found


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
    is_kept = keeps(work.format, work.asked)
    may = work.format.split is not Split.NO and (work.format.takes_reports or not work.asked.query)
    wanted = work.wanted() if is_kept or (may and work.asked.jobs > 1) else ()
    to_make = len(wanted) - (work.store.kept_rows.count_fresh(maker()) if is_kept else 0)
    jobs = min(work.asked.jobs, -(-to_make // PART))
    if jobs < 2 and not is_kept:
        return write_to(target, _records(work), format=work.format, terms=work.terms)
    totals = Totals()
    if jobs < 2:
        _assemble(work, target, parts=_own_parts(work, wanted, totals=totals))
    else:
        setup = setup_of(work.store.path, format=work.format.name, asked=asdict(work.asked))
        with Workers(setup, jobs=jobs) as workers:
            _assemble(work, target, parts=workers.parts(wanted, totals))
    work.leaving.out.update(totals.restricted)
    return Written(totals.number, totals.left_out)


def _own_parts(work: _Work, wanted: Sequence[Any], *, totals: Totals) -> Iterator[Mapping[str, Any]]:
    """What each part gives, made in this process."""
    for start in range(0, len(wanted), PART):
        part = part_made(work.store, work.asked, format=work.format, part=wanted[start : start + PART], leaving=work.leaving)
        totals.add(part)
        yield part


def _assemble(work: _Work, target: IO[str] | Path, *, parts: Iterator[Mapping[str, Any]]) -> None:
    if isinstance(target, Path):
        rows = (CaseRows(*row) for part in parts for row in part["rows"])
        write_to(target, rows, format=work.format, terms=work.terms)
    else:
        _join(work, target, parts=(part["text"] for part in parts))


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
