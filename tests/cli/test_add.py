"""``purport add``: kept, resumable, stopped and killed."""

import signal
import time
from pathlib import Path

import pytest

from cli_runs import Run
from own_process import purport
from purport.store import Store

PAGES = 60  #: one takes some hundredths of a second


def tally(**counts: int) -> str:
    names = {"new": "new", "seen": "seen before", "reread": "read again"}
    return ", ".join(f"{counts.get(key, 0)} {words}" for key, words in names.items())


def test_pages_are_kept_once(run: Run, page: Path, tmp_path: Path) -> None:
    db = tmp_path / "project.purport"
    first, second = run("add", db, page, page), run("add", db, page)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout == f"{tally(new=1, seen=1)}; 0 failed. All in {db}\n"
    assert second.stdout == f"{tally(seen=1)}; 0 failed. All in {db}\n"
    assert first.stderr == f"1  new  {page}\n2  seen again  {page}\n"


def test_what_failed_is_reported_once_and_the_rest_is_kept(run: Run, page: Path, tmp_path: Path) -> None:
    db, empty, binary = tmp_path / "project.purport", tmp_path / "empty.html", tmp_path / "binary"
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 10)
    result = run("add", db, empty, page, binary)
    assert result.exit_code == 1
    assert tally(new=1) + "; 2 failed" in result.stdout
    report = result.stderr.split("2 inputs could not be read:")[1]
    assert report.count(str(empty)) == report.count(str(binary)) == 1
    with Store(db, read_only=True) as store:
        assert store.counts()["documents"] == 1


def test_a_language_that_is_not_read_is_kept_and_said(run: Run, tmp_path: Path) -> None:
    db, arabic = tmp_path / "project.purport", tmp_path / "arabic.txt"
    arabic.write_text("قالت الشرطة إن سيارة مفخخة انفجرت يوم الاثنين خارج سوق مزدحمة في المدينة. " * 5, encoding="utf-8")
    assert "1 of them in a language that is not read" in run("add", db, arabic).stdout
    assert "not read: language: ar" in run("search", db, "سوق").stdout


@pytest.mark.parametrize("place", ["/proc/project.purport", "{folder}", "{folder}/none/project.purport", "{folder}/page.html"])
def test_a_project_file_that_cannot_be_one(run: Run, page: Path, tmp_path: Path, place: str) -> None:
    before = page.read_bytes()
    result = run("add", place.format(folder=tmp_path), page)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(place.format(folder=tmp_path))
    assert result.stderr.rstrip().endswith(")")
    assert page.read_bytes() == before


def test_a_newer_schema_is_left_alone(run: Run, page: Path, db: Path) -> None:
    import sqlite3

    with sqlite3.connect(db) as connection:
        connection.execute("PRAGMA user_version=999")
    connection.close()
    result = run("add", db, page)
    assert result.exit_code == 1
    assert "newer purport" in result.stderr and "upgrade" in result.stderr


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_stopped_or_killed_it_goes_on_where_it_was(run: Run, tmp_path: Path, sent: signal.Signals, code: int) -> None:
    db, folder = tmp_path / "project.purport", tmp_path / "pages"
    folder.mkdir()
    for number in range(PAGES):
        (folder / f"{number:03}.txt").write_text(
            f"Report {number}. Gunmen killed {number + 2} farmers near Mosul on Tuesday, the governor said."
        )
    process = purport("add", db, folder)
    assert process.stderr is not None and process.stdout is not None
    process.stderr.readline()
    time.sleep(0.05)
    process.send_signal(sent)
    _, said = process.communicate(timeout=120)
    assert process.returncode == code
    assert "Traceback" not in said
    assert ("goes on from here" in said) == (sent is signal.SIGINT)
    with Store(db) as store:
        assert store.verify() == ()
        done = store.counts()["documents"]
    assert 0 < done < PAGES
    assert tally(new=PAGES - done, seen=done) in run("add", db, folder).stdout
    with Store(db, read_only=True) as store:
        assert store.verify() == ()
        assert store.counts()["documents"] == PAGES
