"""Web archives: which records are pages, and what becomes of damaged ones."""

import gzip
import io
import tracemalloc
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest_ingest import PAGE, Read, Record, pages, warc_of

HTML = ("Content-Type", "text/html; charset=utf-8")


@pytest.fixture(params=[True, False], ids=["zipped", "bare"])
def zipped(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def _write(folder: Path, content: bytes) -> Path:
    path = folder / "crawl.bin"
    path.write_bytes(content)
    return path


def test_records_become_captures(read: Read, tmp_path: Path, zipped: bool) -> None:
    first = warc_of(*pages(1), zipped=zipped)
    path = _write(tmp_path, warc_of(*pages(3), zipped=zipped))
    found, failures = read(path)
    assert failures == []
    assert [capture.url for capture in found] == [f"http://paper.example/{n}" for n in range(3)]
    assert found[0].content == PAGE.replace(b"Two", b"0")
    assert (found[0].origin, found[1].origin) == (f"{path}#0", f"{path}#{len(first)}")
    assert (found[0].charset, found[0].media_type) == ("windows-1251", "text/html")
    assert found[0].retrieved_at == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_an_archive_zipped_as_a_whole_has_an_origin_for_each_page(read: Read, tmp_path: Path) -> None:
    found, failures = read(_write(tmp_path, gzip.compress(warc_of(*pages(4), zipped=False))))
    assert (len({capture.origin for capture in found}), failures) == (4, [])


@pytest.mark.parametrize(
    ("record", "media_type"),
    [
        (Record(), "text/html"),
        (Record(headers=[]), "text/html"),
        (Record(headers=[("content-type", "Application/XHTML+XML")]), "text/html"),
        (Record(b"Two people were hurt.", headers=[("Content-Type", "text/plain")]), "text/plain"),
        (Record(b"Two people were hurt.", type="conversion", headers=[("Content-Type", "text/plain")]), "text/plain"),
        (Record(type="resource", headers=[HTML]), "text/html"),
        (Record(gzip.compress(PAGE), headers=[HTML, ("Content-Encoding", "gzip")]), "text/html"),
        (Record(zlib.compress(PAGE), headers=[HTML, ("Content-Encoding", "deflate")]), "text/html"),
        (Record(zlib.compress(PAGE)[2:-4], headers=[HTML, ("Content-Encoding", "deflate")]), "text/html"),
        (Record(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), headers=[HTML, ("Transfer-Encoding", "chunked")]), "text/html"),
        (Record(PAGE, headers=[HTML, ("Transfer-Encoding", "chunked")]), "text/html"),
        (Record(PAGE, headers=[HTML, ("Content-Encoding", "gzip")]), "text/html"),
        (Record(PAGE, headers=[HTML, ("Content-Encoding", "br")]), "text/html"),
        (Record(status="404 Not Found"), None),
        (Record(status="301 Moved"), None),
        (Record(b"\x89PNG\r\n\x1a\n", headers=[("Content-Type", "image/png")]), None),
        (Record(b"\x89PNG\r\n\x1a\n"), None),
        (Record(b'{"a": 1}', headers=[("Content-Type", "application/json")]), None),
        (Record(b"User-agent: *", "http://paper.example/robots.txt", headers=[("Content-Type", "text/plain")]), None),
        (Record(b"body {}", headers=[("Content-Type", "text/css")]), None),
        (Record(b""), None),
        (Record(b"software: x", type="warcinfo", headers=[("Content-Type", "application/warc-fields")]), None),
        (Record(PAGE, type="metadata", headers=[HTML]), None),
    ],
)
def test_which_records_are_pages(read: Read, tmp_path: Path, *, record: Record, media_type: str | None, zipped: bool) -> None:
    found, failures = read(_write(tmp_path, warc_of(record, Record(), zipped=zipped)))
    assert failures == []
    assert len(found) == (2 if media_type else 1)
    if media_type:
        assert (found[0].media_type, found[0].content) == (media_type, PAGE if media_type == "text/html" else b"Two people were hurt.")


def test_brotli_is_undone(read: Read, tmp_path: Path) -> None:
    from fastwarc.stream_io import BrotliWriter

    packed = io.BytesIO()
    writer = BrotliWriter(packed)
    writer.write(PAGE)
    writer.close()
    found, failures = read(_write(tmp_path, warc_of(Record(packed.getvalue(), headers=[HTML, ("Content-Encoding", "br")]))))
    assert ([capture.content for capture in found], failures) == ([PAGE], [])


def test_half_an_archive_gives_every_whole_record(read: Read, tmp_path: Path, zipped: bool) -> None:
    whole = warc_of(*pages(5), zipped=zipped)
    offsets = [len(warc_of(*pages(n), zipped=zipped)) for n in range(6)]
    for end in range(offsets[2] + 1, offsets[3] - 12, 7):
        path = _write(tmp_path, whole[:end])
        found, [failure] = read(path)
        assert [capture.content for capture in found] == [record.body for record in pages(2)], end
        assert f"{offsets[2]:,}" in failure.what or f"{offsets[1]:,}" in failure.what
        assert failure.where in (f"{path}#{offsets[2]}", f"{path}#{offsets[1]}")


@pytest.mark.parametrize("end", [0, 1])
def test_an_archive_cut_between_records_is_whole(read: Read, tmp_path: Path, *, end: int, zipped: bool) -> None:
    found, failures = read(_write(tmp_path, warc_of(*pages(3 - end), zipped=zipped)))
    assert (len(found), failures) == (3 - end, [])


def test_reading_goes_on_after_a_damaged_record(read: Read, tmp_path: Path, zipped: bool) -> None:
    broken = bytearray(warc_of(*pages(5), zipped=zipped))
    start = len(warc_of(*pages(2), zipped=zipped))
    broken[start : start + 40] = b"\xff" * 40
    found, failures = read(_write(tmp_path, bytes(broken)))
    assert [capture.content for capture in found] == [pages(5)[n].body for n in (0, 1, 3, 4)]
    assert len(failures) == 1
    assert "damaged" in failures[0].what


def test_an_archive_without_pages_says_so(read: Read, tmp_path: Path) -> None:
    _, [failure] = read(_write(tmp_path, warc_of(Record(status="404 Not Found"))))
    assert "without any HTML or text page" in failure.what


@pytest.mark.parametrize(
    "content",
    [b"WARC/1.0\r\n", b"WARC/1.0\r\n\r\n", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nx", b"WARC/1.0\r\n" * 50],
)
def test_hostile_heads(read: Read, tmp_path: Path, content: bytes) -> None:
    found, failures = read(_write(tmp_path, content))
    assert found == []
    assert failures


@pytest.mark.parametrize(
    "record",
    [
        Record(PAGE + b" " * 2_000_000),
        Record(gzip.compress(PAGE + b" " * 2_000_000), headers=[HTML, ("Content-Encoding", "gzip")]),
        Record(gzip.compress(gzip.compress(PAGE + b" " * 2_000_000)), headers=[HTML, ("Content-Encoding", "gzip, gzip")]),
        Record(PAGE + b" " * 2_000_000, type="resource", headers=[HTML]),
        Record(gzip.compress(PAGE)[:-20], headers=[HTML, ("Content-Encoding", "gzip")]),
        Record(gzip.compress(PAGE), headers=[HTML, ("Content-Encoding", "pack200")]),
        Record(gzip.compress(PAGE), headers=[HTML, ("Content-Encoding", "br")]),
        Record(gzip.compress(PAGE)[:30], headers=[HTML, ("Content-Encoding", "gzip")]),
    ],
)
def test_one_bad_record_among_others(read: Read, tmp_path: Path, *, record: Record, zipped: bool) -> None:
    path = _write(tmp_path, warc_of(Record(), record, Record(), zipped=zipped))
    found, [failure] = read(path, max_page_bytes=1_000_000)
    assert len(found) == 2
    assert failure.where.startswith(f"{path}#")
    assert failure.remedy


def test_a_film_is_passed_over_without_being_held(read: Read, tmp_path: Path) -> None:
    film = Record(bytes(30_000_000), headers=[("Content-Type", "video/mp4")])
    path = _write(tmp_path, warc_of(film, Record(), zipped=False))
    del film
    tracemalloc.start()
    found, _ = read(path, max_page_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 1
    assert peak < 5_000_000


def _zip_of(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_wacz(read: Read, tmp_path: Path, *, method: int, zipped: bool) -> None:
    warc = warc_of(*pages(2), zipped=zipped)
    path = _write(tmp_path, _zip_of({"datapackage.json": b"{}", "archive/a.warc.gz": warc, "archive/b.warc.gz": warc}, method=method))
    found, failures = read(path)
    assert failures == []
    assert [capture.content for capture in found] == [record.body for record in pages(2)] * 2
    assert found[0].origin == f"{path}!archive/a.warc.gz#0"


def test_half_a_wacz(read: Read, tmp_path: Path) -> None:
    whole = _zip_of({"archive/a.warc.gz": warc_of(*pages(9))})
    _, [failure] = read(_write(tmp_path, whole[: len(whole) // 2]))
    assert "broken or cut zip" in failure.what


def test_a_damaged_member_does_not_hide_the_others(read: Read, tmp_path: Path) -> None:
    good = warc_of(*pages(2))
    whole = bytearray(_zip_of({"archive/a.warc.gz": good, "archive/b.warc.gz": good}, method=zipfile.ZIP_STORED))
    at = whole.index(good) + len(warc_of(*pages(1)))
    whole[at : at + 30] = b"\xff" * 30
    found, failures = read(_write(tmp_path, bytes(whole)))
    assert [capture.origin.split("!")[1].split("#")[0] for capture in found] == [
        "archive/a.warc.gz",
        "archive/b.warc.gz",
        "archive/b.warc.gz",
    ]
    assert failures


def test_a_zip_bomb_is_not_opened(read: Read, tmp_path: Path) -> None:
    path = _write(
        tmp_path, _zip_of({"archive/bomb.warc": b"WARC/1.0\r\n" + bytes(60_000_000), "archive/z.warc": warc_of(*pages(1), zipped=False)})
    )
    found, [failure] = read(path)
    assert len(found) == 1
    assert "zip bomb" in failure.what


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"word/document.xml": b"<x/>"}, "Word"),
        ({"xl/a.xml": b""}, "Excel"),
        ({"mimetype": b"application/epub+zip"}, "e-book"),
        ({"a.html": PAGE}, "a zip file, not a web archive"),
    ],
)
def test_other_zip_files_are_named(read: Read, tmp_path: Path, *, members: dict[str, bytes], words: str) -> None:
    _, [failure] = read(_write(tmp_path, _zip_of(members)))
    assert words in failure.what
