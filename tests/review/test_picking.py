"""From selections in a browser to exact spans."""

import pytest

from purport.errors import InputError
from purport.model import Span
from purport.review.picking import code_points, picked

#: An emoji of two units, one of four joined by a zero-width joiner, Arabic with combining marks, and Latin letters.
TEXT = "A 💥 blast hit 👩‍🚒 crews.\nقُتِلَ ثَلاثَةٌ in Aleppo.\nTwo died in Aleppo."


def units(text: str) -> int:
    """The length of a string as browsers count it."""
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("count", range(len(TEXT) + 1))
def test_units_are_code_points(count: int) -> None:
    assert code_points(TEXT, units(TEXT[:count])) == count


@pytest.mark.parametrize(("given", "expected"), [(0, 0), (3, 2), (10_000, len(TEXT))])
def test_half_a_pair_and_beyond(given: int, expected: int) -> None:
    assert code_points(TEXT, given) == expected


def where(words: str, *, block: int = 0, after: int = 0) -> str:
    start = TEXT.index(words, after)
    return f"{block}:{units(TEXT[block:start])}-{block}:{units(TEXT[block : start + len(words)])}"


LINES = [0, TEXT.index("قُ"), TEXT.index("Two")]


@pytest.mark.parametrize(
    ("words", "block"),
    [("💥 blast", 0), ("👩‍🚒 crews", 0), ("قُتِلَ", LINES[1]), ("ثَلاثَةٌ in Aleppo", LINES[1]), ("Two died", LINES[2]), ("crews.\nقُتِلَ", 0)],
)
def test_a_selection_is_its_words(words: str, block: int) -> None:
    (span,) = picked(TEXT, where=where(words, block=block), words=words)
    assert span.of(TEXT) == words


def test_pieces_and_blanks_at_the_ends() -> None:
    place = f"{where(' blast ')},{where('Two died ')}"
    spans = picked(TEXT, where=place, words="blast … Two died")
    assert [span.of(TEXT) for span in spans] == ["blast", "Two died"]


@pytest.mark.parametrize(("near", "number"), [(0, 0), (len(TEXT), 1)])
def test_words_that_are_typed_are_found_where_they_are_nearest(near: int, number: int) -> None:
    places = [at for at in range(len(TEXT)) if TEXT.startswith("in Aleppo", at)]
    assert picked(TEXT, where="", words="in  Aleppo", near=near) == (Span(places[number], places[number] + 9),)


@pytest.mark.parametrize(
    ("place", "words", "what"),
    [
        ("", "", "no words were selected"),
        ("0:4-0:4", "", "no words were selected"),
        ("0:9-0:2", "", "no words were selected"),
        ("0:99999-0:99999", "", "no words were selected"),
        ("99999:0-99999:5", "", "no words were selected"),
        ("", "elephant", "the page has no such words"),
        ("0:2-0:7", "elephant", "not those of the page"),
        ("nonsense", "", "no place in a text"),
        ("-1:0-0:5", "", "no place in a text"),
        (",".join(["0:0-0:1"] * 13), "", "more than 12 pieces"),
    ],
)
def test_refused(place: str, words: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        picked(TEXT, where=place, words=words)
