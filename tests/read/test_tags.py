"""Tags from made-up numbers: what of them becomes a stretch of text, and which."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from purport.model import Span, Tagged
from purport.read.encoder import Encoded, Encoder, Head
from purport.read.tags import PageTags
from purport.read.windows import Window, windows_of

Floats = NDArray[np.float32]
TEXT = "Reb els shell ed G\u0301ao , police sa id ."
#: Characters of each piece; "Reb" and "els" are two pieces of one word, as if no space stood between them.
PIECES = [(0, 3), (4, 7), (8, 13), (14, 16), (17, 18), (19, 21), (22, 23), (24, 30), (31, 33), (34, 36), (37, 38)]
CONTINUES = [False, True, False, True, False, False, False, False, False, True, False]
HEADS = {
    head.name: head
    for head in (
        Head("name", "spans", ("who", "what"), anchored=False),
        Head("cue", "marks", ("cue", "mood"), anchored=False),
        Head("sort", "class", ("plain", "odd"), anchored=False),
        Head("sure", "score", ("sure",), anchored=False),
        Head("told", "spans", ("source", "content"), anchored=True),
    )
}


class Given(Encoder):
    """An encoder that has read the text already: its answers are data. An anchor's source is itself, its content what comes after."""

    def __init__(self, encoded: Encoded) -> None:
        self.heads = HEADS
        self.encoded = encoded
        self.asked: list[int] = []

    def encode(self, text: str) -> Encoded:
        assert text == self.encoded.text
        return self.encoded

    def ask(self, head: str, hidden: Floats, places: Sequence[int]) -> Floats:
        self.asked += places
        numbers = np.zeros((len(places), len(hidden), 2, 3), dtype=np.float32)
        numbers[..., 0] = 5
        for row, place in enumerate(places):
            numbers[row, place, 0] = (0, 9, 0)
            numbers[row, place + 1 : -1, 1] = (0, 0, 9)
        return numbers.reshape(len(places), len(hidden), 6)


def encoded(plain: dict[str, Floats] | None = None, *, windows: Sequence[Window] = (Window(0, 11, 0, 11),)) -> Encoded:
    """The text as read, by these numbers where given and "outside" elsewhere."""
    outside = {"name": spans({}), "cue": np.full((11, 2), -9.0), "sort": np.zeros((11, 2)), "sure": np.zeros((11, 1))}
    numbers = {name: np.asarray(found, dtype=np.float32) for name, found in (outside | (plain or {})).items()}
    hidden = tuple(np.zeros((w.end - w.start + 2, 4), dtype=np.float32) for w in windows)
    return Encoded(TEXT, np.arange(11), tuple(PIECES), np.array(CONTINUES), tuple(windows), hidden, numbers)


def tags(plain: dict[str, Floats] | None = None, *, windows: Sequence[Window] = (Window(0, 11, 0, 11),)) -> PageTags:
    return PageTags(TEXT, encoder=Given(encoded(plain, windows=windows)))


def spans(answers: dict[int, str], *, label: int = 0) -> Floats:
    """Numbers of the head "name": at each piece "b" (begins) or "i" (inside) for one label, outside for all else."""
    numbers = np.zeros((11, 2, 3), dtype=np.float32)
    numbers[..., 0] = 4
    for piece, answer in answers.items():
        numbers[piece, label] = (0, 4, 0) if answer == "b" else (0, 0, 4)
    return numbers.reshape(11, 6)


def words(found: Sequence[Tagged]) -> list[str]:
    return [tag.span.of(TEXT) for tag in found]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, []),
        ({0: "b"}, ["Reb els"]),
        ({0: "b", 1: "i"}, ["Reb els"]),
        ({1: "b"}, []),  # a piece that goes on a word begins nothing
        ({0: "b", 1: "b", 2: "i"}, ["Reb els shell ed"]),  # and cuts nothing
        ({0: "b", 2: "b"}, ["Reb els", "shell ed"]),
        ({0: "i", 2: "i"}, ["Reb els shell ed"]),  # inside without a beginning is a beginning
        ({7: "b", 8: "i", 10: "i"}, ["police sa id ."]),
        ({10: "b"}, ["."]),
        ({4: "b"}, ["G\u0301"]),  # an accent stays with its letter
        (dict.fromkeys(range(11), "i"), [TEXT]),
    ],
)
def test_runs_become_whole_words(answers: dict[int, str], expected: list[str]) -> None:
    found = tags({"name": spans(answers)}).spans("name")
    assert words(found) == expected
    assert all(tag.label == "who" and 0.5 < tag.score <= 1 for tag in found)


def test_labels_overlap_and_come_in_text_order() -> None:
    first, second = spans({2: "b", 7: "b", 8: "i"}), spans({2: "b"}, label=1)
    found = tags({"name": np.concatenate([first[:, :3], second[:, 3:]], axis=1)}).spans("name")
    assert [(tag.span.of(TEXT), tag.label) for tag in found] == [("shell ed", "what"), ("shell ed", "who"), ("police sa id", "who")]


def test_marks_are_words_at_least_so_likely() -> None:
    numbers = np.full((11, 2), -9.0)
    numbers[8], numbers[9], numbers[2, 1] = (0.5, -9), (9, 9), 3
    found = tags({"cue": numbers})
    assert [(m.span.of(TEXT), m.label) for m in found.marks("cue")] == [("shell ed", "mood"), ("sa id", "cue")]
    assert words(found.marks("cue", least=0.9)) == ["shell ed"]
    assert [m.score for m in found.marks("cue")] == pytest.approx([0.953, 0.622], abs=0.001)


@pytest.mark.parametrize(
    ("head", "label", "span", "chance"),
    [
        ("name", "who", Span(0, 7), 0.982),
        ("name", "who", Span(8, 16), 0.036),
        ("name", "who", Span(7, 8), 0.0),  # no piece there
        ("cue", "cue", Span(0, 38), 0.0001),
        ("sort", "odd", Span(0, 3), 0.5),
    ],
)
def test_chances(head: str, label: str, span: Span, chance: float) -> None:
    assert tags({"name": spans({0: "b", 1: "i"})}).chance(head, label, span=span) == pytest.approx(chance, abs=0.002)


def test_what_no_head_says_has_no_chance() -> None:
    assert tags().chance("name", "whom", span=Span(0, 3)) == tags().chance("fame", "who", span=Span(0, 3)) == 0.0


def test_a_number_is_that_of_the_first_piece() -> None:
    found = tags({"sure": np.arange(11.0)[:, None]})
    assert [found.number("sure", span) for span in (Span(0, 38), Span(9, 30), Span(34, 36), Span(23, 24))] == [0, 2, 9, 0]


# ------------------------------------------------------------------ heads that are asked
SAID, SHELLED = Span(31, 36), Span(8, 16)


def test_what_belongs_to_an_anchor() -> None:
    said, nothing, shelled = tags().asked("told", [SAID, Span(23, 24), SHELLED])
    assert [(tag.span.of(TEXT), tag.label) for tag in said] == [("sa id", "source"), (".", "content")]
    assert nothing == ()
    assert words(shelled) == ["shell ed", "G\u0301ao , police sa id ."]


def test_each_anchor_is_asked_about_once() -> None:
    given_ = Given(encoded())
    found = PageTags(TEXT, encoder=given_)
    assert found.asked("told", [SAID, SHELLED, SAID]) == (*found.asked("told", [SAID, SHELLED]), *found.asked("told", [SAID]))
    assert found.chance("told", "content", span=Span(37, 38), anchor=SAID) > 0.99
    assert found.chance("told", "content", span=Span(0, 3), anchor=SAID) < 0.02
    assert sorted(given_.asked) == [3, 9]  # places in the window, after its opening mark


#: Two windows that share the pieces 4 to 8; those before 6 are answered for by the first.
TWO = (Window(0, 8, 0, 6), Window(4, 11, 6, 11))


def test_an_anchor_sees_the_window_that_answers_for_it() -> None:
    found = tags(windows=TWO)
    shelled, said = found.asked("told", [SHELLED, SAID])
    assert words(shelled) == ["shell ed", "G\u0301ao , police"]  # as far as its window goes
    assert words(said) == ["sa id", "."]
    assert found.chance("told", "content", span=Span(31, 38), anchor=SHELLED) == 0.0  # not seen from there
    assert found.chance("told", "content", span=Span(24, 33), anchor=SHELLED) > 0.99


def test_a_long_text_asks_again_for_what_was_not_kept() -> None:
    class Forgetful(Given):
        ran: list[int] = []  # noqa: RUF012 - of this test alone

        def last_layer(self, encoded: Encoded, number: int) -> Floats:
            self.ran.append(number)
            return np.zeros((encoded.windows[number].end - encoded.windows[number].start + 2, 4), dtype=np.float32)

    whole = encoded(windows=TWO)
    reader = Forgetful(replace(whole, hidden=whole.hidden[:1]))
    assert PageTags(TEXT, encoder=reader).asked("told", [SHELLED, SAID]) == tags(windows=TWO).asked("told", [SHELLED, SAID])
    assert reader.ran == [0, 1]


# ------------------------------------------------------------------ any numbers at all
ANSWERS = st.dictionaries(st.integers(0, 10), st.sampled_from("bi"))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(ANSWERS)
def test_stretches_are_whole_words_and_do_not_overlap(answers: dict[int, str]) -> None:
    found = tags({"name": spans(answers)}).spans("name")
    starts = {s for (s, _), goes_on in zip(PIECES, CONTINUES, strict=True) if not goes_on}
    assert {tag.span.start for tag in found} <= starts
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))
    inside = {piece for piece, answer in answers.items() if not CONTINUES[piece]}
    covered = {n for n, (s, e) in enumerate(PIECES) if not CONTINUES[n] and any(t.span.start <= s and e <= t.span.end for t in found)}
    assert covered == inside


def test_windows_of_the_text_are_those_of_the_encoder() -> None:
    assert windows_of(PIECES, text=TEXT) == (Window(0, 11, 0, 11),)


def test_an_empty_text_has_no_tags() -> None:
    nothing = {head.name: np.zeros((0, head.width), dtype=np.float32) for head in HEADS.values() if not head.anchored}
    found = PageTags("", encoder=Given(Encoded("", np.zeros(0, np.int64), (), np.zeros(0, np.bool_), (), (), nothing)))
    assert (found.spans("name"), found.marks("cue"), found.asked("told", [Span(0, 3)])) == ((), (), ((),))
    assert (found.chance("sort", "odd", span=Span(0, 3)), found.number("sure", Span(0, 3))) == (0.0, 0.0)
