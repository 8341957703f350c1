"""Spans of a text → targets of word pieces."""

import numpy as np
import pytest

from purport.train.annotated import Annotated, Asked

targets = pytest.importorskip("purport.train.targets", reason="the learned reader's packages are not installed")

TEXT = "A car bomb killed 12 people in Aleppo, the governor said."
#: [CLS] a car bomb killed 12 people in aleppo , the governor said . [SEP]
HEADS = {"attribution": ("source", "cue", "content"), "entity": ("Organisation", "Location", "Person")}


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def example(text: Annotated, tokenizer: object) -> "targets.Example":
    (found,) = targets.examples_of(text, tokenizer=tokenizer)
    return found


@pytest.mark.parametrize(
    ("words", "begins", "inside"),
    [("Aleppo", 8, []), ("the governor", 10, [11]), ("car bomb killed", 2, [3, 4]), ("said.", 12, [13]), ("A", 1, [])],
)
def test_a_span_begins_once_and_goes_on(tokenizer: object, words: str, begins: int, inside: list[int]) -> None:
    target = example(Annotated("a", TEXT, spans={"entity": ((*at(words), "Location"),)}), tokenizer).targets["entity"]
    assert np.flatnonzero(target[:, 1] == targets.BEGINS).tolist() == [begins]
    assert np.flatnonzero(target[:, 1] == targets.INSIDE).tolist() == inside
    assert not target[:, [0, 2]].any()


@pytest.mark.parametrize(("start", "end", "pieces"), [(3, 4, [2]), (9, 12, [3, 4]), (1, 2, []), (0, 1, [1])])
def test_characters_within_a_piece_are_that_piece(tokenizer: object, start: int, end: int, pieces: list[int]) -> None:
    target = example(Annotated("a", TEXT, spans={"entity": ((start, end, "Person"),)}), tokenizer).targets["entity"]
    assert np.flatnonzero(target[:, 2]).tolist() == pieces


def test_a_word_of_several_pieces_is_marked_at_its_first(tokenizer: object) -> None:
    text = "Bombings."
    found = example(Annotated("a", text, marks={"trigger": ((0, 8, "bombing"),)}), tokenizer)
    assert len(found.ids) == len(["[CLS]", "bomb", "##ing", "##s", ".", "[SEP]"])
    rows, columns = np.nonzero(found.targets["trigger"])
    assert (rows.tolist(), columns.tolist()) == ([1], [3])


@pytest.mark.parametrize(("partial", "elsewhere"), [(frozenset(), 0), (frozenset({"cue"}), -100)])
def test_what_partial_marks_leave_out_is_masked(tokenizer: object, partial: frozenset[str], elsewhere: int) -> None:
    target = example(Annotated("a", TEXT, marks={"cue": ((*at("said"), "cue"),)}, partial=partial), tokenizer).targets["cue"]
    assert target[12, 0] == 1
    assert set(np.delete(target[:, 0], 12).tolist()) == {elsewhere}


def test_labels_not_annotated_are_masked_for_an_anchor(tokenizer: object) -> None:
    asked = Asked(at("said"), ((*at("the governor"), "source"), (*at("said"), "cue")), frozenset({"source", "cue"}))
    found = example(Annotated("a", TEXT, asked={"attribution": (asked,)}), tokenizer)
    positions, answers = found.anchors["attribution"]
    assert positions.tolist() == [12]
    assert np.flatnonzero(answers[0, :, 0]).tolist() == [10, 11]
    assert set(answers[0, :, 2].tolist()) == {targets.UNKNOWN}


def test_classes_and_scores(tokenizer: object) -> None:
    classes = {"confidence": ((*at("the governor"), "POSSIBLE"),)}
    found = example(Annotated("a", TEXT, classes=classes, scores={"factuality": ((*at("killed"), 2.5),)}), tokenizer)
    assert found.targets["confidence"].tolist() == [-100] * 10 + [5, 5] + [-100] * 3
    assert np.flatnonzero(~np.isnan(found.targets["factuality"])).tolist() == [4]


def test_an_anchor_is_asked_in_one_window_of_a_long_text(tokenizer: object) -> None:
    text = " ".join([TEXT] * 60)
    starts = [n for n in range(len(text)) if text.startswith("said", n)]
    asked = tuple(Asked((n, n + 4), ((n, n + 4, "cue"),), frozenset({"cue"})) for n in starts)
    found = list(targets.examples_of(Annotated("a", text, asked={"attribution": asked}), tokenizer=tokenizer))
    assert len(found) > 2
    assert sum(len(e.anchors["attribution"][0]) for e in found) == len(starts)
    for one in found:
        for place, answers in zip(*one.anchors["attribution"], strict=True):
            assert answers[place, 1] == targets.BEGINS


def test_a_span_that_began_before_the_window_goes_on_in_it(tokenizer: object) -> None:
    text = " ".join([TEXT] * 60)
    first, second = list(targets.examples_of(Annotated("a", text, spans={"entity": ((0, len(text), "Person"),)}), tokenizer=tokenizer))[:2]
    assert first.targets["entity"][1, 2] == targets.BEGINS
    assert second.targets["entity"][1, 2] == targets.INSIDE


@pytest.mark.parametrize("text", ["", " \n", "a \ud800 bomb", "\u202b\u0627\u202c e\u0301"])
def test_odd_texts(tokenizer: object, text: str) -> None:
    for one in targets.examples_of(Annotated("a", text, marks={"cue": ()}), tokenizer=tokenizer):
        assert len(one.targets["cue"]) == len(one.ids)
