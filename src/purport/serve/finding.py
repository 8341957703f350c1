"""Finding incidents: words and fields, facets, an area and days, all at once, over an index in memory that follows the file."""

import gc
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from purport.cards import FACETS, IncidentCard
from purport.serve.facets import NO_DAY, PRECISIONS, Mask, Numbers, Slice, Vocabulary, ordinal, slice_of
from purport.store import Store
from purport.store.finding import Matched

MOST_FRESH = 1_500  #: changed cards beside the base; then the base is built again
MOST_REMEMBERED = 64  #: queries whose matches are kept while nothing changes
MOST_CELLS = 2_000
MOST_COUNTED = 300  #: values of a facet that are told, the most frequent; of 54,000 outlets all would take 200 ms
LONGEST_BY_DAY, LONGEST_BY_MONTH = 93, 366 * 9  #: days that a timeline shows one by one, or month by month
SORTS = {
    "newest": "Newest",
    "oldest": "Oldest",
    "pages": "Most pages",
    "sources": "Most independent sources",
    "killed": "Most killed",
    "best": "Best match",
}

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for. ``chosen``: by facet, any of the values; ``box``: west, south, east, north in degrees; days ISO."""

    query: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    box: Box | None = None
    since: str | None = None
    until: str | None = None
    sort: str = "newest"
    min_pages: int = 1
    min_sources: int = 0  #: independent ones
    hidden: frozenset[str] = frozenset()  #: incidents that who asks may not see

    def without(self, hidden: frozenset[str]) -> "Asked":
        """The same without these incidents."""
        return replace(self, hidden=hidden) if hidden else self


@dataclass(frozen=True, slots=True)
class Counted:
    """One value of a facet with the number of incidents that have it, whatever else is chosen of the same facet."""

    value: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. ``cards``: the asked stretch of them in order; ``facets`` by name, the most frequent values first."""

    total: int
    cards: tuple[IncidentCard, ...]
    facets: Mapping[str, tuple[Counted, ...]]
    is_ranked: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Incidents at one place of the map, or close together, all known with one precision."""

    latitude: float
    longitude: float
    number: int
    precision: str
    card: IncidentCard  #: of the first of them


@dataclass(frozen=True, slots=True)
class Bar:
    """Incidents between two days, both included."""

    first: str
    last: str
    number: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Incidents over time by their first day. ``unit``: day, month or year."""

    unit: str
    bars: tuple[Bar, ...]
    undated: int


@dataclass(frozen=True)
class _State:
    """Base and fresh cards at one change of the file; never altered."""

    base: Slice
    fresh: Slice
    base_change: int
    change: int

    @property
    def slices(self) -> tuple[Slice, Slice]:
        return self.base, self.fresh


class IncidentIndex:
    """The cards of one project file in memory. Safe among threads: a state is built aside and put in place at once."""

    def __init__(self) -> None:
        self._vocabularies = {name: Vocabulary() for name in FACETS}
        self._state: _State | None = None
        self._building = threading.Lock()
        self._matches: OrderedDict[tuple[int, str], tuple[Matched, tuple[Mask, Mask]]] = OrderedDict()
        self._remembering = threading.Lock()

    def current(self, store: Store) -> _State:
        """The state of the file as it is now; what has changed since the last question is taken in first."""
        change = store.finding.last_change()
        state = self._state
        if state is not None and state.change == change:
            return state
        with self._building:
            state = self._state
            if state is None:
                self._state = self._built(store, change)
            elif state.change != change:
                self._state = self._followed(store, state, change=change)
            assert self._state is not None  # noqa: S101 - one of the two set it
            return self._state

    def _built(self, store: Store, change: int) -> _State:
        with _uncollected():
            base = slice_of(list(store.finding.cards()), self._vocabularies)
        return _State(base, slice_of([], self._vocabularies), change, change)

    def _followed(self, store: Store, state: _State, *, change: int) -> _State:
        changed = store.finding.changed_since(state.base_change)
        if len(changed) > MOST_FRESH:
            return self._built(store, change)
        fresh = slice_of(list(store.finding.cards(*changed)) if changed else [], self._vocabularies)
        return _State(state.base.without(frozenset(changed)), fresh, state.base_change, change)

    # -------------------------------------------------------------- asking
    def find(self, store: Store, asked: Asked, *, limit: int, offset: int = 0, with_facets: bool = True) -> Results:
        """What was asked for; facets are empty where nobody looks at them. Raises QueryError."""
        state = self.current(store)
        matched, parts = self._parts(store, state, asked=asked)
        whole = [_all(each) for each in parts]
        facets = {name: self._counted(name, state, parts=parts, asked=asked) for name in FACETS} if with_facets else {}
        cards = self._sorted(state, whole, asked=asked, matched=matched)[offset : offset + limit]
        total = sum(int(mask.sum()) for mask in whole)
        return Results(total, tuple(cards), facets, matched.is_ranked)

    def cells(self, store: Store, asked: Asked, *, zoom: int, view: Box) -> tuple[tuple[Cell, ...], int, int]:
        """What the map shows: cells inside ``view``, how many found incidents have no place on it, and how many were found."""
        state = self.current(store)
        _, parts = self._parts(store, state, asked=asked)
        whole = [_all(each) for each in parts]
        unplaced = sum(int((mask & np.isnan(each.latitude)).sum()) for each, mask in zip(state.slices, whole, strict=True))
        found = _binned(list(zip(state.slices, whole, strict=True)), zoom=zoom, view=view)
        return found, unplaced, sum(int(mask.sum()) for mask in whole)

    def timeline(self, store: Store, asked: Asked) -> Timeline:
        """How what was found lies in time; the days that were asked for do not narrow it."""
        state = self.current(store)
        _, parts = self._parts(store, state, asked=replace(asked, since=None, until=None))
        days = np.concatenate([each.first_day[_all(part)] for each, part in zip(state.slices, parts, strict=True)])
        return timeline_of(days)

    # -------------------------------------------------------------- how
    def _parts(self, store: Store, state: _State, *, asked: Asked) -> tuple[Matched, list[dict[str, Mask]]]:
        """By slice the masks of every condition by its name, facets under theirs."""
        matched, words = self._matched(store, state, query=asked.query)
        parts = []
        for each, mask in zip(state.slices, words, strict=True):
            part = {"alive": each.without(asked.hidden).alive, "query": mask}
            for name, values in asked.chosen.items():
                numbers = [n for value in values if (n := self._vocabularies[name].known(value)) is not None]
                part[name] = each.columns[name].having(numbers, size=len(each))
            part |= _ranged(each, asked)
            parts.append(part)
        return matched, parts

    def _matched(self, store: Store, state: _State, *, query: str) -> tuple[Matched, tuple[Mask, Mask]]:
        key = (state.change, query)
        with self._remembering:
            if key in self._matches:
                self._matches.move_to_end(key)
                return self._matches[key]
        matched = store.finding.matched(query) if query.strip() else Matched(None, None)
        found = matched, tuple(_rows_matched(each, matched) for each in state.slices)
        with self._remembering:
            self._matches[key] = found  # type: ignore[assignment]
            while len(self._matches) > MOST_REMEMBERED:
                self._matches.popitem(last=False)
        return found  # type: ignore[return-value]

    def _counted(self, name: str, state: _State, *, parts: Sequence[Mapping[str, Mask]], asked: Asked) -> tuple[Counted, ...]:
        values = self._vocabularies[name].values
        numbers = np.zeros(len(values), dtype=np.int64)
        for each, part in zip(state.slices, parts, strict=True):
            numbers += each.columns[name].counts(_all({other: mask for other, mask in part.items() if other != name}), size=len(values))
        chosen = asked.chosen.get(name, ())
        found = [Counted(values[n], int(numbers[n]), values[n] in chosen) for n in _most_frequent(numbers)]
        shown = {each.value for each in found}
        for value in chosen:
            if value not in shown:
                number = self._vocabularies[name].known(value)
                found.append(Counted(value, 0 if number is None else int(numbers[number]), True))
        return tuple(sorted(found, key=lambda each: (-each.number, each.value)))

    def _sorted(self, state: _State, whole: Sequence[Mask], *, asked: Asked, matched: Matched) -> "_Order":
        places = [np.flatnonzero(mask) for mask in whole]
        keys = [_sort_keys(each, rows, asked=asked, matched=matched) for each, rows in zip(state.slices, places, strict=True)]
        joined = np.concatenate(keys)
        order = np.argsort(joined, kind="stable")
        return _Order(state, places=places, order=order)


def _most_frequent(numbers: Numbers) -> Numbers:
    """Where the greatest numbers stand, as many as are told; an archive may have 50,000 outlets, and a page shows some of them."""
    places = np.flatnonzero(numbers)
    return places if len(places) <= MOST_COUNTED else places[np.argsort(-numbers[places], kind="stable")[:MOST_COUNTED]]


@contextmanager
def _uncollected() -> Iterator[None]:
    """While hundreds of thousands of lasting records are made, the search for cycles among them waits, and later it leaves them out:
    of 36,000 cards each full search would stop every request for 100 ms."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


class _Order:
    """Found cards in order, taken out only where somebody looks."""

    def __init__(self, state: _State, *, places: Sequence[Numbers], order: Numbers) -> None:
        self._state = state
        self._places = places
        self._order = order

    def __getitem__(self, stretch: slice) -> list[IncidentCard]:
        return [self._card(int(position)) for position in self._order[stretch]]

    def _card(self, position: int) -> IncidentCard:
        first, second = self._places
        if position < len(first):
            return self._state.base.kept[int(first[position])].card
        return self._state.fresh.kept[int(second[position - len(first)])].card


def _all(part: Mapping[str, Mask]) -> Mask:
    whole: Mask = np.logical_and.reduce(list(part.values()))
    return whole


def _rows_matched(each: Slice, matched: Matched) -> Mask:
    mask = np.ones(len(each), dtype=bool)
    for keys, of in ((matched.documents, each.documents), (matched.events, each.events)):
        if keys is not None:
            having = np.zeros(len(each), dtype=bool)
            having[each.rows_of(keys, of=of)] = True
            mask &= having
    return mask


def _ranged(each: Slice, asked: Asked) -> dict[str, Mask]:
    """The masks of numbers, of days and of the area; over the date line west is greater than east."""
    found: dict[str, Mask] = {}
    if asked.min_pages > 1:
        found["min_pages"] = each.pages >= asked.min_pages
    if asked.min_sources > 0:
        found["min_sources"] = each.sources >= asked.min_sources
    if asked.since:
        found["since"] = each.last_day >= ordinal(asked.since)
    if asked.until:
        found["until"] = (each.first_day <= ordinal(asked.until)) & (each.first_day != NO_DAY)
    if asked.box:
        west, south, east, north = asked.box
        inside = (
            (each.longitude >= west) & (each.longitude <= east) if west <= east else (each.longitude >= west) | (each.longitude <= east)
        )
        found["box"] = inside & (each.latitude >= south) & (each.latitude <= north)
    return found


def _sort_keys(each: Slice, rows: Numbers, *, asked: Asked, matched: Matched) -> Numbers:
    """The smaller the earlier."""
    match asked.sort:
        case "oldest":
            days = each.first_day[rows]
            return np.where(days == NO_DAY, np.iinfo(np.int64).max, days)
        case "pages":
            return -each.pages[rows]
        case "sources":
            return -each.sources[rows]
        case "killed":
            return -each.killed[rows]
        case "best" if matched.is_ranked and matched.documents is not None:
            return _ranks(each, matched.documents)[rows]
    days = each.first_day[rows]
    return np.where(days == NO_DAY, np.iinfo(np.int64).max, -days)


def _ranks(each: Slice, documents: Sequence[int]) -> Numbers:
    """Of each row the place of its best page."""
    ranks = np.full(len(each), np.iinfo(np.int64).max, dtype=np.int64)
    known, rows = each.documents
    place = {key: rank for rank, key in enumerate(documents)}
    ranked = np.fromiter((place.get(int(key), np.iinfo(np.int64).max) for key in known), dtype=np.int64, count=len(known))
    np.minimum.at(ranks, rows, ranked)
    return ranks


# ------------------------------------------------------------------ map and time
def _binned(parts: Sequence[tuple[Slice, Mask]], *, zoom: int, view: Box) -> tuple[Cell, ...]:
    """Placed incidents in squares that halve with each step of ``zoom``; those of different precision stay apart."""
    west, south, east, north = view
    side = 8.0 / 2**zoom  # degrees
    bins: dict[tuple[int, int, int], list[tuple[float, float, int, IncidentCard]]] = {}
    for each, mask in parts:
        inside = mask & (each.latitude >= south) & (each.latitude <= north) & (each.longitude >= west) & (each.longitude <= east)
        rows = np.flatnonzero(inside)
        if not len(rows):
            continue
        squares = np.stack(
            [
                each.precision[rows],
                np.floor(each.latitude[rows] / side).astype(np.int64),
                np.floor(each.longitude[rows] / side).astype(np.int64),
            ]
        )
        unique, first, inverse, counts = np.unique(squares, axis=1, return_index=True, return_inverse=True, return_counts=True)
        latitudes = np.bincount(inverse.ravel(), weights=each.latitude[rows]) / counts
        longitudes = np.bincount(inverse.ravel(), weights=each.longitude[rows]) / counts
        for place in range(unique.shape[1]):
            key = (int(unique[0, place]), int(unique[1, place]), int(unique[2, place]))
            card = each.kept[int(rows[first[place]])].card
            bins.setdefault(key, []).append((float(latitudes[place]), float(longitudes[place]), int(counts[place]), card))
    cells = [_cell(key[0], found) for key, found in sorted(bins.items())]
    return tuple(sorted(cells, key=lambda cell: -cell.number)[:MOST_CELLS])


def _cell(precision: int, found: Sequence[tuple[float, float, int, IncidentCard]]) -> Cell:
    number = sum(count for _, _, count, _ in found)
    latitude = sum(lat * count for lat, _, count, _ in found) / number
    longitude = sum(lon * count for _, lon, count, _ in found) / number
    return Cell(round(latitude, 4), round(longitude, 4), number, PRECISIONS[precision], found[0][3])


def timeline_of(days: Numbers) -> Timeline:
    """Bars of days, months or years, as the time between the first and the last asks for; empty ones between are there too."""
    dated = days[days != NO_DAY]
    undated = len(days) - len(dated)
    if not len(dated):
        return Timeline("day", (), undated)
    first, last = int(dated.min()), int(dated.max())
    length = last - first + 1
    unit = "day" if length <= LONGEST_BY_DAY else "month" if length <= LONGEST_BY_MONTH else "year"
    starts = list(_starts(first, last, unit=unit))
    numbers = np.histogram(dated, bins=np.array(starts, dtype=np.int64))[0] if len(starts) > 1 else np.array([], dtype=np.int64)
    bars = (Bar(_day(a), _day(b - 1), int(n)) for a, b, n in zip(starts, starts[1:], numbers, strict=False))
    return Timeline(unit, tuple(bars), undated)


def _starts(first: int, last: int, *, unit: str) -> Iterator[int]:
    """The first days of all bars, and the day after the last."""
    if unit == "day":
        yield from range(first, last + 2)
        return
    start, end = date.fromordinal(first), date.fromordinal(last)
    months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month + 1)
    for month in months if unit == "month" else range(start.year * 12, (end.year + 1) * 12 + 1, 12):
        yield date(month // 12, month % 12 + 1, 1).toordinal()


def _day(number: int) -> str:
    return date.fromordinal(number).isoformat()
