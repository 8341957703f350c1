"""What leaves the file: erased pages are told, restricted ones stay unless asked for, and the log says so."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.invented import reports
from typer.testing import CliRunner

from invented_reports import bomb_page
from purport import project
from purport.cli.app import app
from purport.decisions import LogFilter, SensitivityLevel
from purport.incidents.linking import PageLinker
from purport.store import Store

PAGES = reports(6, seed=5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Pages of which one was erased and one is of a restricted incident."""
    made = tmp_path / "p.purport"
    with Store(made, create=True) as store:
        for page in PAGES:
            store.add(page.capture, page.report)
        store.add(*bomb_page())
        store.link(PageLinker())
        store.erasing.erase(store.erasing.pages_of(PAGES[0].report.document.id), why="asked for", coder="Edda", linker=PageLinker())
        event = bomb_page()[1].events[0]
        store.reviews.set_sensitivity([event.id], level=SensitivityLevel.RESTRICTED, why="a child", coder="Cass")
    return made


def exported(path: Path, form: str, *, include_restricted: bool = False) -> tuple[str, project.Exported]:
    file = io.StringIO()
    with Store(path, read_only=True) as store:
        made = project.export(store, file, format=form, include_restricted=include_restricted)
    return file.getvalue(), made


def test_json_lines_close_with_what_is_gone(path: Path) -> None:
    text, made = exported(path, "jsonl")
    *pages, last = map(json.loads, text.splitlines())
    assert (len(pages), made.number, made.gone) == (5, 5, 1)
    (stone,) = last["gone"]
    assert (stone["document_id"], stone["why"]) == (PAGES[0].report.document.id, "asked for")
    assert "title" not in stone


def test_the_map_has_a_member_for_it(path: Path) -> None:
    collection = json.loads(exported(path, "geojson")[0])
    assert collection["type"] == "FeatureCollection" and len(collection["gone"]) == 1


def test_without_erasures_the_forms_are_as_ever(tmp_path: Path) -> None:
    with Store(tmp_path / "p.purport", create=True) as store:
        store.add(*bomb_page())
    assert "gone" not in exported(tmp_path / "p.purport", "jsonl")[0].splitlines()[-1][:12]
    assert set(json.loads(exported(tmp_path / "p.purport", "geojson")[0])) == {"type", "features"}


def test_restricted_pages_stay(path: Path) -> None:
    restricted = bomb_page()[1].document.id
    text, made = exported(path, "jsonl")
    assert restricted not in text and made.restricted == 1
    text, made = exported(path, "jsonl", include_restricted=True)
    assert restricted in text and made.restricted == 0


def test_the_level_that_holds_counts(path: Path) -> None:
    event = bomb_page()[1].events[0]
    with Store(path) as store:
        store.reviews.set_sensitivity([event.id], level=SensitivityLevel.OPEN, why="no child", coder="Edda")
        assert store.documents_of_level(SensitivityLevel.RESTRICTED) == frozenset()
        assert store.documents_of_level(SensitivityLevel.OPEN)


def test_the_command_tells_and_logs_it(path: Path) -> None:
    ran = CliRunner().invoke(app, ["export", str(path), "--format", "csv"])
    assert ran.exit_code == 0
    assert "1 page of a restricted incident is left out" in ran.stderr and "1 page was erased" in ran.stderr
    with Store(path) as store:
        (entry,) = store.audit.entries(LogFilter(action="export"))
        assert (entry.detail["format"], entry.detail["names"]) == ("csv", "withheld")
        assert store.verify() == ()


def test_a_file_that_cannot_be_written_is_exported_all_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path, read_only=True) as store:
        monkeypatch.setattr(type(store), "is_current", property(lambda _: False))
        assert not project.note_export(store, by="x", format="csv")


def test_an_address_in_the_text_of_a_tombstone_is_never_kept(path: Path) -> None:
    with Store(path) as store:
        (stone,) = store.erasing.tombstones()
    assert replace(stone, why="") and (PAGES[0].capture.url or "none") not in repr(stone)
