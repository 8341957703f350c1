"""One page: header, text with its evidence, event cards, captures and what was left out."""

from purport.html.events import cards
from purport.html.evidence import marks_of
from purport.html.markup import element, folded, text_of, words_in
from purport.html.text import text_markup
from purport.model import Capture, Document, Report, digest_of
from purport.wording import header_words, short_digest

NO_OUTLET, NO_TITLE = "outlet not known", "no headline"


def page_markup(capture: Capture, report: Report, *, page: str) -> str:
    """The article of one page; ``page`` is its id."""
    text = element(
        "div", text_markup(report.document, marks_of(report), page=page) or _no_text(), class_="text", lang=report.document.language
    )
    events = element("div", cards(report, page=page), class_="events")
    body = header(capture, report.document) + element("div", text + events, class_="columns")
    return element("article", body + _apart(capture, report), id=page, class_="page")


def header(capture: Capture, document: Document) -> str:
    """Outlet, headline, date or "undated", language, digest."""
    outlet = words_in("p", document.outlet or NO_OUTLET, class_="outlet" if document.outlet else "outlet missing")
    title = words_in("h2", document.title or NO_TITLE, class_=None if document.title else "missing")
    facts = [header_words(document)]
    facts += [f"by {document.byline}"] if document.byline else []
    facts += [f"sha256 {short_digest(capture.digest)}…"] if capture.digest else []
    return element("header", outlet + title + words_in("p", " · ".join(facts), class_="facts"))


def _no_text() -> str:
    return element("p", "This page has no text.", class_="none")


def _apart(capture: Capture, report: Report) -> str:
    """What belongs to the page and not to its text."""
    document = report.document
    lines = "".join(words_in("li", line) for line in document.furniture)
    count = len(document.furniture)
    furniture = folded(f"Left out as page furniture ({count} {'line' if count == 1 else 'lines'})", element("ul", lines)) if lines else ""
    return element("footer", furniture + folded("Capture and digests", _capture(capture, report)), class_="apart")


def _capture(capture: Capture, report: Report) -> str:
    document = report.document
    facts = {
        "found at": capture.origin,
        "address": capture.url or document.url or "",
        "retrieved": capture.retrieved_at.isoformat() if capture.retrieved_at else "",
        "bytes": capture.digest,
        "text": digest_of(document.text.encode("utf-8", "surrogatepass")),
        "rights": document.rights or "",
        "document": document.id,
        "reader": report.reader,
    }
    rows = (f"<dt>{text_of(name)}</dt>{words_in('dd', value)}" for name, value in facts.items() if value)
    return element("dl", "".join(rows))
