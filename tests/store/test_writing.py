"""Adding pages: once each, whole or not at all."""

import re
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from invented_reports import TEXT, Page, bomb_page, bomb_report, capture_of, document_of, plain_page
from purport.errors import InputError, StoreError
from purport.model import Failure, Report, Verdict
from purport.store import Outcome, Store


def raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def test_a_report_comes_back_as_it_went_in(store: Store, page: Page) -> None:
    assert store.add(*page) is Outcome.NEW
    assert store.report(page[1].document.id) == page[1]
    assert list(store.reports()) == [page[1]]


def test_the_same_again_changes_nothing(filled: Store, page: Page) -> None:
    before = filled.counts()
    assert filled.add(*page) is Outcome.SEEN
    assert filled.counts() == before


def test_the_same_page_twice_is_one_capture_twice_seen(filled: Store, page: Page) -> None:
    capture, report = page
    again = replace(capture, origin="copy.warc.gz#120", retrieved_at=datetime(2015, 3, 5, tzinfo=UTC), hints={"outlet": "Mirror"})
    assert filled.add(again, report) is Outcome.SEEN
    assert filled.counts() | {"captures": 1, "sightings": 2, "documents": 1, "readings": 1} == filled.counts()
    sightings = filled.show(capture.id).sightings
    assert [(seen.origin, seen.retrieved_at) for seen in sightings] == [
        ("page.html", None),
        ("copy.warc.gz#120", "2015-03-05T00:00:00+00:00"),
    ]
    assert sightings[1].hints == {"outlet": "Mirror"}


def test_two_pages_with_one_text_keep_it_once(store: Store, path: Path) -> None:
    for number in (1, 2):
        capture = capture_of(f"<p id={number}>{TEXT}".encode(), origin=f"{number}.html")
        store.add(capture, bomb_report(document_of(capture, TEXT)))
    with raw(path) as connection:
        assert connection.execute("SELECT count(*) FROM texts").fetchone() == (1,)
    assert store.counts()["documents"] == 2


def test_a_failed_page_keeps_its_bytes_and_the_reason_until_it_is_read(store: Store, page: Page) -> None:
    capture, report = page
    failure = Failure("page.html", "no words in this page", "check it", "read")
    for _ in range(2):
        assert store.add(capture, failure) is Outcome.FAILED
    assert store.failures() == (failure,)
    assert store.counts() | {"captures": 1, "sightings": 1, "documents": 0, "failures": 1} == store.counts()
    assert store.show(capture.id).report is None
    assert store.verify() == ()
    assert store.add(capture, report) is Outcome.NEW
    assert store.failures() == ()


def test_a_failure_without_a_page_is_kept(store: Store) -> None:
    failure = Failure("half.warc.gz", "ends in the middle of a record", "download it again")
    store.add_failure(failure)
    store.add_failure(failure)
    assert store.failures() == (failure,)


def test_bytes_that_are_not_those_of_the_digest_are_refused(store: Store, page: Page) -> None:
    with pytest.raises(InputError, match="its bytes are not those"):
        store.add(replace(page[0], content=b"other"), page[1])
    assert set(store.counts().values()) == {0}


def test_text_that_is_not_unicode_is_refused(store: Store) -> None:
    capture, report = plain_page(1, text="A bomb \ud800")
    with pytest.raises(InputError, match=r"pages/1\.html: its text holds characters that are not Unicode"):
        store.add(capture, report)


def test_one_document_id_for_two_captures_is_refused(filled: Store, page: Page) -> None:
    capture, report = plain_page(1)
    taken = replace(report, document=replace(report.document, id=page[1].document.id))
    with pytest.raises(InputError, match="already kept from"):
        filled.add(capture, taken)
    assert filled.counts()["documents"] == 1


def test_characters_at_the_edges_are_kept(store: Store) -> None:
    text = "A bomb\0 went off 😀 e\u0301 \u202eانفجار\u202c ' \" ; DROP TABLE claims; --"
    capture, report = plain_page(1, text=text, title=None, outlet=None)
    store.add(capture, report)
    assert store.report(report.document.id).document.text == text
    assert store.verify() == ()
    assert store.search("انفجار").total == 1


def test_a_page_of_another_reader_replaces_the_reading_and_keeps_the_old(filled: Store, page: Page) -> None:
    capture, report = page
    newer = replace(report, reader="rules 2", events=report.events[1:])
    assert filled.add(capture, newer) is Outcome.REREAD
    assert filled.report(report.document.id) == newer
    gone = report.events[0].claims[3]
    shown = filled.show(gone.id)
    assert (shown.superseded, shown.claim, shown.report) == (True, gone, report)
    assert [(reading.reader, reading.current) for reading in shown.readings] == [("rules 1", False), ("rules 2", True)]
    assert filled.search("type:bombing").total == 0
    assert filled.verify() == ()


def test_going_back_to_an_old_reading_needs_no_third(filled: Store, page: Page) -> None:
    capture, report = page
    filled.add(capture, replace(report, reader="rules 2", events=()))
    assert filled.add(capture, report) is Outcome.REREAD
    assert filled.counts()["readings"] == 2
    assert not filled.show(report.events[0].claims[0].id).superseded
    assert filled.verify() == ()


def test_a_new_text_is_kept_beside_the_old(filled: Store, page: Page) -> None:
    capture, report = page
    text = "Extracted better. " + TEXT
    newer = bomb_report(document_of(capture, text, title="New"), reader="rules 2")
    filled.add(capture, newer)
    assert filled.search("better").total == 1
    assert filled.search('title:"Car bomb"').total == 0
    old = filled.show(report.events[0].claims[0].id)
    assert old.report is not None
    assert old.report.document.text == TEXT
    assert filled.verify() == ()


@pytest.mark.parametrize("table", ["contents", "texts", "captures", "readings", "judgements", "log"])
@pytest.mark.parametrize("change", ["UPDATE {} SET rowid = 9", "DELETE FROM {}"])
def test_what_is_kept_for_good_cannot_be_changed(filled: Store, path: Path, page: Page, table: str, change: str) -> None:
    filled.judge(page[1].events[0].claims[0].id, Verdict.ACCEPT, coder="Ada")
    change = change.replace("rowid = 9", "compressed = x'00'") if table == "contents" else change
    with raw(path) as connection, pytest.raises(sqlite3.IntegrityError, match=re.compile("never (changed|deleted)")):
        connection.execute(change.format(table))


def test_a_page_that_cannot_be_written_leaves_nothing(store: Store, path: Path, page: Page) -> None:
    with raw(path) as connection:
        connection.execute("CREATE TRIGGER stop BEFORE INSERT ON claims BEGIN SELECT RAISE (ABORT, 'stop'); END")
    before = store.counts()
    with pytest.raises(StoreError, match="stop"):
        store.add(*page)
    assert store.counts() == before
    with raw(path) as connection:
        assert connection.execute("SELECT (SELECT count(*) FROM log), (SELECT count(*) FROM contents)").fetchone() == (0, 0)


def test_hundreds_of_claims_of_one_page(store: Store) -> None:
    capture, report = bomb_page()
    events = tuple(replace(report.events[0], id=f"evt-{n:05}") for n in range(300))
    many = replace(report, events=tuple(replace(e, claims=tuple(replace(c, event_id=e.id) for c in e.claims)) for e in events))
    store.add(capture, many)
    assert store.counts()["events"] == 300
    assert isinstance(store.report(report.document.id), Report)
