"""Events and their claims, with what people decided about them."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from purport.errors import StoreError
from purport.model import Report
from purport.serve.access import Bench
from purport.serve.api.answers import Answer
from purport.serve.api.asking import Paged, Seen, View
from purport.serve.api.documents import HEADER, Words
from purport.serve.api.reading import header, report_of
from purport.serve.api.schemas import Json, listed, ref, shown
from purport.store import Shown, Store
from purport.wire import told_to_json

router = APIRouter(tags=["events"])


def _with_page(name: str) -> Json:
    fields = {name: ref(f"report_{name}"), "document": HEADER}
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


EventId = Annotated[str, Path(min_length=6, max_length=100, description="Id of an event, or its beginning.")]
ClaimId = Annotated[str, Path(min_length=6, max_length=100, description="Id of a claim, or its beginning.")]


@router.get("/events", responses=listed(_with_page("event")))
def list_events(request: Request, bench: Bench, view: Seen, paging: Paged, query: Words = "") -> Response:
    """Events that match, in the order in which they were added, each with its claims and the header of its page."""
    store = bench.stores.reading()
    found = store.events(query, limit=paging.limit, offset=paging.offset)
    reports = {document: report_of(store, document, view=view) for document in {document for document, _ in found.found}}
    return Answer(paging.page(request, [_event(reports[document], event) for document, event in found.found], total=found.total))


@router.get("/events/{event_id}", responses=shown(_with_page("event")))
def get_event(bench: Bench, view: Seen, event_id: EventId) -> Response:
    """One event with its claims and the header of its page."""
    store = bench.stores.reading()
    found = one(store, event_id, kind="event")
    return Answer(_event(whole_page(store, found, view=view), found.id))


@router.get("/claims/{claim_id}", responses=shown(_with_page("claim")))
def get_claim(bench: Bench, view: Seen, claim_id: ClaimId) -> Response:
    """One claim with its exact words, its chain of sources and the header of its page."""
    store = bench.stores.reading()
    found = one(store, claim_id, kind="claim")
    report = whole_page(store, found, view=view)
    claims = {claim["id"]: claim for event in told_to_json(report)["events"] for claim in event["claims"]}
    return Answer({"claim": claims[found.id], "document": header(report)})


def one(store: Store, asked: str, *, kind: str) -> Shown:
    """The event or claim of this id that a current reading tells of. Raises StoreError."""
    found = store.show(asked)
    if found.kind != kind or found.report is None or found.superseded:
        remedy = "only an older reading has it" if found.superseded else f"this is the id of a {found.kind}"
        raise StoreError(f"no such {kind}", where=asked, remedy=remedy)
    return found


def whole_page(store: Store, found: Shown, *, view: View) -> Report:
    """The page of an event or claim as this person may see it; if people rejected that very one, as the machine read it."""
    assert found.report is not None  # noqa: S101 - `one` has seen to it
    report = report_of(store, found.report.document.id, view=view)
    ids = {id for event in report.events for id in (event.id, *(claim.id for claim in event.claims))}
    return report if found.id in ids else report_of(store, found.report.document.id, view=view, machine=True)


def _event(report: Report, event_id: str) -> dict[str, Any]:
    events = {event["id"]: event for event in told_to_json(report)["events"]}
    return {"event": events[event_id], "document": header(report)}
