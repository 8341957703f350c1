"""What was erased: no content, but the digest, the reason and the time."""

from dataclasses import asdict

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from purport.serve.access import Bench, Reader
from purport.serve.api.answers import Answer
from purport.serve.api.asking import Paged

router = APIRouter(tags=["erasure"])


class KeptTombstone(BaseModel):
    """What stays of a page that was erased; `counts`: what went with it."""

    document_id: str
    capture_id: str
    digest: str
    why: str
    coder: str
    made_at: str
    counts: dict[str, int]


class TombstoneList(BaseModel):
    """A page of a list."""

    total: int
    limit: int
    offset: int
    next: str | None
    items: list[KeptTombstone]


@router.get("/tombstones", response_model=TombstoneList)
def list_tombstones(request: Request, bench: Bench, _person: Reader, paging: Paged) -> Response:
    """Every page that was erased."""
    every = bench.stores.reading().erasing.tombstones()
    items = [{**asdict(each), "counts": dict(each.counts)} for each in every[paging.offset :][: paging.limit]]
    return Answer(paging.page(request, items, total=len(every)))
