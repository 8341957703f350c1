"""Who asks, and what that person may do: dependencies of pages and of the API."""

import secrets
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from purport.decisions import Person, PersonRole
from purport.serve.sessions import COOKIE, Session
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
    """Who asks. Without accounts in the file, whoever is at this machine is an editor. Raises LoginNeeded."""
    session = session_of(request)
    people = bench.stores.reading().people
    if not people.are_kept():
        return Person((session and session.name) or LOOPBACK_NAME, PersonRole.EDITOR)
    found = people.find(session.name) if session and session.name else None
    if found is None or not found.is_active:
        raise LoginNeeded
    return found


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
    """For every request that changes something: the session's token stands in its form or header. Raises 403."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    given = request.headers.get(CSRF_HEADER)
    if given is None and request.headers.get("content-type", "").startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        given = str((await request.form()).get(CSRF_FIELD, ""))
    if not secrets.compare_digest((given or "").encode(), session_of(request).csrf.encode()):
        raise HTTPException(403, "This form is too old or comes from elsewhere. Open the page again and send it once more.")


def cookie_of(request: Request) -> str | None:
    """The token of the session's cookie."""
    return request.cookies.get(COOKIE)
