"""The place of an event told from the places of speakers, offices and nationalities."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from purport.coding.places import place_of, spans_of
from purport.extract import document_of_text
from purport.model import Reading, Span, Tagged
from purport.read.places import find_toponyms
from purport.read.syntax import parse
from purport.settings import Settings


class GivenTags:
    """An encoder that sees the event at the given words, so surely, and nowhere else."""

    def __init__(self, text: str, sites: dict[str, float]) -> None:
        self._sites = {Span(text.index(words), text.index(words) + len(words)): chance for words, chance in sites.items()}

    def asked(self, head: str, anchors: Sequence[Span]) -> tuple[tuple[Tagged, ...], ...]:
        found = tuple(Tagged(span, "place", chance) for span, chance in self._sites.items() if chance > 0.5)
        return (found,) * len(anchors)

    def chance(self, head: str, label: str, *, span: Span, anchor: Span | None = None) -> float:
        return max((chance for site, chance in self._sites.items() if site.overlaps(span)), default=0.0)

    def spans(self, head: str) -> tuple[Tagged, ...]:
        return ()

    def likely(self, head: str, label: str, *, least: float) -> tuple[Tagged, ...]:
        return ()

    def marks(self, head: str, *, least: float = 0.5) -> tuple[Tagged, ...]:
        return ()

    def number(self, head: str, span: Span) -> float:
        return 0.0


def read(text: str) -> Reading:
    document = document_of_text(text)
    return find_toponyms(Reading(document, *parse(document)), settings=Settings())


def places(text: str, trigger: str) -> list[str]:
    reading = read(text)
    token = next(t for t in reading.tokens if t.words == trigger)
    return [t.name for t in place_of(reading, trigger=token)]


def words_of_place(text: str, trigger: str, sites: dict[str, float]) -> list[str]:
    reading = replace(read(text), tags=GivenTags(text, sites))
    token = next(t for t in reading.tokens if t.words == trigger)
    return [span.of(text) for span in spans_of(reading, trigger=token)]


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


@pytest.mark.parametrize(
    ("text", "trigger", "sites", "expected"),
    [
        ("Rebels shelled Mosul University on Monday.", "shelled", {"Mosul University": 0.9}, ["Mosul University"]),
        ("Rebels shelled the Idlib countryside on Monday.", "shelled", {"Idlib countryside": 0.9}, ["Idlib"]),
        ("Gunmen attacked the eastern suburbs on Monday.", "attacked", {"the eastern suburbs": 0.9}, ["the eastern suburbs"]),
        ("Three people were killed in Mosul on Monday.", "killed", {}, []),
        ("Police in Basra said that gunmen, who fled to Kuwait, had killed a teacher.", "killed", {"Kuwait": 0.999}, ["Kuwait"]),
    ],
)
def test_the_encoder_gives_whole_names_and_overrules_the_signs(
    text: str, trigger: str, sites: dict[str, float], expected: list[str]
) -> None:
    assert words_of_place(text, trigger, sites) == expected


def test_by_rules_alone_the_words_are_the_toponyms() -> None:
    reading = read("Three people were killed in Mosul on Monday.")
    token = next(t for t in reading.tokens if t.words == "killed")
    assert [span.of(reading.document.text) for span in spans_of(reading, trigger=token)] == ["Mosul"]
