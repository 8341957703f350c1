"""Blindness: whoever codes blind is shown nothing of what the machine or others made of these pages, by whatever way they ask.

Two guards, so that no page has to remember: a request that names something hidden is refused before it is answered (``blind_checked``,
a dependency of the whole application), and an answer that names something hidden does not leave (``BlindGuard``). What lists pages can
leave them out itself by ``hidden_in(request)``; otherwise the list as a whole is held back.
"""

import re
from collections.abc import Iterable, MutableMapping
from typing import Any

from fastapi import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from purport.decisions import Person
from purport.serve.access import Bench, bench_person
from purport.serve.drawing import draw
from purport.store.hiding import Hidden

ID = re.compile(r"(?:doc|evt|inc|clm|att)-[0-9a-f]{6,16}")
#: Pages that tell nothing of what is coded (the rounds' own keep blindness themselves; the log shows that something was done, not what).
OPEN = ("/rounds", "/static/", "/login", "/logout", "/me", "/people", "/audit")
#: Whole files of results; their rows need not name what they tell of.
EXPORTS = re.compile(r"/(?:export|exports|download)(?:/|\.|$)")
NOTHING = Hidden()


class CodedBlind(Exception):
    """Asked for something that the person who asks still codes blind."""


def blind_checked(request: Request, bench: Bench) -> None:
    """Refuse what names something hidden from who asks. Raises CodedBlind."""
    person = bench_person(request, bench)
    if person is None:
        return
    hidden = bench.stores.reading().rounds.hidden_from(person.name)
    if not hidden:
        return
    request.state.hidden, request.state.blind_person = hidden, person
    if not is_open(request.url.path) and (
        EXPORTS.search(request.url.path) or names_hidden(f"{request.url.path}?{request.url.query}", hidden)
    ):
        raise CodedBlind


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
    """Holds every answer to somebody who codes blind until it is whole, and lets it go only if it names nothing hidden."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        held: list[Message] = []

        async def hold(message: Message) -> None:
            hidden: Hidden = scope["state"].get("hidden", NOTHING)
            if not hidden:
                await send(message)
                return
            held.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                await _let_go(held, hidden=hidden, scope=scope, receive=receive, send=send)

        await self._app(scope, receive, hold)


async def _let_go(held: list[Message], *, hidden: Hidden, scope: Scope, receive: Receive, send: Send) -> None:
    body = b"".join(message.get("body", b"") for message in held)
    told = " ".join([body.decode("utf-8", "replace"), *_addresses(held[0])])
    if names_hidden(told, hidden):
        await notice(Request(scope, receive))(scope, receive, send)
        return
    for message in held:
        await send(message)


def _addresses(start: MutableMapping[str, Any]) -> list[str]:
    return [value.decode("latin-1") for name, value in start.get("headers", ()) if name.lower() == b"location"]
