"""The place of an event told from the places of speakers, offices and nationalities."""

import pytest

from purport.coding.places import place_of
from purport.extract import document_of_text
from purport.model import Reading
from purport.read.places import find_toponyms
from purport.read.syntax import parse
from purport.settings import Settings


def places(text: str, trigger: str) -> list[str]:
    document = document_of_text(text)
    reading = find_toponyms(Reading(document, *parse(document)), settings=Settings())
    token = next(t for t in reading.tokens if t.words == trigger)
    return [t.name for t in place_of(reading, trigger=token)]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Three people were killed in Mosul on Monday.", "killed", ["Mosul"]),
        ("A car bomb exploded in Baghdad, a police official in Basra said.", "exploded", ["Baghdad"]),
        ("Gunmen shot dead a teacher in Peshawar, Pakistan.", "shot", ["Peshawar"]),
        ("Rebels captured Manbij after a long siege.", "captured", ["Manbij"]),
        ("Thousands of people marched through Cairo on Friday.", "marched", ["Cairo"]),
        ("A Russian soldier was killed in Aleppo.", "killed", ["Aleppo"]),
        ("Two officers were killed by a mine.", "killed", []),
        ("Moscow said that it had killed the commander.", "killed", []),
        ("Soldiers attacked a camp in Idlib.", "attacked", ["Idlib"]),
    ],
)
def test_place_of(text: str, trigger: str, expected: list[str]) -> None:
    assert places(text, trigger) == expected


def test_an_adjective_of_place_is_never_the_place() -> None:
    assert places("Iraqi troops killed five men.", "killed") == []
