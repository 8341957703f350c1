"""Prepositions: which of them make an argument ("threat of", "lead to"), presuppose ("after the raid") or negate ("without firing")."""

from purport.attribution.factuality_lexicon import takes, words_of
from purport.attribution.factuality_local import is_definite
from purport.attribution.factuality_parse import Link, Parse
from purport.attribution.factuality_state import PLAIN, State
from purport.model import Token

#: Prepositions that are arguments only of words that the lexicon knows ("plan for", but "in the raid").
_LOOSE = ("in", "with", "at", "on", "over", "against", "like")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def is_argument(link: Link, *, frame: str, parse: Parse) -> bool:
    """True for "threat of", "lead to", "warn against"; "in the raid" is none unless the word is known to take it ("succeed in")."""
    words = tuple(p.words.lower() for p in link.prepositions if p.pos != "ADV") or link.words
    if _negating(link, parse=parse) is not None or any(word not in words_of("argument_prepositions") for word in words):
        return False
    if words[0] not in _LOOSE or takes(link.governor, words[0]):
        return True
    embedder = parse.embedder(link, frame)
    if embedder is None:
        return False
    if words[0] in ("in", "with"):
        return embedder.name in ("implicative", "enforced", "alleged")
    return words[0] not in ("over", "against") or link.governor.pos == "NOUN"


def adjunct(link: Link, *, parse: Parse) -> State:
    """The state of what stands under a preposition that is no argument."""
    negating = _negating(link, parse=parse)
    if negating is not None:
        return PLAIN.negated(negating.index)
    if any(word in words_of("presupposing_prepositions") for word in link.words):
        return PLAIN
    definite = is_definite(parse.beside(link.token))
    if link.nearest == "by" and not definite:
        return parse.above(link)  # "probably hit by a bomb"
    if link.token.pos in _NOMINAL:
        return PLAIN if definite else unrealised_with(link, parse=parse)
    return parse.above(link)


def unrealised_with(link: Link, *, parse: Parse, finite_only: bool = False) -> State:
    """A nominal without article is unrealised where its clause is ("would trigger attacks"), and otherwise there."""
    above = parse.above(link)
    perfect = any(c.dep == "aux" and c.lemma == "have" for c in parse.beside(link.governor))
    return above if above.level == 0 and not (finite_only and perfect) else PLAIN


def _negating(link: Link, *, parse: Parse) -> Token | None:
    """The word that makes it not so: "without", "instead" beside "of", and "far" before "from" with a gerund."""
    around = [t for p in link.prepositions for t in (p, *parse.beside(p)) if t.dep not in ("pcomp", "pobj")]
    far = ("far",) if link.token.dep == "pcomp" else ()
    return next((t for t in around if t.words.lower() in words_of("negating_prepositions") or t.words.lower() in far), None)
