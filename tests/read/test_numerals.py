"""Numbers in words and figures."""

import pytest

from purport.read.numerals import number_of, ordinal_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twelve", 12),
        ("twenty - five", 25),
        ("one hundred and twenty - five", 125),
        ("three hundred thousand", 300_000),
        ("two thousand and six", 2006),
        ("1.2 million", 1_200_000),
        ("12,500", 12_500),
        ("two dozen", 24),
        ("nineteen ninety - six", 1996),
        ("a hundred", 100),
        ("five twenty", None),
        ("two three", None),
        ("soldiers", None),
        ("", None),
    ],
)
def test_number_of(words: str, value: float | None) -> None:
    assert number_of(words.split()) == value


@pytest.mark.parametrize(("word", "rank"), [("third", 3), ("21st", 21), ("two", None), ("th", None)])
def test_ordinal_of(word: str, rank: int | None) -> None:
    assert ordinal_of(word) == rank
