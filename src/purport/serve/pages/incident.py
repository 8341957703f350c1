"""The page of one incident: what it is on whose word, who says what, where that comes from, and what cannot all be true."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from purport.accounts import Account, Contest, Resolution, Resolved
from purport.errors import StoreError
from purport.html.incident_drawing import route_drawing, standing_class, toll_drawing
from purport.incident import Decision, Incident, Link
from purport.incidents import account_of, meaning_of, policies, resolve
from purport.model import Document, Role, Span
from purport.serve.access import Reader, session_of
from purport.serve.drawing import draw
from purport.serve.notices import EVERYTHING, graphic_sorts, is_announced
from purport.serve.pages.deciding import deciding
from purport.serve.sayings_table import Quote, address_of, place_address, quote_of_saying, sayings_table, value_title
from purport.serve.showing import is_masked, remarks, sensitivity_shown, shown_incident, shown_page
from purport.serve.workbench import workbench_of
from purport.store import Store
from purport.timing import date_words
from purport.wording import capital, contest_label, grade_label, label

router = APIRouter()
NEED_AN_ORDER = frozenset({"source-hierarchy"})  #: policies that ask for the user's own order of sources
MOST_PROPOSED = 8  #: other incidents that may be the same, listed


@router.get("/incident/{id}")
def incident_page(request: Request, person: Reader, *, id: str) -> Response:
    """The incident; an id that it once had, and one of its events or pages, lead to it."""
    store = workbench_of(request).stores.reading()
    current = store.incident_of(id)
    if current != id:
        return RedirectResponse(f"/incident/{current}", status_code=303)
    incident = shown_incident(request, id)
    pages = _pages(request, incident)
    known: dict[str, Any] = {
        "incident": incident,
        "masked": is_masked(request),
        "pages": pages,
        "digests": store.digests([document.id for document in pages]),
        "proposed": _proposed(request, incident),
        "date_words": date_words,
        "deciding": deciding(request, store, store.incident(id), person=person),
    }
    if not incident.tellings:
        return draw(request, "incident_unread.html", person=person, **known)
    account = account_of(incident)
    sorts = _sorts(incident)
    is_open = not sorts or is_announced(session_of(request), incident.id)
    known |= {**_told(account), **_reviewed(request, store, incident), "sorts": sorts, "shows_words": is_open}
    return draw(request, "incident.html", person=person, **known)


@router.post("/incident/{id}/notice")
def show_anyway(request: Request, _person: Reader, *, id: str, scope: Annotated[str, Form()] = "one") -> Response:
    """The session has read the notice: the words of this incident's pages are shown, or (``scope`` all) every text until it ends."""
    store = workbench_of(request).stores.reading()
    incident = store.incident(id)
    documents = {telling.document.id for telling in incident.tellings}
    session_of(request).notices.update({EVERYTHING} if scope == "all" else {incident.id, *documents})
    return RedirectResponse(f"/incident/{incident.id}", status_code=303)


def _told(account: Account) -> Mapping[str, Any]:
    """What the template shows of an account."""
    return {
        "account": account,
        "title": capital(", ".join(map(label, dict.fromkeys(event.type for event in account.incident.events)))),
        "meaning": meaning_of(account.grade.code),
        "table": sayings_table(account),
        "route": _route(account),
        "tolls": _tolls(account),
        "answers": _answers(account),
        "policies": [policy for name, policy in policies().items() if name not in NEED_AN_ORDER],
        "evidence": tuple(_evidence(account)),
        "contest_title": lambda contest: contest_label(contest, account),
        "grade_label": grade_label(account),
        "value_title": value_title,
        "standing_class": standing_class,
        "place_address": _shown_place,
        "documents": {document.id: document for document in account.documents},
    }


def _reviewed(request: Request, store: Store, incident: Incident) -> Mapping[str, Any]:
    """How far people have come with it, and what they said of it."""
    events = [event.id for event in incident.events]
    documents = tuple(dict.fromkeys(telling.document.id for telling in incident.tellings))
    return {
        "state": store.reviews.state(events),
        "sensitivity": sensitivity_shown(request, store.reviews.sensitivity(events), documents=documents),
        "comments": remarks(request, store.reviews.comments(*events, incident.id, *documents), documents=documents),
    }


def _sorts(incident: Incident) -> tuple[str, ...]:
    """What the words that this page quotes announce."""
    words = [claim.words for event in incident.events for claim in event.claims]
    titles = [telling.document.title for telling in incident.tellings]
    return graphic_sorts((*words, *titles), types=[event.type for event in incident.events])


def _pages(request: Request, incident: Incident) -> list[Document]:
    """Every page once, also those that are not read, the earliest first, undated ones last."""
    every = {telling.document.id: telling.document for telling in incident.tellings}
    for sketch in incident.sketches:
        every.setdefault(sketch.document_id, shown_page(request, sketch.document_id).report.document)
    return sorted(every.values(), key=lambda document: (document.published or "9999", document.id))


def _shown_place(document_id: str, span: Span | None) -> str:
    """A place that is no evidence of a claim, which the document page marks only if it is asked to."""
    return f"/document/{document_id}?at={span.start}-{span.end}#s{span.start}-{span.end}" if span else place_address(document_id, None)


# ------------------------------------------------------------------ drawings
def _route(account: Account) -> Markup:
    links = {document.id: f"/document/{document.id}" for document in account.documents}
    return Markup(route_drawing(account.route, links=links))  # noqa: S704 - made by html/markup.py


@dataclass(frozen=True, slots=True)
class Toll:
    """One kind of count over time: its drawing, and the same as rows."""

    kind: str
    drawing: Markup
    points: tuple[tuple[str, str, str, str, str], ...]  #: day, count, source, outlet, address


def _tolls(account: Account) -> list[Toll]:
    """A drawing for each kind of which there are counts."""
    origins = {origin.id: origin for origin in account.incident.origins}
    sayings = {s.claim_id: s for contest in account.contests for value in contest.values for s in value.sayings}
    links = {id: address_of(saying) for id, saying in sayings.items()}
    tolls = []
    for kind in dict.fromkeys(point.kind for point in account.toll):
        points = [point for point in account.toll if point.kind == kind]
        drawn = toll_drawing(points, origins=origins, links=links)
        rows = tuple(
            (
                date_words(point.day) if point.day else "undated",
                sayings[point.claim_id].words if point.claim_id in sayings else "",
                point.source,
                point.outlet,
                links.get(point.claim_id, f"/document/{point.document_id}"),
            )
            for point in points
        )
        tolls += [Toll(kind, Markup(drawn), rows)] if drawn else []  # noqa: S704 - made by html/markup.py
    return tolls


# ------------------------------------------------------------------ policies, evidence
@dataclass(frozen=True, slots=True)
class Answer:
    """One contest with what each policy makes of it, in the order of the policies."""

    contest: Contest
    resolved: tuple[Resolved | None, ...]

    @property
    def is_contested(self) -> bool:
        """Whether more than one value is told."""
        return len(self.contest.values) > 1


def _answers(account: Account) -> list[Answer]:
    """Each policy's answer to each contest of which it says something."""
    made = [resolve(account, name) for name in policies() if name not in NEED_AN_ORDER]
    answers = [Answer(contest, tuple(_of(each, contest) for each in made)) for contest in account.contests if contest.role is not Role.TYPE]
    return [answer for answer in answers if any(answer.resolved)]


def _of(resolution: Resolution, contest: Contest) -> Resolved | None:
    key = (contest.role, contest.kind, contest.who)
    return next((each for each in resolution.resolved if (each.role, each.kind, each.who) == key), None)


def _evidence(account: Account) -> Iterable[tuple[str, str, Quote]]:
    """Every saying as a line: title of the contest, value, quote; for paper."""
    for contest in account.contests:
        for value in contest.values:
            for saying in value.sayings:
                yield contest_label(contest, account), value_title(value), quote_of_saying(saying)


# ------------------------------------------------------------------ what may be the same
@dataclass(frozen=True, slots=True)
class Proposed:
    """Another incident that may be this one: the likeliest pair, and a page of the other."""

    incident_id: str
    score: float
    reasons: tuple[str, ...]
    own_event: str
    other_event: str
    type: str
    document: Document


def _proposed(request: Request, incident: Incident) -> list[Proposed]:
    """Other incidents that wait for a person's decision, the likeliest first."""
    store = workbench_of(request).stores.reading()
    own = {event.id for event in incident.events}
    best: dict[str, Link] = {}
    for link in incident.links:
        other = _other(link, own)
        if link.decision is not Decision.PROPOSED or other is None or (place := _place_of(store, other)) in (None, incident.id):
            continue
        if place and (place not in best or link.score > best[place].score):
            best[place] = link
    ranked = sorted(best.items(), key=lambda each: (-each[1].score, each[0]))[:MOST_PROPOSED]
    made = (_proposal(request, place, link=link, own=own) for place, link in ranked)
    return [each for each in made if each is not None]


def _other(link: Link, own: set[str]) -> str | None:
    ids = [event for event in (link.first, link.second) if event not in own]
    return ids[0] if len(ids) == 1 else None


def _place_of(store: Store, event: str) -> str | None:
    try:
        return store.incident_of(event)
    except StoreError:
        return None


def _proposal(request: Request, place: str, *, link: Link, own: set[str]) -> Proposed | None:
    other = _other(link, own)
    shown = workbench_of(request).stores.reading().show(other) if other else None
    if shown is None or shown.report is None:
        return None
    document = shown_page(request, shown.report.document.id).report.document
    mine = link.first if other == link.second else link.second
    reasons = tuple(f"{label(part)} ({weight:+.1f})" for part, weight in link.reasons)
    return Proposed(place, link.score, reasons, mine, shown.id, shown.event.type if shown.event else "", document)
