"""What people decide: judgements of claims and of pairs of events, comments, sensitivities. A later word follows an earlier; both stay."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from purport.decisions import SensitivityLevel
from purport.errors import StoreError
from purport.incident import LinkVerdict
from purport.serve.access import Bench, Coder
from purport.serve.api.answers import Answer
from purport.serve.api.asking import Paged, Seen
from purport.serve.api.events import ClaimId, one
from purport.serve.api.incidents import Id
from purport.serve.api.reading import withheld, without_names
from purport.serve.api.schemas import listed, ref
from purport.serve.api.values import Code, Form, KeptJudgement, NewJudgement, Note, change_of, kept, value_of
from purport.store import Store
from purport.withholding import names_around

router = APIRouter(tags=["decisions"])
EventId = Annotated[str, Query(min_length=6, max_length=100, description="The whole id of an event.")]
CommentId = Annotated[str, Path(min_length=6, max_length=100, description="The whole id of a remark.")]


# ------------------------------------------------------------------ claims
@router.get("/claims/{claim_id}/judgements", responses=listed(ref("KeptJudgement")))
def list_judgements(request: Request, bench: Bench, view: Seen, paging: Paged, claim_id: ClaimId) -> Response:
    """Everything that people decided about a claim, oldest first."""
    store = bench.stores.reading()
    found = one(store, claim_id, kind="claim")
    said = [kept(judgement) for judgement in store.judgements(found.id)]
    items = [withheld(each, names_around(store, found.report.document.id)) for each in said] if view.is_masked and found.report else said
    return Answer(paging.page(request, items[paging.offset : paging.offset + paging.limit], total=len(items)))


@router.post("/claims/{claim_id}/judgements", status_code=201, response_model=KeptJudgement)
def judge(bench: Bench, person: Coder, claim_id: ClaimId, sent: NewJudgement) -> Response:
    """Decide about a claim. What the machine says stays beside it."""
    with bench.stores.writing() as store:
        value = None if sent.value is None else value_of(sent.value)
        change = None if sent.change is None else change_of(sent.change)
        made = store.judge(claim_id, sent.verdict, coder=person.name, value=value, note=sent.note, change=change)
    return Answer(kept(made), status_code=201)


# ------------------------------------------------------------------ pairs of events
class NewLinkJudgement(Form):
    """Whether two events are one incident; `withdrawn` takes one's last word back. It takes effect with the next `purport merge`."""

    first: Code
    second: Code
    verdict: LinkVerdict
    note: Note = ""


class KeptLinkJudgement(BaseModel):
    """A decision about two events as it is kept."""

    id: str
    first: str
    second: str
    verdict: LinkVerdict
    note: str
    coder: str
    made_at: str
    previous_id: str | None


@router.get("/link-judgements", responses=listed(ref("KeptLinkJudgement")))
def list_link_judgements(request: Request, bench: Bench, view: Seen, paging: Paged, event: EventId) -> Response:
    """Everything that people decided about pairs with this event, oldest first."""
    store = bench.stores.reading()
    items = [asdict(each) for each in store.link_judgements(event)]
    if view.is_masked:
        items = [{**each, "note": _without_names(store, each["note"], events=(each["first"], each["second"]))} for each in items]
    return Answer(paging.page(request, items[paging.offset : paging.offset + paging.limit], total=len(items)))


def _without_names(store: Store, text: str, *, events: Iterable[str]) -> str:
    """What people wrote about events, without the names that are withheld on their pages."""
    pages = {page for event in events if text and (page := store.reviews.knows_event(event))}
    hidden: str = without_names(text, names_around(store, *pages))
    return hidden


@router.post("/link-judgements", status_code=201, response_model=KeptLinkJudgement)
def judge_link(bench: Bench, person: Coder, sent: NewLinkJudgement) -> Response:
    """Decide about two events."""
    with bench.stores.writing() as store:
        made = store.judge_link(sent.first, sent.second, verdict=sent.verdict, coder=person.name, note=sent.note)
    return Answer(asdict(made), status_code=201)


# ------------------------------------------------------------------ comments
class NewComment(Form):
    """A remark about an event, claim or page."""

    subject: Code
    text: Note


class KeptComment(BaseModel):
    """A remark as it is kept."""

    id: str
    subject: str
    text: str
    coder: str
    made_at: str
    withdrawn: bool


Subject = Annotated[str, Query(min_length=6, max_length=100, description="Id of the event, claim or page.")]


@router.get("/comments", responses=listed(ref("KeptComment")))
def list_comments(request: Request, bench: Bench, view: Seen, paging: Paged, subject: Subject) -> Response:
    """Remarks about an event, claim or page, oldest first."""
    store = bench.stores.reading()
    found = store.show(subject)
    said = [asdict(comment) for comment in store.reviews.comments(found.id)]
    items = [withheld(each, names_around(store, found.report.document.id)) for each in said] if view.is_masked and found.report else said
    return Answer(paging.page(request, items[paging.offset : paging.offset + paging.limit], total=len(items)))


@router.post("/comments", status_code=201, response_model=KeptComment)
def comment(bench: Bench, person: Coder, sent: NewComment) -> Response:
    """Say something about an event, claim or page."""
    with bench.stores.writing() as store:
        subject = store.show(sent.subject).id
        made = store.reviews.comment(subject, sent.text, coder=person.name)
    return Answer(asdict(made), status_code=201)


@router.delete("/comments/{comment_id}", status_code=204)
def withdraw_comment(bench: Bench, person: Coder, comment_id: CommentId) -> Response:
    """Take one's own remark back."""
    with bench.stores.writing() as store:
        store.reviews.withdraw_comment(comment_id, coder=person.name)
    return Response(status_code=204)


# ------------------------------------------------------------------ sensitivity
class NewSensitivity(Form):
    """Who may be harmed if it gets out."""

    level: SensitivityLevel
    why: Note = ""


class KeptSensitivity(BaseModel):
    """The level of an incident, by whom and why."""

    event_id: str
    level: SensitivityLevel
    why: str
    coder: str
    made_at: str


@router.get("/incidents/{incident_id}/sensitivity", response_model=KeptSensitivity)
def get_sensitivity(bench: Bench, view: Seen, incident_id: Id) -> Response:
    """How sensitive people said an incident is: the strictest level that holds of any of its events."""
    store = bench.stores.reading()
    events = store.events_of(store.incident_of(incident_id))
    said = store.reviews.sensitivity(events)
    if said and view.is_masked:
        said = replace(said, why=_without_names(store, said.why, events=events))
    return _sensitivity(said, incident_id)


@router.post("/incidents/{incident_id}/sensitivity", status_code=201, response_model=KeptSensitivity)
def set_sensitivity(bench: Bench, person: Coder, incident_id: Id, sent: NewSensitivity) -> Response:
    """Say how sensitive an incident is."""
    with bench.stores.writing() as store:
        events = store.events_of(store.incident_of(incident_id))
        store.reviews.set_sensitivity(events, level=sent.level, why=sent.why, coder=person.name)
        said = store.reviews.sensitivity(events)
    return _sensitivity(said, incident_id, status=201)


def _sensitivity(said: Any, incident_id: str, *, status: int = 200) -> Response:
    if said is None:
        raise StoreError("no person has said how sensitive this incident is", where=incident_id, remedy="say it with POST")
    return Answer(asdict(said), status_code=status)
