"""What is decided of an incident as a whole: what belongs to it, its sensitivity, who reviews it, that it is done, and remarks."""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from purport import merging
from purport.decisions import Person, SensitivityLevel
from purport.errors import InputError, PurportError, StoreError
from purport.export import WITHHELD
from purport.incident import Decision, Incident, LinkVerdict
from purport.model import Event
from purport.review.sensitivity import meanings, suggested
from purport.serve.access import Bench, Coder, Editor, Reader
from purport.serve.answers import LONGEST_COMMENT, Answer, Fields, wants_json
from purport.serve.drawing import draw
from purport.serve.pages.queue import context_of, filter_of
from purport.serve.showing import remarks, sensitivity_shown, shown_page
from purport.store import Store
from purport.wording import label

router = APIRouter()
MOST_PROPOSED = 8


def deciding(request: Request, store: Store, incident: Incident, *, person: Person) -> dict[str, Any]:
    """What ``incident_actions.html`` shows of an incident."""
    ids = _ids(incident)
    claims = [claim.id for event in incident.events for claim in event.claims]
    documents = tuple(dict.fromkeys(telling.document.id for telling in incident.tellings))
    return {
        "events": ids,
        "sensitivity": sensitivity_shown(request, store.reviews.sensitivity(ids), documents=documents),
        "suggested": suggested(incident.events),
        "levels": meanings(),
        "review_state": store.reviews.state(ids),
        "assignments": store.reviews.assignments(*ids),
        "comments": remarks(request, store.reviews.comments(incident.id, *ids, *claims, *documents), documents=documents),
        "coders": [each.name for each in store.people.all() if each.is_active and each.role.value != "reader"] or [person.name],
        "may_decide": person.role.value != "reader",
        "may_assign": person.role.value == "editor",
        "person_name": person.name,
    }


def _ids(incident: Incident) -> tuple[str, ...]:
    return tuple(sorted(event.id for event in incident.events)) or tuple(sketch.document_id for sketch in incident.sketches)


Doing = Callable[[Store, tuple[str, ...]], str]


def _decide(request: Request, bench: Bench, *, incident: str, fields: Fields, what: Doing) -> Response:
    """Do something about the incident once, and lead back to its page."""
    answer: Answer | None = bench.answers.find(fields.get("once", ""))
    try:
        if answer is None:
            with bench.stores.writing() as store:
                told = what(store, store.events_of(incident))
            answer = {"toast": told, "saved": True}
            bench.answers.keep(fields.get("once", ""), answer)
    except PurportError as error:
        if wants_json(request):
            return JSONResponse({"error": str(error)}, status_code=422)
        return draw(request, "error.html", status=422, what=str(error))
    if wants_json(request):
        return JSONResponse(answer)
    back = fields.get("back", "")
    return RedirectResponse(back if back.startswith(("/review/evt-", "/incident/")) else f"/incident/{incident}#deciding", status_code=303)


@router.post("/incident/{incident}/sensitivity")
def set_sensitivity(request: Request, bench: Bench, person: Coder, *, incident: str, fields: Fields) -> Response:
    """Say how sensitive the incident is."""

    def made(store: Store, events: tuple[str, ...]) -> str:
        if fields.get("level") not in set(SensitivityLevel):
            raise InputError("no sensitivity was chosen", where="sensitivity", remedy=f"choose one of {', '.join(SensitivityLevel)}")
        level = SensitivityLevel(fields["level"])
        why = _reason(request, store, events, said=fields.get("why", ""))
        store.reviews.set_sensitivity(events, level=level, why=why, coder=person.name)
        return f"Sensitivity: {level.value}"

    return _decide(request, bench, incident=incident, fields=fields, what=made)


def _reason(request: Request, store: Store, events: tuple[str, ...], *, said: str) -> str:
    """What was said of the sensitivity; a reason that the form shows with names withheld and that comes back as it was stays itself."""
    said = said.strip()[:500]
    if WITHHELD not in said:
        return said
    held = store.reviews.sensitivity(events)
    pages = {page for event in events for page in store.members(store.incident_of(event)).values()}
    shown = sensitivity_shown(request, held, documents=sorted(pages))
    if held is None or shown is None or shown.why.strip()[:500] != said:
        remedy = "have the names shown first, or write the reason without them"
        raise InputError(f"the reason holds “{WITHHELD}” in place of a name", where="sensitivity", remedy=remedy)
    return held.why


@router.post("/incident/{incident}/done")
def mark(request: Request, bench: Bench, person: Coder, *, incident: str, fields: Fields) -> Response:
    """Close the review of an incident, or (``state`` reopened) open it again; a level chosen in the same form is kept first."""

    def made(store: Store, events: tuple[str, ...]) -> str:
        is_done = fields.get("state", "done") == "done"
        if is_done and fields.get("level") in set(SensitivityLevel):
            level = SensitivityLevel(fields["level"])
            held = store.reviews.sensitivity(events)
            if held is None or held.level is not level:
                why = _reason(request, store, events, said=fields.get("why", ""))
                store.reviews.set_sensitivity(events, level=level, why=why, coder=person.name)
        store.reviews.mark(events, is_done=is_done, coder=person.name)
        return "The review is done" if is_done else "The review is open again"

    return _decide(request, bench, incident=incident, fields=fields, what=made)


@router.post("/incident/{incident}/assign")
def assign(request: Request, bench: Bench, person: Editor, *, incident: str, fields: Fields) -> Response:
    """Give the incident to a coder, or take it away again (``withdraw``: id of the assignment)."""

    def made(store: Store, events: tuple[str, ...]) -> str:
        if fields.get("withdraw"):
            store.reviews.close_assignment(fields["withdraw"], state="withdrawn", by=person.name)
            return "Taken away again"
        coder = fields.get("coder", "").strip()
        if not coder or (store.people.are_kept() and store.people.find(coder) is None):
            raise StoreError("there is no such coder", where=coder, remedy="choose one of the list")
        if any(each.coder == coder for each in store.reviews.assignments(*events)):
            raise StoreError(f"{coder} has it already", where=coder, remedy="choose another coder")
        store.reviews.assign(min(events), coder=coder, given_by=person.name)
        return f"Given to {coder}"

    return _decide(request, bench, incident=incident, fields=fields, what=made)


@router.post("/incident/{incident}/assignment-done")
def assignment_done(request: Request, bench: Bench, person: Coder, *, incident: str, fields: Fields) -> Response:
    """The coder has done what was given."""

    def made(store: Store, events: tuple[str, ...]) -> str:
        own = [each for each in store.reviews.assignments(*events) if each.coder == person.name]
        for each in own:
            store.reviews.close_assignment(each.id, state="done", by=person.name)
        if not own:
            raise StoreError("nothing here is given to you", where=person.name, remedy="open the page again")
        return "Marked as done"

    return _decide(request, bench, incident=incident, fields=fields, what=made)


@router.post("/incident/{incident}/comment")
def comment(request: Request, bench: Bench, person: Coder, *, incident: str, fields: Fields) -> Response:
    """Say something about the incident, or (``subject``) one of its events, claims or pages; or take one's own remark back."""

    def made(store: Store, events: tuple[str, ...]) -> str:
        if fields.get("withdraw"):
            store.reviews.withdraw_comment(fields["withdraw"], coder=person.name)
            return "Comment taken back"
        subject = fields.get("subject") or min(events)
        store.reviews.comment(subject, fields.get("text", "")[:LONGEST_COMMENT], coder=person.name)
        return "Comment kept"

    return _decide(request, bench, incident=incident, fields=fields, what=made)


# ------------------------------------------------------------------ what belongs together
@router.post("/review/{event}/split")
def split(request: Request, bench: Bench, person: Coder, *, event: str, fields: Fields) -> Response:
    """Set an event apart from every other of its incident."""
    return _link(request, bench, person=person, event=event, other=None, fields=fields)


@router.post("/review/{event}/merge")
def merge(request: Request, bench: Bench, person: Coder, *, event: str, fields: Fields) -> Response:
    """Say that the incident of an event and another are one."""
    return _link(request, bench, person=person, event=event, other=fields.get("other", "").strip(), fields=fields)


def _link(request: Request, bench: Bench, *, person: Person, event: str, other: str | None, fields: Fields) -> Response:
    answer = bench.answers.find(fields.get("once", ""))
    try:
        if answer is None:
            with bench.stores.writing() as store:
                ids = (event, store.incident_of(event if other is None else other))
                verdict = LinkVerdict.DIFFERENT if other is None else LinkVerdict.SAME
                if other is not None and store.incident_of(event) == ids[1]:
                    raise StoreError("the two are one incident already", where=other, remedy="choose another")
                merging.judge_links(store, ids, verdict=verdict, coder=person.name, note="split off" if other is None else "merged")
                told = "The event is split off" if other is None else "The two incidents are one"
                answer = {"toast": told, "saved": True, "incident": store.incident_of(event), "reload": True}
            bench.answers.keep(fields.get("once", ""), answer)
    except PurportError as error:
        if wants_json(request):
            return JSONResponse({"error": str(error)}, status_code=422)
        return draw(request, "error.html", status=422, what=str(error), person=person)
    if wants_json(request):
        return JSONResponse(answer)
    return RedirectResponse(f"/review/{event}?{context_of(filter_of(fields, person))}", status_code=303)


@router.get("/review/{event}/merge")
def merge_form(request: Request, bench: Bench, person: Reader, *, event: str, query: str = "", fragment: bool = False) -> Response:
    """Incidents that the linker proposes, and those whose pages match a query."""
    store = bench.stores.reading()
    incident = store.incident(event)
    found = _searched(store, query) if query.strip() else _proposed(store, incident)
    listed = [_told(request, store, each=each) for each in found if each[0] != incident.id][:MOST_PROPOSED]
    template = "review_merge.html" if fragment else "review_merge_page.html"
    wanted = context_of(filter_of({}, person))
    return draw(request, template, person=person, event=event, incident=incident, listed=listed, query=query, context=wanted)


def _proposed(store: Store, incident: Incident) -> Sequence[tuple[str, float | None]]:
    own = {event.id for event in incident.events}
    best: dict[str, float] = {}
    for link in incident.links:
        outside = [event for event in (link.first, link.second) if event not in own]
        if link.decision is Decision.PROPOSED and len(outside) == 1:
            place = store.incident_of(outside[0])
            best[place] = max(link.score, best.get(place, 0.0))
    return sorted(best.items(), key=lambda each: -each[1])


def _searched(store: Store, query: str) -> Sequence[tuple[str, float | None]]:
    found: dict[str, None] = {}
    for hit in store.search(query, limit=MOST_PROPOSED).hits:
        for event in hit.events[:2]:
            try:
                found[store.incident_of(event.id)] = None
            except StoreError:
                continue
    return [(id, None) for id in found]


def _told(request: Request, store: Store, *, each: tuple[str, float | None]) -> dict[str, Any]:
    """One other incident: its types, its first page as it may be shown, and how likely it is the same."""
    other = store.incident(each[0])
    document = shown_page(request, other.tellings[0].document.id).report.document if other.tellings else None
    events: tuple[Event, ...] = other.events
    return {
        "id": other.id,
        "score": each[1],
        "types": ", ".join(dict.fromkeys(label(event.type) for event in events)),
        "title": (document.title if document else None) or "no title",
        "outlet": (document.outlet if document else None) or "outlet not known",
        "published": (document.published if document else None) or "undated",
        "pages": len({telling.document.id for telling in other.tellings}),
    }
