"""Every request follows the project's own codebook, the one that the file holds when it comes."""

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from purport.codebook import Codebook, follow
from purport.serve.workbench import Workbench


class FollowCodebook:
    """Middleware that takes the project's codebook into use for one request; threads that answer it inherit that."""

    def __init__(self, app: ASGIApp, *, workbench: Workbench) -> None:
        self._app = app
        self._workbench = workbench

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not str(scope["path"]).startswith("/static/"):
            follow(await run_in_threadpool(self._kept))
        await self._app(scope, receive, send)

    def _kept(self) -> Codebook | None:
        return self._workbench.stores.reading().codebooks.current()
