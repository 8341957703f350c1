"""The project's own cases: well formed, and read with the figures that the reader has reached."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from evaluation.cases import Case, load, outcome, score

from purport.model import Span
from purport.pipeline import Pipeline
from purport.settings import Settings

CASES = load()
TYPES = {
    *("killing", "armed_assault", "armed_clash", "bombing", "air_strike", "shelling", "chemical_attack", "abduction", "detention"),
    *("abuse", "destruction", "territorial_change", "displacement", "protest", "riot", "threat", "ceasefire", "release"),
}
#: What the whole reading reaches; they only move towards 0, 0 and 1.
TOLD_AS_FACT, FACT_AS_TALK, RECALL_ACTUAL = 0.07, 0.075, 0.82


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return score(CASES, settings=Settings())


def test_there_are_enough_of_each_kind() -> None:
    kinds = Counter(case.expected for case in CASES)
    assert kinds["talk"] >= 120 and kinds["fact"] >= 80 and set(kinds) == {"talk", "fact"}
    assert {case.type for case in CASES} == TYPES


def test_ids_and_texts_are_not_repeated() -> None:
    assert len({case.id for case in CASES}) == len({case.text for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case_is_well_formed(case: Case) -> None:
    words = case.trigger.of(case.text)
    assert words and words == words.strip()
    assert case.source is None or case.source in case.text
    if case.expected == "fact":
        assert (case.reality, case.voice, case.certainty) == ("actual", "outlet", "certain")
    else:
        assert (case.reality, case.voice, case.certainty) != ("actual", "outlet", "certain")


def test_talk_is_not_told_as_fact(figures: dict[str, Any]) -> None:
    assert figures["told_as_fact"] <= TOLD_AS_FACT, [e for e in figures["errors"] if e["expected"] == "talk"]


def test_fact_is_not_told_as_talk(figures: dict[str, Any]) -> None:
    assert figures["fact_as_talk"] <= FACT_AS_TALK, [e for e in figures["errors"] if e["expected"] == "fact"]


def test_cases_are_found(figures: dict[str, Any]) -> None:
    assert figures["recall_actual"] >= RECALL_ACTUAL, figures["missed"]


def test_a_case_that_says_the_opposite_is_counted_as_an_error() -> None:
    case = Case("c", "Gunmen killed two clerks in Basra on Monday.", "plain", Span(7, 13), "fact", "killing")
    assert not outcome(case, pipeline=Pipeline()).wrong
    figures = score([replace(case, expected="talk")], settings=Settings())
    assert (figures["told_as_fact"], len(figures["errors"])) == (1.0, 1)
