"""A workbook's rows are what XlsxWriter would have written, whatever stands in them."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from purport.export.case import Terms, columns_of
from purport.export.claim_table import Cell
from purport.export.rows import CaseRows, claim_cells
from purport.export.spreadsheet import CUT, MOST_CHARACTERS, OPTIONS, write_xlsx
from purport.export.xml_text import xml_safe

INCIDENT = len(columns_of("incidents"))
HOSTILE = [
    "</t></is></c><c r='A9'>",
    "a & b",
    "tab\there",
    "line\nbreak",
    " space ",
    "_x0041_",
    "]]>",
    "\r",
    "é😀",
    "<script>",
]


def written(folder: Path, cells: list[Cell]) -> Path:
    """A workbook with these cells at the beginning of its first incident's row, which has two claims."""
    row = [*cells, *[None] * (INCIDENT - len(cells))]
    write_xlsx([CaseRows(row, [["a", *[1] * (len(claim_cells()) - 1)]] * 2)], folder / "own.xlsx", terms=Terms("xlsx", "purport", True))
    return folder / "own.xlsx"


def by_the_library(cells: list[Cell]) -> bytes:
    """The row that XlsxWriter makes of them, below a head."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, OPTIONS) as book:
        sheet = book.add_worksheet()
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(1, column, cell)
            elif cell is not None:
                sheet.write_number(1, column, cell)
    return second_row(made, "xl/worksheets/sheet1.xml")


def second_row(book: Path | io.BytesIO, sheet: str) -> bytes:
    """Canonical, with the attribute left out that says that space at the ends is kept, which XlsxWriter writes only where there is some."""
    with zipfile.ZipFile(book) as archive:
        row = etree.fromstring(archive.read(sheet)).find(".//{*}row[@r='2']")
    assert row is not None
    etree.strip_attributes(row, "{http://www.w3.org/XML/1998/namespace}space")
    etree.cleanup_namespaces(row)
    return bytes(etree.tostring(row, method="c14n"))


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30).filter(lambda text: xml_safe(text) == text)
CELLS = st.one_of(TEXTS, st.integers(-(10**12), 10**12), st.floats(-1e9, 1e9, allow_nan=False))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(CELLS.filter(lambda cell: not isinstance(cell, str) or cell.lstrip(" ")[:1].isalnum()), min_size=1, max_size=6))
def test_a_row_is_the_librarys(tmp_path: Path, cells: list[Cell]) -> None:
    assert second_row(written(tmp_path, cells), "xl/worksheets/sheet2.xml") == by_the_library(cells)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_the_librarys(tmp_path: Path, text: str) -> None:
    cells: list[Cell] = [f"a{text}b"]
    assert second_row(written(tmp_path, cells), "xl/worksheets/sheet2.xml") == by_the_library(cells)


def test_what_a_reader_finds(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path, ["=1+1", "x" * 40_000, 7, 0.5, None, "\x00end", " kept "]))
    row = [cell.value for cell in book["Incidents"][2]]
    assert row[:1] + row[2:7] == ["'=1+1", 7, 0.5, None, "\ufffdend", " kept "]
    assert len(row[1]) == MOST_CHARACTERS and row[1].endswith(CUT)
    assert book["Claims"].max_row == 3 and book["Claims"].max_column == len(claim_cells())
    assert book["Claims"].freeze_panes == "A2" and all(cell.data_type != "f" for cell in book["Incidents"][2])


def test_numbers_of_characters_that_lie_on_one_another_stay_text(tmp_path: Path) -> None:
    """XlsxWriter escapes the first alone, so that the second would be read as "A"."""
    row = second_row(written(tmp_path, ["a_x005F_x0041_b"]), "xl/worksheets/sheet2.xml")
    assert b">a_x005F_x005F_x005F_x0041_b<" in row


def test_an_empty_table_has_its_head(tmp_path: Path) -> None:
    write_xlsx([], tmp_path / "none.xlsx", terms=Terms("xlsx", "purport", True))
    book = openpyxl.load_workbook(tmp_path / "none.xlsx")
    assert [cell.value for cell in book["Incidents"][1]] == list(columns_of("incidents"))
    assert book["Incidents"].max_row == book["Claims"].max_row == 1
