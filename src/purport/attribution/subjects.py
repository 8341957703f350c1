"""Whose word a verb is: its subject, also where the grammar leaves it out."""

from purport.attribution.cues import artefacts, verbs, words
from purport.attribution.tree import Tree

SUBJECTS = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "csubjpass")
#: Labels under which a lost subject stands.
OPENING = frozenset({"nsubj", "nsubjpass", "ROOT", "dep", "appos", "npadvmod"})
FINITE = ("VBD", "VBZ", "VBP")
MAX_STEPS = 6


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether ``verb`` is a passive or a participle after its noun ("accused of")."""
    token = tree.tokens[verb]
    if token.tag != "VBN" or token.lemma in words("never_passive") or _named_is(tree, verb) is not None or has_of(tree, verb) is not None:
        return False
    if joined_to(tree, verb) is not None:
        return False
    if tree.child(verb, *PASSIVE, "auxpass", "agent") is not None:
        return True
    return token.dep in ("acl", "amod") and tree.child(verb, "nsubj") is None


def _named_is(tree: Tree, verb: int) -> int | None:
    """The group IS, read as the verb "is" by a parser ("IS has claimed")."""
    return next((c for c in tree.all(verb, "auxpass", "aux") if tree.tokens[c].words in ("IS", "ISIS")), None)


def has_of(tree: Tree, verb: int) -> int | None:
    """The "has" of a perfect whose parse is broken ("has for months threatened")."""
    for at in range(verb - 1, max(verb - 5, tree.sentence(verb).first) - 1, -1):
        word = tree.tokens[at].words.lower()
        if word in ("has", "have", "had"):
            return at if tree.head(at) != verb else None
        if tree.tokens[at].pos in ("VERB", "AUX", "PUNCT") or word in ("been", "and"):
            return None
    return None


def agent_of(tree: Tree, verb: int) -> int | None:
    """X in "was said by X"."""
    by = tree.child(verb, "agent")
    return tree.child(by, "pobj") if by is not None else None


def subject_of(tree: Tree, verb: int, *, steps: int = 0) -> int | None:
    """The head token of who does ``verb``; None if nobody is said to ("was reported")."""
    if is_passive(tree, verb):
        return agent_of(tree, verb)
    own = own_subject(tree, verb)
    if own is not None:
        return own
    sayer = joined_to(tree, verb)
    if sayer is not None and steps < MAX_STEPS:
        return subject_of(tree, sayer, steps=steps + 1)
    return _above(tree, verb, steps=steps + 1) if steps < MAX_STEPS else None


def joined_to(tree: Tree, verb: int) -> int | None:
    """The "said" of "said three children were dead and accused X": a cue after a clause that tells no speech goes with the cue above."""
    clause = tree.head(verb)
    sayer = tree.head(clause)
    cue = verbs().get(tree.lemma(verb))
    if tree.tokens[verb].dep != "conj" or tree.tokens[clause].dep != "ccomp" or clause > verb or sayer > clause or cue is None:
        return None
    inner, outer = verbs().get(tree.lemma(clause)), verbs().get(tree.lemma(sayer))
    plain = cue.kind == "speech" and tree.child(verb, "nsubj", "nsubjpass", "aux", "auxpass", "mark") is None
    alike = tree.tokens[verb].tag in ("VBD", "VBN") if tree.tokens[sayer].tag in ("VBD", "VBN") else tree.tokens[verb].tag in ("VBZ", "VBP")
    speaks = inner is not None and inner.kind == "speech"
    return sayer if plain and alike and outer is not None and outer.kind == "speech" and not speaks else None


def own_subject(tree: Tree, verb: int) -> int | None:
    """The subject nearest to ``verb`` among its own children."""
    found = [_speaking(tree, s) for s in tree.all(verb, *SUBJECTS)]
    has = has_of(tree, verb)
    if not found and has is not None:
        found = [t.index for t in tree.tokens[tree.sentence(verb).first : has] if t.dep == "nsubj"][-1:]
    if not found and tree.tokens[verb].tag in FINITE:
        found = [c for c in tree.all(verb, "amod") if c == verb - 1]
    return min(found, key=lambda s: abs(s - verb)) if found else _named_is(tree, verb)


def _speaking(tree: Tree, subject: int) -> int:
    """The spokesman in "Speaking to X, a spokesman said", where the parse takes the phrase for the subject."""
    if tree.tokens[subject].dep != "csubj" or tree.lemma(subject) not in ("speak", "talk"):
        return subject
    return next((t for t in reversed(tree.subtree(subject)) if tree.tokens[t].dep == "appos"), subject)


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
    if found is not None or tree.tokens[verb].tag not in FINITE or is_passive(tree, verb):
        return found
    sentence = tree.sentence(verb)
    for token in tree.tokens[sentence.first : verb]:
        if token.pos in ("NOUN", "PROPN", "PRON") and token.dep in OPENING:
            return token.index
    return None
