"""Bundles of a project from which pages were erased."""

import json
import shutil
from pathlib import Path

import pytest

from bundle.altered import files_of
from purport import bundling
from purport.bundle.checking import check
from purport.errors import StoreError
from purport.incidents.linking import PageLinker
from purport.store import Store


@pytest.fixture(scope="module")
def erased(project: Path, incident: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A project whose largest incident lost a page; the page's id and the id of an incident that is left."""
    path = Path(shutil.copy(project, tmp_path_factory.mktemp("erased") / "project.purport"))
    with Store(path) as store:
        page = min(telling.document.id for telling in store.incident(incident).tellings)
        store.erasing.erase(store.erasing.pages_of(page), why="the family asked for it", coder="Ada", linker=PageLinker())
        left = next(iter(store.incidents(limit=1))).id
    return path, page, left


def test_what_is_left_is_whole(erased: tuple[Path, str, str], tmp_path: Path) -> None:
    path, page, left = erased
    bundling.write(path, [left], out=tmp_path / "b.wacz")
    files = files_of(tmp_path / "b.wacz")
    assert check(tmp_path / "b.wacz").faults == ()
    assert json.loads(files["evidence/erased.json"])["other_pages_erased_in_the_project"] == 1
    assert page.encode() not in b"".join(files.values())


def test_a_tombstone_that_is_asked_for_is_there(erased: tuple[Path, str, str], tmp_path: Path) -> None:
    path, page, left = erased
    bundling.write(path, [left, page], out=tmp_path / "b.wacz")
    (stone,) = json.loads(files_of(tmp_path / "b.wacz")["evidence/erased.json"])["tombstones"]
    assert (stone["document_id"], stone["why"]) == (page, "the family asked for it")
    assert check(tmp_path / "b.wacz").faults == ()


def test_a_tombstone_alone_is_no_bundle(erased: tuple[Path, str, str], tmp_path: Path) -> None:
    path, page, _ = erased
    with pytest.raises(StoreError, match="no incident is asked for"):
        bundling.write(path, [page], out=tmp_path / "b.wacz")
