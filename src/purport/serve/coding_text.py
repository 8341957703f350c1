"""The text of a page for coding: lines with where they begin, cut where something is marked. No mark of any other event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from purport.model import BlockKind, Document, Span

LABELS = {
    BlockKind.CAPTION: "Caption; the picture is not loaded",
    BlockKind.CREDIT: "Credit",
    BlockKind.BYLINE: "Byline",
    BlockKind.RIGHTS: "Rights",
}
UNIT = "unit"  #: class of the words that tell of the event to be coded


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text with its classes and what it is, for those who cannot see the colours."""

    span: Span
    kind: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two borders of marks."""

    words: str
    kinds: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text. ``start`` is its first code point in the document."""

    start: int
    kind: str
    label: str
    pieces: tuple[Piece, ...]


def lines_of(document: Document, marks: Sequence[Marked]) -> tuple[Line, ...]:
    """The lines that are not blank, in order, with the marks that touch them."""
    return tuple(_line(document, span, marks=marks) for span in _spans(document.text))


def _spans(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line.rstrip("\r\n")))
        start += len(line)


def _line(document: Document, span: Span, *, marks: Sequence[Marked]) -> Line:
    kind = next((block.kind for block in document.blocks if block.span.overlaps(span)), BlockKind.PARAGRAPH)
    own = [mark for mark in marks if mark.span.overlaps(span)]
    ends = {end for mark in own for end in (mark.span.start, mark.span.end) if span.start < end < span.end}
    pieces = (_piece(document.text, Span(first, last), marks=own) for first, last in pairwise(sorted({span.start, span.end, *ends})))
    return Line(span.start, kind.value, LABELS.get(kind, ""), tuple(pieces))


def _piece(text: str, span: Span, *, marks: Sequence[Marked]) -> Piece:
    own = [mark for mark in marks if mark.span.covers(span)]
    says = "; ".join(dict.fromkeys(mark.says for mark in own if mark.says))
    return Piece(span.of(text), tuple(dict.fromkeys(mark.kind for mark in own)), says)
