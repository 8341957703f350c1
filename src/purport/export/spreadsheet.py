"""XLSX: what is stated, one row an incident, one row a claim; a table that is too long for one sheet goes on in the next."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from purport.export.case import Terms, Written, columns_of
from purport.export.claim_table import Cell, harmless
from purport.export.rows import CaseRows, claim_cells

MOST_ROWS = 1_048_576  #: of one sheet of XLSX, its header included
MOST_CHARACTERS = 32_767  #: of one cell
CUT = " […]"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(rows: Iterable[CaseRows], path: Path, *, terms: Terms, most_rows: int = MOST_ROWS) -> Written:
    """The workbook. Cells are texts and numbers, never formulas; text that could become one begins with an apostrophe."""
    written = Written()
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        _about(book.add_worksheet("About"), terms)
        incidents = _Sheets(book, "Incidents", columns=columns_of("incidents"), most_rows=most_rows)
        claims = _Sheets(book, "Claims", columns=claim_cells(), most_rows=most_rows)
        for each in rows:
            incidents.add(each.incident)
            for claim in each.claims:
                claims.add(claim)
            written.number += 1
    return written


def _about(sheet: Worksheet, terms: Terms) -> None:
    for line, (name, words) in enumerate(terms.words().items()):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, words)


class _Sheets:
    """One table over as many sheets as it needs: "Claims", "Claims 2" …"""

    def __init__(self, book: Workbook, name: str, *, columns: tuple[str, ...], most_rows: int) -> None:
        self._book, self._name, self._columns, self._most = book, name, columns, most_rows
        self._sheets = 0
        self._open()

    def _open(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet(self._name if self._sheets == 1 else f"{self._name} {self._sheets}")
        self._line = 0
        self._write(self._columns)
        self._sheet.freeze_panes(1, 0)

    def add(self, row: Sequence[Cell]) -> None:
        """One more row."""
        if self._line >= self._most:
            self._open()
        self._write(row)

    def _write(self, row: Sequence[Cell]) -> None:
        for place, cell in enumerate(row):
            _write_cell(self._sheet, self._line, column=place, cell=cell)
        self._line += 1


def _write_cell(sheet: Worksheet, line: int, *, column: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        words = str(harmless(cell))
        sheet.write_string(line, column, words if len(words) <= MOST_CHARACTERS else words[: MOST_CHARACTERS - len(CUT)] + CUT)
    else:
        sheet.write_number(line, column, cell)
