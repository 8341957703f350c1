"""Incidents, and pairs of events that wait for a person to say whether they are one."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from purport import listing
from purport.errors import StoreError
from purport.incident import Incident, Link
from purport.incidents import account_of, resolve
from purport.serve.access import Bench
from purport.serve.api.answers import Answer
from purport.serve.api.asking import Paged, Seen, View
from purport.serve.api.schemas import Json, listed, ref, shown
from purport.serve.showing import incident_of
from purport.store import IncidentEntry, IncidentFilter, Store
from purport.wire import account_to_json

router = APIRouter(tags=["incidents"])
TEXT, MAYBE, NUMBER = {"type": "string"}, {"type": ["string", "null"]}, {"type": "integer", "minimum": 0}
ENTRY: Json = {
    "type": "object",
    "properties": {
        "id": TEXT,
        "events": {"type": "array", "items": TEXT, "description": "Its members; a page that is not read under the id of the page."},
        "pages": NUMBER,
        "first_day": {**MAYBE, "description": "The first day on which it can have happened."},
        "last_day": {**MAYBE, "description": "The last."},
    },
    "required": ["id", "events", "pages", "first_day", "last_day"],
    "additionalProperties": False,
}
PROPOSAL: Json = {
    "type": "object",
    "properties": {
        "first": {**TEXT, "description": "An event."},
        "second": {**TEXT, "description": "Another."},
        "incidents": {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2, "description": "Those that the two are in."},
        "score": {"type": "number", "minimum": 0, "maximum": 1, "description": "Calibrated chance that they are one incident."},
        "reasons": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"part": TEXT, "weight": {"type": "number", "description": "Log odds."}},
                "required": ["part", "weight"],
                "additionalProperties": False,
            },
        },
        "by": TEXT,
    },
    "required": ["first", "second", "incidents", "score", "reasons", "by"],
    "additionalProperties": False,
}
DAY = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

Day = Annotated[str | None, Query(pattern=DAY, description="A day, month or year.")]
Type = Annotated[str | None, Query(min_length=1, max_length=100, description="A type of the codebook that one of its events has.")]
Words = Annotated[str | None, Query(min_length=1, max_length=200, pattern=r"\w", description="Words of a place, province or country.")]
Least = Annotated[int, Query(ge=1, le=1_000_000, description="Told by at least so many pages.")]
Policy = Literal["ucdp", "acled", "range", "majority"]
Wanted = Annotated[Policy | None, Query(description="Also one value each, by this policy.")]
Id = Annotated[str, Path(min_length=6, max_length=100, description="Id of an incident, of an event or page in it, or its beginning.")]


@router.get("/incidents", responses=listed(ENTRY))
def list_incidents(
    request: Request,
    bench: Bench,
    _view: Seen,
    paging: Paged,
    type: Type = None,
    place: Words = None,
    since: Day = None,
    until: Day = None,
    min_pages: Least = 1,
) -> Response:
    """Incidents that match, those with the most pages first."""
    wanted = IncidentFilter(type, place, listing.first_day(since), listing.last_day(until), min_pages)
    store = bench.stores.reading()
    items = [_entry(entry) for entry in store.incidents(wanted, limit=paging.limit, offset=paging.offset)]
    return Answer(paging.page(request, items, total=store.count_incidents(wanted)))


def _entry(entry: IncidentEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "events": list(entry.event_ids),
        "pages": entry.pages,
        "first_day": entry.first_day,
        "last_day": entry.last_day,
    }


@router.get("/incidents/{incident_id}", responses=shown(ref("Incident")))
def get_incident(bench: Bench, view: Seen, incident_id: Id, policy: Wanted = None) -> Response:
    """One incident with all that is made of it, as `purport incident --json` prints it; an id that was ever given still finds one."""
    account = account_of(told(bench.stores.reading(), incident_id, view=view))
    return Answer(account_to_json(account, resolve(account, policy) if policy else None))


def told(store: Store, incident_id: str, *, view: View) -> Incident:
    """The incident as this person may see it. Raises StoreError if there is none, or none of it holds."""
    incident = incident_of(store, incident_id, masked=view.is_masked)
    if not incident.tellings:
        raise StoreError(
            "no event of this incident holds", where=incident_id, remedy="its pages are not read, or people rejected all of them"
        )
    return incident


@router.get("/proposals", responses=listed(PROPOSAL))
def list_proposals(request: Request, bench: Bench, _view: Seen, paging: Paged) -> Response:
    """Of each two incidents that may be one the likeliest pair of events, the likeliest first; answer under `/link-judgements`."""
    every = tuple(bench.stores.reading().proposals())
    items = [_proposal(*each) for each in every[paging.offset : paging.offset + paging.limit]]
    return Answer(paging.page(request, items, total=len(every)))


def _proposal(link: Link, *incidents: str) -> dict[str, Any]:
    return {
        "first": link.first,
        "second": link.second,
        "incidents": list(incidents),
        "score": link.score,
        "reasons": [{"part": part, "weight": weight} for part, weight in link.reasons],
        "by": link.by,
    }
