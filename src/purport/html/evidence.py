"""What is marked in a text: triggers, evidence of claims, and the sources, cues and contents that they rest on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from purport.model import Attribution, Claim, Event, Report, Role, Span
from purport.status import status_of
from purport.wording import STANCES, chain_words, confidence_in_full, how_words, label, role_label, value_words

CONTENT, SOURCE, CUE, EVIDENCE, TRIGGER = "content", "source", "cue", "evidence", "trigger"
FOCUSABLE = frozenset({TRIGGER, EVIDENCE, SOURCE})


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked stretch: kinds, events (by number in the page, from 1), and what hovering or focusing it says."""

    span: Span
    kinds: tuple[str, ...]
    events: tuple[int, ...]
    tip: str
    depth: int = 0  #: of a content: how many voices the words went through; 1 is said to the outlet itself


def marks_of(report: Report) -> list[Mark]:
    """Every mark of a page, one a span; marks of one span are brought together. In the order of the text, the longer first."""
    together: dict[Span, list[Mark]] = {}
    for mark in _all(report):
        if mark.span.start < mark.span.end:
            together.setdefault(mark.span, []).append(mark)
    merged = (_merged(span, marks) for span, marks in together.items())
    return sorted(merged, key=lambda mark: (mark.span.start, -mark.span.end))


def _merged(span: Span, marks: list[Mark]) -> Mark:
    kinds = tuple(dict.fromkeys(kind for mark in marks for kind in mark.kinds))
    events = tuple(dict.fromkeys(number for mark in marks for number in mark.events))
    tip = "\n".join(dict.fromkeys(mark.tip for mark in marks if mark.tip))
    return Mark(span, kinds, events, tip, max(mark.depth for mark in marks))


def _all(report: Report) -> Iterator[Mark]:
    used: dict[Attribution, tuple[Report, dict[int, None]]] = {}
    for number, (event, own) in enumerate(zip(report.events, by_event(report), strict=True), start=1):
        yield from _triggers(event, own, number=number)
        for claim in event.claims:
            yield from _evidence(claim, own, number=number)
        for link in own.attributions:
            used.setdefault(link, (own, {}))[1][number] = None
    for link, (own, numbers) in used.items():
        yield from _attribution(link, own, events=tuple(numbers))


def by_event(report: Report) -> tuple[Report, ...]:
    """For each event the page with that event alone and the attributions that it rests on, so that chains are found among few.

    A page of 60 kB with 500 events and 1,000 attributions takes 0.5 s so, and 2 s with the whole page.
    """
    known = {link.id: link for link in report.attributions}
    return tuple(replace(report, events=(event,), attributions=tuple(_rested_on(event, known))) for event in report.events)


def _rested_on(event: Event, known: Mapping[str, Attribution]) -> Iterator[Attribution]:
    """The attributions that an event's claims rest on, with every link on the way to the outlet, each once."""
    seen: set[str] = set()
    for claim in event.claims:
        links: list[Attribution] = []
        wanted = claim.attribution_id
        while wanted is not None and wanted in known and wanted not in seen:
            seen.add(wanted)
            links.append(known[wanted])
            wanted = known[wanted].parent_id
        yield from reversed(links)


def _triggers(event: Event, report: Report, *, number: int) -> Iterator[Mark]:
    told = {span for claim in event.claims if claim.role is Role.TYPE for span in claim.spans}
    tip = f"{number}. {label(event.type)}: {status_of(event, report)}"
    for span in event.triggers:
        if span not in told:
            yield Mark(span, (TRIGGER,), (number,), tip)


def _evidence(claim: Claim, report: Report, *, number: int) -> Iterator[Mark]:
    kind = TRIGGER if claim.role is Role.TYPE else EVIDENCE
    for span in claim.spans:
        yield Mark(span, (kind,), (number,), f"{number}. {claim_words(claim, report)}")


def claim_words(claim: Claim, report: Report) -> str:
    """ "target a Russian — The captive (under duress) ← NBC: admits; 62% chance of being read right"."""
    who = f"{chain_words(claim.attribution_id, report)}: {how_words(claim, report)}; {confidence_in_full(claim)}"
    return f"{role_label(claim.role)} {value_words(claim)} — {who}"


def _attribution(link: Attribution, report: Report, *, events: tuple[int, ...]) -> Iterator[Mark]:
    tip, depth = f"{chain_words(link.id, report)}: {STANCES[link.stance]}", len(report.chain(link.id))
    source = (*link.source.spans, *link.source.named_spans) if link.source else ()
    for kind, spans in ((CONTENT, link.content), (SOURCE, source), (CUE, link.cue)):
        for span in spans:
            yield Mark(span, (kind,), events, "" if kind == CONTENT else tip, depth if kind == CONTENT else 0)
