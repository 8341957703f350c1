"""One event with every claim that was ever made of it, as its review shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from purport.decisions import AddedEvent, Addition, Decided, Reviewed, ReviewState
from purport.errors import StoreError
from purport.model import Claim, Event, Judgement, Report, Role, Spans, Verdict
from purport.status import status_code, status_of
from purport.store import Store
from purport.verdicts import holding_of
from purport.wording import (
    ROLE_ORDER,
    adds_to_quote,
    capital,
    chain_words,
    claim_role,
    confidence_in_full,
    confidence_words,
    how_words,
    label,
    reality_words,
    status_label,
    value_words,
)

DECIDED = frozenset(ReviewState) - {ReviewState.UNREVIEWED, ReviewState.CONTESTED}
VERBS = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected", Verdict.CORRECT: "corrected"}


@dataclass(frozen=True, slots=True)
class Row:
    """One claim. ``machine``: what the machine said, where that is another value; ``said``: each coder's word, for a contested one."""

    id: str
    role: str
    value: str
    words: str
    spans: Spans
    chain: str
    how: str
    confidence: str
    confidence_told: str
    state: str
    coders: tuple[str, ...]
    machine: str
    said: tuple[str, ...]
    added_by: str

    @property
    def where(self) -> str:
        return ",".join(f"{span.start}-{span.end}" for span in self.spans)

    @property
    def is_decided(self) -> bool:
        return ReviewState(self.state) in DECIDED


@dataclass(frozen=True, slots=True)
class EventView:
    """An event under review. ``holds`` is False if it was rejected or taken back."""

    event: Event
    report: Report
    rows: tuple[Row, ...]
    holds: bool
    added_by: str = ""

    @property
    def title(self) -> str:
        return capital(label(self.event.type))

    @property
    def status(self) -> str:
        return status_of(self.event, self.report)

    @property
    def status_label(self) -> str:
        return status_label(self.event, self.report)

    @property
    def status_code(self) -> str:
        return status_code(self.event, self.report).value

    @property
    def reality(self) -> str:
        return reality_words(self.event)

    @property
    def decided(self) -> int:
        return sum(row.is_decided for row in self.rows)


def event_view(store: Store, reviewed: Reviewed, *, event_id: str, masked: bool) -> EventView:
    """The event as it stands. Raises StoreError if the page has none of that id."""
    document_id = reviewed.report.document.id
    additions = [each for each in store.reviews.additions(document_id) if not each.withdrawn]
    held = next((event for event in reviewed.report.events if event.id == event_id), None)
    event = held or next((event for event in reviewed.machine.events if event.id == event_id), None) or _added(additions, event_id)
    if event is None:
        remedy = "an event that was added and taken back, or that a newer reading no longer has, cannot be reviewed"
        raise StoreError("the page has no such event", where=event_id, remedy=remedy)
    judged: dict[str, list[Judgement]] = {}
    for judgement in store.reviews.judgements(document_id):
        judged.setdefault(judgement.claim_id, []).append(judgement)
    rows = tuple(_rows(event, reviewed, additions=[] if masked else additions, judged=judged))
    adder = next((each.coder for each in additions if each.id == event_id), "")
    return EventView(event, reviewed.report, rows, held is not None, adder)


def _added(additions: list[Addition], event_id: str) -> Event | None:
    for each in additions:
        if isinstance(each.record, AddedEvent) and each.id == event_id:
            return Event(each.id, each.document_id, each.record.type, each.record.triggers, ())
    return None


def _rows(event: Event, reviewed: Reviewed, *, additions: list[Addition], judged: Mapping[str, list[Judgement]]) -> Iterator[Row]:
    records = {each.id: each.record for each in additions if isinstance(each.record, Claim)}
    adders = {each.id: each.coder for each in additions}
    found: list[tuple[Claim, Decided]] = []
    for claim_id, decided in reviewed.by_claim.items():
        claim = decided.holding or decided.machine or records.get(claim_id)
        if claim is not None and claim.event_id == event.id:
            found.append((claim, decided))
    found.sort(key=lambda each: (ROLE_ORDER.index(each[0].role), each[0].spans[0].start, each[0].id))
    for claim, decided in found:
        yield _row(claim, decided, type=event.type, reviewed=reviewed, judged=judged.get(claim.id, []), adder=adders.get(claim.id, ""))


def _row(claim: Claim, decided: Decided, *, type: str, reviewed: Reviewed, judged: list[Judgement], adder: str) -> Row:
    report = reviewed.report
    machine = decided.machine if decided.machine and decided.holding and decided.machine != decided.holding else None
    before = _told(machine, reviewed.machine) if machine else ""
    return Row(
        id=claim.id,
        role=claim_role(claim, type),
        value=value_words(claim) if adds_to_quote(claim) or claim.role is Role.TYPE or decided.state is ReviewState.CORRECTED else "",
        words=claim.words,
        spans=claim.spans,
        chain=chain_words(claim.attribution_id, report),
        how=how_words(claim, report),
        confidence=confidence_words(decided.machine) if decided.machine else "",
        confidence_told=confidence_in_full(decided.machine) if decided.machine else "",
        state=decided.state.value,
        coders=decided.coders,
        machine=before if before != _told(claim, report) else "",
        said=tuple(_said(judged)) if decided.state is ReviewState.CONTESTED else (),
        added_by=adder if decided.machine is None else "",
    )


def _told(claim: Claim, report: Report) -> str:
    return f"{value_words(claim)} “{claim.words}” — {chain_words(claim.attribution_id, report)}, {how_words(claim, report)}"


def _said(judged: list[Judgement]) -> Iterator[str]:
    for word in holding_of(judged).words:
        yield f"{VERBS[word.verdict]} by {word.coder}" + (f": {word.note}" if word.note else "")
