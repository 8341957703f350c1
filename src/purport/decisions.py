"""What people decide, beside ``purport.model``: their changes and additions, comments, sensitivities, coding rounds. Frozen, append-only.

A person's decision lies over the machine's and both stay. ``made_at`` is ISO 8601 in UTC, ``coder`` the name of who decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from purport.model import Attribution, Claim, Report, Spans
from purport.model import Change as Change  # it stands beside Judgement, which carries it


# ------------------------------------------------------------------ one claim
class ReviewState(StrEnum):
    """How far people have come with a claim or an incident."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"
    CONTESTED = "contested"  #: two coders decided otherwise; nobody has settled it
    STARTED = "started"  #: of an incident: some of its claims are decided
    REVIEWED = "reviewed"  #: of an incident: a person said that it is done


@dataclass(frozen=True, slots=True)
class Decided:
    """One claim with what the machine said and what people made of it.

    ``machine`` is None for a claim that a person added, ``holding`` None for one that is rejected. ``coders``: whose last word it is.
    """

    state: ReviewState
    machine: Claim | None
    holding: Claim | None
    coders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A page with people's decisions laid over the machine's report. ``report``: what holds; ``by_claim``: every claim, by its id."""

    machine: Report
    report: Report
    by_claim: Mapping[str, Decided] = field(default_factory=dict)


class AdditionKind(StrEnum):
    """What a person adds to a page."""

    ATTRIBUTION = "attribution"
    EVENT = "event"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class AddedEvent:
    """An event that the machine missed: its trigger; its claims are added one by one."""

    id: str
    document_id: str
    type: str
    triggers: Spans


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that the machine missed and a person selected in the text. ``withdrawn`` once the coder took it back.

    Its id is the one that the machine would give, so that a newer reader that finds the same adds nothing.
    """

    id: str
    kind: AdditionKind
    document_id: str
    record: Attribution | AddedEvent | Claim
    coder: str
    made_at: str
    withdrawn: bool = False
    words: str = ""  #: of the page, at its spans: where a newer extraction of the page has others there, it no longer stands


# ------------------------------------------------------------------ incidents and pages
class SensitivityLevel(StrEnum):
    """Who may be harmed if it gets out. The higher the later."""

    OPEN = "open"
    SENSITIVE = "sensitive"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The level of an incident, kept by one of its events. ``coder`` is "" for what is only suggested by its types."""

    event_id: str
    level: SensitivityLevel
    why: str
    coder: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark about an incident, event, claim or page (``subject``: its id). ``withdrawn`` once its writer took it back."""

    id: str
    subject: str
    text: str
    coder: str
    made_at: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """An incident (kept by one of its events) given to a coder. ``state``: open, done or withdrawn."""

    id: str
    event_id: str
    coder: str
    given_by: str
    made_at: str
    state: str = "open"


# ------------------------------------------------------------------ decisions as they are told to others
class DecisionKind(StrEnum):
    """What sort of decision it is."""

    JUDGEMENT = "judgement"
    ADDITION = "addition"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """One decision of a person with all that it takes to tell it; its names are withheld or not, as everywhere in what it stands in.

    ``verdict``: of a judgement its verdict, of an addition its kind, "" of a comment; ``subject``: the id that it is about.
    ``before``: the claim as it was; ``after``: what the person says instead of it, or adds. ``spans``: where in the page's text; none for
    a whole page or incident, and where a newer text has other words. ``stands``: it counts; its coder did not take it back or say
    something later.
    """

    id: str
    kind: DecisionKind
    verdict: str
    subject: str
    document_id: str  #: "" for a remark about an incident
    coder: str
    made_at: str
    note: str = ""
    stands: bool = True
    spans: Spans = ()
    before: Claim | None = None
    after: Claim | AddedEvent | Attribution | None = None


@dataclass(frozen=True, slots=True)
class ClaimTold:
    """One claim of an incident: what the machine read, what a person added, what holds now."""

    id: str
    state: str  #: a ReviewState, or "withdrawn" for an addition that its coder took back
    machine: Claim | None
    added: Claim | None
    holding: Claim | None
    coders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventTold:
    """One event of an incident. ``coder`` "" for one that the machine read; ``holds``: people did not reject it."""

    id: str
    document_id: str
    type: str
    triggers: Spans
    coder: str
    holds: bool
    claims: tuple[ClaimTold, ...]


# ------------------------------------------------------------------ what waits for review
class Need(StrEnum):
    """Why an event waits for a person."""

    LOW = "low"  #: the reader is unsure of one of its claims, the least sure first
    DISPUTED = "disputed"  #: its page says what cannot both be true, or coders decided otherwise
    NEW = "new"  #: nobody has decided anything about it
    SAMPLE = "sample"  #: of a random sample
    MINE = "mine"  #: of an incident that was given to this coder


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """A queue and what of it is wanted. ``type``: code of an event type; ``query``: as in a search; ``sample``: its id; "" for any."""

    need: Need = Need.LOW
    type: str = ""
    query: str = ""
    sample: str = ""
    coder: str = ""  #: whose, for ``MINE``


@dataclass(frozen=True, slots=True)
class Sample:
    """A random sample of events: the first ``size`` in the order of the hashes of ``seed`` and event id, of ``total`` that match."""

    id: str
    seed: int
    size: int
    type: str
    query: str
    drawn: int
    total: int
    coder: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Undone:
    """A decision that its coder took back. ``what``: one of judge, add, link, sensitivity, review; ``subjects``: ids it was about."""

    what: str
    subjects: tuple[str, ...]
    event_id: str | None
    said: str = ""  #: verdict, level or state that was taken back


# ------------------------------------------------------------------ blind double coding
@dataclass(frozen=True, slots=True)
class Answer:
    """What a coder says of one field of one event. ``value`` in the field's own form, None: the page does not say.

    ``note``: why an adjudicator settled it so.
    """

    value: str | None
    spans: Spans = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """A round of coding: the same events for every coder, who do not see each other's answers; if ``blind``, nor the machine's.

    ``units`` are event ids in the order of coding; ``fields`` names of the codebook's fields. ``is_closed``: nobody codes any more.
    """

    id: str
    name: str
    units: tuple[str, ...]
    fields: tuple[str, ...]
    coders: tuple[str, ...]
    blind: bool
    made_by: str
    made_at: str
    is_closed: bool = False
    chosen: str = ""  #: how the units were chosen: query, number drawn, seed
    handed_in: Mapping[str, str] = field(default_factory=dict)  #: when each coder who has done so handed in; then their answers stand

    def is_hidden_from(self, coder: str) -> bool:
        """Whether this coder still codes blind: neither the machine's nor anybody else's answers may be shown."""
        return self.blind and not self.is_closed and coder in self.coders and coder not in self.handed_in


@dataclass(frozen=True, slots=True)
class Unit:
    """One event to be coded, as it stood when the round was made: the page, and where it tells of the event."""

    event_id: str
    document_id: str
    triggers: Spans


@dataclass(frozen=True, slots=True)
class Coding:
    """All that one coder says of one event in a round. A later one of the same coder takes its place; ``seconds`` spent on it."""

    id: str
    round_id: str
    event_id: str
    coder: str
    answers: Mapping[str, Answer]
    made_at: str
    seconds: float = 0.0
    is_adjudication: bool = False
    is_event: bool = True  #: False: the coder says that this is no event; then there are no answers
    comment: str = ""


# ------------------------------------------------------------------ people
class PersonRole(StrEnum):
    """What a person may do; each may all that those before may."""

    READER = "reader"
    CODER = "coder"
    EDITOR = "editor"

    def may(self, wanted: "PersonRole") -> bool:
        """Whether this role may do what needs ``wanted``."""
        order = list(PersonRole)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works with the project file."""

    name: str
    role: PersonRole
    is_active: bool = True
    changed: int = 0  #: the log's entry of the last change; a session that began before it is over


@dataclass(frozen=True, slots=True)
class Token:
    """By which a program asks in a person's name; ``name`` says what for."""

    id: str
    person: str
    name: str
    made_at: str
    is_revoked: bool = False


# ------------------------------------------------------------------ erasure
@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stays of a page that was erased: ids, the digest of its bytes, reason and time. ``counts``: what went with it."""

    document_id: str
    capture_id: str
    digest: str
    why: str
    coder: str
    made_at: str
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """Pages are due to be erased ``days`` after their retrieval or publication (``since``); ``level`` "" for all pages."""

    id: str
    days: int
    since: str
    level: str
    why: str
    coder: str
    made_at: str


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page that a rule says is to be erased. ``day``: from which its age is reckoned."""

    document_id: str
    title: str
    outlet: str
    day: str
    rule_id: str


# ------------------------------------------------------------------ the log
@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of the log. ``person``: who did it, "" for what nobody in particular did. ``is_emptied``: an erasure took its detail."""

    entry: int
    at: str
    action: str
    subject: str
    person: str
    detail: Mapping[str, object]
    hash: str
    is_emptied: bool = False


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What is asked of the log; "" for anything. ``since`` and ``until``: days, months or years, both inclusive."""

    action: str = ""
    person: str = ""
    subject: str = ""  #: or part of it
    since: str = ""
    until: str = ""
