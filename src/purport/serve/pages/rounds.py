"""Coding rounds: the list, making one, one round with its progress and agreement, handing in, closing, what comes out."""

from collections.abc import Callable, Iterable
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from purport.decisions import Coding, Person, PersonRole, Round
from purport.errors import PurportError
from purport.review.answers import suggested_actors
from purport.review.fields import Field, codebook
from purport.review.fields import Form as AnswerForm
from purport.review.rounds import differences, open_differences, progress, settled_answers
from purport.serve.access import Bench, Coder, Editor, Reader
from purport.serve.agreed import agreement_of, shown_agreement
from purport.serve.drawing import draw
from purport.serve.round_access import check_coder, check_results, may_see_results, still_codes
from purport.serve.round_files import agreement_json, codings_csv
from purport.serve.settling import suggested_places, take_over
from purport.serve.showing import is_masked
from purport.store import Store
from purport.store.rounds import drawn
from purport.withholding import check_title

router = APIRouter(prefix="/rounds")
Text = Annotated[str, Form()]
LONGEST_NAME = 120


@router.get("")
def rounds(request: Request, bench: Bench, person: Reader) -> Response:
    """Every round with how far its coders have come."""
    store = bench.stores.reading()
    entries = [_entry(store, round_, person=person) for round_ in store.rounds.all()]
    return draw(request, "rounds.html", person=person, entries=entries)


def _entry(store: Store, round_: Round, *, person: Person) -> dict[str, object]:
    codings = store.rounds.codings(round_.id)
    sees = may_see_results(round_, person)
    lines = agreement_of(store, round_) if sees else ()
    values = [line.alpha.value for line in lines if line.alpha.value is not None]
    return {
        "round": round_,
        "progress": progress(round_, codings),
        "sees": sees,
        "least": min(values, default=None),
        "mine": still_codes(round_, person),
    }


# ------------------------------------------------------------------ making one
@router.get("/new")
def new(request: Request, bench: Bench, person: Editor, query: str = "", size: str = "", seed: str = "1") -> Response:
    """The form for a new round; with a search, how many events it finds."""
    return _form(request, bench, person=person, given={"query": query, "size": size, "seed": seed}, counts="query" in request.query_params)


@router.post("")
def make(
    request: Request,
    bench: Bench,
    person: Editor,
    name: Text = "",
    query: Text = "",
    size: Text = "",
    seed: Text = "1",
    events: Text = "",
    field: Annotated[list[str] | None, Form()] = None,
    coder: Annotated[list[str] | None, Form()] = None,
    more_coders: Text = "",
    blind: Text = "",
) -> Response:
    """A new round; the form again, with what is wrong, if it cannot be made."""
    coders = [*(coder or ()), *(each.strip() for each in more_coders.split(",") if each.strip())]
    given: dict[str, object] = {"name": name, "query": query, "size": size, "seed": seed, "events": events}
    given |= {"field": field or [], "coders": coders, "blind": blind}
    try:
        known = codebook().fields
        fields = [each for each in field or () if each in known]
        _check_names(bench.stores.reading(), name, coders=coders)
        check_title(bench.stores.reading(), name)
        with bench.stores.writing() as store:
            units, chosen = _units(store, query=query, size=size, seed=seed, events=events)
            made = store.rounds.make(
                name.strip(), units, fields=fields, coders=coders, blind=bool(blind), made_by=person.name, chosen=chosen
            )
    except (PurportError, ValueError) as error:
        return _form(request, bench, person=person, given=given, told=str(error), status=422)
    return RedirectResponse(f"/rounds/{made.id}", status_code=303)


def _check_names(store: Store, name: str, *, coders: list[str]) -> None:
    if len(name) > LONGEST_NAME or any(len(each) > LONGEST_NAME for each in coders):
        raise ValueError(f"A name has at most {LONGEST_NAME} characters.")
    if store.people.are_kept():
        able = {each.name for each in store.people.all() if each.is_active and each.role.may(PersonRole.CODER)}
        if unknown := [each for each in coders if each not in able]:
            raise ValueError(f"Nobody who may code is called {', '.join(unknown)}. Editors let people in on the page People.")


def _units(store: Store, *, query: str, size: str, seed: str, events: str) -> tuple[tuple[str, ...], str]:
    """The events and how they were chosen. Raises QueryError, and ValueError for a size or seed that is no number."""
    if events.strip():
        listed = tuple(events.split())
        return listed, f"{len(listed)} events from a list"
    found = store.rounds.matching(query)
    told = f"search “{query.strip()}”" if query.strip() else "all events"
    if not size.strip():
        return found, f"{told}, all {len(found):,}"
    if not (size.strip().isdecimal() and seed.strip().isdecimal()) or len(size) > 6 or len(seed) > 12 or int(size) < 1:
        raise ValueError("Write how many events, and the seed, as numbers above 0.")
    units = drawn(found, size=int(size), seed=int(seed))
    return units, f"{told}, {len(units):,} of {len(found):,} drawn at random with seed {int(seed)}"


def _form(
    request: Request, bench: Bench, *, person: Person, given: dict[str, object], told: str = "", counts: bool = False, status: int = 200
) -> Response:
    store = bench.stores.reading()
    empty = {"name": "", "query": "", "size": "", "seed": "1", "events": "", "coders": [], "blind": "yes"}
    known = {**empty, "field": [each.name for each in codebook().fields.values() if each.is_asked], **given}
    found: int | None = None
    try:
        found = len(store.rounds.matching(str(known["query"]))) if counts else None
    except PurportError as error:
        told = told or str(error)
    people = [each for each in store.people.all() if each.is_active and each.role.may(PersonRole.CODER)] if store.people.are_kept() else []
    fields = list(codebook().fields.values())
    return draw(request, "round_new.html", status=status, person=person, given=known, told=told, found=found, people=people, fields=fields)


# ------------------------------------------------------------------ suggestions
@router.get("/suggest")
def suggest(_person: Coder, field: str, words: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Values for a field that begin with the words; from the actor list and the gazetteer, never from what anybody answered."""
    known: Field | None = codebook().fields.get(field)
    if known is None or not words.strip():
        return JSONResponse([])
    if known.form is AnswerForm.PLACE:
        return JSONResponse(suggested_places(words))
    return JSONResponse(suggested_actors(words) if known.form is AnswerForm.WORDS else [])


# ------------------------------------------------------------------ one round
@router.get("/{round_id}")
def show(request: Request, bench: Bench, person: Reader, round_id: str, done: str = "") -> Response:
    """Progress; for who may see them also agreement, confusions and what is to be settled."""
    return _show(request, bench, person=person, round_id=round_id, done=DONE.get(done, ""))


DONE = {
    "coded": "That was the last event. Look over your answers if you like, then hand in.",
    "handed-in": "You have handed in. Your answers stand; what the machine made of these pages is no longer hidden from you.",
    "closed": "The round is closed.",
    "settled": "Nothing is left to settle.",
}


def _show(request: Request, bench: Bench, *, person: Person, round_id: str, done: str = "", told: str = "", status: int = 200) -> Response:
    store = bench.stores.reading()
    round_ = store.rounds.find(round_id)
    fields = codebook().chosen(round_.fields)
    codings = store.rounds.codings(round_id)
    sees = may_see_results(round_, person)
    found = differences(round_, codings, fields=fields) if sees else ()
    return draw(
        request,
        "round.html",
        status=status,
        person=person,
        round=round_,
        progress=progress(round_, codings),
        fields=fields,
        sees=sees,
        agreement=shown_agreement(store, round_, masked=is_masked(request)) if sees else (),
        differences=found,
        open=open_differences(found),
        settled=settled_answers(round_, codings, fields=fields) if sees else (),
        mine=still_codes(round_, person),
        own=_own(round_, codings, person),
        done=done,
        told=told,
    )


def _own(round_: Round, codings: Iterable[Coding], person: Person) -> dict[str, bool]:
    """By unit, whether this person has coded it."""
    coded = {each.event_id for each in codings if each.coder == person.name and not each.is_adjudication}
    return {event: event in coded for event in round_.units} if person.name in round_.coders else {}


@router.post("/{round_id}/hand-in")
def hand_in(bench: Bench, person: Coder, round_id: str) -> Response:
    """The answers of this coder stand from now on."""
    with bench.stores.writing() as store:
        check_coder(store.rounds.find(round_id), person)
        _refused(lambda: store.rounds.hand_in(round_id, coder=person.name))
    return RedirectResponse(f"/rounds/{round_id}?done=handed-in", status_code=303)


@router.post("/{round_id}/close")
def close(bench: Bench, person: Editor, round_id: str) -> Response:
    """Nobody codes or settles any more; everybody may see the results."""
    with bench.stores.writing() as store:
        store.rounds.find(round_id)
        _refused(lambda: store.rounds.close(round_id, by=person.name))
    return RedirectResponse(f"/rounds/{round_id}?done=closed", status_code=303)


@router.post("/{round_id}/take-over")
def take_over_settled(request: Request, bench: Bench, person: Editor, round_id: str) -> Response:
    """What is agreed or settled becomes judgements over the machine's."""
    with bench.stores.writing() as store:
        round_ = store.rounds.find(round_id)
        check_results(round_, person)
        settled = settled_answers(round_, store.rounds.codings(round_id), fields=codebook().chosen(round_.fields))
        taken = take_over(store, round_, settled=settled, by=person.name)
    told = f"{taken.judged:,} judgements and {taken.added:,} additions were made."
    if taken.left:
        told += f" {len(taken.left):,} answers could not be made claims: {', '.join(sorted({why for _, why in taken.left}))}."
    return _show(request, bench, person=person, round_id=round_id, done=told)


def _refused(act: Callable[[], None]) -> None:
    """What cannot be done now is a conflict, not a page that is missing."""
    try:
        act()
    except PurportError as error:
        raise HTTPException(409, str(error)) from error


# ------------------------------------------------------------------ files
@router.get("/{round_id}/answers.csv")
def answers_csv(request: Request, bench: Bench, person: Reader, round_id: str) -> Response:
    """One row for each event, field and coder, settled answers among them."""
    store = bench.stores.reading()
    round_ = store.rounds.find(round_id)
    check_results(round_, person)
    named = {"Content-Disposition": f'attachment; filename="{round_id}.csv"'}
    masked = is_masked(request)
    content = codings_csv(store, round_, mask_names=masked)
    _note_export(bench, person, format="answers of a round", round_id=round_id, masked=masked)
    return Response(content, media_type="text/csv; charset=utf-8", headers=named)


@router.get("/{round_id}/agreement.json")
def agreement_file(request: Request, bench: Bench, person: Reader, round_id: str) -> Response:
    """The table of agreement."""
    store = bench.stores.reading()
    round_ = store.rounds.find(round_id)
    check_results(round_, person)
    masked = is_masked(request)
    agreement = agreement_json(round_, shown_agreement(store, round_, masked=masked))
    _note_export(bench, person, format="agreement of a round", round_id=round_id, masked=masked)
    return JSONResponse(agreement)


def _note_export(bench: Bench, person: Person, *, format: str, round_id: str, masked: bool) -> None:
    with bench.stores.writing() as store:
        number = len(store.rounds.units(round_id))
        store.people.note(
            "export",
            round_id,
            detail={"by": person.name, "format": format, "number": number, "names": "withheld" if masked else "written out"},
        )
