"""The text of a page, block by block, its evidence marked; marks nest, and one that crosses another is cut in pieces."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from purport.html.evidence import FOCUSABLE, Mark
from purport.html.markup import attributes_of, element, text_of
from purport.model import Block, BlockKind, Document, Span

MOST_TIED = 8  #: events whose cards light one mark up; a speech that tells of hundreds would repeat them in every piece
DEEPEST = 5  #: voices one inside another that are told apart by the eye
LABELS = {
    BlockKind.CAPTION: "Caption; the picture is not loaded",
    BlockKind.CREDIT: "Credit",
    BlockKind.RIGHTS: "Rights",
    BlockKind.BYLINE: "Byline",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """Blocks that stand in one line of the text: a dateline and the paragraph that it heads."""

    span: Span
    kind: str


def text_markup(document: Document, marks: list[Mark], *, page: str, linked: bool = False) -> str:
    """The whole text as markup. ``page`` is the id of the page, with which ids and classes begin.

    ``linked``: marks lead to the first of their events, and each piece of one names its span; one inside another cannot be a link too.
    """
    cutter = _Cutter(document.text, marks, page=page, linked=linked)
    return "\n".join(_block(line, cutter) for line in _lines(document))


def _lines(document: Document) -> Iterator[_Line]:
    """Blocks in the order of the text, those of one line together; what no block holds is a line of kind "outside"."""
    end = 0
    for span, kind in _joined(sorted(document.blocks, key=lambda block: block.span), document.text):
        yield from _outside(Span(end, max(span.start, end)), document.text)
        if span.end > end:
            yield _Line(Span(max(span.start, end), span.end), kind)
        end = max(end, span.end)
    yield from _outside(Span(end, len(document.text)), document.text)


def _joined(blocks: Iterable[Block], text: str) -> Iterator[tuple[Span, str]]:
    held: Block | None = None
    for block in blocks:
        if held is not None and "\n" not in text[held.span.end : block.span.start]:
            yield Span(held.span.start, block.span.end), block.kind.value
            held = None
            continue
        if held is not None:
            yield held.span, held.kind.value
        held = block if block.kind is BlockKind.DATELINE else None
        if held is None:
            yield block.span, block.kind.value
    if held is not None:
        yield held.span, held.kind.value


def _outside(span: Span, text: str) -> Iterator[_Line]:
    if any(character.isalnum() for character in span.of(text)):  # a bare "/" between caption and credit is left out
        yield _Line(span, "outside")


def _block(line: _Line, cutter: "_Cutter") -> str:
    kind = BlockKind(line.kind) if line.kind != "outside" else None
    content, classes = cutter.markup(line.span), f"block {line.kind}"
    if kind in LABELS:
        return element("div", element("span", LABELS[kind], class_="label") + element("p", content, dir="auto"), class_=classes)
    return element("blockquote" if kind is BlockKind.QUOTE else "p", content, class_=classes, dir="auto")


class _Cutter:
    """Marks opened and closed in the order of the text. Blocks are asked for in that order, so each mark is looked at once."""

    def __init__(self, text: str, marks: list[Mark], *, page: str, linked: bool) -> None:
        self._text = text
        self._waiting = marks[::-1]
        self._open: list[Mark] = []
        self._seen: set[Span] = set()
        self._page = page
        self._linked = linked
        self._link: Mark | None = None  #: the open mark that is a link

    def markup(self, span: Span) -> str:
        """The text of ``span`` with the marks that touch it."""
        pieces: list[str] = []
        position = span.start
        self._open = [mark for mark in self._open if mark.span.end > position]
        self._skip_to(position)
        pieces += map(self._tag, self._open)
        while position < span.end:
            position = self._step(position, pieces, end=span.end)
        pieces += self._ends(self._open)
        return "".join(pieces)

    def _skip_to(self, position: int) -> None:
        """Marks that began in the gap before this block."""
        while self._waiting and self._waiting[-1].span.start < position:
            mark = self._waiting.pop()
            if mark.span.end > position:
                self._open.append(mark)

    def _step(self, position: int, pieces: list[str], *, end: int) -> int:
        """Close what ends here, open what starts here, write up to the next border; where that is comes out."""
        self._close(position, pieces)
        while self._waiting and self._waiting[-1].span.start == position:
            self._open.append(self._waiting.pop())
            pieces.append(self._tag(self._open[-1]))
        borders = [end, *(mark.span.end for mark in self._open)]
        if self._waiting:
            borders.append(self._waiting[-1].span.start)
        following = min(border for border in borders if border > position)
        pieces.append(text_of(self._text[position:following], keep_lines=True))
        if following == end:
            self._close(following, pieces)
        return following

    def _close(self, position: int, pieces: list[str]) -> None:
        """Close marks that end at ``position``; those opened later are closed with them and opened again."""
        first = next((i for i, mark in enumerate(self._open) if mark.span.end <= position), None)
        if first is None:
            return
        pieces += self._ends(self._open[first:])
        again = [mark for mark in self._open[first:] if mark.span.end > position]
        self._open = self._open[:first] + again
        pieces += map(self._tag, again)

    def _ends(self, marks: list[Mark]) -> list[str]:
        """The closing tags of open marks, the innermost first."""
        tags = ["</a>" if mark is self._link else "</span>" for mark in reversed(marks)]
        if self._link in marks:
            self._link = None
        return tags

    def _tag(self, mark: Mark) -> str:
        is_first = mark.span not in self._seen
        self._seen.add(mark.span)
        events = [event_id(self._page, number) for number in mark.events[:MOST_TIED]]
        can_focus = bool(FOCUSABLE.intersection(mark.kinds))
        is_link = self._linked and can_focus and self._link is None and bool(events)
        classes = ["m", *mark.kinds, *events, *([f"d{min(mark.depth, DEEPEST)}"] if mark.depth and self._linked else [])]
        attributes = attributes_of(
            id=span_id(self._page, mark.span) if is_first else None,
            class_=" ".join([*classes, *(["first"] if is_first and self._linked else [])]),
            href=f"#{events[0]}" if is_link else None,
            tabindex="0" if is_first and can_focus else "-1" if is_link else None,
            data_span=f"{mark.span.start}-{mark.span.end}" if self._linked else None,
            data_tip=mark.tip or None,
        )
        if is_link:
            self._link = mark
        return f"<{'a' if is_link else 'span'}{attributes}>"


def span_id(page: str, span: Span) -> str:
    """The id of a marked stretch, for links from claims."""
    return f"{page}s{span.start}-{span.end}"


def event_id(page: str, number: int) -> str:
    """The id of an event's card, and the class of its evidence."""
    return f"{page}e{number}"
