"""Sentence case for pages in capitals: same length, names kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.read.casing import is_capitals, recase


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THE REBELS ATTACKED A GARRISON IN AYACUCHO ON MONDAY.", "The rebels attacked a garrison in Ayacucho on Monday."),
        (
            "MEN OF THE FARABUNDO MARTI NATIONAL LIBERATION FRONT [FMLN] LEFT.",
            "Men of the Farabundo Marti National Liberation Front [FMLN] left.",
        ),
        ("A U.S. DIPLOMAT SAID ON 3 MAY THAT HE MAY RETURN.", "A U.S. diplomat said on 3 May that he may return."),
        ("THE COUNTRY'S PRESIDENT GOMEZ AND COLONEL RUIZ SPOKE.", "The country's President Gomez and Colonel Ruiz spoke."),
        ("BOGOTA, 9 JAN 90 -- [TEXT] HE WAS SAFE. THEY LEFT.", "Bogota, 9 Jan 90 -- [Text] He was safe. They left."),
        ("Reuters said the TOWN was quiet on Monday.", "Reuters said the TOWN was quiet on Monday."),
        ("SHORT TEXT", "SHORT TEXT"),
    ],
)  # fmt: skip
def test_recase(text: str, expected: str) -> None:
    assert recase(text) == expected


@given(st.text(max_size=300))
def test_length_never_changes(text: str) -> None:
    upper = text.upper()
    assert len(recase(upper)) == len(upper)
    assert [c.casefold() for c in recase(upper) if c.isascii()] == [c.casefold() for c in upper if c.isascii()] or not is_capitals(upper)


@pytest.mark.parametrize("text", ["İSTANBUL VE ANKARA, İZMİR İÇİN BİR GÜN", "STRASSE ẞ UND ŒUVRE " * 4, "ǅ" * 40, "MOSUL 2016 " * 5])
def test_odd_letters_keep_their_place(text: str) -> None:
    assert len(recase(text)) == len(text)


def test_already_cased_text_is_untouched() -> None:
    text = "A quiet day in Homs, residents said. " * 5
    assert recase(text) is text
