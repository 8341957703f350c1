"""Incidents, and pairs of events that wait for a person to say whether they are one."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from purport.cards import IncidentCard
from purport.errors import StoreError
from purport.incident import Incident, Link
from purport.incidents import account_of, resolve
from purport.serve.access import Bench, Reader
from purport.serve.api.answers import Answer
from purport.serve.api.asking import Paged, Seen, View
from purport.serve.api.schemas import Json, listed, ref, shown
from purport.serve.api.seeking import Seeking
from purport.serve.freshness import fresh
from purport.serve.showing import incident_of
from purport.store import Store
from purport.wire import account_to_json

router = APIRouter(tags=["incidents"])
TEXT, MAYBE, NUMBER = {"type": "string"}, {"type": ["string", "null"]}, {"type": "integer", "minimum": 0}
MAYBE_NUMBER, DEGREES = {"type": ["integer", "null"], "minimum": 0}, {"type": ["number", "null"]}
CARD: Json = {
    "type": "object",
    "properties": {
        "id": TEXT,
        "sentence": {**TEXT, "description": "One line made of claims, with who says so; names of victims are not in it."},
        "type": {**TEXT, "description": "The type that most pages give."},
        "status": TEXT,
        "pages": NUMBER,
        "sources": {**NUMBER, "description": "Independent ones."},
        "parties": {**NUMBER, "description": "Parties to the conflict among those on whose word it rests."},
        "first_day": {**MAYBE, "description": "The first day on which it can have happened."},
        "last_day": {**MAYBE, "description": "The last."},
        "place": {**TEXT, "description": "Empty if none is known."},
        "latitude": DEGREES,
        "longitude": DEGREES,
        "precision": {**TEXT, "description": "exact, near, district, province, region, country or unknown."},
        "killed_low": MAYBE_NUMBER,
        "killed_high": {**MAYBE_NUMBER, "description": "null also where nobody gives an upper end."},
        "events": {"type": "array", "items": TEXT, "description": "Its members; a page that is not read under the id of the page."},
        "facets": {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}, "description": "Its values of each facet."},
    },
    "additionalProperties": False,
}
CARD["required"] = list(CARD["properties"])
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
Policy = Literal["ucdp", "acled", "range", "majority"]
Wanted = Annotated[Policy | None, Query(description="Also one value each, by this policy.")]
Id = Annotated[str, Path(min_length=6, max_length=100, description="Id of an incident, of an event or page in it, or its beginning.")]


@router.get("/incidents", responses=listed(CARD))
def list_incidents(request: Request, bench: Bench, _person: Reader, paging: Paged, asked: Seeking) -> Response:
    """Incidents that are all that is asked, as the page Find lists them; those with the most pages first unless `sort` says otherwise.

    An address of Find asks the same here: its parameters have the same names, and each but the order narrows it down.
    """
    store = fresh(bench)
    found = bench.index.find(store, asked, limit=paging.limit, offset=paging.offset, with_facets=False)
    return Answer(paging.page(request, [card_json(store, card) for card in found.cards], total=found.total))


def card_json(store: Store, card: IncidentCard) -> dict[str, Any]:
    """A card as the API gives it."""
    plain = {name: getattr(card, name) for name in CARD["properties"] if name not in ("events", "facets")}
    return {**plain, "events": list(store.members(card.id)), "facets": {name: list(values) for name, values in card.values.items()}}


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
    store = bench.stores.reading()
    every = bench.waiting.of(store)
    items = [_proposal(*each) for each in store.proposed.written_out(every[paging.offset : paging.offset + paging.limit])]
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
