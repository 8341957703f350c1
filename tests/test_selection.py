"""Less of a page than there is."""

from dataclasses import replace

import pytest

from invented_reports import bomb_page
from purport.api import Page
from purport.selection import confident, masked


@pytest.mark.parametrize(("at_least", "events"), [(0.0, 2), (0.75, 2), (0.76, 0)])
def test_only_what_is_trusted(at_least: float, events: int) -> None:
    page = Page(*bomb_page())
    assert len(confident(page, at_least=at_least).report.events) == events


def test_an_event_goes_when_nobody_tells_it_any_more() -> None:
    capture, report = bomb_page()
    told, *others = report.events[0].claims
    doubted = replace(report.events[0], claims=(replace(told, confidence=0.1), *others))
    page = confident(Page(capture, replace(report, events=(doubted,))), at_least=0.5)
    assert page.report.events == ()


def test_masked_pages_do_not_say_where_they_lay() -> None:
    page = masked(Page(*bomb_page(origin="Haddouli.html", url="https://courier.example/haddouli")))
    assert (page.capture.origin, page.capture.url) == ("", None)
    assert "Haddouli" not in page.report.document.text
    assert page.capture.digest
