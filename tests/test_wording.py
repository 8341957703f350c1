"""Values, chains and headers in words."""

from dataclasses import replace

import pytest

from invented_reports import bomb_page, plain_page
from purport.model import Count, Place, Role, Time
from purport.wording import adds_to_quote, chain_words, count_words, header_words, place_words, stance_words, time_words

COUNTS = [
    (Count("killed", 16, None), "at least 16 killed"),
    (Count("killed", None, 20), "at most 20 killed"),
    (Count("injured", 24, 99, "child"), "24–99 injured (child)"),
    (Count("killed", 3, 3, "civilian"), "3 killed (civilian)"),
    (Count("displaced", 2000, 9999), "2,000–9,999 displaced"),
    (Count("missing", None, None), "an unknown number missing"),
    (Count("killed", 0, 0), "0 killed"),
]
PLACES = [
    (Place("Raqqa", "SY", "Raqqa", precision="exact"), "Raqqa, Syria (named place)"),
    (Place("Hawija", "IQ", "IQ.13", precision="near"), "Hawija, Iraq (near there)"),
    (Place("Afrin", "SY", "Aleppo", precision="district"), "Afrin, Aleppo, Syria (district)"),
    (Place("Syria", "SY", precision="country"), "Syria (country)"),
    (Place("the village"), "the village (not resolved)"),
    (Place("Nowhere", "ZZ", precision="exact"), "Nowhere, ZZ (named place)"),
]


@pytest.mark.parametrize(("count", "words"), COUNTS)
def test_counts_as_ranges(count: Count, words: str) -> None:
    assert count_words(count) == words


@pytest.mark.parametrize(("place", "words"), PLACES)
def test_places_with_precision(place: Place, words: str) -> None:
    assert place_words(place) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (Time("2015-12-02TNI", "2015-12-02"), "2 December 2015, night (day)"),
        (Time("2015-09-30", "2015-09-30/.."), "since 30 September 2015 (period)"),
        (Time("XXXX-WXX-3", None), "date not known"),
    ],
)
def test_times_with_precision(time: Time, words: str) -> None:
    assert time_words(time) == words


def test_chains_run_from_the_innermost_to_the_outlet() -> None:
    _, report = bomb_page()
    words = {claim.role: chain_words(claim.attribution_id, report) for claim in report.events[0].claims}
    assert words[Role.PERPETRATOR] == "The Islamic State (a party) ← the Tidewater Agency"
    assert words[Role.COUNT] == "the governor"
    assert chain_words(None, report) == "the outlet itself"


def test_stances_in_words() -> None:
    _, report = bomb_page()
    assert [stance_words(claim, report) for claim in report.events[0].claims[:2]] == ["says", "admits"]
    _, plain = plain_page(1)
    assert stance_words(plain.events[0].claims[0], plain) == "tells"


def test_a_value_that_only_repeats_its_quote_is_not_said_twice() -> None:
    _, report = bomb_page()
    said = {claim.role: adds_to_quote(claim) for claim in report.events[0].claims}
    assert said == {
        Role.TYPE: False,
        Role.PERPETRATOR: True,
        Role.TARGET: False,
        Role.NAME: False,
        Role.PLACE: True,
        Role.TIME: True,
        Role.COUNT: True,
    }


def test_header_says_undated_and_not_read() -> None:
    _, report = plain_page(1, published=None, published_from=None, unread="language: ar", language="ar")
    assert header_words(report.document) == "undated · not read: language: ar"
    dated = replace(report.document, published="2015-03-04", published_from="option", unread=None, language="en")
    assert header_words(dated) == "4 March 2015 (option) · language: en"
