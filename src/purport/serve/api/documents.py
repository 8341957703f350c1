"""Pages: lists by query, their reports, and the bytes as they were met."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from purport.serve.access import Bench
from purport.serve.api.answers import Answer
from purport.serve.api.asking import Paged, PagedReports, Seen
from purport.serve.api.reading import header, report_of
from purport.serve.api.schemas import Json, listed, ref, shown
from purport.wire import told_to_json

router = APIRouter(tags=["pages"])
TEXT, MAYBE = {"type": "string"}, {"type": ["string", "null"]}
HEADER: Json = {
    "type": "object",
    "properties": {
        **{name: TEXT for name in ("id", "language", "reader")},
        **{name: MAYBE for name in ("title", "outlet", "published", "url", "unread")},
        "events": {"type": "array", "items": TEXT},
    },
    "required": ["id", "title", "outlet", "published", "language", "url", "unread", "reader", "events"],
    "additionalProperties": False,
}
CAPTURE: Json = {
    "type": "object",
    "properties": {
        "id": TEXT,
        "digest": {**TEXT, "description": "sha256: of the bytes as they were met."},
        "sightings": {
            "type": "array",
            "description": "Where and when it was met.",
            "items": {
                "type": "object",
                "properties": {"origin": TEXT, "url": MAYBE, "retrieved_at": MAYBE},
                "required": ["origin", "url", "retrieved_at"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["id", "digest", "sightings"],
    "additionalProperties": False,
}
DOCUMENT: Json = {
    **HEADER,
    "properties": {**HEADER["properties"], "capture": CAPTURE},
    "required": [*HEADER["required"], "capture"],
}
BYTES: dict[int | str, Json] = {
    200: {"description": "The bytes", "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}

Words = Annotated[str, Query(description='As in `purport search`: words, "phrases", field:value; empty for everything.', max_length=2000)]
Machine = Annotated[bool, Query(description="As the machine read it; without it as people decided it.")]
Id = Annotated[str, Path(min_length=6, max_length=100, description="Id of a page, or its beginning.")]


@router.get("/documents", responses=listed(HEADER))
def list_documents(request: Request, bench: Bench, view: Seen, paging: Paged, query: Words = "") -> Response:
    """Pages that match, the best first, or the newest if no words are asked for; with the events that match."""
    found = bench.stores.reading().search(query, limit=paging.limit, offset=paging.offset)
    items = [_header(bench, hit.report.document.id, events=[event.id for event in hit.events], view=view) for hit in found.hits]
    return Answer(paging.page(request, items, total=found.total))


def _header(bench: Bench, document_id: str, *, events: list[str], view: Seen) -> dict[str, Any]:
    return {**header(report_of(bench.stores.reading(), document_id, view=view)), "events": events}


@router.get("/documents/{document_id}", responses=shown(DOCUMENT))
def get_document(bench: Bench, view: Seen, document_id: Id) -> Response:
    """One page: where it was met and the digest of its bytes. What it reports is under `/reports`."""
    store = bench.stores.reading()
    report = report_of(store, document_id, view=view)
    capture = store.show(report.document.capture_id)
    seen = [{"origin": each.origin, "url": each.url, "retrieved_at": each.retrieved_at} for each in capture.sightings]
    hidden = [{**each, "origin": "", "url": None} for each in seen]  # addresses and names of files often spell a name out
    told = {"id": capture.id, "digest": capture.digest, "sightings": hidden if view.is_masked else seen}
    return Answer({**header(report), "capture": told})


@router.get("/documents/{document_id}/content", responses=BYTES)
def get_content(bench: Bench, view: Seen, document_id: Id) -> Response:
    """The page's bytes as they were met, to be kept as a file; only with `unmasked`, for no name in them can be withheld."""
    if view.is_masked:
        raise HTTPException(403, "the bytes of a page hold names; ask with unmasked=true")
    store = bench.stores.reading()
    content = store.content(store.report(document_id).document.capture_id)
    headers = {"Content-Disposition": f'attachment; filename="{document_id}.bin"', "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.get("/reports", responses=listed(ref("Report")))
def list_reports(request: Request, bench: Bench, view: Seen, paging: PagedReports, query: Words = "", machine: Machine = False) -> Response:
    """Whole reports of the pages that match, as `purport export --format jsonl` writes them; each with all its events."""
    store = bench.stores.reading()
    found = store.search(query, limit=paging.limit, offset=paging.offset)
    items = [told_to_json(report_of(store, hit.report.document.id, view=view, machine=machine)) for hit in found.hits]
    return Answer(paging.page(request, items, total=found.total))


@router.get("/reports/{document_id}", responses=shown(ref("Report")))
def get_report(bench: Bench, view: Seen, document_id: Id, machine: Machine = False) -> Response:
    """What one page reports, as `purport show --json` prints it."""
    return Answer(told_to_json(report_of(bench.stores.reading(), document_id, view=view, machine=machine)))
