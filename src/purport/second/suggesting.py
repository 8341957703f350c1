"""From an answer to suggestions: only what stands in the page in exactly these words; the rest is dropped and counted."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from purport.decisions import AddedEvent
from purport.model import (
    READ_KINDS,
    Attribution,
    Claim,
    Count,
    Document,
    EntityKind,
    EventType,
    Factuality,
    Place,
    Role,
    Source,
    SourceKind,
    Span,
    Stance,
    Thing,
    Time,
    Value,
    claim_id,
    event_id,
    hashed_id,
)
from purport.resources import text_of
from purport.second.asking import Client
from purport.second.form import SaidClaim, SaidEvent, answer_of, schema

LONGEST_PASSAGE = 6_000  #: characters asked about at once; a context of 8,000 tokens holds them with the answer
EDTF = re.compile(r"-?\d{4}(-\d{2}(-\d{2})?)?[?~%]?(/(\.\.|\d{4}(-\d{2}(-\d{2})?)?))?", re.ASCII)
NO_MEASURE = 0.0  #: confidence of a suggestion: nothing is known of how often this reader is right


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One event with its claims and the attributions that they rest on, as a second reader gives them; it waits for a person."""

    event: AddedEvent
    claims: tuple[Claim, ...]
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggested:
    """All suggestions about a page. ``dropped``: how many were not, by reason."""

    suggestions: tuple[Suggestion, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)


def suggest(document: Document, client: Client, *, types: tuple[str, ...]) -> Suggested:
    """What the second reader finds in a page, passage by passage. ``types``: the codebook's. Raises FetchError."""
    origin = f"endpoint {client.endpoint.model}"
    instructions = _instructions(types)
    dropped: Counter[str] = Counter()
    found: dict[str, Suggestion] = {}
    for passage in passages(document):
        answer = answer_of(client.ask(instructions, _question(document, passage), form=schema()))
        if answer is None:
            dropped["answers not in the form"] += 1
            continue
        checking = _Checking(document, passage, origin=origin, types=frozenset(types), dropped=dropped)
        for said in answer.events:
            suggestion = checking.event(said)
            if suggestion is not None and found.setdefault(suggestion.event.id, suggestion) is not suggestion:
                dropped["events told twice"] += 1
    return Suggested(tuple(found.values()), dict(dropped))


def _instructions(types: tuple[str, ...]) -> str:
    lines = text_of("second/instructions.txt").split("\n", 1)[1]
    return lines.format(types=", ".join(types), stances=", ".join(Stance), factualities=", ".join(Factuality))


def _question(document: Document, passage: Span) -> str:
    return f"Published: {document.published or 'not known'}\n\nPassage:\n{passage.of(document.text)}"


def passages(document: Document) -> Iterator[Span]:
    """The read blocks of a page in stretches of at most :data:`LONGEST_PASSAGE` characters; a longer block is cut where it must be."""
    start = end = None
    for block in sorted((block for block in document.blocks if block.kind in READ_KINDS), key=lambda block: block.span):
        for piece in _pieces(block.span):
            if start is None or end is None or piece.end - start > LONGEST_PASSAGE:
                if start is not None and end is not None:
                    yield Span(start, end)
                start = piece.start
            end = piece.end
    if start is not None and end is not None:
        yield Span(start, end)


def _pieces(span: Span) -> Iterator[Span]:
    for start in range(span.start, span.end, LONGEST_PASSAGE):
        yield Span(start, min(start + LONGEST_PASSAGE, span.end))


class _Checking:
    """One answer held against its passage."""

    def __init__(self, document: Document, passage: Span, *, origin: str, types: frozenset[str], dropped: Counter[str]) -> None:
        self._document = document
        self._passage = passage
        self._origin = origin
        self._types = types
        self._dropped = dropped

    def event(self, said: SaidEvent) -> Suggestion | None:
        """The suggestion, None if its trigger or its source is not in the passage or its type is none."""
        if said.type not in self._types:
            self._drop("types that are none")
            return None
        trigger = self._find(said.quote, sentence=said.sentence, near=self._passage.start)
        if trigger is None:
            self._drop("quotes that are not in the page")
            return None
        made = AddedEvent(event_id(self._document.id, (trigger,)), self._document.id, said.type, (trigger,))
        voices: dict[str, Attribution] = {}
        told = self._claim(said, made, role=Role.TYPE, value=EventType(said.type), span=trigger, voices=voices)
        if told is None:
            return None
        claims = [told, *(claim for each in said.claims if (claim := self._role(each, made, voices=voices)))]
        return Suggestion(made, tuple({claim.id: claim for claim in claims}.values()), tuple(voices.values()))

    def _drop(self, reason: str) -> None:
        self._dropped[reason] += 1

    def _role(self, said: SaidClaim, event: AddedEvent, *, voices: dict[str, Attribution]) -> Claim | None:
        span = self._find(said.quote, sentence=said.sentence, near=event.triggers[0].start)
        if span is None:
            self._drop("quotes that are not in the page")
            return None
        value = value_of(said, words=span.of(self._document.text))
        if value is None:
            self._drop("counts without a kind or with ends that cross")
            return None
        return self._claim(said, event, role=said.as_role, value=value, span=span, voices=voices)

    def _claim(
        self, said: SaidEvent | SaidClaim, event: AddedEvent, *, role: Role, value: Value, span: Span, voices: dict[str, Attribution]
    ) -> Claim | None:
        voice = None
        if said.source is not None or said.cue is not None:
            voice = self._voice(said, span=span)
            if voice is None:  # a claim whose source is made up would be talk told as fact
                self._drop("sources that are not in the page")
                return None
            voices[voice.id] = voice
        chain = [voice.id] if voice else []
        return Claim(
            id=claim_id(event_id=event.id, role=role, value=value, spans=(span,), chain=chain),
            event_id=event.id,
            role=role,
            value=value,
            words=span.of(self._document.text),
            spans=(span,),
            attribution_id=voice.id if voice else None,
            factuality=Factuality(said.factuality),
            confidence=NO_MEASURE,
            origin=self._origin,
        )

    def _voice(self, said: SaidEvent | SaidClaim, *, span: Span) -> Attribution | None:
        cue = self._find(said.cue, sentence=said.sentence, near=span.start) if said.cue else None
        source = self._find(said.source, sentence=said.sentence, near=span.start) if said.source else None
        if (said.cue and cue is None) or (said.source and source is None):
            return None
        spans = (source,) if source else ()
        speaker = Source(spans, spans, None, SourceKind.UNKNOWN, named=False) if spans else None
        cues = (cue,) if cue else ()
        id_ = hashed_id("att", self._document.id, cues, (span,), spans)
        return Attribution(id_, speaker, cues, (span,), Stance(said.stance or Stance.SAYS), confidence=NO_MEASURE)

    def _find(self, quote: str, *, sentence: str | None, near: int) -> Span | None:
        """Where the words stand: in the sentence that was given, if it is one of the passage; else the place nearest to ``near``."""
        inside = self._places(sentence, within=self._passage) if sentence else []
        places = [place for each in inside for place in self._places(quote, within=each)] or self._places(quote, within=self._passage)
        return min(places, key=lambda place: (abs(place.start - near), place.start), default=None)

    def _places(self, words: str, *, within: Span) -> list[Span]:
        """Every place of whole words in a stretch of the text."""
        pattern = rf"(?<!\w){re.escape(words)}(?!\w)" if words[0].isalnum() and words[-1].isalnum() else re.escape(words)
        found = re.compile(pattern).finditer(self._document.text, within.start, within.end)
        return [Span(*match.span()) for match in found]


def value_of(said: SaidClaim, *, words: str) -> Value | None:
    """The value in the form of its role; of places and actors no more than their words, since the rest would be the model's knowledge."""
    match said.as_role:
        case Role.PLACE:
            return Place(words)
        case Role.TIME:
            edtf = said.edtf if said.edtf and EDTF.fullmatch(said.edtf) else None
            return Time(edtf or words, edtf)
        case Role.COUNT:
            crossed = said.low is not None and said.high is not None and said.low > said.high
            return None if said.kind is None or crossed else Count(said.kind, said.low, said.high)
        case Role.NAME:
            return Thing(words, EntityKind.PERSON)
    return Thing(words)
