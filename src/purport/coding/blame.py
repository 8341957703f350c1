"""Who is said to be behind a deed that a noun names: "blamed the attack on X", "responsible for the raid", "suspected of the killing"."""

from collections.abc import Iterator

from purport.coding.ontology import ontology
from purport.coding.tree import PASSIVE_SUBJECTS, SUBJECTS, Tree
from purport.model import Token

#: Nouns between a deed and the words that lay it on somebody ("behind a series of killings", "his role in the attack").
BETWEEN = frozenset({"series", "wave", "string", "spate", "number", "dozen", "most", "many", "some", "part"})


def laid_on(tree: Tree, noun: Token) -> list[Token]:
    """Those on whom the verb above lays the deed ("blamed the attack on X"), although the preposition may hang from the deed itself."""
    verb = tree.head(noun)
    prepositions = ontology().laying_verbs.get(verb.lemma.lower())
    if prepositions is None or noun.dep not in ("dobj", *PASSIVE_SUBJECTS):
        return []
    return [*tree.objects_of(verb, *prepositions), *tree.objects_of(noun, *prepositions)]


def behind(tree: Tree, noun: Token) -> Iterator[Token]:
    """All who are said to have done the deed of ``noun`` by words above it."""
    yield from laid_on(tree, noun)
    prep = tree.head(noun)
    while noun.dep == "pobj" and prep.lemma == "of" and tree.head(prep).lemma.lower() in BETWEEN:
        noun = tree.head(prep)
        prep = tree.head(noun)
    if noun.dep != "pobj":
        return
    word = tree.head(prep)
    if word.lemma in ("blame", "accuse", "suspect", "implicate", "charge", "convict"):
        yield from _spread(tree, _patients(tree, word))
    elif prep.lemma == "for" and word.lemma == "responsible":
        yield from _spread(tree, _subjects_of_predicate(tree, word))
    elif prep.lemma == "behind":
        yield from _spread(tree, [t for t in _bearers(tree, word) if t.index != noun.index])


def _patients(tree: Tree, verb: Token) -> list[Token]:
    """The objects of a verb in either voice, also "militants suspected of"."""
    own = [t for t in tree.children(verb, "dobj", *PASSIVE_SUBJECTS)]
    return own or ([tree.head(verb)] if verb.dep == "acl" else [])


def _subjects_of_predicate(tree: Tree, adjective: Token) -> list[Token]:
    """Of whom an adjective is said: "X is responsible", "holds X responsible", "the men responsible"."""
    verb = tree.head(adjective)
    if verb.pos in ("NOUN", "PROPN"):
        return [verb]
    if verb.lemma == "hold":
        return list(tree.children(verb, "dobj", *PASSIVE_SUBJECTS)) or list(tree.children(adjective, "nsubj"))
    return _bearers(tree, verb)


def _bearers(tree: Tree, verb: Token) -> list[Token]:
    """The subjects of a verb or, in a relative clause, what the pronoun stands for."""
    subjects = [t for t in tree.children(verb, *SUBJECTS)]
    if verb.dep == "relcl" and all(t.tag in ("WDT", "WP") for t in subjects):
        return [tree.head(verb)]
    return subjects


def _spread(tree: Tree, tokens: list[Token]) -> list[Token]:
    return [c for t in tokens for c in tree.conjuncts(t)]
