"""The captions of an article's own figures, which main-text extraction leaves out."""

from lxml.html import HtmlElement

from purport.extract.blocks import Paragraph, folded
from purport.extract.metadata import is_aside
from purport.extract.tree import words_of
from purport.model import BlockKind

LONGEST_CAPTION = 600
#: Characters of a paragraph by which it is found again in the page.
PROBE = 60
#: More figures than this is a gallery, whose captions are no part of the story.
MOST_FIGURES = 12


def captions_of(tree: HtmlElement, body: list[Paragraph], *, headline: str | None) -> list[Paragraph]:
    """``body`` with CAPTION paragraphs before the paragraph that follows their figure; one that the body holds already changes its kind."""
    places = {folded(p.text)[:PROBE]: index for index, p in enumerate(body)}
    captions: dict[int, list[str]] = {}
    waiting: list[str] = []
    begun = headline is None
    for element in tree.iter("h1", "p", "figcaption", "h2", "h3", "li", "blockquote", "div"):
        begun = begun or element.tag == "h1"
        if element.tag == "figcaption":
            waiting += [words] if begun and (words := _caption(element)) else []
        elif waiting or not begun:
            place = places.get(folded(_opening(element))[:PROBE])
            if place is not None:
                begun = True
                captions.setdefault(place, []).extend(waiting)
                waiting = []
    return _woven(body, captions)


def _caption(element: HtmlElement) -> str | None:
    words = words_of(element)
    linked = sum(len(words_of(a)) for a in element.iter("a"))
    outer = any(up.tag == "a" for up in element.iterancestors())
    own = 8 <= len(words) <= LONGEST_CAPTION and linked < 0.8 * len(words) and not outer and not is_aside(element)
    return words if own else None


def _opening(element: HtmlElement) -> str:
    """The first words of a paragraph-like element; nothing for a container of other blocks."""
    if element.tag in {"div", "li", "blockquote"} and len(element) and any(child.tag in {"p", "div", "ul", "section"} for child in element):
        return ""
    return words_of(element)[: 4 * PROBE]


def _woven(body: list[Paragraph], captions: dict[int, list[str]]) -> list[Paragraph]:
    if sum(map(len, captions.values())) > MOST_FIGURES:
        return body
    known = {folded(words): words for found in captions.values() for words in found}
    woven: list[Paragraph] = []
    for index, paragraph in enumerate(body):
        woven += [Paragraph(words, BlockKind.CAPTION) for words in captions.get(index, ())]
        if folded(paragraph.text) not in known:
            woven.append(paragraph)
    return woven
