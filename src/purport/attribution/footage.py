"""What a video or photo shows where no verb says that it shows: "was seen on video beheading", "a video of the pilot being beaten"."""

from collections.abc import Iterator

from purport.attribution.cues import releasing, words
from purport.attribution.relation import Relation
from purport.attribution.syntactic import cue_spans
from purport.attribution.tree import Tree
from purport.model import Stance


def footage_relations(tree: Tree) -> Iterator[Relation]:
    """A relation for each act that is told by what a video or photo holds; the thing is the source, and it purports."""
    for token in tree.tokens:
        if token.lemma.lower() not in words("shown") or token.pos not in ("NOUN", "PROPN"):
            continue
        yield from _seen_on(tree, token.index)
        yield from _of_act(tree, token.index)


def _seen_on(tree: Tree, thing: int) -> Iterator[Relation]:
    """ "insurgents have been seen on video pulling families from their homes"."""
    prep = tree.head(thing) if tree.tokens[thing].dep == "pobj" else tree.head(tree.head(thing))
    verb = tree.head(prep)
    who = tree.child(verb, "nsubjpass")
    if tree.lemma(prep) not in ("on", "in") or tree.lemma(verb) not in words("caught") or who is None or tree.tokens[verb].pos != "VERB":
        return
    below = [
        c for t in (thing, prep, verb) for c in tree.all(t, "acl", "pcomp", "advcl", "xcomp") if c > thing and tree.tokens[c].tag == "VBG"
    ]
    if below:
        tokens = {t for c in (who, *below) for t in tree.subtree(c) if t != thing}
        yield Relation("footage", cue_spans(tree, verb), tree.spans(tokens), verb, Stance.PURPORTS, "show", thing)


def _of_act(tree: Tree, thing: int) -> Iterator[Relation]:
    """ "a video of the captive being beaten was posted by the militia"."""
    of = next((p for p in tree.all(thing, "prep") if tree.lemma(p) == "of"), None)
    held = tree.child(of, "pobj", "pcomp") if of is not None else None
    if held is None or not _is_act(tree, held):
        return
    verb = tree.head(thing)
    is_told = tree.lemma(verb) in releasing() and tree.tokens[verb].pos == "VERB"
    spans = cue_spans(tree, verb) if is_told else tree.spans([thing])
    yield Relation("footage", spans, tree.spans(tree.subtree(held)), verb if is_told else thing, Stance.PURPORTS, "show", thing)


def _is_act(tree: Tree, held: int) -> bool:
    """Whether a verb says what goes on: "of the captive being beaten", "of rebels shooting", and not "of the beheaded man"."""
    verbs = [held, *tree.all(held, "acl")]
    return any(
        tree.tokens[v].tag == "VBG" or any(tree.tokens[c].words.lower() == "being" for c in tree.children[v])
        for v in verbs
        if tree.tokens[v].pos == "VERB"
    )
