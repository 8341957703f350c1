"""What surrounds every answer: security headers, the hosts under which it may be asked, and a limit to what may be sent."""

import asyncio
import time
from collections.abc import MutableMapping
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Own files alone; no script or style in a page, no frames, no pictures from elsewhere.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
BODY_SECONDS = 60.0  #: for a whole request to arrive
CLOSE = {"Connection": "close"}
MOST_BYTES = 2_000_000  #: of one request; the longest form is a selection and a note


class SecurityHeaders:
    """Adds :data:`HEADERS` to every answer, and keeps pages out of caches on a shared machine."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_static = scope["path"].startswith("/static/")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(message, {**HEADERS, "Cache-Control": "public, max-age=3600" if is_static else "no-store"})
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _add(message: MutableMapping[str, Any], headers: dict[str, str]) -> None:
    present = {name.lower() for name, _ in message["headers"]}
    added = [(name.lower().encode(), value.encode()) for name, value in headers.items() if name.lower().encode() not in present]
    message["headers"] = [*message["headers"], *added]


class BodyLimit:
    """Refuses a request of more than :data:`MOST_BYTES`, also one that does not say how long it is, and one that does not arrive in time.

    Once refused, the application hears that the other side has gone, and nothing that it still says is sent.
    """

    def __init__(self, app: ASGIApp, *, seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if (int_or_none(dict(scope["headers"]).get(b"content-length", b"0")) or 0) > MOST_BYTES:
            await _too_long()(scope, receive, send)
            return
        body = _Body(scope, receive, send=send, seconds=self._seconds)
        try:
            await self._app(scope, body.receive, body.send)
        except Exception:
            if not body.is_refused:
                raise


class _Body:
    """The body of one request while it arrives."""

    def __init__(self, scope: Scope, receive: Receive, *, send: Send, seconds: float) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._until = time.monotonic() + seconds
        self._taken = 0
        self._is_whole = self._is_answered = self.is_refused = False

    async def receive(self) -> Message:
        if self.is_refused:
            return {"type": "http.disconnect"}
        if self._is_whole:  # what comes now is only that the other side goes
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), max(self._until - time.monotonic(), 0.001))
        except TimeoutError:
            return await self._refuse(_too_slow())
        self._taken += len(message.get("body", b""))
        if self._taken > MOST_BYTES:
            return await self._refuse(_too_long())
        self._is_whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if not self.is_refused:
            self._is_answered = True
            await self._send(message)

    async def _refuse(self, answer: PlainTextResponse) -> Message:
        if not self._is_answered:
            await answer(self._scope, self._receive, self._send)
        self.is_refused = True
        return {"type": "http.disconnect"}


def int_or_none(said: bytes) -> int | None:
    """The number of a header; None if it is none."""
    return int(said) if said.isdigit() and len(said) < 20 else None


def _too_long() -> PlainTextResponse:
    return PlainTextResponse(f"more than {MOST_BYTES:,} bytes were sent; send less at once\n", status_code=413, headers=CLOSE)


def _too_slow() -> PlainTextResponse:
    return PlainTextResponse("what was sent did not arrive in time; send it again\n", status_code=408, headers=CLOSE)
