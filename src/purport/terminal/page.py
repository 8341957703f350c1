"""One page: its header, then its events."""

from collections.abc import Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel

from purport.model import Document, Event, Report
from purport.terminal.event import EventView
from purport.terminal.styles import HEADLINE, QUIET, words
from purport.wording import header_words, short_digest

NO_OUTLET, NO_TITLE = "outlet not known", "no headline"


def page_view(report: Report, *, digest: str = "", events: Iterable[Event] | None = None, with_ids: bool = False) -> RenderableType:
    """A page with its events (those given, else all). ``digest`` is that of the raw bytes; ids help to look things up in a project file."""
    shown = tuple(report.events if events is None else events)
    views = [EventView(event, report, number=number, with_ids=with_ids) for number, event in enumerate(shown, start=1)]
    header = page_header(report.document, digest=digest, with_ids=with_ids)
    return Group(header, "", *views, *([] if views else [_no_events(report)]))


def page_header(document: Document, *, digest: str = "", with_ids: bool = False) -> Panel:
    """Outlet, headline, date or "undated", language, digest, address."""
    outlet = words(document.outlet or NO_OUTLET, "" if document.outlet else QUIET)
    lines = [words(document.title or NO_TITLE, HEADLINE if document.title else QUIET), words(_facts(document), QUIET)]
    lines += [words(document.url, QUIET)] if document.url else []
    lines += [words(document.id, QUIET)] if with_ids else []
    hash_words = words(f"sha256 {short_digest(digest)}…") if digest else None
    panel = Panel(Group(*lines), title=outlet, title_align="left", box=box.ROUNDED, border_style=QUIET, padding=(0, 1))
    panel.subtitle, panel.subtitle_align = hash_words, "right"
    return panel


def _facts(document: Document) -> str:
    return header_words(document) + (f" · by {document.byline}" if document.byline else "")


def _no_events(report: Report) -> RenderableType:
    if report.document.unread:
        return Padding(words("Kept and searchable, but no events were looked for: this language is not read yet."), (0, 0, 1, 3))
    return Padding(words("No event of political violence was found in this page."), (0, 0, 1, 3))
