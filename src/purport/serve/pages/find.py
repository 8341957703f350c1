"""Find: one box, facets, a map and a timeline that narrow one another; saved searches; what was found as a file."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, RedirectResponse, Response

from purport.cards import FACETS, OWN_FACETS, IncidentCard, SavedSearch
from purport.codebook import in_use
from purport.days import FIRST_DAY, LAST_DAY, days_of
from purport.errors import QueryError
from purport.export.claim_table import harmless
from purport.serve.access import Bench, Coder, Editor, Reader
from purport.serve.blind import hidden_in
from purport.serve.drawing import draw
from purport.serve.finding import SORTS, Asked, Results
from purport.serve.freshness import fresh
from purport.serve.looking import address_of, applied, asked_of, box_of, pairs_of, words_of
from purport.serve.timeline_drawing import timeline_drawing
from purport.serve.workbench import Workbench
from purport.settings import Settings
from purport.store import Store
from purport.timing import date_words
from purport.withholding import check_title

router = APIRouter()
A_PAGE = 25
MOST_SHOWN = 12  #: values of a facet before "more"
MOST_OFFERED = 200  #: values of a facet at all; typing words finds the others
MOST_DROPPED = 12  #: conditions that are tried one by one where nothing is found
WORLD = "-180,-90,180,90"
MOST_EXPORTED = 1_000_000
FORMS = {"csv": "text/csv", "geojson": "application/geo+json", "jsonl": "application/jsonl"}
COLUMNS = ("id", "sentence", "type", "status", "first_day", "last_day", "place", "latitude", "longitude", "precision", "killed_low",
           "killed_high", "pages", "sources", "parties")  # fmt: skip


@router.get("/find")
def find(request: Request, bench: Bench, person: Reader, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """What is asked for, or everything; a question that makes no sense is told beside what it would find without it."""
    store = fresh(bench)
    asked, wrong = _asked(request.query_params)
    try:
        results = bench.index.find(store, _for(request, asked), limit=A_PAGE, offset=(page - 1) * A_PAGE)
    except QueryError as error:
        wrong, asked, page = str(error), Asked(chosen=asked.chosen), 1
        results = bench.index.find(store, _for(request, asked), limit=A_PAGE)
    last_page = max((results.total + A_PAGE - 1) // A_PAGE, 1)
    if page > last_page:
        return RedirectResponse(f"/find?{address_of(asked, page=str(last_page))}", status_code=303)
    timeline = bench.index.timeline(store, _for(request, asked))
    known: dict[str, Any] = {
        "asked": asked,
        "query": request.query_params.get("q", "").strip(),
        "results": results,
        "wrong": wrong,
        "applied": applied(asked),
        "pairs": list(pairs_of(asked)),
        "address": address_of(asked),
        "page": page,
        "last_page": last_page,
        "dropping": [] if results.total else _dropping(request, bench, store=store, asked=asked),
        "shown_facets": list(_facets(results)),
        "timeline": timeline_drawing(timeline),
        "undated": timeline.undated,
        "with_country": lambda country: address_of(replace(asked, chosen={**asked.chosen, "country": (country,)})),
        "countries": [each for each in results.facets["country"] if each.number],
        "worldview": Settings().worldview,
        "doing": bench.keeper.doing,
        "unlinked": store.finding.count_unlinked(),
        "sorts": {name: words for name, words in SORTS.items() if name != "best" or results.is_ranked},
        "address_of": address_of,
        "words_of": words_of,
        "days_words": days_words,
        "most_shown": MOST_SHOWN,
    }
    return draw(request, "find.html", person=person, **known)


def days_words(card: IncidentCard) -> str:
    """When it happened, no finer than it is known: a day, a month or a year, or the days between which it was."""
    first, last = card.first_day or FIRST_DAY, card.last_day or LAST_DAY
    if (first, last) == (FIRST_DAY, LAST_DAY):
        return "day not known"
    whole = next((first[:size] for size in (4, 7, 10) if days_of(first[:size]) == (first, last)), None)
    ends = "" if first == FIRST_DAY else first, "" if last == LAST_DAY else last
    return date_words(whole or "/".join(end or ".." for end in ends))


def _dropping(request: Request, bench: Workbench, *, store: Store, asked: Asked) -> list[dict[str, str | int]]:
    """Where nothing is found: the conditions of which leaving out one alone finds something, the most first, with how many."""
    found: list[dict[str, str | int]] = []
    for each in applied(asked)[:MOST_DROPPED]:
        without = asked_of(QueryParams(each["without"]))
        if number := bench.index.find(store, _for(request, without), limit=0).total:
            found.append({**each, "number": number})
    return sorted(found, key=lambda each: (-int(each["number"]), str(each["words"])))


def _asked(parameters: QueryParams) -> tuple[Asked, str]:
    """What an address asks for, and what of it makes no sense."""
    try:
        return asked_of(parameters), ""
    except QueryError as error:
        return Asked(query=parameters.get("q", "").strip()), str(error)


def _for(request: Request, asked: Asked) -> Asked:
    """The same without what is hidden from who asks."""
    return asked.without(hidden_in(request).ids)


def _facets(results: Results) -> Iterator[tuple[str, str, list[tuple[str, str, int, bool]]]]:
    """Name, heading and values (code, words, number, whether chosen) of each facet that tells anything apart."""
    for name, heading in FACETS.items():
        values = [(each.value, words_of(name, each.value), each.number, each.is_chosen) for each in results.facets[name]]
        if len(values) > 1 or any(chosen for *_, chosen in values):
            yield name, heading, sorted(values, key=lambda value: not value[3])[:MOST_OFFERED]


# ------------------------------------------------------------------ map and timeline
@router.get("/find/cells")
def cells(request: Request, bench: Bench, _person: Reader, zoom: Annotated[int, Query(ge=0, le=12)] = 0, view: str = WORLD) -> JSONResponse:
    """The map's cells for what is asked, at most 2,000."""
    asked = asked_of(request.query_params)
    found, unplaced, total = bench.index.cells(
        fresh(bench), _for(request, asked), zoom=zoom, view=box_of(view) or (-180.0, -90.0, 180.0, 90.0)
    )
    told = [
        {
            "lat": cell.latitude,
            "lon": cell.longitude,
            "n": cell.number,
            "precision": cell.precision,
            "name": cell.card.place,
            **({"id": cell.card.id, "title": cell.card.sentence} if cell.number == 1 else {}),
        }
        for cell in found
    ]
    return JSONResponse({"zoom": zoom, "cells": told, "unplaced": unplaced, "total": total})


@router.get("/find/timeline")
def timeline(request: Request, bench: Bench, _person: Reader) -> JSONResponse:
    """The bars of the timeline for what is asked, whatever days it asks for."""
    found = bench.index.timeline(fresh(bench), _for(request, asked_of(request.query_params)))
    bars = [{"from": bar.first, "until": bar.last, "n": bar.number} for bar in found.bars]
    return JSONResponse({"unit": found.unit, "bars": bars, "undated": found.undated})


# ------------------------------------------------------------------ merging
@router.post("/find/merge")
def merge(bench: Bench, _person: Editor) -> Response:
    """Bring pages that came since the last time together, in the background."""
    bench.keeper.ask_merge()
    return RedirectResponse("/find", status_code=303)


# ------------------------------------------------------------------ saved searches
@router.get("/searches")
def searches(request: Request, bench: Bench, person: Reader) -> Response:
    """The saved searches, each with what it found then and finds now."""
    store = fresh(bench)
    saved = [(each, _number_now(request, bench, store=store, search=each)) for each in store.finding.saved()]
    return draw(request, "searches.html", person=person, saved=saved, last=store.finding.state_of_data())


def _number_now(request: Request, bench: Workbench, *, store: Store, search: SavedSearch) -> int | None:
    """What a search finds now; None if it makes no sense any more."""
    try:
        return bench.index.find(store, _for(request, asked_of(QueryParams(search.query))), limit=0).total
    except QueryError:
        return None


@router.post("/searches")
def save(
    request: Request, bench: Bench, person: Coder, name: Annotated[str, Form(max_length=200)], query: Annotated[str, Form(max_length=8000)]
) -> Response:
    """Keep a search by name."""
    asked = asked_of(QueryParams(query))
    number = bench.index.find(fresh(bench), _for(request, asked), limit=0).total
    check_title(bench.stores.reading(), name)
    with bench.stores.writing() as store:
        store.finding.save(name, address_of(asked), number=number, coder=person.name)
    return RedirectResponse("/searches", status_code=303)


@router.post("/searches/{id}/withdraw")
def withdraw(bench: Bench, person: Coder, id: str) -> Response:
    """Take a search off the list."""
    with bench.stores.writing() as store:
        store.finding.withdraw(id, coder=person.name)
    return RedirectResponse("/searches", status_code=303)


# ------------------------------------------------------------------ files
@router.get("/find/export/{form}")
def export(request: Request, bench: Bench, person: Reader, form: str, include_restricted: bool = False) -> Response:
    """What was found as a file, without names of victims; restricted incidents only for editors who ask for them. Logged."""
    if form not in FORMS:
        raise QueryError(f"no format {form!r}", where="export", remedy=f"use one of {', '.join(FORMS)}")
    asked = _for(request, asked_of(request.query_params))
    found = bench.index.find(fresh(bench), asked, limit=MOST_EXPORTED).cards
    may = include_restricted and person.role.value == "editor"
    let_out = [card for card in found if may or "restricted" not in card.values.get("sensitivity", ())]
    detail = {
        "by": person.name,
        "format": form,
        "query": address_of(asked),
        "number": len(let_out),
        "restricted": len(found) - len(let_out),
    }
    with bench.stores.writing() as store:
        store.people.note("export", store.path.name, detail=detail)
    content = {"csv": _csv, "geojson": _geojson, "jsonl": _jsonl}[form](let_out)
    disposition = f'attachment; filename="incidents.{form}"'
    left_out = {"X-Left-Out": str(len(found) - len(let_out))}
    return Response(content, media_type=f"{FORMS[form]}; charset=utf-8", headers={"Content-Disposition": disposition, **left_out})


def _csv(cards: Iterable[IncidentCard]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    facets = [name for name in FACETS if in_use() or name not in OWN_FACETS]
    writer.writerow((*COLUMNS, *facets))
    for card in cards:
        own = [getattr(card, name) for name in COLUMNS]
        writer.writerow([harmless(cell) for cell in (*own, *("; ".join(card.values.get(name, ())) for name in facets))])
    return file.getvalue()


def _jsonl(cards: Iterable[IncidentCard]) -> str:
    return "".join(json.dumps(_plain(card), ensure_ascii=False) + "\n" for card in cards)


def _plain(card: IncidentCard) -> dict[str, object]:
    return {**{name: getattr(card, name) for name in COLUMNS}, "facets": dict(card.values)}


def _geojson(cards: Iterable[IncidentCard]) -> str:
    features = [
        {
            "type": "Feature",
            "id": card.id,
            "geometry": None if card.latitude is None else {"type": "Point", "coordinates": [card.longitude, card.latitude]},
            "properties": _plain(card),
        }
        for card in cards
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
