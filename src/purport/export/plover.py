"""PLOVER JSON: one event a line, with its reality in the contexts, who says it, and the exact words in the text objects."""

import json
from collections.abc import Iterable
from typing import IO, Any

from purport.export.case import Terms, Written
from purport.export.claim_table import count_words
from purport.export.crosswalk import country_code, sector_of
from purport.export.event_words import actors_of, affirmed, contexts_of, days_told, place_of, plover_of, told_events
from purport.export.polecat import actor_code_of
from purport.model import Claim, Count, Event, Place, Report, Role, Spans
from purport.print_safe import json_safe
from purport.software import software
from purport.status import quote_of, status_code, status_of
from purport.wire import chain_to_json

CODEBOOK = "plover-base-0.8"
SIZES = {"killed": "dead", "injured": "injured", "detained": "arrested"}


def write_plover(reports: Iterable[Report], file: IO[str], *, terms: Terms) -> Written:
    """JSON Lines, with what was left out."""
    written = Written()
    for report, event in told_events(reports):
        record = plover_record(event, report, terms=terms)
        if record is None:
            written.left_out[f"no such event in PLOVER: {event.type}"] += 1
            continue
        file.write(json_safe(json.dumps(record, ensure_ascii=False, allow_nan=False)) + "\n")
        written.number += 1
    return written


def plover_record(event: Event, report: Report, *, terms: Terms) -> dict[str, Any] | None:
    """One event; None for a type that PLOVER has not. What is not PLOVER's own stands under ``purport``."""
    code = plover_of(event)
    if code is None:
        return None
    category, mode, quad = code
    days = days_told(event)
    date = days[0] if days else (report.document.published or "")[:10]
    record: dict[str, Any] = {
        "id": event.id,
        "date": date or None,
        **({"enddate": days[1]} if days and days[1] != days[0] else {}),
        "source": _actors(event, Role.PERPETRATOR),
        "recipient": _actors(event, Role.TARGET),
        "event": [category],
        "mode": [mode] if mode else [],
        "context": contexts_of(event),
        "quad_code": quad,
        "event_loc": _location(event),
        "event_text": [quote_of(report.document.text, event.triggers)],
        "text_info": [_span(span.start, span.end) for span in event.triggers],
        "cite_info": _cite(report),
        "coder": software(),
        **_sizes(event),
        "purport": _told(event, report, terms=terms),
    }
    return record


def _actors(event: Event, role: Role) -> list[dict[str, Any]]:
    return [
        {
            "code": actor_code_of(thing) or None,
            "sector": sector_of(thing, "sectors") or None,
            "actor_text": claim.words,
            "identifier_id": thing.actor_code,
            "identifier_text": thing.name,
        }
        for thing, claim in actors_of(event, role).items()
    ]


def _location(event: Event) -> dict[str, Any] | None:
    found = place_of(event)
    if found is None:
        return None
    place: Place = found[0]
    return {
        "geonameid": place.geonames_id,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country code": place.country,
        "cc3": country_code(place.country, "iso3") or None,
        "admin1 code": place.admin1,
    }


def _span(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}


def _cite(report: Report) -> dict[str, Any]:
    document = report.document
    return {
        "url": document.url,
        "title": document.title,
        "language": document.language,
        "publication": document.outlet,
        "copyright": document.rights,
        "codebook": CODEBOOK,
        "coder": report.reader,
    }


def _sizes(event: Event) -> dict[str, list[str]]:
    """Every count of the kinds that PLOVER names: competing figures stay side by side."""
    found: dict[str, list[str]] = {}
    for claim in affirmed(event, Role.COUNT):
        if isinstance(claim.value, Count) and claim.value.kind in SIZES:
            found.setdefault(SIZES[claim.value.kind], []).append(count_words(claim.value))
    return {name: list(dict.fromkeys(values)) for name, values in found.items()}


def _told(event: Event, report: Report, *, terms: Terms) -> dict[str, Any]:
    return {
        "status": status_code(event, report).value,
        "status_words": status_of(event, report),
        "reality": event.reality,
        "voice": event.voice,
        "certainty": event.certainty,
        "disputed": event.disputed,
        "names": "withheld" if terms.mask_names else "written out",
        "document_id": report.document.id,
        "claims": [_claim(claim, report) for claim in event.claims],
    }


def _claim(claim: Claim, report: Report) -> dict[str, Any]:
    return {
        "id": claim.id,
        "role": claim.role.value,
        "text": claim.words,
        "text_info": _spans(claim.spans),
        "factuality": claim.factuality.value,
        "confidence": claim.confidence,
        "attribution": chain_to_json(claim.attribution_id, report),
    }


def _spans(spans: Spans) -> list[dict[str, int]]:
    return [_span(span.start, span.end) for span in spans]
