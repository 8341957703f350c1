"""Cue nouns: "his claim that", "reports of", "fears that", "a threat to"."""

from collections.abc import Iterator, Mapping

from purport.attribution.cues import Cue, words
from purport.attribution.relation import Relation
from purport.attribution.subjects import speaker_of
from purport.attribution.tree import Tree


def noun_relations(tree: Tree, *, lexicon: Mapping[str, Cue]) -> Iterator[Relation]:
    """A relation for each cue noun with a complement that its entry allows; the possessor or "by X" is the source."""
    for token in tree.tokens:
        if token.pos == "NOUN":
            cue = lexicon.get(tree.lemma(token.index))
            if cue is not None:
                yield from _of_noun(tree, token.index, cue=cue)


def _of_noun(tree: Tree, noun: int, *, cue: Cue) -> Iterator[Relation]:
    content = tree.spans(t for c in _complements(tree, noun, cue=cue) for t in tree.subtree(c))
    if content:
        yield Relation("noun", tree.spans([noun]), content, noun, cue.stance, "noun", _owner(tree, noun))


def _complements(tree: Tree, noun: int, *, cue: Cue) -> list[int]:
    for child in tree.children[noun]:
        dep, lemma = tree.tokens[child].dep, tree.lemma(child)
        is_that = dep in ("acl", "ccomp", "relcl") and tree.child(child, "mark") is not None and cue.takes("clause")
        is_to = dep in ("acl", "xcomp") and any(tree.tokens[c].tag == "TO" for c in tree.children[child]) and cue.takes("infinitive")
        if is_that or is_to or (dep == "prep" and lemma in cue.frames):
            return [child]
    return []


def _owner(tree: Tree, noun: int) -> int | None:
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner
    for prep in tree.all(noun, "prep", "agent"):
        if tree.lemma(prep) in ("by", "from"):
            return tree.child(prep, "pobj")
    head = tree.head(noun)
    if tree.tokens[noun].dep == "dobj" and tree.lemma(head) in words("light"):
        return speaker_of(tree, head)
    return None
