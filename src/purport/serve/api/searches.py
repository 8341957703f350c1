"""Facets and the timeline of incidents, and saved searches: what they ask, what they found then, and what they find now."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field
from starlette.datastructures import QueryParams
from starlette.responses import Response

from purport.cards import FACETS, OWN_FACETS, SavedSearch
from purport.codebook import in_use
from purport.errors import QueryError, StoreError
from purport.serve.access import Bench, Coder, Reader
from purport.serve.api.answers import Answer
from purport.serve.api.asking import Paged
from purport.serve.api.incidents import CARD, card_json
from purport.serve.api.schemas import listed, ref
from purport.serve.api.seeking import Seeking
from purport.serve.api.values import Form, Name
from purport.serve.blind import hidden_in
from purport.serve.finding import Asked
from purport.serve.freshness import fresh
from purport.serve.looking import address_of, asked_of, words_of
from purport.serve.workbench import Workbench
from purport.store import Store
from purport.withholding import check_title

router = APIRouter(tags=["finding incidents"])
SearchId = Annotated[str, Path(min_length=6, max_length=100, description="Id of a saved search.")]


# ------------------------------------------------------------------ facets and timeline
class FacetValue(BaseModel):
    """One value of a facet."""

    value: str = Field(description="As it is asked for.")
    words: str = Field(description="As it is read.")
    number: int = Field(description="Incidents that have it, whatever else is chosen of the same facet.")
    chosen: bool


class Facet(BaseModel):
    """A facet; of many values the most frequent."""

    heading: str
    values: list[FacetValue]


class Facets(BaseModel):
    """Facets of what was found, by the names of their parameters."""

    total: int = Field(description="Incidents found.")
    facets: dict[str, Facet]


class TimelineBar(BaseModel):
    """Incidents that began on these days, both included."""

    first: str
    last: str
    number: int


class TimelineBars(BaseModel):
    """Incidents over time by their first day."""

    unit: str = Field(description="How long a bar is: day, month or year.")
    undated: int = Field(description="Incidents without a known first day; they are in no bar.")
    bars: list[TimelineBar]


@router.get("/facets", response_model=Facets)
def facets(bench: Bench, _person: Reader, asked: Seeking) -> Response:
    """How many incidents have each value of each facet, of what is asked for with the parameters of `/incidents`."""
    found = bench.index.find(fresh(bench), asked, limit=0)
    shown = [name for name in FACETS if in_use() or name not in OWN_FACETS]
    told = {
        name: {
            "heading": FACETS[name],
            "values": [
                {"value": each.value, "words": words_of(name, each.value), "number": each.number, "chosen": each.is_chosen}
                for each in found.facets[name]
            ],
        }
        for name in shown
    }
    return Answer({"total": found.total, "facets": told})


@router.get("/timeline", response_model=TimelineBars)
def timeline(bench: Bench, _person: Reader, asked: Seeking) -> Response:
    """Incidents over time, of what is asked for with the parameters of `/incidents`; days that are asked for do not narrow it."""
    found = bench.index.timeline(fresh(bench), asked)
    return Answer({"unit": found.unit, "undated": found.undated, "bars": [asdict(bar) for bar in found.bars]})


# ------------------------------------------------------------------ saved searches
class NewSearch(Form):
    """A question to keep."""

    name: Name
    query: Annotated[str, Field(max_length=8_000, description="As in an address of Find: `q=bomb&status=confirmed`.")]


class KeptSearch(BaseModel):
    """A question as it is kept, with what it found and the state of the data then: the log's last entry and its hash."""

    id: str
    name: str
    query: str
    number: int = Field(description="Incidents found when it was saved.")
    log_entry: int
    log_hash: str
    coder: str
    made_at: str


class FoundNow(KeptSearch):
    """The same with what it finds now."""

    number_now: int | None = Field(description="Incidents found now; null if its query makes no sense any more.")
    log_entry_now: int
    log_hash_now: str


@router.get("/searches", responses=listed(ref("KeptSearch")))
def list_searches(request: Request, bench: Bench, _person: Reader, paging: Paged) -> Response:
    """Saved searches, the newest first."""
    every = [asdict(each) for each in bench.stores.reading().finding.saved()]
    return Answer(paging.page(request, every[paging.offset : paging.offset + paging.limit], total=len(every)))


@router.post("/searches", status_code=201, response_model=KeptSearch)
def save_search(request: Request, bench: Bench, person: Coder, sent: NewSearch) -> Response:
    """Keep a question, with what it finds now."""
    asked = asked_of(QueryParams(sent.query))
    number = _number(request, bench, store=fresh(bench), asked=asked)
    check_title(bench.stores.reading(), sent.name)
    with bench.stores.writing() as store:
        made = store.finding.save(sent.name, address_of(asked), number=number, coder=person.name)
    return Answer(asdict(made), status_code=201)


@router.get("/searches/{search_id}", response_model=FoundNow)
def get_search(request: Request, bench: Bench, _person: Reader, search_id: SearchId) -> Response:
    """A saved search with what it found then and finds now."""
    store = fresh(bench)
    kept = _kept(store, search_id)
    try:
        number = _number(request, bench, store=store, asked=asked_of(QueryParams(kept.query)))
    except QueryError:
        number = None
    entry, hashed = store.finding.state_of_data()
    return Answer({**asdict(kept), "number_now": number, "log_entry_now": entry, "log_hash_now": hashed})


@router.get("/searches/{search_id}/incidents", responses=listed(CARD))
def run_search(request: Request, bench: Bench, _person: Reader, search_id: SearchId, paging: Paged) -> Response:
    """What a saved search finds now, in its order."""
    store = fresh(bench)
    asked = asked_of(QueryParams(_kept(store, search_id).query)).without(hidden_in(request).ids)
    found = bench.index.find(store, asked, limit=paging.limit, offset=paging.offset, with_facets=False)
    return Answer(paging.page(request, [card_json(store, card) for card in found.cards], total=found.total))


@router.delete("/searches/{search_id}", status_code=204)
def withdraw_search(bench: Bench, person: Coder, search_id: SearchId) -> Response:
    """Take a search off the list."""
    with bench.stores.writing() as store:
        store.finding.withdraw(search_id, coder=person.name)
    return Response(status_code=204)


def _kept(store: Store, search_id: str) -> SavedSearch:
    found = next((each for each in store.finding.saved() if each.id == search_id), None)
    if found is None:
        raise StoreError("no such saved search", where=search_id, remedy="see the list at /searches")
    return found


def _number(request: Request, bench: Workbench, *, store: Store, asked: Asked) -> int:
    return bench.index.find(store, asked.without(hidden_in(request).ids), limit=0, with_facets=False).total
