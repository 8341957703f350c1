"""XLSX: what is stated, one row an incident, one row a claim; a table that is too long for one sheet goes on in the next.

XlsxWriter makes the workbook with its sheets and their heads. The rows, millions of cells for a large project, it writes in three times the
time that they take here, so that they are written here and put into its sheets.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from purport.export.case import Terms, Written, columns_of
from purport.export.claim_table import Cell, harmless
from purport.export.rows import CaseRows, claim_cells
from purport.export.xml_text import xml_safe

MOST_ROWS = 1_048_576  #: of one sheet of XLSX, its header included
MOST_CHARACTERS = 32_767  #: of one cell
CUT = " […]"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
QUICK = 3  #: level of compression: a third of the time of the usual 6, and files a tenth larger
NEEDS_ESCAPING = re.compile("[^\n -%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_x[0-9A-Fa-f]{4}_")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  #: would be read as a character's number (ECMA-376, part 1, 22.9.2.19)
ROWS_END = b"</sheetData>"
DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')


def write_xlsx(rows: Iterable[CaseRows], path: Path, *, terms: Terms, most_rows: int = MOST_ROWS) -> Written:
    """The workbook. Cells are texts and numbers, never formulas; text that could become one begins with an apostrophe."""
    written = Written()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as files:
        incidents = _Table("Incidents", columns_of("incidents"), folder=Path(folder), files=files, most_rows=most_rows)
        claims = _Table("Claims", claim_cells(), folder=Path(folder), files=files, most_rows=most_rows)
        for each in rows:
            incidents.add(each.incident)
            for claim in each.claims:
                claims.add(claim)
            written.number += 1
        files.close()
        frame = Path(folder) / "frame"
        _make_frame(frame, terms=terms, tables=(incidents, claims))
        _fill(frame, path, sheets=(None, *incidents.sheets, *claims.sheets))
    return written


class _Table:
    """One table over as many sheets as it needs: "Claims", "Claims 2" …; ``sheets``: a file of rows for each, and the last cell."""

    def __init__(self, name: str, columns: Sequence[str], *, folder: Path, files: ExitStack, most_rows: int) -> None:
        self.name, self.columns = name, columns
        self.sheets: list[tuple[Path, str]] = []
        self._folder, self._files, self._most = folder, files, most_rows
        self._letters = [xl_col_to_name(place) for place in range(len(columns))]
        self._open()

    def _open(self) -> None:
        path = self._folder / f"{self.name} {len(self.sheets) + 1}"
        self._file: TextIO = self._files.enter_context(path.open("w", encoding="utf-8", newline=""))
        self.sheets.append((path, ""))
        self._tell_last(1)

    def add(self, row: Sequence[Cell]) -> None:
        """One more row."""
        if self._line >= self._most:
            self._open()
        self._tell_last(self._line + 1)
        line = str(self._line)
        cells = [_cell(letter + line, cell) for letter, cell in zip(self._letters, row, strict=True) if cell is not None and cell != ""]
        self._file.write(f'<row r="{line}">{"".join(cells)}</row>')

    def _tell_last(self, line: int) -> None:
        self._line = line
        self.sheets[-1] = (self.sheets[-1][0], f"{self._letters[-1]}{line}")


def _cell(place: str, cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{_words(str(harmless(cell)))}</t></is></c>'
    return f'<c r="{place}"><v>{cell:.16G}</v></c>'


def _words(text: str) -> str:
    text = text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT
    if NEEDS_ESCAPING.search(text) is None:
        return text
    text = LOOKS_ESCAPED.sub("_x005F_", xml_safe(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "_x000D_").replace("\t", "&#9;")


# ------------------------------------------------------------------ the workbook around them
def _make_frame(path: Path, *, terms: Terms, tables: Sequence[_Table]) -> None:
    """What is stated, and every sheet with its head."""
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        about = book.add_worksheet("About")
        for line, (name, words) in enumerate(terms.words().items()):
            about.write_string(line, 0, name)
            about.write_string(line, 1, words)
        for table in tables:
            for number in range(1, len(table.sheets) + 1):
                sheet = book.add_worksheet(table.name if number == 1 else f"{table.name} {number}")
                sheet.write_row(0, 0, table.columns)
                sheet.freeze_panes(1, 0)


def _fill(frame: Path, path: Path, *, sheets: Sequence[tuple[Path, str] | None]) -> None:
    """The workbook with the rows of each sheet."""
    with zipfile.ZipFile(frame) as empty, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as book:
        rows = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1) if sheet}
        for info in empty.infolist():
            with book.open(info.filename, "w", force_zip64=True) as file:
                for part in _with_rows(empty.read(info), rows.get(info.filename)):
                    file.write(part)


def _with_rows(xml: bytes, sheet: tuple[Path, str] | None) -> Iterator[bytes]:
    if sheet is None:
        yield xml
        return
    path, last = sheet
    head, end, tail = DIMENSION.sub(f'<dimension ref="A1:{last}"/>'.encode("ascii"), xml, count=1).partition(ROWS_END)
    yield head
    with path.open("rb") as file:
        yield from iter(lambda: file.read(1 << 20), b"")
    yield end + tail
