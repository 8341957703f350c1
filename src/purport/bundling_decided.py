"""What people decided about the pages and incidents of a bundle, each decision with what it is about; above all rooms."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from purport.decisions import (
    AddedEvent,
    Addition,
    AdditionKind,
    ClaimTold,
    Comment,
    DecisionKind,
    DecisionTold,
    EventTold,
)
from purport.export import mask_report, mask_words, withheld_names
from purport.model import Attribution, Claim, Event, EventType, Factuality, Judgement, Report, Role, Spans, Thing, Verdict, hashed_id
from purport.review.overlay import origin_of, overlay, spans_of
from purport.status import quote_of
from purport.store import Store
from purport.verdicts import holding_of
from purport.withholding import names_around

WITHDRAWN, LAPSED = "withdrawn", "lapsed"  #: states of an addition that was taken back, or whose voice or event was


@dataclass(frozen=True, slots=True)
class PageDecided:
    """One page. ``report``: as it was read, with the voices that people added; it tells the chains of all claims."""

    report: Report
    events: tuple[EventTold, ...]
    decisions: tuple[DecisionTold, ...]

    @property
    def id(self) -> str:
        return self.report.document.id


def page_decided(store: Store, document_id: str, *, events: Collection[str]) -> PageDecided:
    """A page with its events among ``events`` and what was decided about them, about the page, and about who speaks in it."""
    page = _Page(store, document_id, wanted=frozenset(events))
    told = tuple(page.events())
    found = (*page.additions(), *page.judgements(told), *page.comments(told))  # so they follow one another inside one second
    return PageDecided(page.report, told, tuple(sorted(found, key=lambda each: each.made_at)))


def incident_comments(store: Store, incident: str) -> tuple[DecisionTold, ...]:
    """Remarks about an incident as a whole."""
    return tuple(_comment(each, document_id="", spans=()) for each in store.reviews.comments(incident))


def addition_id(addition: Addition) -> str:
    """The id of the decision; what it adds may be added by somebody else too, or be found by a newer reader."""
    return hashed_id("add", addition.id, addition.coder)


class _Page:
    """One page while its decisions are gathered."""

    def __init__(self, store: Store, document_id: str, *, wanted: frozenset[str]) -> None:
        self._store, self._wanted = store, wanted
        self._machine = store.report(document_id)
        self._judged = store.reviews.judgements(document_id)
        every = store.reviews.additions(document_id)
        self._laid = overlay(self._machine, self._judged, additions=every)
        self._added = [each for each in every if self._has_words(each)]
        self._claims: dict[str, Claim] = {}  # machine's or added, by id
        self.report = replace(self._machine, attributions=tuple(self._links().values()))

    def _has_words(self, addition: Addition) -> bool:
        return not addition.words or quote_of(self._machine.document.text, spans_of(addition)) == addition.words

    def _links(self) -> dict[str, Attribution]:
        links = {link.id: link for link in self._machine.attributions}
        for addition in self._added:
            if isinstance(link := addition.record, Attribution):
                links.setdefault(link.id, link if link.parent_id in links else replace(link, parent_id=None))
        return links

    # -------------------------------------------------------------- events and their claims
    def events(self) -> Iterator[EventTold]:
        """The machine's, then those that people added."""
        document_id, holding = self.report.document.id, {event.id: event for event in self._laid.report.events}
        known = {event.id for event in self._machine.events}
        for event in self._machine.events:
            if event.id in self._wanted:
                held = holding.get(event.id, event)
                yield EventTold(event.id, document_id, held.type, event.triggers, "", event.id in holding, self._told(event))
        for id, addition in self._of(AdditionKind.EVENT).items():
            if id in self._wanted - known and isinstance(made := addition.record, AddedEvent):
                event = Event(id, document_id, made.type, made.triggers, ())
                held = holding.get(id, event)
                yield EventTold(id, document_id, held.type, made.triggers, addition.coder, id in holding, self._told(event))

    def _of(self, kind: AdditionKind) -> dict[str, Addition]:
        """Additions by the id of what they add; of several coders' the one that still stands."""
        return {each.id: each for each in sorted(self._added, key=lambda each: not each.withdrawn) if each.kind is kind}

    def _told(self, event: Event) -> tuple[ClaimTold, ...]:
        machine = {claim.id: claim for claim in event.claims}
        found = self._of(AdditionKind.CLAIM)
        added = {id: self._added_claim(each) for id, each in found.items() if _event_of(each) == event.id}
        self._claims |= added | machine
        return tuple(self._claim(id, machine=machine.get(id), added=added.get(id), addition=found.get(id)) for id in {**machine, **added})

    def _added_claim(self, addition: Addition) -> Claim:
        assert isinstance(addition.record, Claim)  # noqa: S101 - its kind says so
        return replace(addition.record, origin=origin_of(addition.coder))

    def _claim(self, id: str, *, machine: Claim | None, added: Claim | None, addition: Addition | None) -> ClaimTold:
        decided = self._laid.by_claim.get(id)
        if decided is not None:
            return ClaimTold(id, decided.state.value, machine, added, decided.holding, decided.coders)
        return ClaimTold(id, WITHDRAWN if addition and addition.withdrawn else LAPSED, machine, added, None)

    # -------------------------------------------------------------- decisions
    def judgements(self, told: Iterable[EventTold]) -> Iterator[DecisionTold]:
        """Those of claims of these events."""
        for claim in (claim for event in told for claim in event.claims):
            own = [judgement for judgement in self._judged if judgement.claim_id == claim.id]
            standing = holding_of(own).words
            for judgement in own:
                yield self._judgement(judgement, before=self._claims[claim.id], stands=judgement in standing)

    def _judgement(self, said: Judgement, *, before: Claim, stands: bool) -> DecisionTold:
        after = self._corrected(said, before) if said.verdict is Verdict.CORRECT else None
        return DecisionTold(
            id=said.id,
            kind=DecisionKind.JUDGEMENT,
            verdict=said.verdict.value,
            subject=said.claim_id,
            document_id=self.report.document.id,
            coder=said.coder,
            made_at=said.made_at,
            note=said.note,
            stands=stands,
            spans=(after or before).spans,
            before=before,
            after=after,
        )

    def _corrected(self, said: Judgement, before: Claim) -> Claim | None:
        """What the claim would be if this word alone had been said."""
        alone = replace(self.report, events=(Event(before.event_id, self.report.document.id, "", (), (before,)),))
        return overlay(alone, [said]).by_claim[before.id].holding

    def additions(self) -> Iterator[DecisionTold]:
        """Voices of the page; events and claims of events that are asked for."""
        holding = {link.id for link in self._laid.report.attributions} | {event.id for event in self._laid.report.events}
        holding |= {id for id, each in self._laid.by_claim.items() if each.holding}
        for addition in self._added:
            if addition.kind is not AdditionKind.ATTRIBUTION and _event_of(addition) not in self._wanted:
                continue
            record = self._added_claim(addition) if isinstance(addition.record, Claim) else addition.record
            yield DecisionTold(
                id=addition_id(addition),
                kind=DecisionKind.ADDITION,
                verdict=addition.kind.value,
                subject=addition.id,
                document_id=addition.document_id,
                coder=addition.coder,
                made_at=addition.made_at,
                stands=not addition.withdrawn and addition.id in holding,
                spans=spans_of(addition),
                after=record,
            )

    def comments(self, told: Sequence[EventTold]) -> Iterator[DecisionTold]:
        """Remarks about the page, these events, their claims, and voices that were added."""
        spans: dict[str, Spans] = {self.report.document.id: ()}
        spans |= {event.id: event.triggers for event in told}
        spans |= {claim.id: self._claims[claim.id].spans for event in told for claim in event.claims}
        spans |= {id: spans_of(addition) for id, addition in self._of(AdditionKind.ATTRIBUTION).items()}
        for comment in self._store.reviews.comments(*spans):
            yield _comment(comment, document_id=self.report.document.id, spans=spans[comment.subject])


def _event_of(addition: Addition) -> str:
    record = addition.record
    return record.event_id if isinstance(record, Claim) else record.id


def _comment(said: Comment, *, document_id: str, spans: Spans) -> DecisionTold:
    return DecisionTold(
        id=said.id,
        kind=DecisionKind.COMMENT,
        verdict="",
        subject=said.subject,
        document_id=document_id,
        coder=said.coder,
        made_at=said.made_at,
        note=said.text,
        spans=spans,
    )


# ------------------------------------------------------------------ names withheld
def names_in_words(store: Store, *documents: str) -> frozenset[str]:
    """All that is withheld in what people wrote about these pages: also names that somebody took back again."""
    return names_around(store, *documents).union(*(_proposed(store, each) for each in documents))


def _proposed(store: Store, document_id: str) -> frozenset[str]:
    """Names in every value and every voice that a person ever gave."""
    report, reviews = store.report(document_id), store.reviews
    additions = reviews.additions(document_id)
    known = {claim.id: claim for event in report.events for claim in event.claims}
    known |= {each.id: each.record for each in additions if isinstance(each.record, Claim)}
    said = (*reviews.judgements(document_id), *reviews.past_judgements(document_id))
    claims = [_proposal(known.get(each.claim_id), each.value) for each in said if isinstance(each.value, Thing)]
    claims += [each.record for each in additions if isinstance(each.record, Claim)]
    return withheld_names(replace(report, events=(Event("", document_id, "", (), tuple(claims)),)))


def _proposal(claim: Claim | None, value: Thing) -> Claim:
    """A claim with the value that somebody gave; of what nobody reads any more the role is not known, so that any name counts."""
    return replace(claim, value=value) if claim else Claim("", "", Role.NAME, value, value.name, (), None, Factuality.CERTAIN)


def without_names(page: PageDecided, *, names: Collection[str], in_words: Collection[str]) -> PageDecided:
    """The page with ``names`` withheld in its text and ``in_words`` in what people wrote; positions moved with the text."""
    mask = _Mask(page, names=names, in_words=in_words)
    events = tuple(mask.event(event) for event in page.events)
    return PageDecided(mask.report, events, tuple(mask.decision(each) for each in page.decisions))


def notes_without_names(decisions: Iterable[DecisionTold], *, in_words: Collection[str]) -> tuple[DecisionTold, ...]:
    """The same where there is nothing but words."""
    return tuple(replace(each, note=mask_words([each.note], in_words)[0]) for each in decisions)


class _Mask:
    """Every claim and every stretch of a page's decisions, moved by one masking of its text."""

    def __init__(self, page: PageDecided, *, names: Collection[str], in_words: Collection[str]) -> None:
        self._names = in_words
        every = tuple(dict.fromkeys(_claims_in(page)))
        hidden = mask_report(replace(page.report, events=(Event("", page.id, "", (), every),)), names=names)
        self._now: Mapping[Claim, Claim] = dict(zip(every, hidden.events[0].claims, strict=True))
        self._links = {link.id: link for link in hidden.attributions}
        self.report = replace(hidden, events=())

    def _claim(self, claim: Claim | None) -> Claim | None:
        if claim is None:
            return None
        now = self._now[claim]
        if not isinstance(now.value, Thing) or not now.origin.startswith(origin_of("")):
            return now
        return replace(now, value=replace(now.value, name=mask_words([now.value.name], self._names)[0]))

    def _spans(self, spans: Spans) -> Spans:
        return self._now[_standing_at(spans)].spans

    def event(self, event: EventTold) -> EventTold:
        c = self._claim
        claims = (replace(each, machine=c(each.machine), added=c(each.added), holding=c(each.holding)) for each in event.claims)
        return replace(event, triggers=self._spans(event.triggers), claims=tuple(claims))

    def decision(self, decision: DecisionTold) -> DecisionTold:
        note = mask_words([decision.note], self._names)[0]
        before, after = self._claim(decision.before), self._after(decision.after)
        return replace(decision, note=note, spans=self._spans(decision.spans), before=before, after=after)

    def _after(self, record: Claim | AddedEvent | Attribution | None) -> Claim | AddedEvent | Attribution | None:
        match record:
            case AddedEvent():
                return replace(record, triggers=self._spans(record.triggers))
            case Attribution():
                return self._links[record.id]
        return self._claim(record)


def _claims_in(page: PageDecided) -> Iterator[Claim]:
    for event in page.events:
        yield _standing_at(event.triggers)
        for each in event.claims:
            yield from (claim for claim in (each.machine, each.added, each.holding) if claim)
    for decision in page.decisions:
        yield _standing_at(decision.spans)
        if decision.before:
            yield decision.before
        match decision.after:
            case AddedEvent(triggers=triggers):
                yield _standing_at(triggers)
            case Claim() as claim:
                yield claim


def _standing_at(spans: Spans) -> Claim:
    """A stretch of text as a claim, for what moves claims moves it."""
    return Claim("", "", Role.TYPE, EventType(""), "", spans, None, Factuality.CERTAIN)
