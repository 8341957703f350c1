"""Answers of the API: JSON that any text can stand in, and one form for everything that went wrong."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import compile_path

from purport.errors import InputError, PurportError, QueryError, StoreError
from purport.serve.access import LoginNeeded
from purport.serve.api.schemas import describe

PLAINER = {"Not Found": "there is no such address", "Method Not Allowed": "this address does not take this method"}
#: What StoreErrors say when the thing that was asked for is not there; any other refuses what was to be done.
NOT_THERE = ("no ", "nothing has ", "this prefix fits several")


class Fault(BaseModel):
    """One part of a request that makes no sense."""

    where: str = Field(description="The part: query, path or body, and its name.")
    what: str


class Problem(BaseModel):
    """Why a request was not answered."""

    error: str = Field(description="What went wrong.")
    where: str = Field("", description="The id, field or place in the query that it is about.")
    remedy: str = Field("", description="What to do.")
    faults: list[Fault] = Field([], description="Every part of the request that makes no sense.")


#: What any route may answer beside what it gives.
PROBLEMS: Mapping[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "A query that makes no sense"},
    401: {"model": Problem, "description": "Nobody is logged in, or the token is unknown"},
    403: {"model": Problem, "description": "This person may not"},
    404: {"model": Problem, "description": "There is no such thing"},
    409: {"model": Problem, "description": "What is kept forbids it"},
    422: {"model": Problem, "description": "A parameter or body that makes no sense"},
    503: {"model": Problem, "description": "The project file cannot be read or written now"},
}


class Answer(JSONResponse):
    """JSON; text that is no valid Unicode, as damaged pages have it, goes in ASCII escapes."""

    def render(self, content: Any) -> bytes:
        """The bytes of the answer."""
        try:
            return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        except UnicodeEncodeError:
            return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()


def problem(
    status: int, error: str, *, where: str = "", remedy: str = "", faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> Answer:
    """The answer to a request that cannot be answered."""
    made = Problem(error=error, where=where, remedy=remedy, faults=list(faults))
    return Answer(made.model_dump(), status_code=status, headers=dict(headers or {}))


async def told(_request: Request, error: Exception) -> Response:
    """For an error that says what to do."""
    assert isinstance(error, PurportError)  # noqa: S101 - registered for it alone
    headers = {"Retry-After": "5"} if status_of(error) == 503 else {}
    return problem(status_of(error), error.what, where=error.where, remedy=error.remedy, headers=headers)


def status_of(error: PurportError) -> int:
    """404 for what is not there, 409 for what cannot be done, 400 for a poor query, 422 for poor input, 503 where SQLite gave up."""
    if isinstance(error, QueryError | InputError):
        return 400 if isinstance(error, QueryError) else 422
    if not isinstance(error, StoreError):
        return 500
    if isinstance(error.__cause__, sqlite3.Error):
        return 503
    return 404 if error.what.startswith(NOT_THERE) else 409


async def refused(request: Request, error: Exception) -> Response:
    """For an error of HTTP: an unknown address, a method that is not known there, a role that is too low."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    what = PLAINER.get(str(error.detail), str(error.detail))
    headers = {"Allow": ", ".join(methods_at(request))} if error.status_code == 405 else error.headers
    return problem(error.status_code, what, headers=headers)


def methods_at(request: Request) -> list[str]:
    """What may be asked of this address, by the description; Starlette names only what its first route takes."""
    path = request.url.path.removeprefix(str(request.scope.get("root_path", "")))
    paths = describe(request.app)["paths"].items()
    return sorted({method.upper() for address, methods in paths if compile_path(address)[0].match(path) for method in methods} or {"GET"})


async def unknown(_request: Request, _error: Exception) -> Response:
    """For a request of nobody."""
    return problem(401, "log in first, or send a token", headers={"WWW-Authenticate": "Bearer"})


async def misread(_request: Request, error: Exception) -> Response:
    """For parameters or a body that do not have the form that is asked for."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it alone
    faults = [Fault(where=" ".join(map(str, each["loc"])), what=str(each["msg"])) for each in error.errors()]
    return problem(422, "the request makes no sense", faults=faults, remedy="see openapi.json for what is taken")


HANDLERS = {PurportError: told, HTTPException: refused, LoginNeeded: unknown, RequestValidationError: misread}
