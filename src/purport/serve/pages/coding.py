"""Quick coding: one event after another, its page beside the questions. While blind, nothing of the machine's is on the page."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from fastapi import Form as FormField
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from purport.decisions import Answer, Coding, Person, Round, Unit
from purport.errors import PurportError, QueryError, StoreError
from purport.model import Document, Span, Spans
from purport.review.answers import UNSAID, parsed
from purport.review.fields import Codebook, Field, codebook
from purport.review.rounds import holding, next_unit, previous_unit, progress
from purport.review.rulings import machine_answers
from purport.serve.access import Bench, Coder, session_of
from purport.serve.coding_text import UNIT, Line, Marked, lines_of
from purport.serve.drawing import draw
from purport.serve.notices import EVERYTHING, graphic_sorts, is_announced
from purport.serve.round_access import check_coder
from purport.serve.workbench import Workbench
from purport.status import quote_of
from purport.store import Store

router = APIRouter(prefix="/rounds")
MOST_SECONDS = 3600.0  #: of one event; longer is a lunch
MOST_SPANS = 20  #: pieces of evidence of one answer


@dataclass(frozen=True, slots=True)
class Shown:
    """One question as the form shows it. ``spans`` as they stand in the form ("12-20 30-35"), ``quote`` what they hold."""

    field: Field
    typed: str = ""
    spans: str = ""
    quote: str = ""
    is_machine: bool = False
    fault: str = ""


@router.get("/{round_id}/code")
def code_next(bench: Bench, person: Coder, round_id: str) -> Response:
    """Leads to the next event for who asks."""
    store = bench.stores.reading()
    round_ = store.rounds.find(round_id)
    check_coder(round_, person)
    return RedirectResponse(_following(store, round_, person=person), status_code=303)


def _following(store: Store, round_: Round, *, person: Person, after: str | None = None) -> str:
    event = next_unit(round_, store.rounds.codings(round_.id), coder=person.name, after=after)
    if event is None:
        return f"/rounds/{round_.id}?done=coded"
    return f"/rounds/{round_.id}/code/{event}" + (f"?after={after}" if after else "")


@router.get("/{round_id}/code/{event_id}")
def code(request: Request, bench: Bench, person: Coder, round_id: str, event_id: str, after: str = "") -> Response:
    """The page of one event with the questions; one's own answers if there are some."""
    store = bench.stores.reading()
    round_, unit = _asked(store, round_id, event_id, person=person)
    note_names_shown(request, bench, person, round_id=round_id)
    own = holding(store.rounds.codings(round_id)).get(event_id, {}).get(person.name)
    shown = _kept(store, round_, unit, own=own)
    return _page(request, store, round_, unit, person=person, shown=shown, own=own, after=after if after in round_.units else "")


@router.post("/{round_id}/code/{event_id}/notice")
def show_anyway(
    request: Request, bench: Bench, person: Coder, round_id: str, event_id: str, scope: Annotated[str, FormField()] = "one"
) -> Response:
    """The session has read the notice: this text is shown, or (``scope`` all) every text until the session ends."""
    _, unit = _asked(bench.stores.reading(), round_id, event_id, person=person)
    session_of(request).notices.add(EVERYTHING if scope == "all" else unit.document_id)
    return RedirectResponse(f"/rounds/{round_id}/code/{event_id}", status_code=303)


def note_names_shown(request: Request, bench: Workbench, person: Person, *, round_id: str) -> None:
    """Who codes or settles reads the pages with their names; that stands in the log once for each round and login."""
    session = session_of(request)
    if session.is_unmasked or round_id in session.rounds:
        return
    with bench.stores.writing() as store:
        store.people.note("unmask", person.name, detail={"by": person.name, "why": "coding", "round": round_id})
    session.rounds.add(round_id)


def sorts_of(request: Request, document: Document | None, unit: Unit) -> tuple[str, ...]:
    """What of a page is announced before it is shown; nothing once the session said that it wants to see it. By its words alone."""
    if document is None or is_announced(session_of(request), unit.document_id):
        return ()
    return graphic_sorts((document.title, document.text), types=())


def _asked(store: Store, round_id: str, event_id: str, *, person: Person) -> tuple[Round, Unit]:
    round_ = store.rounds.find(round_id)
    check_coder(round_, person)
    return round_, store.rounds.unit(round_id, event_id)


@router.post("/{round_id}/code/{event_id}")
async def save(request: Request, bench: Bench, person: Coder, round_id: str, event_id: str) -> Response:
    """Keep the answers and lead to the next event; the form again, with what is wrong, if something is."""
    form = await request.form()
    return await run_in_threadpool(_save, request, bench, person, round_id, event_id, form)


def _save(request: Request, bench: Bench, person: Person, round_id: str, event_id: str, form: FormData) -> Response:
    store = bench.stores.reading()
    round_, unit = _asked(store, round_id, event_id, person=person)
    is_event = form.get("action") != "no_event"
    document = document_of(store, unit)
    shown = [_typed(form, field, document=document) for field in codebook().chosen(round_.fields)]
    if is_event and any(each.fault for each in shown):
        own = holding(store.rounds.codings(round_id)).get(event_id, {}).get(person.name)
        return _page(request, store, round_, unit, person=person, shown=shown, own=own, status=422, comment=_text(form, "comment"))
    answers = {each.field.name: _answer(each, codebook()) for each in shown} if is_event else {}
    with bench.stores.writing() as writing:
        try:
            writing.rounds.code(
                round_id,
                event_id,
                coder=person.name,
                answers=answers,
                is_event=is_event,
                comment=_text(form, "comment"),
                seconds=_seconds(form),
            )
        except StoreError as error:
            raise HTTPException(409, str(error)) from error
        return RedirectResponse(_following(writing, round_, person=person, after=event_id), status_code=303)


# ------------------------------------------------------------------ what is typed
def _text(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()


def _seconds(form: FormData) -> float:
    """What the page's own clock says, which stops while the page is out of sight; else since the page was opened."""
    for name, since in (("seconds", False), ("opened", True)):
        try:
            said = float(_text(form, name))
        except ValueError:
            continue
        spent = time.time() - said if since else said
        if 0 < spent < float("inf"):
            return min(spent, MOST_SECONDS)
    return 0.0


def _typed(form: FormData, field: Field, *, document: Document | None) -> Shown:
    typed, said = _text(form, f"answer-{field.name}"), _text(form, f"spans-{field.name}")
    fault = ""
    try:
        parsed(field, typed, codebook=codebook())
    except QueryError as error:
        fault = f"{error.what}; {error.remedy}."
    try:
        spans = spans_of(said, document=document)
    except ValueError:
        return Shown(field, typed, "", "", fault=fault or "The selected words are not in this page; select them again.")
    return Shown(field, typed, said, _quote(document, spans), fault=fault)


def spans_of(said: str, *, document: Document | None) -> Spans:
    """Spans from ``12-20 30-35``. Raises ValueError for what does not lie in the text."""
    pieces = [piece.split("-") for piece in said.split()][: MOST_SPANS + 1]
    spans = tuple(Span(int(start), int(end)) for start, end in pieces)
    length = len(document.text) if document else 0
    if len(spans) > MOST_SPANS or not all(0 <= span.start < span.end <= length for span in spans):
        raise ValueError(said)
    return spans


def _answer(shown: Shown, book: Codebook) -> Answer:
    value = parsed(shown.field, shown.typed, codebook=book)
    pieces = [piece.split("-") for piece in shown.spans.split()]
    spans = tuple(Span(int(start), int(end)) for start, end in pieces)
    return Answer(value, spans if value is not None else ())


def _quote(document: Document | None, spans: Spans) -> str:
    return quote_of(document.text, spans) if document else ""


# ------------------------------------------------------------------ what is shown
def _kept(store: Store, round_: Round, unit: Unit, *, own: Coding | None) -> list[Shown]:
    """One's own answers; the machine's only if the round is not blind and one has none."""
    fields = codebook().chosen(round_.fields)
    document = document_of(store, unit)
    if own is not None:
        return [_own(field, own.answers, document=document) for field in fields]
    if round_.blind:
        return [Shown(field) for field in fields]
    return _of_machine(store, unit, fields=fields, document=document)


def _own(field: Field, answers: Mapping[str, Answer], *, document: Document | None) -> Shown:
    answer = answers.get(field.name)
    if answer is None:
        return Shown(field)
    return Shown(field, UNSAID if answer.value is None else answer.value, _written(answer.spans), _quote(document, answer.spans))


def _written(spans: Spans) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in spans)


def _of_machine(store: Store, unit: Unit, *, fields: Sequence[Field], document: Document | None) -> list[Shown]:
    event = next((each for each in store.report(unit.document_id).events if each.id == unit.event_id), None) if document else None
    said = machine_answers(event, fields=fields) if event else {}
    shown = []
    for field in fields:
        typed, spans = said.get(field.name, ("", ()))
        shown.append(Shown(field, typed, _written(spans), _quote(document, spans), is_machine=bool(typed)))
    return shown


def document_of(store: Store, unit: Unit) -> Document | None:
    """The page as it stands; None if it is gone."""
    try:
        return store.report(unit.document_id).document
    except PurportError:
        return None


def marked_unit(document: Document | None, unit: Unit) -> list[Marked]:
    """The words that tell of the unit."""
    length = len(document.text) if document else 0
    return [Marked(span, UNIT, "tells of the event") for span in unit.triggers if span.end <= length]


def _page(
    request: Request,
    store: Store,
    round_: Round,
    unit: Unit,
    *,
    person: Person,
    shown: Sequence[Shown],
    own: Coding | None,
    after: str = "",
    status: int = 200,
    comment: str | None = None,
) -> Response:
    document = document_of(store, unit)
    lines: tuple[Line, ...] = lines_of(document, marked_unit(document, unit)) if document else ()
    codings, sorts = store.rounds.codings(round_.id), sorts_of(request, document, unit)
    return draw(
        request,
        "code.html",
        status=status,
        person=person,
        round=round_,
        unit=unit,
        place=round_.units.index(unit.event_id) + 1,
        progress=next(each for each in progress(round_, codings) if each.coder == person.name),
        document=document,
        lines=() if sorts else lines,
        sorts=sorts,
        shown=shown,
        own=own,
        comment=comment if comment is not None else (own.comment if own else ""),
        previous=previous_unit(round_, unit.event_id),
        after=after,
        opened=int(time.time()),
        unsaid=UNSAID,
    )
