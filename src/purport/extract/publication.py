"""When a page was published, and where that was found: never the date of a change, and no date rather than a likely one."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from purport.extract.blocks import folded
from purport.extract.calendar import date_in, date_line
from purport.extract.metadata import Metadata, is_aside, is_of_class
from purport.extract.tree import words_of

Dated = tuple[str, str]

_IN_URL = (
    re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)"),
    re.compile(r"(?<=[/_-])((?:19|20)\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
)
_BAR = re.compile(r"\s*[|·•]\s*")
_UNMISTAKABLE = re.compile(r"^(?:first )?(?:published|posted|issued)\b|\d{1,2}[:.]\d{2}\b(?![./]\d)", re.IGNORECASE)
#: A standfirst may be one; the second is the text.
_SENTENCE = re.compile(r".{60,}[.!?][\"”’)]?")
_CUE = re.compile(r"\b(?:published|posted|first published|issued)(?: on| at)?:?\s*(.{6,60})", re.IGNORECASE)
#: How many elements marked as dates are looked at; the page's own stands first.
MOST_MARKED = 12
#: Between the headline and the text stand a standfirst, a byline and buttons; what is longer than a note is the text.
MOST_NOTES = 12
LONGEST_NOTE = 250


def published_in(tree: HtmlElement, metadata: Metadata, *, headline: str | None = None) -> Dated | None:
    """ISO date and where it stands: JSON-LD, meta elements, microdata, a time element, a line that says so, a line at the headline."""
    sources = (
        _in_json(metadata),
        _in_metas(metadata),
        _in_microdata(tree),
        _in_time(tree),
        _in_sight(tree),
        _at_headline(tree, headline=headline),
    )
    return next((found for source in sources for found in source), None)


def published_in_url(url: str | None) -> Dated | None:
    """The date in a web address (``/2020/03/14/``), or None."""
    matches = (pattern.search(url or "") for pattern in _IN_URL)
    dates = (date_in("-".join(match.groups())) for match in matches if match)
    return next(((date, "url") for date in dates if date), None)


def _in_json(metadata: Metadata) -> Iterator[Dated]:
    for key in ("datePublished", "uploadDate", "dateCreated"):
        for value in metadata.said(key):
            if isinstance(value, str) and (date := date_in(value)):
                yield date, f"json-ld {key}"


def _in_metas(metadata: Metadata) -> Iterator[Dated]:
    for name, value in metadata.all("published"):
        if date := date_in(value):
            yield date, f"meta {name}"


def _in_microdata(tree: HtmlElement) -> Iterator[Dated]:
    for element in tree.xpath("//*[contains(@itemprop, 'datePublished') or @pubdate or @property='datePublished']"):
        value = element.get("content") or element.get("datetime") or words_of(element)[:60]
        if date := date_in(value):
            yield date, "microdata datePublished"


def _in_time(tree: HtmlElement) -> Iterator[Dated]:
    found = [element for element in tree.iter("time") if not is_aside(element) and not _is_changed(element)]
    for element in sorted(found[:MOST_MARKED], key=lambda element: not is_of_class(element, "date")):
        if date := date_in(element.get("datetime") or "") or date_in(words_of(element)[:60]):
            yield date, "time element"


def _is_changed(element: HtmlElement) -> bool:
    parent = element.getparent()
    near = " ".join(((parent.text or "") if parent is not None else "").split()).lower()
    return is_of_class(element, "changed") or near.endswith(("updated", "updated:", "modified", "modified:", "updated on", "last updated:"))


def _in_sight(tree: HtmlElement) -> Iterator[Dated]:
    """A short visible line near the top that is a date, or says "Published …"."""
    marked = (e for e in tree.iter("span", "p", "div", "li", "small", "em", "b") if is_of_class(e, "date") and not _is_changed(e))
    near = [e for e in _some(marked) if not is_aside(e)]
    for element in near:
        words = words_of(element)
        said = _CUE.search(words) if len(words) < 300 else None
        line = date_line(words)
        date = date_in(said[1]) if said else (line[0] if line and line[1] else None)
        if date:
            yield date, f"line: {words[:90]}"


def _at_headline(tree: HtmlElement, *, headline: str | None) -> Iterator[Dated]:
    """A date in a short line between the headline and the text that is labelled, has a clock time, or is parted from a name by a bar
    ("Published: 4 May 2019 | A. Doe"). A bare date may be the first of a chronicle and says nothing."""
    sentences = 0
    for element in _below_headline(tree, headline=headline):
        words = words_of(element)
        sentences += _SENTENCE.fullmatch(words) is not None
        if len(words) > LONGEST_NOTE or sentences > 1:
            return
        if is_aside(element) or _is_changed(element):
            continue
        lines = [line.strip() for line in _BAR.split(words)]
        for line in lines:
            found = date_line(line) if len(lines) > 1 or _UNMISTAKABLE.search(line) else None
            if found and found[0] and found[1]:
                yield found[0], f"line: {line}"


def _below_headline(tree: HtmlElement, *, headline: str | None) -> Iterator[HtmlElement]:
    """The first few elements below the headline that hold words of their own."""
    wanted = folded(headline or "")
    begun, count = False, 0
    for element in tree.iter("h1", "h2", "h3", "span", "p", "div", "li", "small", "em", "b"):
        if element.tag in {"h1", "h2", "h3"}:
            begun = begun or (bool(wanted) and folded(words_of(element)) == wanted)
        elif begun and _has_own_words(element):
            count += 1
            if count > MOST_NOTES:
                return
            yield element


def _has_own_words(element: HtmlElement) -> bool:
    return bool((element.text or "").strip() or any((child.tail or "").strip() for child in element))


def _some(elements: Iterator[HtmlElement]) -> Iterator[HtmlElement]:
    for count, element in enumerate(elements):
        if count >= 4 * MOST_MARKED:
            return
        yield element
