"""Bad input end to end: each one is named with a remedy, the exit code says so, and everything else is kept."""

import gzip
import os
import resource
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest_ingest import pages, warc_of
from typer.testing import CliRunner, Result

from own_process import purport
from purport import project
from purport.cli.app import app
from purport.settings import Settings
from purport.store import Store

TEXT = "A car bomb killed at least {number} people in Aleppo on Tuesday, the governor said. Shops near the market stayed closed for days."
ARABIC = "قالت الشرطة إن سيارة مفخخة انفجرت يوم الاثنين خارج سوق مزدحمة في المدينة. " * 5


def add(db: Path, *inputs: Path | str) -> Result:
    """``purport add`` with these inputs."""
    return CliRunner().invoke(app, ["add", str(db), *map(str, inputs)], catch_exceptions=False)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "project.purport"


@pytest.fixture
def good(tmp_path: Path) -> list[Path]:
    """Two pages that can be read."""
    paths = [tmp_path / f"good{number}.txt" for number in (1, 2)]
    for number, path in enumerate(paths, start=11):
        path.write_text(TEXT.format(number=number), encoding="utf-8")
    return paths


def write(content: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


def write_line_of_200_megabytes(path: Path) -> None:
    """Sparse: the file has the size but takes no space."""
    with path.open("wb") as file:
        file.write(b"The army said so. " * 20_000)
        file.truncate(200_000_000)


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


#: What is written, and words of the message.
REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "empty file": (write(b""), "empty"),
    "white space": (write(b" \n\t\n " * 50), "blanks"),
    "binary file": (write(bytes(range(256)) * 100), "binary"),
    "picture": (write(b"\x89PNG\r\n\x1a\n" + bytes(2_000)), "image"),
    "gzip bomb": (write(gzip.compress(b"The army said so. " * 5_000_000, 1)), "20,000,000 bytes"),
    "one line of 200 megabytes": (write_line_of_200_megabytes, "200,000,000 bytes"),
    "half a gzip": (write(half(gzip.compress(TEXT.encode() * 20 + os.urandom(2_000)))), "cut"),
    "page without words": (write(b"<!doctype html><html><head><title></title></head><body><img src='a.jpg'></body></html>"), "no words"),
    "NUL bytes only": (write(bytes(5_000)), "NUL bytes"),
    "broken Parquet": (write(b"PAR1" + bytes(200)), "Parquet"),
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(
    db: Path, good: list[Path], tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    bad = tmp_path / "bad input"
    make(bad)
    result = add(db, good[0], bad, good[1])
    bad.unlink()
    assert result.exit_code == 1
    assert "2 new, 0 seen before, 0 read again; 1 failed" in result.stdout
    [line] = [line for line in result.stderr.split("1 input could not be read:")[1].splitlines() if line.strip()]
    assert line.strip().startswith(str(bad)) and line.endswith(")")
    assert words.lower() in line.lower()
    assert_whole(db, documents=2)


def assert_whole(db: Path, *, documents: int) -> None:
    with Store(db, read_only=True) as store:
        assert store.verify() == ()
        assert store.counts()["documents"] == documents


READ = {
    "10,000 nested elements": (b"<html><body>" + b"<div>" * 10_000 + b"<p>%s</p>" + b"</div>" * 10_000 + b"</body></html>"),
    "NUL bytes in a page": b"<html><body><p>\0\0%s\0</p></body></html>",
    "invalid UTF-8": b'<html><head><meta charset="utf-8"></head><body><p>\xff\xfe\xc3 %s \x80\x81</p></body></html>',
    "a charset that is none": b'<html><head><meta charset="no-such"></head><body><p>%s</p></body></html>',
    "markup that never closes": b"<html><body><p>%s<b><i><table><tr><td>",
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_what_is_only_ugly_is_read(db: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ugly.html"
    path.write_bytes(content.replace(b"%s", TEXT.format(number=12).encode()))
    result = add(db, path)
    assert (result.exit_code, result.stdout.split(";")[0]) == (0, "1 new, 0 seen before, 0 read again")
    with Store(db, read_only=True) as store:
        (report,) = store.reports()
        assert "bombing" in [event.type for event in report.events]
    assert_whole(db, documents=1)


def test_half_an_archive_gives_its_whole_records_and_says_where_it_breaks(db: Path, good: list[Path], tmp_path: Path) -> None:
    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(warc_of(*pages(6))[:-100])
    result = add(db, archive, good[0])
    assert result.exit_code == 1
    report = result.stderr.split("could not be read:")[1]
    assert str(archive) in report and report.rstrip().endswith(")")
    with Store(db, read_only=True) as store:
        assert store.verify() == ()
        assert store.counts()["captures"] >= 6


def test_a_page_in_another_language_is_kept_searchable_and_marked(db: Path, good: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "arabic.txt"
    path.write_text(ARABIC, encoding="utf-8")
    result = add(db, path, good[0])
    assert result.exit_code == 0
    assert "1 of them in a language that is not read" in result.stdout
    found = CliRunner().invoke(app, ["search", str(db), "سوق"], catch_exceptions=False)
    assert found.exit_code == 0 and "not read: language: ar" in found.stdout
    with Store(db, read_only=True) as store:
        unread = [report for report in store.reports() if report.document.unread]
        assert [(r.document.unread, r.events) for r in unread] == [("language: ar", ())]
    assert_whole(db, documents=2)


def test_everything_bad_at_once_through_the_python_side(db: Path, good: list[Path], tmp_path: Path) -> None:
    paths = []
    for number, (make, _) in enumerate(list(REFUSED.values())[:5]):
        paths.append(tmp_path / f"bad{number}")
        make(paths[-1])
    inputs = [str(path) for path in (paths[0], good[0], *paths[1:], tmp_path / "missing", good[1])]
    with Store(db, create=True) as store:
        report = project.add(store, inputs, settings=Settings())
    assert (report.new, len(report.failures), report.interrupted) == (2, len(paths) + 1, False)
    assert [failure.where for failure in report.failures] == [*map(str, paths), str(tmp_path / "missing")]
    assert all(failure.what and failure.remedy for failure in report.failures)
    assert_whole(db, documents=2)


@pytest.mark.parametrize(
    "arguments",
    [
        ["add"],
        ["add", "x.purport"],
        ["add", "{db}", "{page}", "--published", "yesterday"],
        ["search", "{db}", "nonsense:1"],
        ["frobnicate"],
    ],
)
def test_wrong_use_is_2(db: Path, good: list[Path], arguments: list[str]) -> None:
    add(db, good[0])
    result = CliRunner().invoke(app, [argument.format(db=db, page=good[1]) for argument in arguments])
    assert result.exit_code == 2
    assert result.stderr.strip() and "Traceback" not in result.stderr
    assert_whole(db, documents=1)


# ------------------------------------------------------------------ where it is kept
@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


def test_a_read_only_disk_is_named_and_nothing_is_lost(open_folder: Path, good: list[Path]) -> None:
    db = open_folder / "project.purport"
    add(db, good[0])
    open_folder.chmod(0o555)
    result = add_as_nobody(db, good[1])
    open_folder.chmod(0o755)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(str(db)) and "writable" in result.stderr
    assert_whole(db, documents=1)


def add_as_nobody(db: Path, page: Path) -> Result:
    """Root may write everywhere, so a test that root runs becomes nobody for a while."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        return add(db, page)
    finally:
        os.seteuid(me)


def test_a_full_disk_is_named_and_what_is_kept_stays(db: Path, good: list[Path], tmp_path: Path) -> None:
    """Simulated by a limit on the size of files, which the system tells in other words than a disk without space."""
    add(db, good[0])
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.txt").write_text(TEXT.format(number=number) + f" Told {number}. " + "é" * 40_000, encoding="utf-8")

    def no_more() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (db.stat().st_size + 400_000,) * 2)

    process = purport("add", db, folder, preexec_fn=no_more)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1, said
    assert str(db) in said and "Traceback" not in said
    assert said.rstrip().endswith(")")
    with Store(db) as store:
        assert store.verify() == ()
        assert 1 <= store.counts()["documents"] < 41
    assert add(db, good[1]).exit_code == 0


def test_a_newer_schema_is_named_with_what_to_do(db: Path, good: list[Path]) -> None:
    add(db, good[0])
    connection = sqlite3.connect(db)
    connection.execute("PRAGMA user_version=999")
    connection.close()
    before = db.read_bytes()
    for command in (
        ["add", str(db), str(good[1])],
        ["search", str(db), "bomb"],
        ["verify", str(db)],
        ["export", str(db), "--format", "csv"],
    ):
        result = CliRunner().invoke(app, command, catch_exceptions=False)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(str(db)) and "newer purport" in result.stderr and "upgrade" in result.stderr
    assert db.read_bytes() == before


def test_two_commands_add_to_one_file_at_once(db: Path, tmp_path: Path) -> None:
    folders = []
    for name, first in (("a", 0), ("b", 10)):
        folders.append(tmp_path / name)
        folders[-1].mkdir()
        for number in range(first, first + 20):
            (folders[-1] / f"{number}.txt").write_text(TEXT.format(number=number), encoding="utf-8")
    running = [purport("add", db, folder) for folder in folders]
    outputs = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], outputs
    new = [int(out.split(" new")[0]) for out, _ in outputs]
    assert sum(new) == 30
    assert_whole(db, documents=30)
