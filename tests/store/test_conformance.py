"""What every stage has to stand: a text of a megabyte, other scripts, combining characters; the same in, the same out."""

from dataclasses import replace
from pathlib import Path

import pytest

from invented_reports import TEXT, bomb_report, capture_of, document_of
from purport.store import Store

TEXTS = {
    "a megabyte": TEXT + " The river was calm." * 52_000,
    "one line of one word": TEXT + " " + "x" * 1_000_000,
    "right to left": "\u202b" + "انفجار في السوق. " * 50 + "\u202c" + TEXT,
    "combining": "Ce\u0301line e\u0301tait la\u0300. " + TEXT,
    "beyond the first plane": "😀𝔸🇸🇾 " + TEXT,
    "control characters": "\x00\x01\x02\x03\x7f\u2028\u2029\ufeff " + TEXT,
}


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_kept_found_and_whole(store: Store, name: str) -> None:
    text = TEXTS[name]
    capture = capture_of(text.encode())
    report = bomb_report(document_of(capture, text))
    store.add(capture, report)
    assert store.report(report.document.id) == report
    hit = store.search("baker type:bombing").hits[0]
    assert [mark.of(hit.snippet.text) for mark in hit.snippet.marks] == ["baker"]
    assert store.verify() == ()


def test_the_same_pages_give_the_same_ids_and_digests(tmp_path: Path) -> None:
    capture = capture_of(TEXT.encode())
    report = bomb_report(document_of(capture, TEXT))
    found = []
    for name in ("one", "two"):
        with Store(tmp_path / name, create=True) as store:
            store.add(capture, report)
            shown = store.show(capture.id)
            found.append([(reading.id, reading.document_id) for reading in shown.readings])
    assert found[0] == found[1]


def test_what_goes_in_is_not_touched(store: Store) -> None:
    capture = capture_of(TEXT.encode())
    report = bomb_report(document_of(capture, TEXT))
    before = replace(report)
    store.add(capture, report)
    assert report == before
