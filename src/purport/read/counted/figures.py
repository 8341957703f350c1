"""Runs of tokens that spell a number, exact or vague, in the order of a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from purport.model import Token
from purport.read.counted.wording import vague_numbers, vague_starts, words_of
from purport.read.numerals import figure_of, multipliers, number_of, simple_words

_RANGE = re.compile(r"(\d[\d,]*)[-–](\d[\d,]*)")
_OPEN = re.compile(r"(\d[\d,]*)\+")
#: Beyond this a number is no count that a news page gives.
LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Figure:
    """Tokens ``[first, end)`` that say a number between ``low`` and ``high``. ``vague``: no exact number. ``single``: "a", "another"."""

    first: int
    end: int
    low: int
    high: int | None
    vague: bool = False
    single: bool = False


def figures_of(words: Sequence[str], *, first: int, tokens: Sequence[Token]) -> Iterator[Figure]:
    """Figures among ``words`` (lower-case tokens, the first of them token ``first``)."""
    place = 0
    while place < len(words):
        found = _figure_at(place, words=words, first=first, tokens=tokens)
        if found:
            yield found
            place = found.end - first
        else:
            place += 1


def _figure_at(place: int, *, words: Sequence[str], first: int, tokens: Sequence[Token]) -> Figure | None:
    return (
        _vague_at(place, words=words, first=first)
        or _exact_at(place, words=words, first=first)
        or _single_at(place, words=words, first=first)
    )


def _vague_at(place: int, *, words: Sequence[str], first: int) -> Figure | None:
    for phrase in vague_starts().get(words[place], ()):
        end = place + len(phrase)
        if tuple(words[place:end]) != phrase:
            continue
        low, high = vague_numbers()[phrase]
        if " ".join(phrase) in words_of("scaled") and end < len(words) and words[end] in multipliers():
            factor = multipliers()[words[end]]
            return Figure(first + place, first + end + 1, low * factor, (high + 1) * factor - 1, vague=True)
        if end < len(words) and words[end] in multipliers():
            return None
        return Figure(first + place, first + end, low, high, vague=low != high)
    return None


def _single_at(place: int, *, words: Sequence[str], first: int) -> Figure | None:
    if words[place] in words_of("none"):
        return Figure(first + place, first + place + 1, 0, 0, single=True)
    if words[place] in words_of("single"):
        return Figure(first + place, first + place + 1, 1, 1, single=True)
    return None


def _exact_at(place: int, *, words: Sequence[str], first: int) -> Figure | None:
    if found := _RANGE.fullmatch(words[place]):
        low, high = (int(group.replace(",", "")) for group in found.groups())
        return Figure(first + place, first + place + 1, low, high) if low < high else None
    if found := _OPEN.fullmatch(words[place]):
        return Figure(first + place, first + place + 1, int(found[1].replace(",", "")), None)
    end = _end_of_number(place, words=words)
    value = number_of(words[place:end]) if end > place else None
    if value is None or value >= LARGEST or value != int(value):
        return None
    return Figure(first + place, first + end, int(value), int(value), single=end == place + 1 and words[place] in words_of("single"))


def _is_numeral(word: str) -> bool:
    return word in simple_words() or word in multipliers() or figure_of(word) is not None


def _end_of_number(place: int, *, words: Sequence[str]) -> int:
    """The end of the longest run that is one number: "one hundred and twenty-five", "twenty - five", "1.2 million"."""
    if not (_is_numeral(words[place]) or _is_article_number(place, words=words)):
        return place
    end = place + 1
    while end < len(words):
        if _is_numeral(words[end]) and number_of(words[place : end + 1]) is not None:
            end += 1
        elif words[end] in ("-", "and") and _carries_on(place, end, words=words):
            end += 2
        else:
            break
    return end


def _is_article_number(place: int, *, words: Sequence[str]) -> bool:
    return words[place] == "a" and place + 1 < len(words) and words[place + 1] in multipliers()


def _carries_on(place: int, end: int, *, words: Sequence[str]) -> bool:
    """ "hundred and twenty", "twenty-five"; not "two and three" nor "5-10"."""
    after = words[end + 1] if end + 1 < len(words) else ""
    if words[end] == "and":
        return words[end - 1] in multipliers() and words[end - 1] != "dozen" and after in simple_words()
    return words[end - 1].isalpha() and after.isalpha() and number_of([*words[place:end], after]) is not None
