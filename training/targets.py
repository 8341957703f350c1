"""Annotated text → word pieces in windows with a target for every head."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from purport.read.windows import Window, windows_of
from training.annotated import Annotated, Asked
from training.heads import Answer, Head, head

#: A target that is masked.
UNKNOWN = -100
OUTSIDE, BEGINS, INSIDE = 0, 1, 2
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """One window. ``targets`` by head: [pieces, labels] (spans, marks), [pieces] (class, score).

    ``anchors`` by head: positions [anchors], and targets [anchors, pieces, labels]. Positions count the opening mark of the window.
    """

    document: str
    ids: Ints
    targets: dict[str, NDArray[Any]] = field(default_factory=dict)
    anchors: dict[str, tuple[Ints, Ints]] = field(default_factory=dict)


class Pieces:
    """The word pieces of one text and which of them lie in given characters."""

    def __init__(self, text: str, *, tokenizer: Tokenizer) -> None:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        self.ids = encoding.ids
        self.offsets = encoding.offsets
        self.starts = [s for s, _ in self.offsets]
        self.ends = [e for _, e in self.offsets]

    def within(self, start: int, end: int) -> range:
        """The pieces that overlap the characters."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))


def examples_of(text: Annotated, *, tokenizer: Tokenizer) -> Iterator[Example]:
    """The windows of one text; those of a long text overlap, as at run time."""
    pieces = Pieces(text.text, tokenizer=tokenizer)
    for window in windows_of(pieces.offsets, text=text.text):
        yield Example(
            text.id,
            np.array([101, *pieces.ids[window.start : window.end], 102], dtype=np.int64),
            dict(_targets(text, pieces, window=window)),
            dict(_anchors(text, pieces, window=window)),
        )


def _targets(text: Annotated, pieces: Pieces, *, window: Window) -> Iterator[tuple[str, NDArray[Any]]]:
    length = window.end - window.start + 2
    for name, spans in text.spans.items():
        yield name, spans_target(spans, pieces, window=window, labels=head(name).labels)
    for name, marks in text.marks.items():
        target = np.zeros((length, len(head(name).labels)), dtype=np.int64)
        for start, end, label in marks:
            for piece in list(pieces.within(start, end))[:1]:
                if window.start <= piece < window.end:
                    target[piece - window.start + 1, head(name).labels.index(label)] = 1
        yield name, target
    for name, classes in text.classes.items():
        target = np.full(length, UNKNOWN, dtype=np.int64)
        for start, end, label in classes:
            for piece in pieces.within(start, end):
                if window.start <= piece < window.end:
                    target[piece - window.start + 1] = head(name).labels.index(label)
        yield name, target
    for name, scores in text.scores.items():
        numbers = np.full(length, np.nan, dtype=np.float32)
        for start, end, score in scores:
            for piece in list(pieces.within(start, end))[:1]:
                if window.start <= piece < window.end:
                    numbers[piece - window.start + 1] = score
        yield name, numbers


def spans_target(spans: Iterable[tuple[int, int, str]], pieces: Pieces, *, window: Window, labels: tuple[str, ...]) -> Ints:
    """[pieces, labels] of outside, begins, inside; a span that began before the window is inside from its first piece here."""
    target = np.zeros((window.end - window.start + 2, len(labels)), dtype=np.int64)
    for start, end, label in sorted(spans, key=lambda s: s[0] - s[1]):
        inside = pieces.within(start, end)
        for piece in inside:
            if window.start <= piece < window.end:
                target[piece - window.start + 1, labels.index(label)] = BEGINS if piece == inside.start else INSIDE
    return target


def _anchors(text: Annotated, pieces: Pieces, *, window: Window) -> Iterator[tuple[str, tuple[Ints, Ints]]]:
    for name, asked in text.asked.items():
        positions, targets = [], []
        for one in asked:
            first = next(iter(pieces.within(*one.anchor)), None)
            if first is not None and window.first <= first < window.last:
                positions.append(first - window.start + 1)
                targets.append(_asked_target(one, pieces, window=window, head_=head(name)))
        if positions:
            yield name, (np.array(positions, dtype=np.int64), np.stack(targets))


def _asked_target(asked: Asked, pieces: Pieces, *, window: Window, head_: Head) -> Ints:
    assert head_.answer is Answer.SPANS  # noqa: S101 - anchored heads answer in spans
    target = spans_target(asked.spans, pieces, window=window, labels=head_.labels)
    for number, label in enumerate(head_.labels):
        if label not in asked.labels:
            target[:, number] = UNKNOWN
    return target
