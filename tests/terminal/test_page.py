"""The terminal view: what it says, how it fits, and that a hostile page cannot drive it."""

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from hostile import hostile_page, spoken_safely
from invented_reports import bomb_page, plain_page
from purport.model import Report
from purport.terminal import page_view


def printed(report: Report, *, columns: int = 100, digest: str = "", with_ids: bool = False, encoding: str = "utf-8") -> str:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace")
    console = Console(file=file, width=columns, markup=False, highlight=False, emoji=False)
    console.print(page_view(report, digest=digest, with_ids=with_ids))
    file.seek(0)
    return file.read()


def test_the_page_and_its_events_in_words() -> None:
    _, report = bomb_page()
    text = " ".join(printed(report, digest="sha256:0123456789abcdef").split())
    for words in (
        "The Harbour Courier",
        "Car bomb hits market in Aleppo",
        "4 March 2015 (meta article:published_time) · language: en",
        "sha256 0123456789ab…",
        "1 BOMBING actual, certain · claimed",
        "said by the governor; not independently reported.",
        "at least 12 killed (people)",
        "« at least 12 people »",
        "Aleppo, Syria (named place) « Aleppo »",
        "3 March 2015 (day) « 3 March 2015 »",
        "2 SHELLING unrealised threatened by",
        "threatened by The group (a party to the conflict); not told as having happened.",
    ):
        assert words.lower() in text.lower()


@pytest.mark.parametrize("columns", [40, 140])
def test_each_claim_says_how_likely_it_is_read_right(columns: int) -> None:
    _, report = bomb_page()
    text = " ".join(printed(report, columns=columns).split())
    assert text.count("75%") == sum(len(event.claims) for event in report.events)
    assert "the governor · says · 75%" in text


@pytest.mark.parametrize(("others", "shown"), [((0.62, 0.31), "75%"), ((0.62, 0.91), "91%"), ((0.9951, 0.2), "100%")])
def test_claims_that_say_the_same_show_the_greatest_of_their_confidences(others: tuple[float, ...], shown: str) -> None:
    _, report = bomb_page()
    event = report.events[0]
    count = event.claims[-1]
    again = [replace(count, id=f"clm-{sure}", words=f"words {sure}", confidence=sure) for sure in others]
    text = printed(replace(report, events=(replace(event, claims=(count, *again)),)), columns=140)
    assert re.findall(r"\d+%", text) == [shown]
    assert all(f"words {sure}" in text for sure in others)


@pytest.mark.parametrize("columns", [32, 50, 72, 100])
def test_no_line_is_longer_than_the_terminal(columns: int) -> None:
    _, report = bomb_page()
    assert max(map(len, printed(report, columns=columns).splitlines())) <= columns


def test_on_a_narrow_terminal_the_chain_stands_under_its_quote() -> None:
    _, report = bomb_page()
    text = printed(report, columns=50)
    assert "← the Tidewater Agency" in " ".join(text.split())


def test_what_is_missing_is_said() -> None:
    _, report = plain_page(1, text="Nothing happened.", outlet=None, title=None, published=None, published_from=None)
    text = printed(report)
    for words in ("outlet not known", "no headline", "undated", "No event of political violence was found"):
        assert words in text


def test_a_page_that_is_not_read_says_so() -> None:
    _, report = plain_page(1, text="لا شيء", unread="language: ar", language="ar")
    assert "not read: language: ar" in printed(report)
    assert "Kept and searchable" in printed(report)


def test_ids_are_there_when_asked_for() -> None:
    _, report = bomb_page()
    text = printed(report, with_ids=True)
    assert report.document.id in text
    assert report.events[0].claims[0].id in text
    assert report.events[0].id not in printed(report)


def test_a_hostile_page_stays_inert() -> None:
    assert spoken_safely(printed(hostile_page()[1]))
    assert "<script>" in printed(hostile_page()[1])


def test_a_terminal_without_the_letters_gets_escapes() -> None:
    _, report = bomb_page()
    assert "said by the governor" in printed(report, encoding="ascii").lower()


def test_a_very_long_name_is_wrapped() -> None:
    _, report = bomb_page()
    long = replace(report, document=replace(report.document, outlet="Very " * 60, title="word" * 100))
    assert max(map(len, printed(long, columns=60).splitlines())) <= 60
