"""What people decided as W3C Web Annotations: judgements assess, additions identify or classify, remarks comment.

Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017, sections 3.3.5 (motivations), 3.2.4 (TextualBody) and 3.3.1
(creator). The text that is quoted is that of a capture, which each target names as its ``scope``.
"""

from collections.abc import Iterable
from typing import Any

from purport.bundle.annotations import CONTEXT, TERMS, targets, text_path
from purport.bundle.decided import decision_to_json, incident_path
from purport.bundle.warc import utc_of
from purport.decisions import DecisionKind, DecisionTold
from purport.model import Report, hashed_id

Json = dict[str, Any]

DECISION_TERM = {"decision": {"@id": "purport:decision", "@type": "@json"}}
#: What each kind of decision, with its verdict or what it adds, is made for; a word of the recommendation's own list.
MOTIVATIONS = {
    (DecisionKind.JUDGEMENT, "accept"): ["assessing"],
    (DecisionKind.JUDGEMENT, "reject"): ["assessing"],
    (DecisionKind.JUDGEMENT, "withdrawn"): ["assessing"],
    (DecisionKind.JUDGEMENT, "correct"): ["assessing", "editing"],
    (DecisionKind.ADDITION, "claim"): ["identifying"],
    (DecisionKind.ADDITION, "attribution"): ["identifying"],
    (DecisionKind.ADDITION, "event"): ["classifying"],
    (DecisionKind.COMMENT, ""): ["commenting"],
}
BODIES = {
    DecisionKind.JUDGEMENT: "purport:Judgement",
    DecisionKind.ADDITION: "purport:Addition",
    DecisionKind.COMMENT: "purport:Comment",
}


def people_path(id: str) -> str:
    """Where people's annotations of a page or an incident lie."""
    return f"annotations/{id}.people.jsonld"


def page_of_decisions(id: str, decisions: Iterable[DecisionTold], *, report: Report | None, text_digest: str = "") -> Json:
    """An AnnotationPage with one annotation a decision, oldest first. ``report``: of the page; None for remarks about an incident."""
    target = {"path": text_path(id), "digest": text_digest, "unit": "Unicode code points"} if report else {"path": incident_path(id)}
    return {
        "@context": [CONTEXT, TERMS | DECISION_TERM],
        "id": f"urn:purport:annotations:{id}:people",
        "type": "AnnotationPage",
        "generator": {"id": "urn:purport", "type": "Software", "name": "purport"},
        "purport:target": target,
        "items": [annotation(decision, report=report) for decision in decisions],
    }


def annotation(decision: DecisionTold, *, report: Report | None) -> Json:
    """One decision. Free words are a body of their own, so that any reader of annotations shows them."""
    motivations = MOTIVATIONS[decision.kind, decision.verdict]
    body: list[Json] = [{"type": BODIES[decision.kind], "decision": decision_to_json(decision, report)}]
    if decision.note:
        body.append({"type": "TextualBody", "value": decision.note, "format": "text/plain", "purpose": "commenting"})
    return {
        "id": f"urn:purport:{decision.id}",
        "type": "Annotation",
        "motivation": motivations[0] if len(motivations) == 1 else motivations,
        "created": utc_of(decision.made_at),
        "creator": {"id": coder_id(decision.coder), "type": "Person", "name": decision.coder},
        "body": body,
        "target": _targets(decision, report=report),
    }


def coder_id(coder: str) -> str:
    """A coder's address: the same in every annotation; the name itself is no part of an address."""
    return f"urn:purport:coder:{hashed_id('coder', coder)}"


def _targets(decision: DecisionTold, *, report: Report | None) -> list[Json]:
    """Where the words stand; the whole text, or the incident, where no words are meant."""
    if report is None:
        return [{"type": "SpecificResource", "source": incident_path(decision.subject)}]
    scope = {"scope": f"urn:purport:{report.document.capture_id}"}
    whole = [{"type": "SpecificResource", "source": text_path(report.document.id)}]
    return [{**each, **scope} for each in targets(decision.spans, report=report) or whole]
