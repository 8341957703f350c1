"""The records that the rooms hand to each other. Frozen; spans are half-open Unicode code points of ``Document.text``."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range ``[start, end)`` of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` inside this span."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]


def digest_of(content: bytes) -> str:
    """``sha256:`` and the hexadecimal SHA-256 of ``content``."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def hashed_id(prefix: str, *parts: object) -> str:
    """A stable id: ``prefix-`` and 16 hexadecimal digits of the SHA-256 of the parts as JSON."""
    payload = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=_plain)
    return f"{prefix}-{hashlib.sha256(payload.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _plain(value: object) -> object:
    if hasattr(value, "__dataclass_fields__"):
        return asdict(value)  # type: ignore[call-overload]
    return str(value)


# ------------------------------------------------------------------ ingest
@dataclass(frozen=True, slots=True)
class Capture:
    """Raw bytes of one page as they were met, with where and when.

    ``origin`` names the input as the user would (path, URL, ``file.warc.gz#offset``, ``file.jsonl#line``). ``charset`` is what a
    transport said (HTTP header), often wrong. ``hints`` carries metadata that came beside the bytes (``published``, ``outlet``,
    ``title``, ``language``), for example from a JSONL row or a feed.
    """

    id: str
    origin: str
    digest: str
    content: bytes = field(repr=False)
    media_type: str  #: ``text/html`` or ``text/plain`` as recognised from the content
    url: str | None = None
    retrieved_at: datetime | None = None
    charset: str | None = None
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that could not be read; the run goes on. ``remedy`` says what the user can do."""

    where: str
    what: str
    remedy: str = ""
    stage: str = "ingest"


# ------------------------------------------------------------------ extract
class BlockKind(StrEnum):
    """What a block of a page is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATELINE = "dateline"  #: "ERBIL (Kurdistan 24) –" at the head of a paragraph; a block of its own
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CAPTION = "caption"
    CREDIT = "credit"
    RIGHTS = "rights"


#: Blocks whose sentences are read for events and attributions.
READ_KINDS = frozenset(
    {
        BlockKind.HEADLINE,
        BlockKind.STANDFIRST,
        BlockKind.DATELINE,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.QUOTE,
        BlockKind.CAPTION,
        BlockKind.HEADING,
    }
)


@dataclass(frozen=True, slots=True)
class Block:
    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Document:
    """The words of a page, furniture left out, cut in blocks. ``published`` is an ISO date or None (undated).

    ``published_from`` says where the date was found ("option", "meta article:published_time", "byline", …).
    ``language`` is an ISO 639-1 code. ``unread`` is the reason if this page is kept but not read ("language: ar"), else None.
    """

    id: str
    capture_id: str
    text: str = field(repr=False)
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    published_from: str | None = None
    language: str = "en"
    rights: str | None = None
    url: str | None = None
    blocks: tuple[Block, ...] = ()
    unread: str | None = None
    furniture: tuple[str, ...] = field(default=(), repr=False)  #: lines left out of the text, for display only


# ------------------------------------------------------------------ read
@dataclass(frozen=True, slots=True)
class Token:
    """One word. ``head`` and ``sentence`` are indexes into ``Reading.tokens`` / ``Reading.sentences``; a root is its own head.

    ``pos`` Universal POS, ``tag`` Penn tag, ``dep`` the CLEAR label of spaCy's English models, ``entity`` its OntoNotes label or "".
    ``words`` is the text of the token, ``lemma`` in lower case (except PROPN).
    """

    index: int
    span: Span
    words: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``[first, end)`` of the reading, inside one block."""

    index: int
    span: Span
    first: int
    end: int
    block: int


class Form(StrEnum):
    """How a mention says what it stands for."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class EntityKind(StrEnum):
    """What a mention stands for. ``GROUP_OF_PEOPLE`` is an unorganised plural ("civilians", "protesters")."""

    PERSON = "person"
    GROUP_OF_PEOPLE = "people"
    ARMED_GROUP = "armed_group"
    GOVERNMENT = "government"
    FORCE = "force"  #: army, police, militia of a state, coalition
    AGENCY = "agency"  #: news agency
    OUTLET = "outlet"
    NGO = "ngo"  #: NGO, monitor, rescue service
    INTERGOVERNMENTAL = "intergovernmental"
    PARTY = "party"  #: political party
    ORGANISATION = "organisation"  #: any other
    NATIONALITY = "nationality"
    PLACE = "place"
    FACILITY = "facility"
    WEAPON = "weapon"
    VEHICLE = "vehicle"
    ARTEFACT = "artefact"  #: video, statement, photo, document, report
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names, describes or points to something. ``head`` is a token index.

    ``span`` is the head phrase with the modifiers that identify it and no trailing relative clause, as the codebook quotes it.
    """

    span: Span
    head: int
    kind: EntityKind
    form: Form
    entity_id: str


@dataclass(frozen=True, slots=True)
class Entity:
    """What one or more mentions of a document stand for. ``actor_code`` points into ``resources/actors``.

    ``party``: usually a party to conflicts.
    """

    id: str
    name: str
    kind: EntityKind
    actor_code: str | None = None
    country: str | None = None
    party: bool = False


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3 expression. ``kind`` DATE, TIME, DURATION or SET; ``value`` the TIMEX3 value; ``edtf`` None if it cannot be known."""

    span: Span
    kind: str
    value: str
    edtf: str | None = None
    anchor: str | None = None  #: "published", "document:<words>", or None if absolute
    relation: str | None = None  #: "since", "until", "before", "after", "between", "about" or None


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    geonames_id: int | None
    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name as printed, and what it most likely stands for; ``geonames_id`` None if unresolved. Coordinates in WGS 84 degrees.

    ``precision``: "exact" (named populated place), "near" (north of, near, countryside of), "district", "province", "country",
    "region", "unknown".
    ``adjective`` is True for "Russian", "Syrian" (kept apart from toponyms proper). ``literal`` is False where the name stands for a
    government or force ("Moscow says").
    """

    span: Span
    name: str
    geonames_id: int | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"
    candidates: tuple[PlaceCandidate, ...] = ()
    adjective: bool = False
    literal: bool = True
    relation: Span | None = None  #: the words "north of", "near" that loosen it
    admin2: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something. ``span`` is the whole phrase ("at least 16 people"), ``low``/``high`` None where open.

    ``head`` is the token counted ("people"), None for a bare number. ``unit`` its lemma or "".
    ``part_of_whole``: introduced by "including"/"among them".
    """

    span: Span
    low: int | None
    high: int | None
    unit: str = ""
    head: int | None = None
    part_of_whole: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch of text to which the encoder gives ``label``; ``score`` is its probability as the head sees it, from 0 to 1."""

    span: Span
    label: str
    score: float


class Tags(Protocol):
    """What one encoder pass said of a text, for every head. The heads and their labels are in ``models/heads.json``."""

    def spans(self, head: str) -> tuple[Tagged, ...]:
        """The stretches that a head marks, in text order; those of one label do not overlap."""
        ...

    def likely(self, head: str, label: str, *, least: float) -> tuple[Tagged, ...]:
        """The stretches whose every word belongs to ``label`` with at least that probability, in text order."""
        ...

    def marks(self, head: str, *, least: float = 0.5) -> tuple[Tagged, ...]:
        """The words that a head marks with at least that probability."""
        ...

    def asked(self, head: str, anchors: Sequence[Span]) -> tuple[tuple[Tagged, ...], ...]:
        """For each anchor (a cue, a trigger) the stretches that belong to it, by an anchored head."""
        ...

    def chance(self, head: str, label: str, *, span: Span, anchor: Span | None = None) -> float:
        """The greatest probability of ``label`` over the pieces of ``span``."""
        ...

    def chances(self, head: str, spans: Sequence[Span]) -> Mapping[str, tuple[float, ...]]:
        """By label of a head that is asked about no anchor, its greatest probability over the pieces of each span."""
        ...

    def number(self, head: str, span: Span) -> float:
        """What a head that gives a number says of the first piece of ``span``."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its sentences, tokens, mentions, entities, times, places and quantities."""

    document: Document
    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    tags: Tags | None = field(default=None, compare=False, repr=False)  #: what one encoder pass said for every head; None: by rules alone


# ------------------------------------------------------------------ attribution
class SourceKind(StrEnum):
    """Who or what speaks."""

    OUTLET = "outlet"
    AGENCY = "agency"
    OFFICIAL = "official"
    ARMED_GROUP = "armed_group"
    NGO = "ngo"
    WITNESS = "witness"
    VICTIM = "victim"
    CAPTIVE = "captive"
    EXPERT = "expert"
    ARTEFACT = "artefact"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """How a source says it; the codebook's stances."""

    SAYS = "says"
    CLAIMS = "claims"
    ACCUSES = "accuses"
    ADMITS = "admits"
    DENIES = "denies"
    DOUBTS = "doubts"
    THREATENS = "threatens"
    BELIEVES = "believes"
    PURPORTS = "purports"


class Factuality(StrEnum):
    """FactBank values: certain, probable, possible, underspecified; polarity +, - or unknown. Unrealised events (threatened, planned,
    feared, hypothetical, future) are ``Uu``. Source: Saurí and Pustejovsky 2009."""

    CERTAIN = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    NOT_CERTAIN = "CT-"
    NOT_PROBABLE = "PR-"
    NOT_POSSIBLE = "PS-"
    CERTAIN_UNKNOWN = "CTu"
    UNDERSPECIFIED = "Uu"


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks. ``spans`` quote the source as the codebook does (a pronoun is replaced by what it stands for, in ``named_spans``).

    ``spans`` are the words standing at the attribution itself (maybe "he"); ``named_spans`` the mention they stand for.
    """

    spans: Spans
    named_spans: Spans
    entity_id: str | None
    kind: SourceKind
    named: bool
    party: bool = False
    duress: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content (each maybe in pieces).

    ``source`` None: hearsay without a source ("allegedly"). ``parent_id``: the attribution whose content holds this one, or
    through which it reached the outlet; None: the outlet itself tells it.
    """

    id: str
    source: Source | None
    cue: Spans
    content: Spans
    stance: Stance
    parent_id: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class FactualityMark:
    """How the innermost voice presents one predicate (a token).

    ``attribution_id`` is the innermost attribution whose content holds the token (None: the outlet's own voice). ``basis``: the
    words (modal, negation, cue noun, hearsay mark) that made it other than ``CT+``.
    """

    token: int
    value: Factuality
    attribution_id: str | None = None
    basis: Spans = ()
    score: float = 3.0  #: the same on the UDS scale, -3 (did not happen) to 3 (did)


@dataclass(frozen=True, slots=True)
class AttributedReading:
    """A reading with its attributions and the factuality of its predicates (a mark for each verb and each event-like noun or adjective)."""

    reading: Reading
    attributions: tuple[Attribution, ...] = ()
    factualities: tuple[FactualityMark, ...] = ()


# ------------------------------------------------------------------ coding
@dataclass(frozen=True, slots=True)
class Thing:
    """An actor, victim or object as value of a role."""

    name: str
    kind: EntityKind = EntityKind.OTHER
    entity_id: str | None = None
    actor_code: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    country: str | None = None
    admin1: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"


@dataclass(frozen=True, slots=True)
class Time:
    """TIMEX3 value and EDTF (level 0 to 2); ``edtf`` None if it cannot be known from text and date."""

    value: str
    edtf: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """``kind`` killed, injured, casualties, missing, detained, abducted or displaced; an open end is None."""

    kind: str
    low: int | None
    high: int | None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    code: str


Value = Thing | Place | Time | Count | EventType


class Role(StrEnum):
    """What of an event a claim is about; ``name`` is a person's name given on somebody's word."""

    TYPE = "type"
    PERPETRATOR = "perpetrator"
    TARGET = "target"
    INSTRUMENT = "instrument"
    PLACE = "place"
    TIME = "time"
    COUNT = "count"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one role of one event, on one source's word (``attribution_id`` None: the outlet's own). No span, no claim."""

    id: str
    event_id: str
    role: Role
    value: Value
    words: str
    spans: Spans
    attribution_id: str | None
    factuality: Factuality
    confidence: float = 1.0
    origin: str = "rules"


def claim_id(*, event_id: str, role: Role, value: Value, spans: Spans, chain: Iterable[object]) -> str:
    """Hash of what is claimed, where and on whose word.

    Without origin and confidence, so that a newer reader saying the same keeps judgements.
    """
    return hashed_id("clm", event_id, role.value, type(value).__name__, asdict(value), [(s.start, s.end) for s in spans], list(chain))


def event_id(document_id: str, triggers: Spans) -> str:
    return hashed_id("evt", document_id, [(s.start, s.end) for s in triggers])


@dataclass(frozen=True, slots=True)
class Event:
    """One happening as one page tells it. ``triggers``: the most specific first. The derived words are the codebook's."""

    id: str
    document_id: str
    type: str
    triggers: Spans
    claims: tuple[Claim, ...]
    reality: str = "actual"  #: actual, negated, unrealised
    voice: str = "outlet"  #: outlet, sources
    certainty: str = "certain"  #: certain, probable, possible
    disputed: bool = False

    def told_as_fact(self) -> bool:
        return (self.reality, self.voice, self.certainty) == ("actual", "outlet", "certain")


@dataclass(frozen=True, slots=True)
class Report:
    """What one page reports. ``reading`` is kept for display while in memory and is not stored."""

    document: Document
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    entities: tuple[Entity, ...] = ()
    reader: str = "rules"

    def attribution(self, attribution_id: str) -> Attribution:
        return next(a for a in self.attributions if a.id == attribution_id)

    def chain(self, attribution_id: str | None) -> tuple[Attribution, ...]:
        """The attributions from the one nearest the outlet to the innermost; empty for the outlet's own voice."""
        return chain_of(self.attributions, attribution_id)


def chain_of(attributions: Iterable[Attribution], attribution_id: str | None) -> tuple[Attribution, ...]:
    """Walk ``parent_id`` from an attribution to the outlet; outermost first. A cycle ends the walk."""
    by_id = {a.id: a for a in attributions}
    links: list[Attribution] = []
    while attribution_id is not None and attribution_id in by_id and by_id[attribution_id] not in links:
        links.append(by_id[attribution_id])
        attribution_id = by_id[attribution_id].parent_id
    return tuple(reversed(links))


# ------------------------------------------------------------------ store
class Verdict(StrEnum):
    """What a person decides about a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    WITHDRAWN = "withdrawn"  #: takes the coder's last word on the claim back; the one before it holds again


@dataclass(frozen=True, slots=True)
class Change:
    """What a judgement says beside its verdict and value; None leaves the claim as it is.

    ``spans``: other evidence. ``attribution_id``: another voice of the same page; "" for the outlet's own. ``settles``: an editor's
    word on a claim of which coders think otherwise; it holds over all that was said before.
    """

    spans: Spans | None = None
    attribution_id: str | None = None
    factuality: Factuality | None = None
    settles: bool = False

    @property
    def corrects(self) -> bool:
        return self.spans is not None or self.attribution_id is not None or self.factuality is not None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision about one claim; never changed, only followed by a later one.

    ``value``: what is right, if ``verdict`` is correct; None if only the ``change`` is. ``made_at`` is ISO 8601 in UTC;
    ``previous_id`` the judgement of the same claim that came before.
    """

    id: str
    claim_id: str
    verdict: Verdict
    value: Value | None
    note: str
    coder: str
    made_at: str
    previous_id: str | None = None
    change: Change | None = None


class Store(Protocol):
    """What keeps captures, reports and judgements, as rooms are handed it."""

    def add(self, capture: Capture, outcome: Report | Failure) -> str:
        """Keep one page in one transaction; says what became of it (``purport.store`` lists the words)."""
        ...

    def report(self, document_id: str) -> Report:
        """The current report of one document. Raises StoreError if there is none."""
        ...

    def reports(self, query: str = "") -> Iterator[Report]:
        """Current reports that hold what ``query`` asks for (all of them if empty), each with the events that match."""
        ...

    def judge(self, claim_id: str, verdict: Verdict, *, coder: str, value: Value | None = None, note: str = "") -> Judgement:
        """Append a judgement. Raises StoreError if there is no such claim."""
        ...

    def judgements(self, claim_id: str) -> tuple[Judgement, ...]:
        """All judgements of a claim, oldest first."""
        ...


# ------------------------------------------------------------------ within one document
def representative(reading: Reading, entity_id: str, *, before: int | None = None) -> Mention | None:
    """The mention that best says what an entity is: the last name before ``before`` (else the first at all), else likewise a description.

    None if the entity has pronouns only. ``before`` is a code point of the text.
    """
    own = [m for m in reading.mentions if m.entity_id == entity_id]
    for form in (Form.NAME, Form.NOMINAL):
        of_form = [m for m in own if m.form is form]
        earlier = [m for m in of_form if before is not None and m.span.start < before]
        if of_form:
            return earlier[-1] if earlier else of_form[0]
    return None
