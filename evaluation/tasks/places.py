"""Toponyms with GeoNames ids and points. These sets also mark adjectives of place, which the product keeps apart: they are added here."""

from typing import Any

from purport.extract import document_of_text
from purport.read import read
from purport.settings import Settings


def predict(record: dict[str, Any], *, settings: Settings) -> dict[str, Any]:
    document = document_of_text(
        record["text"], id=str(record["id"]), title=record.get("title"), published=record.get("published") or record.get("dct")
    )
    return {"id": record["id"], "toponyms": [_line(toponym) for toponym in read(document, settings=settings).toponyms]}


def _line(toponym: Any) -> dict[str, Any]:
    return {
        "start": toponym.span.start,
        "end": toponym.span.end,
        "geonameid": None if toponym.geonames_id is None else str(toponym.geonames_id),
        "lat": toponym.latitude,
        "lon": toponym.longitude,
    }
