"""The log: what was changed, by whom and when; whether its chain is whole."""

import json
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from purport.decisions import LogEntry, LogFilter, Person
from purport.errors import QueryError
from purport.logbook import json_of, sentence_of
from purport.serve.access import Bench, Editor, Reader, session_of
from purport.serve.blind import names_hidden
from purport.serve.drawing import draw
from purport.store import Store
from purport.store.hiding import Hidden

PAGE = 100

router = APIRouter(prefix="/audit")


def filter_of(action: str = "", person: str = "", subject: str = "", since: str = "", until: str = "") -> LogFilter:
    """What the address asks for."""
    return LogFilter(action.strip(), person.strip(), subject.strip(), since.strip(), until.strip())


Wanted = Annotated[LogFilter, Depends(filter_of)]


@router.get("")
def audit(request: Request, bench: Bench, person: Reader, wanted: Wanted, before: int | None = None) -> Response:
    """Entries that match, the newest first."""
    return _page(request, bench.stores.reading(), person=person, wanted=wanted, before=before)


@router.post("/verify")
def verify(request: Request, bench: Bench, person: Reader) -> Response:
    """Whether the chain is whole, and what of it is broken."""
    store = bench.stores.reading()
    return _page(request, store, person=person, wanted=LogFilter(), verified=store.audit.broken())


@router.get("/log.jsonl")
def download(request: Request, bench: Bench, person: Editor, wanted: Wanted) -> Response:
    """Entries that match, one a line, the oldest first. What people and pages said is withheld unless names are shown."""
    masked = not session_of(request).is_unmasked
    entries = list(bench.stores.reading().audit.entries(wanted))[::-1]
    with bench.stores.writing() as store:
        names = "withheld" if masked else "written out"
        detail = {"by": person.name, "format": "log", "number": len(entries), "names": names}
        store.people.note("export", "log", detail=detail)
    lines = "".join(json_of(entry, masked=masked) + "\n" for entry in entries)
    return Response(lines, media_type="application/jsonl", headers={"Content-Disposition": 'attachment; filename="log.jsonl"'})


def _line(entry: LogEntry, hidden: Hidden) -> tuple[LogEntry, str]:
    """An entry and its sentence; of what somebody still codes blind it says only that something was done."""
    sentence = sentence_of(entry)
    if hidden and names_hidden(f"{entry.subject} {sentence} {json.dumps(entry.detail)}", hidden):
        return replace(
            entry, subject="", detail={}
        ), f"Something about a page that you code blind in {', '.join(sorted(hidden.rounds.values()))}"
    return entry, sentence


def _page(
    request: Request,
    store: Store,
    *,
    person: Person,
    wanted: LogFilter,
    before: int | None = None,
    verified: tuple[tuple[str, str], ...] | None = None,
) -> Response:
    told, entries, number = "", [], 0
    try:
        entries, number = list(store.audit.entries(wanted, limit=PAGE + 1, before=before)), store.audit.count(wanted)
    except QueryError as error:
        told = str(error)
    hidden = store.rounds.hidden_from(person.name)
    asked = {name: value for name in ("action", "person", "subject", "since", "until") if (value := getattr(wanted, name))}
    older = urlencode({**asked, "before": entries[PAGE - 1].entry}) if len(entries) > PAGE else ""
    return draw(
        request,
        "audit.html",
        status=400 if told else 200,
        person=person,
        told=told,
        wanted=wanted,
        actions=store.audit.actions(),
        lines=[_line(entry, hidden) for entry in entries[:PAGE]],
        number=number,
        older=older,
        asked=urlencode(asked),
        newest=store.audit.newest(),
        verified=verified,
        before=before,
    )
