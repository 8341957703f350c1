"""What people decide ↔ JSON, as the project file keeps it."""

from typing import Any

from purport.decisions import AddedEvent, Addition
from purport.model import Attribution, Change, Claim, Factuality, Role, Source, SourceKind, Span, Spans, Stance
from purport.wire.parsing import value_from_json
from purport.wire.writing import value_to_json

Json = dict[str, Any]


def change_to_json(change: Change) -> Json:
    """Only what it changes."""
    said: Json = {}
    if change.spans is not None:
        said["spans"] = _pairs(change.spans)
    if change.attribution_id is not None:
        said["attribution_id"] = change.attribution_id
    if change.factuality is not None:
        said["factuality"] = change.factuality.value
    return {**said, "settles": True} if change.settles else said


def change_from_json(said: Json) -> Change:
    """What :func:`change_to_json` wrote."""
    return Change(
        spans=_spans(said["spans"]) if "spans" in said else None,
        attribution_id=said.get("attribution_id"),
        factuality=Factuality(said["factuality"]) if "factuality" in said else None,
        settles=bool(said.get("settles")),
    )


def addition_record_to_json(record: Attribution | AddedEvent | Claim) -> Json:
    """What was added, with its ids."""
    match record:
        case Attribution():
            return _attribution(record)
        case AddedEvent():
            return {"id": record.id, "document_id": record.document_id, "type": record.type, "triggers": _pairs(record.triggers)}
        case Claim():
            return {
                "id": record.id,
                "event_id": record.event_id,
                "role": record.role.value,
                "value": value_to_json(record.value),
                "words": record.words,
                "spans": _pairs(record.spans),
                "attribution_id": record.attribution_id,
                "factuality": record.factuality.value,
            }


def addition_record_from_json(kind: str, said: Json) -> Attribution | AddedEvent | Claim:
    """What :func:`addition_record_to_json` wrote. Raises KeyError, TypeError or ValueError for a record that is none."""
    match kind:
        case "attribution":
            return _attribution_from(said)
        case "event":
            return AddedEvent(said["id"], said["document_id"], said["type"], _spans(said["triggers"]))
    return Claim(
        id=said["id"],
        event_id=said["event_id"],
        role=Role(said["role"]),
        value=value_from_json(said["value"]),
        words=said["words"],
        spans=_spans(said["spans"]),
        attribution_id=said["attribution_id"],
        factuality=Factuality(said["factuality"]),
        origin="coder",
    )


def addition_to_json(addition: Addition) -> Json:
    """An addition with who made it and when."""
    return {
        "id": addition.id,
        "kind": addition.kind.value,
        "document_id": addition.document_id,
        "record": addition_record_to_json(addition.record),
        "words": addition.words,
        "coder": addition.coder,
        "made_at": addition.made_at,
        "withdrawn": addition.withdrawn,
    }


def _attribution(record: Attribution) -> Json:
    source = record.source
    told = source and {
        "spans": _pairs(source.spans),
        "named_spans": _pairs(source.named_spans),
        "entity_id": source.entity_id,
        "kind": source.kind.value,
        "named": source.named,
        "party": source.party,
        "duress": source.duress,
    }
    return {
        "id": record.id,
        "source": told,
        "cue": _pairs(record.cue),
        "content": _pairs(record.content),
        "stance": record.stance.value,
        "parent_id": record.parent_id,
    }


def _attribution_from(said: Json) -> Attribution:
    told = said["source"]
    source = None
    if told is not None:
        spans = {name: _spans(told[name]) for name in ("spans", "named_spans")}
        source = Source(**{**told, **spans, "kind": SourceKind(told["kind"])})
    return Attribution(said["id"], source, _spans(said["cue"]), _spans(said["content"]), Stance(said["stance"]), said["parent_id"])


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans(pairs: list[list[int]]) -> Spans:
    return tuple(Span(start, end) for start, end in pairs)
