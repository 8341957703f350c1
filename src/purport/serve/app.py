"""The workbench as an ASGI application."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, RedirectResponse, Response

from purport.errors import InputError, PurportError, QueryError, StoreError
from purport.serve import pages
from purport.serve.access import LoginNeeded, cookie_of, csrf_checked, set_cookie
from purport.serve.api import ADDRESS
from purport.serve.blind import BlindGuard
from purport.serve.drawing import draw
from purport.serve.following import FollowCodebook
from purport.serve.guards import BodyLimit, SecurityHeaders
from purport.serve.late import Late
from purport.serve.sessions import Session
from purport.serve.stores import Stores
from purport.serve.workbench import Options, Workbench

STATIC = Path(__file__).parent / "static"
STATUS = {StoreError: 404, QueryError: 400, InputError: 422}  #: of what went wrong, as HTTP tells it
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]", "::1")


def create_app(path: str | Path, *, options: Options | None = None) -> FastAPI:
    """The application over one project file. Raises StoreError if it cannot be opened."""
    options = options or Options()
    workbench = Workbench(Stores(Path(path)), options)
    workbench.stores.reading()  # says at once what is wrong with the file
    app = FastAPI(
        lifespan=_kept_up(workbench), title="purport", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(csrf_checked)]
    )
    app.state.workbench = workbench
    app.add_middleware(BlindGuard)  # the innermost: it must know who asks
    app.middleware("http")(_with_session(workbench))
    app.add_middleware(BodyLimit)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL_HOSTS, options.host, *options.allowed_hosts], www_redirect=False)
    app.add_middleware(FollowCodebook, workbench=workbench)
    app.add_middleware(SecurityHeaders)  # the outermost: refusals have them too
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount(ADDRESS, Late(partial(_api, workbench)), name="api")
    for router in pages.routers():
        app.include_router(router)
    _explain_errors(app)
    return app


def _api(workbench: Workbench) -> FastAPI:
    from purport.serve.api.application import create_api

    return create_api(workbench)


def _kept_up(workbench: Workbench) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """While the application runs, cards are kept up to date and the index is warm."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        workbench.keeper.start()
        try:
            yield
        finally:
            await run_in_threadpool(workbench.keeper.stop)

    return lifespan


Next = Callable[[Request], Awaitable[Response]]


def _with_session(workbench: Workbench) -> Callable[[Request, Next], Awaitable[Response]]:
    async def with_session(request: Request, call_next: Next) -> Response:
        fresh, session = None, workbench.sessions.find(cookie_of(request))
        if session is None and request.url.path.startswith(("/static/", "/api/")):
            session = Session.new()  # nobody's, and not kept
        if session is None:
            fresh, session = workbench.sessions.start()
        request.state.session = session
        response = await call_next(request)
        if fresh is not None and workbench.cookie not in response.headers.get("set-cookie", ""):
            set_cookie(response, fresh, bench=workbench)
        return response

    return with_session


def _explain_errors(app: FastAPI) -> None:
    async def login(request: Request, _: Exception) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": "log in first, or send a token"}, status_code=401, headers={"WWW-Authenticate": "Bearer"})
        asked = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        return RedirectResponse(f"/login?next={quote(asked, safe='/') if request.method == 'GET' else '/'}", status_code=303)

    async def told(request: Request, error: Exception) -> Response:
        status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)
        return _error(request, status, what=str(error))

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
        return _error(request, error.status_code, what=str(error.detail))

    app.add_exception_handler(LoginNeeded, login)
    app.add_exception_handler(PurportError, told)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(404, lambda request, _: _error(request, 404, what="There is no such page."))


def _error(request: Request, status: int, *, what: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": what}, status_code=status)
    return draw(request, "error.html", status=status, what=what)
