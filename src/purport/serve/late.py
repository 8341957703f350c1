"""An application that is made when it is first asked, so that a start need not wait for it."""

import threading
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send


class Late:
    """Stands for what ``make`` makes, once, from whatever thread."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._made: ASGIApp | None = None
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = await run_in_threadpool(self.made) if self._made is None else self._made
        await app(scope, receive, send)

    def made(self) -> ASGIApp:
        """The application itself."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    @property
    def routes(self) -> list[Any]:
        """Its routes; who looks has it made."""
        return list(getattr(self.made(), "routes", ()))
