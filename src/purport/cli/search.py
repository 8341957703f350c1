"""``purport search``: pages and events of a project file."""

from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from purport.model import Event, Report
    from purport.store import Found, Hit, Snippet, Store

MOST_EVENTS = 6  #: of one page in a list of results
Limit = Annotated[int, typer.Option(metavar="N", min=1, max=10_000, help="Pages to print.")]
Offset = Annotated[int, typer.Option(metavar="N", min=0, help="Pages to leave out before the first.")]


@explained
def search(
    db: options.Database,
    query: options.Query,
    limit: Limit = 20,
    offset: Offset = 0,
    as_json: options.AsJson = False,
    mask_names: options.MaskNames = False,
) -> None:
    """Find pages and events by words and fields: type, actor, place, date, status, outlet and more.

    For example: purport search syria.purport 'type:bombing place:Aleppo date:2015-03 status:claimed'
    """
    from purport.store import Store

    with Store(db, read_only=True) as store:
        found = store.search(query, limit=limit, offset=offset)
        found = _masked(store, found) if mask_names else found
    if as_json:
        _print_json(found)
        return
    from purport.terminal import screen

    console = screen()
    for hit in found.hits:
        console.print(hit_view(hit, mask_names=mask_names))
    console.print(_tally(found))


def _masked(store: "Store", found: "Found") -> "Found":
    """The same pages without names of victims."""
    from dataclasses import replace

    from purport.reviewing import masked_report

    def masked(hit: "Hit") -> "Hit":
        report, ids = masked_report(store, hit.report), {event.id for event in hit.events}
        return replace(hit, report=report, events=tuple(event for event in report.events if event.id in ids))

    return replace(found, hits=tuple(map(masked, found.hits)))


def _print_json(found: "Found") -> None:
    """One report a line, with the events that match."""
    from dataclasses import replace

    from purport.print_safe import json_safe
    from purport.wire import line_of

    for hit in found.hits:
        print(json_safe(line_of(replace(hit.report, events=hit.events))))


def _tally(found: "Found") -> str:
    if not found.total:
        return "Nothing matches."
    first, last = found.offset + 1, found.offset + len(found.hits)
    several = f"{first}–{last}" if last > first else str(first)
    shown = f"{several} of {found.total}" if found.hits else f"none of {found.total} this far"
    return f"{shown} {'page' if found.total == 1 else 'pages'}"


def hit_view(hit: "Hit", *, mask_names: bool = False) -> "RenderableType":
    """Header, snippet with what was found in it, and the events that match, each in a line with its id."""
    from rich.console import Group
    from rich.padding import Padding

    from purport.terminal.page import page_header
    from purport.terminal.styles import QUIET, words

    report = hit.report
    ids = {event.id for event in hit.events}
    events = [(number, event) for number, event in enumerate(report.events, start=1) if event.id in ids]
    lines: list[RenderableType] = [] if mask_names else [snippet_view(hit.snippet)]
    for number, event in events[:MOST_EVENTS]:
        lines += _event_lines(event, report, number)
    if len(events) > MOST_EVENTS:
        lines.append(words(f"… and {len(events) - MOST_EVENTS} more events", QUIET))
    return Group(page_header(report.document, with_ids=True), Padding(Group(*lines), (0, 0, 1, 3)))


def _event_lines(event: "Event", report: "Report", number: int) -> "list[RenderableType]":
    from purport.status import status_of
    from purport.terminal.event import event_title
    from purport.terminal.styles import QUIET, words

    return [event_title(event, report, number=number).append_text(words(f"  {event.id}", QUIET)), words(f"   {status_of(event, report)}.")]


def snippet_view(snippet: "Snippet") -> "Text":
    """The stretch of text, what was found in it set off."""
    from purport.terminal.styles import FOUND, QUOTE, words

    text = words(snippet.text, QUOTE)
    for mark in snippet.marks:
        text.stylize(FOUND, mark.start, mark.end)
    return text
