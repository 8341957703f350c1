"""Windows of the encoder: every piece is answered for by exactly one, and no window is too long."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from purport.read.windows import LONGEST, SHARED, SLACK, Window, windows_of

#: Words of one piece each, some of which end a sentence or a paragraph.
WORDS = st.lists(st.sampled_from(["a ", "bb ", "c. ", "d", "e.", "f\n", "g?\n\n", "!", "“"]), max_size=1200)


def pieces_of(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text of these words, and the characters of each without the white space after it."""
    offsets, start = [], 0
    for word in words:
        offsets.append((start, start + len(word.rstrip())))
        start += len(word)
    return "".join(words), offsets


def windows(words: list[str]) -> tuple[Window, ...]:
    text, offsets = pieces_of(words)
    return windows_of(offsets, text=text)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(WORDS)
def test_every_piece_belongs_to_exactly_one_window(words: list[str]) -> None:
    found = windows(words)
    assert [piece for w in found for piece in range(w.first, w.last)] == list(range(len(words)))
    for window in found:
        assert window.start <= window.first < window.last <= window.end
        assert window.end - window.start <= LONGEST


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(WORDS)
def test_neighbours_share_enough(words: list[str]) -> None:
    found = windows(words)
    for before, after in pairwise(found):
        assert SHARED <= before.end - after.start < 2 * SHARED
        assert before.last == after.first
        assert before.end - before.start >= LONGEST - SLACK
    assert not found or (found[0].start, found[-1].end) == (0, len(words))


@pytest.mark.parametrize(("number", "count"), [(0, 0), (1, 1), (LONGEST, 1), (LONGEST + 1, 2), (2 * LONGEST, 3)])
def test_as_many_windows_as_needed(number: int, count: int) -> None:
    assert len(windows(["a "] * number)) == count


@pytest.mark.parametrize(
    ("last", "after"),
    [(".", " "), ("!", "\n"), ("?", " "), ("said", "\n"), ("said", "\n\n")],
    ids=["full stop", "exclamation", "question", "line", "paragraph"],
)
def test_a_window_ends_with_a_sentence(last: str, after: str) -> None:
    words = ["a "] * 200 + [last + after] + ["a "] * 200
    first, second, *_ = windows(words)
    assert first.end == 201
    assert second.start == first.end - SHARED


@pytest.mark.parametrize("last", ["3.5", "U.S", "a,"])
def test_a_mark_inside_a_word_ends_nothing(last: str) -> None:
    assert windows(["a "] * 200 + [f"{last} "] + ["a "] * 200)[0].end == LONGEST


def test_a_point_with_no_space_behind_it_ends_nothing() -> None:
    assert windows(["a "] * 200 + ["."] + ["a "] * 200)[0].end == LONGEST


def test_the_next_window_starts_with_a_sentence_where_one_is_near() -> None:
    words = ["a "] * 400
    words[240] = words[175] = "b. "
    first, second, *_ = windows(words)
    assert (first.end, second.start) == (241, 176)
