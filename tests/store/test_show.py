"""One thing by its id or a prefix."""

from dataclasses import replace

import pytest

from invented_reports import Page, plain_page
from purport.errors import StoreError
from purport.store import Store


def ids_of(page: Page) -> dict[str, str]:
    capture, report = page
    event = report.events[0]
    return {
        "document": report.document.id,
        "event": event.id,
        "claim": event.claims[2].id,
        "attribution": report.attributions[1].id,
        "capture": capture.id,
    }


@pytest.mark.parametrize("kind", ["document", "event", "claim", "attribution", "capture"])
@pytest.mark.parametrize("length", [None, 12])
def test_by_id_and_by_prefix(filled: Store, page: Page, kind: str, length: int | None) -> None:
    shown = filled.show(ids_of(page)[kind][:length])
    assert (shown.kind, shown.id) == (kind, ids_of(page)[kind])
    assert (shown.report, shown.digest, shown.superseded) == (page[1], page[0].digest, False)
    assert [seen.url for seen in shown.sightings] == ["https://courier.example/a"]
    assert (shown.event is not None) == (kind in ("event", "claim"))
    assert shown.claim == (page[1].events[0].claims[2] if kind == "claim" else None)
    assert shown.attribution == (page[1].attributions[1] if kind == "attribution" else None)


def test_a_reading_by_its_id(filled: Store, page: Page) -> None:
    reading = filled.show(page[0].id).readings[0]
    shown = filled.show(reading.id)
    assert (shown.kind, shown.report) == ("reading", page[1])


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("evt-0", "a prefix needs 6 characters"),
        ("evt-0000", "nothing has this id"),
        ("", "a prefix needs"),
        ("%_%_%_%", "nothing has this id"),
    ],
)
def test_nothing_there(filled: Store, asked: str, what: str) -> None:
    with pytest.raises(StoreError, match=what) as caught:
        filled.show(asked)
    assert caught.value.where == asked


def test_a_prefix_of_several_lists_them(store: Store) -> None:
    ids = []
    for number in range(3):
        capture, report = plain_page(number)
        ids.append(f"wire-2015-{number}")
        store.add(capture, replace(report, document=replace(report.document, id=ids[-1]), events=()))
    with pytest.raises(StoreError, match="fits several") as caught:
        store.show("wire-20")
    assert all(f"document {name}" in caught.value.what for name in ids)
    assert store.show("wire-2015-2").id == "wire-2015-2"


def test_a_whole_id_that_begins_another_is_itself(store: Store) -> None:
    for number, name in enumerate(["page-1", "page-10"]):
        capture, report = plain_page(number)
        store.add(capture, replace(report, document=replace(report.document, id=name), events=()))
    assert store.show("page-1").id == "page-1"


def test_an_unknown_document_has_no_report(filled: Store) -> None:
    with pytest.raises(StoreError, match="no such document"):
        filled.report("doc-x")
