"""What is kept of incidents for exports is what an export would make of them now, whatever was decided since."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from decided_projects import CORRECTED, added_event, content_of
from invented_reports import bomb_page
from purport import finding, kept_rows, merging
from purport.decisions import SensitivityLevel
from purport.export.catalogue import CATALOGUE
from purport.exporting import Asked, export
from purport.exporting_records import keeps
from purport.listing import Wanted
from purport.model import Change, Role, Thing, Verdict
from purport.row_maker import maker
from purport.store import Store

KEPT = [format.name for format in CATALOGUE.values() if format.is_kept]
PLAIN = Asked(include_restricted=False)
BOMBING = bomb_page()[1].events[0]


def copy_of(path: Path, folder: Path) -> Path:
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", (str(folder / "copy.purport"),))
    return folder / "copy.purport"


def written(path: Path, folder: Path, *, name: str, asked: Asked = PLAIN) -> list[bytes]:
    folder.mkdir()
    with Store(path, read_only=True) as store:
        export(store, folder / "out", format=name, asked=asked)
    return list(content_of(folder / "out").values())


def made_anew(path: Path, folder: Path, *, name: str, asked: Asked = PLAIN) -> list[bytes]:
    """The same with nothing kept."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM kept_rows")
    return written(path, folder, name=name, asked=asked)


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_is_what_would_be_written(decided: Path, tmp_path: Path, name: str) -> None:
    copy = copy_of(decided, tmp_path)
    with Store(copy, read_only=True) as store:
        assert store.kept_rows.count_fresh(maker()) == store.count_incidents() > 3
        assert not store.kept_rows.stale()
    kept = written(copy, tmp_path / "kept", name=name)
    assert kept == made_anew(copy, tmp_path / "anew", name=name)


def test_what_is_kept_is_read(decided: Path, tmp_path: Path) -> None:
    """Rows that nobody could make show that an export takes them, and only where it may."""
    copy = copy_of(decided, tmp_path)
    told = kept_rows.compressed(b'{"ged": 47}\n{"number": 1, "left_out": {}, "text": "kept\\n"}')
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE kept_rows SET rows = ?", (told,))
    assert b"\nkept\nkept\n" in written(copy, tmp_path / "kept", name="ged")[0]
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE kept_rows SET made_by = 'another'")
    assert b"kept\n" not in written(copy, tmp_path / "anew", name="ged")[0]
    with Store(copy) as store:
        finding.refresh(store)
        assert store.kept_rows.count_fresh(maker()) > 3


@pytest.mark.parametrize(
    "asked",
    [
        replace(PLAIN, mask_names=False),
        replace(PLAIN, policy="majority"),
        replace(PLAIN, min_confidence=0.5),
        replace(PLAIN, machine_only=True),
        replace(PLAIN, query="bomb"),
        replace(PLAIN, wanted=Wanted(disputed=True)),
    ],
)
def test_what_asks_for_something_else_is_made_anew(asked: Asked) -> None:
    assert not keeps(CATALOGUE["ged"], asked)
    assert keeps(CATALOGUE["ged"], replace(PLAIN, wanted=Wanted(type="bombing", since="2015"), policy="ucdp"))
    assert not keeps(CATALOGUE["csv"], PLAIN)


def _claim(role: Role) -> str:
    return next(claim.id for claim in BOMBING.claims if claim.role is role)


def _correct(store: Store) -> None:
    store.judge(_claim(Role.PERPETRATOR), Verdict.CORRECT, coder="Aya", value=Thing(CORRECTED), change=Change())


def _reject(store: Store) -> None:
    store.judge(_claim(Role.TYPE), Verdict.REJECT, coder="Aya")


def _add(store: Store) -> None:
    store.reviews.add(BOMBING.document_id, *added_event(), coder="Aya", words=("attack", "attack", "Tidewater Agency"))


def _take_back(store: Store) -> None:
    _reject(store)
    finding.refresh(store)
    store.judge(_claim(Role.TYPE), Verdict.WITHDRAWN, coder="Aya")


def _erase(store: Store) -> None:
    from purport import erasing

    erasing.erase(store, store.erasing.pages_of(BOMBING.document_id), why="asked for", coder="Aya")


def _restrict(store: Store) -> None:
    store.reviews.set_sensitivity([BOMBING.id], level=SensitivityLevel.RESTRICTED, why="a child", coder="Aya")


def _part(store: Store) -> None:
    entry = next(entry for entry in store.incidents() if len(entry.event_ids) > 1)
    merging.judge_links(store, (entry.event_ids[0], entry.event_ids[1]), verdict=merging.LinkVerdict.DIFFERENT, coder="Aya")


@pytest.mark.parametrize("decide", [_correct, _reject, _add, _take_back, _erase, _restrict, _part])
def test_what_is_decided_changes_the_export_at_once_and_what_is_kept_soon(
    project_file: Path, tmp_path: Path, decide: Callable[[Store], None]
) -> None:
    copy = copy_of(project_file, tmp_path)
    with Store(copy) as store:
        merging.merge(store)
        before = written(copy, tmp_path / "before", name="parquet")
        decide(store)
        at_once = written(copy, tmp_path / "once", name="parquet")
        finding.refresh(store)
        soon = written(copy, tmp_path / "soon", name="parquet")
        assert store.verify() == ()
    assert (before != at_once) == (decide is not _take_back)
    assert at_once == soon == made_anew(copy, tmp_path / "anew", name="parquet")


def test_a_name_that_people_add_goes_from_every_incident_of_its_page(project_file: Path, tmp_path: Path) -> None:
    copy = copy_of(project_file, tmp_path)
    with Store(copy) as store:
        merging.merge(store)
        _add(store)
        others = [id for id in store.kept_rows.stale() if BOMBING.id not in store.events_of(id)]
        assert others  # the threatened shelling is another incident of that page
        assert b"Tidewater Agency" not in b"".join(written(copy, tmp_path / "once", name="values"))


def test_another_codebook_makes_rows_stale(project_file: Path, tmp_path: Path) -> None:
    from purport.codebook import using
    from purport.codebook.parsing import parse

    book, _ = parse(b"name: Own\nversion: '1'\nextends: purport\n")
    assert book is not None
    copy = copy_of(project_file, tmp_path)
    with Store(copy) as store:
        merging.merge(store)
        with using(book):
            assert store.kept_rows.count_fresh(maker()) == 0
        assert store.kept_rows.count_fresh(maker()) > 3
