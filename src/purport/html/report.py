"""The whole report: one file, no script, nothing from outside; a content notice stands before everything."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import IO

from purport.accounts import Account, Resolution
from purport.decisions import Tombstone
from purport.html.decided import Telling, decisions_markup, telling_markup
from purport.html.events import LIMITS, limit_id
from purport.html.incident import incident_markup
from purport.html.markup import element, text_of, words_in
from purport.html.page import NO_OUTLET, NO_TITLE, page_markup
from purport.html.text import event_id
from purport.model import Capture, Report
from purport.resources import text_of as resource
from purport.status import StatusCode, status_code
from purport.wording import CONFIDENCE_MEANING, date_or_undated, label

Pages = Sequence[tuple[Capture, Report]]

MOST_LINKED_EVENTS = 200  #: each costs two rules that tie its card to its evidence; 400 over 800 kB of text cost Chromium five seconds


def write(
    pages: Iterable[tuple[Capture, Report]],
    file: IO[str],
    *,
    masked: bool = False,
    accounts: Iterable[Account] = (),
    resolutions: Sequence[Resolution] = (),
    gone: Sequence[Tombstone] = (),
    telling: Telling | None = None,
) -> int:
    """Write the report to an open text file; the number of pages comes out. ``masked`` says (does not make) that names are withheld.

    ``accounts``: incidents of these pages, shown before them; ``resolutions``: what a policy makes of each, if one was asked for;
    ``gone``: pages that were erased from the project; ``telling``: whether people's decisions are in it, and which.
    """
    every = list(pages)
    file.write(_head(every))
    file.write(_opening(every, masked=masked, telling=telling))
    file.write(_gone(gone))
    file.write(_incidents(list(accounts), every, resolutions=resolutions))
    file.write(decisions_markup(telling, links=_links(every)))
    for number, (capture, report) in enumerate(every, start=1):
        file.write(page_markup(capture, report, page=page_id(number)) + "\n")
    file.write("</details>\n</main>\n</body>\n</html>\n")
    return len(every)


def _incidents(accounts: Sequence[Account], pages: Pages, *, resolutions: Sequence[Resolution]) -> str:
    """A section with an article an incident; empty without any."""
    if not accounts:
        return ""
    links = _links(pages)
    resolved: Sequence[Resolution | None] = resolutions or [None] * len(accounts)
    numbered = enumerate(zip(accounts, resolved, strict=True), start=1)
    each = (incident_markup(account, number=number, links=links, resolution=made) for number, (account, made) in numbered)
    return element("section", "<h2>Incidents</h2>" + "\n".join(each), class_="incidents", aria_label="Incidents") + "\n"


def _links(pages: Pages) -> dict[str, str]:
    """From ids of documents to the ids of their pages in the report."""
    return {report.document.id: page_id(number) for number, (_, report) in enumerate(pages, start=1)}


def page_id(number: int) -> str:
    return f"p{number}"


def _head(pages: Pages) -> str:
    style = resource("html/report.css") + _fading() + _ties(pages)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>purport: {_pages_words(len(pages))}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n"
    )


def _fading() -> str:
    """Rules that fade the claims under the limit that is chosen; pointed at or focused, they stand out again."""
    each = (f"main:has(#{limit_id(percent)}:checked) tr.{limit_id(percent)}:not(:hover,:focus-within) td" for percent in LIMITS)
    return f"{','.join(each)}{{opacity:.3}}\n"


def _ties(pages: Pages) -> str:
    """Rules that light up an event's evidence while its card is hovered or focused, and the card while its evidence is."""
    ids = [(page_id(n), event_id(page_id(n), m)) for n, (_, report) in enumerate(pages, 1) for m in range(1, len(report.events) + 1)]
    if len(ids) > MOST_LINKED_EVENTS:
        return ""
    return "".join(
        f"#{page}:has(#{event}:is(:hover,:focus,:focus-within)) .{event}{{outline:2px solid var(--tie);outline-offset:1px}}\n"
        f"#{page}:has(.{event}:is(:hover,:focus)) #{event}{{border-color:var(--tie);box-shadow:0 0 0 1px var(--tie)}}\n"
        for page, event in ids
    )


def _opening(pages: Pages, *, masked: bool, telling: Telling | None) -> str:
    """Headline, content notice, and what lies behind it: how to read the marks, and the list of contents."""
    masking = " Names of victims, witnesses and minors are withheld." if masked else ""
    summary = (
        '<summary><strong>Content notice</strong><span class="warning">These pages report killings, torture and other violence, '
        f"some of it in detail and in the words of those who did it. No pictures are loaded.{masking}</span>"
        f'<span class="accept">Show {_pages_words(len(pages))}</span></summary>'
    )
    title = f'<h1>purport</h1><p class="subtitle">{_pages_words(len(pages))}, {_events_words(pages)}, each on whose word it rests</p>'
    nothing = "" if pages else '<p class="none">No page could be read.</p>\n'
    notice = '<details class="notice">' if pages else "<details hidden>"
    head = element("header", title + telling_markup(telling), class_="top")
    return f"<main>\n{head}\n{nothing}{notice}{summary}\n{_legend()}\n{_contents(pages)}\n"


def _gone(gone: Sequence[Tombstone]) -> str:
    """What was erased, each with day and reason; empty if nothing was."""
    if not gone:
        return ""
    each = "".join(element("li", f"{stone.made_at[:10]}: {text_of(stone.why)}") for stone in gone)
    told = f"{_pages_words(len(gone))} {'was' if len(gone) == 1 else 'were'} erased from this project"
    return element("section", f"<h2>{told}</h2><ul>{each}</ul>", class_="gone", aria_label="Erased pages") + "\n"


def _legend() -> str:
    marks = " ".join(f'<span class="m {kind}">{words}</span>' for kind, words in LEGEND)
    return (
        f'<section class="legend"><p>In the texts: {marks}. Hover or focus a mark, or step to it with the Tab key, for what it says and on '
        "whose word. Point at an event and its evidence lights up. <b>A ← B</b> reads “A, as told by B”; <b>a party</b> is "
        f"one to the conflict. <b>62%</b> beside a claim is its {text_of(CONFIDENCE_MEANING)}.</p>{_limits()}</section>"
    )


def _limits() -> str:
    """Buttons that fade the doubtful claims; the style sheet does it, without any script."""
    chosen = element("label", '<input type="radio" name="limit" checked=""> none')
    others = (element("label", f'<input type="radio" name="limit" id="{limit_id(percent)}"> under {percent}%') for percent in LIMITS)
    return element("fieldset", element("legend", "Fade claims") + chosen + "".join(others), class_="limits")


LEGEND = (
    ("trigger", "what happened"),
    ("evidence", "who, whom, where, when, how many"),
    ("source", "who says so"),
    ("cue", "saying so"),
    ("content", "what they say"),
)


def _contents(pages: Pages) -> str:
    items = "".join(_item(report, page=page_id(number)) for number, (_, report) in enumerate(pages, start=1))
    return element("nav", f"<h2>Pages</h2><ol>{items}</ol>", class_="contents", aria_label="Pages")


def _item(report: Report, *, page: str) -> str:
    document = report.document
    link = element("a", words_in("bdi", document.title or NO_TITLE), href=f"#{page}")
    outlet = words_in("bdi", document.outlet or NO_OUTLET)
    facts = element("span", f"{outlet} · {text_of(date_or_undated(document))}", class_="facts")
    return element("li", f"{link} {facts} {_pills(report)}")


def _pills(report: Report) -> str:
    """How many events of each status."""
    counts = Counter(status_code(event, report) for event in report.events)
    pills = (element("span", text_of(f"{counts[code]} {label(code)}"), class_=f"pill {code}") for code in StatusCode if counts[code])
    unread = element("span", text_of(f"not read: {report.document.unread}"), class_="pill") if report.document.unread else ""
    return "".join(pills) + unread


def _pages_words(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _events_words(pages: Pages) -> str:
    count = sum(len(report.events) for _, report in pages)
    return "1 event" if count == 1 else f"{count} events"
