"""Report → JSON. Every claim carries its words, its spans and its whole chain, so that a reader needs nothing else."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from purport.codebook import group_of, in_use, own_role, own_status
from purport.model import (
    Attribution,
    Block,
    Claim,
    Count,
    Document,
    Event,
    EventType,
    Place,
    Report,
    Source,
    Span,
    Spans,
    Thing,
    Time,
    Value,
    chain_of,
    digest_of,
)
from purport.status import quote_of, source_words, status_code, status_of

Json = dict[str, Any]

SCHEMA = "purport.report/1"
TAGS: Mapping[type, str] = {Thing: "thing", Place: "place", Time: "time", Count: "count", EventType: "event_type"}


def report_to_json(report: Report) -> Json:
    """The report as plain JSON values; :func:`purport.wire.report_from_json` gives an equal report back."""
    return {
        "schema": SCHEMA,
        "reader": report.reader,
        "document": _document(report.document),
        "entities": [{**asdict(entity), "kind": entity.kind.value} for entity in report.entities],
        "attributions": [attribution_to_json(link, report.document.text) for link in report.attributions],
        "events": [_event(event, report) for event in report.events],
    }


def told_to_json(report: Report) -> Json:
    """The same with what the project's own codebook calls types, roles and statuses, if one is in use; for those who read it."""
    record = report_to_json(report)
    if in_use():
        for event, told in zip(report.events, record["events"], strict=True):
            told["own"] = _own(event, report)
            for claim, said in zip(event.claims, told["claims"], strict=True):
                role = own_role(claim, event.type)
                said["own_role"] = role.code if role else None
    return record


def _own(event: Event, report: Report) -> Json:
    group, status = group_of(event.type), own_status(event, report)
    type_ = in_use().types.get(event.type)
    return {"label": type_.label if type_ else None, "group": group or None, "status": status.code if status else None}


def line_of(report: Report, *, as_kept: bool = False) -> str:
    """One line of JSON, without the line break. Text that is no valid Unicode (lone surrogates) is written in ASCII escapes.

    ``as_kept``: only what is kept of the report, of which the log has the digest; nothing that a codebook calls it.
    """
    record = report_to_json(report) if as_kept else told_to_json(report)
    line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return line if _is_valid_unicode(line) else json.dumps(record, allow_nan=False)


def canonical(value: object) -> bytes:
    """One byte string for one JSON value (sorted keys, no spaces, ASCII), for digests."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def _is_valid_unicode(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _document(document: Document) -> Json:
    return {
        "id": document.id,
        "capture_id": document.capture_id,
        "outlet": document.outlet,
        "title": document.title,
        "byline": document.byline,
        "published": document.published,
        "published_from": document.published_from,
        "language": document.language,
        "rights": document.rights,
        "url": document.url,
        "digest": digest_of(document.text.encode("utf-8", "surrogatepass")),
        "unread": document.unread,
        "blocks": [_block(block) for block in document.blocks],
        "furniture": list(document.furniture),
        "text": document.text,
    }


def _block(block: Block) -> Json:
    return {"start": block.span.start, "end": block.span.end, "kind": block.kind.value}


def _spans(spans: Spans) -> list[Json]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _quote(spans: Spans, text: str) -> Json:
    return {"words": quote_of(text, spans), "spans": _spans(spans)}


def _trigger(span: Span, text: str) -> Json:
    return {"words": span.of(text), "start": span.start, "end": span.end}


def attribution_to_json(link: Attribution, text: str) -> Json:
    """One link of a chain, with the words that the text has for source and cue."""
    return {
        "id": link.id,
        "source": None if link.source is None else _source(link.source, text),
        "cue": _quote(link.cue, text),
        "content": {"spans": _spans(link.content)},
        "stance": link.stance.value,
        "parent_id": link.parent_id,
        "confidence": link.confidence,
    }


def _source(source: Source, text: str) -> Json:
    return {
        "words": source_words(source, text),
        "spans": _spans(source.spans),
        "named_spans": _spans(source.named_spans),
        "entity_id": source.entity_id,
        "kind": source.kind.value,
        "named": source.named,
        "party": source.party,
        "duress": source.duress,
    }


def _event(event: Event, report: Report) -> Json:
    return {
        "id": event.id,
        "document_id": event.document_id,
        "type": event.type,
        "triggers": [_trigger(span, report.document.text) for span in event.triggers],
        "reality": event.reality,
        "voice": event.voice,
        "certainty": event.certainty,
        "disputed": event.disputed,
        "status": {"code": status_code(event, report).value, "words": status_of(event, report)},
        "claims": [claim_to_json(claim, report) for claim in event.claims],
    }


def claim_to_json(claim: Claim, report: Report) -> Json:
    """One claim with its words, its spans and its whole chain, which the report's attributions tell."""
    return {
        "id": claim.id,
        "event_id": claim.event_id,
        "role": claim.role.value,
        "value": value_to_json(claim.value),
        "words": claim.words,
        "spans": _spans(claim.spans),
        "chain": chain_to_json(claim.attribution_id, report),
        "factuality": claim.factuality.value,
        "confidence": claim.confidence,
        "origin": claim.origin,
        "attribution_id": claim.attribution_id,
    }


def value_to_json(value: Value) -> Json:
    """A claim's value with its ``type``: thing, place, time, count or event_type."""
    fields = asdict(value)
    if isinstance(value, Thing):
        fields["kind"] = value.kind.value
    return {"type": TAGS[type(value)], **fields}


def chain_to_json(attribution_id: str | None, report: Report) -> list[Json]:
    """Who says it, from the one nearest the outlet to the innermost; empty for the outlet's own voice."""
    return [_link(link, report.document.text) for link in chain_of(report.attributions, attribution_id)]


def _link(link: Attribution, text: str) -> Json:
    source = link.source
    return {
        "attribution_id": link.id,
        "words": source_words(source, text) or None,
        "kind": source.kind.value if source else None,
        "named": bool(source and source.named),
        "party": bool(source and source.party),
        "duress": bool(source and source.duress),
        "cue": quote_of(text, link.cue),
        "stance": link.stance.value,
    }
