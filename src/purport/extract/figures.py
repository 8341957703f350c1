"""The captions of an article's own figures, which main-text extraction leaves out."""

from lxml.html import HtmlElement

from purport.extract.blocks import Paragraph, folded
from purport.extract.metadata import is_aside, is_of_class
from purport.extract.tree import words_of
from purport.model import BlockKind

LONGEST_CAPTION = 600
LONGEST_CREDIT = 120
#: Characters of a paragraph by which it is found again in the page.
PROBE = 60
#: More figures than this is a gallery, whose captions are no part of the story.
MOST_FIGURES = 12


def captions_of(tree: HtmlElement, body: list[Paragraph], *, headline: str | None) -> list[Paragraph]:
    """``body`` with CAPTION paragraphs before the paragraph that follows their figure; one that the body holds already changes its kind."""
    places = {folded(p.text)[:PROBE]: index for index, p in enumerate(body)}
    captions: dict[int, list[Paragraph]] = {}
    waiting: list[Paragraph] = []
    begun = headline is None
    for element in tree.iter("h1", "p", "figcaption", "h2", "h3", "li", "blockquote", "div", "span"):
        begun = begun or element.tag == "h1"
        if element.tag == "figcaption" or _is_cutline(element):
            waiting += [caption] if begun and (caption := _caption(element)) else []
        elif element.tag == "span":
            continue
        elif waiting or not begun:
            place = places.get(folded(_opening(element))[:PROBE])
            if place is not None:
                begun = True
                captions.setdefault(place, []).extend(waiting)
                waiting = []
    return _woven(body, captions)


def _is_cutline(element: HtmlElement) -> bool:
    """True for an element without figure markup whose class calls it a caption and that stands beside an image."""
    if element.tag not in {"div", "p", "span"} or not is_of_class(element, "caption") or element.find(".//p") is not None:
        return False
    above = element.getparent()
    inside = any(up.tag == "figcaption" or is_of_class(up, "caption") for up in element.iterancestors("figcaption", "div", "p", "span"))
    return above is not None and not inside and above.find(".//img") is not None and above.tag not in {"body", "article", "main"}


def _caption(element: HtmlElement) -> Paragraph | None:
    words = words_of(element)
    linked = sum(len(words_of(a)) for a in element.iter("a"))
    outer = any(up.tag == "a" for up in element.iterancestors())
    own = 8 <= len(words) <= LONGEST_CAPTION and linked < 0.8 * len(words) and not outer and not is_aside(element)
    return _with_credit(element, words) if own else None


def _with_credit(element: HtmlElement, words: str) -> Paragraph:
    """The caption, with where its credit begins as the markup tells: an element at its end, or the one that follows a cutline."""
    inside = [
        found for part in element.iter("cite", "span", "small", "em", "i", "div", "p") if (found := _credit(part)) and part is not element
    ]
    credit = next((found for found in inside if words.endswith(found) and found != words), None)
    after = element.getnext()
    if credit is None and element.tag != "figcaption" and after is not None and (following := _credit(after)):
        words, credit = f"{words} {following}", following
    return Paragraph(words, BlockKind.CAPTION, len(words) - len(credit) if credit else None)


def _credit(element: HtmlElement) -> str | None:
    words = words_of(element) if element.tag == "cite" or is_of_class(element, "credit") else ""
    return words if 2 <= len(words) <= LONGEST_CREDIT else None


def _opening(element: HtmlElement) -> str:
    """The first words of a paragraph-like element; nothing for a container of other blocks."""
    if element.tag in {"div", "li", "blockquote"} and len(element) and any(child.tag in {"p", "div", "ul", "section"} for child in element):
        return ""
    return words_of(element)[: 4 * PROBE]


def _woven(body: list[Paragraph], captions: dict[int, list[Paragraph]]) -> list[Paragraph]:
    if sum(map(len, captions.values())) > MOST_FIGURES:
        return body
    known = {folded(text) for found in captions.values() for caption in found for text in _forms(caption)}
    woven: list[Paragraph] = []
    for index, paragraph in enumerate(body):
        woven += captions.get(index, ())
        if folded(paragraph.text) not in known:
            woven.append(paragraph)
    return woven


def _forms(caption: Paragraph) -> tuple[str, ...]:
    """The words by which a caption may stand in the main text: whole, or its credit a paragraph of its own."""
    credit = caption.credit
    return (caption.text,) if credit is None else (caption.text, caption.text[:credit], caption.text[credit:])
