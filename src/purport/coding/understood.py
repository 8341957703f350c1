"""Who a verb is about where the grammar leaves it out: relative clauses, participles, infinitives, coordination."""

from purport.coding.ontology import ontology
from purport.coding.tree import PASSIVE_SUBJECTS, SUBJECTS, Tree
from purport.model import Token


def subject_of(tree: Tree, verb: Token) -> list[Token]:
    """The understood subjects of a verb: its own, its antecedent in a relative clause, or that of the verb it depends on."""
    for _ in range(4):
        own = [t for t in tree.children(verb, *SUBJECTS, *PASSIVE_SUBJECTS)]
        if own:
            return [c for t in own for c in tree.conjuncts(_antecedent(tree, verb, t))]
        if verb.dep == "acl" and verb.tag == "VB":
            return []  # "a plot to attack": the plot does not attack
        if verb.dep in ("relcl", "acl"):
            return [tree.head(verb)]
        if verb.dep in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "aux"):
            up = tree.head(verb)
            if up.dep == "prep" or up.pos == "ADP":
                up = tree.head(up)
            accused = _accused(tree, up, verb)
            if accused:
                return accused
            if verb.dep == "xcomp" and tree.children(up, "dobj"):
                return [c for t in tree.children(up, "dobj") for c in tree.conjuncts(t)]
            if verb.dep == "ccomp" and verb.tag not in ("VBG", "VB"):
                return []
            if up.pos not in ("VERB", "AUX"):
                return [up] if up.pos in ("NOUN", "PROPN") else []
            verb = up
            continue
        return []
    return []


def _accused(tree: Tree, up: Token, verb: Token) -> list[Token]:
    """ "accused X of killing", "X was believed to have killed": the one accused."""
    if up.lemma not in ontology().accusing_verbs or verb.dep not in ("pcomp", "xcomp"):
        return []
    return [c for t in tree.children(up, "nsubjpass", "dobj") for c in tree.conjuncts(t)]


def _antecedent(tree: Tree, verb: Token, subject: Token) -> Token:
    if subject.lemma.lower() in ("who", "which", "that", "whom") and verb.dep == "relcl":
        return tree.head(verb)
    return subject
