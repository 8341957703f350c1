"""One value of competing ones, by a named policy: applied on the way out, and stated."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from purport.accounts import Account, Contest, Resolution, Resolved, Told
from purport.errors import SettingsError
from purport.incident import Origin, Standing
from purport.incidents.competing import KINDS, overall
from purport.incidents.origins_names import folded, is_same, shortens
from purport.model import Count, Role
from purport.resources import yaml_of

POLICIES_FILE = "incidents/policies.yaml"
LONGEST_ORDER = 1000  #: sources in a user's own order
UNDATED = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy's name, version, and what it states and follows."""

    name: str
    version: int
    states: str
    follows: str
    document: str

    @property
    def label(self) -> str:
        return f"{self.name} {self.version}"


def policies() -> Mapping[str, Policy]:
    """Every policy by name."""
    rows: dict[str, dict[str, Any]] = yaml_of(POLICIES_FILE)["policies"]
    return {name: Policy(name, row["version"], row["states"], row["follows"], row["document"]) for name, row in rows.items()}


def policy_of(name: str) -> Policy:
    """One policy. Raises SettingsError for another name."""
    found = policies().get(name)
    if found is None:
        raise SettingsError(f"no policy {name!r}", where="--policy", remedy=f"use one of {', '.join(policies())}")
    return found


def resolve(account: Account, policy: str, *, order: Sequence[str] = ()) -> Resolution:
    """What ``policy`` makes of every contest of an incident. ``order``: names or standings of sources, the most trusted first.

    Raises SettingsError for an unknown policy, and for ``source-hierarchy`` without an order.
    """
    chosen = policy_of(policy)
    if policy == "source-hierarchy" and not order:
        raise SettingsError("this policy needs your order of sources", where="--policy", remedy="give it with --order FILE")
    origins = {origin.id: origin for origin in account.incident.origins}
    sources = _Sources(origins, tuple(order))
    counts = [found for kind in KINDS if (found := overall(account.contests, kind))]
    others = [contest for contest in account.contests if contest.role is not Role.COUNT or contest.who]
    resolved = [RESOLVERS[policy](contest, sources) for contest in (*counts, *others)]
    return Resolution(chosen.label, chosen.states, tuple(each for each in resolved if each is not None))


def order_from(path: Path) -> tuple[str, ...]:
    """A user's order of sources from a YAML or TOML file: a list, or one under ``sources``. Raises SettingsError if it is none."""
    try:
        text = path.read_text(encoding="utf-8")
        found = _toml(text) if path.suffix == ".toml" else yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError) as error:
        raise SettingsError(
            f"cannot be read as an order of sources: {error}", where=str(path), remedy="write a YAML list of names"
        ) from error
    listed = found.get("sources") if isinstance(found, dict) else found
    if not isinstance(listed, list) or not listed or len(listed) > LONGEST_ORDER or not all(isinstance(name, str) for name in listed):
        raise SettingsError("holds no list of names", where=str(path), remedy="write the names of sources one a line, each after “- ”")
    return tuple(listed)


def _toml(text: str) -> object:
    import tomllib

    return tomllib.loads(text)


# ------------------------------------------------------------------ what the policies look at
@dataclass(frozen=True, slots=True)
class _Sources:
    origins: Mapping[str, Origin]
    order: tuple[str, ...] = ()

    def independent(self, value: Told) -> list[Origin]:
        """Origins that give the value and are neither a party nor a captive."""
        found = (self.origins[each] for each in value.origins() if each in self.origins)
        return [origin for origin in found if origin.standing not in (Standing.PARTY, Standing.CAPTIVE)]

    def names(self, value: Told) -> str:
        found = [self.origins[each].name for each in value.origins() if each in self.origins]
        found = found or list(dict.fromkeys(saying.who for saying in value.sayings))
        return ", ".join(found[:2]) + (f" and {len(found) - 2} more" if len(found) > 2 else "")

    def rank(self, value: Told) -> int | None:
        """The place in the user's order of the first source that gives the value; None if none of them stands in it."""
        said = [self.origins[each] for each in value.origins() if each in self.origins]
        outlets = [saying.outlet for saying in value.sayings]
        for place, name in enumerate(self.order):
            if any(_is_meant(name, origin) for origin in said) or any(is_same(name, outlet) for outlet in outlets):
                return place
        return None


def _is_meant(name: str, origin: Origin) -> bool:
    """Whether a line of the user's order means an origin: by name, part of its name, code, kind or standing."""
    named = is_same(name, origin.name) or shortens(name, origin.name) or shortens(origin.name, name)
    return named or folded(name) in (origin.kind, origin.standing.value, (origin.actor_code or "").casefold())


def _standing(contest: Contest) -> list[Told]:
    """Values that somebody gives and nothing has replaced; general ones, and those that rest on nobody, only where there are no others."""
    given = [value for value in contest.values if value.affirmed and not value.replaced_by]
    specific = [value for value in given if value.specific] or given
    return [value for value in specific if value.origins()] or specific


def _support(value: Told, sources: _Sources) -> tuple[int, int]:
    """How many independent origins give a value, and how many at all."""
    return len(sources.independent(value)), len(value.origins())


def _best(values: Sequence[Told], sources: _Sources) -> Told:
    """The value most independent origins give; of equals the later and lower count, or what most pages say; else by the alphabet."""
    most = max(_support(value, sources) for value in values)
    equals = sorted((value for value in values if _support(value, sources) == most), key=lambda value: (_low(value), value.words))
    if isinstance(equals[0].value, Count):
        return max(equals, key=lambda value: value.first_seen or UNDATED)
    return max(equals, key=lambda value: len(value.sayings))


def _low(value: Told) -> int:
    return (value.value.low if value.value.low is not None else value.value.high or 0) if isinstance(value.value, Count) else 0


def _high(value: Told) -> int | None:
    return value.value.high if isinstance(value.value, Count) else None


def _made(contest: Contest, value: Told, *, why: str, **bounds: int | None) -> Resolved:
    return Resolved(contest.role, contest.kind, contest.who, value.words, why, value.value, **bounds)


# ------------------------------------------------------------------ the policies
def _ucdp(contest: Contest, sources: _Sources) -> Resolved | None:
    values = _standing(contest)
    if not values:
        return None
    best = _best(values, sources)
    number = len(sources.independent(best))
    why = f"best: {sources.names(best)} ({number} independent {'origin' if number == 1 else 'origins'})"
    if contest.role is not Role.COUNT:
        return _made(contest, best, why=why)
    independent = [value for value in values if sources.independent(value)] or values
    lows = min(independent, key=_low)
    top = max(independent, key=lambda value: _high(value) or _low(value))
    why += f"; low: {sources.names(lows)}; high: {sources.names(top)}"
    return _made(contest, best, why=why, low=_low(lows), best=_low(best), high=_high(top) if _high(top) is not None else _low(top))


def _acled(contest: Contest, sources: _Sources) -> Resolved | None:
    values = _standing(contest)
    if not values:
        return None
    if contest.role is not Role.COUNT:
        best = _best(values, sources)
        return _made(contest, best, why=f"on the word of {sources.names(best)}")
    least = min(values, key=_acled_number)
    number = _acled_number(least)
    return _made(contest, least, why=f"the lowest, by {sources.names(least)}", low=number, best=number, high=number)


def _acled_number(value: Told) -> int:
    """The number that ACLED's documents make of a count."""
    knowledge = yaml_of(POLICIES_FILE)
    if not isinstance(value.value, Count) or (value.value.low is None and value.value.high is None):
        return int(knowledge["acled_unknown"])
    low, high = value.value.low, value.value.high
    return int(knowledge["acled_words"].get(f"{low}-{high}", low if low is not None else high))


def _range(contest: Contest, sources: _Sources) -> Resolved | None:
    values = _standing(contest)
    if not values:
        return None
    by = "; ".join(f"{value.words}: {sources.names(value)}" for value in values[:4]) + ("; …" if len(values) > 4 else "")
    if contest.role is not Role.COUNT:
        return Resolved(contest.role, contest.kind, contest.who, " / ".join(value.words for value in values), by)
    low, tops = min(map(_low, values)), [_high(value) for value in values]
    high = None if None in tops else max(top for top in tops if top is not None)
    words = f"{low:,} or more" if high is None else f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return Resolved(contest.role, contest.kind, contest.who, words, by, None, low=low, high=high)


def _majority(contest: Contest, sources: _Sources) -> Resolved | None:
    values = _standing(contest)
    if not values:
        return None
    ranked = sorted(values, key=lambda value: (-len(sources.independent(value)), value.words))
    votes = [len(sources.independent(value)) for value in ranked]
    if not votes[0] or (len(votes) > 1 and votes[0] == votes[1]):
        tied = "no independent origin gives a value" if not votes[0] else "no value leads"
        return Resolved(contest.role, contest.kind, contest.who, "no majority", tied)
    first = ranked[0]
    why = f"{votes[0]} of {len({o.id for v in values for o in sources.independent(v)})} independent origins: {sources.names(first)}"
    return _made(contest, first, why=why, low=_low_or_none(first), best=_low_or_none(first), high=_high(first))


def _low_or_none(value: Told) -> int | None:
    return value.value.low if isinstance(value.value, Count) else None


def _hierarchy(contest: Contest, sources: _Sources) -> Resolved | None:
    given = [value for value in contest.values if value.affirmed]
    ranked = [(rank, value) for value in given if (rank := sources.rank(value)) is not None]
    if not given:
        return None
    if not ranked:
        return Resolved(contest.role, contest.kind, contest.who, "no value", "no source of your order gives one")
    first = min(rank for rank, _ in ranked)
    own = [value for rank, value in ranked if rank == first]
    chosen = max(own, key=lambda value: (value.first_seen or UNDATED, -_low(value), value.words))
    why = f"{sources.order[first]}, number {first + 1} of your order"
    return _made(contest, chosen, why=why, low=_low_or_none(chosen), best=_low_or_none(chosen), high=_high(chosen))


RESOLVERS: Mapping[str, Callable[[Contest, _Sources], Resolved | None]] = {
    "ucdp": _ucdp,
    "acled": _acled,
    "range": _range,
    "majority": _majority,
    "source-hierarchy": _hierarchy,
}
