"""From a happening to its claims: one value of one role on one source's word, each with the words that say so."""

from collections.abc import Iterator

from purport.coding.grounds import Grounds
from purport.coding.happenings import Happening
from purport.coding.names import Naming
from purport.coding.phrases import Phrases
from purport.coding.tellings import Telling
from purport.coding.tree import Tree
from purport.model import (
    Attribution,
    Claim,
    Count,
    EntityKind,
    EventType,
    Factuality,
    Place,
    Role,
    Span,
    Spans,
    Stance,
    Thing,
    Time,
    TimeExpression,
    Token,
    Toponym,
    Value,
    chain_of,
    claim_id,
)

#: Prepositions before a name that name no part of it.
LOOSE = frozenset({"near", "around", "outside", "beyond", "off", "towards", "toward", "inside", "within", "in"})
#: Who speaks for a group.
SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "commander", "leader", "representative"})
#: Acts of speech about a happening that say who did it; others only take it and its circumstances for granted.
BLAMING = frozenset({Stance.ACCUSES, Stance.ADMITS, Stance.DENIES, Stance.BELIEVES})


class ClaimWriter:
    """Writes the claims of happenings of one page."""

    def __init__(self, tree: Tree, phrases: Phrases, grounds: Grounds) -> None:
        self._tree = tree
        self._phrases = phrases
        self._grounds = grounds
        self._text = tree.reading.document.text

    def claims(
        self, happening: Happening, *, event_id: str, type_: str, owners: list[Attribution], names: list[Naming]
    ) -> tuple[Claim, ...]:
        """Claims in text order, a value on one word only once. ``owners`` take or deny responsibility without naming the event."""
        found: dict[tuple[object, ...], Claim] = {}
        for telling in happening.tellings:
            for role, value, span, ground, key in self._said(telling, type_):
                for voice in (ground, *(self._grounds.beside(ground) if ground else ())):
                    slot = (role, key, voice.id if voice else None)
                    if slot not in found:
                        found[slot] = self._claim(event_id, role, value, span, voice, telling)
        for owner in owners:
            for role, value, span, ground, key in self._owned(owner):
                found.setdefault((role, key, owner.id), self._claim(event_id, role, value, span, ground, happening.tellings[0]))
        for name in names:
            claim = self._claim(event_id, name.role, Thing(name.span.of(self._text)), name.span, name.attribution, happening.tellings[0])
            found.setdefault((name.role, name.key, name.attribution.id if name.attribution else None), claim)
        return tuple(found.values())

    def speakers(self, claims: tuple[Claim, ...]) -> dict[str, str]:
        """By attribution, what tells its source from others: the entity, else the words."""
        found = {}
        for id_ in {c.attribution_id for c in claims if c.attribution_id}:
            attribution = self._grounds.attribution(id_)
            source = attribution.source if attribution else None
            found[id_] = "" if source is None else source.entity_id or source.spans[0].of(self._text).lower()
        return found

    def _claim(self, event_id: str, role: Role, value: Value, span: Span, ground: Attribution | None, telling: Telling) -> Claim:
        return Claim(
            id=claim_id(event_id=event_id, role=role, value=value, spans=(span,), chain=self._chain(ground)),
            event_id=event_id,
            role=role,
            value=value,
            words=span.of(self._text),
            spans=(span,),
            attribution_id=ground.id if ground else None,
            factuality=denied(telling.factuality) if ground and ground.stance is Stance.DENIES else telling.factuality,
        )

    def _chain(self, ground: Attribution | None) -> list[object]:
        links = chain_of(self._grounds.attributions, ground.id) if ground else ()
        return [[(s.start, s.end) for s in (a.source.spans if a.source else ())] + [a.stance.value] for a in links]

    def _said(self, telling: Telling, type_: str) -> Iterator[tuple[Role, Value, Span, Attribution | None, object]]:
        yield Role.TYPE, EventType(type_), telling.trigger.span, telling.attribution, type_
        yield from self._echoed(telling, type_)
        for filler in telling.fillers:
            if self._phrases.is_unresolved(filler.head):
                continue
            span = outside(self._phrases.span(filler.head, filler.last), telling.trigger.span)
            ground = self._suspected(filler.head, telling) or self._ground(filler.head.span, telling)
            yield filler.role, self._phrases.thing(filler.head, filler.last), span, ground, self._phrases.key(filler.head)
        yield from self._threatened(telling)
        for toponym in telling.places:
            yield Role.PLACE, place_value(toponym), place_span(toponym, text=self._text), telling.attribution, toponym.name.lower()
        for site in telling.sites:
            span = self._phrases.span(site.head)
            yield Role.PLACE, Place(name=span.of(self._text)), span, telling.attribution, self._phrases.key(site.head)
        for time in telling.times:
            yield Role.TIME, time_value(time), time.span, telling.attribution, time.edtf or time.span.of(self._text).lower()
        for tally in telling.tallies:
            value = Count(tally.kind, tally.quantity.low, tally.quantity.high, tally.who)
            yield (
                Role.COUNT,
                value,
                tally.quantity.span,
                self._ground(tally.quantity.span, telling),
                (value.kind, value.low, value.high, value.who),
            )

    def _echoed(self, telling: Telling, type_: str) -> Iterator[tuple[Role, Value, Span, Attribution | None, object]]:
        """An act of speech about the happening: who takes responsibility is its perpetrator on his own word, who denies it is not."""
        echo = telling.echo
        if echo is None:
            return
        yield from self._owned(echo)
        if echo.stance is Stance.THREATENS or self._grounds.characterises(echo, self._tree):
            yield Role.TYPE, EventType(type_), telling.trigger.span, echo, type_

    def _owned(self, attribution: Attribution) -> Iterator[tuple[Role, Value, Span, Attribution | None, object]]:
        """The perpetrator on the word of the one who takes responsibility (or, with a negative value, denies it)."""
        source = attribution.source
        if source is not None and attribution.stance in (Stance.ADMITS, Stance.DENIES):
            span = (source.named_spans or source.spans)[0]
            group = None if attribution.stance is Stance.DENIES else self._spoken_for(source.spans[0])
            if group is not None:
                yield Role.PERPETRATOR, self._phrases.thing(group), self._phrases.span(group), attribution, self._phrases.key(group)
            else:
                yield Role.PERPETRATOR, Thing(span.of(self._text), entity_id=source.entity_id), span, attribution, source.entity_id or span

    def _threatened(self, telling: Telling) -> Iterator[tuple[Role, Value, Span, Attribution | None, object]]:
        """Who threatens a deed is to do it, where nobody else is."""
        voice = telling.attribution
        if voice is None or voice.stance is not Stance.THREATENS or voice.source is None or telling.reality != "unrealised":
            return
        if not any(f.role is Role.PERPETRATOR for f in telling.fillers):
            span = (voice.source.named_spans or voice.source.spans)[0]
            yield (
                Role.PERPETRATOR,
                Thing(span.of(self._text), entity_id=voice.source.entity_id),
                span,
                voice,
                voice.source.entity_id or span,
            )

    def _spoken_for(self, speaker: Span) -> Token | None:
        """The group that a person speaks for ("Taliban spokesman X", "a spokesman for the Taliban"): it claims, and he does not."""
        heads = [t for t in self._tree.inside(speaker) if not speaker.covers(self._tree.head(t).span) or t.head == t.index]
        for head in heads[:1]:
            phrase = self._tree.subtree(head)
            if any(t.lemma.lower() in SPEAKERS for t in phrase) or self._tree.mention_kind(head) is EntityKind.PERSON:
                return next((t for t in phrase if t is not head and self._tree.mention_kind(t) is EntityKind.ARMED_GROUP), None)
        return None

    def _suspected(self, head: Token, telling: Telling) -> Attribution | None:
        """The hedge of "militants suspected of the killing": it lays the deed on them, whoever speaks of them."""
        hedges = [a for a in self._grounds.holding(telling.trigger.token.span) if a.source is None]
        described = {kid.span.start for kid in self._tree.children(head, "acl")}
        return next((a for a in hedges if any(s.start <= start < s.end for s in a.cue for start in described)), None)

    def _ground(self, span: Span, telling: Telling) -> Attribution | None:
        """The innermost attribution that holds the words themselves; inside the trigger's own clause that of the trigger."""
        ground = self._grounds.innermost(span)
        if ground is None and telling.attribution is not None and _is_speaker(telling.attribution, span):
            return telling.attribution  # "the group threatened to attack": what is said of the speaker rests on his word too
        return telling.attribution if ground is not None and ground is telling.echo and ground.stance not in BLAMING else ground


def _is_speaker(attribution: Attribution, span: Span) -> bool:
    return attribution.source is not None and any(s.overlaps(span) for s in (*attribution.source.spans, *attribution.source.named_spans))


def outside(span: Span, trigger: Span) -> Span:
    """``span`` without the words of the trigger at its beginning ("shooting dead two men")."""
    return (
        Span(trigger.end + 1, span.end)
        if span.start < trigger.end <= span.end and trigger.start < span.start and trigger.end + 1 < span.end
        else span
    )


def denied(value: Factuality) -> Factuality:
    """What a denied statement says of the event."""
    swap = {
        Factuality.CERTAIN: Factuality.NOT_CERTAIN,
        Factuality.PROBABLE: Factuality.NOT_PROBABLE,
        Factuality.POSSIBLE: Factuality.NOT_POSSIBLE,
    }
    return swap.get(value, value)


def place_span(toponym: Toponym, *, text: str) -> Span:
    """The name with the word that names a part of it right before it ("northern Syria")."""
    part = toponym.relation
    if part is None or part.end > toponym.span.start or " " in part.of(text) or text[part.end : toponym.span.start] != " ":
        return toponym.span
    return Span(part.start, toponym.span.end) if part.of(text).lower() not in LOOSE else toponym.span


def place_value(toponym: Toponym) -> Place:
    return Place(
        name=toponym.name,
        country=toponym.country,
        admin1=toponym.admin1,
        geonames_id=toponym.geonames_id,
        latitude=toponym.latitude,
        longitude=toponym.longitude,
        precision=toponym.precision,
    )


def time_value(time: TimeExpression) -> Time:
    return Time(time.value, time.edtf)


def trigger_spans(happening: Happening) -> Spans:
    """Trigger spans, the most specific first, then in text order."""
    tellings = sorted(
        happening.tellings,
        key=lambda t: (t.trigger.weak, t.trigger.entry.generic or bool(t.trigger.entry.consequence), t.trigger.token.index),
    )
    return tuple(dict.fromkeys(t.trigger.span for t in tellings))
