"""Files that cannot be opened or written: the message names the file and what to do."""

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from invented_reports import Page, plain_page
from purport.errors import StoreError
from purport.store import Store
from purport.store import connection as store_connection


def write_bytes(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 this is no database, and it is long enough to have a header of one hundred bytes" * 20)


def write_foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def write_newer(path: Path) -> None:
    Store(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=99")


def make_folder(path: Path) -> None:
    path.mkdir()


def do_nothing(path: Path) -> None:
    assert not path.exists()


CASES = [
    ("no database", write_bytes, "file is not a database", "give the path of a purport project file"),
    ("another program's", write_foreign, "database of another program", "give the path of a purport project file"),
    ("newer schema", write_newer, r"newer purport \(schema 99; this one knows 5\)", "upgrade purport"),
    ("a folder", make_folder, "is a folder", "give the path of a project file"),
    ("missing", do_nothing, "no such project file", "purport add"),
]


@pytest.mark.parametrize(("make", "what", "remedy"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
@pytest.mark.parametrize("read_only", [False, True])
def test_opening(path: Path, make: object, what: str, remedy: str, read_only: bool) -> None:
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=what) as caught:
        Store(path, read_only=read_only)
    assert caught.value.where == str(path)
    assert remedy in caught.value.remedy
    assert before is None or path.read_bytes() == before


def test_an_empty_file_becomes_a_project_file_but_not_read_only(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="is empty"):
        Store(path, read_only=True)
    Store(path, create=True).close()
    Store(path, read_only=True).close()


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="its folder does not exist") as caught:
        Store(tmp_path / "nowhere" / "p.purport", create=True)
    assert str(tmp_path / "nowhere") in caught.value.remedy


def test_a_damaged_file(path: Path) -> None:
    Store(path, create=True).close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(StoreError) as caught, Store(path, create=True) as store:
        store.add(*plain_page(1))
    assert caught.value.where == str(path)


def test_read_only_file_refuses_writes_and_still_reads(path: Path, page: Page) -> None:
    with Store(path, create=True) as store:
        store.add(*page)
    with Store(path, read_only=True) as store:
        assert store.search("market").total == 1
        assert store.verify() == ()
        with pytest.raises(StoreError, match="readonly database") as caught:
            store.add(*plain_page(1))
    assert caught.value.where == str(path)
    assert "writable" in caught.value.remedy


READ_AS_OTHER_USER = """
import os, sys
sys.path[:] = sys.argv[2:]
from purport.errors import StoreError
from purport.store import Store
import purport.store.rows, json, encodings.idna
if os.getuid() == 0:
    os.setuid(65534)  # a superuser may write everywhere, so it gives that up
with Store(sys.argv[1], read_only=True) as store:
    print(store.search("market").total)
try:
    Store(sys.argv[1])
except StoreError as error:
    print(error)
"""


def test_a_file_in_a_folder_that_cannot_be_written(page: Page) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "p.purport"
        with Store(path, create=True) as store:
            store.add(*page)
        folder.chmod(0o555)
        run = subprocess.run([sys.executable, "-c", READ_AS_OTHER_USER, str(path), *sys.path], capture_output=True, text=True, timeout=60)
        folder.chmod(0o755)
    assert run.stdout.splitlines()[:1] == ["1"], run.stderr
    assert f"{path}: attempt to write a readonly database (make the file and its folder writable" in run.stdout


def test_a_full_disk_keeps_what_is_stored(path: Path) -> None:
    with Store(path, create=True) as store:
        store.add(*plain_page(0))
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count={pages + 10}")
        with pytest.raises(StoreError, match="database or disk is full") as caught:
            for number in range(1, 500):
                store.add(*plain_page(number, text=f"{number} bomb " + "é".join(map(str, range(number, number + 900)))))
        kept = store.counts()["documents"]
    assert caught.value.where == str(path)
    assert "free some space" in caught.value.remedy
    with Store(path) as store:
        assert 1 <= store.counts()["documents"] == kept < 500
        assert store.verify() == ()
        store.add(*plain_page(999))
        assert store.counts()["documents"] == kept + 1


def test_a_locked_file_is_waited_for_and_then_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_connection, "BUSY_SECONDS", 0.2)
    with Store(path, create=True) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="database is locked") as caught:
            store.add(*plain_page(1))
        assert "another program" in caught.value.remedy
        other.execute("ROLLBACK")
        other.close()
        store.add(*plain_page(1))


def test_an_old_sqlite_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_connection, "OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(StoreError, match=r"too old.*99\.0\.0"):
        Store(path, create=True)


def test_header_says_whose_file_it_is(path: Path) -> None:
    Store(path, create=True).close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (5,)
        assert connection.execute("PRAGMA application_id").fetchone() == (0x50555250,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_every_table_is_strict_and_every_reference_has_an_index(path: Path) -> None:
    Store(path, create=True).close()
    with sqlite3.connect(path) as connection:
        tables = [
            (n, s)
            for n, s, t in connection.execute("SELECT name, strict, type FROM pragma_table_list WHERE schema = 'main'")
            if t == "table"
        ]
        assert {name for name, strict in tables if not strict} <= {"sqlite_schema", "sqlite_sequence"}  # both are SQLite's own
        for name, _ in tables:
            for reference in connection.execute(f"PRAGMA foreign_key_list({name})").fetchall():
                if reference[2] not in ("log", "contents"):
                    assert _has_index(connection, name, reference[3]), (name, reference[3])


def _has_index(connection: sqlite3.Connection, table: str, column: str) -> bool:
    info = connection.execute(f"PRAGMA table_info({table})").fetchall()
    if [row[1] for row in info if row[5]] == [column] and info[0][2] == "INTEGER":
        return True  # the row's own number
    firsts = [
        connection.execute(f"PRAGMA index_info({index[1]})").fetchone()[2]
        for index in connection.execute(f"PRAGMA index_list({table})").fetchall()
    ]
    return column in firsts
