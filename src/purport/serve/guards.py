"""What surrounds every answer: security headers, the hosts under which it may be asked, and a limit to what may be sent."""

from collections.abc import Awaitable, Callable, MutableMapping
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
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
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
    """Refuses a request of more than :data:`MOST_BYTES`, also one that does not say how long it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (int_or_none(dict(scope["headers"]).get(b"content-length", b"0")) or 0) > MOST_BYTES:
            await _refusal()(scope, receive, send)
            return
        await self._app(scope, _limited(receive), send)


def int_or_none(said: bytes) -> int | None:
    """The number of a header; None if it is none."""
    return int(said) if said.isdigit() else None


def _limited(receive: Receive) -> Callable[[], Awaitable[Message]]:
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            return {"type": "http.disconnect"}
        return message

    return receive_limited


def _refusal() -> PlainTextResponse:
    return PlainTextResponse(f"more than {MOST_BYTES:,} bytes were sent; send less at once\n", status_code=413)
