"""Records of a comparison with an outside table of incidents; frozen, like those of ``purport.model``."""

from dataclasses import dataclass

from purport.model import Failure


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """One event of an outside table. Dates are ISO dates, widened by the row's own precision of time; None where it gives none.

    ``radius_km``: how far from the point it may have happened, by the row's precision of place. An open or missing number is None.
    """

    line: int
    id: str
    first: str | None = None
    last: str | None = None
    place: str = ""
    country: str = ""  #: ISO 3166-1 alpha-2, or the name where it is no country that we know
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float = 0.0
    actors: tuple[str, ...] = ()
    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class OutsideTable:
    """The rows that could be read, those that could not, and which column was taken for what."""

    rows: tuple[OutsideRow, ...]
    failures: tuple[Failure, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    form: str = "table"  #: UCDP GED, ACLED, or table


@dataclass(frozen=True, slots=True)
class Sayings:
    """A value of ours with the claims that it rests on and who makes them, as the pages name them."""

    words: str
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gist:
    """What of an incident is compared: days, place, who, how many dead, each as wide as its tellings leave it."""

    id: str
    first: str | None
    last: str | None
    place: str
    country: str
    latitude: float | None
    longitude: float | None
    radius_km: float
    actors: tuple[str, ...]
    low: int | None
    high: int | None
    said: tuple[tuple[str, Sayings], ...] = ()  #: by field: date, place, deaths, actors

    def sayings(self, field: str) -> Sayings:
        """What our claims say of one field."""
        return dict(self.said).get(field, Sayings("not said"))


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a matched pair cannot both be right: both values, and whose claims ours rests on."""

    field: str
    ours: Sayings
    theirs: str


@dataclass(frozen=True, slots=True)
class Matched:
    """An incident and the row taken to be the same happening. ``score`` is from 0 to 1; ``parts`` is what each field gave to it."""

    incident: Gist
    row: OutsideRow
    score: float
    parts: tuple[tuple[str, float], ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Matched pairs, rows that we lack, incidents that the table lacks, and incidents outside the days and countries that it covers."""

    matched: tuple[Matched, ...]
    missing: tuple[OutsideRow, ...]
    extra: tuple[Gist, ...]
    beyond: tuple[Gist, ...] = ()
    unreal: int = 0  #: incidents of which nothing is told to have happened; compared with nothing
    failures: tuple[Failure, ...] = ()  #: lines of the table that could not be read
    form: str = "table"  #: what the table was taken for

    @property
    def different(self) -> tuple[Matched, ...]:
        """Matched pairs that differ in a field."""
        return tuple(m for m in self.matched if m.differences)

    @property
    def found(self) -> float:
        """The share of the table's rows that are matched, 0 to 1; 0 for an empty table."""
        rows = len(self.matched) + len(self.missing)
        return len(self.matched) / rows if rows else 0.0

    @property
    def shared(self) -> float:
        """The share of our incidents inside the table's days and countries that are matched, 0 to 1."""
        own = len(self.matched) + len(self.extra)
        return len(self.matched) / own if own else 0.0
