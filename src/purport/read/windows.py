"""Where the windows of the encoder begin and end: runs of word pieces that overlap, cut at ends of sentences where that can be."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Pieces of a window at most; with the two marks at its ends 256.
LONGEST = 254
#: Pieces that two neighbours share at least where a text is longer than one window.
SHARED = 40
#: How far back from its longest a window may end to end with a sentence.
SLACK = 70
ENDS = frozenset(".!?\n")


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ``[start, end)`` are read together; the answers for ``[first, last)`` are taken from this window."""

    start: int
    end: int
    first: int
    last: int


def windows_of(offsets: Sequence[tuple[int, int]], *, text: str) -> tuple[Window, ...]:
    """Windows over the pieces at ``offsets``; each piece is answered by exactly one, the one that sees more on both sides of it."""
    edges = list(_edges(offsets, text=text))
    found = []
    for number, (start, end) in enumerate(edges):
        first = start if number == 0 else (start + edges[number - 1][1]) // 2
        last = end if number + 1 == len(edges) else (edges[number + 1][0] + end) // 2
        found.append(Window(start, end, first, last))
    return tuple(found)


def _edges(offsets: Sequence[tuple[int, int]], *, text: str) -> list[tuple[int, int]]:
    closing = [_closes(offsets, n, text=text) for n in range(len(offsets))]
    found: list[tuple[int, int]] = []
    start = 0
    while True:
        end = min(start + LONGEST, len(offsets))
        if end < len(offsets):
            end = _latest(closing, low=end - SLACK, high=end) or end
        found.append((start, end))
        if end >= len(offsets):
            return found if found[-1][1] > found[-1][0] else []
        start = _latest(closing, low=end - 2 * SHARED, high=end - SHARED) or end - SHARED


def _latest(closing: Sequence[bool], *, low: int, high: int) -> int | None:
    """Just after the last piece in ``[low, high)`` that ends a sentence."""
    return next((n + 1 for n in range(high - 1, max(low, 0) - 1, -1) if closing[n]), None)


def _closes(offsets: Sequence[tuple[int, int]], number: int, *, text: str) -> bool:
    end = offsets[number][1]
    following = text[end : offsets[number + 1][0]] if number + 1 < len(offsets) else "\n"
    return "\n" in following or (text[end - 1] in ENDS and following != "")
