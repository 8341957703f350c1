"""CSV: one row a claim, for spreadsheets and statistics."""

import csv
from collections.abc import Iterable, Iterator
from typing import IO

from purport.codebook import group_of, in_use, own_role, own_status
from purport.export.chains import chain_words
from purport.model import Claim, Count, Event, EventType, Place, Report, Thing, Time, Value
from purport.status import status_code, status_of
from purport.wording import label

COLUMNS = (
    "document_id", "outlet", "title", "published", "url",
    "event_id", "event_type", "status", "status_words", "reality", "voice", "certainty", "disputed",
    "claim_id", "role", "value", "words", "spans",
    "chain", "stance", "source_kind", "named", "party", "duress", "factuality", "confidence", "origin",
    "thing_kind", "actor_code", "country", "admin1", "geonames_id", "latitude", "longitude", "precision", "edtf",
    "count_kind", "low", "high", "who", "reader",
)  # fmt: skip

#: What a project's own codebook adds: the label and group of the type, its names for the status and the role.
OWN_COLUMNS = ("event_label", "event_group", "own_status", "own_role")


def claim_columns() -> tuple[str, ...]:
    """The columns, with those of the codebook in use if there is one."""
    return (*COLUMNS, *OWN_COLUMNS) if in_use() else COLUMNS


#: What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), the full-width signs included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | None


def write_csv(reports: Iterable[Report], file: IO[str]) -> int:
    """The number of claims written. Text that a spreadsheet would run as a formula begins with an apostrophe."""
    writer = csv.DictWriter(file, claim_columns(), restval="", lineterminator="\n")
    writer.writeheader()
    number = 0
    for row in claim_rows(reports):
        writer.writerow({name: harmless(cell) for name, cell in row.items()})
        number += 1
    return number


def harmless(cell: Cell) -> Cell:
    """The cell, with an apostrophe before text that looks like a formula; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_STARTS):
        return "'" + cell
    return cell


def claim_rows(reports: Iterable[Report]) -> Iterator[dict[str, Cell]]:
    """One row a claim."""
    for report in reports:
        page = _page(report)
        for event in report.events:
            told = page | _event(event, report)
            for claim in event.claims:
                yield told | _claim(claim, report) | _source(claim, report) | _value(claim.value) | _own_role(claim, event)


def _page(report: Report) -> dict[str, Cell]:
    document = report.document
    return {
        "document_id": document.id,
        "outlet": document.outlet,
        "title": document.title,
        "published": document.published,
        "url": document.url,
        "reader": report.reader,
    }


def _event(event: Event, report: Report) -> dict[str, Cell]:
    return {
        "event_id": event.id,
        "event_type": event.type,
        "status": status_code(event, report).value,
        "status_words": status_of(event, report),
        "reality": event.reality,
        "voice": event.voice,
        "certainty": event.certainty,
        "disputed": _yes(event.disputed),
        **_own(event, report),
    }


def _own(event: Event, report: Report) -> dict[str, Cell]:
    if not in_use():
        return {}
    status = own_status(event, report)
    group = in_use().groups.get(group_of(event.type))
    return {
        "event_label": label(event.type),
        "event_group": group.label if group else None,
        "own_status": status.code if status else None,
    }


def _own_role(claim: Claim, event: Event) -> dict[str, Cell]:
    own = own_role(claim, event.type) if in_use() else None
    return {"own_role": own.code} if own else {}


def _claim(claim: Claim, report: Report) -> dict[str, Cell]:
    return {
        "claim_id": claim.id,
        "role": claim.role.value,
        "words": claim.words,
        "spans": " ".join(f"{span.start}:{span.end}" for span in claim.spans),
        "chain": chain_words(claim.attribution_id, report),
        "factuality": claim.factuality.value,
        "confidence": claim.confidence,
        "origin": claim.origin,
    }


def _source(claim: Claim, report: Report) -> dict[str, Cell]:
    chain = report.chain(claim.attribution_id)
    if not chain:
        return {}
    source = chain[-1].source
    if source is None:
        return {"stance": chain[-1].stance.value}
    return {
        "stance": chain[-1].stance.value,
        "source_kind": source.kind.value,
        "named": _yes(source.named),
        "party": _yes(source.party),
        "duress": _yes(source.duress),
    }


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _value(value: Value) -> dict[str, Cell]:
    match value:
        case Thing():
            return {"value": value.name, "thing_kind": value.kind.value, "actor_code": value.actor_code}
        case Place():
            return _place(value)
        case Time():
            return {"value": value.value, "edtf": value.edtf}
        case Count():
            return {"value": count_words(value), "count_kind": value.kind, "low": value.low, "high": value.high, "who": value.who}
        case EventType():
            return {"value": value.code}


def _place(place: Place) -> dict[str, Cell]:
    return {
        "value": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "geonames_id": place.geonames_id,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision,
    }


def count_words(count: Count) -> str:
    """A count as a range: "12", "12..20", "12.." (at least), "..20" (at most)."""
    if count.low is not None and count.low == count.high:
        return str(count.low)
    low, high = ("" if end is None else str(end) for end in (count.low, count.high))
    return f"{low}..{high}"
