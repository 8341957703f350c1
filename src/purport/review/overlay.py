"""People's decisions laid over the machine's report of a page: what holds, and what was decided of each claim; pure.

Rejected claims go, corrected ones stand with the coder's value, evidence, voice and factuality under the id of the machine's, so that
judgements stay with them. An event whose type claims are all rejected goes as a whole. The derived words of an event change where what
they are derived from did.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from purport.decisions import AddedEvent, Addition, Decided, Reviewed, ReviewState
from purport.derivation import Derived, derived_from
from purport.model import Attribution, Change, Claim, Event, Judgement, Report, Role, Spans, Verdict
from purport.status import quote_of, source_words
from purport.verdicts import holding_of

STATES = {Verdict.ACCEPT: ReviewState.ACCEPTED, Verdict.REJECT: ReviewState.REJECTED, Verdict.CORRECT: ReviewState.CORRECTED}


def overlay(report: Report, judgements: Iterable[Judgement], *, additions: Iterable[Addition] = ()) -> Reviewed:
    """The page with what people decided. ``judgements`` of any claims, oldest first; those of claims that it has not are left aside.

    Additions whose words no longer stand where they were selected, or whose event is gone, do not hold.
    """
    page = _Page(report, judgements, additions=additions)
    decided: dict[str, Decided] = {}
    events = [event for each in page.events() if (event := page.holding(each, decided))]
    attributions = tuple(page.attributions.values())
    return Reviewed(report, replace(report, attributions=attributions, events=tuple(events)), decided)


def origin_of(coder: str) -> str:
    """The origin of what a person said."""
    return f"coder {coder}"


@dataclass(frozen=True, slots=True)
class _Told:
    """An event with the machine's claims and those added to it; ``machine`` None for one that was added."""

    machine: Event | None
    event: Event
    added: tuple[Addition, ...]


class _Page:
    """One page while it is laid over."""

    def __init__(self, report: Report, judgements: Iterable[Judgement], *, additions: Iterable[Addition]) -> None:
        self._report = report
        self._text = report.document.text
        self._judged: dict[str, list[Judgement]] = {}
        for judgement in judgements:
            self._judged.setdefault(judgement.claim_id, []).append(judgement)
        self._added = [each for each in additions if not each.withdrawn and self._stands(each)]
        links = (each.record for each in self._added if isinstance(each.record, Attribution))
        self.attributions = {link.id: link for link in report.attributions}
        for link in links:
            self.attributions.setdefault(link.id, link if link.parent_id in self.attributions else replace(link, parent_id=None))
        self._speakers = {link.id: self._speaker(link) for link in self.attributions.values()}

    def _stands(self, addition: Addition) -> bool:
        return not addition.words or quote_of(self._text, spans_of(addition)) == addition.words

    def _has_voice(self, claim: Claim) -> bool:
        return claim.attribution_id is None or claim.attribution_id in self.attributions

    def _speaker(self, link: Attribution) -> str:
        return (link.source.entity_id or source_words(link.source, self._text).lower()) if link.source else ""

    def events(self) -> Iterable[_Told]:
        """The machine's events, then those that were added, each with the claims that were."""
        claims: dict[str, list[Addition]] = {}
        for addition in self._added:
            if isinstance(addition.record, Claim) and self._has_voice(addition.record):
                claims.setdefault(addition.record.event_id, []).append(addition)
        known = {event.id for event in self._report.events}
        for event in self._report.events:
            yield _Told(event, event, tuple(claims.get(event.id, ())))
        made_events = (each.record for each in self._added if isinstance(each.record, AddedEvent))
        for made in {each.id: each for each in made_events if each.id not in known}.values():
            event = Event(made.id, made.document_id, made.type, made.triggers, ())
            yield _Told(None, event, tuple(claims.get(made.id, ())))

    def holding(self, told: _Told, decided: dict[str, Decided]) -> Event | None:
        """The event as it holds, None if it does not; what was decided of its claims is put into ``decided``."""
        own = {claim.id: self._decided(claim) for claim in told.event.claims}
        for addition in told.added:
            own[addition.id] = self._decided_addition(addition, own.get(addition.id))
        decided |= own
        claims = tuple(each.holding for each in own.values() if each.holding is not None)
        if not self._is_told(claims, told=told):
            decided |= {id_: replace(each, holding=None, state=ReviewState.REJECTED) for id_, each in own.items()}
            return None
        return told.event if claims == told.event.claims else self._derived(told, claims)

    def _is_told(self, claims: tuple[Claim, ...], *, told: _Told) -> bool:
        had_type = told.machine is None or any(claim.role is Role.TYPE for claim in told.machine.claims)
        return not had_type or any(claim.role is Role.TYPE for claim in claims)

    def _decided(self, machine: Claim) -> Decided:
        said = holding_of(self._judged.get(machine.id, ()))
        if said.last is None:
            return Decided(ReviewState.UNREVIEWED, machine, machine)
        state = ReviewState.CONTESTED if said.is_contested else STATES[said.last.verdict]
        return Decided(state, machine, self._changed(machine, said.last), said.coders)

    def _decided_addition(self, addition: Addition, known: Decided | None) -> Decided:
        """An added claim is its coder's word; what the machine has come to say too, that coder has accepted."""
        assert isinstance(addition.record, Claim)  # noqa: S101 - only claims come here
        word = Judgement("", addition.id, Verdict.ACCEPT, None, "", addition.coder, addition.made_at)
        said = holding_of([word, *self._judged.get(addition.id, ())])
        base = known.machine if known and known.machine else replace(addition.record, origin=origin_of(addition.coder))
        if said.last is None:
            return known or Decided(ReviewState.REJECTED, None, None)
        is_new = known is None and said.words == (word,)
        state = ReviewState.CONTESTED if said.is_contested else ReviewState.ADDED if is_new else STATES[said.last.verdict]
        return Decided(state, known.machine if known else None, self._changed(base, said.last), said.coders)

    def _changed(self, claim: Claim, word: Judgement) -> Claim | None:
        """The claim as a judgement leaves it."""
        if word.verdict is Verdict.REJECT:
            return None
        if word.verdict is Verdict.ACCEPT:
            return replace(claim, confidence=1.0)
        change = word.change or Change()
        spans = change.spans if change.spans and self._are_inside(change.spans) else claim.spans
        return replace(
            claim,
            value=claim.value if word.value is None else word.value,
            spans=spans,
            words=quote_of(self._text, spans),
            attribution_id=self._voice(claim, change),
            factuality=change.factuality or claim.factuality,
            confidence=1.0,
            origin=origin_of(word.coder),
        )

    def _are_inside(self, spans: Spans) -> bool:
        return all(0 <= span.start < span.end <= len(self._text) for span in spans)

    def _voice(self, claim: Claim, change: Change) -> str | None:
        if change.attribution_id is None or (change.attribution_id and change.attribution_id not in self.attributions):
            return claim.attribution_id
        return change.attribution_id or None

    def _derived(self, told: _Told, claims: tuple[Claim, ...]) -> Event:
        """The event with its claims; a derived word stays the reader's unless what it follows from has changed."""
        event = replace(told.event, claims=claims)
        now = self._follows(claims)
        if now is None:
            return event
        before = self._follows(told.machine.claims) if told.machine else None
        words = {name: getattr(now, name) for name in ("type", "reality", "voice", "certainty", "disputed")}
        return replace(event, **{name: word for name, word in words.items() if before is None or getattr(before, name) != word})

    def _follows(self, claims: Iterable[Claim]) -> Derived | None:
        return derived_from(claims, attributions=self.attributions, speakers=self._speakers)


def spans_of(addition: Addition) -> Spans:
    """The stretches that a person selected for an addition, in the order in which ``words`` quotes them."""
    match addition.record:
        case Attribution(source=source, cue=cue):
            return (*(source.spans if source else ()), *cue)
        case AddedEvent(triggers=triggers):
            return triggers
        case Claim(spans=spans):
            return spans
