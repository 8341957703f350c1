"""What lists, maps and timelines show of an incident: one record that is kept, so that no account need be made to find it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Facets by name, in the order in which they are shown, with their headings. An incident may have several values of each.
FACETS: Mapping[str, str] = {
    "status": "Status",
    "own_status": "Status in the codebook",
    "group": "Group",
    "type": "Type",
    "actor": "Actor",
    "country": "Country",
    "province": "Province",
    "outlet": "Outlet",
    "source": "Kind of source",
    "review": "Review",
    "sensitivity": "Sensitivity",
    "disputed": "Disputed",
}

#: Those that only a codebook of the project's own fills.
OWN_FACETS = frozenset({"own_status", "group"})


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """One incident in a list. ``sentence`` holds no name of a victim.

    Days are ISO dates, None if not known; places WGS 84 degrees with the precision of :class:`~purport.model.Place`. ``values``: by facet.
    """

    id: str
    sentence: str
    type: str
    status: str
    pages: int
    sources: int = 0  #: independent ones
    parties: int = 0
    first_day: str | None = None
    last_day: str | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"
    killed_low: int | None = None
    killed_high: int | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card as it lies in the file: with the keys of its pages and events, and the number of its last change."""

    card: IncidentCard
    documents: tuple[int, ...]
    events: tuple[int, ...]
    change: int


@dataclass(frozen=True, slots=True)
class Described:
    """An incident with all that is kept of it: its card, and its rows for exports, compressed, with who made them."""

    card: IncidentCard
    rows: bytes
    made_by: str


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that somebody keeps, with the number of incidents found then and the state of the data: the log's last entry and its hash."""

    id: str
    name: str
    query: str
    number: int
    log_entry: int
    log_hash: str
    coder: str
    made_at: str
