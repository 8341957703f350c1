"""The events of a page as the document page lists them: every claim with its evidence, its chain, and what people made of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from purport.decisions import Decided, Reviewed, ReviewState
from purport.html.evidence import by_event
from purport.model import Claim, Event, Report, Span
from purport.status import status_code, status_of
from purport.wording import (
    adds_to_quote,
    chain_words,
    claim_role,
    claims_in_order,
    confidence_words,
    how_words,
    likeliest,
    reality_words,
    status_label,
    value_words,
)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Claims that say the same on the same word. ``value`` is empty where it says no more than its quotes.

    ``quotes``: the words with where they stand. ``machine``: what the machine read, where a person made something else of it; ``sure``:
    how likely it read right, empty once a person decided.
    """

    role: str
    value: str
    quotes: tuple[tuple[str, Span], ...]
    chain: str
    how: str
    sure: str
    state: ReviewState = ReviewState.UNREVIEWED
    machine: str = ""
    coders: tuple[str, ...] = ()

    @property
    def spans(self) -> str:
        """The places of its evidence, for what lights it up: "12-20 31-40"."""
        return " ".join(f"{span.start}-{span.end}" for _, span in self.quotes)


@dataclass(frozen=True, slots=True)
class EventCard:
    """One event of a page. ``is_held`` is False once people rejected it."""

    number: int
    id: str
    type: str
    code: str
    status_label: str
    status: str
    reality: str
    rows: tuple[ClaimRow, ...]
    is_held: bool = True
    is_added: bool = False


def marked_report(reviewed: Reviewed) -> Report:
    """The page with what holds and, beside it, what people rejected: everything that a list of its events shows."""
    rejected = _rejected(reviewed)
    held = {event.id: event for event in reviewed.report.events}
    events = [_with(event, rejected.get(event.id, ())) for event in reviewed.report.events]
    events += [event for event in reviewed.machine.events if event.id not in held]
    links = {link.id: link for link in (*reviewed.machine.attributions, *reviewed.report.attributions)}
    ordered = sorted(events, key=lambda event: _rank(event, reviewed.machine))
    return replace(reviewed.report, events=tuple(ordered), attributions=tuple(links.values()))


def _with(event: Event, claims: Sequence[Claim]) -> Event:
    present = {claim.id for claim in event.claims}
    return replace(event, claims=(*event.claims, *(claim for claim in claims if claim.id not in present)))


def _rank(event: Event, machine: Report) -> tuple[int, tuple[Span, ...]]:
    """In the machine's order; what people added after it, in the order of the text."""
    ids = [each.id for each in machine.events]
    return (ids.index(event.id) if event.id in ids else len(ids)), event.triggers


def _rejected(reviewed: Reviewed) -> Mapping[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for decided in reviewed.by_claim.values():
        if decided.holding is None and decided.machine is not None:
            found.setdefault(decided.machine.event_id, []).append(decided.machine)
    return found


def event_cards(reviewed: Reviewed, report: Report) -> tuple[EventCard, ...]:
    """A card an event of ``report``, which is :func:`marked_report` of the page."""
    held = {event.id: event for event in reviewed.report.events}
    first = {event.id for event in reviewed.machine.events}
    decided = {claim.id: each for each in reviewed.by_claim.values() for claim in (each.machine, each.holding) if claim is not None}
    cards = []
    for number, (event, own) in enumerate(zip(report.events, by_event(report), strict=True), start=1):
        told = held.get(event.id, event)
        rows = tuple(_rows(event, own, decided=decided, whole=report))
        words = (status_code(told, own).value, status_label(told, own), status_of(told, own), reality_words(told))
        cards.append(EventCard(number, event.id, event.type, *words, rows, event.id in held, event.id not in first))
    return tuple(cards)


def _rows(event: Event, report: Report, *, decided: Mapping[str, Decided], whole: Report) -> Iterable[ClaimRow]:
    """``whole`` has also the attributions that only the machine rests a claim on."""
    same: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims_in_order(event):
        each = decided.get(claim.id)
        key = (claim.role, value_words(claim).casefold(), chain_words(claim.attribution_id, report), how_words(claim, report))
        same.setdefault((*key, each.state if each else None, _machine_words(each, whole)), []).append(claim)
    return [_row(claims, report, type=event.type, decided=decided.get(claims[0].id), whole=whole) for claims in same.values()]


def _row(claims: Sequence[Claim], report: Report, *, type: str, decided: Decided | None, whole: Report) -> ClaimRow:
    claim = claims[0]
    quotes: dict[str, Span] = {}
    for each in claims:
        if each.spans:
            quotes.setdefault(each.words, each.spans[0])
    return ClaimRow(
        claim_role(claim, type),
        value_words(claim) if adds_to_quote(claim) else "",
        tuple(quotes.items()),
        chain_words(claim.attribution_id, report),
        how_words(claim, report),
        "" if decided and decided.coders else confidence_words(likeliest(claims)),
        decided.state if decided else ReviewState.UNREVIEWED,
        _machine_words(decided, whole),
        decided.coders if decided else (),
    )


def _machine_words(decided: Decided | None, report: Report) -> str:
    """What the machine read, in one line, where what holds is another thing; empty where it is the same or was rejected as it stands."""
    if decided is None or decided.machine is None or decided.holding is None or _said(decided.machine) == _said(decided.holding):
        return ""
    machine = decided.machine
    return f"{value_words(machine)} — {chain_words(machine.attribution_id, report)}: {how_words(machine, report)}, “{machine.words}”"


def _said(claim: Claim) -> tuple[object, ...]:
    """What a correction can change."""
    return claim.value, claim.spans, claim.attribution_id, claim.factuality
