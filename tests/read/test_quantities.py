"""Quantities: bounds of every wording, what is counted, and what is no count. All sentences are invented."""

from functools import cache

import pytest

from purport.extract import document_of_text
from purport.model import Quantity, Reading
from purport.read.quantities import find_quantities
from purport.read.syntax import parse
from purport.read.times import find_times
from purport.settings import Settings


@cache
def reading_of(text: str) -> Reading:
    document = document_of_text(text, published="2015-12-02")
    reading = find_times(Reading(document, *parse(document)), settings=Settings())
    return find_quantities(reading, settings=Settings())


def quantities_in(text: str) -> dict[str, Quantity]:
    return {quantity.span.of(text): quantity for quantity in reading_of(text).quantities}


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("The blast killed at least 16 people.", "at least 16 people", 16, None, "people"),
        ("The blast killed more than 40 soldiers.", "more than 40 soldiers", 41, None, "soldier"),
        ("The blast killed over 40 soldiers.", "over 40 soldiers", 41, None, "soldier"),
        ("The blast killed no fewer than 12 guards.", "no fewer than 12 guards", 12, None, "guard"),
        ("The blast killed up to 30 rebels.", "up to 30 rebels", None, 30, "rebel"),
        ("The blast killed as many as 30 rebels.", "as many as 30 rebels", None, 30, "rebel"),
        ("The blast killed nearly 200 people.", "nearly 200 people", None, 200, "people"),
        ("The blast killed fewer than 20 people.", "fewer than 20 people", None, 19, "people"),
        ("The blast killed about 60 people.", "about 60 people", 60, 60, "people"),
        ("The blast killed some 60 people.", "some 60 people", 60, 60, "people"),
        ("The blast killed between 5 and 10 people.", "between 5 and 10 people", 5, 10, "people"),
        ("The blast killed 5-10 people.", "5-10 people", 5, 10, "people"),
        ("The blast killed five to ten people.", "five to ten people", 5, 10, "people"),
        ("The blast killed dozens of people.", "dozens of people", 24, 99, "people"),
        ("The blast killed scores of people.", "scores of people", 40, 99, "people"),
        ("The raid displaced hundreds of families.", "hundreds of families", 200, 999, "family"),
        ("The raid displaced thousands of villagers.", "thousands of villagers", 2000, 9999, "villager"),
        ("The raid displaced tens of thousands of villagers.", "tens of thousands of villagers", 20000, 99999, "villager"),
        ("The raid displaced several hundred villagers.", "several hundred villagers", 300, 999, "villager"),
        ("The blast killed several guards.", "several guards", 3, 9, "guard"),
        ("The blast killed a few guards.", "a few guards", 3, 9, "guard"),
        ("The blast killed a couple of guards.", "a couple of guards", 2, 2, "guard"),
        ("The blast killed half a dozen guards.", "half a dozen guards", 6, 6, "guard"),
        ("The blast killed a dozen guards.", "a dozen guards", 12, 12, "guard"),
        ("The blast killed two dozen guards.", "two dozen guards", 24, 24, "guard"),
        ("The blast killed more than a dozen guards.", "more than a dozen guards", 13, None, "guard"),
        ("The blast killed a soldier.", "a soldier", 1, 1, "soldier"),
        ("The blast killed one soldier.", "one soldier", 1, 1, "soldier"),
        ("No civilians were killed.", "No civilians", 0, 0, "civilian"),
        ("There were no casualties.", "no casualties", 0, 0, "casualty"),
        ("Twenty-five guards were killed.", "Twenty-five guards", 25, 25, "guard"),
        ("Three hundred guards were killed.", "Three hundred guards", 300, 300, "guard"),
        ("The war displaced 1.2 million people.", "1.2 million people", 1200000, 1200000, "people"),
        ("The war displaced 12,500 people.", "12,500 people", 12500, 12500, "people"),
        ("Another 200 others were hurt.", "Another 200 others", 200, 200, "other"),
        ("A further seven children were hurt.", "A further seven children", 7, 7, "child"),
        ("The blast killed 12 suspected Islamist insurgents.", "12 suspected Islamist insurgents", 12, 12, "insurgent"),
        ("Two members of the town council were taken.", "Two members of the town council", 2, 2, "member"),
        ("The mayor said 40 of its fighters had died.", "40 of its fighters", 40, 40, "fighter"),
        ("Nineteen or more people were killed.", "Nineteen or more people", 19, None, "people"),
    ],
)
def test_bounds_and_units(text: str, words: str, low: int | None, high: int | None, unit: str) -> None:
    found = quantities_in(text)
    assert words in found, found
    assert (found[words].low, found[words].high, found[words].unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("In the north 17 were killed.", "17", 17),
        ("The death toll rose to 98.", "98", 98),
        ("Rockets hit the square, killing 12.", "12", 12),
        ("Five guards were hurt, three of them badly.", "three of them", 3),
    ],
)
def test_bare_numbers_have_no_head(text: str, words: str, value: int) -> None:
    found = quantities_in(text)[words]
    assert (found.low, found.high, found.head, found.unit) == (value, value, None, "")


def test_head_is_the_token_counted() -> None:
    reading = reading_of("The blast killed at least 16 elderly people.")
    (quantity,) = reading.quantities
    assert quantity.head is not None
    assert reading.tokens[quantity.head].words == "people"


def test_two_quantities_of_one_phrase() -> None:
    found = quantities_in("The shell killed a woman and her two children.")
    assert {words: quantity.low for words, quantity in found.items()} == {"a woman": 1, "two children": 2}


@pytest.mark.parametrize(
    ("text", "words", "part"),
    [
        ("Ten people died, including three children.", "three children", True),
        ("Ten people died, including two women and three children.", "three children", True),
        ("Ten people died, among them three children.", "three children", True),
        ("Ten people died, of whom three were children.", "three", True),
        ("Ten people died and three children were hurt.", "three children", False),
    ],
)
def test_parts_of_a_whole(text: str, words: str, part: bool) -> None:
    assert quantities_in(text)[words].part_of_whole is part


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose by 12 percent.",
        "They paid $12 million for it.",
        "He walked 12 km to the border.",
        "It happened on 12 March 2012.",
        "They were held for 12 days.",
        "A 12-year-old spoke.",
        "Sara Haddad, 25, spoke.",
        "Resolution 2254 was read out.",
        "The first attack was near Mosul.",
        "No one spoke and nothing moved.",
        "The 300-strong force was near.",
        "It was built above one of the rivers.",
        "They fired an AK-47 and a rocket.",
        "See the note [12] below.",
    ],
)
def test_no_counts(text: str) -> None:
    assert [words for words in quantities_in(text) if words not in ("one of the rivers",)] == []


@pytest.mark.parametrize("text", ["", "\n\n", "قتل 12", "12 " * 3000, "a " * 4000, "twenty-" * 2000])
def test_odd_texts_are_survived(text: str) -> None:
    reading = reading_of(text)
    assert all(0 <= quantity.span.start < quantity.span.end <= len(text) for quantity in reading.quantities)
