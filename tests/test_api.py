"""The names that ``import purport`` offers."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import purport
from purport import Failure, PurportError, Report

TEXT = "Gunmen killed two farmers near Mosul on Tuesday, the governor said."


@pytest.mark.parametrize("name", purport.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    thing = getattr(purport, name)
    assert thing.__doc__
    assert name in dir(purport)


def test_no_other_name_is() -> None:
    with pytest.raises(AttributeError, match="no attribute 'write'"):
        purport.write  # noqa: B018
    assert isinstance(purport.__version__, str)


def test_importing_it_loads_nothing_else() -> None:
    heavy = "('spacy', 'rich', 'typer', 'lxml', 'sqlite3', 'purport.model', 'purport.read', 'purport.api')"
    code = f"import sys, purport; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_read_pages(tmp_path: Path) -> None:
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text(TEXT)
    empty.write_text("")
    first, second = purport.read([good, empty], settings=purport.Settings(published="2015-12-02"))
    assert isinstance(first, Report) and isinstance(second, Failure)
    assert first.events[0].voice == "sources"
    assert first.document.published == "2015-12-02"
    assert [found.where for found in purport.read(str(empty))] == [str(empty)]  # type: ignore[union-attr]


def test_pages_come_with_their_captures(tmp_path: Path) -> None:
    path = tmp_path / "good.txt"
    path.write_text(TEXT)
    (page,) = purport.pages(path)
    assert isinstance(page, purport.Page)
    assert (page.capture.origin, page.capture.content) == (str(path), b"")
    assert page.capture.digest.startswith("sha256:")


def test_read_a_text_and_keep_it(tmp_path: Path) -> None:
    report = purport.read_text(TEXT, title="Farmers killed", published="2015-12-02")
    assert report.document.text == TEXT
    path = tmp_path / "good.txt"
    path.write_text(TEXT)
    with purport.Store(tmp_path / "project.purport", create=True) as store:
        assert purport.add(store, [str(path)]).new == 1
        (kept,) = store.reports()
    assert [purport.status_of(event, kept) for event in kept.events] == [purport.status_of(event, report) for event in report.events]


def test_errors_have_one_root() -> None:
    with pytest.raises(PurportError):
        purport.Store("/nowhere/project.purport")


def test_the_package_s_own_example_runs() -> None:
    assert doctest.testmod(purport).failed == 0
