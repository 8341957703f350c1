"""GeoJSON (RFC 7946): one feature for each place that is claimed for an event; a place without coordinates has no geometry."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import IO, Any

from purport.decisions import Tombstone
from purport.export.chains import chain_words
from purport.export.claim_table import count_words
from purport.model import Claim, Count, Event, Place, Report, Role, Time
from purport.status import status_code, status_of
from purport.wire import chain_to_json


def write_geojson(reports: Iterable[Report], file: IO[str], *, gone: Sequence[Tombstone] = ()) -> int:
    """The number of places written. A member ``gone`` of the collection tells what was erased, if anything was."""
    file.write('{"type": "FeatureCollection", "features": [')
    number = 0
    for number, feature in enumerate(_features(reports), start=1):
        file.write(("\n" if number == 1 else ",\n") + json.dumps(feature, ensure_ascii=False, allow_nan=False))
    told = f', "gone": {json.dumps([asdict(stone) for stone in gone], ensure_ascii=False)}' if gone else ""
    file.write(f"\n]{told}}}\n")
    return number


def _features(reports: Iterable[Report]) -> Iterator[dict[str, Any]]:
    for report in reports:
        for event in report.events:
            told = _event(event, report)
            for claim in event.claims:
                if isinstance(claim.value, Place):
                    properties = told | _claim(claim, claim.value, report=report)
                    yield {"type": "Feature", "id": claim.id, "geometry": _point(claim.value), "properties": properties}


def _point(place: Place) -> dict[str, Any] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _event(event: Event, report: Report) -> dict[str, Any]:
    document = report.document
    return {
        "document_id": document.id,
        "outlet": document.outlet,
        "title": document.title,
        "published": document.published,
        "url": document.url,
        "event_id": event.id,
        "event_type": event.type,
        "status": status_code(event, report).value,
        "status_words": status_of(event, report),
        "reality": event.reality,
        "voice": event.voice,
        "certainty": event.certainty,
        "disputed": event.disputed,
        "perpetrators": _said(event, report, role=Role.PERPETRATOR),
        "targets": _said(event, report, role=Role.TARGET),
        "times": _said(event, report, role=Role.TIME),
        "counts": _said(event, report, role=Role.COUNT),
    }


def _said(event: Event, report: Report, *, role: Role) -> list[dict[str, str]]:
    """Every value of a role, each with who says it: competing values stay side by side."""
    claims = [claim for claim in event.claims if claim.role is role]
    return [{"value": _words_of(claim), "chain": chain_words(claim.attribution_id, report)} for claim in claims]


def _words_of(claim: Claim) -> str:
    match claim.value:
        case Time(value=value, edtf=edtf):
            return edtf or value
        case Count() as count:
            return f"{count_words(count)} {count.kind}" + (f" ({count.who})" if count.who else "")
    return claim.words


def _claim(claim: Claim, place: Place, *, report: Report) -> dict[str, Any]:
    return {
        "claim_id": claim.id,
        "place": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "geonames_id": place.geonames_id,
        "precision": place.precision,
        "words": claim.words,
        "spans": [[span.start, span.end] for span in claim.spans],
        "chain": chain_to_json(claim.attribution_id, report),
        "factuality": claim.factuality.value,
        "confidence": claim.confidence,
    }
