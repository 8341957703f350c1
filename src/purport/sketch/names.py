"""Names of people, as far as a given name or a title shows them."""

from collections.abc import Iterator, Sequence

from purport.model import Span
from purport.sketch.lexicon import Lexicon
from purport.sketch.words import Word

FEWEST, MOST = 2, 5


def names_in(words: Sequence[Word], *, lexicon: Lexicon) -> tuple[Span, ...]:
    """Spans of at least two words that begin with a known given name, or with any word after a title."""
    return tuple(_names(words, lexicon=lexicon))


def _names(words: Sequence[Word], *, lexicon: Lexicon) -> Iterator[Span]:
    index = 0
    while index < len(words):
        end = _end_of_name(words, index, lexicon=lexicon) if _begins(words, index, lexicon=lexicon) else index
        if end - index >= FEWEST:
            yield Span(words[index].span.start, words[end - 1].span.end)
        index = max(end, index + 1)


def _begins(words: Sequence[Word], index: int, *, lexicon: Lexicon) -> bool:
    if lexicon.capitals and not words[index].capital:
        return False
    if words[index].plain in lexicon.given_names:
        return True
    if words[index].plain in lexicon.name_parts and index + 1 < len(words):
        return words[index + 1].joined and words[index].plain + words[index + 1].plain in lexicon.given_names
    return False


def _end_of_name(words: Sequence[Word], index: int, *, lexicon: Lexicon) -> int:
    end = index + 1
    while end < len(words) and end - index < MOST and words[end].joined and _goes_on(words, end, lexicon=lexicon):
        end += 1
    return end


def _goes_on(words: Sequence[Word], index: int, *, lexicon: Lexicon) -> bool:
    word = words[index]
    if lexicon.capitals and not word.capital:
        return False
    if word.plain in lexicon.given_names or word.plain in lexicon.name_parts:
        return True
    known = (lexicon.people, lexicon.acts, lexicon.casualties, lexicon.types, lexicon.place_nouns, lexicon.relative, lexicon.weekdays)
    return (
        word.number is None
        and len(word.plain) > 2
        and word.plain not in lexicon.function_words
        and not any(phrases.at(words, index) for phrases in known)
    )
