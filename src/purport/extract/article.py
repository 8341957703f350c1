"""A parsed page → the paragraphs of its article in order, with what its own structure says of them."""

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from purport.extract.blocks import Paragraph, folded
from purport.extract.figures import captions_of
from purport.extract.metadata import Metadata, is_aside, is_of_class
from purport.extract.tree import words_of
from purport.model import BlockKind

_KINDS = {"head": BlockKind.HEADING, "item": BlockKind.LIST_ITEM, "quote": BlockKind.QUOTE}
#: A larger part of a page with "subscribe" in its class is more than a form.
LONGEST_SIGN_UP = 600

_LINE_BREAK = "\x1e"
_SENTENCE_ENDS = (".", "!", "?", ":", "…", '"', "”", "»", ")", "؟", "。")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BREAKING = {"p", "head", "item", "quote", "list", "table", "row", "cell", "code", "div", "main", "body", "ab", "fw"}


def paragraphs_of_tree(tree: HtmlElement, metadata: Metadata, *, headline: str | None) -> list[Paragraph]:
    """Headline, standfirst, then main text with the captions of its own figures at their places. Empty if there is no main text.

    ``tree`` is left as it is.
    """
    body = _without_asides(tree, _main_text(tree))
    if not body:
        return []
    if headline:
        body = [paragraph for paragraph in body if folded(paragraph.text) != folded(headline) or len(body) == 1]
    opening = [Paragraph(headline, BlockKind.HEADLINE)] if headline else []
    body = _with_standfirst(tree, body, metadata=metadata, headline=headline)
    return opening + captions_of(tree, body, headline=headline)


def _without_asides(tree: HtmlElement, body: list[Paragraph]) -> list[Paragraph]:
    """``body`` without headings that stand only in asides or over a sign-up form ("The Morning Wire")."""
    if not any(paragraph.kind is BlockKind.HEADING for paragraph in body):
        return body
    headings = [(folded(words_of(element)), _is_apart(element)) for element in tree.iter("h2", "h3", "h4", "h5", "h6")]
    outside = {words for words, aside in headings if aside} - {words for words, aside in headings if not aside}
    return [paragraph for paragraph in body if paragraph.kind is not BlockKind.HEADING or folded(paragraph.text) not in outside]


def _is_apart(heading: HtmlElement) -> bool:
    """True for a heading in an aside or in a small section for subscribers. The class names of ``is_aside`` are too wide here: a page
    whose wrapper is called "latest" would lose every heading."""
    above = [up for up in heading.iterancestors() if up.tag not in {"body", "html", "article", "main"}]
    return any(up.tag in {"nav", "aside", "footer"} for up in above) or any(
        is_of_class(up, "sign_up") and len(words_of(up)) <= LONGEST_SIGN_UP for up in above
    )


def _main_text(tree: HtmlElement) -> list[Paragraph]:
    from trafilatura import bare_extraction  # half a second: only for HTML

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = bare_extraction(deepcopy(tree), fast=True, include_comments=False, include_tables=False, include_formatting=False)
    if found is None or found.body is None:
        return []
    paragraphs = [Paragraph(text, kind) for text, kind in _walk(found.body) if text]
    return _parted(tree, paragraphs[0].text) if len(paragraphs) == 1 and not paragraphs[0].kind else paragraphs


def _walk(body: Any) -> Iterator[tuple[str, BlockKind | None]]:
    """Texts and kinds of trafilatura's output tree; an element inside a quote or list item takes the outer kind."""
    kinds: list[BlockKind | None] = [None]
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        breaking = element.tag in _BREAKING
        if breaking:
            yield from ((text, kinds[-1]) for text in _parts(pieces))
            pieces = []
        if event == "start":
            if breaking:
                kinds.append(kinds[-1] or _KINDS.get(element.tag))
            pieces.append(_LINE_BREAK if element.tag == "lb" else "")
            pieces.append(element.text or "")
        else:
            if breaking:
                kinds.pop()
            pieces.append(element.tail or "")
    yield from ((text, None) for text in _parts(pieces))


def _parts(pieces: list[str]) -> list[str]:
    """The paragraphs in pieces of text: parted at two line breaks, or at one behind the end of a sentence."""
    lines = [" ".join(_CONTROLS.sub(" ", line).split()) for line in "".join(pieces).split(_LINE_BREAK)]
    parts: list[str] = []
    fresh = True
    for line in lines:
        if line and (fresh or parts[-1].endswith(_SENTENCE_ENDS)):
            parts.append(line)
        elif line:
            parts[-1] = f"{parts[-1]} {line}"
        fresh = not line
    return parts


def _parted(tree: HtmlElement, whole: str) -> list[Paragraph]:
    """A text that came in one piece, parted again where the page's own paragraphs make up all of it."""
    parts: list[str] = []
    at = 0
    for element in tree.iter("p", "li", "blockquote", "h2", "h3"):
        words = words_of(element)
        if words and whole.startswith(words, at):
            parts.append(words)
            at += len(words) + 1
    return [Paragraph(part) for part in (parts if at >= len(whole) else [whole])]


def _with_standfirst(tree: HtmlElement, body: list[Paragraph], *, metadata: Metadata, headline: str | None) -> list[Paragraph]:
    """``body`` with the standfirst at its head, told by the page's markup; a paragraph of the body that is it changes its kind."""
    standfirst = _standfirst(tree, body, metadata=metadata, headline=headline)
    if not standfirst:
        return body
    rest = [p for p in body[:3] if folded(p.text) != folded(standfirst)] + body[3:]
    return [Paragraph(standfirst, BlockKind.STANDFIRST), *rest]


def _standfirst(tree: HtmlElement, body: list[Paragraph], *, metadata: Metadata, headline: str | None) -> str | None:
    described = folded((metadata.first("description") or ("", ""))[1])
    first = folded(body[0].text) if body else ""
    for element in tree.iter("h2", "h3", "p", "div", "span"):
        if not (is_of_class(element, "standfirst") or (element.tag == "h2" and _follows_headline(element))) or is_aside(element):
            continue
        words = words_of(element)
        if 25 <= len(words) <= 500 and folded(words) != folded(headline or "") and not first.startswith(folded(words)[:60]):
            return words if element.tag != "h2" or is_of_class(element, "standfirst") or folded(words) == described else None
    return None


def _follows_headline(element: HtmlElement) -> bool:
    before = element.getprevious()
    return before is not None and before.tag == "h1"
