"""Quantities of a reading: every number of somebody or something, with its bounds and what it counts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from purport.model import Quantity, Reading, Sentence, Span, Token
from purport.read.counted.bounds import Bounded, bounded, joined
from purport.read.counted.counted_noun import Counted, counted_by
from purport.read.counted.figures import figures_of
from purport.read.counted.wording import words_of
from purport.settings import Settings

MAX_CONJUNCTS = 6


def find_quantities(reading: Reading, *, settings: Settings) -> Reading:
    """The reading with its ``quantities`` in the order of the text. Dates, durations, money, measures and ages are none."""
    timed = _tokens_in_times(reading)
    found = [quantity for sentence in reading.sentences for quantity in _in_sentence(sentence, reading=reading, timed=timed)]
    return replace(reading, quantities=tuple(found))


def _tokens_in_times(reading: Reading) -> frozenset[int]:
    """Starts of tokens that belong to a time expression."""
    return frozenset(place for time in reading.times for place in range(time.span.start, time.span.end))


def _in_sentence(sentence: Sentence, *, reading: Reading, timed: frozenset[int]) -> Iterator[Quantity]:
    tokens = reading.tokens
    words = [token.words.lower() for token in tokens[sentence.first : sentence.end]]
    figures = [f for f in figures_of(words, first=sentence.first, tokens=tokens) if tokens[f.first].span.start not in timed]
    numbers = [bounded(figure, words=words, offset=sentence.first) for figure in joined(figures, words=words, offset=sentence.first)]
    for number in _not_within(numbers):
        counted = counted_by(number, tokens=tokens, limit=sentence.end)
        if counted:
            yield _quantity_of(number, counted, tokens=tokens)


def _not_within(numbers: Sequence[Bounded]) -> Iterator[Bounded]:
    """Without the "a" of "a further seven"."""
    covered = {place for number in numbers for place in (*range(number.first, number.figure.first), *range(number.figure.end, number.end))}
    return (number for number in numbers if number.figure.first not in covered)


def _quantity_of(number: Bounded, counted: Counted, *, tokens: Sequence[Token]) -> Quantity:
    head = counted.head
    end = max(counted.end, number.end)
    return Quantity(
        span=Span(tokens[number.first].span.start, tokens[end - 1].span.end),
        low=number.low,
        high=number.high,
        unit=head.lemma.lower() if head else "",
        head=head.index if head else None,
        part_of_whole=_is_part(tokens[head.index if head else number.figure.end - 1], number=number, tokens=tokens),
    )


def _is_part(token: Token, *, number: Bounded, tokens: Sequence[Token]) -> bool:
    """Introduced by "including" or "among them", maybe at the head of a list; or "of whom 19"."""
    for _ in range(MAX_CONJUNCTS):
        if token.dep not in ("conj", "appos"):
            break
        token = tokens[token.head]
    if token.dep in ("pobj", "dobj", "nsubj") and tokens[token.head].words.lower() in words_of("whole"):
        return True
    before = [t.words.lower() for t in tokens[max(0, number.first - 2) : number.first] if t.sentence == token.sentence]
    return bool(before) and (before[-1] in words_of("whole") or before in (["among", "them"], ["of", "whom"], ["of", "which"]))
