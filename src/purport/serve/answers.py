"""Decisions that come from pages: done once even if they are sent twice, answered as JSON to scripts and as a page to plain forms."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, RedirectResponse, Response

MOST_KEPT = 2_000  #: answers; a browser sends again within seconds what it got no answer to
Answer = dict[str, Any]


class Answers:
    """The last answers by the token that came with the decision; safe among threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, once: str) -> Answer | None:
        """What was answered to this token."""
        with self._lock:
            return self._kept.get(once) if once else None

    def keep(self, once: str, answer: Answer) -> None:
        """Remember an answer; the oldest goes if there are too many."""
        if once:
            with self._lock:
                self._kept[once] = answer
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)


async def fields_of(request: Request) -> Mapping[str, str]:
    """The fields of a form as text; files are left out."""
    form = await request.form()
    return {name: value for name, value in form.items() if not isinstance(value, UploadFile)}


LONGEST_COMMENT = 10_000  #: characters of a remark
Fields = Annotated[Mapping[str, str], Depends(fields_of)]


def wants_json(request: Request) -> bool:
    """Whether a script asks."""
    return "application/json" in request.headers.get("accept", "")


def answered(request: Request, answer: Answer, *, back: str) -> Response:
    """The answer to a script, or for a plain form the way back to its page."""
    return JSONResponse(answer) if wants_json(request) else RedirectResponse(back, status_code=303)
