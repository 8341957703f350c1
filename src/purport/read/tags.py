"""What the encoder said of a text, as stretches of its characters: whole words, exact."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from purport.model import Reading, Span, Tagged
from purport.read.encoder import Encoded, Encoder, encoder
from purport.settings import Settings

Floats = NDArray[np.float32]
OUTSIDE, BEGINS = 0, 1


def find_tags(reading: Reading, *, settings: Settings) -> "PageTags | None":
    """The tags of a page's text, or None for the reader by rules alone."""
    if settings.reader == "rules":
        return None
    return PageTags(reading.document.text, encoder=encoder(settings.models_dir))


class PageTags:
    """``model.Tags`` over one text."""

    def __init__(self, text: str, *, encoder: Encoder) -> None:
        self._encoder = encoder
        self._encoded: Encoded = encoder.encode(text)
        self._starts = [s for s, _ in self._encoded.offsets]
        self._ends = [e for _, e in self._encoded.offsets]
        self._answers: dict[tuple[str, int], Floats] = {}

    def spans(self, head: str) -> tuple[Tagged, ...]:
        return tuple(self._decoded(head, self._encoded.plain[head], first=0))

    def marks(self, head: str, *, least: float = 0.5) -> tuple[Tagged, ...]:
        chances = _sigmoid(self._encoded.plain[head])
        rows, columns = np.nonzero(chances >= least)
        labels = self._encoder.heads[head].labels
        return tuple(
            Tagged(self._word(int(piece)), labels[column], float(chances[piece, column]))
            for piece, column in zip(rows, columns, strict=True)
            if not self._encoded.continues[piece]
        )

    def asked(self, head: str, anchors: Sequence[Span]) -> tuple[tuple[Tagged, ...], ...]:
        places = [self._first(span) for span in anchors]
        self._ask(head, [p for p in places if p is not None])
        return tuple(() if p is None else tuple(self._answered(head, p)) for p in places)

    def chance(self, head: str, label: str, *, span: Span, anchor: Span | None = None) -> float:
        described = self._encoder.heads[head]
        column = described.labels.index(label)
        pieces = self._within(span)
        if not pieces:
            return 0.0
        if anchor is not None:
            return self._asked_chance(head, column, pieces=pieces, anchor=anchor)
        numbers = self._encoded.plain[head][pieces.start : pieces.stop]
        if described.answer == "spans":
            return float(_inside(numbers, labels=len(described.labels))[:, column].max())
        chances = _sigmoid(numbers) if described.answer == "marks" else _softmax(numbers)
        return float(chances[:, column].max())

    def number(self, head: str, span: Span) -> float:
        piece = self._first(span)
        return 0.0 if piece is None else float(self._encoded.plain[head][piece, 0])

    def _asked_chance(self, head: str, column: int, *, pieces: range, anchor: Span) -> float:
        place = self._first(anchor)
        if place is None:
            return 0.0
        self._ask(head, [place])
        window = self._encoded.windows[self._window(place)]
        seen = [p - window.start for p in pieces if window.start <= p < window.end]
        inside = _inside(self._answers[head, place], labels=len(self._encoder.heads[head].labels))
        return float(inside[seen, column].max()) if seen else 0.0

    def _ask(self, head: str, places: Sequence[int]) -> None:
        """Asks for the anchors not yet asked for, a window at a time."""
        by_window: dict[int, list[int]] = {}
        for place in sorted({p for p in places if (head, p) not in self._answers}):
            by_window.setdefault(self._window(place), []).append(place)
        for number, inside in by_window.items():
            start = self._encoded.windows[number].start
            found = self._encoder.ask(head, self._encoded.hidden[number], [p - start + 1 for p in inside])
            for place, numbers in zip(inside, found, strict=True):
                self._answers[head, place] = numbers[1:-1]

    def _answered(self, head: str, place: int) -> Iterator[Tagged]:
        yield from self._decoded(head, self._answers[head, place], first=self._encoded.windows[self._window(place)].start)

    def _decoded(self, head: str, numbers: Floats, *, first: int) -> Iterator[Tagged]:
        """The stretches in numbers [pieces, labels * 3] of the pieces from ``first`` on."""
        labels = self._encoder.heads[head].labels
        chances = _softmax(numbers.reshape(len(numbers), len(labels), 3))
        found = [
            Tagged(self._whole(first + start, first + end), label, float(1 - chances[start:end, column, OUTSIDE].mean()))
            for column, label in enumerate(labels)
            for start, end in _runs(chances[:, column], continues=self._encoded.continues[first : first + len(numbers)])
        ]
        return iter(sorted(found, key=lambda t: (t.span, t.label)))

    def _window(self, piece: int) -> int:
        return bisect_right([w.first for w in self._encoded.windows], piece) - 1

    def _within(self, span: Span) -> range:
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def _first(self, span: Span) -> int | None:
        return next(iter(self._within(span)), None)

    def _word(self, piece: int) -> Span:
        return self._whole(piece, piece + 1)

    def _whole(self, start: int, end: int) -> Span:
        """The characters of pieces ``[start, end)`` with the rest of the word that the last one begins."""
        while end < len(self._encoded.continues) and self._encoded.continues[end]:
            end += 1
        return Span(self._starts[start], self._ends[end - 1])


def _runs(chances: Floats, *, continues: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Runs of pieces that are more likely in than out; a new one begins where "begins" is the likeliest. A word is never cut."""
    likeliest = chances.argmax(axis=1)
    start: int | None = None
    for place, answer in enumerate(likeliest):
        if continues[place]:
            continue
        if start is not None and answer in (OUTSIDE, BEGINS):
            yield start, place
            start = None
        if start is None and answer != OUTSIDE:
            start = place
    if start is not None:
        yield start, len(likeliest)


def _inside(numbers: Floats, *, labels: int) -> Floats:
    inside: Floats = 1 - _softmax(numbers.reshape(len(numbers), labels, 3))[:, :, OUTSIDE]
    return inside


def _softmax(numbers: Floats) -> Floats:
    raised = np.exp(numbers - numbers.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def _sigmoid(numbers: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-np.clip(numbers, -60, 60)))
    return chances
