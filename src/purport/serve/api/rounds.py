"""Rounds of coding: who codes what, and once they may be seen the answers and how far coders agree."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel
from starlette.responses import Response

from purport.decisions import Coding, Round
from purport.serve.access import Bench
from purport.serve.agreed import shown_agreement
from purport.serve.api.answers import Answer
from purport.serve.api.asking import Paged, Seen
from purport.serve.api.reading import without_names
from purport.serve.api.schemas import shown
from purport.serve.round_access import check_results
from purport.serve.round_files import agreement_json
from purport.withholding import Names

router = APIRouter(tags=["rounds"])
Id = Annotated[str, Path(min_length=6, max_length=100, description="The whole id of a round.")]


class KeptRound(BaseModel):
    """A round; `units` are events in the order of coding, `handed_in` says when each coder was done."""

    id: str
    name: str
    units: list[str]
    fields: list[str]
    coders: list[str]
    blind: bool
    made_by: str
    made_at: str
    is_closed: bool
    chosen: str
    handed_in: dict[str, str]


class KeptSpan(BaseModel):
    """Half-open range of code points of the page's text."""

    start: int
    end: int


class KeptAnswer(BaseModel):
    """What a coder says of one field; `value` in the field's own form, null: the page does not say."""

    value: str | None
    spans: list[KeptSpan]
    note: str = ""


class KeptCoding(BaseModel):
    """All that one coder says of one event; a later one of the same coder takes its place."""

    id: str
    round_id: str
    event_id: str
    coder: str
    answers: dict[str, KeptAnswer]
    made_at: str
    seconds: float
    is_adjudication: bool
    is_event: bool
    comment: str


class RoundList(BaseModel):
    """A page of a list."""

    total: int
    limit: int
    offset: int
    next: str | None
    items: list[KeptRound]


class CodingList(BaseModel):
    """A page of a list."""

    total: int
    limit: int
    offset: int
    next: str | None
    items: list[KeptCoding]


@router.get("/rounds", response_model=RoundList)
def list_rounds(request: Request, bench: Bench, _view: Seen, paging: Paged) -> Response:
    """Every round."""
    every = bench.stores.reading().rounds.all()
    return Answer(paging.page(request, [_round(each) for each in every[paging.offset :][: paging.limit]], total=len(every)))


@router.get("/rounds/{round_id}", response_model=KeptRound)
def get_round(bench: Bench, _view: Seen, round_id: Id) -> Response:
    """One round."""
    return Answer(_round(bench.stores.reading().rounds.find(round_id)))


def _round(each: Round) -> dict[str, Any]:
    return {**asdict(each), "handed_in": dict(each.handed_in)}


@router.get("/rounds/{round_id}/codings", response_model=CodingList)
def list_codings(request: Request, bench: Bench, view: Seen, paging: Paged, round_id: Id) -> Response:
    """Everything that was answered, the settled answers too; for editors who do not code it, and for all once the round is closed."""
    store = bench.stores.reading()
    check_results(store.rounds.find(round_id), view.person)
    every = store.rounds.codings(round_id)
    items = [_coding(each) for each in every[paging.offset :][: paging.limit]]
    if view.is_masked:
        names = Names(store)
        pages = {unit.event_id: unit.document_id for unit in store.rounds.units(round_id)}
        items = [without_names(each, names.around(pages[each["event_id"]])) for each in items]
    return Answer(paging.page(request, items, total=len(every)))


def _coding(coding: Coding) -> dict[str, Any]:
    return {**asdict(coding), "answers": {name: asdict(answer) for name, answer in coding.answers.items()}}


@router.get("/rounds/{round_id}/agreement", responses=shown({"type": "object"}))
def get_agreement(bench: Bench, view: Seen, round_id: Id) -> Response:
    """Krippendorff's alpha for each field, as the page of the round shows it; for those who may see the answers."""
    store = bench.stores.reading()
    round_ = store.rounds.find(round_id)
    check_results(round_, view.person)
    return Answer(agreement_json(round_, shown_agreement(store, round_, masked=view.is_masked)))
