"""What a settled answer says about the claims of its event: which are accepted, corrected or rejected, and what is added. Pure.

Competing values stay: a claim with another value than the settled one is left as it is where some claim has the settled one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from purport.model import Change, Claim, Count, Event, Factuality, Report, Role, Span, Spans, Value, Verdict, claim_id
from purport.review.answers import Places, answer_of, comparable, values_of
from purport.review.fields import IS_EVENT, Field
from purport.review.rounds import Settled
from purport.status import quote_of


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement of one claim."""

    claim_id: str
    verdict: Verdict
    value: Value | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Rulings:
    """What follows from one settled answer. ``left``: why it cannot be made a claim, "" if it can."""

    judgements: tuple[Ruling, ...] = ()
    added: tuple[Claim, ...] = ()
    left: str = ""


NO_EVIDENCE = "no words of the page were selected for it"
NO_ROLE = "it stays an answer of the round"


def rulings_of(settled: Settled, *, event: Event, report: Report, places: Places) -> Rulings:
    """What follows for the event as it stands in the report."""
    field, answer = settled.field, settled.answer
    if field is IS_EVENT:
        return _rejected(_of_role(event, Role.TYPE)) if answer.value == "no" else Rulings()
    if field.role is None:
        return Rulings(left=NO_ROLE)
    claims = [claim for claim in _of_role(event, field.role) if field.count is None or _counts(claim, field.count)]
    if answer.value is None:
        return _rejected(claims)
    parts = [
        _ruled(field, value, claims=claims, spans=answer.spans, event=event, report=report)
        for value in values_of(field, answer.value, places=places)
    ]
    return Rulings(
        tuple(ruling for part in parts for ruling in part.judgements),
        tuple(claim for part in parts for claim in part.added),
        next((part.left for part in parts if part.left), ""),
    )


def _of_role(event: Event, role: Role) -> list[Claim]:
    return [claim for claim in event.claims if claim.role is role]


def _counts(claim: Claim, kind: str) -> bool:
    return isinstance(claim.value, Count) and claim.value.kind == kind


def _rejected(claims: Iterable[Claim]) -> Rulings:
    return Rulings(tuple(Ruling(claim.id, Verdict.REJECT) for claim in claims))


def _ruled(field: Field, value: Value, *, claims: Sequence[Claim], spans: Spans, event: Event, report: Report) -> Rulings:
    """One value: claims that say it are accepted; else the one on the same words is corrected, or it is added with its evidence."""
    equal = [claim for claim in claims if _says(field, claim, value=value)]
    if field.role is Role.TYPE:
        return Rulings(tuple(_accepted(claim) if claim in equal else Ruling(claim.id, Verdict.CORRECT, value) for claim in claims))
    if equal:
        return Rulings(tuple(map(_accepted, equal)))
    near = [claim for claim in claims if any(ours.overlaps(theirs) for ours in claim.spans for theirs in spans)]
    if near:
        return Rulings((Ruling(near[0].id, Verdict.CORRECT, value, Change(spans=spans)),))
    if spans:
        return Rulings(added=(_added(field, value, spans=spans, event=event, report=report),))
    if len(claims) == 1:
        return Rulings((Ruling(claims[0].id, Verdict.CORRECT, value),))
    return Rulings(left=NO_EVIDENCE)


def _accepted(claim: Claim) -> Ruling:
    return Ruling(claim.id, Verdict.ACCEPT)


def _says(field: Field, claim: Claim, *, value: Value) -> bool:
    ours, theirs = comparable(field, [answer_of(field, claim.value), answer_of(field, value)])
    return ours is not None and ours == theirs


def _added(field: Field, value: Value, *, spans: Spans, event: Event, report: Report) -> Claim:
    """On the word of the innermost voice whose content holds the evidence; as sure as the event's own telling there."""
    assert field.role is not None  # noqa: S101 - fields without a role are left before
    voice = _voice(report, spans[0])
    chain = [[(s.start, s.end) for s in (link.source.spans if link.source else ())] + [link.stance.value] for link in report.chain(voice)]
    sure = next((claim.factuality for claim in event.claims if claim.role is Role.TYPE), Factuality.CERTAIN)
    made = claim_id(event_id=event.id, role=field.role, value=value, spans=spans, chain=chain)
    return Claim(made, event.id, field.role, value, quote_of(report.document.text, spans), spans, voice, sure)


def _voice(report: Report, span: Span) -> str | None:
    holding = [(len(content), link.id) for link in report.attributions for content in link.content if content.covers(span)]
    return min(holding)[1] if holding else None


def machine_answers(event: Event, *, fields: Iterable[Field]) -> dict[str, tuple[str, Spans]]:
    """What the machine would have answered, with its evidence: of each field the likeliest claim, several where several were named."""
    derived = {"reality": event.reality, "voice": event.voice, "certainty": event.certainty, "disputed": "yes" if event.disputed else "no"}
    found: dict[str, tuple[str, Spans]] = {}
    for field in fields:
        if field.role is None and field.name in derived:
            found[field.name] = derived[field.name], ()
        if field.role is Role.TYPE:
            found[field.name] = event.type, event.triggers[:1]
        elif best := max(_answering(field, event), key=lambda each: each[0], default=None):
            found[field.name] = best[1], best[2]
    return found


def _answering(field: Field, event: Event) -> Iterator[tuple[float, str, Spans]]:
    for claim in _of_role(event, field.role) if field.role else ():
        answer = answer_of(field, claim.value)
        if answer is not None:
            yield claim.confidence, answer, claim.spans
