"""How a report travelled: from its origins through agencies and outlets to the pages."""

from collections.abc import Iterator

from purport.accounts import Leg, Route, Stop
from purport.incident import Folded, Incident, Origin
from purport.incidents.origins_names import is_same
from purport.model import Document, hashed_id

NO_OUTLET = "outlet not known"


def route_of(incident: Incident) -> Route:
    """Stops and legs of an incident with its origins. A copy hangs on the page it copies, not on the origin once more."""
    documents = {telling.document.id: telling.document for telling in incident.tellings}
    pages = {document.id: _page(document) for document in documents.values()}
    origins = [Stop(origin.id, origin.name, "origin", _first_day(origin, documents), origin.standing) for origin in incident.origins]
    carriers: dict[str, Stop] = {}
    legs: dict[tuple[str, str], Leg] = {}
    for origin in incident.origins:
        for folded in origin.folded:
            for leg in _legs(origin, folded, documents=documents, carriers=carriers):
                legs.setdefault((leg.first, leg.second), leg)
    ordered = sorted(pages.values(), key=lambda stop: (stop.day or "9999", stop.name, stop.id))
    return Route((*origins, *carriers.values(), *ordered), tuple(legs.values()))


def _page(document: Document) -> Stop:
    return Stop(document.id, document.outlet or NO_OUTLET, "page", document.published, document_id=document.id)


def _first_day(origin: Origin, documents: dict[str, Document]) -> str | None:
    days = [documents[folded.document_id].published for folded in origin.folded if folded.document_id in documents]
    return min((day for day in days if day), default=None)


def _legs(origin: Origin, folded: Folded, *, documents: dict[str, Document], carriers: dict[str, Stop]) -> Iterator[Leg]:
    on_original = any(other.document_id == folded.parent_id for other in origin.folded)
    if on_original and folded.parent_id in documents and folded.share is not None and folded.parent_id:
        yield Leg(folded.parent_id, folded.document_id, f"{folded.share:.0%} of its word runs")
        return
    last = origin.id
    for name in folded.via:
        known = next((d for d in documents.values() if d.outlet and is_same(d.outlet, name)), None)
        stop = _page(known) if known else Stop(hashed_id("car", name.casefold()), name, "carrier", documents[folded.document_id].published)
        if stop.id == folded.document_id or stop.id == last:
            continue
        if known is None:
            stop = carriers.setdefault(stop.id, stop)
        yield Leg(last, stop.id, f"via {name}")
        last = stop.id
    yield Leg(last, folded.document_id, folded.why)
