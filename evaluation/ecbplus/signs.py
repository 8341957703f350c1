"""What two mentions share: one row of numbers for each pair."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from evaluation.ecbplus.mentions import Mention

Numbers = NDArray[np.float64]
#: Verbs that say little of what happens.
LIGHT = frozenset(["be", "come", "do", "get", "give", "go", "have", "know", "make", "report", "say", "see", "take", "tell", "think"])
#: Rarity of a word that the pages at hand do not hold.
UNSEEN = 5.0
KINDS = ("subject", "object", "modifier")
SIGNS = (
    *("same lemma", "likeness of lemmas", "prefix", "same stem", "likeness in context", "likeness of sentences", "arguments"),
    *KINDS,
    *(
        "crossed",
        "names",
        "numbers",
        "nouns",
        "same day",
        "other day",
        "same place",
        "other place",
        "one page",
        "near",
        "verbs",
        "nouns both",
    ),
    *("verb and noun", "likeness of pages", "light", "rarer", "same tag", "negated", "same light", "same and arguments", "same and pages"),
    *("same and context", "same words"),
)


def rows_of(mentions: Sequence[Mention], *, rare: Mapping[str, float], pages: Mapping[tuple[str, str], float]) -> Numbers:
    """A row of ``SIGNS`` for each pair of ``mentions``, in the order of ``itertools.combinations``."""
    rows = [_row(one, other, rare=rare, alike=pages[one.key[0], other.key[0]]) for one, other in combinations(mentions, 2)]
    return np.array(rows, dtype=np.float64).reshape(-1, len(SIGNS))


def _row(one: Mention, other: Mention, *, rare: Mapping[str, float], alike: float) -> list[float]:
    same = one.lemma == other.lemma
    context = float(one.vector @ other.vector)
    arguments = _overlap(_all(one), _all(other), rare=rare)
    light = (one.lemma in LIGHT) + (other.lemma in LIGHT)
    kinds = {one.pos, other.pos}
    own_page = one.key[0] == other.key[0]
    prefix = _prefix(one.lemma, other.lemma)
    return [
        same,
        1.0 if same else float(one.lemma_vector @ other.lemma_vector),
        prefix / max(len(one.lemma), len(other.lemma)),
        not same and prefix >= max(4, 0.6 * min(len(one.lemma), len(other.lemma))),
        context,
        float(one.sentence_vector @ other.sentence_vector),
        arguments,
        *(_overlap(_of(one, kind), _of(other, kind), rare=rare) for kind in KINDS),
        _overlap(_of(one, "subject"), _of(other, "object"), rare=rare) + _overlap(_of(one, "object"), _of(other, "subject"), rare=rare),
        min(_weight(one.names & other.names, rare), 20) / 10,
        min(2, len(one.numbers & other.numbers)),
        min(_weight(one.nouns & other.nouns, rare), 30) / 10,
        *_met(one.days, other.days),
        *_met(one.places, other.places),
        own_page,
        own_page and abs(one.sentence - other.sentence) <= 1,
        kinds == {"VERB"},
        kinds == {"NOUN"},
        kinds == {"VERB", "NOUN"},
        alike,
        light,
        min(rare.get(one.lemma, UNSEEN), rare.get(other.lemma, UNSEEN)) / 5,
        one.tag == other.tag,
        one.negated != other.negated,
        same and light > 0,
        same * arguments,
        same * alike,
        same * context,
        one.words == other.words,
    ]


def _of(mention: Mention, kind: str) -> frozenset[str]:
    return mention.arguments.get(kind, frozenset())


def _all(mention: Mention) -> frozenset[str]:
    return frozenset().union(*mention.arguments.values())


def _weight(words: frozenset[str], rare: Mapping[str, float]) -> float:
    return sum(rare.get(word, UNSEEN) for word in sorted(words))


def _overlap(one: frozenset[str], other: frozenset[str], *, rare: Mapping[str, float]) -> float:
    """Weight of the shared words over that of the lighter side."""
    lighter = min(_weight(one, rare), _weight(other, rare))
    return _weight(one & other, rare) / lighter if lighter else 0.0


def _met(one: frozenset[object], other: frozenset[object]) -> tuple[bool, bool]:
    """Whether two sets share something, and whether both say something and share nothing."""
    shared = bool(one & other)
    return shared, bool(one and other and not shared)


def _prefix(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
