"""The API as an application of its own below the workbench, with its own description and its own form of errors."""

from importlib.metadata import PackageNotFoundError, version

from fastapi import Depends, FastAPI
from starlette.responses import Response

from purport.serve.api import deciding, documents, erased, events, incidents, log, rounds, searches, start
from purport.serve.api.answers import HANDLERS, PROBLEMS, Answer
from purport.serve.api.asking import from_here, known_parameters
from purport.serve.api.schemas import describe
from purport.serve.workbench import Workbench

DESCRIPTION = (
    "Pages, events, claims, incidents and people's decisions of one project file. Names of victims, witnesses and minors are withheld"
    " unless `unmasked=true` asks for them, which stands in the log. Lists come by pages: `limit`, `offset`, and the address of the `next`."
)


def create_api(workbench: Workbench) -> FastAPI:
    """The API over an open workbench; it is mounted at :data:`purport.serve.api.ADDRESS`."""
    dependencies = [Depends(from_here), Depends(known_parameters)]
    api = FastAPI(
        title="purport",
        version=_version(),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=dependencies,
        responses=dict(PROBLEMS),
        default_response_class=Answer,
    )
    api.state.workbench = workbench
    for handled, handler in HANDLERS.items():
        api.add_exception_handler(handled, handler)
    for part in (documents, events, incidents, searches, deciding, rounds, erased, log):
        api.include_router(part.router)
    api.include_router(start.router)

    @api.get("/openapi.json", include_in_schema=False)
    def openapi() -> Response:
        return Answer(describe(api))

    api.openapi = lambda: describe(api)  # type: ignore[method-assign]
    return api


def _version() -> str:
    try:
        return version("purport")
    except PackageNotFoundError:
        return "0"
