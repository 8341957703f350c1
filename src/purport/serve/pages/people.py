"""Accounts, for editors: letting people in, their roles, keeping them out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from purport.decisions import Person, PersonRole
from purport.errors import PurportError
from purport.serve.access import Bench, Editor
from purport.serve.drawing import draw
from purport.serve.pages.login import renew_session
from purport.store.people import People

ROLES = {
    PersonRole.READER: "finds, reads and exports; changes nothing",
    PersonRole.CODER: "also reviews, codes and comments, and may have names shown",
    PersonRole.EDITOR: "also settles disputes, erases, and lets people in",
}
Text = Annotated[str, Form()]

router = APIRouter(prefix="/people")


@router.get("")
def people(request: Request, bench: Bench, person: Editor, done: str = "") -> Response:
    """Everybody who may work with the file."""
    return _page(request, bench, person=person, done=done)


@router.post("")
def add(
    request: Request, bench: Bench, person: Editor, name: Text = "", role: Text = "", password: Text = "", again: Text = ""
) -> Response:
    """A new person. The first one is who sits here, and is logged in at once."""
    is_first = not bench.stores.reading().people.are_kept()
    if password != again:
        return _page(request, bench, person=person, told="The two passwords differ.", status=422)
    try:
        with bench.stores.writing() as store:
            made = store.people.add(name, role=PersonRole(role), password=password, by=person.name)
    except (PurportError, ValueError) as error:
        return _page(request, bench, person=person, told=str(error), status=422)
    answer = RedirectResponse("/people?done=added", status_code=303)
    if is_first:
        renew_session(request, answer, bench=bench, person=made)
    return answer


@router.post("/change")
def change(
    request: Request, bench: Bench, person: Editor, name: Text = "", what: Text = "", role: Text = "", password: Text = ""
) -> Response:
    """One change of one person: ``what`` is role, disable, enable, password or revoke (``role`` then the token's id)."""
    try:
        with bench.stores.writing() as store:
            after = _changed(store.people, name, what=what, role=role, password=password, by=person.name)
    except (PurportError, ValueError) as error:
        return _page(request, bench, person=person, told=str(error), status=422)
    answer = RedirectResponse("/people?done=changed", status_code=303)
    if after is not None:
        bench.sessions.end_all_of(name)
        if name == person.name and after.is_active:
            renew_session(request, answer, bench=bench, person=after)
    return answer


def _changed(kept: People, name: str, *, what: str, role: str, password: str, by: str) -> Person | None:
    if what == "role":
        return kept.set_role(name, PersonRole(role), by=by)
    if what == "password":
        return kept.set_password(name, password, by=by)
    if what == "revoke":
        kept.revoke(role, by=by)
        return None
    if what in ("disable", "enable"):
        return kept.set_active(name, what == "enable", by=by)
    raise ValueError(f"There is no change {what!r}.")


DONE = {"added": "The person is let in.", "changed": "The change is made; sessions of that person have ended."}


def _page(request: Request, bench: Bench, *, person: Person, done: str = "", told: str = "", status: int = 200) -> Response:
    kept = bench.stores.reading().people
    everybody = kept.all() if kept.are_kept() else ()
    tokens = kept.tokens() if everybody else ()
    return draw(
        request,
        "people.html",
        status=status,
        person=person,
        everybody=everybody,
        roles=ROLES,
        tokens=tokens,
        done=DONE.get(done, ""),
        told=told,
    )
