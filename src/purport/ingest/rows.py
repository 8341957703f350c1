"""Rows of a table (JSONL, JSON, Parquet) as pages: which column holds the words, and what the others say beside it."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from purport.errors import InputError
from purport.ingest.page import Beside, capture_of, failure_of, too_large
from purport.model import Capture, Failure
from purport.resources import yaml_of
from purport.settings import Settings

Cells = Mapping[str, object]

#: Rows without the column after which a table counts as lacking it.
PATIENCE = 20
#: Words a cell needs for its column to be taken for the text when no column has a known name.
FEWEST_WORDS = 20
_REMEDY = "name the column that holds the text with --text-column"


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the name under which a user finds it; ``failure`` stands in for a row that could not be read."""

    origin: str
    cells: Cells
    failure: Failure | None = None


def row_captures(rows: Iterable[Row], *, origin: str, settings: Settings) -> Iterator[Capture | Failure]:
    """A Capture or Failure per row. The column is settled by the first row that has one, and kept for the whole table."""
    rows = iter(rows)
    waiting: list[Row] = []
    column: str | None = None
    for row in rows:
        if row.failure:
            yield row.failure
            continue
        waiting.append(row)
        column = text_column(row.cells, named=settings.text_column)
        if column or len(waiting) >= PATIENCE:
            break
    if column is None and settings.text_column is None:
        column = _empty_column(waiting)
    if column is None:
        yield _no_column(waiting, origin=origin, named=settings.text_column)
        return
    for row in itertools.chain(waiting, rows):
        yield row.failure or _attempt(row, column=column, settings=settings)


def _empty_column(rows: list[Row]) -> str | None:
    """A column with a known name that holds no words in the first rows, but may in later ones."""
    return next((name for row in rows for name in _named(row.cells, what="text")), None)


def _no_column(rows: list[Row], *, origin: str, named: str | None) -> Failure:
    names = ", ".join(dict.fromkeys(name for row in rows for name in row.cells)) or "none"
    what = f"no column {named!r}" if named else "no column that looks like the text of a page"
    return Failure(origin, f"{what}; columns there: {names[:500]}", _REMEDY)


def text_column(cells: Cells, *, named: str | None) -> str | None:
    """The column with the words: the one named, else the first with a known name and words in it, else the longest text."""
    if named is not None:
        return named if named in cells else None
    known = next((name for name in _named(cells, what="text") if _has_words(cells[name], fewest=1)), None)
    if known:
        return known
    if next(_named(cells, what="text"), None):
        return None
    long = [name for name, cell in cells.items() if _has_words(cell, fewest=FEWEST_WORDS)]
    return max(long, key=lambda name: len(str(cells[name])), default=None)


def _has_words(cell: object, *, fewest: int) -> bool:
    if isinstance(cell, bytes):
        return bool(cell.strip())
    return isinstance(cell, str) and len(cell.split(maxsplit=fewest)) >= fewest


def _named(cells: Cells, *, what: str) -> Iterator[str]:
    """The row's own names of the columns known for this, best first."""
    folded = {name.lower().strip(): name for name in reversed(list(cells))}
    return (folded[known] for known in _known_names()[what] if known in folded)


def wanted_columns(names: Iterable[str], *, named: str | None) -> list[str]:
    """The columns that are worth reading: all of them if the text is in none with a known name."""
    there = {name: None for name in names}
    beside = {name for what in _known_names() for name in _named(there, what=what)}
    settled = named in there or (named is None and next(_named(there, what="text"), None))
    return [name for name in there if name in beside or name == named] if settled else list(there)


@cache
def _known_names() -> dict[str, tuple[str, ...]]:
    return {what: tuple(names) for what, names in yaml_of("ingest/columns.yaml").items()}


def _attempt(row: Row, *, column: str, settings: Settings) -> Capture | Failure:
    try:
        return _capture(row, column=column, settings=settings)
    except InputError as error:
        return failure_of(error, origin=row.origin)


def _capture(row: Row, *, column: str, settings: Settings) -> Capture:
    content, charset = _content(row.cells.get(column), column=column, origin=row.origin)
    if len(content) > settings.max_page_bytes:
        raise too_large(origin=row.origin, limit=settings.max_page_bytes, size=len(content))
    said = {what: value for what in ("title", "published", "outlet", "language") if (value := _said(row.cells, what=what, column=column))}
    beside = Beside(
        _said(row.cells, what="url", column=column),
        _moment(_said(row.cells, what="retrieved", column=column)),
        charset,
        {**said, "column": column},
    )
    return capture_of(content, origin=row.origin, beside=beside)


def _content(cell: object, *, column: str, origin: str) -> tuple[bytes, str | None]:
    if isinstance(cell, bytes) and cell.strip():
        return cell, None
    if isinstance(cell, str) and cell.strip():
        return cell.encode("utf-8", "surrogatepass"), "utf-8"
    what = (
        "is missing or empty"
        if not cell
        else "is blank"
        if isinstance(cell, (str, bytes))
        else f"holds no text but a {type(cell).__name__}"
    )
    raise InputError(f"column {column!r} {what}", where=origin, remedy="leave the row out, or " + _REMEDY)


def _said(cells: Cells, *, what: str, column: str) -> str | None:
    """What a column beside the text says, as a string; dates in ISO form."""
    for name in _named(cells, what=what):
        cell = cells[name]
        if name != column and (words := _words(cell)):
            return words
    return None


def _words(cell: object) -> str:
    if isinstance(cell, (date, datetime, time)):
        return cell.isoformat()
    return cell.strip() if isinstance(cell, str) else ""


def _moment(words: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(words) if words else None
    except ValueError:
        return None
