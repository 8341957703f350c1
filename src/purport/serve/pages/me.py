"""What concerns the person who asks: the name, whether names of victims are shown, the password, tokens of programs."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from purport.errors import StoreError
from purport.serve.access import Bench, Coder, Reader, session_of
from purport.serve.drawing import draw
from purport.serve.pages.login import renew_session
from purport.store.people import LONGEST_NAME

DONE = {
    "name": "Your name is set. What you decide from now on carries it.",
    "unmasked": "Names are shown in this session. It is in the log.",
    "masked": "Names are withheld again.",
    "password": "Your password is changed. Other sessions of yours have ended.",
    "token": "The token is made. Copy it now: it is shown this once.",
    "revoked": "The token opens nothing any more.",
}
SHORTEST_REASON = 3
Text = Annotated[str, Form()]

router = APIRouter(prefix="/me")


@router.get("")
def me(request: Request, bench: Bench, person: Reader, done: str = "") -> Response:
    """The page."""
    return _page(request, bench, person=person, done=DONE.get(done, ""))


@router.post("/name")
def set_name(request: Request, bench: Bench, person: Reader, name: Text = "") -> Response:
    """Without accounts, who sits here; decisions carry the name."""
    name = " ".join(name.split())
    if bench.stores.reading().people.are_kept():
        raise HTTPException(403, "This project has accounts: your name is that of your login.")
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return _page(request, bench, person=person, told=f"A name has 1 to {LONGEST_NAME} visible characters.", status=422)
    session_of(request).name = name
    return _back("name")


@router.post("/unmask")
def unmask(request: Request, bench: Bench, person: Coder, reason: Text = "", back: Text = "") -> Response:
    """Show names of victims, witnesses and minors to this session; time, person and reason go into the log. ``back``: a review."""
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        return _page(request, bench, person=person, told="Say in a few words what you need the names for.", status=422)
    with bench.stores.writing() as store:
        store.people.note("unmask", person.name, detail={"by": person.name, "why": reason[:500]})
    session_of(request).is_unmasked = True
    return RedirectResponse(back, status_code=303) if back.startswith("/review/evt-") else _back("unmasked")


@router.post("/mask")
def mask(request: Request, bench: Bench, person: Reader) -> Response:
    """Withhold names again."""
    if session_of(request).is_unmasked:
        with bench.stores.writing() as store:
            store.people.note("mask", person.name, detail={"by": person.name})
    session_of(request).is_unmasked = False
    return _back("masked")


@router.post("/password")
def set_password(request: Request, bench: Bench, person: Reader, old: Text = "", new: Text = "", again: Text = "") -> Response:
    """Another password; this browser goes on with a new session, all others of the person end."""
    wait = bench.throttles.names.begin(person.name.casefold())
    people = bench.stores.reading().people
    if wait or people.matching(person.name, old) is None:
        told = f"Too many tries. Wait {wait:.0f} seconds." if wait else "The present password is wrong."
        return _page(request, bench, person=person, told=told, status=429 if wait else 422)
    bench.throttles.names.passed(person.name.casefold())
    if new != again:
        return _page(request, bench, person=person, told="The two new passwords differ.", status=422)
    try:
        with bench.stores.writing() as store:
            after = store.people.set_password(person.name, new, by=person.name)
    except StoreError as error:
        return _page(request, bench, person=person, told=str(error), status=422)
    answer = _back("password")
    bench.sessions.end_all_of(person.name)
    renew_session(request, answer, bench=bench, person=after)
    return answer


@router.post("/tokens")
def add_token(request: Request, bench: Bench, person: Reader, name: Text = "") -> Response:
    """A token by which a program asks in this person's name."""
    if not bench.stores.reading().people.are_kept():
        raise HTTPException(403, "Tokens belong to accounts, and this project has none.")
    try:
        with bench.stores.writing() as store:
            _, session_of(request).shown_once = store.people.add_token(person.name, name, by=person.name)
    except StoreError as error:
        return _page(request, bench, person=person, told=str(error), status=422)
    return _back("token")


@router.post("/tokens/{token_id}/revoke")
def revoke_token(bench: Bench, person: Reader, token_id: str) -> Response:
    """Let one of the person's own tokens open nothing any more."""
    if token_id not in {token.id for token in bench.stores.reading().people.tokens(person.name)}:
        raise HTTPException(404, "You have no such token.")
    with bench.stores.writing() as store:
        store.people.revoke(token_id, by=person.name)
    return _back("revoked")


def _back(done: str) -> RedirectResponse:
    return RedirectResponse(f"/me?done={done}", status_code=303)


def _page(request: Request, bench: Bench, *, person: Reader, done: str = "", told: str = "", status: int = 200) -> Response:
    people, session = bench.stores.reading().people, session_of(request)
    kept, word = people.are_kept(), session.shown_once
    session.shown_once = ""
    tokens = people.tokens(person.name) if kept else ()
    return draw(
        request,
        "me.html",
        status=status,
        person=person,
        kept=kept,
        tokens=tokens,
        word=word,
        done=done,
        told=told,
        session_name=session.name,
    )
