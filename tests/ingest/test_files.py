"""Files, folders, patterns and pipes, whole and broken."""

import gzip
import io
import os
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest_ingest import PAGE, Read, pages, warc_of

from purport.ingest import captures
from purport.model import Capture, Failure, digest_of
from purport.settings import Settings

TEXT = b"Two people were hurt near the river, the council said.\n"


def test_a_page_is_kept_byte_by_byte(read: Read, page: Path) -> None:
    [capture], failures = read(page)
    assert failures == []
    assert capture.content == PAGE
    assert capture.digest == digest_of(PAGE)
    assert capture.id == "cap-" + capture.digest.removeprefix("sha256:")[:16]
    assert (capture.origin, capture.media_type, capture.url, capture.charset) == (str(page), "text/html", None, None)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("page.txt", PAGE, "text/html"),
        ("page.html", TEXT, "text/plain"),
        ("page.pdf", TEXT, "text/plain"),
        ("page", TEXT.decode().encode("utf-16"), "text/plain"),
        ("page.jsonl", b"caf\xe9 \xff\xfe\0 " + TEXT * 9, "text/plain"),
    ],
)
def test_names_are_not_asked(read: Read, tmp_path: Path, *, name: str, content: bytes, media_type: str) -> None:
    (tmp_path / name).write_bytes(content)
    [capture], failures = read(tmp_path / name)
    assert (capture.media_type, capture.content, failures) == (media_type, content, [])


@pytest.mark.parametrize("content", [PAGE, TEXT])
def test_a_zipped_page_is_unzipped(read: Read, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "page.html").write_bytes(gzip.compress(content[:20]) + gzip.compress(content[20:]))
    [capture], failures = read(tmp_path / "page.html")
    assert (capture.content, failures) == (content, [])


def test_folders_are_read_in_order_without_hidden_files(read: Read, tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt", ".hidden.txt", ".git/x.txt", "c/d/e/f.txt", "saved.html", "saved_files/script.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    found, failures = read(tmp_path)
    assert [Path(capture.origin).relative_to(tmp_path).as_posix() for capture in found] == [
        "a.txt",
        "b/1.txt",
        "b/2.txt",
        "c/d/e/f.txt",
        "saved.html",
    ]
    assert failures == []


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["1.txt", "2.txt"]),
        ("**/*.txt", ["1.txt", "2.txt", "3.txt"]),
        ("**", ["1.txt", "2.txt", "3.txt", "z.htm"]),
        ("[1].txt", ["1.txt"]),
    ],
)
def test_patterns(read: Read, tmp_path: Path, *, pattern: str, names: list[str]) -> None:
    for name in ("2.txt", "1.txt", "sub/3.txt", "z.htm"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
    found, failures = read(tmp_path / pattern)
    assert (sorted(Path(capture.origin).name for capture in found), failures) == (names, [])


def test_a_file_whose_name_looks_like_a_pattern(read: Read, tmp_path: Path) -> None:
    (tmp_path / "report[1]*.txt").write_bytes(TEXT)
    assert len(read(tmp_path / "report[1]*.txt")[0]) == 1


def test_a_name_that_is_no_utf8(read: Read, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(name, "wb") as file:  # noqa: PTH123 (a path of bytes)
        file.write(TEXT)
    [capture], _ = read(tmp_path)
    assert capture.origin.encode().endswith(rb"/\xff.txt")


def test_links_are_followed_once(read: Read, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/1.txt").write_bytes(TEXT)
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    found, failures = read(tmp_path)
    assert (len(found), failures) == (1, [])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _blank(path: Path) -> None:
    path.write_bytes(b" \n\n\t")


def _elf(path: Path) -> None:
    path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(999))


def _png(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))


def _pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")


def _broken_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _missing(path: Path) -> None:
    pass


def _empty_folder(path: Path) -> None:
    path.mkdir()


def _cut_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(os.urandom(999).hex().encode())[:-300])


def _cut_gzip_head(path: Path) -> None:
    path.write_bytes(gzip.compress(TEXT)[:12])


def _broken_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(TEXT)[:10] + b"\xff\xff\xff" * 30)


def _twice_zipped(path: Path) -> None:
    path.write_bytes(gzip.compress(gzip.compress(TEXT)))


def _feed(path: Path) -> None:
    path.write_bytes(b'<rss version="2.0"><channel/></rss>')


def _bad_json(path: Path) -> None:
    path.write_bytes(b'[{"text": "a"},\n {"text"')


def _pipe(path: Path) -> None:
    path.parent.joinpath("folder").mkdir()
    os.mkfifo(path.parent / "folder/pipe")
    path.symlink_to("folder")


BAD = [
    (_empty, "empty"),
    (_blank, "nothing but blanks"),
    (_elf, "ELF"),
    (_png, "PNG"),
    (_pdf, "PDF"),
    (_broken_link, "link to nothing"),
    (_loop, "leads back to itself"),
    (_missing, "no such file"),
    (_empty_folder, "without files"),
    (_cut_gzip, "cut or broken gzip"),
    (_cut_gzip_head, "gzip"),
    (_broken_gzip, "broken gzip"),
    (_twice_zipped, "inside a gzip"),
    (_feed, "a feed"),
    (_bad_json, "not valid JSON"),
    (_pipe, "neither a file nor a folder"),
]


@pytest.mark.parametrize(("make", "words"), BAD, ids=[make.__name__ for make, _ in BAD])
def test_bad_input_is_named_and_the_rest_goes_on(read: Read, tmp_path: Path, page: Path, *, make: object, words: str) -> None:
    bad = tmp_path / "bad" / "input"
    bad.parent.mkdir()
    make(bad)  # type: ignore[operator]
    found, [failure] = read(page, bad, page)
    assert len(found) == 2
    assert failure.where.startswith(str(bad))
    assert words in failure.what
    assert failure.remedy
    assert failure.stage == "ingest"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("*.nothing", "no file matches"),
        ("", "not a path"),
        ("a\0b", "not a path"),
        ("ftp://a.example/", "not an address of the web"),
        ("file:///etc/hosts", "not an address of the web"),
    ],
)
def test_bad_names(read: Read, page: Path, *, name: str, words: str) -> None:
    found, [failure] = read(name, page)
    assert len(found) == 1
    assert words in failure.what


@pytest.fixture
def nobody() -> Iterator[None]:
    """Root may read everything, so a test that root runs becomes nobody for a while."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    yield
    os.seteuid(me)


@pytest.mark.parametrize(("locked", "mode"), [(".", 0), ("folder", 0), ("folder", 0o444), ("folder/page.txt", 0)])
def test_no_permission(read: Read, request: pytest.FixtureRequest, *, locked: str, mode: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        (root / "folder").mkdir()
        (root / "folder/page.txt").write_bytes(TEXT)
        (root / locked).chmod(mode)
        request.getfixturevalue("nobody")
        _, [failure] = read(root / "folder/page.txt")
        _, failures = read(root)
        os.seteuid(os.getuid())
        (root / locked).chmod(0o755)
    assert "permission denied" in failure.what
    assert any("permission denied" in failure.what for failure in failures)


def test_a_huge_line_is_refused_by_its_size(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    with path.open("wb") as file:
        file.write(b"a" * 100_000)
        file.truncate(200_000_000)
    tracemalloc.start()
    found, [failure] = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == []
    assert failure.what == "200,000,000 bytes; a page may have 20,000,000 bytes at most"
    assert "max_page_bytes" in failure.remedy
    assert peak < 10_000_000


@pytest.mark.parametrize("limit", [1, len(PAGE) - 1])
def test_the_limit_is_exact(read: Read, page: Path, limit: int) -> None:
    assert read(page, max_page_bytes=limit)[0] == []
    assert len(read(page, max_page_bytes=len(PAGE))[0]) == 1


def test_a_gzip_bomb_is_refused_while_it_swells(read: Read, tmp_path: Path, bomb: bytes) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(bomb)
    tracemalloc.start()
    found, [failure] = read(path, max_page_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == []
    assert "1,000,000 bytes at most" in failure.what
    assert peak < 10_000_000


class Pipe(io.RawIOBase):
    """A stream that cannot jump, over and over the same bytes if ``endless``."""

    def __init__(self, content: bytes, *, endless: bool = False) -> None:
        self.content, self.endless, self.given = content, endless, 0
        self.rest = content

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self.rest and self.endless:
            self.rest = self.content
        piece = self.rest[: len(buffer)]
        self.rest = self.rest[len(piece) :]
        buffer[: len(piece)] = piece
        self.given += len(piece)
        return len(piece)


def _pipe_in(monkeypatch: pytest.MonkeyPatch, pipe: Pipe) -> Pipe:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(pipe)))
    return pipe


@pytest.mark.parametrize(
    ("content", "number"),
    [
        (PAGE, 1),
        (TEXT, 1),
        (gzip.compress(PAGE), 1),
        (warc_of(*pages(3)), 3),
        (warc_of(*pages(3), zipped=False), 3),
        (b'{"text": "a"}\n{"text": "b"}', 2),
        (b"", 0),
    ],
)
def test_standard_input(read: Read, monkeypatch: pytest.MonkeyPatch, *, content: bytes, number: int) -> None:
    _pipe_in(monkeypatch, Pipe(content))
    found, failures = read("-")
    assert len(found) == number
    assert len(failures) == (not number)
    assert all(one.origin.startswith("-") for one in found)


@pytest.mark.parametrize(("first", "size"), [(b"", "1,000,000"), (b'{"text": "', "2,000,000")])
def test_an_endless_pipe_is_left(monkeypatch: pytest.MonkeyPatch, *, first: bytes, size: str) -> None:
    pipe = _pipe_in(monkeypatch, Pipe(b"words without an end ", endless=True))
    pipe.rest = first
    found = next(captures(["-"], settings=Settings(max_page_bytes=1_000_000)))
    assert isinstance(found, Failure)
    assert f"{size} bytes" in found.what
    assert pipe.given < 3_000_000


def test_the_second_page_is_not_read_before_the_first_is_taken(page: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.txt"
    found: Iterator[object] = captures([str(page), str(second)], settings=Settings())
    assert isinstance(next(found), Capture)
    second.write_bytes(TEXT)
    assert getattr(next(found), "content", None) == TEXT


def test_the_same_page_has_the_same_id_anywhere(read: Read, page: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.html.gz").write_bytes(gzip.compress(PAGE))
    found, _ = read(page, tmp_path / "copy.html.gz")
    assert len({capture.id for capture in found}) == 1


MHTML = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://paper.example/1\r
Subject: Shelling\r
Date: Thu, 4 Mar 2021 05:06:07 -0000\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="----X"\r
\r
------X\r
Content-Type: text/html\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://paper.example/1\r
\r
<html><body><p>Two=20people were hurt.</p></body></html>\r
------X\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0KGgo=\r
------X--\r
"""


def test_mhtml(read: Read, tmp_path: Path) -> None:
    (tmp_path / "page.mhtml").write_bytes(MHTML)
    [capture], failures = read(tmp_path)
    assert failures == []
    assert b"<p>Two people were hurt.</p>" in capture.content
    assert (capture.media_type, capture.url) == ("text/html", "https://paper.example/1")
    assert capture.retrieved_at is not None
    assert capture.retrieved_at.isoformat() == "2021-03-04T05:06:07+00:00"


def test_mhtml_without_a_page(read: Read, tmp_path: Path) -> None:
    (tmp_path / "page.mhtml").write_bytes(MHTML.replace(b"text/html", b"text/css"))
    _, [failure] = read(tmp_path)
    assert "without an HTML part" in failure.what
