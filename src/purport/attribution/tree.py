"""A reading's parse with children and edges at hand."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from purport.model import Reading, Sentence, Span, Token

#: Characters that neither begin nor end a stretch that is quoted as evidence.
EDGES = " \t\n\u00a0,;:–—-."


@dataclass(frozen=True, slots=True)
class Tree:
    """Children and outer edges of every token; all numbers are indexes into ``tokens``."""

    reading: Reading
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    first: tuple[int, ...]  #: leftmost token of the subtree
    last: tuple[int, ...]  #: rightmost token of the subtree
    starts: tuple[int, ...]  #: character where each token begins

    @property
    def text(self) -> str:
        return self.reading.document.text

    def child(self, token: int, *deps: str) -> int | None:
        """The first child with one of these labels."""
        return next((c for c in self.children[token] if self.tokens[c].dep in deps), None)

    def all(self, token: int, *deps: str) -> list[int]:
        return [c for c in self.children[token] if self.tokens[c].dep in deps]

    def lemma(self, token: int) -> str:
        return self.tokens[token].lemma.lower()

    def head(self, token: int) -> int:
        return self.tokens[token].head

    def sentence(self, token: int) -> Sentence:
        return self.reading.sentences[self.tokens[token].sentence]

    def subtree(self, token: int, *, without: Collection[int] = ()) -> list[int]:
        """The tokens under ``token`` in text order, the branches in ``without`` left out."""
        found, open_ = [], [token]
        while open_:
            at = open_.pop()
            if at not in without:
                found.append(at)
                open_.extend(self.children[at])
        return sorted(found)

    def under(self, token: int, ancestor: int) -> bool:
        """Whether ``ancestor`` is ``token`` or stands above it."""
        while token != ancestor and self.tokens[token].head != token:
            token = self.tokens[token].head
        return token == ancestor

    def spans(self, tokens: Iterable[int]) -> tuple[Span, ...]:
        """Spans over runs of neighbouring tokens, bare punctuation at their edges cut off."""
        runs: list[list[int]] = []
        for token in sorted(tokens):
            if runs and token == runs[-1][-1] + 1:
                runs[-1].append(token)
            else:
                runs.append([token])
        spans = (self.trim(Span(self.tokens[r[0]].span.start, self.tokens[r[-1]].span.end)) for r in runs)
        return tuple(s for s in spans if s)

    def trim(self, span: Span) -> Span:
        """``span`` without space and separators at its edges; a point stays (it may belong to an abbreviation) unless it stands alone."""
        start, end = span.start, span.end
        while start < end and self.text[start] in EDGES:
            start += 1
        while start < end and self.text[end - 1] in EDGES:
            end -= 1
        return Span(start, end)

    def inside(self, span: Span) -> range:
        """The tokens that begin inside ``span``."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def at(self, character: int) -> int:
        """The last token that begins at or before ``character`` (0 if none)."""
        return max(bisect_right(self.starts, character) - 1, 0)

    def verbs(self) -> Iterator[int]:
        return (t.index for t in self.tokens if t.pos == "VERB")


def tree_of(reading: Reading) -> Tree:
    """The tree view of a reading's parse, built once per page."""
    tokens = reading.tokens
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.index:
            children[token.head].append(token.index)
    first, last = list(range(len(tokens))), list(range(len(tokens)))
    for sentence in reading.sentences:
        _edges(tokens[sentence.first : sentence.end], first=first, last=last)
    return Tree(reading, tokens, tuple(map(tuple, children)), tuple(first), tuple(last), tuple(t.span.start for t in tokens))


def _edges(tokens: tuple[Token, ...], *, first: list[int], last: list[int]) -> None:
    for token in tokens:
        at = token.index
        while at != (head := tokens[at - tokens[0].index].head) and (token.index < first[head] or token.index > last[head]):
            first[head], last[head] = min(first[head], token.index), max(last[head], token.index)
            at = head
