"""An export that several processes share is the same to the byte as one that a single process writes, whatever people decided before."""

from pathlib import Path

import pytest

from decided_projects import CORRECTED, content_of
from purport import sharing
from purport.decisions import SensitivityLevel
from purport.errors import PurportError, StoreError
from purport.export.catalogue import CATALOGUE, Split
from purport.exporting import Asked, export
from purport.sharing import Totals, Workers, setup_of
from purport.store import Store

SHARED = [format.name for format in CATALOGUE.values() if format.split is not Split.NO]


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
