"""When a page was published, and where that was found: never the date of a change, and no date rather than a likely one."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from purport.extract.calendar import date_in, date_line
from purport.extract.metadata import Metadata, is_aside, is_of_class
from purport.extract.tree import words_of

Dated = tuple[str, str]

_IN_URL = (
    re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)"),
    re.compile(r"(?<=[/_-])((?:19|20)\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
)
_CUE = re.compile(r"\b(?:published|posted|first published|issued)(?: on| at)?:?\s*(.{6,60})", re.IGNORECASE)
#: How many elements marked as dates are looked at; the page's own stands first.
MOST_MARKED = 12


def published_in(tree: HtmlElement, metadata: Metadata) -> Dated | None:
    """ISO date and where it stands: JSON-LD, meta elements, microdata, a time element, a line that says so."""
    sources = (_in_json(metadata), _in_metas(metadata), _in_microdata(tree), _in_time(tree), _in_sight(tree))
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


def _some(elements: Iterator[HtmlElement]) -> Iterator[HtmlElement]:
    for count, element in enumerate(elements):
        if count >= 4 * MOST_MARKED:
            return
        yield element
