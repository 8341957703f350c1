"""Who asks, and what that person may do: dependencies of pages and of the API."""

import secrets
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.responses import Response

from purport.decisions import Person, PersonRole
from purport.serve.sessions import Session
from purport.serve.workbench import Workbench, workbench_of

Bench = Annotated[Workbench, Depends(workbench_of)]
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"
LOOPBACK_NAME = "me"  #: who works on loopback without accounts and has not said a name


class LoginNeeded(Exception):
    """Nobody is logged in where accounts are in use; pages lead to the login, the API answers 401."""


def session_of(request: Request) -> Session:
    """The session of this request; the middleware of ``app`` starts one for every browser."""
    session: Session = request.state.session
    return session


def person_of(request: Request, bench: Bench) -> Person:
    """Who asks. Without accounts in the file, whoever is at this machine is an editor. Raises LoginNeeded.

    A program may send a token to the API instead of a cookie; a token that opens nothing is not helped by a cookie beside it.
    """
    people = bench.stores.reading().people
    if (word := bearer_of(request)) is not None:
        return _found(people.of_token(word))
    session = session_of(request)
    if not people.are_kept():
        return Person(session.name or LOOPBACK_NAME, PersonRole.EDITOR)
    person = _found(people.find(session.name) if session.name and session.since else None)
    if not person.is_active or person.changed != session.since:
        raise LoginNeeded
    return person


def _found(person: Person | None) -> Person:
    if person is None:
        raise LoginNeeded
    return person


def bench_person(request: Request, bench: Workbench) -> Person | None:
    """Who asks, None for nobody: for pages that are open to all."""
    try:
        return person_of(request, bench)
    except LoginNeeded:
        return None


def bearer_of(request: Request) -> str | None:
    """The word of the token that a program sends to the API; None for pages, and if it sends none."""
    scheme, _, word = request.headers.get("authorization", "").partition(" ")
    return word.strip() if scheme.lower() == "bearer" and request.url.path.startswith("/api/") else None


Reader = Annotated[Person, Depends(person_of)]


def _at_least(person: Person, role: PersonRole) -> Person:
    if not person.role.may(role):
        raise HTTPException(403, f"{person.name} is a {person.role.value}; this needs a {role.value}. Ask an editor of this project.")
    return person


def coder_of(person: Reader) -> Person:
    """A person who may code."""
    return _at_least(person, PersonRole.CODER)


def editor_of(person: Reader) -> Person:
    """A person who may settle, erase and let others in."""
    return _at_least(person, PersonRole.EDITOR)


Coder = Annotated[Person, Depends(coder_of)]
Editor = Annotated[Person, Depends(editor_of)]


async def csrf_checked(request: Request) -> None:
    """For every request that changes something: the session's token stands in its form or header. Raises 403.

    What a browser says of where the request comes from must be this site, too. A program with a token has no cookie that a page
    elsewhere could use, and needs neither.
    """
    if request.method in ("GET", "HEAD", "OPTIONS") or bearer_of(request) is not None:
        return
    given = request.headers.get(CSRF_HEADER)
    if given is None and request.headers.get("content-type", "").startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        given = str((await request.form()).get(CSRF_FIELD, ""))
    if not comes_from_here(request) or not secrets.compare_digest((given or "").encode(), session_of(request).csrf.encode()):
        raise HTTPException(403, "This form is too old or comes from elsewhere. Open the page again and send it once more.")


def comes_from_here(request: Request) -> bool:
    """Whether the browser says that a page of this very site sends this, or says nothing."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        return False
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def set_cookie(response: Response, token: str, *, bench: Workbench) -> None:
    """Hand a session's token to the browser; no script can read it, no other site can send it."""
    response.set_cookie(bench.cookie, token, httponly=True, samesite="strict", secure=bench.options.secure, path="/")


def cookie_of(request: Request) -> str | None:
    """The token of the session's cookie."""
    return request.cookies.get(workbench_of(request).cookie)
