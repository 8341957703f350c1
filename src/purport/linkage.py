"""What keeps links and what makes them, as the two see each other; plain records, so that neither room imports the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from purport.incident import Link, Sketch
from purport.model import Document, Report, event_id

Pair = tuple[str, str]  #: two event ids, the smaller first

#: Makes the sketch of an unread page, None for a language it does not know.
Sketcher = Callable[[Document], Sketch | None]


def pair_of(one: str, other: str) -> Pair:
    """The two ids, the smaller first."""
    return (one, other) if one < other else (other, one)


def page_member(document_id: str) -> str:
    """The id under which an unread page as a whole is a member of an incident: that of an event without triggers."""
    return event_id(document_id, ())


@dataclass(frozen=True, slots=True)
class BlockKey:
    """One block that an event stands in, and where in its order. Two events of a block whose places are both odd do not meet in it."""

    block: int
    place: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """An event (or an unread page as a whole) made ready to be compared. ``record`` is JSON that only the linker understands."""

    id: str
    document_id: str
    record: str
    keys: tuple[BlockKey, ...]
    first_day: str | None = None  #: ISO dates between which it happened, None if not known
    last_day: str | None = None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What people decided about pairs among some events."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Grouped:
    """Incidents as sets of event ids, each sorted, by their first; ``links``: what is held about each pair, reasons left out."""

    groups: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]


class Linker(Protocol):
    """Compares and groups events. Every method is a function of its arguments alone."""

    @property
    def label(self) -> str:
        """Name, version and fingerprint of its weights."""
        ...

    @property
    def window(self) -> int:
        """An event is compared with so many neighbours on either side in each of its blocks."""
        ...

    @property
    def least(self) -> float:
        """Pairs with a smaller chance are forgotten."""
        ...

    @property
    def enough(self) -> float:
        """Pairs with at least this chance may hold an incident together."""
        ...

    def prepare(self, report: Report, *, sketch: Sketch | None) -> tuple[Prepared, ...]:
        """What of a page is compared."""
        ...

    def score(self, first: str, second: str) -> float:
        """The chance, 0 to 1, that the events of two records are one incident; exact where it is at least :attr:`least`, else 0."""
        ...

    def reasons(self, first: str, second: str) -> tuple[tuple[str, float], ...]:
        """Each part of that score with its log odds."""
        ...

    def group(self, records: Mapping[str, str], *, scores: Mapping[Pair, float], verdicts: Verdicts) -> Grouped:
        """The incidents among events by id, given the pairs that are not forgotten."""
        ...


@dataclass(frozen=True, slots=True)
class LinkRun:
    """What one run of linking did. ``interrupted``: the same call goes on where it stopped."""

    pages: int = 0  #: new, or read again
    settled: int = 0  #: events whose incident was made again
    joined: int = 0  #: pairs
    proposed: int = 0
    parted: int = 0  #: pairs that were joined or proposed before
    moved: int = 0  #: events that came into another incident than before
    interrupted: bool = False

    def plus(self, other: "LinkRun") -> "LinkRun":
        """The two runs as one."""
        return LinkRun(
            self.pages + other.pages,
            self.settled + other.settled,
            self.joined + other.joined,
            self.proposed + other.proposed,
            self.parted + other.parted,
            self.moved + other.moved,
            self.interrupted or other.interrupted,
        )


@dataclass(frozen=True, slots=True)
class LinkStep:
    """How far a run is: ``done`` of ``total`` pages compared, events settled or incidents
    described, as ``stage`` ("compare", "settle", "describe") says."""

    stage: str
    done: int
    total: int
