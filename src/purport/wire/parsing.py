"""JSON → Report. What the JSON repeats for its readers (words, chains, status, digest) is derived again, not read."""

from collections.abc import Mapping
from typing import Any

from purport.errors import InputError
from purport.model import (
    Attribution,
    Block,
    BlockKind,
    Claim,
    Count,
    Document,
    Entity,
    EntityKind,
    Event,
    EventType,
    Factuality,
    Place,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Spans,
    Stance,
    Thing,
    Time,
    Value,
)
from purport.wire.writing import SCHEMA

Json = Mapping[str, Any]

PLAIN_DOCUMENT_FIELDS = (
    "id",
    "capture_id",
    "text",
    "title",
    "outlet",
    "byline",
    "published",
    "published_from",
    "language",
    "rights",
    "url",
    "unread",
)


def report_from_json(record: Json) -> Report:
    """The report that :func:`purport.wire.report_to_json` wrote. Raises InputError for another schema or a broken record."""
    schema = record.get("schema") if isinstance(record, Mapping) else None
    if schema != SCHEMA:
        raise InputError(f"schema is {schema!r}, not {SCHEMA!r}", remedy="read it with the version of purport that wrote it")
    try:
        return _report(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"broken {SCHEMA} record: {type(error).__name__}: {error}", remedy="write it again with purport") from error


def _report(record: Json) -> Report:
    return Report(
        document=_document(record["document"]),
        attributions=tuple(_attribution(link) for link in record["attributions"]),
        events=tuple(_event(event) for event in record["events"]),
        entities=tuple(_entity(entity) for entity in record["entities"]),
        reader=record["reader"],
    )


def _document(record: Json) -> Document:
    return Document(
        **{name: record[name] for name in PLAIN_DOCUMENT_FIELDS},
        blocks=tuple(Block(_span(block), BlockKind(block["kind"])) for block in record["blocks"]),
        furniture=tuple(record["furniture"]),
    )


def _span(record: Json) -> Span:
    return Span(record["start"], record["end"])


def _spans(records: list[Json]) -> Spans:
    return tuple(_span(record) for record in records)


def _entity(record: Json) -> Entity:
    return Entity(**{**record, "kind": EntityKind(record["kind"])})


def _attribution(record: Json) -> Attribution:
    return Attribution(
        id=record["id"],
        source=None if record["source"] is None else _source(record["source"]),
        cue=_spans(record["cue"]["spans"]),
        content=_spans(record["content"]["spans"]),
        stance=Stance(record["stance"]),
        parent_id=record["parent_id"],
        confidence=record["confidence"],
    )


def _source(record: Json) -> Source:
    return Source(
        spans=_spans(record["spans"]),
        named_spans=_spans(record["named_spans"]),
        entity_id=record["entity_id"],
        kind=SourceKind(record["kind"]),
        named=record["named"],
        party=record["party"],
        duress=record["duress"],
    )


def _event(record: Json) -> Event:
    return Event(
        id=record["id"],
        document_id=record["document_id"],
        type=record["type"],
        triggers=_spans(record["triggers"]),
        claims=tuple(_claim(claim) for claim in record["claims"]),
        reality=record["reality"],
        voice=record["voice"],
        certainty=record["certainty"],
        disputed=record["disputed"],
    )


def _claim(record: Json) -> Claim:
    return Claim(
        id=record["id"],
        event_id=record["event_id"],
        role=Role(record["role"]),
        value=value_from_json(record["value"]),
        words=record["words"],
        spans=_spans(record["spans"]),
        attribution_id=record["attribution_id"],
        factuality=Factuality(record["factuality"]),
        confidence=record["confidence"],
        origin=record["origin"],
    )


def value_from_json(record: Json) -> Value:
    """A claim's value by its ``type``. Raises KeyError or TypeError for one that is none."""
    fields = {name: value for name, value in record.items() if name != "type"}
    match record["type"]:
        case "thing":
            return Thing(**{**fields, "kind": EntityKind(fields["kind"])})
        case "place":
            return Place(**fields)
        case "time":
            return Time(**fields)
        case "count":
            return Count(**fields)
        case "event_type":
            return EventType(**fields)
    raise ValueError(f"no such type of value: {record['type']!r}")
