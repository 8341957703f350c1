"""What the place of a word in the parse does to it: the state that its governor hands down."""

from purport.attribution.factuality_clause import adverbial, complement, conjunct, frame_of
from purport.attribution.factuality_lexicon import words_of
from purport.attribution.factuality_nominal import nominal
from purport.attribution.factuality_parse import Link, Parse
from purport.attribution.factuality_state import PLAIN, State

_NOMINAL_POS = ("NOUN", "PROPN", "PRON", "NUM")
_NOMINAL_DEPS = ("nsubj", "nsubjpass", "dobj", "pobj")
_FRESH = ("appos", "parataxis", "det", "punct", "nummod")
_MODIFYING = ("amod", "poss", "advmod")


def state_from(link: Link, *, parse: Parse) -> State:
    """The state that ``link.token`` takes from above, before its own modals and negations."""
    dep = link.token.dep
    if dep == "conj":
        return conjunct(link, parse=parse)
    if dep == "advcl":
        return adverbial(link, parse=parse)
    if dep in _FRESH or (dep in _MODIFYING and not link.prepositions) or link.token.lemma in words_of("presupposing_nouns"):
        return PLAIN
    if dep == "relcl" and frame_of(link, parse=parse) != "to":
        return PLAIN
    if link.token.pos in _NOMINAL_POS or dep in _NOMINAL_DEPS:
        return nominal(link, parse=parse)
    return complement(link, parse=parse)
