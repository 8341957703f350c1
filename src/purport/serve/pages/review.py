"""Reviewing one event: its claims beside the text, each accepted, rejected, corrected; what was missed added; all taken back again."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from purport.decisions import AddedEvent, Person, PersonRole, QueueFilter, ReviewState
from purport.errors import InputError, PurportError, StoreError
from purport.model import (
    Attribution,
    Change,
    Claim,
    EntityKind,
    EventType,
    Factuality,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Spans,
    Stance,
    Value,
    Verdict,
    claim_id,
    event_id,
    hashed_id,
)
from purport.review.picking import picked
from purport.serve.access import Bench, Coder, Reader, session_of
from purport.serve.answers import Answer, Fields, answered, wants_json
from purport.serve.drawing import draw
from purport.serve.notices import EVERYTHING, graphic_sorts, is_announced
from purport.serve.pages.queue import context_of, filter_of
from purport.serve.pages.reviewed_event import Opened, document_of, opened, parts
from purport.serve.review_text import review_text
from purport.serve.showing import remarks
from purport.serve.value_forms import COUNT_KINDS, event_types, factuality_from_form, value_from_form
from purport.status import quote_of
from purport.store import Store
from purport.wording import FACTUALITIES, PRECISION, STANCES, chain_words, label

router = APIRouter()
SAID = {Verdict.ACCEPT: "Accepted", Verdict.REJECT: "Rejected", Verdict.CORRECT: "Corrected", Verdict.WITHDRAWN: "Took back"}
MASKED = "Names are withheld on this page. Show them first: what you select has to be the page's own words."


# ------------------------------------------------------------------ the page
@router.get("/review/{event}")
def review_page(request: Request, bench: Bench, person: Reader, *, event: str) -> Response:
    """The event with its claims, the text beside it, and where it stands in its queue."""
    found, wanted = opened(request, event), filter_of(request.query_params, person)
    document = found.reviewed.report.document
    store = bench.stores.reading()
    true, about = store.report(document.id).document, _about(found)
    sorts = graphic_sorts((true.title, true.text), types=[found.view.event.type])
    is_open = not sorts or is_announced(session_of(request), document.id, found.incident.id if found.incident else document.id)
    return draw(
        request,
        "review.html",
        person=person,
        **_known(found, wanted),
        document=document,
        incident=found.incident,
        others=[each for each in found.incident.events if each.id != event] if found.incident else [],
        text=review_text(document, _marks(found)) if is_open else "",
        sorts=[] if is_open else sorts,
        about=about,
        comments=remarks(request, store.reviews.comments(*about), documents=[document.id]) if is_open else (),
        past=len(store.reviews.past_judgements(document.id)),
        may=person.role.may(PersonRole.CODER),
        progress=store.queue.progress(),
    )


def _about(found: Opened) -> dict[str, str]:
    """What can be commented on, by its id: the event, each of its claims, the page."""
    claims = {row.id: f"{row.role} “{row.words[:60]}”" for row in found.view.rows}
    return {found.view.event.id: "the event", **claims, found.reviewed.report.document.id: "the page"}


def _known(found: Opened, wanted: QueueFilter) -> dict[str, Any]:
    return {"view": found.view, "withholds": found.withholds, "context": context_of(wanted), "wanted": wanted}


def _marks(found: Opened) -> list[tuple[Span, str]]:
    evidence = [(span, "trigger" if row.role == "told as" else "evidence") for row in found.view.rows for span in row.spans]
    return [*((span, "trigger") for span in found.view.event.triggers), *evidence]


@router.post("/review/{event}/notice")
def show_anyway(request: Request, bench: Bench, person: Reader, *, event: str, fields: Fields) -> Response:
    """The session has read the content notice."""
    subject = EVERYTHING if fields.get("scope") == "all" else document_of(bench.stores.reading(), event)
    session_of(request).notices.add(subject)
    return RedirectResponse(f"/review/{event}?{context_of(filter_of(fields, person))}", status_code=303)


# ------------------------------------------------------------------ deciding
def decide(
    request: Request,
    *,
    person: Person,
    event: str,
    fields: Mapping[str, str],
    what: Callable[[Store], str],
    leads_to: list[str] | None = None,
) -> Response:
    """Do something once, and answer with what it changed in the page; an error is told with what to do.

    ``leads_to``: filled by ``what`` with another event to go to.
    """
    bench = request.app.state.workbench
    back = f"/review/{event}?{context_of(filter_of(fields, person))}"
    answer: Answer | None = bench.answers.find(fields.get("once", ""))
    try:
        if answer is None:
            with bench.stores.writing() as store:
                told = what(store)
            answer = {"toast": told, "saved": True, **({"event": leads_to[0]} if leads_to else {}), **parts(request, event)}
            bench.answers.keep(fields.get("once", ""), answer)
    except PurportError as error:
        if wants_json(request):
            return JSONResponse({"error": str(error)}, status_code=422)
        return draw(request, "error.html", status=422, what=str(error), person=person)
    return answered(request, answer, back=back + (f"#claim-{fields['claim']}" if fields.get("claim") else ""))


@router.post("/review/{event}/judge")
def judge(request: Request, bench: Bench, person: Coder, *, event: str, fields: Fields) -> Response:
    """Accept, reject or correct one claim, or take one's own word on it back."""
    found = opened(request, event, with_incident=False)

    def made(store: Store) -> str:
        claim = fields.get("claim", "")
        row = next((row for row in found.view.rows if row.id == claim), None)
        if row is None:
            raise StoreError("this event has no such claim", where=claim, remedy="open the page again")
        verdict = _verdict(fields)
        value, change = _correction(store, found, claim=claim, fields=fields) if verdict is Verdict.CORRECT else (None, Change())
        change = Change(change.spans, change.attribution_id, change.factuality, _settles(store, person, state=row.state))
        change = change if verdict is not Verdict.WITHDRAWN else Change()
        store.judge(claim, verdict, coder=person.name, value=value, note=fields.get("note", "").strip()[:2000], change=change)
        return f"{SAID[verdict]}: {row.role} “{row.words}”"

    return decide(request, person=person, event=event, fields=fields, what=made)


def _verdict(fields: Mapping[str, str]) -> Verdict:
    try:
        return Verdict(fields.get("verdict", ""))
    except ValueError:
        raise InputError("no decision", where="verdict", remedy="accept, reject or correct") from None


def _settles(store: Store, person: Person, *, state: str) -> bool:
    """An editor's word settles what coders disagree about; where anybody may be an editor, only what is contested already."""
    return person.role is PersonRole.EDITOR and (store.people.are_kept() or state == ReviewState.CONTESTED)


def _true_report(store: Store, found: Opened) -> Report:
    """The page with its own words. Raises InputError where names are withheld from this session."""
    if found.withholds:
        raise InputError(MASKED, where="names", remedy="go to your page (at the top right) and show names")
    return found.reviewed.report


def _claim_of(found: Opened, claim: str) -> Claim:
    decided = found.reviewed.by_claim.get(claim)
    known = (decided.holding or decided.machine) if decided else None
    if known is None:
        raise StoreError("a claim that does not hold cannot be corrected", where=claim, remedy="accept it first, then correct it")
    return known


def _correction(store: Store, found: Opened, *, claim: str, fields: Mapping[str, str]) -> tuple[Value | None, Change]:
    """What a form changes of a claim. Raises InputError if that is nothing."""
    report, known = _true_report(store, found), _claim_of(found, claim)
    value: Value | None = value_from_form(known.role, fields)
    if value is not None and _same(value, known.value):
        value = None
    spans = picked(report.document.text, where=fields.get("where", ""), words=fields.get("words", ""), near=known.spans[0].start)
    voice = _voice(report, fields)
    factuality = factuality_from_form(fields)
    change = Change(
        spans if spans != known.spans and quote_of(report.document.text, spans) != known.words else None,
        (voice or "") if voice != known.attribution_id else None,
        factuality if factuality is not known.factuality else None,
    )
    if value is None and not change.corrects:
        raise InputError("nothing was changed", where="correction", remedy="change the value, the words or the voice, or accept the claim")
    return value if value is not None else None, change


def _same(one: Value, other: Value) -> bool:
    """Whether a form gave back what it was filled with."""
    kept = ("entity_id",)
    names = [name for name in type(one).__slots__ if name not in kept] if type(one) is type(other) else []
    return bool(names) and all(getattr(one, name) == getattr(other, name) for name in names)


def _voice(report: Report, fields: Mapping[str, str]) -> str | None:
    """The attribution chosen; None for the outlet's own voice."""
    chosen = fields.get("voice", "")
    if chosen and chosen not in {link.id for link in report.attributions}:
        raise InputError("the page has no such voice", where="voice", remedy="choose one of the list, or add it first")
    return chosen or None


# ------------------------------------------------------------------ adding what was missed
@router.post("/review/{event}/add")
def add(request: Request, bench: Bench, person: Coder, *, event: str, fields: Fields) -> Response:
    """Add a claim, a voice, or an event with its type, all by the words that say so."""
    found = opened(request, event, with_incident=False)
    makers, leads_to = {"claim": _new_claim, "voice": _new_voice, "event": _new_event}, list[str]()

    def made(store: Store) -> str:
        report = _true_report(store, found)
        maker = makers.get(fields.get("what", ""))
        if maker is None:
            raise InputError("nothing to add", where="what", remedy=f"add one of {', '.join(makers)}")
        records, words = maker(report, found, fields=fields)
        store.reviews.add(report.document.id, *records, coder=person.name, words=[words] * len(records))
        leads_to.extend(record.id for record in records if isinstance(record, AddedEvent))
        return f"Added {fields['what']}: “{words}”"

    return decide(request, person=person, event=event, fields=fields, what=made, leads_to=leads_to)


Made = tuple[tuple[Attribution | AddedEvent | Claim, ...], str]


def _new_claim(report: Report, found: Opened, *, fields: Mapping[str, str]) -> Made:
    text, roles = report.document.text, tuple(role.value for role in Role)
    if fields.get("role") not in roles:
        raise InputError("no role", where="role", remedy=f"use one of {', '.join(roles)}")
    near = found.view.event.triggers[0].start if found.view.event.triggers else 0
    spans = picked(text, where=fields.get("where", ""), words=fields.get("words", ""), near=near)
    role, words = Role(fields["role"]), quote_of(text, spans)
    value = value_from_form(role, {**fields, "name": fields.get("name", "").strip() or words})
    return (_claim(report, found.view.event.id, role=role, value=value, spans=spans, fields=fields),), words


def _claim(report: Report, event: str, *, role: Role, value: Value, spans: Spans, fields: Mapping[str, str]) -> Claim:
    voice = _voice(report, fields)
    chain = [link.id for link in report.chain(voice)]
    key = claim_id(event_id=event, role=role, value=value, spans=spans, chain=chain)
    factuality = factuality_from_form(fields) or Factuality.CERTAIN
    return Claim(key, event, role, value, quote_of(report.document.text, spans), spans, voice, factuality, origin="coder")


def _new_event(report: Report, _found: Opened, *, fields: Mapping[str, str]) -> Made:
    text = report.document.text
    triggers = picked(text, where=fields.get("where", ""), words=fields.get("words", ""))
    value = value_from_form(Role.TYPE, fields)
    assert isinstance(value, EventType)  # noqa: S101 - of the role
    made = AddedEvent(event_id(report.document.id, triggers), report.document.id, value.code, triggers)
    if any(each.id == made.id for each in report.events):
        raise InputError("the page has this event already", where=quote_of(text, triggers), remedy="correct it instead")
    return (made, _claim(report, made.id, role=Role.TYPE, value=value, spans=triggers, fields=fields)), quote_of(text, triggers)


def _new_voice(report: Report, _found: Opened, *, fields: Mapping[str, str]) -> Made:
    """A source with its cue; it speaks the sentence or passage that is selected as its content, or the cue alone."""
    text, stance, kind = report.document.text, fields.get("stance", ""), fields.get("source_kind", "")
    if stance not in set(Stance) or kind not in set(SourceKind):
        raise InputError("how the source says it, or what it is, is missing", where="voice", remedy="choose both from the lists")
    cue = picked(text, where=fields.get("where", ""), words=fields.get("words", ""))
    named = fields.get("source_words", "").strip() or fields.get("source_where", "").strip()
    spans = picked(text, where=fields.get("source_where", ""), words=fields.get("source_words", ""), near=cue[0].start) if named else ()
    source = Source(spans, spans, None, SourceKind(kind), bool(fields.get("named")), bool(fields.get("party"))) if spans else None
    parent = _voice(report, {"voice": fields.get("parent", "")})
    made = Attribution(hashed_id("att", report.document.id, cue, spans, stance, parent), source, cue, (), Stance(stance), parent)
    return (made,), quote_of(text, (*spans, *cue))


# ------------------------------------------------------------------ the forms
@router.get("/review/{event}/correct")
def correct_form(request: Request, person: Coder, *, event: str, claim: str, fragment: bool = False) -> Response:
    """The form in which a claim is corrected."""
    found = opened(request, event, with_incident=False)
    known = _claim_of(found, claim)
    return _form(request, person, found=found, fragment=fragment, what="correct", claim=known, role=known.role, title="Correct")


@router.get("/review/{event}/add")
def add_form(
    request: Request, person: Coder, *, event: str, what: str = "claim", role: str = "perpetrator", fragment: bool = False
) -> Response:
    """The form in which something is added."""
    found = opened(request, event, with_incident=False)
    chosen = Role(role) if role in set(Role) else Role.PERPETRATOR
    return _form(request, person, found=found, fragment=fragment, what=what, claim=None, role=chosen, title=f"Add {what}")


def _form(
    request: Request, person: Person, *, found: Opened, fragment: bool, what: str, claim: Claim | None, role: Role, title: str
) -> Response:
    report = found.reviewed.report
    voices = [(link.id, f"{chain_words(link.id, report)} · {STANCES[link.stance]}") for link in report.attributions]
    return draw(
        request,
        "review_form.html" if fragment else "review_form_page.html",
        person=person,
        **_known(found, filter_of(request.query_params, person)),
        what=what,
        claim=claim,
        role=role,
        title=title,
        voices=voices,
        roles=[each for each in Role if each is not Role.TYPE or not found.view.rows],
        every_role=tuple(Role),
        types=event_types(),
        count_kinds=COUNT_KINDS,
        precisions=PRECISION,
        factualities={value.value: words for value, words in FACTUALITIES.items()},
        stances={value.value: words for value, words in STANCES.items()},
        source_kinds=[kind.value for kind in SourceKind],
        entity_kinds=[kind.value for kind in EntityKind],
        label=label,
        masked_words=MASKED,
    )


@router.get("/review-places")
def places(request: Request, _person: Coder, *, name: Annotated[str, Form()] = "") -> Response:
    """Places of that name in the package's gazetteer, the most populous first."""
    from purport.read.gazetteer import gazetteer
    from purport.read.toponym_names import fold
    from purport.settings import Settings

    found = gazetteer(Settings()).named(fold(request.query_params.get("name", "").strip()[:200]))
    return JSONResponse([_place(row._asdict()) for row, _ in found[:12]])


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {"country": "country", "admin1": "province", "admin2": "district", "city": "exact"}
    return {
        "name": row["name"],
        "country": row["country"],
        "admin1": row["admin1"],
        "geonames_id": row["geonames_id"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "precision": kinds.get(row["kind"], row["kind"]),
        "population": row["population"],
    }
