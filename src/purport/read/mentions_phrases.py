"""Noun phrases from the dependency parse: where the phrase of a head word begins and ends, as the codebook quotes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from purport.model import Span, Token

#: Left children that belong to the phrase of their head.
LEFT_LABELS = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod", "predet", "npadvmod", "case", "punct", "neg", "nounmod", "hmod", "aux", "prep", "appos", "conj", "cc", "advcl"}
)  # fmt: skip
#: Left children at which the phrase is cut: what stands before is no part of it.
CUTTING_LABELS = frozenset({"appos", "relcl", "acl", "cc", "preconj", "mark", "advcl", "ccomp", "parataxis", "intj", "dep", "nsubj", "cop"})
#: Words that may not open a phrase.
NO_OPENERS = frozenset(
    {
        ",",
        ".",
        ";",
        ":",
        "-",
        "–",
        "—",
        "(",
        ")",
        "[",
        "]",
        "and",
        "or",
        "but",
        "both",
        "either",
        "neither",
        "nor",
        "only",
        "also",
        "even",
        "not",
        "when",
        "including",
    }
)
#: Nouns whose "of" phrase says who they are.
WHOLE_PHRASE_NOUNS = frozenset(
    {"member", "group", "number", "hundred", "thousand", "dozen", "ten", "score", "million", "majority", "supporter", "force", "soldier", "troop", "family", "handful", "resident", "head", "leader",
     "chief", "commander", "minister", "ministry", "president", "director", "crowd", "gang", "team", "series", "relative", "home", "house", "follower", "son", "daughter", "wife", "brother", "office", "chairman", "governor", "mayor", "people", "mob", "pair", "couple", "spokesman", "spokeswoman", "spokesperson", "secretary", "deputy", "officer", "official", "post", "department", "university", "council", "bank", "army", "party", "movement", "fighter", "civilian", "citizen", "opponent", "one", "some", "many", "most", "none", "all", "several", "two", "three", "four", "five", "six", "witness", "reporter", "center", "centre", "video", "photo", "picture", "image"}
)  # fmt: skip
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
        if tree.right[child] != start - 1 or tree.tokens[child].dep in CUTTING_LABELS:
            break
        start = tree.left[child]
    while start < head and tree.tokens[start].words.lower() in NO_OPENERS:
        start += 1
    return start


def phrase_end(tree: Tree, head: int) -> int:
    """The token after the phrase: the head, and an "of" phrase where only that says who is meant."""
    end = head + 1
    if tree.tokens[head].lemma.lower() not in WHOLE_PHRASE_NOUNS:
        return end
    for child in tree.children[head]:
        if (
            child == end
            and tree.tokens[child].dep == "prep"
            and tree.tokens[child].words.lower() in {"of", "for", "from", "in", "at", "to", "with"}
        ):
            stop = _object_end(tree, child)
            return stop if stop - head <= MAX_WORDS else end
    return end


def _object_end(tree: Tree, preposition: int) -> int:
    """The token after the object of ``preposition``, without what modifies that object from the right."""
    objects = [c for c in tree.children[preposition] if c > preposition and tree.tokens[c].dep == "pobj"]
    return phrase_end(tree, objects[0]) if objects else preposition


def span_of(tokens: Sequence[Token], first: int, end: int) -> Span:
    return Span(tokens[first].span.start, tokens[end - 1].span.end)
