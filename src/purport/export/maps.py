"""Incidents on a map: GeoJSON (RFC 7946) and KML 2.2, one feature an incident, with every field of the incident table."""

import json
from collections.abc import Iterable
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from purport.export.case import Case, Terms, Written
from purport.export.claim_table import Cell
from purport.export.facts import facts_of
from purport.export.incident_rows import incident_row
from purport.export.tables import Row
from purport.export.xml_text import xml_safe

KML = "http://www.opengis.net/kml/2.2"
NO_POINT = "no coordinates"


def write_incident_geojson(cases: Iterable[Case], file: IO[str], *, terms: Terms) -> Written:
    """A collection; an incident without coordinates has no geometry. What is stated stands under ``purport``."""
    written = Written()
    stated = json.dumps(terms.words(), ensure_ascii=False)
    file.write(f'{{"type": "FeatureCollection", "purport": {stated}, "features": [')
    for case in cases:
        row = incident_row(facts_of(case))
        feature = {"type": "Feature", "id": case.id, "geometry": _point(row), "properties": row}
        file.write((",\n" if written.number else "\n") + json.dumps(feature, ensure_ascii=False, allow_nan=False))
        written.number += 1
    file.write("\n]}\n")
    return written


def _point(row: Row) -> dict[str, object] | None:
    longitude, latitude = row.get("longitude"), row.get("latitude")
    return None if longitude is None or latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}


def write_kml(cases: Iterable[Case], file: IO[str], *, terms: Terms) -> Written:
    """A document of placemarks; incidents without coordinates are left out and counted."""
    written = Written()
    file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{KML}">\n<Document>\n<name>Incidents</name>\n')
    file.write(f"<description>{_text(terms.in_a_line())}</description>\n")
    for case in cases:
        row = incident_row(facts_of(case))
        if _point(row) is None:
            written.left_out[NO_POINT] += 1
            continue
        file.write(_placemark(row))
        written.number += 1
    file.write("</Document>\n</kml>\n")
    return written


def _placemark(row: Row) -> str:
    """In the order that KML's schema asks for: name, description, time, extended data, geometry."""
    name = f"{str(row['type']).replace('_', ' ')}, {row.get('place', '')}"
    cells = "".join(
        f"<Data name={quoteattr(name)}><value>{_text(cell)}</value></Data>" for name, cell in row.items() if cell not in (None, "")
    )
    return (
        f'<Placemark id="{row["incident_id"]}"><name>{_text(name)}</name><description>{_text(row["summary"])}</description>{_span(row)}'
        f"<ExtendedData>{cells}</ExtendedData><Point><coordinates>{row['longitude']},{row['latitude']}</coordinates></Point></Placemark>\n"
    )


def _span(row: Row) -> str:
    first, last = row.get("first_day"), row.get("last_day")
    return f"<TimeSpan><begin>{first}</begin><end>{last}</end></TimeSpan>" if first and last else ""


def _text(cell: Cell) -> str:
    return escape(xml_safe(str(cell)))
