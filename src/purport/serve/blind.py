"""Blindness: whoever codes blind is shown nothing of what the machine or others made of these pages, by whatever way they ask.

One guard around all routes, those of the API too, so that no page has to remember: a request that names something hidden is refused before
it is answered, and an answer that names something hidden does not leave. What lists pages can leave them out itself by
``hidden_in(request)``; otherwise the list as a whole is held back.
"""

import re
from collections.abc import Iterable

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from purport.decisions import Person
from purport.serve.access import bench_person, session_of
from purport.serve.drawing import draw
from purport.serve.workbench import workbench_of
from purport.store.hiding import Hidden

ID = re.compile(r"(?:doc|evt|inc|clm|att)-[0-9a-f]{6,16}")
#: Pages that tell nothing of what is coded (the rounds' own keep blindness themselves; the log shows that something was done, not what).
OPEN = ("/rounds", "/static/", "/login", "/logout", "/me", "/people")
LOG = "/audit"  #: in words; whoever has names shown may open the details of its entries, too
#: Whole files of results; their rows need not name what they tell of.
EXPORTS = re.compile(r"/(?:export|exports|download)(?:/|\.|$)")
NOTHING = Hidden()


def hidden_in(request: Request) -> Hidden:
    """What is hidden from who asks; empty for most."""
    found: Hidden = getattr(request.state, "hidden", NOTHING)
    return found


def is_open(path: str) -> bool:
    """Whether a page tells nothing of what is coded."""
    return path == "/" or path.startswith(OPEN)


def names_hidden(words: str, hidden: Hidden) -> bool:
    """Whether an id of something hidden, or its beginning, stands in the words."""
    found = set(ID.findall(words))
    return not hidden.ids.isdisjoint(found) or any(_is_begun(each, hidden.ids) for each in found if len(each) < len("doc-") + 16)


def _is_begun(beginning: str, ids: Iterable[str]) -> bool:
    return any(each.startswith(beginning) for each in ids)


def notice(request: Request) -> Response:
    """What stands in place of what is hidden."""
    hidden = hidden_in(request)
    names = ", ".join(sorted(hidden.rounds.values()))
    if request.url.path.startswith("/api/"):
        told = f"You code some of this blind in {names}; it is shown once you have handed in your answers."
        return JSONResponse({"error": told}, status_code=403)
    person: Person | None = getattr(request.state, "blind_person", None)
    return draw(request, "blind.html", status=403, person=person, rounds=sorted(hidden.rounds.items()))


class BlindGuard:
    """Refuses what names something hidden from who asks; lets an answer to somebody who codes blind go only if it names nothing hidden."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive) if scope["type"] == "http" else None
        if request is None or is_open(scope["path"]) or _is_plain_log(request):
            await self._app(scope, receive, send)
            return
        hidden = await run_in_threadpool(_hidden_from, request)
        if not hidden:
            await self._app(scope, receive, send)
        elif EXPORTS.search(scope["path"]) or names_hidden(f"{scope['path']}?{request.url.query}", hidden):
            await notice(request)(scope, receive, send)
        else:
            await self._app(scope, receive, _Held(request, send, hidden=hidden).take)


def _is_plain_log(request: Request) -> bool:
    return request.url.path == LOG and not session_of(request).is_unmasked


def _hidden_from(request: Request) -> Hidden:
    """What is hidden from who asks; kept with the request for :func:`hidden_in`."""
    bench = workbench_of(request)
    person = bench_person(request, bench)
    hidden = bench.stores.reading().rounds.hidden_from(person.name) if person else NOTHING
    request.state.hidden, request.state.blind_person = hidden, person
    return hidden


class _Held:
    """An answer until it is whole."""

    def __init__(self, request: Request, send: Send, *, hidden: Hidden) -> None:
        self._request, self._send, self._hidden = request, send, hidden
        self._messages: list[Message] = []

    async def take(self, message: Message) -> None:
        """One message of the answer; with the last one it is let go, or the notice in its place."""
        self._messages.append(message)
        if message["type"] != "http.response.body" or message.get("more_body", False):
            return
        if names_hidden(self._told(), self._hidden):
            await notice(self._request)(self._request.scope, self._request.receive, self._send)
            return
        for held in self._messages:
            await self._send(held)

    def _told(self) -> str:
        body = b"".join(message.get("body", b"") for message in self._messages).decode("utf-8", "replace")
        headers = self._messages[0].get("headers", ())
        return " ".join([body, *(value.decode("latin-1") for name, value in headers if name.lower() == b"location")])
