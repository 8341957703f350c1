"""Whose word a verb is: its subject, also where the grammar leaves it out."""

from purport.attribution.cues import artefacts
from purport.attribution.tree import Tree

SUBJECTS = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "csubjpass")
#: Labels under which a lost subject stands.
OPENING = frozenset({"nsubj", "nsubjpass", "ROOT", "dep", "appos", "npadvmod"})
MAX_STEPS = 6


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether ``verb`` is a passive or a participle after its noun ("accused of")."""
    token = tree.tokens[verb]
    if token.tag != "VBN":
        return False
    return tree.child(verb, *PASSIVE, "auxpass", "agent") is not None or (
        token.dep in ("acl", "amod") and tree.child(verb, "nsubj") is None
    )


def agent_of(tree: Tree, verb: int) -> int | None:
    """X in "was said by X"."""
    by = tree.child(verb, "agent")
    return tree.child(by, "pobj") if by is not None else None


def subject_of(tree: Tree, verb: int, *, steps: int = 0) -> int | None:
    """The head token of who does ``verb``; None if nobody is said to ("was reported")."""
    if is_passive(tree, verb):
        return agent_of(tree, verb)
    own = tree.child(verb, *SUBJECTS)
    if own is not None:
        return own
    return _above(tree, verb, steps=steps + 1) if steps < MAX_STEPS else None


def _above(tree: Tree, verb: int, *, steps: int) -> int | None:
    token = tree.tokens[verb]
    head = token.head
    if head == verb:
        return None
    if token.dep in ("acl", "relcl"):
        return head
    shown = tree.child(head, "dobj") if token.dep == "advcl" and token.tag == "VBG" else None
    if shown is not None and shown < verb and tree.lemma(shown) in artefacts():
        return shown
    if token.dep in ("pcomp", "prep") and tree.tokens[head].pos in ("ADP", "SCONJ"):
        return _done_by(tree, tree.head(head), steps=steps)
    if token.dep in ("conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "prep", "oprd"):
        return _done_by(tree, head, steps=steps)
    return None


def _done_by(tree: Tree, head: int, *, steps: int) -> int | None:
    """Who a verb below ``head`` belongs to: the passive subject too ("was quoted as saying", "was arrested, saying")."""
    if tree.tokens[head].dep in ("acomp", "attr") and tree.tokens[head].pos in ("ADJ", "NOUN"):
        head = tree.head(head)
    if tree.tokens[head].pos not in ("VERB", "AUX"):
        return None
    passive = tree.child(head, *PASSIVE)
    if passive is not None:
        return passive
    return subject_of(tree, head, steps=steps)


def speaker_of(tree: Tree, verb: int) -> int | None:
    """The subject of ``verb``; where the parse lost it, the noun that opens the sentence before a finite verb."""
    found = subject_of(tree, verb)
    if found is not None or tree.tokens[verb].tag not in ("VBD", "VBZ", "VBP") or is_passive(tree, verb):
        return found
    sentence = tree.sentence(verb)
    for token in tree.tokens[sentence.first : verb]:
        if token.pos in ("NOUN", "PROPN", "PRON") and token.dep in OPENING:
            return token.index
    return None
