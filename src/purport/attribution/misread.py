"""Cue verbs that the parse takes for nouns: "White Helmets allege that …", "as army claims rebels fled", "Video 'shows execution'"."""

from collections.abc import Iterator

from purport.attribution.cues import Cue, artefacts, verbs, words
from purport.attribution.relation import Relation
from purport.attribution.tree import Tree
from purport.model import Stance

QUOTE_MARKS = frozenset("'\"‘“")


def misread_relations(tree: Tree) -> Iterator[Relation]:
    """A relation for each noun that is a cue verb by what stands around it."""
    for token in tree.tokens:
        if token.words == "heard" and token.pos in ("NOUN", "ADJ", "PROPN"):
            yield from _at_the_end(tree, token.index)
        cue = verbs().get(tree.lemma(token.index)) if token.tag in ("NN", "NNS", "JJ") else None
        if cue is None or not token.index or not token.words.islower():
            continue
        if tree.lemma(token.index) in words("never_nouns"):
            yield from _with_that(tree, token.index, cue=cue)
        elif (token.tag == "NNS" and token.dep == "compound") or _suspects(tree, token.index):
            yield from _in_headline(tree, token.index, cue=cue)


def _at_the_end(tree: Tree, verb: int) -> Iterator[Relation]:
    """ "…, an inquest heard.": what was said in court, the sentence up to the comma."""
    sentence = tree.sentence(verb)
    comma = next((t for t in range(verb - 1, max(sentence.first, verb - 5), -1) if tree.tokens[t].words == ","), None)
    if (
        comma is None
        or tree.lemma(verb - 1) not in words("hearings")
        or any(t.pos != "PUNCT" for t in tree.tokens[verb + 1 : sentence.end])
    ):
        return
    yield Relation("aside", tree.spans([verb]), tree.spans(range(sentence.first, comma)), verb, Stance.SAYS, "speech", verb - 1)


def _with_that(tree: Tree, verb: int, *, cue: Cue) -> Iterator[Relation]:
    """ "White Helmets allege that the depot was hit"."""
    clause = next((c for c in tree.all(verb, "acl", "ccomp", "relcl") if tree.child(c, "mark") is not None), None)
    if clause is not None and tree.tokens[verb - 1].pos in ("PROPN", "NOUN"):
        yield Relation("clause", tree.spans([verb]), tree.spans(tree.subtree(clause)), verb, cue.stance, cue.kind, verb - 1)


def _suspects(tree: Tree, verb: int) -> bool:
    """ "Police suspect rebels were behind it": a singular before a plural is no noun there."""
    plural = tree.tokens[tree.head(verb)].tag == "NNS" and tree.tokens[verb - 1].tag in ("NNS", "NN")
    return tree.tokens[verb].words == "suspect" and tree.tokens[verb].dep in ("compound", "amod") and plural


def _in_headline(tree: Tree, verb: int, *, cue: Cue) -> Iterator[Relation]:
    """ "army claims rebels fled": a clause behind it; "Video 'shows execution of soldiers'": a thing that shows before it."""
    source = verb - 2 if tree.tokens[verb - 1].words in QUOTE_MARKS else verb - 1
    head = tree.head(verb)
    if source < 0 or tree.tokens[source].pos not in ("NOUN", "PROPN") or head < verb:
        return
    above = tree.head(head)
    if cue.kind == "show" and tree.lemma(source) in artefacts():
        yield _told(tree, verb, cue=cue, source=source, last=tree.last[head])
    elif cue.takes("clause") and tree.tokens[head].dep in ("nsubj", "nsubjpass") and tree.tokens[above].tag in ("VBD", "VBN", "VBP"):
        yield _told(tree, verb, cue=cue, source=source, last=tree.last[above])


def _told(tree: Tree, verb: int, *, cue: Cue, source: int, last: int) -> Relation:
    pattern = "object" if cue.kind == "show" else "clause"
    return Relation(pattern, tree.spans([verb]), tree.spans(range(verb + 1, last + 1)), verb, cue.stance, cue.kind, source)
