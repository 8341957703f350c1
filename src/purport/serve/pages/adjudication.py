"""Settling what differs: only the fields on which coders differ, side by side with their evidence; one event after another."""

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from purport.decisions import Answer, Person, Round, Unit
from purport.errors import QueryError, StoreError
from purport.model import Document, Spans
from purport.review.answers import UNSAID, answer_words, parsed
from purport.review.fields import IS_EVENT, Field, codebook
from purport.review.rounds import Difference, differences, open_differences, settled_answers
from purport.serve.access import Bench, Editor
from purport.serve.coding_text import Line, Marked, lines_of
from purport.serve.drawing import draw
from purport.serve.pages.coding import document_of, marked_unit, note_names_shown, spans_of
from purport.serve.round_access import check_results
from purport.serve.settling import take_over
from purport.status import quote_of
from purport.store import Store

router = APIRouter(prefix="/rounds")
OTHER = "other"
LETTERS = "abcdefgh"  #: of the coders in the order of the round; classes of their evidence


@router.get("/{round_id}/adjudicate")
def adjudicate(request: Request, bench: Bench, person: Editor, round_id: str, unit: str = "") -> Response:
    """The first event with something to settle, or the one asked for."""
    store = bench.stores.reading()
    round_ = store.rounds.find(round_id)
    check_results(round_, person)
    found = _differing(store, round_)
    events = list(dict.fromkeys(each.event_id for each in open_differences(found)))
    asked = unit if any(each.event_id == unit for each in found) else next(iter(events), "")
    if not asked:
        return RedirectResponse(f"/rounds/{round_id}?done=settled", status_code=303)
    note_names_shown(request, bench, person, round_id=round_id)
    return _page(request, store, round_, store.rounds.unit(round_id, asked), person=person, found=found)


def _differing(store: Store, round_: Round) -> tuple[Difference, ...]:
    return differences(round_, store.rounds.codings(round_.id), fields=codebook().chosen(round_.fields))


@router.post("/{round_id}/adjudicate/{event_id}")
async def settle(request: Request, bench: Bench, person: Editor, round_id: str, event_id: str) -> Response:
    """Keep how the fields of one event are settled, judge its claims accordingly, and lead to the next."""
    form = await request.form()
    return await run_in_threadpool(_settle, request, bench, person, round_id, event_id, form)


def _settle(request: Request, bench: Bench, person: Person, round_id: str, event_id: str, form: FormData) -> Response:
    store = bench.stores.reading()
    round_ = store.rounds.find(round_id)
    check_results(round_, person)
    unit = store.rounds.unit(round_id, event_id)
    found = _differing(store, round_)
    document = document_of(store, unit)
    answers, faults = _settled(form, [each for each in found if each.event_id == event_id], document=document)
    if faults:
        return _page(request, store, round_, unit, person=person, found=found, faults=faults, typed=form, status=422)
    with bench.stores.writing() as writing:
        try:
            writing.rounds.adjudicate(round_id, event_id, coder=person.name, answers=answers)
        except StoreError as error:
            raise HTTPException(409, str(error)) from error
        settled = settled_answers(round_, writing.rounds.codings(round_id), fields=codebook().chosen(round_.fields))
        own = [each for each in settled if each.event_id == event_id and each.field.name in answers]
        take_over(writing, round_, settled=own, by=person.name)
    return RedirectResponse(f"/rounds/{round_id}/adjudicate", status_code=303)


def _settled(form: FormData, own: Sequence[Difference], *, document: Document | None) -> tuple[dict[str, Answer], dict[str, str]]:
    """The answers given, by field, and what is wrong with the others. Where it is no event, nothing else need be settled."""
    answers: dict[str, Answer] = {}
    faults: dict[str, str] = {}
    for each in own:
        try:
            answers[each.field.name] = _chosen(form, each, document=document)
        except QueryError as error:
            faults[each.field.name] = f"{error.what}; {error.remedy}."
    if IS_EVENT.name in answers and answers[IS_EVENT.name].value == "no":
        return {IS_EVENT.name: answers[IS_EVENT.name]}, {}
    return answers, faults


def _chosen(form: FormData, difference: Difference, *, document: Document | None) -> Answer:
    """What a coder said, with that coder's evidence, or a third answer. Raises QueryError."""
    field = difference.field
    chosen, note = str(form.get(f"choice-{field.name}", "")), str(form.get(f"note-{field.name}", "")).strip()
    if chosen == OTHER:
        value = parsed(field, str(form.get(f"answer-{field.name}", "")), codebook=codebook())
        return Answer(value, _selected(form, field, document=document) if value is not None else (), note)
    said = next((each.answer for each in difference.said if each.coder == chosen and each.answer), None)
    if said is None:
        raise QueryError(f"{field.label} is not settled", remedy="choose an answer or give another")
    return Answer(said.value, said.spans, note)


def _selected(form: FormData, field: Field, *, document: Document | None) -> Spans:
    try:
        return spans_of(str(form.get(f"spans-{field.name}", "")), document=document)
    except ValueError as error:
        raise QueryError("the selected words are not in this page", remedy="select them again") from error


def _page(
    request: Request,
    store: Store,
    round_: Round,
    unit: Unit,
    *,
    person: Person,
    found: Sequence[Difference],
    faults: dict[str, str] | None = None,
    typed: FormData | None = None,
    status: int = 200,
) -> Response:
    own = [each for each in found if each.event_id == unit.event_id]
    document = document_of(store, unit)
    events = list(dict.fromkeys(each.event_id for each in found))
    left = list(dict.fromkeys(each.event_id for each in open_differences(found)))
    return draw(
        request,
        "adjudicate.html",
        status=status,
        person=person,
        round=round_,
        unit=unit,
        document=document,
        lines=_lines(document, unit, own, round_=round_),
        differences=[_shown(each, document, round_=round_) for each in own],
        place=events.index(unit.event_id) + 1,
        of=len(events),
        left=len(left),
        events=events,
        faults=faults or {},
        typed=typed or {},
        other=OTHER,
        unsaid=UNSAID,
        is_coder=person.name in round_.coders,
    )


def _lines(document: Document | None, unit: Unit, own: Sequence[Difference], *, round_: Round) -> tuple[Line, ...]:
    if document is None:
        return ()
    evidence = [
        Marked(span, f"by-{_letter(round_, said.coder)}", f"{said.coder}: {each.field.label}")
        for each in own
        for said in each.said
        for span in (said.answer.spans if said.answer else ())
    ]
    return lines_of(document, [*marked_unit(document, unit), *evidence])


def _letter(round_: Round, coder: str) -> str:
    return LETTERS[min(round_.coders.index(coder), len(LETTERS) - 1)]


def _shown(difference: Difference, document: Document | None, *, round_: Round) -> dict[str, object]:
    field = difference.field
    said = [
        {
            "coder": each.coder,
            "letter": _letter(round_, each.coder),
            "words": answer_words(field, each.answer.value) if each.answer else "says that this is no event",
            "quote": quote_of(document.text, each.answer.spans) if document and each.answer else "",
            "comment": each.comment,
            "can_be_chosen": each.answer is not None,
        }
        for each in difference.said
    ]
    settled = answer_words(field, difference.settled.value) if difference.settled else ""
    return {"field": field, "said": said, "settled": settled, "by": difference.settled_by}
