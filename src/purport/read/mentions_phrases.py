"""Noun phrases from the dependency parse: where the phrase of a head word begins and ends, as the codebook quotes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from purport.model import EntityKind, Span, Token
from purport.read.mentions_lexicon import class_of, word_set

#: Left children at which the phrase is cut: what stands before is no part of it.
CUTTING_LABELS = frozenset({"appos", "relcl", "acl", "cc", "preconj", "mark", "advcl", "ccomp", "parataxis", "intj", "dep", "nsubj", "cop"})
#: Dates that the parser hangs on the noun after them ("July 12, 2006 Officials said").
CUTTING_ENTITIES = frozenset({"DATE", "TIME"})
#: Prepositions that join a phrase to the noun that it says more of.
JOINING = frozenset({"of", "for", "from", "in", "at", "to", "with"})
JOINING_THINGS = frozenset({"of", "for"})
#: Longest phrase with its "of" part, in words.
MAX_WORDS = 12


@dataclass(frozen=True, slots=True)
class Tree:
    """Children of every token, and the words that each token governs without a gap."""

    tokens: Sequence[Token]
    children: Sequence[Sequence[int]]
    left: Sequence[int]  #: first token of the subtree
    right: Sequence[int]  #: last token of the subtree


def tree_of(tokens: Sequence[Token]) -> Tree:
    children: list[list[int]] = [[] for _ in tokens]
    left, right = list(range(len(tokens))), list(range(len(tokens)))
    for token in tokens:
        if token.head != token.index:
            children[token.head].append(token.index)
        _widen(tokens, token.index, left=left, right=right)
    return Tree(tokens, children, left, right)


def _widen(tokens: Sequence[Token], index: int, *, left: list[int], right: list[int]) -> None:
    """Every ancestor's subtree holds this token."""
    at = index
    while tokens[at].head != at:
        at = tokens[at].head
        left[at], right[at] = min(left[at], index), max(right[at], index)


def phrase_start(tree: Tree, head: int) -> int:
    """The first token of the phrase of ``head``: its left modifiers, without conjunctions and clauses."""
    start = head
    for child in reversed([c for c in tree.children[head] if c < head]):
        token = tree.tokens[child]
        if tree.right[child] != start - 1 or token.dep in CUTTING_LABELS or (token.entity in CUTTING_ENTITIES and token.dep != "poss"):
            break
        start = tree.left[child]
    while start < head and tree.tokens[start].words.lower() in word_set("no_openers"):
        start += 1
    return start


def phrase_end(tree: Tree, head: int) -> int:
    """The token after the phrase: the head, and an "of" phrase where only that says who is meant."""
    end = head + 1
    if tree.tokens[head].lemma.lower() not in word_set("whole_phrase_nouns"):
        return end
    joins = JOINING if class_is_person(tree.tokens, head) else JOINING_THINGS
    for child in tree.children[head]:
        if child == end and tree.tokens[child].dep == "prep" and tree.tokens[child].words.lower() in joins:
            stop = _object_end(tree, child)
            return stop if stop - head <= MAX_WORDS else end
    return end


def class_is_person(tokens: Sequence[Token], head: int) -> bool:
    found = class_of(tokens, head)
    return found is not None and found.kind is EntityKind.PERSON


def _object_end(tree: Tree, preposition: int) -> int:
    """The token after the object of ``preposition``, without what modifies that object from the right."""
    objects = [c for c in tree.children[preposition] if c > preposition and tree.tokens[c].dep == "pobj"]
    return phrase_end(tree, objects[0]) if objects else preposition


def span_of(tokens: Sequence[Token], first: int, end: int) -> Span:
    return Span(tokens[first].span.start, tokens[end - 1].span.end)
