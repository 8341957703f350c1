"""The text beside a review: plain blocks that say where they begin, with the words of one event's claims marked in flat pieces."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from markupsafe import Markup

from purport.html.markup import element, text_of
from purport.model import BlockKind, Document, Span

LABELS = {BlockKind.CAPTION: "Caption", BlockKind.CREDIT: "Credit", BlockKind.RIGHTS: "Rights", BlockKind.BYLINE: "Byline"}
Marked = tuple[Span, str]  #: a stretch and its class


def review_text(document: Document, marks: Iterable[Marked]) -> Markup:
    """The whole text. Each piece of a mark says its span, so that the evidence of a claim can be lit up without drawing anything again."""
    marks = sorted(set(marks))
    blocks = (_block(span, kind, text=document.text, marks=marks) for span, kind in _blocks(document))
    return Markup("\n".join(blocks))  # noqa: S704 - made by html/markup.py


def _blocks(document: Document) -> Iterator[tuple[Span, BlockKind | None]]:
    """Blocks in the order of the text, and between them what none holds."""
    end = 0
    for block in sorted(document.blocks, key=lambda block: block.span):
        if block.span.start < end:
            continue
        yield from _outside(document.text, Span(end, block.span.start))
        yield block.span, block.kind
        end = block.span.end
    yield from _outside(document.text, Span(end, len(document.text)))


def _outside(text: str, span: Span) -> Iterator[tuple[Span, BlockKind | None]]:
    if any(character.isalnum() for character in span.of(text)):
        yield span, None


def _block(span: Span, kind: BlockKind | None, *, text: str, marks: list[Marked]) -> str:
    inside = [(mark, name) for mark, name in marks if mark.overlaps(span)]
    content = "".join(_pieces(span, text=text, marks=inside))
    block = element("p", content, class_=f"block {kind or 'outside'}", dir="auto", data_start=str(span.start))
    label = LABELS.get(kind) if kind else None
    return element("div", element("span", label, class_="label") + block, class_=f"labelled {kind}") if label else block


def _pieces(span: Span, *, text: str, marks: list[Marked]) -> Iterator[str]:
    """The block cut at every border of a mark."""
    borders = {span.start, span.end, *(at for mark, _ in marks for at in (mark.start, mark.end) if span.start < at < span.end)}
    ordered = sorted(borders)
    for start, end in pairwise(ordered):
        names = sorted({name for mark, name in marks if mark.start <= start and end <= mark.end})
        words = text_of(text[start:end], keep_lines=True)
        yield element("span", words, class_=" ".join(["m", *names]), id=f"s{start}-{end}", data_at=f"{start}-{end}") if names else words
