"""Plain text → its paragraphs, whether lines are wrapped by hand, one line is one paragraph, or blank lines part them."""

import re
from collections import Counter
from itertools import pairwise

from purport.model import Span

#: Wrapped text keeps under this many characters a line; longer lines are paragraphs of their own.
WIDEST_WRAP = 120
#: Share of inner lines that must be full (the next word would not have fitted) for lines to count as wrapped.
FULL_LINES = 0.7
#: Fewer inner lines than this prove nothing about wrapping.
FEWEST_LINES = 3

_CHUNK = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_LINE = re.compile(r"[^\S\n]*(\S[^\n]*)")


def paragraphs_of(text: str) -> list[Span]:
    """The paragraphs of ``text`` in order, without white space at their ends. Wrapped lines stay in one span, line breaks inside."""
    chunks = [_lines(text, Span(*found.span())) for found in _CHUNK.finditer(text)]
    inner = [(line, after) for lines in chunks for line, after in pairwise(lines)]
    if not _is_wrapped(text, inner):
        return [span for lines in chunks for span in _single(text, lines)]
    usual = Counter(_indent(text, after) for _, after in inner).most_common(1)[0][0]
    return [span for lines in chunks for span in _joined(text, lines, usual=usual)]


def _lines(text: str, chunk: Span) -> list[Span]:
    found = _LINE.finditer(text, chunk.start, chunk.end)
    return [Span(match.start(1), match.start(1) + len(match[1].rstrip())) for match in found]


def _is_wrapped(text: str, inner: list[tuple[Span, Span]]) -> bool:
    widest = sorted(len(line) for line, _ in inner)
    if len(inner) < FEWEST_LINES or widest[-1] > 2 * WIDEST_WRAP:
        return False
    width = widest[int(len(widest) * 0.98)]
    full = sum(len(line) + 1 + len(after.of(text).split(None, 1)[0]) > width - width // 8 for line, after in inner)
    return width <= WIDEST_WRAP and full >= FULL_LINES * len(inner)


def _joined(text: str, lines: list[Span], *, usual: int) -> list[Span]:
    """Wrapped lines as paragraphs; a line set in deeper than ``usual`` opens a new one."""
    spans: list[Span] = []
    for line in lines:
        if not spans or _indent(text, line) > usual + 1:
            spans.append(line)
        else:
            spans[-1] = Span(spans[-1].start, line.end)
    return spans


def _indent(text: str, line: Span) -> int:
    return line.start - (text.rfind("\n", 0, line.start) + 1)


def _single(text: str, lines: list[Span]) -> list[Span]:
    """Each line a paragraph, but one that goes on in lower case after a line without an end belongs to it."""
    spans: list[Span] = []
    for line in lines:
        goes_on = bool(spans) and text[line.start].islower() and text[spans[-1].end - 1] not in ".!?:;”\"'’)"
        if goes_on:
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(line)
    return spans
