"""One happening or two: signs of two bundles of a page and of a bundle and a cluster, weighed by two logistic models.

Both are fitted by ``training/event_coreference.py`` on the development gold (``resources/ontology/coreference.yaml``). The first weighs
every two bundles (a mention-pair model, Soon et al. 2001), the second what the first says of all members of a cluster, together with
what cannot be both (as in stacked coreference, Clark and Manning 2015).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from purport.coding.bundles import Bundle
from purport.coding.traits import (
    WIDE,
    Traits,
    actors_clash,
    clash,
    near,
    places_clash,
    same_time,
    targets_clash,
    times_clash,
    tolls_clash,
)
from purport.model import Toponym
from purport.resources import yaml_of

Signs = Mapping[str, float]
Found = dict[str, object]


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: weights by name of the sign."""

    bias: float
    weights: Mapping[str, float]

    def score(self, found: Signs) -> float:
        """Log odds."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in found.items())


@dataclass(frozen=True, slots=True)
class Coreference:
    """``pair`` weighs two bundles, ``join`` a cluster and a bundle; joined where ``join`` gives more than ``threshold``."""

    pair: Model
    join: Model
    threshold: float


@cache
def coreference() -> Coreference:
    """The fitted models. Raises ResourceError if their file is broken."""
    raw = yaml_of("ontology/coreference.yaml")
    pair, join = (Model(float(raw[name]["bias"]), raw[name]["weights"]) for name in ("pair", "join"))
    return Coreference(pair, join, float(raw["threshold"]))


def signs(a: Bundle, b: Bundle, *, between: int = 0, nearest: bool = False, similar: float | None = None) -> dict[str, float]:
    """What speaks for and against ``b`` telling the happening of ``a``, an earlier bundle of the page, by name of the sign.

    ``between``: bundles of a like type that stand between them. ``nearest``: no act of a like type is nearer before ``b``.
    ``similar``: likeness of the two triggers in their sentences according to an encoder (0 to 1), if there is one.
    """
    found: Found = {}
    for part in (_types(a, b), _words(a, b), _forms(a, b), _places(a, b), _times(a, b), _people(a, b), _counts(a, b), _voices(a, b)):
        found.update(part)
    found.update(_distances(a, b, between=between, nearest=nearest))
    if similar is not None:
        found.update({"similar": similar, "similar_known": True})
    return {name: value if isinstance(value, float) else 1.0 for name, value in found.items() if value}


def join_signs(scores: Sequence[float], old: Traits, new: Traits, *, newest: bool) -> dict[str, float]:
    """Signs of a cluster with traits ``old`` and a bundle with traits ``new``; ``scores`` are those of its members, in text order."""
    return {
        "max": max(scores),
        "mean": sum(scores) / len(scores),
        "min": min(scores),
        "last": scores[-1],
        "first": scores[0],
        "size": math.log(len(scores)),
        "place": float(places_clash(old, new)),
        "time": float(times_clash(old, new)),
        "actor": float(actors_clash(old, new)),
        "target": float(targets_clash(old, new)),
        "toll": float(tolls_clash(old, new)),
        "newest": float(newest),
    }


def _types(a: Bundle, b: Bundle) -> Found:
    same = a.type == b.type
    violent = a.is_violent and b.is_violent
    return {
        "type_same": same,
        "type_same_specific": same and not a.open_type and not b.open_type,
        "type_open": not same and violent and (a.open_type or b.open_type),
        "type_violent": not same and violent and not (a.open_type or b.open_type),
        "type_other": not same and not violent,
        "reality_other": a.reality != b.reality,
        "certain_other": a.certain != b.certain,
    }


def _words(a: Bundle, b: Bundle) -> Found:
    shared = a.stems & b.stems
    act = any(not t.trigger.entry.generic and not t.trigger.entry.consequence for t in b.tellings)
    return {
        "word_same": shared,
        "word_same_specific": shared and act,
        "words_all": a.stems == b.stems,
        "consequence": b.traits.consequence_only,
        "consequence_both": a.traits.consequence_only and b.traits.consequence_only,
        "generic_later": b.open_type and not b.traits.consequence_only,
        "weak": b.weak,
        "weak_earlier": a.weak,
    }


def _forms(a: Bundle, b: Bundle) -> Found:
    noun = not b.is_verb
    return {
        "definite": b.definite,
        "definite_same_type": b.definite and a.type == b.type,
        "definite_bare": b.definite and not (b.traits.places or b.traits.dates),
        "indefinite": b.indefinite,
        "indefinite_both": b.indefinite and a.indefinite,
        "verb": b.is_verb,
        "verbs_both": a.is_verb and b.is_verb,
        "noun_after_verb": noun and a.is_verb,
        "plural_after_singular": noun and b.plural and not a.plural and not a.is_verb,
        "singular_after_plural": noun and a.plural and not b.plural,
        "plurals": a.plural and b.plural,
        "other": b.other,
        "earlier_other": a.other,
        "past_perfect": b.earlier != a.earlier,
        "past_perfect_both": a.earlier and b.earlier,
        "sequenced": b.sequenced or a.sequenced,
        "sequenced_same_sentence": (b.sequenced or a.sequenced) and a.sentence == b.sentence,
    }


def _places(a: Bundle, b: Bundle) -> Found:
    exact_a, exact_b = (tuple(p for p in x.traits.places if p.precision not in WIDE) for x in (a, b))
    wide = [(x, y) for x in a.traits.places for y in b.traits.places]
    exact = [(x, y) for x in exact_a for y in exact_b]
    hit = any(near(x, y) for x, y in exact)
    return {
        "place_same": hit,
        "place_same_name": any(_named_alike(x, y) for x, y in exact),
        "place_other": exact and not hit,
        "place_wide": wide and not exact and any(near(x, y) for x, y in wide),
        "place_country_other": wide and not any(near(x, y) for x, y in wide),
        "place_new": exact_b and not exact_a,
        "place_lost": exact_a and not exact_b,
        "place_none": not a.traits.places and not b.traits.places,
    }


def _named_alike(a: Toponym, b: Toponym) -> bool:
    return a.name.lower() == b.name.lower()


def _times(a: Bundle, b: Bundle) -> Found:
    pairs = [(x, y) for x in a.traits.dates for y in b.traits.dates]
    hit = any(same_time(x, y) for x, y in pairs)
    days = [(x, y) for x, y in pairs if len(x) >= 10 and len(y) >= 10]
    return {
        "time_same": hit,
        "time_same_day": any(x[:10] == y[:10] for x, y in days),
        "time_other": pairs and not hit,
        "time_new": b.traits.dates and not a.traits.dates,
        "time_lost": a.traits.dates and not b.traits.dates,
        "total_one": a.traits.is_total != b.traits.is_total,
    }


def _people(a: Bundle, b: Bundle) -> Found:
    x, y = a.traits, b.traits
    return {
        "actor_same": x.actors & y.actors,
        "actor_other": x.actors and y.actors and not x.actors & y.actors,
        "actor_named_other": x.named_actors and y.named_actors and not x.actors & y.actors,
        "actor_swapped": (x.actors & y.targets) or (x.targets & y.actors),
        "target_same": x.targets & y.targets,
        "target_named_same": x.named_targets & y.named_targets,
        "target_word_same": a.target_words & b.target_words and not x.targets & y.targets,
        "target_other": x.targets and y.targets and not x.targets & y.targets and not a.target_words & b.target_words,
        "target_named_other": x.named_targets and y.named_targets and not x.targets & y.targets,
        "instrument_same": a.instruments & b.instruments,
        "instrument_other": a.instruments and b.instruments and not a.instruments & b.instruments,
        "clash": clash(x, y),
        "name_same": a.names & b.names,
        "name_other": a.names and b.names and not a.names & b.names,
        "name_around": b.names & a.around and not a.names & b.names,
        "name_around_back": a.names & b.around and not a.names & b.names,
        "around": len(a.around & b.around) / max(1, min(len(a.around), len(b.around))) if a.sentence != b.sentence else 0.0,
        "equated": {t.trigger.token.index for t in b.tellings} & a.equated,
    }


def _counts(a: Bundle, b: Bundle) -> Found:
    first, second = (
        {(c.kind, c.quantity.low, c.quantity.high) for t in bundle.tellings for c in t.tallies if not c.quantity.part_of_whole}
        for bundle in (a, b)
    )
    kinds = {k for k, _, _ in first} & {k for k, _, _ in second}
    return {
        "count_same": first & second,
        "count_same_large": any((low or high or 0) > 2 for _, low, high in first & second),
        "count_other": kinds and not first & second,
        "count_other_exact": kinds and not first & second and all(low == high for _, low, high in first | second),
        "count_one_sided": bool(first) != bool(second),
        "one_many": (_is_one(a) and _is_many(b)) or (_is_one(b) and _is_many(a)),
        "count_complements": first and second and not kinds,
    }


def _is_one(bundle: Bundle) -> bool:
    """One named person is the victim."""
    return bool(bundle.traits.named_targets) and not bundle.plural and not any(t.tallies for t in bundle.tellings)


def _is_many(bundle: Bundle) -> bool:
    return any((c.quantity.low or c.quantity.high or 0) > 2 for t in bundle.tellings for c in t.tallies)


def _voices(a: Bundle, b: Bundle) -> Found:
    ids_a, ids_b = ({t.attribution.id for t in x.tellings if t.attribution} for x in (a, b))
    return {
        "voice_same_statement": ids_a & ids_b,
        "voice_same_source": a.sources & b.sources and not ids_a & ids_b,
        "voice_other_source": a.sources and b.sources and not a.sources & b.sources,
        "voice_one_sided": bool(a.sources) != bool(b.sources),
    }


def _distances(a: Bundle, b: Bundle, *, between: int, nearest: bool) -> Found:
    apart = b.sentence - a.sentence
    return {
        "near_0": apart == 0,
        "near_1": apart == 1,
        "near_2": apart == 2,
        "near_log": math.log1p(apart),
        "near_block": a.block == b.block and apart > 0,
        "headline": a.traits.headline,
        "headline_lead": a.traits.headline and b.block <= a.block + 2,
        "headline_same_type": a.traits.headline and a.type == b.type,
        "between": math.log1p(between),
        "between_none": between == 0,
        "nearest_act": nearest,
        "nearest_act_consequence": nearest and b.traits.consequence_only,
        "nearest_act_definite": nearest and b.definite,
        "same_sentence_verbs": apart == 0 and a.is_verb and b.is_verb,
    }
