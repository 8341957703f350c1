"""A CSV of an outside data set of incidents → rows that can be compared; lines that cannot be read become failures, the rest goes on."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from purport.errors import InputError, SettingsError
from purport.incidents.outside_cells import as_number, country_code, days_between, degrees, plain, whole
from purport.model import Failure
from purport.outside import OutsideRow, OutsideTable
from purport.resources import yaml_of

SOURCE = "incidents/outside_columns.yaml"
DELIMITERS = ",;\t|"
#: Bytes looked at to tell the delimiter; longer cells than ``LONGEST_CELL`` characters are refused by the reader of the standard library.
SAMPLE = 1 << 16
LONGEST_CELL = 1 << 20
ENCODINGS = ("utf-8-sig", "cp1252")
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def outside_table(path: Path, *, columns: Mapping[str, str] | None = None) -> OutsideTable:
    """The rows of a table with date, place, actors and deaths. UCDP GED and ACLED are known by their columns.

    ``columns``: our name → the table's, for others ("date" stands for "first"). A row that cannot be read becomes a failure naming its
    line. Raises InputError if the file is no table or lacks a date or a place; SettingsError if ``columns`` names what there is not.
    """
    text = _text(path)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, path=path), strict=True)
    header = _header(lines, path=path)
    chosen = _chosen(header, given=columns or {}, path=path)
    form = _form(header)
    rows: list[OutsideRow] = []
    failures: list[Failure] = []
    for found in _records(lines, width=len(header), path=path):
        outcome = found if isinstance(found, Failure) else _row(found, chosen=chosen, form=form, path=path)
        (failures if isinstance(outcome, Failure) else rows).append(outcome)  # type: ignore[arg-type]
    return OutsideTable(tuple(rows), tuple(failures), tuple((name, header[n]) for name, n in chosen.items()), form)


# ------------------------------------------------------------------ bytes → lines
def _text(path: Path) -> str:
    content = path.read_bytes()
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _decoded(content, encoding, path=path)
    if b"\0" in content:
        raise InputError("this is no table of text", where=str(path), remedy="export it as CSV")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _decoded(content: bytes, encoding: str, *, path: Path) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"not valid {encoding.upper()} ({error.reason})", where=str(path), remedy="save it as UTF-8") from error


def _delimiter(text: str, *, path: Path) -> str:
    """The delimiter that cuts the first line into the most cells."""
    first = next((line for line in text[:SAMPLE].splitlines() if line.strip()), "")
    if not first:
        raise InputError("the table is empty", where=str(path), remedy="give a file with a line of column names")
    return max(DELIMITERS, key=first.count)


def _header(lines: Iterator[list[str]], *, path: Path) -> list[str]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        return next(row for row in lines if any(cell.strip() for cell in row))
    except (StopIteration, csv.Error) as error:
        raise InputError("no line of column names", where=str(path), remedy="put one at the top") from error


def _records(lines: Any, *, width: int, path: Path) -> Iterator[tuple[int, list[str]] | Failure]:
    """Line number and cells of each row; a broken one as a failure. Line numbers are those on which a row ends."""
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            yield _failure(path, lines.line_num, what=f"not a row of CSV ({error})", remedy="mend or drop that line")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            yield _failure(path, lines.line_num, what=f"{len(cells)} cells where the header has {width}", remedy="mend that row")
            continue
        yield lines.line_num, cells


def _failure(path: Path, line: int, *, what: str, remedy: str) -> Failure:
    return Failure(f"{path}#{line}", what, remedy, stage="compare")


# ------------------------------------------------------------------ which column is what
@cache
def names_of_columns() -> Mapping[str, tuple[str, ...]]:
    """Our names of columns → the names under which tables have them."""
    return {name: tuple(known) for name, known in yaml_of(SOURCE)["columns"].items()}


#: Shorter names that may be used with ``--columns``.
ALIASES = {
    "date": "first",
    "actor": "actor1",
    "actors": "actor1",
    "killed": "deaths",
    "best": "deaths",
    "lat": "latitude",
    "lon": "longitude",
}


def _chosen(header: Sequence[str], *, given: Mapping[str, str], path: Path) -> dict[str, int]:
    """Our names → numbers of columns."""
    places = {plain(name): n for n, name in reversed(list(enumerate(header)))}
    found = {ours: next((places[n] for n in known if n in places), None) for ours, known in names_of_columns().items()}
    for name, theirs in given.items():
        ours = ALIASES.get(name, name)
        if ours not in found:
            raise SettingsError(f"no column of ours is called {name!r}", where="--columns", remedy=f"use {', '.join(sorted(found))}")
        if plain(theirs) not in places:
            raise SettingsError(f"the table has no column {theirs!r}", where="--columns", remedy=f"it has {', '.join(header)}")
        found[ours] = places[plain(theirs)]
    chosen = {name: n for name, n in found.items() if n is not None}
    if "first" not in chosen or not {"place", "latitude", "country"} & set(chosen):
        remedy = "say which they are: --columns date=NAME,place=NAME"
        raise InputError(f"no column of dates and places among {', '.join(header)}", where=str(path), remedy=remedy)
    return chosen


def _form(header: Sequence[str]) -> str:
    names = {plain(name) for name in header}
    return next((form for form, needed in yaml_of(SOURCE)["forms"].items() if names >= set(needed)), "table")


# ------------------------------------------------------------------ cells → row
def _row(record: tuple[int, list[str]], *, chosen: Mapping[str, int], form: str, path: Path) -> OutsideRow | Failure:
    line, cells = record
    said = {name: cells[n].strip() for name, n in chosen.items()}
    try:
        return _read(said, line=line, form=form)
    except ValueError as error:
        return _failure(path, line, what=str(error), remedy="mend that row")


def _read(said: Mapping[str, str], *, line: int, form: str) -> OutsideRow:
    """Raises ValueError for a cell that is no date or number."""
    first, last = days_between(said.get("first", ""), said.get("last", ""), slack=_allowed(form, "date_precision", said=said, unit="days"))
    if first is None:
        raise ValueError("the row has no date, and without one nothing can be matched")
    best = whole(said.get("deaths", ""))
    latitude, longitude = degrees(said.get("latitude", ""), most=90), degrees(said.get("longitude", ""), most=180)
    low, high = whole(said.get("low", "")), whole(said.get("high", ""))
    known = [n for n in (low, best, high) if n is not None]
    return OutsideRow(
        line=line,
        id=said.get("id") or f"line {line}",
        first=first,
        last=last,
        place=said.get("place", ""),
        country=country_code(said.get("country", "")),
        latitude=latitude if longitude is not None else None,
        longitude=longitude if latitude is not None else None,
        radius_km=float(_allowed(form, "place_precision", said=said, unit="km")),
        actors=tuple(_actors(said)),
        low=min(known, default=None),
        best=best,
        high=max(known, default=None),
    )


def _actors(said: Mapping[str, str]) -> Iterable[str]:
    return (said[name] for name in ("actor1", "actor2") if said.get(name))


def _allowed(form: str, table: str, *, said: Mapping[str, str], unit: str) -> int:
    """How far off a row may be, by its own column of precision."""
    code = as_number(said.get(table, ""))
    known: Mapping[int, int] = yaml_of(SOURCE)[table][form]
    fallback: int = yaml_of(SOURCE)["no_precision"][unit]
    return known.get(int(code), max(known.values())) if code is not None else fallback
