"""Rows → a delimited text file, each row checked against its format's columns."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from purport.export.case import Case, Written, columns_of
from purport.export.claim_table import Cell, harmless
from purport.export.facts import Facts, facts_of

Row = dict[str, Cell]
#: Makes one row of the facts, or says in a few words why there is none.
RowOf = Callable[[Facts], Row | str]
CONTROLS = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ", "\0": " ", "\u2028": " ", "\u2029": " "})


def case_rows(cases: Iterable[Case], row_of: RowOf, *, written: Written) -> Iterator[Row]:
    """The rows of the cases; those without one are counted with the reason."""
    for case in cases:
        row = row_of(facts_of(case))
        if isinstance(row, str):
            written.left_out[row] += 1
            continue
        written.number += 1
        yield row


def write_comma_table(cases: Iterable[Case], file: IO[str], *, name: str, row_of: RowOf) -> Written:
    """CSV with a header. Text that a spreadsheet would run as a formula begins with an apostrophe."""
    written = Written()
    writer = csv.DictWriter(file, columns_of(name), restval="", lineterminator="\n")
    writer.writeheader()
    for row in case_rows(cases, row_of, written=written):
        writer.writerow({column: harmless(cell) for column, cell in row.items()})
    return written


def write_tabbed_row(file: IO[str], cells: Iterable[Cell]) -> None:
    """One line of a tab-separated file without quotation marks: tabs and ends of lines inside a cell become blanks."""
    file.write("\t".join(_flat(cell) for cell in cells) + "\n")


def _flat(cell: Cell) -> str:
    return "" if cell is None else str(harmless(cell.translate(CONTROLS))) if isinstance(cell, str) else str(cell)


def yes(holds: bool) -> str:
    return "yes" if holds else "no"


def number_of(id: str) -> int:
    """A whole number for formats that ask for one: the first 13 hexadecimal digits of an id, which spreadsheets keep exact."""
    return int(id.partition("-")[2][:13], 16)
