"""Letting people in and out."""

import math
import re
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from purport.decisions import Person
from purport.serve.access import Bench, bench_person, cookie_of, session_of, set_cookie
from purport.serve.drawing import draw
from purport.serve.workbench import Workbench

WRONG = "The name or the password is wrong."
UNKNOWN = "unknown name"  #: stands in the log for what nobody is called: it may be a password in the wrong field
OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")

router = APIRouter()


def own_path(asked: str) -> str:
    """A path of this workbench to go on to; the first page for anything that leads elsewhere, or back to the login."""
    leads_round = asked.startswith(("/login", "/logout"))
    return asked if OWN_PATH.fullmatch(asked) and not leads_round else "/"


@router.get("/login")
def login_form(request: Request, bench: Bench, next: str = "/") -> Response:
    """The form; who is in goes on."""
    if bench_person(request, bench) is not None:
        return RedirectResponse(own_path(next), status_code=303)
    return draw(request, "login.html", next=own_path(next), name="", told="")


@router.post("/login")
def login(
    request: Request,
    bench: Bench,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """A new session, or the form once more: with the same words, after the same time, whatever was wrong."""
    address = request.client.host if request.client else ""
    name = " ".join(name.split())
    wait = _begin(bench, name, address=address)
    if wait:
        told = f"Too many tries. Wait {math.ceil(wait)} {'second' if math.ceil(wait) == 1 else 'seconds'}, then try again."
        answer = draw(request, "login.html", status=429, next=own_path(next), name=name, told=told)
        answer.headers["Retry-After"] = str(math.ceil(wait))
        return answer
    person = bench.stores.reading().people.matching(name, password)
    if person is None:
        _note_failure(bench, name, address=address)
        return draw(request, "login.html", status=401, next=own_path(next), name=name, told=WRONG)
    return _let_in(request, bench, person=person, address=address, next=own_path(next))


@router.post("/logout")
def logout(request: Request, bench: Bench) -> Response:
    """The end of the session."""
    session = session_of(request)
    if session.name and session.since:
        with bench.stores.writing() as store:
            store.people.note("logout", session.name, detail={"by": session.name})
    bench.sessions.end(cookie_of(request))
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(bench.cookie, path="/", httponly=True, samesite="strict", secure=bench.options.secure)
    return answer


def _begin(bench: Workbench, name: str, *, address: str) -> float:
    names, addresses = bench.throttles.names, bench.throttles.addresses
    wait = addresses.begin(address)
    if wait:
        return wait
    wait = names.begin(name.casefold())
    if wait:
        addresses.take_back(address)
    return wait


def _note_failure(bench: Workbench, name: str, *, address: str) -> None:
    """Into the log at the first, second, fourth, eighth … failure, so that guessing does not flood it."""
    person = bench.stores.reading().people.find(name)
    times = bench.throttles.names.failures(name.casefold()) if person else bench.throttles.addresses.failures(address)
    if times & (times - 1) == 0:
        with bench.stores.writing() as store:
            detail = {"by": "", "address": address, "times": times}
            store.people.note("login failed", person.name if person else UNKNOWN, detail=detail)


def _let_in(request: Request, bench: Workbench, *, person: Person, address: str, next: str) -> Response:
    """A session of its own number: one that was known before the login, to whomever, opens nothing."""
    bench.throttles.names.passed(person.name.casefold())
    bench.throttles.addresses.passed(address)
    with bench.stores.writing() as store:
        store.people.note("login", person.name, detail={"by": person.name, "address": address})
    answer = RedirectResponse(next, status_code=303)
    renew_session(request, answer, bench=bench, person=person)
    return answer


def renew_session(request: Request, answer: Response, *, bench: Workbench, person: Person) -> None:
    """End this browser's session and give it a new one of the person."""
    bench.sessions.end(cookie_of(request))
    token, _ = bench.sessions.start(person.name, since=person.changed)
    set_cookie(answer, token, bench=bench)
