"""A newer reader over stored pages."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from invented_reports import Page, bomb_page, bomb_report, document_of, plain_page
from purport.model import Capture, Failure, Report, Verdict
from purport.store import Difference, Store


def newer(capture: Capture, options: Mapping[str, str]) -> Report:
    """Says the same but for the target, and finds the killed where there was nothing."""
    text = capture.content.decode().removeprefix("<html>").removesuffix("</html>")
    if "market" not in text:
        return replace(plain_page(int(capture.origin[6:-5]))[1], reader="rules 2")
    report = bomb_report(document_of(capture, text), reader="rules 2")
    event = report.events[0]
    return replace(report, events=(replace(event, claims=tuple(c for c in event.claims if c.role.value != "target")), *report.events[1:]))


def test_same_claims_keep_ids_and_judgements_and_the_difference_is_listed(filled: Store, page: Page) -> None:
    filled.add(*plain_page(7))
    kept, gone = page[1].events[0].claims[1], page[1].events[0].claims[2]
    judgements = [filled.judge(claim.id, Verdict.ACCEPT, coder="Ada") for claim in (kept, gone)]
    differences = list(filled.reread(newer, label="rules 2"))
    assert [(len(d.added), len(d.removed), len(d.kept)) for d in differences] == [(0, 1, 9), (0, 0, 1)]
    assert differences[0].removed == (gone,)
    assert (differences[0].capture_id, differences[0].document_id, differences[0].origin) == (page[0].id, page[1].document.id, "page.html")
    assert not filled.show(kept.id).superseded
    assert filled.show(gone.id).superseded
    assert [filled.judgements(claim.id) for claim in (kept, gone)] == [(judgements[0],), (judgements[1],)]
    assert filled.verify() == ()


def test_added_claims_are_listed(store: Store) -> None:
    capture, report = bomb_page()
    store.add(capture, replace(report, events=report.events[:1]))
    (difference,) = store.reread(lambda c, _: replace(report, reader="rules 2"), label="rules 2")
    assert difference.added == report.events[1].claims
    assert difference.removed == ()


def test_pages_that_this_reader_has_read_are_left_alone(filled: Store) -> None:
    assert list(filled.reread(newer, label="rules 1")) == []
    assert len(list(filled.reread(newer, label="rules 2"))) == 1
    assert list(filled.reread(newer, label="rules 2")) == []


def test_an_interrupted_run_goes_on_where_it_stopped(store: Store, path: Path) -> None:
    for number in range(5):
        store.add(*plain_page(number))
    run = store.reread(newer, label="rules 2")
    first = [next(run), next(run)]
    run.close()
    store.close()
    with Store(path) as again:
        rest = list(again.reread(newer, label="rules 2"))
        assert [d.origin for d in first + rest] == [f"pages/{number}.html" for number in range(5)]
        assert again.counts() | {"readings": 10, "documents": 5} == again.counts()
        assert again.verify() == ()


def test_a_page_that_fails_keeps_what_it_had(filled: Store, page: Page) -> None:
    failure = Failure("page.html", "no words", "look", "read")
    (difference,) = filled.reread(lambda c, _: failure, label="rules 2")
    assert (difference.failure, difference.removed, len(difference.kept)) == (failure, (), 10)
    assert filled.report(page[1].document.id) == page[1]
    assert filled.failures() == (failure,)


def test_a_page_that_could_not_be_read_is_tried_again(store: Store, page: Page) -> None:
    store.add(page[0], Failure("page.html", "no words"))
    (difference,) = store.reread(newer, label="rules 2")
    assert len(difference.added) == 9
    assert store.failures() == ()


def test_a_fault_in_the_reader_leaves_the_file_whole(filled: Store) -> None:
    def broken(capture: Capture, options: Mapping[str, str]) -> Report:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(filled.reread(broken, label="rules 2"))
    assert filled.verify() == ()


def test_the_reader_gets_the_capture_as_first_met_and_what_the_user_said(store: Store) -> None:
    capture, report = bomb_page()
    store.add(replace(capture, hints={"published": "2015-03-04"}, charset="utf-8"), report, options={"outlet": "The Mirror"})
    store.add(replace(capture, origin="a copy", hints={"published": "2016"}), report, options={"outlet": "The Mirror"})
    met: list[object] = []

    def look(found: Capture, options: Mapping[str, str]) -> Report:
        met.extend([found, dict(options)])
        return replace(report, reader="rules 2")

    assert [type(difference) for difference in store.reread(look, label="rules 2")] == [Difference]
    assert met == [replace(capture, hints={"published": "2015-03-04"}, charset="utf-8"), {"outlet": "The Mirror"}]
    assert store.options(capture.id) == {"outlet": "The Mirror"}
