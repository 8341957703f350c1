"""The records of incidents, beside ``purport.model``: what several pages tell of one happening. Frozen; order never depends on arrival."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from purport.model import Attribution, Claim, Document, Entity, Event, Quantity, Report, Role, Span, Spans, TimeExpression, Toponym


# ------------------------------------------------------------------ pages in languages that are not read
@dataclass(frozen=True, slots=True)
class TypeWord:
    """A word that names a type of event, found by lexicon alone: a hint for linking, never a claim."""

    span: Span
    type: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """What can be told of a page without reading its sentences: places, days, numbers, names and words of violence.

    It links a page in another language to incidents; it says nothing of who says what, so that nothing of it is a claim.
    """

    document_id: str
    language: str
    places: tuple[Toponym, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    names: tuple[Span, ...] = ()
    type_words: tuple[TypeWord, ...] = ()


# ------------------------------------------------------------------ incidents
@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one page tells it, as a member of an incident. ``document.text`` may be left empty where only the header is needed.

    ``entities`` are those of the page: they say which actor a source is, and so whether it is a party to this incident.
    """

    event: Event
    document: Document
    attributions: tuple[Attribution, ...] = ()
    entities: tuple[Entity, ...] = ()

    @property
    def report(self) -> Report:
        """The page with this one event, for what takes reports."""
        return Report(self.document, self.attributions, (self.event,), self.entities)


class Decision(StrEnum):
    """What was decided about two events: ``PROPOSED`` waits for a person and joins nothing."""

    JOINED = "joined"
    PROPOSED = "proposed"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Link:
    """What is held about a pair of events (``first < second`` by id) and why.

    ``score`` is a calibrated chance that they are one incident, 0 to 1. ``reasons``: each part of the score with its weight of
    evidence (log odds). ``by``: the name and version of the linker, or the coder whose judgement overlays it.
    """

    first: str
    second: str
    score: float
    decision: Decision
    reasons: tuple[tuple[str, float], ...] = ()
    by: str = "linker"


class LinkVerdict(StrEnum):
    """What a person decides about two events; ``WITHDRAWN`` takes the coder's earlier decision back."""

    SAME = "same"
    DIFFERENT = "different"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LinkJudgement:
    """A person's decision that two events are or are not one incident; append-only, reversible by a later one."""

    id: str
    first: str
    second: str
    verdict: LinkVerdict
    note: str
    coder: str
    made_at: str
    previous_id: str | None = None


class Standing(StrEnum):
    """How an origin stands to the incident it speaks of."""

    THIRD_PARTY = "third party"
    PARTY = "party"
    CAPTIVE = "captive"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Folded:
    """A page that rests on an origin. ``why``: plain words (near-copy of …, agency line, according to …, the outlet's own reporting).

    ``spans`` are the words of the page that show it, ``share`` of its word runs stands in ``parent_id``, the page that it copies or
    updates, ``claims`` rest on this origin, and ``via`` names those through whom it reached the page, the nearest to the origin first.
    """

    document_id: str
    why: str
    spans: Spans = ()
    claims: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    parent_id: str | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where knowledge of an incident comes from: an agency's story, a monitor, an official, an outlet's own reporting.

    ``standing_why`` says in plain words what its standing rests on. ``tells`` is False for one who only denies or doubts.
    """

    id: str
    name: str
    kind: str
    standing: Standing
    folded: tuple[Folded, ...]
    standing_why: str = ""
    tells: bool = True
    actor_code: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening as told by one or more pages. The id is made of the smallest event id, so that an id that was ever given still finds
    the incident that now holds that event."""

    id: str
    tellings: tuple[Telling, ...]
    links: tuple[Link, ...] = ()
    origins: tuple[Origin, ...] = ()
    sketches: tuple[Sketch, ...] = ()  #: pages in languages that are not read, linked by place, day and numbers alone

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(t.event for t in self.tellings)

    def claims(self, role: Role) -> Iterator[tuple[Claim, Telling]]:
        """Every claim about one role with the telling that makes it."""
        return ((claim, telling) for telling in self.tellings for claim in telling.event.claims if claim.role is role)

    def independent_sources(self) -> tuple[Origin, ...]:
        """The origins that tell of it and are neither a party to it nor a captive (``purport.incidents.with_origins`` fills them).

        One of unknown standing is among them, and says that it is.
        """
        return tuple(o for o in self.origins if o.tells and o.standing not in (Standing.PARTY, Standing.CAPTIVE))


def incident_id(events: tuple[str, ...]) -> str:
    """``inc-`` and the digits of the smallest event id. Raises ValueError if there is none."""
    return "inc-" + min(events).removeprefix("evt-")


def anchor_of(incident: str) -> str:
    """The event id that an incident's id was made of."""
    return "evt-" + incident.removeprefix("inc-")
