"""One event under review as it stands for this session, and the parts of its page that a decision draws anew."""

from dataclasses import dataclass, replace
from typing import Any

from fastapi import Request

from purport.decisions import Reviewed, Undone
from purport.errors import StoreError
from purport.incident import Incident
from purport.serve.access import session_of
from purport.serve.answers import Answer
from purport.serve.drawing import environment
from purport.serve.review_view import EventView, Row, event_view
from purport.serve.showing import is_masked, own_words, shown_page
from purport.serve.workbench import workbench_of
from purport.store import Store
from purport.wording import label

TAKEN_BACK = {
    "judge": "the decision to {said} {subject}",
    "add": "what you added",
    "link": "that events are {said}",
    "sensitivity": "the sensitivity “{said}”",
    "review": "that the review is {said}",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An event opened for review. ``incident`` is None before `purport merge`; ``withholds``: names on its page are not shown."""

    view: EventView
    reviewed: Reviewed
    incident: Incident | None
    withholds: bool

    @property
    def events(self) -> tuple[str, ...]:
        """The ids of the incident's events, or of this one alone."""
        return tuple(event.id for event in self.incident.events) if self.incident and self.incident.events else (self.view.event.id,)


def document_of(store: Store, event_id: str) -> str:
    """The page of an event. Raises StoreError if there is no such event."""
    found = store.reviews.knows_event(event_id)
    if found is None:
        raise StoreError("no such event to review", where=event_id, remedy="it may be gone since the page was read again; go to the queue")
    return found


def opened(request: Request, event_id: str, *, with_incident: bool = True) -> Opened:
    """The event as this session may see it. Raises StoreError."""
    store = workbench_of(request).stores.reading()
    document_id = document_of(store, event_id)
    reviewed = shown_page(request, document_id)
    withholds = is_masked(request) and reviewed.report.document.text != store.report(document_id).document.text
    view = event_view(store, reviewed, event_id=event_id, masked=withholds)
    view = replace(view, rows=tuple(_row_shown(request, row, document_id=document_id) for row in view.rows))
    return Opened(view, reviewed, _incident(store, event_id) if with_incident else None, withholds)


def _row_shown(request: Request, row: Row, *, document_id: str) -> Row:
    """A row whose remarks are as this session may see them."""
    return replace(row, said=tuple(own_words(request, row.said, documents=[document_id]))) if row.said else row


def _incident(store: Store, event_id: str) -> Incident | None:
    try:
        return store.incident(event_id)
    except StoreError:
        return None


def parts(request: Request, event_id: str) -> dict[str, Any]:
    """The parts of the page that a decision may change: rows of claims by id, the head, and how far one is."""
    found = opened(request, event_id, with_incident=False)
    macros: Any = environment().get_template("review_parts.html").module
    csrf = session_of(request).csrf
    rows = {row.id: str(macros.claim_row(row, event_id, csrf, found.withholds)) for row in found.view.rows}
    return {"rows": rows, "head": str(macros.event_head(found.view)), "decided": found.view.decided, "claims": len(found.view.rows)}


def after_undo(request: Request, undone: Undone | None, *, shown: str) -> Answer:
    """What to tell of a decision that was taken back, with the parts of the event that the page shows."""
    if undone is None:
        return {"toast": "There is nothing of yours to take back.", "undone": False}
    told = TAKEN_BACK[undone.what].format(said=label(undone.said), subject=_subject(request, undone))
    answer: Answer = {"toast": f"Took back {told}.", "undone": True, "event": undone.event_id or "", "claim": undone.subjects[0]}
    try:
        return {**answer, **parts(request, shown)} if shown else answer
    except StoreError:
        return {**answer, "gone": True}


def _subject(request: Request, undone: Undone) -> str:
    if undone.event_id is None:
        return "a claim that is no longer read"
    try:
        rows = opened(request, undone.event_id, with_incident=False).view.rows
    except StoreError:
        return "a claim"
    row = next((row for row in rows if row.id in undone.subjects), None)
    return f"{row.role} “{row.words}”" if row else "a claim"
