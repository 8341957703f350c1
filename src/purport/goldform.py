"""A report in the form of the project's gold (``docs/codebook.md``, "Record"), so that the reader can be scored against people."""

import json
from typing import Any

from purport.errors import InputError
from purport.model import Attribution, Claim, Count, Event, Place, Report, Role, Span, Stance, Time

Record = dict[str, Any]


def gold_record(report: Report) -> Record:
    """``report`` in the gold format; attributions that are not evidence of any claim of an event are left out."""
    return {"id": report.document.id, "events": [_event(event, report) for event in report.events]}


def page_record(report: Report) -> Record:
    """The same with the page's text and header, as a draft for people to correct."""
    document = report.document
    header = {name: value for name in ("title", "published", "url") if (value := getattr(document, name))}
    return {**gold_record(report), "text": document.text, **header}


def _event(event: Event, report: Report) -> Record:
    numbers = _numbered(event, report)
    records: dict[int, Record] = {}
    for id_, number in numbers.items():
        records.setdefault(number, _attribution(id_, event, report=report, numbers=numbers))
    roles = [_role(c, numbers) for c in _coded(event) if not _is_denial(c, report)]
    roles += [_role(c, numbers) | {"role": "target"} for c in event.claims if c.role is Role.NAME]
    return {
        "triggers": [_pair(s) for s in event.triggers],
        "type": event.type,
        "reality": event.reality,
        "voice": event.voice,
        "certainty": event.certainty,
        "disputed": event.disputed,
        "roles": roles,
        "counts": [_count(c, numbers) for c in event.claims if c.role is Role.COUNT],
        "attributions": list(records.values()),
    }


def _coded(event: Event) -> list[Claim]:
    """The role claims as a coder writes them: where and when once each, in the outlet's voice if it says so."""
    claims = [c for c in event.claims if c.role not in (Role.TYPE, Role.COUNT, Role.NAME)]
    found: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        once = isinstance(claim.value, Place | Time)
        key = (claim.role, claim.words.lower(), None if once else claim.attribution_id)
        if key not in found or (once and claim.attribution_id is None):
            found[key] = claim
    return list(found.values())


def _numbered(event: Event, report: Report) -> dict[str, int]:
    """Numbers of the attributions that claims rest on; one source in one stance, over the same carriers, is one attribution of an event."""
    found: dict[str, int] = {}
    told: dict[tuple[object, ...], int] = {}
    for claim in event.claims:
        if claim.attribution_id is not None and claim.attribution_id not in found:
            found[claim.attribution_id] = told.setdefault(_telling(claim.attribution_id, report), len(told))
    return found


def _telling(id_: str, report: Report) -> tuple[object, ...]:
    links = [link for link in report.chain(id_) if link.source is not None]
    words = tuple(_source_span(link).of(report.document.text).lower() for link in links)
    return words, report.chain(id_)[-1].stance


def _is_denial(claim: Claim, report: Report) -> bool:
    """A denier stays out of the perpetrators; the denial is an attribution (rule 16)."""
    return (
        claim.role is Role.PERPETRATOR
        and claim.attribution_id is not None
        and report.attribution(claim.attribution_id).stance is Stance.DENIES
    )


def _att(claim: Claim, numbers: dict[str, int]) -> int | None:
    return None if claim.attribution_id is None else numbers[claim.attribution_id]


def _role(claim: Claim, numbers: dict[str, int]) -> Record:
    record: Record = {"role": claim.role.value, "span": _pair(claim.spans[0]), "att": _att(claim, numbers)}
    if isinstance(claim.value, Place):
        record |= {"name": claim.value.name, "country": claim.value.country}
    if isinstance(claim.value, Time):
        record |= {"edtf": claim.value.edtf}
    return record


def _count(claim: Claim, numbers: dict[str, int]) -> Record:
    assert isinstance(claim.value, Count)  # noqa: S101 - a count claim holds a Count by construction
    value = claim.value
    return {
        "kind": value.kind,
        "span": _pair(claim.spans[0]),
        "low": value.low,
        "high": value.high,
        "who": value.who,
        "att": _att(claim, numbers),
    }


def _attribution(id_: str, event: Event, *, report: Report, numbers: dict[str, int]) -> Record:
    links = report.chain(id_)
    chain = [_pair(_source_span(link)) for link in links if link.source is not None]
    cue = links[-1].cue
    about = [
        c.role.value if not isinstance(c.value, Count) else c.value.kind
        for c in event.claims
        if c.attribution_id and numbers[c.attribution_id] == numbers[id_]
    ]
    return {
        "chain": chain,
        "cue": _pair(cue[0]) if cue else None,
        "stance": links[-1].stance.value,
        "about": "event" if "type" in about else about[0],
    }


def _source_span(attribution: Attribution) -> Span:
    source = attribution.source
    assert source is not None  # noqa: S101 - the caller skips sourceless links
    return (source.named_spans or source.spans)[0]


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


# ------------------------------------------------------------------ a user's own gold
_EVENT_FIELDS = ("triggers", "type", "reality", "voice", "certainty", "disputed")


def checked(line: str, *, where: str) -> Record:
    """The gold record on one line of JSON. Raises InputError, with ``where``, if it is none."""
    try:
        record = json.loads(line)
        _check(record)
    except (ValueError, KeyError, TypeError) as error:
        what = f"lacks {error}" if isinstance(error, KeyError) else str(error)
        raise InputError(f"no gold record: {what}", where=where, remedy="write it as docs/codebook.md says under Record") from error
    return dict(record)


def _check(record: Record) -> None:
    if not isinstance(record, dict):
        raise TypeError("not an object")
    if not isinstance(record["id"], str) or not isinstance(record["text"], str):
        raise TypeError("id and text must be strings")
    for event in record["events"]:
        for name in _EVENT_FIELDS:
            event[name]
        spans = [*event["triggers"], *(role["span"] for role in event.get("roles", []))]
        spans += [span for link in event.get("attributions", []) for span in link["chain"] if link["stance"]]
        spans += [count["span"] for count in event.get("counts", []) if {"kind", "low", "high"} <= count.keys() and "span" in count]
        for span in spans:
            _check_span(span, record["text"])


def _check_span(span: object, text: str) -> None:
    is_pair = isinstance(span, list) and len(span) == 2 and all(isinstance(end, int) for end in span)
    if not (is_pair and isinstance(span, list) and 0 <= span[0] < span[1] <= len(text)):
        raise ValueError(f"{span!r} is not a span [start, end) of the text")
