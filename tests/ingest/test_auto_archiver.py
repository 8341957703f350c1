"""What auto-archiver writes: its CSV, its sheet, its JSON and its summaries, beside the archives that they name."""

import csv
import datetime
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest_ingest import PAGE, Read, Record, warc_of

from purport.model import Capture, Failure

URL = "http://paper.example/shelling"
OTHER = Record(PAGE.replace(b"Two", b"Nine"), "http://ads.example/frame")
WORDS = "Two people were hurt near the river on Monday, the council said."
KEPT_AT = datetime.datetime(2024, 5, 2, 10, 30, 1, 25, tzinfo=datetime.UTC)


def wacz(path: Path, *records: Record) -> str:
    """Write a web archive; its SHA-256 comes out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc_of(*records))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def record(*, files: dict[str, str] | None = None, **metadata: object) -> dict[str, Any]:
    """What auto-archiver holds of an item: ``files`` by name with their hashes."""
    media = [
        {"filename": f"tmp/{Path(name).name}", "_key": name, "urls": [name], "properties": {"id": "browsertrix", "hash": digest}}
        for name, digest in (files or {}).items()
    ]
    return {"status": "wacz: success", "metadata": {"_processed_at": KEPT_AT, "url": URL, **metadata}, "media": media}


def csv_db(path: Path, *rows: dict[str, Any]) -> Path:
    """As its csv_db writes: what is in the cells is printed as Python prints it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=["status", "metadata", "media"])
        writer.writeheader()
        writer.writerows(rows)
    return path


def summary(url: str, *, key: str, digest: str, content: str = "") -> str:
    rows = f"<tr><td>url</td><td><span class='copy'><a href='{url}'>{url}</a></span></td></tr><tr><td>content</td><td>{content}</td></tr>"
    return (
        f"<!DOCTYPE html><html><body><h2>Archived media for <span class='copy'>{url}</span></h2><table class='content'><tr><td><ul>"
        f"<li><b>key:</b> <span class='copy'>{key}</span></li>"
        f"<li><b>hash:</b> <span class='copy'>SHA-256:{digest}</span></li></ul></td></tr>"
        f"</table><table class='metadata'>{rows}</table>"
        "<p>Made with <a href='https://github.com/bellingcat/auto-archiver'>bellingcat/auto-archiver</a> v1.2.9</p></body></html>"
    )


def only(found: tuple[list[Capture], list[Failure]]) -> Capture:
    assert found[1] == []
    (page,) = found[0]
    return page


def test_a_row_leads_to_its_page_in_the_archive_beside_it(read: Read, tmp_path: Path) -> None:
    digest = wacz(tmp_path / "archive/item/site.wacz", OTHER, Record(url=URL))
    path = csv_db(tmp_path / "db.csv", record(files={"./archive/item/site.wacz": f"SHA-256:{digest}"}, title="A title", content="x"))
    page = only(read(path))
    assert (page.content, page.url) == (PAGE, URL)
    assert page.origin.startswith(f"{tmp_path}/archive/item/site.wacz!archive/data.warc.gz#")


def test_text_that_was_taken_stands_in_for_an_archive_that_is_elsewhere(read: Read, tmp_path: Path) -> None:
    told = record(
        files={"https://store.example/site.wacz": ""}, title="A post", content=WORDS, timestamp=datetime.datetime(2024, 5, 1, 9, 0)
    )
    page = only(read(csv_db(tmp_path / "db.csv", told)))
    assert (page.content.decode(), page.media_type, page.url, page.retrieved_at) == (WORDS, "text/plain", URL, KEPT_AT)
    assert page.hints == {"title": "A post", "published": "2024-05-01T09:00:00+00:00", "column": "content"}
    assert page.origin == f"{tmp_path}/db.csv#2"


def test_the_json_of_an_item(read: Read, tmp_path: Path) -> None:
    told = record(content=WORDS)
    for form in (json.dumps(told, default=str), json.dumps(told, default=str, indent=4)):
        (tmp_path / "metadata.json").write_text(form)
        page = only(read(tmp_path / "metadata.json"))
        assert (page.content.decode(), page.retrieved_at) == (WORDS, KEPT_AT)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_sheet(read: Read, tmp_path: Path, separator: str) -> None:
    wacz(tmp_path / "site.wacz", Record(url=URL))
    rows = [
        ["Link", "Archive status", "Upload title", "Text content", "WACZ", "Notes"],
        [URL, "wacz: success", "", "", "https://store.example/a/b/site.wacz", ""],
        ["http://paper.example/2", "generic: success", "Title", f"{WORDS}\nA second line.", "", "x"],
        ["http://paper.example/3", "Archive failed no archiver", "", "", "", ""],
        ["http://paper.example/4", "generic: success", "", "", "", ""],
    ]
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(rows)
    (tmp_path / "sheet.csv").write_bytes(b"\xef\xbb\xbf" + file.getvalue().encode())
    [archived, text], failures = read(tmp_path / "sheet.csv")
    assert (archived.content, text.content.decode()) == (PAGE, f"{WORDS}\nA second line.")
    assert [failure.where for failure in failures] == [f"{tmp_path}/sheet.csv#4", f"{tmp_path}/sheet.csv#5"]
    assert ["did not keep" in failures[0].what, "kept media of" in failures[1].what] == [True, True]


def test_a_folder_with_all_of_it_gives_each_page_once_and_opens_no_media(read: Read, tmp_path: Path) -> None:
    digest = wacz(tmp_path / "item/site.wacz", Record(url=URL))
    (tmp_path / "item/formatted.html").write_text(summary(URL, key="archive/item/site.wacz", digest=digest))
    for name in ("shot.png", "film.mp4", "cert.pem"):
        (tmp_path / "item" / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    csv_db(tmp_path / "db.csv", record(files={"archive/item/site.wacz": f"SHA-256:{digest}"}))
    pages, failures = read(tmp_path)
    assert failures == []
    assert {page.id for page in pages} == {pages[0].id}
    assert {page.content for page in pages} == {PAGE}


def test_a_summary_without_its_archive_gives_its_text(read: Read, tmp_path: Path) -> None:
    (tmp_path / "formatted.html").write_text(summary(URL, key="item/site.wacz", digest="0" * 64, content=WORDS))
    assert only(read(tmp_path)).content.decode() == WORDS
    (tmp_path / "formatted.html").write_text(summary(URL, key="item/site.wacz", digest="0" * 64))
    pages, [failure] = read(tmp_path)
    assert (pages, "its archive is not here (item/site.wacz" in failure.what) == ([], True)


def test_an_archive_that_is_not_the_one_noted_is_said_and_not_read(read: Read, tmp_path: Path) -> None:
    wacz(tmp_path / "site.wacz", Record(url=URL))
    pages, failures = read(csv_db(tmp_path / "db.csv", record(files={"site.wacz": f"SHA-256:{'0' * 64}"})))
    assert pages == []
    assert "is not what was noted: SHA-256" in failures[0].what


@pytest.mark.parametrize(
    "name", ["../secret.wacz", "/../secret.wacz", "a/../../secret.wacz", "..\\secret.wacz", "link.wacz", "x\0.wacz", "y" * 5000 + ".wacz"]
)
def test_nothing_outside_the_folder_is_opened(read: Read, tmp_path: Path, name: str) -> None:
    wacz(tmp_path / "secret.wacz", Record(url=URL))
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.wacz").symlink_to(tmp_path / "secret.wacz")
    pages, [failure] = read(csv_db(inside / "db.csv", record(files={name: ""})))
    assert pages == []
    assert "its archive is not here" in failure.what


@pytest.mark.parametrize(
    "cell",
    ["{", "[" * 5000, "__import__('os').system('true')", "-" * 100_000 + "1", "{'url': " * 300, "'" + "x" * 200_000, "{1: 2}['a']", "None"],
)
def test_cells_that_make_no_sense_are_said_and_the_run_goes_on(read: Read, tmp_path: Path, cell: str) -> None:
    bad = {"status": "success", "metadata": cell, "media": "[]"}
    [page], [failure] = read(csv_db(tmp_path / "db.csv", bad, record(content=WORDS)))
    assert page.content.decode() == WORDS
    assert failure.where == f"{tmp_path}/db.csv#2"


@pytest.mark.parametrize(
    ("content", "said"), [(b"url,text\nhttp://a.example,caf\xe9\n", "not UTF-8"), (b'url,text\n"a' + b"x" * 2_000_000, "broken CSV")]
)
def test_a_broken_csv_is_said(read: Read, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    pages, [failure] = read(tmp_path / "t.csv", max_page_bytes=1_000_000)
    assert pages == []
    assert said in failure.what


def test_any_csv_with_text_and_something_beside_it_is_a_table(read: Read, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f'URL;Title;Text\n{URL};A title;"{WORDS}"\n;;\n{URL}2;;"{WORDS} Again; and again."\n')
    [first, second], failures = read(tmp_path / "t.csv")
    assert failures == []
    assert (first.url, first.hints["title"], first.content.decode()) == (URL, "A title", WORDS)
    assert (second.origin, second.content.decode()) == (f"{tmp_path}/t.csv#4", f"{WORDS} Again; and again.")


def test_a_text_that_only_looks_like_a_head_stays_a_text(read: Read, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("Text, photos and films\n\nTwo people were hurt near the river on Monday.\n")
    assert only(read(tmp_path / "p.txt")).media_type == "text/plain"
