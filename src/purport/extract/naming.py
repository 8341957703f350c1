"""Title, outlet and byline of a page."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from purport.extract.blocks import folded
from purport.extract.metadata import Metadata, is_aside, is_of_class, names_in
from purport.extract.tree import words_of
from purport.resources import rows_of

LONGEST_TITLE = 400
LONGEST_BYLINE = 160

_TAIL = re.compile(r"\s+(?:[|·•»«~–—-]|::)\s+")
_BY = re.compile(r"^(?:by|von|par|por|di|da|от|автор:?|author:?|written by|reported by)\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"https?:|www\.|@|^\d|\.(?:com|org|net)\b.{8}")


def headline_of(tree: HtmlElement, metadata: Metadata) -> str | None:
    """The headline as the reader sees it: the first-level heading that says what the page's title says, else the title.

    A first-level heading that is the site's name stands over every page of the site and is no headline.
    """
    title = title_of(metadata)
    site = folded(site_of(metadata) or "")
    found = [words for h1 in tree.iter("h1") if not is_aside(h1) and (words := words_of(h1)) and len(words) <= LONGEST_TITLE]
    headings = [words for words in found if folded(words) != site or words == title]
    if not title:
        return headings[0] if headings else None
    alike = max(headings, key=lambda words: _likeness(words, title), default="")
    return alike if _likeness(alike, title) >= 0.5 else title


def title_of(metadata: Metadata) -> str | None:
    """The title that the head gives, the site's name cut off: Open Graph, JSON-LD, the title element."""
    given = metadata.first("title")
    said = next((str(value) for value in metadata.said("headline") if isinstance(value, str)), "")
    title = (given[1] if given else "") or " ".join(said.split()) or metadata.page_title
    return without_site(title, metadata)[:LONGEST_TITLE] or None


def without_site(title: str, metadata: Metadata) -> str:
    """The title without the name of the site at its end or beginning."""
    site = folded(site_of(metadata) or "")
    parts = _TAIL.split(title)
    cuts = list(_TAIL.finditer(title))
    if not cuts:
        return title.strip()
    if site and folded(parts[0]) == site:
        return title[cuts[0].end() :].strip()
    last = folded(parts[-1])
    names_site = bool(site) and (site in last or last in site or last.replace(" ", "") in site.replace(" ", ""))
    same = len(parts) > 1 and folded(title[: cuts[-1].start()]) == folded(next((str(v) for v in metadata.said("headline")), ""))
    bar = cuts[-1].group().strip() in {"|", "::", "»", "·"} and len(last.split()) <= 4 and len(title[: cuts[-1].start()]) > 20
    return (title[: cuts[-1].start()] if names_site or same or bar else title).strip()


def _likeness(one: str, other: str) -> float:
    a, b = set(folded(one).split()), set(folded(other).split())
    return len(a & b) / max(1, min(len(a), len(b))) if a and b else 0.0


def site_of(metadata: Metadata) -> str | None:
    """The outlet's name as the page's head gives it, or None."""
    named = [value for _, value in metadata.all("site")]
    published = [name for value in metadata.said("publisher") for name in names_in(value)]
    return next((name for name in (*named[:1], *published, *named[1:]) if 1 < len(name) <= 80 and not _NO_NAME.search(name)), None)


def outlet_in_title(metadata: Metadata, *, headline: str | None, rights: str | None) -> str | None:
    """The outlet as the end of the page's title gives it ("… | The Example"), if the page's rights line names it too; else None."""
    parts = _TAIL.split(metadata.page_title)
    name = parts[-1].strip()
    own = f" {folded(name).removeprefix('the ')} "
    opens = len(parts) > 1 and folded(parts[0]) in folded(headline or "")
    return name if opens and len(own.split()) > 1 and own in f" {folded(rights or '')} " else None


def outlet_of(metadata: Metadata | None, url: str | None) -> str | None:
    """The outlet's name from the head of the page, else from its address; None rather than a guess."""
    return (site_of(metadata) if metadata else None) or _by_domain(url)


def _by_domain(url: str | None) -> str | None:
    host = _host(url or "")
    names = {row["domain"]: row["name"] for row in rows_of("extract/outlets.tsv")} if host else {}
    labels = host.split(".")
    return next((names[tail] for start in range(len(labels) - 1) if (tail := ".".join(labels[start:])) in names), None)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def byline_of(tree: HtmlElement, metadata: Metadata) -> str | None:
    """Who wrote the page: JSON-LD, meta elements, then the element that is marked as byline; None if the page does not say."""
    said = [name for value in metadata.said("author") for name in names_in(value)]
    given = [value for _, value in metadata.all("author")]
    marked = (words_of(element) for element in _marked(tree))
    for names in (said, given[:1], [next((words for words in marked if 3 <= len(words) <= LONGEST_BYLINE), "")]):
        cleaned = [person_named(name) for name in names]
        if found := ", ".join(dict.fromkeys(name for name in cleaned if name)):
            return found[:LONGEST_BYLINE]
    return None


def _marked(tree: HtmlElement) -> list[HtmlElement]:
    named = [e for e in tree.iter("a", "span", "div", "p", "address") if e.get("rel") == "author" or is_of_class(e, "byline")]
    return [element for element in named if not is_aside(element)][:5]


def person_named(name: str) -> str:
    """A byline without \"By\"; empty if it is an address or no name."""
    name = _BY.sub("", name.strip()).strip(" ,|•·-")
    return "" if _NO_NAME.search(name) or len(name) < 3 or len(name) > LONGEST_BYLINE else name
