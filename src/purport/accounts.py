"""What is told of one incident, weighed: competing values, the toll over time, status, how it travelled.

``purport.incidents.account_of`` makes an :class:`Account` of an incident; what shows or writes one needs no more than these records.
"""

from dataclasses import dataclass
from enum import StrEnum

from purport.incident import Incident, Origin, Standing
from purport.model import Document, Factuality, Role, Spans, Stance, Value


@dataclass(frozen=True, slots=True)
class Saying:
    """One page giving one value. ``who`` names the chain, the innermost source first; ``origin_id`` is None where it rests on none.

    ``denies``: the value is given as not so, or the source denies it. ``doubts``: the source cannot or will not confirm it.
    """

    claim_id: str
    document_id: str
    outlet: str
    published: str | None
    who: str
    stance: Stance | None  #: None: the outlet's own voice
    factuality: Factuality
    origin_id: str | None
    words: str
    spans: Spans
    denies: bool = False
    doubts: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One value of a role or count with all who give it; equal values are one. ``first_seen``: the earliest publication date."""

    value: Value
    words: str
    sayings: tuple[Saying, ...]
    first_seen: str | None = None
    specific: bool = True  #: False for "gunmen", "the group", "the area": says no more than that there was somebody, somewhere
    replaced_by: str | None = None  #: the words of a later value that takes its place

    @property
    def affirmed(self) -> bool:
        return any(not saying.denies and not saying.doubts for saying in self.sayings)

    @property
    def denied(self) -> bool:
        return any(saying.denies for saying in self.sayings)

    def origins(self, *, denying: bool = False) -> tuple[str, ...]:
        """Ids of the origins that give the value, or that deny it; each once."""
        found = (s.origin_id for s in self.sayings if s.denies == denying and not s.doubts and s.origin_id)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Contest:
    """All values of one role, or of one kind of count of one set of people. ``why`` says what cannot both be true; empty if nothing."""

    role: Role
    kind: str  #: "killed" …; empty unless a count
    who: str  #: "children" …; empty for everybody
    values: tuple[Told, ...]
    disputed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class TollPoint:
    """One count of the dead or hurt, as one page gave it on one day, on the word of one origin."""

    day: str | None
    kind: str
    low: int | None
    high: int | None
    who: str
    origin_id: str | None
    source: str
    outlet: str
    document_id: str
    claim_id: str


class GradeCode(StrEnum):
    """The status of an incident; ``resources/incidents/grades.yaml`` defines them."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DENIED = "denied"
    PARTY_CLAIM = "claimed_only_by_a_party"
    UNREALISED = "unrealised"


@dataclass(frozen=True, slots=True)
class Grade:
    """The status with the reasons, in one sentence."""

    code: GradeCode
    sentence: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a policy makes of one contest. For a count ``low``, ``best`` and ``high`` (None: open or not given by this policy)."""

    role: Role
    kind: str
    who: str
    words: str
    why: str
    value: Value | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """All that a policy makes of an incident; ``policy`` is its name and version ("ucdp 1")."""

    policy: str
    stated: str  #: what the policy does, in one sentence
    resolved: tuple[Resolved, ...]

    def of(self, role: Role, kind: str = "") -> Resolved | None:
        """What it gives for a role, or for everybody of a kind of count; None if nothing is claimed."""
        return next((each for each in self.resolved if each.role is role and each.kind == kind and not each.who), None)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the way of a report: an origin, an agency or outlet through which it came, a page."""

    id: str
    name: str
    kind: str  #: origin, carrier, page
    day: str | None = None
    standing: Standing | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """From one stop to the next, and why the report is held to have gone there."""

    first: str
    second: str
    why: str


@dataclass(frozen=True, slots=True)
class Route:
    """How a report travelled: origins, then those who carried it, then pages; legs lead from the earlier to the later."""

    stops: tuple[Stop, ...] = ()
    legs: tuple[Leg, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """An incident with all that is made of it."""

    incident: Incident
    summary: str
    grade: Grade
    contests: tuple[Contest, ...]
    toll: tuple[TollPoint, ...] = ()
    route: Route = Route()

    @property
    def disputes(self) -> tuple[Contest, ...]:
        return tuple(contest for contest in self.contests if contest.disputed)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every page once, the earliest first, undated ones last."""
        every = {telling.document.id: telling.document for telling in self.incident.tellings}
        return tuple(sorted(every.values(), key=lambda document: (document.published or "9999", document.id)))

    def origin(self, origin_id: str | None) -> Origin | None:
        """The origin of that id."""
        return next((origin for origin in self.incident.origins if origin.id == origin_id), None) if origin_id else None
