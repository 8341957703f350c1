"""HTML source → a tree that is safe to walk, or, for a page built to break parsers, the bare lines of its text."""

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

#: More tags than this are read by the stripper: main-text extraction grows with their square (40,000 paragraphs: 3 s, 100,000: 17 s).
MOST_TAGS = 60_000
#: libxml2 drops what lies deeper than 256 elements; real pages stay under 60.
DEEPEST = 200
MOST_ATTRIBUTES = 2000
#: Source longer than this, scripts and styles left out, goes to the stripper.
LONGEST_SOURCE = 5_000_000

_SILENT = ("script", "style", "svg", "noscript", "template", "iframe", "object", "canvas", "select", "textarea")
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|header|footer|blockquote|figure|figcaption|nav|aside|main|title)\b", re.I
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_KEPT = {"html", "body", "main", "article"}


def tree_of(source: str) -> HtmlElement | None:
    """The parsed page, or None if it is too deep, too full of tags or too long to be walked in bounded time."""
    if len(source) > LONGEST_SOURCE:
        source = without_silent(source)
    if len(source) > LONGEST_SOURCE or source.count("<") > MOST_TAGS or not source.strip() or _is_crowded(source):
        return None
    try:
        tree = document_fromstring(source, parser=HTMLParser(remove_comments=True, remove_pis=True, encoding=None))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return tree if _depth(tree) < DEEPEST else None


def _is_crowded(source: str) -> bool:
    """True if one tag has thousands of attributes, which a parser compares each with each. Scripts ("a<b") do not count."""
    return _has_crowded_tag(source) and _has_crowded_tag(without_silent(source))


def _has_crowded_tag(source: str) -> bool:
    start = source.find("<")
    while start >= 0:
        end = source.find(">", start)
        if (end < 0 or end - start > MOST_ATTRIBUTES) and len(source[start : end if end >= 0 else None].split()) > MOST_ATTRIBUTES:
            return True
        start = source.find("<", end) if end >= 0 else -1
    return False


def _depth(tree: HtmlElement) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def drop_hidden(tree: HtmlElement) -> HtmlElement:
    """``tree`` without what a reader does not see: scripts, templates, fallbacks for browsers without scripts, hidden elements."""
    etree.strip_elements(tree, *(name for name in _SILENT if name != "script"), with_tail=False)
    hidden = [element for element in tree.iter(etree.Element) if _is_hidden(element) or _is_code(element)]
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()
    return tree


def _is_code(element: HtmlElement) -> bool:
    return element.tag == "script" and "ld+json" not in (element.get("type") or "")


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in _KEPT:
        return False
    attributes = element.attrib
    return "hidden" in attributes or attributes.get("aria-hidden") == "true" or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))


def words_of(element: HtmlElement) -> str:
    """The visible words of an element on one line, white space folded."""
    parts = (part for part in _texts(element))
    return " ".join("".join(parts).split())


def _texts(element: HtmlElement) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag == "br":
                yield " "
            if isinstance(node.tag, str) and node.tag not in {"script", "style"}:
                yield node.text or ""
        elif node is not element:
            yield node.tail or ""


def without_silent(source: str, *, titles: bool = False) -> str:
    """The source without comments, scripts, styles and what is never shown (with ``titles`` its title too); linear in its length."""
    source = _without(source, "<!--", "-->")
    for name in _SILENT if not titles else (*_SILENT, "title"):
        source = _without(source, f"<{name}", f"</{name}")
    return source


def _without(source: str, opening: str, closing: str) -> str:
    lowered = source.lower() if opening.isalpha() or opening[1:].isalpha() else source
    if len(lowered) != len(source):  # a few capitals outside ASCII change their length
        lowered = source
    parts, at = [], 0
    while (start := lowered.find(opening, at)) >= 0:
        end = lowered.find(closing, start)
        parts.append(source[at:start])
        if end < 0:
            return "".join(parts)
        at = end + len(closing)
        if closing.startswith("</"):
            at = max(lowered.find(">", at), at) + 1 if lowered.find(">", at, at + 50) >= 0 else at
    return "".join((*parts, source[at:]))


def stripped_lines(source: str) -> list[str]:
    """The text of a page that cannot be parsed, a line for each block; linear in the length of the source."""
    lines = "".join(_unmarked(without_silent(source, titles=True))).split("\n")
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _unmarked(source: str) -> Iterator[str]:
    at = 0
    while (start := source.find("<", at)) >= 0:
        end = source.find(">", start)
        if end < 0:
            break
        yield unescape(source[at:start]).replace("\n", " ")
        yield "\n" if _BLOCK.match(source, start, end) else ""
        at = end + 1
    yield unescape(source[at:]).replace("\n", " ")


def lines_of(tree: HtmlElement) -> list[str]:
    """The text of a parsed page, a line for each block: for pages in which no main text stands out."""
    return stripped_lines(etree.tostring(tree, encoding="unicode", method="html"))
