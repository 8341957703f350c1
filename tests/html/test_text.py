"""Marks in a text: nested, crossing, over blocks; the text stays whole."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from invented_reports import capture_of, document_of
from purport.html.evidence import Mark
from purport.html.text import span_id, text_markup
from purport.model import Block, BlockKind, Document, Span

TEXT = "Alpha bravo charlie.\n\nDelta echo foxtrot & <golf>."


def document(text: str = TEXT, *blocks: Block) -> Document:
    from dataclasses import replace

    return replace(document_of(capture_of(text.encode()), text), blocks=blocks or (Block(Span(0, len(text)), BlockKind.PARAGRAPH),))


def mark(start: int, end: int, kind: str = "evidence") -> Mark:
    return Mark(Span(start, end), (kind,), (1,), f"{start}-{end}")


def parsed(document: Document, marks: list[Mark]) -> parser.HtmlElement:
    return parser.fragment_fromstring(text_markup(document, marks, page="p1"), create_parent="div")


def pieces(tree: parser.HtmlElement, span: Span) -> str:
    """The words under every piece of a mark."""
    return "".join(m.text_content() for m in tree.find_class("m") if m.get("data-tip") == f"{span.start}-{span.end}")


SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda ends: Span(*sorted(ends)))


@given(st.sets(SPANS.filter(lambda span: len(span) > 0), max_size=12))
def test_any_marks_leave_the_text_whole_and_cover_their_spans(spans: set[Span]) -> None:
    marks = sorted((mark(span.start, span.end) for span in spans), key=lambda m: (m.span.start, -m.span.end))
    tree = parsed(document(), marks)
    assert tree.text_content() == TEXT
    for span in spans:
        assert pieces(tree, span) == span.of(TEXT)
        assert len(tree.xpath("//*[@id=$id]", id=span_id("p1", span))) == 1


def test_marks_that_nest() -> None:
    tree = parsed(document(), [mark(0, 19, "content"), mark(6, 11, "source")])
    (inner,) = tree.find_class("source")
    assert inner.getparent().get("class").split()[1] == "content"


def test_marks_that_cross_are_cut() -> None:
    tree = parsed(document(), [mark(0, 11), mark(6, 19)])
    assert [m.text_content() for m in tree.find_class("m")] == ["Alpha bravo", "bravo", " charlie"]


def test_a_mark_over_two_blocks_is_cut_at_their_border() -> None:
    blocks = (Block(Span(0, 20), BlockKind.HEADLINE), Block(Span(22, len(TEXT)), BlockKind.PARAGRAPH))
    tree = parsed(document(TEXT, *blocks), [mark(12, 32)])
    assert [p.text_content() for p in tree] == ["Alpha bravo charlie.", "Delta echo foxtrot & <golf>."]
    assert [m.text_content() for m in tree.find_class("m")] == ["charlie.", "Delta echo"]


def test_a_dateline_stands_in_the_line_of_its_paragraph() -> None:
    text = "KIRKUK (MPA) – A bomb.\nMore."
    blocks = (Block(Span(0, 14), BlockKind.DATELINE), Block(Span(15, 22), BlockKind.PARAGRAPH), Block(Span(23, 28), BlockKind.PARAGRAPH))
    assert [p.text_content() for p in parsed(document(text, *blocks), [])] == ["KIRKUK (MPA) – A bomb.", "More."]


def test_a_dateline_alone_and_text_outside_of_blocks_are_kept() -> None:
    text = "KIRKUK –\nSkip to content\nA bomb."
    blocks = (Block(Span(0, 8), BlockKind.DATELINE), Block(Span(25, 32), BlockKind.PARAGRAPH))
    tree = parsed(document(text, *blocks), [])
    assert [p.get("class") for p in tree] == ["block dateline", "block outside", "block paragraph"]


def test_captions_are_told_apart() -> None:
    text = "A photo."
    tree = parsed(document(text, Block(Span(0, 8), BlockKind.CAPTION)), [])
    assert tree.text_content() == "Caption; the picture is not loadedA photo."
    assert tree[0][1].get("dir") == "auto"


def test_a_speech_that_tells_of_hundreds_of_events_does_not_repeat_them_all() -> None:
    speech = Mark(Span(0, len(TEXT)), ("content",), tuple(range(1, 301)), "")
    (piece,) = parsed(document(), [speech]).find_class("m")
    assert len(piece.get("class").split()) < 12
