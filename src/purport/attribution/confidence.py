"""How often a pattern is right: the share of its relations whose content PolNeAR's annotators marked too (overlap of half or more)."""

from collections.abc import Mapping

from purport.attribution.relation import Relation

#: Measured on polnear_dev with the broad lexicon, November 2026, rounded to .05; patterns seen fewer than 20 times take ``OTHERS``.
SHARES: Mapping[str, float] = {
    "clause": 0.85,
    "quote": 0.85,
    "according": 0.9,
    "aside": 0.75,
    "for": 0.8,
    "citing": 0.7,
    "as": 0.6,
    "about": 0.55,
    "infinitive": 0.5,
    "object": 0.55,
    "noun": 0.45,
    "passive": 0.45,
}
OTHERS = 0.5
#: Marks of hearsay are no relations for PolNeAR; the word itself leaves no doubt, what it stands with may (own sentences).
HEARSAY = 0.8
#: A belief or perception is a report less often than a word of saying, in any pattern (PolNeAR dev: clause/belief .53, clause/speech .87).
UNSPOKEN = 0.65


def confidence_of(relation: Relation) -> float:
    """Between 0 and 1."""
    if relation.kind == "hearsay":
        return HEARSAY
    share = SHARES.get(relation.pattern, OTHERS)
    return round(share * UNSPOKEN, 2) if relation.kind in ("belief", "perception") else share
