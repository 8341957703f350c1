"""Annotated text → word pieces in windows with a target for every head."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from purport.read.encoder import CLOSING, OPENING, SURROGATES
from purport.read.windows import Window, windows_of
from purport.train.annotated import Annotated, Asked, Labelled
from purport.train.heads import HEADS, Answer, Head, head

#: A target that is masked.
UNKNOWN = -100
OUTSIDE, BEGINS, INSIDE = 0, 1, 2
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
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
        encoding = tokenizer.encode(SURROGATES.sub("\ufffd", text), add_special_tokens=False)
        self.ids = encoding.ids
        self.offsets = encoding.offsets
        self.starts = [s for s, _ in self.offsets]
        self.ends = [e for _, e in self.offsets]

    def within(self, start: int, end: int) -> range:
        """The pieces that overlap the characters."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def first(self, start: int, end: int, *, window: Window) -> int | None:
        """The place in the window of the first piece that overlaps the characters, or None if it lies outside."""
        piece = next(iter(self.within(start, end)), None)
        return None if piece is None or not window.start <= piece < window.end else piece - window.start + 1


@dataclass(frozen=True, slots=True)
class _Seen:
    """One window of a text's pieces."""

    pieces: Pieces
    window: Window

    @property
    def length(self) -> int:
        return self.window.end - self.window.start + 2

    def places(self, start: int, end: int) -> Iterator[tuple[int, bool]]:
        """Places in the window of the pieces in these characters, and whether the first of them all."""
        inside = self.pieces.within(start, end)
        for piece in inside:
            if self.window.start <= piece < self.window.end:
                yield piece - self.window.start + 1, piece == inside.start


def examples_of(text: Annotated, *, tokenizer: Tokenizer, heads: Sequence[Head] = HEADS) -> Iterator[Example]:
    """The windows of one text; those of a long text overlap, as at run time."""
    pieces = Pieces(text.text, tokenizer=tokenizer)
    opening, closing = tokenizer.token_to_id(OPENING), tokenizer.token_to_id(CLOSING)
    for window in windows_of(pieces.offsets, text=text.text):
        seen = _Seen(pieces, window)
        yield Example(
            text.id,
            np.array([opening, *pieces.ids[window.start : window.end], closing], dtype=np.int64),
            dict(_targets(text, seen, heads=heads)),
            dict(_anchors(text, seen, heads=heads)),
        )


def _targets(text: Annotated, seen: _Seen, *, heads: Sequence[Head]) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, spans in text.spans.items():
        yield name, spans_target(spans, seen.pieces, window=seen.window, labels=head(name, heads=heads).labels)
    for name, marks in text.marks.items():
        fill = UNKNOWN if name in text.partial else 0
        yield name, _marks_target(marks, seen, labels=head(name, heads=heads).labels, fill=fill)
    for name, classes in text.classes.items():
        yield name, _class_target(classes, seen, labels=head(name, heads=heads).labels)
    for name, scores in text.scores.items():
        yield name, _score_target(scores, seen)


def _marks_target(marks: Iterable[Labelled], seen: _Seen, *, labels: tuple[str, ...], fill: int) -> Ints:
    target = np.full((seen.length, len(labels)), fill, dtype=np.int64)
    for start, end, label in marks:
        place = seen.pieces.first(start, end, window=seen.window)
        if place is not None:
            target[place, labels.index(label)] = 1
    return target


def _class_target(classes: Iterable[Labelled], seen: _Seen, *, labels: tuple[str, ...]) -> Ints:
    target = np.full(seen.length, UNKNOWN, dtype=np.int64)
    for start, end, label in classes:
        for place, _ in seen.places(start, end):
            target[place] = labels.index(label)
    return target


def _score_target(scores: Iterable[tuple[int, int, float]], seen: _Seen) -> NDArray[np.float32]:
    numbers = np.full(seen.length, np.nan, dtype=np.float32)
    for start, end, score in scores:
        place = seen.pieces.first(start, end, window=seen.window)
        if place is not None:
            numbers[place] = score
    return numbers


def spans_target(spans: Iterable[tuple[int, int, str]], pieces: Pieces, *, window: Window, labels: tuple[str, ...]) -> Ints:
    """[pieces, labels] of outside, begins, inside; a span that began before the window is inside from its first piece here."""
    seen = _Seen(pieces, window)
    target = np.zeros((seen.length, len(labels)), dtype=np.int64)
    for start, end, label in sorted(spans, key=lambda s: s[0] - s[1]):
        for place, is_first in seen.places(start, end):
            target[place, labels.index(label)] = BEGINS if is_first else INSIDE
    return target


def _anchors(text: Annotated, seen: _Seen, *, heads: Sequence[Head]) -> Iterator[tuple[str, tuple[Ints, Ints]]]:
    for name, asked in text.asked.items():
        positions, targets = [], []
        for one in asked:
            place = seen.pieces.first(*one.anchor, window=seen.window)
            if place is not None and seen.window.first <= place + seen.window.start - 1 < seen.window.last:
                positions.append(place)
                targets.append(_asked_target(one, seen, head_=head(name, heads=heads)))
        if positions:
            yield name, (np.array(positions, dtype=np.int64), np.stack(targets))


def _asked_target(asked: Asked, seen: _Seen, *, head_: Head) -> Ints:
    assert head_.answer is Answer.SPANS  # noqa: S101 - anchored heads answer in spans
    target = spans_target(asked.spans, seen.pieces, window=seen.window, labels=head_.labels)
    for number, label in enumerate(head_.labels):
        if label not in asked.labels:
            target[:, number] = UNKNOWN
    return target
