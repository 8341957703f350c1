"""Walking the dependency parse of a reading."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from purport.model import EntityKind, Reading, Sentence, Span, Token, Toponym

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
OBJECTS = ("dobj", "dative")
CLAUSES = ("ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "csubj")


class Tree:
    """The parse of one reading with children looked up once. Tokens are handed out and taken as records, never changed."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens

    @cached_property
    def _children(self) -> tuple[tuple[Token, ...], ...]:
        found: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                found[token.head].append(token)
        return tuple(tuple(kids) for kids in found)

    @cached_property
    def _kinds(self) -> dict[int, EntityKind]:
        return {m.head: m.kind for m in reversed(self.reading.mentions)}

    @cached_property
    def _toponyms(self) -> dict[int, tuple[Toponym, ...]]:
        found: dict[int, tuple[Toponym, ...]] = {}
        for token in self.tokens:
            for toponym in self._toponyms_by_start.get(token.span.start, ()):
                for other in self.tokens[token.index :]:
                    if other.span.start >= toponym.span.end:
                        break
                    found[other.index] = (*found.get(other.index, ()), toponym)
        return found

    @cached_property
    def _toponyms_by_start(self) -> dict[int, tuple[Toponym, ...]]:
        found: dict[int, tuple[Toponym, ...]] = {}
        for toponym in self.reading.toponyms:
            found[toponym.span.start] = (*found.get(toponym.span.start, ()), toponym)
        return found

    @cached_property
    def _timed(self) -> frozenset[int]:
        return frozenset(t.index for time in self.reading.times for t in self.inside(time.span))

    def is_time(self, token: Token) -> bool:
        """True if ``token`` is part of a time expression."""
        return token.index in self._timed

    def mention_kind(self, token: Token) -> EntityKind | None:
        """The kind of the mention that ``token`` heads."""
        return self._kinds.get(token.index)

    def toponyms(self, token: Token) -> tuple[Toponym, ...]:
        """The place names that ``token`` is part of."""
        return self._toponyms.get(token.index, ())

    @cached_property
    def _starts(self) -> list[int]:
        return [t.span.start for t in self.tokens]

    def inside(self, span: Span) -> tuple[Token, ...]:
        """The tokens that lie in ``span``."""
        first = bisect_left(self._starts, span.start)
        end = bisect_left(self._starts, span.end)
        return self.tokens[first:end]

    def children(self, token: Token, *deps: str) -> tuple[Token, ...]:
        """Direct dependants of ``token``, only those with one of ``deps`` if any are named."""
        kids = self._children[token.index]
        return tuple(kid for kid in kids if kid.dep in deps) if deps else kids

    def head(self, token: Token) -> Token:
        return self.tokens[token.head]

    def sentence(self, token: Token) -> Sentence:
        return self.reading.sentences[token.sentence]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The heads of ``token`` from its own head to the root."""
        while token.head != token.index:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> list[Token]:
        """``token`` and everything below it, in text order."""
        found, stack = [], [token]
        while stack:
            here = stack.pop()
            found.append(here)
            stack.extend(self._children[here.index])
        return sorted(found, key=lambda t: t.index)

    def conjuncts(self, token: Token) -> list[Token]:
        """``token`` and what is coordinated with it, in text order."""
        found, stack = [token], [token]
        while stack:
            for kid in self.children(stack.pop(), "conj"):
                found.append(kid)
                stack.append(kid)
        return sorted(found, key=lambda t: t.index)

    def objects_of(self, token: Token, *prepositions: str) -> list[Token]:
        """The nouns after one of ``prepositions`` that hang from ``token`` (also behind another preposition), coordination spread out."""
        found = []
        for kid in self.children(token, "prep", "agent", "dative"):
            if kid.lemma in prepositions or (kid.dep == "agent" and "by" in prepositions):
                found += [noun for child in self.children(kid, "pobj", "pcomp") for noun in self.conjuncts(child)]
        return found

    def negated(self, token: Token) -> bool:
        return any(kid.dep == "neg" for kid in self._children[token.index])

    def is_passive(self, token: Token) -> bool:
        """A past participle in the passive: with a passive subject or auxiliary, or reduced ("the man shot by police")."""
        kids = self._children[token.index]
        if any(kid.dep in ("nsubjpass", "auxpass", "csubjpass") for kid in kids):
            return True
        return (
            token.tag == "VBN"
            and token.dep in ("acl", "relcl", "advcl", "amod")
            and not any(kid.dep in ("aux", "nsubj", "dobj") for kid in kids)
        )

    def span(self, tokens: list[Token]) -> Span:
        return Span(tokens[0].span.start, max(t.span.end for t in tokens))
