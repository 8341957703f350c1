"""An export that several processes share is the same to the byte as one that a single process writes, whatever people decided before."""

import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from purport import erasing, sharing
from purport.decisions import SensitivityLevel
from purport.errors import PurportError, StoreError
from purport.export.catalogue import CATALOGUE, Split
from purport.exporting import Asked, export
from purport.model import Change, Role, Thing, Verdict
from purport.sharing import Totals, Workers, setup_of
from purport.store import Store

SHARED = [format.name for format in CATALOGUE.values() if format.split is not Split.NO]
CORRECTED = "the corrected cell of Kirkuk"


@pytest.fixture(scope="module")
def decided(project_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which a claim is corrected, another rejected, an incident restricted and a page erased."""
    import sqlite3

    path = tmp_path_factory.mktemp("decided") / "project.purport"
    with closing(sqlite3.connect(project_file)) as source:
        source.execute("VACUUM INTO ?", (str(path),))
    with Store(path) as store:
        claims = [claim for report in store.reports("type:bombing") for event in report.events for claim in event.claims]
        who = next(claim for claim in claims if claim.role is Role.PERPETRATOR)
        store.judge(who.id, Verdict.CORRECT, coder="Cass", value=Thing(CORRECTED), change=Change())
        store.judge(next(claim.id for claim in claims if claim.role is Role.TARGET), Verdict.REJECT, coder="Cass")
        pages = [
            report for report in store.reports() if report.events and all(each not in claims for e in report.events for each in e.claims)
        ]
        store.reviews.set_sensitivity([pages[0].events[0].id], level=SensitivityLevel.RESTRICTED, why="a test", coder="Cass")
        erasing.erase(store, store.erasing.pages_of(pages[-1].document.id), why="asked for", coder="Edda")
    return path


def content_of(target: Path) -> dict[str, bytes]:
    """Every file of an export; what is zipped unpacked, the time of writing aside."""
    files = sorted(target.rglob("*")) if target.is_dir() else [target]
    if zipfile.is_zipfile(target):
        with zipfile.ZipFile(target) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}
    return {file.name: file.read_bytes() for file in files}


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "PART", 9)
    monkeypatch.setattr("purport.exporting.PART", 9)


@pytest.mark.parametrize("name", SHARED)
def test_parts_make_the_same_file(small_parts: None, decided: Path, tmp_path: Path, name: str) -> None:
    asked = Asked(include_restricted=False)
    with Store(decided, read_only=True) as store:
        one, first = export(store, tmp_path / "out", format=name, asked=asked), content_of(tmp_path / "out")
        two = export(store, tmp_path / "again", format=name, asked=Asked(include_restricted=False, jobs=2))
    second = content_of(tmp_path / "again")
    assert list(first.values()) == list(second.values())
    assert one == two
    written = b"".join(first.values())
    assert b"Haddouli" not in written and b"HADDOULI" not in written  # a victim on the page with the corrected claim
    if name in ("csv", "jsonl", "incidents", "values", "xlsx", "schema-org"):
        assert CORRECTED.encode() in written
    with Store(decided, read_only=True) as store:
        for page in store.documents_of_level(SensitivityLevel.RESTRICTED):
            assert page.encode() not in written
            assert all(event.id.encode() not in written for event in store.report(page).events)
    assert one.restricted > 0 and one.gone == 1 and one.number > 2


def test_a_process_that_ends_is_told(decided: Path) -> None:
    setup = setup_of(decided, format="ged", asked={"wanted": {"no such field": 1}})
    with pytest.raises(StoreError, match="a process that shared the work ended"), Workers(setup, jobs=2) as workers:
        list(workers.parts([1, 2, 3], Totals()))


def test_what_is_wrong_in_a_part_is_told(small_parts: None, decided: Path) -> None:
    setup = setup_of(decided, format="ged", asked={"policy": "no such policy", "wanted": {}})
    with pytest.raises(PurportError, match="no such policy"), Workers(setup, jobs=2) as workers, Store(decided, read_only=True) as store:
        list(workers.parts(store.incident_ids(), Totals()))
