"""What a card calls those who did it and those to whom it was done."""

import pytest

from purport.finding import actor_words


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("An armed group", "armed group (not named)"),
        ("the armed group", "armed group (not named)"),
        ("Four soldiers", "soldiers (not named)"),
        ("Rebels", "rebels (not named)"),
        ("Hamrin Vanguard", "Hamrin Vanguard"),
        ("the Islamic State", "the Islamic State"),
        ("Taliban", "Taliban"),
        ("Norwegian embassy", "Norwegian embassy"),
        ("Police in Kirkuk", "Police in Kirkuk"),
        ("the", "the (not named)"),
        ("", ""),
    ],
)
def test_descriptions_of_one_kind_are_one_value_and_names_stay(name: str, shown: str) -> None:
    assert actor_words(name) == shown
