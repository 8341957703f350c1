"""Erasing pages, for editors: what is meant, what would go, and only then the act; how long pages are kept, and what is due."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from purport.decisions import Person
from purport.erasing import erase as erase_pages
from purport.errors import PurportError
from purport.serve.access import Bench, Editor
from purport.serve.drawing import draw
from purport.serve.workbench import Workbench
from purport.store import Store

CONFIRMATION = "erase"
MOST_SHOWN = 200
DONE = {
    "erased": "The pages are erased. Copies and backups of the file are not reached.",
    "cleaned": "The file is written anew.",
    "rule": "The rule is kept. Nothing is erased by it alone.",
    "removed": "The rule holds no longer.",
}
Text = Annotated[str, Form()]

router = APIRouter(prefix="/erasure")


@router.get("")
def erasure(request: Request, bench: Bench, person: Editor, ids: str = "", done: str = "") -> Response:
    """The form; with ``ids`` what would go."""
    return _page(request, bench, person=person, ids=ids, done=DONE.get(done, ""))


@router.post("")
def erase(
    request: Request,
    bench: Bench,
    person: Editor,
    ids: Text = "",
    why: Text = "",
    confirmation: Text = "",
    pages: Annotated[int, Form()] = 0,
) -> Response:
    """Erase what was shown. ``pages`` is how many that were: if it is another number by now, nothing is done."""
    told = _fault(why, confirmation)
    if told:
        return _page(request, bench, person=person, ids=ids, why=why, told=told)
    try:
        with bench.stores.writing() as store:
            captures = store.erasing.pages_of(*ids.split())
            if len(captures) != pages:
                told = "What these ids stand for has changed since it was shown. Look it over once more."
            else:
                erase_pages(store, captures, why=why, coder=person.name)
    except PurportError as error:
        told = str(error)
    if told:
        return _page(request, bench, person=person, ids=ids, why=why, told=told)
    return RedirectResponse("/erasure?done=erased", status_code=303)


@router.post("/clean")
def clean(request: Request, bench: Bench, person: Editor) -> Response:
    """Write the file anew after an erasure that was stopped."""
    try:
        with bench.stores.writing() as store:
            store.erasing.clean()
    except PurportError as error:
        return _page(request, bench, person=person, told=str(error))
    return RedirectResponse("/erasure?done=cleaned", status_code=303)


@router.post("/rules")
def add_rule(
    request: Request, bench: Bench, person: Editor, days: Annotated[int, Form()] = 0, since: Text = "", level: Text = "", why: Text = ""
) -> Response:
    """A retention rule."""
    try:
        with bench.stores.writing() as store:
            store.erasing.retention.add(days=days, since=since, level=level, why=why, coder=person.name)
    except PurportError as error:
        return _page(request, bench, person=person, told=str(error))
    return RedirectResponse("/erasure?done=rule#retention", status_code=303)


@router.post("/rules/{rule_id}/remove")
def remove_rule(request: Request, bench: Bench, person: Editor, rule_id: str) -> Response:
    """Let a rule hold no longer."""
    try:
        with bench.stores.writing() as store:
            store.erasing.retention.remove(rule_id, coder=person.name)
    except PurportError as error:
        return _page(request, bench, person=person, told=str(error))
    return RedirectResponse("/erasure?done=removed#retention", status_code=303)


def _fault(why: str, confirmation: str) -> str:
    if not why.strip():
        return "An erasure needs a reason. It stays, so leave out what is to be forgotten."
    return "" if confirmation.strip().casefold() == CONFIRMATION else f"Type the word “{CONFIRMATION}” to go on. Nothing was erased."


def _page(request: Request, bench: Workbench, *, person: Person, ids: str = "", why: str = "", told: str = "", done: str = "") -> Response:
    store = bench.stores.reading()
    status, preview = (422 if told else 200), None
    try:
        preview = store.erasing.preview(store.erasing.pages_of(*ids.split())) if ids.split() else None
    except PurportError as error:
        status, told = 404, told or str(error)
    known = {"preview": preview, "ids": ids, "why": why, "told": told, "done": done, "word": CONFIRMATION, **_kept(store)}
    return draw(request, "erasure.html", status=status, person=person, most=MOST_SHOWN, **known)


def _kept(store: Store) -> dict[str, object]:
    erasing, retention = store.erasing, store.erasing.retention
    stones = erasing.tombstones()[::-1]
    return {"stones": stones, "unclean": erasing.needs_cleaning(), "rules": retention.rules(), "due": retention.due()}
