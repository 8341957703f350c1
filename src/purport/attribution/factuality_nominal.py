"""Event nouns: objects, subjects, "threat of attack", "bomb plot", "after the attack"."""

from purport.attribution.factuality_lexicon import Embedder, embedder_of, words_of
from purport.attribution.factuality_local import is_definite
from purport.attribution.factuality_parse import Link, Parse, applied, embedded
from purport.attribution.factuality_prepositions import adjunct, is_argument, unrealised_with
from purport.attribution.factuality_state import PLAIN, POSSIBLE, PROBABLE, State
from purport.model import Token

#: Classes of adjectives that a subject takes its state from ("an attack is likely").
_PREDICATED = ("believed", "possible", "doubted", "feared", "planned", "wanted", "denied")
#: Classes of nouns that reach over a verb: "fears grow of a raid", "hopes fade for a truce".
_REACHING = ("feared", "planned", "wanted", "alleged", "believed", "possible")


def nominal(link: Link, *, parse: Parse) -> State:
    """What a nominal takes from above. A definite one is presupposed unless the word above reaches into it."""
    if _is_conditional(link, parse=parse):
        return PLAIN.lowered("Uu", token=link.governor.index, reason="conditional")
    if link.prepositions and not is_argument(link, frame="noun", parse=parse):
        return adjunct(link, parse=parse)
    definite = is_definite(parse.beside(link.token))
    raised = _raised(link, definite=definite, parse=parse)
    if raised is not None:
        return raised
    if link.token.dep == "nsubj":
        return _subject(link, definite=definite, parse=parse)
    if link.governor.pos in ("VERB", "AUX") and link.governor.lemma in words_of("light_verbs"):
        return _performed(link, definite=definite, parse=parse)
    return _reaching(link, parse=parse) or _governed(link, definite=definite, parse=parse)


def _performed(link: Link, *, definite: bool, parse: Parse) -> State:
    """Objects of "carry out" share its state. Of a known happening only the doer is in doubt: "may have carried out the attack"."""
    above = parse.above(link)
    doubted = above.level in (PROBABLE, POSSIBLE) or (not above.positive and above.level > 0 and link.token.dep == "dobj")
    return PLAIN if definite and doubted and link.governor.pos == "VERB" else above


def _governed(link: Link, *, definite: bool, parse: Parse) -> State:
    if link.token.dep == "oprd":
        return parse.above(link)
    embedder = parse.embedder(link, "noun", complement=link.token.lemma)
    reaches = not definite or link.token.dep == "compound"
    if embedder is not None and (reaches or _reaches_definite(embedder, governor=link.governor)):
        return embedded(link, embedder=embedder, parse=parse)
    if link.token.dep in ("compound", "nmod", "attr", "dep"):
        return parse.above(link)
    return PLAIN if definite else unrealised_with(link, parse=parse)


def _reaches_definite(embedder: Embedder, *, governor: Token) -> bool:
    """True for "prevented the attack", "a plan for the attack"; "planned the attack" and "suspected of the killing" presuppose it."""
    return governor.pos == "NOUN" or (embedder.definite and embedder.name not in ("alleged", "believed"))


def _is_conditional(link: Link, *, parse: Parse) -> bool:
    """True for "in case of attack", "in the event of a raid"."""
    governed = link.nearest == "of" and link.governor.lemma in words_of("conditional_nouns")
    return governed and parse.tokens[link.governor.head].words.lower() == "in"


def _reaching(link: Link, *, parse: Parse) -> State | None:
    """The state under a subject noun whose complement the parser hung on the verb; None if there is none."""
    if link.nearest not in ("of", "for", "over") or link.governor.pos not in ("VERB", "NOUN"):
        return None
    subject = next((c for c in parse.beside(link.governor) if c.dep in ("nsubj", "nsubjpass")), None)
    embedder = embedder_of(subject, "noun") if subject is not None else None
    if subject is None or embedder is None or embedder.name not in _REACHING:
        return None
    return applied(PLAIN, embedder=embedder, token=subject)


def _subject(link: Link, *, definite: bool, parse: Parse) -> State:
    """Subjects of "take place" and "is likely" take the state of what is said of them; others are presupposed."""
    governor, beside = link.governor, parse.beside(link.governor)
    predicate = next((c for c in beside if c.dep in ("acomp", "attr", "oprd") and c.pos == "ADJ"), None)
    embedder = embedder_of(predicate, "noun") if predicate is not None and governor.lemma in words_of("copulas") else None
    if predicate is not None and embedder is not None and embedder.name in _PREDICATED and not (definite and embedder.name == "possible"):
        return applied(parse.above(link), embedder=embedder, token=predicate)
    if governor.lemma in words_of("happening_verbs") and not any(_changes_sense(c) for c in beside):
        return parse.above(link)
    return PLAIN if definite else unrealised_with(link, parse=parse, finite_only=True)


def _changes_sense(child: Token) -> bool:
    """True for the object of "took the town", false for that of "took place"."""
    return child.dep in ("dobj", "attr", "acomp") and child.lemma not in words_of("happening_objects")


def _raised(link: Link, *, definite: bool, parse: Parse) -> State | None:
    """The subject of "is expected to begin" is as uncertain as its beginning; None for others. Of a known happening "appears to have been
    carried out by rebels" doubts only the doer."""
    if link.token.dep not in ("nsubj", "nsubjpass") or link.crosses:
        return None
    predicates = [link.governor, *(c for c in parse.beside(link.governor) if c.dep in ("acomp", "oprd"))]
    for predicate in predicates:
        infinitive = next((c for c in parse.beside(predicate) if c.dep == "xcomp"), None)
        embedder = embedder_of(predicate, "to", beside=parse.beside(predicate)) if infinitive is not None else None
        if infinitive is not None and embedder is not None and _begins(infinitive, parse=parse):
            state = applied(parse.inner[link.governor.index], embedder=embedder, token=predicate)
            return PLAIN if definite and state.level in (PROBABLE, POSSIBLE) else state
    return None


def _begins(infinitive: Token, *, parse: Parse) -> bool:
    beside = parse.beside(infinitive)
    verbs = words_of("light_verbs" if any(c.dep == "auxpass" for c in beside) else "happening_verbs")
    return infinitive.lemma in verbs and not any(_changes_sense(c) for c in beside)
