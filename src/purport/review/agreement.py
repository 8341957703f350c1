"""Krippendorff's α: how far coders agree beyond chance, for any number of coders, missing values and four levels of measurement.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); the names Do, De, n and δ are his. Own code.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Unit = Sequence[Hashable | None]  #: one value a coder, in any order; None where that coder gave none

DRAWS = 1000  #: resamples for the interval; its ends move by about .01 from seed to seed at 50 units
SEED = 2011
LEVEL_OF_INTERVAL = 0.95
LEAST_DEFINED = 0.5  #: share of the draws that must have an α at all, else no interval is given

NOT_PAIRED = "no unit has values of two coders yet"
NO_VARIATION = "all values are the same; without variation α is not defined"


class Level(StrEnum):
    """Level of measurement: what counts as how far apart."""

    NOMINAL = "nominal"  #: equal or not
    ORDINAL = "ordinal"  #: how many values lie between, in the order of the domain
    INTERVAL = "interval"  #: the difference
    RATIO = "ratio"  #: the difference by the sum, for numbers that begin at 0


@dataclass(frozen=True, slots=True)
class Alpha:
    """``value`` is 1 for perfect agreement, 0 for that of chance, below 0 for less; None where it is not defined, and ``why``.

    ``units`` and ``values``: how many could be paired. ``low`` and ``high``: 95 % bootstrap interval from ``draws`` resamples of the
    units (None without one).
    """

    value: float | None
    units: int
    values: int
    why: str = ""
    low: float | None = None
    high: float | None = None
    draws: int = 0


@dataclass(frozen=True, slots=True)
class _Table:
    """``counts[u, v]``: how many coders gave unit ``u`` the value ``v``; only units with at least two values."""

    counts: Numbers
    domain: tuple[Hashable, ...]


Distances = Callable[[Numbers], Numbers]  #: n (how often each value was paired) → δ² of every two values


def alpha(units: Sequence[Unit], *, level: Level, domain: Sequence[Hashable] | None = None) -> Alpha:
    """α over the units, without an interval. ``domain``: all values in their order; needed for ordinal values that do not sort themselves.

    Raises ValueError for a value outside of ``domain`` and for a negative one on a ratio scale.
    """
    table = _table(units, domain)
    n = table.counts.sum(axis=0)
    observed = _units_of(table, squared(level, table.domain)(n)).sum()
    expected = _expected(n, squared(level, table.domain)(n))
    told = (table.counts.shape[0], int(n.sum()))
    if not told[0]:
        return Alpha(None, *told, why=NOT_PAIRED)
    if expected == 0:
        return Alpha(None, *told, why=NO_VARIATION)
    return Alpha(float(1 - observed / expected), *told)


def alpha_with_interval(
    units: Sequence[Unit], *, level: Level, domain: Sequence[Hashable] | None = None, draws: int = DRAWS, seed: int = SEED
) -> Alpha:
    """α with its percentile bootstrap interval: units are drawn with replacement, the same for the same ``seed``.

    Draws without variation have no α and are left out; if that is more than half of them there is no interval.
    """
    plain = alpha(units, level=level, domain=domain)
    if plain.value is None:
        return plain
    drawn = _drawn(_table(units, domain), level, draws=draws, seed=seed)
    if len(drawn) < LEAST_DEFINED * draws:
        return plain
    low, high = np.quantile(drawn, [(1 - LEVEL_OF_INTERVAL) / 2, (1 + LEVEL_OF_INTERVAL) / 2])
    return Alpha(plain.value, plain.units, plain.values, low=float(low), high=float(high), draws=draws)


def squared(level: Level, domain: Sequence[Hashable]) -> Distances:
    """δ² between the values of a domain, as a function of how often each was paired (which only the ordinal one needs)."""
    if level is Level.ORDINAL:
        return _ordinal
    fixed = _nominal(len(domain)) if level is Level.NOMINAL else _metric(level, domain)
    return lambda _: fixed


def _nominal(size: int) -> Numbers:
    return np.ones((size, size)) - np.eye(size)


def _ordinal(n: Numbers) -> Numbers:
    middles = np.cumsum(n) - n / 2
    return np.asarray((middles[:, None] - middles[None, :]) ** 2)


def _metric(level: Level, domain: Sequence[Hashable]) -> Numbers:
    values = np.array([float(str(value)) for value in domain])
    differences = values[:, None] - values[None, :]
    if level is Level.INTERVAL:
        return np.asarray(differences**2)
    if len(values) and values.min() < 0:
        raise ValueError("a ratio scale has no negative values")
    sums = values[:, None] + values[None, :]
    return np.asarray((differences / np.where(sums == 0, 1, sums)) ** 2)


def _table(units: Sequence[Unit], domain: Sequence[Hashable] | None) -> _Table:
    given = [[value for value in unit if value is not None] for unit in units]
    paired = [values for values in given if len(values) > 1]
    known = tuple(dict.fromkeys(domain)) if domain is not None else _sorted({value for values in paired for value in values})
    places = {value: place for place, value in enumerate(known)}
    counts = np.zeros((len(paired), len(known)))
    for row, values in enumerate(paired):
        for value in values:
            if value not in places:
                raise ValueError(f"{value!r} is not in the domain")
            counts[row, places[value]] += 1
    return _Table(counts, known)


def _sorted(values: set[Hashable]) -> tuple[Hashable, ...]:
    return tuple(sorted(values, key=lambda value: (isinstance(value, str), value)))


def _units_of(table: _Table, distances: Numbers) -> Numbers:
    """Each unit's part of n · Do: the distances of its pairs by the number of its values less one."""
    sizes = table.counts.sum(axis=1)
    return np.asarray(((table.counts @ distances) * table.counts).sum(axis=1) / (sizes - 1))


def _expected(n: Numbers, distances: Numbers) -> float:
    """n · De; 0 without variation."""
    return float(n @ distances @ n / (n.sum() - 1)) if n.sum() > 1 else 0.0


def _drawn(table: _Table, level: Level, *, draws: int, seed: int) -> list[float]:
    size = table.counts.shape[0]
    weights = np.random.default_rng(seed).multinomial(size, [1 / size] * size, size=draws).astype(np.float64)
    distances = squared(level, table.domain)
    if level is Level.ORDINAL:
        return [found for weight in weights if (found := _weighted(table, weight, distances=distances)) is not None]
    parts = _units_of(table, distances(table.counts.sum(axis=0)))
    n = weights @ table.counts
    expected = ((n @ distances(n[0])) * n).sum(axis=1) / (n.sum(axis=1) - 1)
    is_defined = expected > 0
    return [float(value) for value in 1 - (weights @ parts)[is_defined] / expected[is_defined]]


def _weighted(table: _Table, weight: Numbers, *, distances: Distances) -> float | None:
    n = weight @ table.counts
    expected = _expected(n, distances(n))
    return float(1 - weight @ _units_of(table, distances(n)) / expected) if expected > 0 else None
