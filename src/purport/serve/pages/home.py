"""The first page."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from purport.serve.access import Reader

router = APIRouter()


@router.get("/")
def home(_request: Request, _person: Reader) -> Response:
    """Leads to what there is to find."""
    return RedirectResponse("/find", status_code=303)
