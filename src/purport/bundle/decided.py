"""An incident as people decided it, claim by claim beside what the machine read; JSON of bundles."""

from collections.abc import Iterable
from typing import Any

from purport.decisions import AddedEvent, ClaimTold, DecisionKind, DecisionTold, EventTold
from purport.model import Attribution, Claim, Report, Spans
from purport.status import quote_of
from purport.wire import attribution_to_json, claim_to_json

Json = dict[str, Any]

DECIDED, MACHINE = "decided", "machine"  #: what ``told_as`` of an incident says


def incident_path(incident: str, told_as: str = DECIDED) -> str:
    """Where an incident lies as it is told."""
    return f"incidents/{incident}.json" if told_as == DECIDED else f"incidents/{incident}.{MACHINE}.json"


def events_to_json(events: Iterable[EventTold], report: Report) -> list[Json]:
    """Events of one page, each claim as the machine read it, as a person added it, and as it holds; None for what is not."""
    return [_event(event, report) for event in events]


def _event(event: EventTold, report: Report) -> Json:
    return {
        "event_id": event.id,
        "document_id": event.document_id,
        "type": event.type,
        "triggers": _places(event.triggers, report),
        "added_by": event.coder or None,
        "holds": event.holds,
        "claims": [_claim(each, report) for each in event.claims],
    }


def _claim(told: ClaimTold, report: Report) -> Json:
    return {
        "claim_id": told.id,
        "state": told.state,
        "coders": list(told.coders),
        "machine": _maybe(told.machine, report),
        "added": _maybe(told.added, report),
        "holding": _maybe(told.holding, report),
    }


def _maybe(claim: Claim | None, report: Report) -> Json | None:
    return claim_to_json(claim, report) if claim else None


def _places(spans: Spans, report: Report) -> list[Json]:
    return [{"words": span.of(report.document.text), "start": span.start, "end": span.end} for span in spans]


def decision_to_json(decision: DecisionTold, report: Report | None) -> Json:
    """A decision as an annotation says it. ``report``: of its page; None for a remark about an incident."""
    said: Json = {"kind": decision.kind.value, "subject": decision.subject, "stands": decision.stands}
    if decision.kind is DecisionKind.COMMENT or report is None:
        return said
    said["verdict" if decision.kind is DecisionKind.JUDGEMENT else "adds"] = decision.verdict
    if decision.kind is DecisionKind.JUDGEMENT:
        said["before"] = _maybe(decision.before, report)
    return said | {"after": _after(decision.after, report)}


def _after(record: Claim | AddedEvent | Attribution | None, report: Report) -> Json | None:
    match record:
        case AddedEvent():
            words = {"type": record.type, "words": quote_of(report.document.text, record.triggers)}
            return {"id": record.id, "document_id": record.document_id, **words, "triggers": _places(record.triggers, report)}
        case Attribution():
            return attribution_to_json(record, report.document.text)
    return _maybe(record, report)
