"""Folding and skeletons of place names; the gazetteer index."""

import sqlite3
from pathlib import Path

import pytest
from training.gazetteer import digest

from purport.errors import ResourceError
from purport.read.gazetteer import _opened, gazetteer, packed
from purport.read.toponym_names import fold, skeleton
from purport.resources import rows_of
from purport.settings import Settings


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ḩalab", "halab"),
        ("the Gaza Strip", "gaza strip"),
        ("St. Louis", "st louis"),
        ("Saint Louis", "st louis"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Dar’a", "dara"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "Dayr az-Zawr"),
        ("Deir Ezzor", "Deir al-Zour"),
        ("Raqqa", "Ar-Raqqah"),
        ("Idlib", "Edleb"),
        ("Latakia", "Lattakia"),
        ("Qusayr", "Al-Qusair"),
        ("Douma", "Duma"),
        ("Qamishli", "Kamishly"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(fold(one)) == skeleton(fold(other))


@pytest.mark.parametrize(("one", "other"), [("Homs", "Hama"), ("Raqqa", "Rutba"), ("Mosul", "Masyaf"), ("Idlib", "Aleppo")])
def test_different_names_do_not(one: str, other: str) -> None:
    assert skeleton(fold(one)) != skeleton(fold(other))


def test_supplement_rows_are_whole() -> None:
    rows = list(rows_of("places/supplement.tsv"))
    assert len(rows) >= 500
    for row in rows:
        assert row["source"] and -90 <= float(row["latitude"]) <= 90 and -180 <= float(row["longitude"]) <= 180
        assert row["precision"] in {"exact", "district", "province", "region", "country"}
        assert row["country"] == "" or len(row["country"]) == 2


def test_the_index_holds_every_supplement_place() -> None:
    found = gazetteer(Settings())
    missing = [row["name"] for row in rows_of("places/supplement.tsv") if not found.named(fold(row["name"]))]
    assert missing == []


def test_the_index_is_made_from_the_place_files_as_they_are() -> None:
    assert packed()["sources"] == digest(), "run python -m training.gazetteer"


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00 and then nothing"])
def test_a_spoilt_index_is_made_anew_and_older_ones_go(tmp_path: Path, content: bytes) -> None:
    name = f"places-{packed()['sha256'][:12]}.sqlite"
    (tmp_path / name).write_bytes(content)
    (tmp_path / "places-0123456789ab.sqlite").write_bytes(b"older")
    (tmp_path / "notes.txt").write_text("not ours", encoding="utf-8")
    assert [row.country for row, _ in gazetteer(Settings(cache_dir=tmp_path)).named("mosul")][:1] == ["IQ"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", name]


def test_without_a_cache_folder_the_index_is_among_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    _opened.cache_clear()
    try:
        assert gazetteer(Settings()).named("aleppo")
    finally:
        _opened.cache_clear()
    assert [path.suffix for path in tmp_path.glob("purport-*/*")] == [".sqlite"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with pytest.raises(ResourceError, match="cache_dir"):
        gazetteer(Settings(cache_dir=blocked / "inside"))


def test_the_index_is_read_only() -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        gazetteer(Settings())._connection.execute("DELETE FROM places")
