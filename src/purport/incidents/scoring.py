"""How likely two profiles are one incident: the sum of the weights of their comparison levels, as a chance.

The weights are a logistic regression's over the levels; they stand in ``resources/incidents/weights.yaml`` with how they were fitted
(``training/links.py``). A level that was never seen in fitting weighs nothing.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from purport.incidents.comparison import ORDER, PARTS, TOGETHER, levels_of, together
from purport.incidents.profile import Profile
from purport.resources import yaml_of


@dataclass(frozen=True)
class Weights:
    """Log odds by part and level, and before anything is compared."""

    bias: float
    levels: Mapping[tuple[str, str], float]

    def log_odds(self, levels: Mapping[str, str]) -> float:
        """The weight of evidence of a comparison."""
        return self.bias + sum(self.levels.get(item, 0.0) for item in levels.items())

    @cached_property
    def most_after(self) -> tuple[float, ...]:
        """For each part in the order of comparison, the most that those after it can add."""
        most = [max([0.0, *(weight for (part, _), weight in self.levels.items() if part == name)]) for name in (*ORDER, TOGETHER)]
        return tuple(sum(most[at + 1 :]) for at in range(len(ORDER)))


@cache
def weights() -> Weights:
    """The weights of the package. Raises ResourceError if their file is broken."""
    raw = yaml_of("incidents/weights.yaml")
    levels = {(part, level): float(weight) for part, told in raw["parts"].items() for level, weight in told.items()}
    return Weights(float(raw["bias"]), levels)


def log_odds(one: Profile, other: Profile) -> float:
    """The log odds that two profiles are one incident."""
    return weights().log_odds(levels_of(one, other))


def log_odds_from(one: Profile, other: Profile, *, least: float) -> float | None:
    """The same if it is at least ``least``, else None; stops comparing as soon as that cannot be reached."""
    known = weights()
    levels: dict[str, str] = {}
    total = known.bias
    for part, most_after in zip(ORDER, known.most_after, strict=True):
        level = levels[part] = PARTS[part](one, other)
        total += known.levels.get((part, level), 0.0)
        if total + most_after < least:
            return None
    total += known.levels.get((TOGETHER, together(levels)), 0.0)
    return total if total >= least else None


def chance(log_odds: float) -> float:
    """The chance from 0 to 1 of log odds."""
    return 1.0 / (1.0 + math.exp(-max(min(log_odds, 30.0), -30.0)))


def odds_of(chance: float) -> float:
    """The log odds of a chance, kept within ±30."""
    bounded = min(max(chance, 1e-13), 1 - 1e-13)
    return math.log(bounded / (1.0 - bounded))


def can_be_one(one: Profile, other: Profile) -> bool:
    """False for what is never one incident, however like: a threat and a deed, two events that one page keeps apart."""
    return one.document_id != other.document_id and (one.reality == "unrealised") == (other.reality == "unrealised")


def reasons_for(one: Profile, other: Profile) -> tuple[tuple[str, float], ...]:
    """Each part with its level and its log odds, the weightiest first; parts that say nothing are left out."""
    found = [(f"{part}: {level}", weights().levels.get((part, level), 0.0)) for part, level in levels_of(one, other).items()]
    return tuple(sorted(((told, round(weight, 2)) for told, weight in found if abs(weight) >= 0.05), key=lambda r: (-abs(r[1]), r[0])))
