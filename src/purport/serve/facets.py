"""Cards of incidents in columns, so that tens of thousands are counted and filtered in a few milliseconds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from purport.cards import FACETS, KeptCard

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
NO_DAY = np.iinfo(np.int64).min  #: where a card has no day
PRECISIONS = ("exact", "near", "district", "province", "region", "country", "unknown")


class Vocabulary:
    """The values of one facet and their numbers; it only grows, so that numbers given once stay."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, value: str) -> int:
        """The number of a value, a new one if it has none."""
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]

    def known(self, value: str) -> int | None:
        """The number of a value, None if no card has it."""
        return self._numbers.get(value)


@dataclass(frozen=True, slots=True)
class Column:
    """One facet of many cards: ``codes`` are numbers of values, ``rows`` the cards that have them."""

    rows: Numbers
    codes: Numbers

    def counts(self, mask: Mask, *, size: int) -> Numbers:
        """How many of the masked cards have each value."""
        return np.bincount(self.codes[mask[self.rows]], minlength=size)

    def having(self, wanted: Sequence[int], *, size: int) -> Mask:
        """The cards that have any of these values."""
        found = np.zeros(size, dtype=bool)
        found[self.rows[np.isin(self.codes, wanted)]] = True
        return found


@dataclass(frozen=True)
class Slice:
    """Some cards in columns. Days are ordinals of the Gregorian calendar; ``documents`` and ``events`` are sorted keys with their rows."""

    kept: Sequence[KeptCard]
    columns: Mapping[str, Column]
    first_day: Numbers
    last_day: Numbers
    latitude: Reals
    longitude: Reals
    precision: Numbers
    pages: Numbers
    sources: Numbers
    killed: Numbers
    documents: tuple[Numbers, Numbers]
    events: tuple[Numbers, Numbers]
    alive: Mask = field(compare=False)

    def __len__(self) -> int:
        return len(self.kept)

    def rows_of(self, keys: Iterable[int], *, of: tuple[Numbers, Numbers]) -> Numbers:
        """The rows of document or event keys, in the order of the keys; unknown keys are left out."""
        known, rows = of
        asked = np.fromiter(keys, dtype=np.int64)
        if not len(known) or not len(asked):
            return np.zeros(0, dtype=np.int64)
        first, last = np.searchsorted(known, asked, "left"), np.searchsorted(known, asked, "right")
        found = last > first
        if int((last - first).max(initial=0)) <= 1:
            return rows[first[found]]
        return np.concatenate([rows[a:b] for a, b in zip(first[found], last[found], strict=True)])

    def without(self, incidents: frozenset[str]) -> "Slice":
        """The same with these incidents taken out."""
        if not incidents:
            return self
        alive = self.alive & np.fromiter((each.card.id not in incidents for each in self.kept), dtype=bool, count=len(self))
        return Slice(**{**self.__dict__, "alive": alive})


def slice_of(kept: Sequence[KeptCard], vocabularies: Mapping[str, Vocabulary]) -> Slice:
    """Cards in columns; new values enter the vocabularies."""
    cards = [each.card for each in kept]
    return Slice(
        kept=kept,
        columns={name: _column([card.values.get(name, ()) for card in cards], vocabularies[name]) for name in FACETS},
        first_day=_numbers(ordinal(card.first_day) for card in cards),
        last_day=_numbers(ordinal(card.last_day) for card in cards),
        latitude=_reals(card.latitude for card in cards),
        longitude=_reals(card.longitude for card in cards),
        precision=_numbers(PRECISIONS.index(card.precision) if card.precision in PRECISIONS else len(PRECISIONS) - 1 for card in cards),
        pages=_numbers(card.pages for card in cards),
        sources=_numbers(card.sources for card in cards),
        killed=_numbers(card.killed_low or 0 for card in cards),
        documents=_keys(each.documents for each in kept),
        events=_keys(each.events for each in kept),
        alive=np.ones(len(kept), dtype=bool),
    )


def ordinal(day: str | None) -> int:
    """The number of an ISO day; :data:`NO_DAY` without one, or for a year that the calendar has not."""
    try:
        return date.fromisoformat(day).toordinal() if day else NO_DAY
    except ValueError:
        return NO_DAY


def _column(values: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Column:
    rows = np.repeat(np.arange(len(values)), [len(each) for each in values]) if values else np.zeros(0, dtype=np.int64)
    return Column(rows.astype(np.int64), _numbers(vocabulary.number(value) for each in values for value in each))


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int64)


def _reals(values: Iterable[float | None]) -> Reals:
    return np.fromiter((np.nan if value is None else value for value in values), dtype=np.float64)


def _keys(keys: Iterable[Sequence[int]]) -> tuple[Numbers, Numbers]:
    pairs = np.array([(key, row) for row, each in enumerate(keys) for key in each], dtype=np.int64).reshape(-1, 2)
    order = np.argsort(pairs[:, 0], kind="stable")
    return pairs[order, 0], pairs[order, 1]
