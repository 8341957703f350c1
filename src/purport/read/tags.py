"""What the encoder said of a text, as stretches of its characters: whole words, exact."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from purport import models
from purport.model import Reading, Span, Tagged
from purport.settings import Settings

if TYPE_CHECKING:
    from purport.read.encoder import Encoded, Encoder

Floats = NDArray[np.float32]
OUTSIDE, BEGINS, GOES_ON = 0, 1, 2


def find_tags(reading: Reading, *, settings: Settings) -> "PageTags | None":
    """The tags of a page's text, or None for the reader by rules alone. Raises ResourceError if the weights cannot be used."""
    if not models.are_used(settings):
        return None
    from purport.read.encoder import encoder  # brings the library that runs it, which the rules do without

    return PageTags(reading.document.text, encoder=encoder(models.folder_of(settings)))


class PageTags:
    """``model.Tags`` over one text. A head or label that weights of a user's own lack is marked nowhere; its chance and number are 0."""

    def __init__(self, text: str, *, encoder: "Encoder") -> None:
        self._encoder = encoder
        self._encoded: Encoded = encoder.encode(text)
        self._starts = [s for s, _ in self._encoded.offsets]
        self._ends = [e for _, e in self._encoded.offsets]
        self._firsts = [w.first for w in self._encoded.windows]
        self._spans: dict[str, tuple[Tagged, ...]] = {}
        self._chances: dict[str, Floats] = {}  # of heads that are asked about no anchor
        #: By anchored head and anchor: numbers [pieces of its window, labels * 3], and the stretches and chances made of them when needed.
        self._answers: dict[tuple[str, int], Floats] = {}
        self._belonging: dict[tuple[str, int], tuple[Tagged, ...]] = {}
        self._likelihoods: dict[tuple[str, int], Floats] = {}

    def spans(self, head: str) -> tuple[Tagged, ...]:
        """The stretches that a head marks, in text order."""
        if head not in self._encoder.heads:
            return ()
        if head not in self._spans:
            self._spans[head] = self._decoded(head, self._encoded.plain[head], first=0)
        return self._spans[head]

    def likely(self, head: str, label: str, *, least: float) -> tuple[Tagged, ...]:
        """The stretches whose every word is at least so likely; a new one begins where "begins" is likelier than going on."""
        labels = self._encoder.heads[head].labels if head in self._encoder.heads else ()
        if label not in labels:
            return ()
        column, numbers = labels.index(label), self._encoded.plain[head]
        inside = _chances(numbers, answer="spans")[:, column]
        words = np.flatnonzero(~self._encoded.continues)
        answers = numbers.reshape(len(numbers), len(labels), 3)[words, column]
        begins = np.where(answers[:, BEGINS] > answers[:, GOES_ON], BEGINS, GOES_ON)
        taken = np.where(inside[words] >= least, begins, OUTSIDE)
        runs = _runs(taken, words=words, last=len(numbers))
        return tuple(Tagged(self._whole(start, end), label, float(inside[start:end].mean())) for start, end in runs)

    def marks(self, head: str, *, least: float = 0.5) -> tuple[Tagged, ...]:
        """The words that a head marks, in text order."""
        if head not in self._encoder.heads:
            return ()
        chances = _sigmoid(self._encoded.plain[head])
        labels = self._encoder.heads[head].labels
        likely = (chances >= least) & ~self._encoded.continues[:, None]
        return tuple(
            Tagged(self._whole(piece, piece + 1), labels[column], float(chances[piece, column]))
            for piece, column in np.argwhere(likely).tolist()
        )

    def asked(self, head: str, anchors: Sequence[Span]) -> tuple[tuple[Tagged, ...], ...]:
        """For each anchor what belongs to it, as seen from the window that answers for the anchor."""
        if head not in self._encoder.heads:
            return ((),) * len(anchors)
        places = [self._first(span) for span in anchors]
        self._ask(head, [p for p in places if p is not None])
        return tuple(() if p is None else self._belongs(head, p) for p in places)

    def chance(self, head: str, label: str, *, span: Span, anchor: Span | None = None) -> float:
        """The greatest probability over the pieces of ``span``; 0 where there is no piece, or none that the anchor's window sees."""
        labels = self._encoder.heads[head].labels if head in self._encoder.heads else ()
        pieces = self._within(span)
        if not pieces or label not in labels:
            return 0.0
        column = labels.index(label)
        if anchor is not None:
            return self._asked_chance(head, column, pieces=pieces, anchor=anchor)
        return float(self._plain_chances(head)[pieces.start : pieces.stop, column].max())

    def chances(self, head: str, spans: Sequence[Span]) -> Mapping[str, tuple[float, ...]]:
        """By label, its greatest probability over the pieces of each of ``spans``; 0 where there is no piece."""
        if head not in self._encoder.heads:
            return {}
        labels, known = self._encoder.heads[head].labels, self._plain_chances(head)
        rows = [known[p.start : p.stop].max(axis=0) if p else np.zeros(len(labels)) for p in map(self._within, spans)]
        return {label: tuple(float(row[column]) for row in rows) for column, label in enumerate(labels)}

    def _plain_chances(self, head: str) -> Floats:
        if head not in self._chances:
            self._chances[head] = _chances(self._encoded.plain[head], answer=self._encoder.heads[head].answer)
        return self._chances[head]

    def number(self, head: str, span: Span) -> float:
        """What a head that gives a number says of the first piece of ``span``; 0 where there is none."""
        piece = self._first(span)
        return 0.0 if piece is None or head not in self._encoder.heads else float(self._encoded.plain[head][piece, 0])

    def _asked_chance(self, head: str, column: int, *, pieces: range, anchor: Span) -> float:
        place = self._first(anchor)
        if place is None:
            return 0.0
        self._ask(head, [place])
        window = self._encoded.windows[self._window(place)]
        seen = [p - window.start for p in pieces if window.start <= p < window.end]
        return float(self._likely(head, place)[seen, column].max()) if seen else 0.0

    def _ask(self, head: str, places: Sequence[int]) -> None:
        """Asks for the anchors not yet asked for, a window at a time."""
        by_window: dict[int, list[int]] = {}
        for place in sorted({p for p in places if (head, p) not in self._answers}):
            by_window.setdefault(self._window(place), []).append(place)
        for number, inside in by_window.items():
            start = self._encoded.windows[number].start
            hidden = self._encoder.last_layer(self._encoded, number)
            found = self._encoder.ask(head, hidden, [p - start + 1 for p in inside])
            for place, numbers in zip(inside, found[:, 1:-1], strict=True):
                self._answers[head, place] = numbers

    def _belongs(self, head: str, place: int) -> tuple[Tagged, ...]:
        """The stretches that belong to an anchor that was asked for."""
        key = (head, place)
        if key not in self._belonging:
            start = self._encoded.windows[self._window(place)].start
            self._belonging[key] = self._decoded(head, self._answers[key], first=start)
        return self._belonging[key]

    def _likely(self, head: str, place: int) -> Floats:
        """Chances [pieces of the window, labels] to belong to an anchor that was asked for."""
        key = (head, place)
        if key not in self._likelihoods:
            self._likelihoods[key] = _chances(self._answers[key], answer="spans")
        return self._likelihoods[key]

    def _decoded(self, head: str, numbers: Floats, *, first: int) -> tuple[Tagged, ...]:
        """The stretches in numbers [pieces, labels * 3] of the pieces from ``first`` on."""
        labels = self._encoder.heads[head].labels
        answers = numbers.reshape(len(numbers), len(labels), 3)
        inside = _chances(numbers, answer="spans")
        words = np.flatnonzero(~self._encoded.continues[first : first + len(numbers)])
        likeliest = answers[words].argmax(axis=2)
        found = [
            Tagged(self._whole(first + start, first + end), label, float(inside[start:end, column].mean()))
            for column, label in enumerate(labels)
            for start, end in _runs(likeliest[:, column], words=words, last=len(numbers))
        ]
        return tuple(sorted(found, key=lambda t: (t.span, t.label)))

    def _window(self, piece: int) -> int:
        """The window that answers for a piece."""
        return bisect_right(self._firsts, piece) - 1

    def _within(self, span: Span) -> range:
        """The pieces that overlap ``span``."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def _first(self, span: Span) -> int | None:
        return next(iter(self._within(span)), None)

    def _whole(self, start: int, end: int) -> Span:
        """The characters of pieces ``[start, end)`` with the rest of the word that the last one begins, and its accents."""
        continues, text = self._encoded.continues, self._encoded.text
        while end < len(continues) and continues[end]:
            end += 1
        stop = self._ends[end - 1]
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        return Span(self._starts[start], stop)


def _runs(likeliest: NDArray[np.intp], *, words: NDArray[np.intp], last: int) -> Iterator[tuple[int, int]]:
    """Runs of pieces ``[start, end)`` whose words are in; a new one begins where "begins" is the likeliest.

    ``likeliest``: the answer of each word's first piece, ``words`` the places of these, ``last`` the number of all pieces.
    """
    cuts = np.flatnonzero(likeliest != GOES_ON)
    before = np.append(OUTSIDE, likeliest)[:-1]
    starts = np.flatnonzero((likeliest != OUTSIDE) & ((before == OUTSIDE) | (likeliest == BEGINS)))
    ends = np.append(words, last)[np.append(cuts, len(likeliest))[np.searchsorted(cuts, starts, side="right")]]
    return zip(words[starts].tolist(), ends.tolist(), strict=True)


def _chances(numbers: Floats, *, answer: str) -> Floats:
    """Probabilities [pieces, labels]: of being in a stretch, of each mark, of each class."""
    if answer == "marks":
        return _sigmoid(numbers)
    if answer == "class":
        return _softmax(numbers)
    outside: Floats = _softmax(numbers.reshape(len(numbers), numbers.shape[1] // 3, 3))[:, :, OUTSIDE]
    inside: Floats = 1 - outside
    return inside


def _softmax(numbers: Floats) -> Floats:
    raised = np.exp(numbers - numbers.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def _sigmoid(numbers: Floats) -> Floats:
    chances: Floats = np.reciprocal(1 + np.exp(-np.clip(numbers, -60, 60)))
    return chances
