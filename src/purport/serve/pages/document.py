"""The page of one document: its text as published with the evidence marked, its events and claims beside it, and how it was kept."""

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from purport.decisions import Comment, Reviewed
from purport.errors import StoreError
from purport.html.evidence import Mark, marks_of
from purport.html.text import text_markup
from purport.incident import Sketch
from purport.model import Report, Span, digest_of
from purport.reviewing import reviewed_page
from purport.serve.access import Bench, Coder, Reader, session_of
from purport.serve.answers import LONGEST_COMMENT, Fields
from purport.serve.drawing import draw
from purport.serve.notices import EVERYTHING, graphic_sorts, is_announced
from purport.serve.page_events import event_cards, marked_report
from purport.serve.showing import is_masked, remarks, shown_page
from purport.serve.workbench import workbench_of
from purport.store import Store
from purport.store.show import Shown
from purport.wording import header_words

router = APIRouter()
PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LEGEND = (
    ("trigger", "what happened"),
    ("evidence", "who, whom, where, when, how many"),
    ("source", "who says so"),
    ("cue", "saying so"),
)


@router.get("/document/{id}")
def document_page(request: Request, person: Reader, *, id: str, at: str = "") -> Response:
    """The document; the id of an event or claim leads to its place in it. ``at``: a place ("12-40") to point at that is no evidence."""
    store = workbench_of(request).stores.reading()
    if erased := next((each for each in store.erasing.tombstones() if id in (each.document_id, each.capture_id)), None):
        return draw(request, "document_erased.html", status=410, person=person, erased=erased)
    shown = store.show(id)
    if shown.report is None or shown.superseded:
        raise StoreError("no page that was read has this id", where=id, remedy="look ids up with the search")
    document_id = shown.report.document.id
    if shown.id != id or shown.kind != "document":
        return RedirectResponse(f"/document/{document_id}{_fragment(shown)}", status_code=303)
    reviewed = shown_page(request, document_id)
    document, full = reviewed.report.document, shown.report.document
    sorts = graphic_sorts((full.title, full.text), types=[event.type for event in shown.report.events])
    is_open = not sorts or is_announced(session_of(request), document_id)
    return draw(
        request,
        "document.html",
        person=person,
        document=document,
        facts=header_words(document),
        kept=_kept(shown, reviewed, masked=is_masked(request)),
        readings=shown.readings,
        masked=is_masked(request),
        sorts=sorts,
        view=_view(store, reviewed, at=_span(at)) if is_open else None,
        legend=LEGEND,
        language=document.language if LANGUAGE.fullmatch(document.language) else "",
        comments=remarks(request, _comments(store, reviewed), documents=[document_id]) if is_open else (),
    )


def _comments(store: Store, reviewed: Reviewed) -> tuple[Comment, ...]:
    """What people said of the page, its events and their claims."""
    events = reviewed.report.events
    claims = (claim.id for event in events for claim in event.claims)
    return store.reviews.comments(reviewed.report.document.id, *(event.id for event in events), *claims)


@router.post("/document/{id}/notice")
def show_anyway(request: Request, _person: Reader, *, id: str, scope: Annotated[str, Form()] = "one") -> Response:
    """The session has read the notice: this text is shown, or (``scope`` all) every text until the session ends."""
    shown = workbench_of(request).stores.reading().show(id)
    session_of(request).notices.add(EVERYTHING if scope == "all" else shown.id)
    return RedirectResponse(f"/document/{shown.id}", status_code=303)


@router.post("/document/{id}/comment")
def comment(bench: Bench, person: Coder, *, id: str, fields: Fields) -> Response:
    """Say something about the page, or (``subject``) one of its events; or take one's own remark back (``withdraw``: its id)."""
    with bench.stores.writing() as store:
        shown = store.show(id)
        if shown.report is None:
            raise StoreError("no page that was read has this id", where=id, remedy="look ids up with the search")
        document = shown.report.document.id
        if fields.get("withdraw"):
            store.reviews.withdraw_comment(fields["withdraw"], coder=person.name)
        else:
            subject = fields.get("subject") or document
            if subject not in _subjects(store, document):
                raise StoreError("nothing on this page has this id", where=subject, remedy="open the page again")
            store.reviews.comment(subject, fields.get("text", "")[:LONGEST_COMMENT], coder=person.name)
    back = fields.get("back", "")
    back = back if back.startswith("/review/evt-") else f"/document/{document}"
    return RedirectResponse(f"{back}#comments-title", status_code=303)


def _subjects(store: Store, document_id: str) -> set[str]:
    """What of a page can be commented on: itself, its events and claims, also those that people added or rejected."""
    reviewed = reviewed_page(store, document_id)
    events = (*reviewed.machine.events, *reviewed.report.events)
    return {document_id, *(event.id for event in events), *(claim.id for event in events for claim in event.claims)}


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a page once its notice, if it has one, was answered."""

    text: Markup
    cards: tuple[object, ...]
    deepest: int
    sketch: Sketch | None
    found: tuple[tuple[str, tuple[tuple[str, Span], ...]], ...]


def _view(store: Store, reviewed: Reviewed, *, at: Span | None) -> View:
    report = marked_report(reviewed)
    sketch = _sketch(store, report) if report.document.unread else None
    found = _found(sketch, report.document.text) if sketch else ()
    marks = _marks(report, at=at) + [Mark(span, ("hint",), (), title) for title, each in found for _, span in each]
    unique = {mark.span: mark for mark in marks}
    ordered = sorted(unique.values(), key=lambda mark: (mark.span.start, -mark.span.end))
    markup = text_markup(report.document, ordered, page="", linked=True)
    deepest = max((mark.depth for mark in ordered), default=0)
    return View(Markup(markup), event_cards(reviewed, report), deepest, sketch, found)  # noqa: S704 - made by html/markup.py


def _marks(report: Report, *, at: Span | None) -> list[Mark]:
    """The marks of a page, and the place that was asked for unless it is one of them."""
    marks = marks_of(report)
    if at is None or not at.start < at.end <= len(report.document.text) or any(mark.span == at for mark in marks):
        return marks
    return [*marks, Mark(at, ("pointed",), (), "")]


def _span(at: str) -> Span | None:
    match = PLACE.fullmatch(at)
    return Span(int(match[1]), int(match[2])) if match else None


def _fragment(shown: Shown) -> str:
    """The place of an event or claim in its page."""
    spans = shown.claim.spans if shown.claim else shown.event.triggers if shown.event else ()
    return f"#s{spans[0].start}-{spans[0].end}" if spans else ""


def _sketch(store: Store, report: Report) -> Sketch | None:
    """What was found without reading in a page of another language; None if nothing, or if it stands in no incident."""
    try:
        incident = store.incident(report.document.id)
    except StoreError:
        return None
    return next((sketch for sketch in incident.sketches if sketch.document_id == report.document.id), None)


def _found(sketch: Sketch, text: str) -> tuple[tuple[str, tuple[tuple[str, Span], ...]], ...]:
    """Sorts of hints with their words and places."""
    sorts = (
        ("Places", [each.span for each in sketch.places]),
        ("Days", [each.span for each in sketch.times]),
        ("Numbers", [each.span for each in sketch.quantities]),
        ("Words of violence", [each.span for each in sketch.type_words]),
        ("Names", list(sketch.names)),
    )
    return tuple((title, tuple((span.of(text), span) for span in spans)) for title, spans in sorts if spans)


def _kept(shown: Shown, reviewed: Reviewed, *, masked: bool) -> list[tuple[str, str]]:
    """Where and when the page was met, and what its bytes and text are known by. A file's name can tell a withheld name: it goes too."""
    document, full = reviewed.report.document, shown.report.document if shown.report else reviewed.report.document
    hides = masked and document.text != full.text
    rows = [("address", document.url or "")]
    for sighting in shown.sightings:
        rows.append(("found at", "withheld with the names" if hides else sighting.origin))
        rows.append(("retrieved", sighting.retrieved_at or ""))
    rows += [("bytes", shown.digest), ("text", digest_of(full.text.encode("utf-8", "surrogatepass")))]
    rows += [("rights", document.rights or ""), ("document", document.id), ("capture", document.capture_id)]
    rows.append(("reader", reviewed.report.reader))
    return [(name, value) for name, value in rows if value]
