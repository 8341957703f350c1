"""What a second reader suggests: one event after another with its words in their place; a person takes or declines it."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from purport.decisions import AddedEvent
from purport.export import mask_report
from purport.model import Attribution, Claim, Event, Report, Role
from purport.serve.access import Bench, Coder, Reader, session_of
from purport.serve.drawing import draw
from purport.status import quote_of
from purport.store import Store
from purport.store.suggesting import KeptSuggestion
from purport.suggesting import decline, reopen, take
from purport.withholding import names_around
from purport.wording import STANCES, role_label, value_words

router = APIRouter()
A_PAGE = 20
AROUND = 160  #: characters of the text before and after the trigger


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """One claim as it is listed; ``who`` is "" for the outlet's own voice."""

    role: str
    value: str
    words: str
    who: str
    stance: str


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """One suggestion as it is listed, with the words around its trigger."""

    kept: KeptSuggestion
    type: str
    outlet: str
    title: str
    before: str
    trigger: str
    after: str
    claims: tuple[ShownClaim, ...]


@router.get("/suggestions")
def suggestions(
    request: Request, bench: Bench, person: Reader, offset: Annotated[int, Query(ge=0, le=10**9)] = 0, done: int | None = None
) -> Response:
    """The suggestions that wait, the oldest first. ``done``: the one that was just decided, for undoing it."""
    store = bench.stores.reading()
    is_unmasked = session_of(request).is_unmasked
    shown = [shown_of(store, kept, is_unmasked=is_unmasked) for kept in store.suggestions.waiting(limit=A_PAGE, offset=offset)]
    total = store.suggestions.count_waiting()
    decided = None if done is None else store.suggestions.find(done)
    following = offset + A_PAGE if offset + A_PAGE < total else None
    return draw(request, "suggestions.html", person=person, shown=shown, total=total, offset=offset, following=following, decided=decided)


def shown_of(store: Store, kept: KeptSuggestion, *, is_unmasked: bool) -> ShownSuggestion:
    """A suggestion with the words of its page; names of victims are withheld as everywhere unless they are shown to this session."""
    report = _with(kept, store.report(kept.document_id))
    report = report if is_unmasked else mask_report(report, names=names_around(store, kept.document_id))
    event, text = report.events[-1], report.document.text
    span = event.triggers[0]
    return ShownSuggestion(
        kept,
        event.type,
        report.document.outlet or "",
        report.document.title or report.document.id,
        text[max(span.start - AROUND, 0) : span.start],
        span.of(text),
        text[span.end : span.end + AROUND],
        tuple(_claim(claim, report) for claim in event.claims),
    )


def _with(kept: KeptSuggestion, report: Report) -> Report:
    """The page with the suggested event as its last."""
    made = next(record for record in kept.records if isinstance(record, AddedEvent))
    claims = tuple(record for record in kept.records if isinstance(record, Claim))
    voices = tuple(record for record in kept.records if isinstance(record, Attribution))
    event = Event(made.id, made.document_id, made.type, made.triggers, claims)
    return replace(report, attributions=(*report.attributions, *voices), events=(*report.events, event))


def _claim(claim: Claim, report: Report) -> ShownClaim:
    voice = report.attribution(claim.attribution_id) if claim.attribution_id else None
    who = quote_of(report.document.text, voice.source.spans) if voice and voice.source else "somebody not named" if voice else ""
    value = claim.words if claim.role is Role.TYPE else value_words(claim)
    return ShownClaim(role_label(claim.role), value, claim.words, who, STANCES[voice.stance] if voice else "")


@router.post("/suggestions/{key}")
def decide(bench: Bench, person: Coder, key: int, decision: Annotated[str, Form(pattern="take|decline|undo")]) -> Response:
    """Take, decline or undo; leads back to the list."""
    decisions = {"take": take, "decline": decline, "undo": reopen}
    with bench.stores.writing() as store:
        decisions[decision](store, key, coder=person.name)
    return RedirectResponse("/suggestions" if decision == "undo" else f"/suggestions?done={key}", status_code=303)
