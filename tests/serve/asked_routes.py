"""Every GET route of ``routes.tsv`` as an address that can be asked, for tests that walk over all of them."""

import re
from pathlib import Path

TABLE = Path(__file__).parent / "routes.tsv"
#: Which id stands for a parameter of a route.
PLACES = {
    **{"id": "incident", "incident_id": "incident", "document_id": "document", "event": "event", "event_id": "event"},
    **{"claim_id": "claim", "round_id": "round", "search_id": "search", "form": "", "unit": "event"},
}
MORE = {
    "/document/{id}": ("/document/{document}", "/document/{first}"),
    "/review/{event}": ("/review/{event}", "/review/{first_event}"),
    "/review/{event}/correct": ("/review/{event}/correct?claim={claim}", "/review/{first_event}/correct?claim={first_claim}"),
    "/api/v1/comments": tuple(f"/api/v1/comments?subject={{{each}}}" for each in ("document", "first", "event", "claim", "first_claim")),
    "/api/v1/link-judgements": ("/api/v1/link-judgements?event={event}",),
    "/api/v1/claims/{claim_id}/judgements": ("/api/v1/claims/{claim}/judgements", "/api/v1/claims/{first_claim}/judgements"),
    "/find/export/{form}": tuple(f"/find/export/{form}?q=" for form in ("csv", "geojson", "jsonl")),
    "/find/cells": ("/find/cells?zoom=1",),
    "/review-places": ("/review-places?name=Kirkuk",),
    "/rounds/suggest": ("/rounds/suggest?field=place&words=Kirkuk",),
}


def routes() -> list[str]:
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return [path for method, path, _ in rows if method == "GET"]


def asked(route: str, ids: dict[str, str]) -> list[str]:
    if route in MORE:
        return [each.format(**ids) for each in MORE[route]]
    return [re.sub(r"\{(\w+)\}", lambda match: ids[PLACES[match[1]]], route)]
