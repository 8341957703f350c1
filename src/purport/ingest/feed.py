"""RSS, Atom and sitemaps: what they list, and the pages fetched from there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree

from purport.errors import InputError
from purport.ingest.decoding import inflated
from purport.ingest.kind import HEAD, Kind, recognise
from purport.ingest.page import Beside, capture_of, failure_of
from purport.model import Capture, Failure
from purport.settings import Settings

if TYPE_CHECKING:
    from purport.ingest.web import Answer

Fetch = Callable[[str], "Answer"]

#: Sitemap indexes may not hold indexes by their standard; some do once.
DEEPEST = 2
_ENTRIES = frozenset({"item", "entry", "url"})


@dataclass(frozen=True, slots=True)
class Item:
    """One address that a feed lists; ``is_feed`` for a sitemap inside a sitemap index."""

    url: str
    title: str = ""
    published: str = ""
    outlet: str = ""
    is_feed: bool = False


def feed_captures(content: bytes, *, origin: str, base: str | None, fetch: Fetch, settings: Settings) -> Iterator[Capture | Failure]:
    """The pages that a feed lists, fetched one by one, ``settings.max_feed_items`` at most. Raises InputError if it is no feed."""
    left = settings.max_feed_items
    for item in listed(content, origin=origin, base=base, fetch=fetch, settings=settings):
        if isinstance(item, Failure):
            yield item
            continue
        if left <= 0:
            return
        left -= 1
        yield _page(item, fetch=fetch)


def _page(item: Item, *, fetch: Fetch) -> Capture | Failure:
    try:
        answer = fetch(item.url)
        hints = {"title": item.title, "published": item.published, "outlet": item.outlet}
        beside = Beside(
            answer.url, answer.beside.retrieved_at, answer.beside.charset, {name: words for name, words in hints.items() if words}
        )
        return capture_of(answer.content, origin=item.url, beside=beside)
    except InputError as error:
        return failure_of(error, origin=item.url)


def listed(content: bytes, *, origin: str, base: str | None, fetch: Fetch, settings: Settings, depth: int = 0) -> Iterator[Item | Failure]:
    """Every page listed once, in order; sitemaps in an index are fetched when their turn comes, as many as there may be pages."""
    seen: set[str] = set()
    sitemaps = 0
    for item in items_of(content, origin=origin, base=base):
        if item.url in seen:
            continue
        seen.add(item.url)
        if not item.is_feed:
            yield item
        elif sitemaps < settings.max_feed_items:
            sitemaps += 1
            yield from _inner(item, fetch=fetch, settings=settings, depth=depth + 1)


def _inner(item: Item, *, fetch: Fetch, settings: Settings, depth: int) -> Iterator[Item | Failure]:
    if depth > DEEPEST:
        yield Failure(item.url, f"a sitemap index inside {DEEPEST} others", "give this sitemap's own address")
        return
    try:
        content = plain_feed(fetch(item.url).content, origin=item.url, limit=settings.max_page_bytes)
        yield from listed(content, origin=item.url, base=item.url, fetch=fetch, settings=settings, depth=depth)
    except InputError as error:
        yield failure_of(error, origin=item.url)


def plain_feed(content: bytes, *, origin: str, limit: int) -> bytes:
    """A feed's XML, gunzipped if need be. Raises InputError if it is no feed or sitemap, or too large."""
    if recognise(content[:HEAD]).kind is Kind.GZIP:
        content = b"".join(inflated([content], limit=limit, origin=origin))
    found = recognise(content[:HEAD])
    if found.kind is not Kind.FEED:
        what = found.what or ("an HTML page" if found.kind is Kind.HTML else found.kind.value)
        raise InputError(
            f"{what}, where a feed or sitemap was expected", where=origin, remedy="give the feed's own address, or leave out --feed"
        )
    return content


def items_of(content: bytes, *, origin: str, base: str | None = None) -> list[Item]:
    """What RSS, Atom or a sitemap lists, in order; no entity is expanded, nothing fetched. Raises InputError if nothing is listed."""
    root = _root(content, origin=origin)
    base = base or _own_address(root) or ""
    items = [_item(entry, base=base) for entry in root.iter(etree.Element) if _name(entry) in _ENTRIES | {"sitemap"}]
    found = [item for item in items if item is not None]
    if not found:
        raise InputError("the feed lists no pages", where=origin, remedy="check that it is the right feed and whole")
    return found


def _root(content: bytes, *, origin: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False, dtd_validation=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"the feed is no XML ({error})", where=origin, remedy="fetch it again") from error
    if root is None:
        raise InputError("the feed is no XML", where=origin, remedy="fetch it again")
    return root


def _own_address(root: etree._Element) -> str | None:
    """The site that a feed says it belongs to: relative addresses in a saved feed are relative to that."""
    heads = [root, *(child for child in root if _name(child) == "channel")]
    links = (_link(head) for head in heads)
    return next((link for link in links if link.startswith(("http://", "https://"))), None)


def _item(entry: etree._Element, *, base: str) -> Item | None:
    words = _words_by_name(entry)
    is_feed = _name(entry) == "sitemap"
    url = words.get("loc", "") if _name(entry) in ("url", "sitemap") else _link(entry) or words.get("guid", "")
    if not url:
        return None
    published = next((words[name] for name in ("pubDate", "published", "publication_date", "date", "issued") if name in words), "")
    return Item(
        _joined(base, url), words.get("title", ""), _iso(published), words.get("name", "") if _name(entry) == "url" else "", is_feed
    )


def _joined(base: str, url: str) -> str:
    """An address that cannot be joined stays as it is, for the fetcher to refuse."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _name(element: etree._Element) -> str:
    """The name without its namespace, declared or not."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _words_by_name(entry: etree._Element) -> dict[str, str]:
    """The words of all elements below, the first of each name."""
    words: dict[str, str] = {}
    for element in entry.iterdescendants(etree.Element):
        found = " ".join("".join(element.itertext()).split())
        if found:
            words.setdefault(_name(element), found)
    return words


def _link(entry: etree._Element) -> str:
    """The address of the page: RSS has it as text, Atom in ``href`` of the link that is not about something else."""
    for link in entry:
        if _name(link) == "link" and link.get("rel", "alternate") == "alternate":
            address = (link.get("href") or link.text or "").strip()
            if address:
                return address
    return ""


def _iso(published: str) -> str:
    """RFC 2822 dates in ISO form, all others as they stand."""
    try:
        return parsedate_to_datetime(published).isoformat()
    except (ValueError, TypeError, IndexError):
        return published
