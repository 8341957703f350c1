"""Hearsay without a source: "allegedly", "a purported confession", "self-declared"."""

from collections.abc import Iterator

from purport.attribution.cues import Cue, hearsay
from purport.attribution.relation import Relation
from purport.attribution.tree import Tree

#: Marks printed as several tokens: "so-called", "self-declared".
HYPHENATED = ("so", "self")


def hearsay_relations(tree: Tree) -> Iterator[Relation]:
    """A relation without source for every adverb or adjective of hearsay; the content is what it modifies."""
    for token in tree.tokens:
        word, first = _word(tree, token.index)
        cue = hearsay().get(word)
        if cue is not None and cue.kind == "predicate":
            yield from _of_predicate(tree, token.index, cue=cue)
        elif cue is not None:
            yield from _of_word(tree, token.index, first=first, cue=cue)


def _of_predicate(tree: Tree, token: int, *, cue: Cue) -> Iterator[Relation]:
    """ "It was unclear whether …": the clause."""
    head = tree.head(token)
    below = [*tree.all(token, "ccomp"), *tree.all(head, "ccomp", "csubj", "advcl")]
    if tree.tokens[token].dep == "acomp" and below:
        yield Relation("predicate", tree.spans([token]), tree.spans(tree.subtree(below[0])), token, cue.stance, "hearsay")


def _word(tree: Tree, token: int) -> tuple[str, int]:
    words = tree.tokens[token].words.lower()
    if token >= 2 and tree.tokens[token - 1].words == "-" and tree.tokens[token - 2].words.lower() in HYPHENATED:
        return f"{tree.tokens[token - 2].words.lower()}-{words}", token - 2
    return words, token


def _of_word(tree: Tree, token: int, *, first: int, cue: Cue) -> Iterator[Relation]:
    host = tree.head(token)
    if host == token or tree.tokens[token].dep not in ("advmod", "amod", "compound", "nmod", "npadvmod", "dep", "punct"):
        return
    if cue.kind == "adjective" and tree.tokens[host].pos not in ("NOUN", "PROPN", "NUM", "ADJ"):
        return
    own = set(range(first, token + 1))
    under = [t for t in tree.subtree(host) if t not in own]
    stop = next((t for t in under if t > host and tree.tokens[t].words == ":"), len(tree.tokens))
    content = tree.spans(t for t in under if t < stop)
    if content:
        yield Relation(cue.kind, tree.spans(own), content, token, cue.stance, "hearsay")
