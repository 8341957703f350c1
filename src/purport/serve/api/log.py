"""The log: what was changed, by whom and when."""

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from purport.decisions import LogFilter
from purport.logbook import json_of
from purport.serve.access import Bench
from purport.serve.api.answers import Answer
from purport.serve.api.asking import FURTHEST, Limit, Seen
from purport.serve.api.seeking import Day

router = APIRouter(tags=["log"])
Action = Annotated[str, Query(max_length=200, description="What was done: judge, login, export …")]
Who = Annotated[str, Query(max_length=200, description="The name of who did it.")]
Subject = Annotated[str, Query(max_length=200, description="What it was done to, or part of it.")]
Before = Annotated[int | None, Query(ge=1, le=FURTHEST, description="Only entries before this one.")]


class KeptEntry(BaseModel):
    """One entry; each hash covers the entry before. Without `unmasked`, what people and pages said is withheld in its detail."""

    entry: int
    at: str
    action: str
    subject: str
    person: str
    detail: dict[str, object]
    hash: str
    is_emptied: bool
    sentence: str


class LogPage(BaseModel):
    """Entries, the newest first; `next` leads to older ones."""

    total: int
    limit: int
    next: str | None
    items: list[KeptEntry]


@router.get("/log", response_model=LogPage)
def list_log(
    request: Request,
    bench: Bench,
    view: Seen,
    action: Action = "",
    person: Who = "",
    subject: Subject = "",
    since: Day = None,
    until: Day = None,
    before: Before = None,
    limit: Limit = 50,
) -> Response:
    """Entries that match, the newest first. `purport verify` checks their chain."""
    wanted = LogFilter(action, person, subject, since or "", until or "")
    log = bench.stores.reading().audit
    found = list(log.entries(wanted, limit=limit + 1, before=before))
    items = [json.loads(json_of(entry, masked=view.is_masked)) for entry in found[:limit]]
    older = request.url.include_query_params(before=found[limit - 1].entry) if len(found) > limit else None
    following = f"{older.path}?{older.query}" if older else None
    return Answer({"total": log.count(wanted), "limit": limit, "next": following, "items": items})
