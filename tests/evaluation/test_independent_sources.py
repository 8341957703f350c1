"""The project's own cases of origins."""

from collections import Counter

from evaluation import independent_sources as cases
from purport.settings import Settings


def test_there_are_enough_cases_of_each_strength() -> None:
    loaded = cases.load()
    strengths = Counter(case.strength for case in loaded)
    assert len(loaded) >= 60 and set(strengths) == set(cases.STRENGTHS)
    assert len({case.id for case in loaded}) == len(loaded)
    assert sum(any("text" in page for page in case.pages) for case in loaded) >= 40
    assert all(set(case.expected) <= {*cases.WORDS.values(), "denying"} for case in loaded)


def test_every_strong_case_is_right() -> None:
    figures = cases.score([case for case in cases.load() if case.strength == "STRONG"], settings=Settings())
    assert figures["wrong"] == []
