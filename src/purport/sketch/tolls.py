"""How many people a page says were killed, injured, detained, abducted or displaced."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from purport.model import Quantity, Span
from purport.sketch.lexicon import Lexicon
from purport.sketch.numbers import number_at
from purport.sketch.words import Phrases, Word

#: Words between a casualty word and the number that belongs to it, those that say nothing left out.
MOST_FILLER = 6
#: Words after a counted group in which its verb may follow ("four civilians, among them a child, were killed").
AHEAD = 4
#: Words between a group and a part of it ("six civilians, among them two").
PART_REACH = 6
#: Above this a number is a year, a distance or the toll of a war.
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Counted:
    """People counted at words ``[first, end)``; ``kind`` if the words themselves say it ("four dead")."""

    first: int
    end: int
    low: int
    high: int | None
    kind: str | None
    is_person: bool  #: a noun for people stands there, not a number alone


def tolls_in(words: Sequence[Word], *, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Quantities in the order of the text, each with the kind of count as ``unit`` ("killed", "injured", "casualties" …)."""
    return tuple(_tolls(words, lexicon=lexicon))


def _tolls(words: Sequence[Word], *, lexicon: Lexicon) -> Iterator[Quantity]:
    index, before = 0, None
    while index < len(words):
        counted = _counted(words, index, lexicon=lexicon)
        kind = _kind_of(words, counted, before=before, lexicon=lexicon) if counted else None
        if counted is None or kind is None:
            index += 1
            continue
        counted = _summed(words, counted, kind=kind, lexicon=lexicon)
        yield _quantity(words, counted, kind=kind, lexicon=lexicon)
        before, index = (counted, kind), counted.end


def _counted(words: Sequence[Word], index: int, *, lexicon: Lexicon) -> Counted | None:
    number = number_at(words, index, lexicon=lexicon)
    if number:
        return _numbered(words, index, end=number[0], value=number[1], lexicon=lexicon)
    some = lexicon.some.at(words, index)
    if some and some[0] < len(words) and words[some[0]].joined:
        people = lexicon.people.at(words, some[0]) or lexicon.casualties.at(words, some[0])
        if people:
            return Counted(index, people[0], some[1], None, _kind(people[1]), is_person=True)
    casualty = lexicon.casualties.at(words, index, article=False)
    if casualty and casualty[1][1] and not _is_kind_only(words, index, lexicon=lexicon):
        return Counted(index, casualty[0], casualty[1][1], casualty[1][1], casualty[1][0], is_person=True)
    people = lexicon.people.at(words, index)
    return Counted(index, people[0], people[1], people[1], None, is_person=True) if people and people[1] else None


def _is_kind_only(words: Sequence[Word], index: int, *, lexicon: Lexicon) -> bool:
    """ "tens, some dead and some hurt" counts nobody one by one."""
    return index > 0 and words[index].joined and words[index - 1] in lexicon.between


def _kind(value: object) -> str | None:
    return value[0] if isinstance(value, tuple) else None


def _numbered(words: Sequence[Word], index: int, *, end: int, value: int, lexicon: Lexicon) -> Counted | None:
    if not 0 < value <= MOST:
        return None
    if end < len(words) and words[end].joined:
        casualty = lexicon.casualties.at(words, end)
        if casualty:
            return Counted(index, casualty[0], value, value, casualty[1][0], is_person=True)
        people = lexicon.people.at(words, end, exact=True)
        if people:
            return Counted(index, people[0], value, value, None, is_person=True)
        if lexicon.not_people.at(words, end, exact=True):
            return None
    return Counted(index, end, value, value, None, is_person=False)


def _kind_of(words: Sequence[Word], counted: Counted, *, before: tuple[Counted, str] | None, lexicon: Lexicon) -> str | None:
    """By the counted word itself, by what stands before it, or by the verb after it."""
    if counted.kind:
        return counted.kind
    if before and counted.is_person and counted.first - before[0].end <= PART_REACH and _is_part(words, counted, lexicon=lexicon):
        return before[1]
    kinds, gap = _acts_before(words, counted.first, lexicon=lexicon)
    if kinds and (counted.is_person or gap == 0):
        return kinds.pop() if len(kinds) == 1 else "casualties"
    return _act_after(words, counted, lexicon=lexicon) if counted.is_person else None


def _acts_before(words: Sequence[Word], index: int, *, lexicon: Lexicon) -> tuple[set[str], int]:
    """The kinds of the casualty words that stand before, over words that say nothing; how many other words stand between."""
    at, gap = index, 0
    while at > 0 and index - at < MOST_FILLER and words[at].joined:
        act = lexicon.acts.at(words, at - 1)
        if act:
            return {act[1], *_act_joined_to(words, at - 1, lexicon=lexicon)}, gap
        if words[at - 1] not in lexicon.filler:
            gap += 1
            if gap > 1:
                break
        at -= 1
    return set(), gap


def _act_joined_to(words: Sequence[Word], at: int, *, lexicon: Lexicon) -> Iterator[str]:
    """The act before this one where "and" joins the two: "killed and wounded eight people"."""
    if at > 0 and words[at].joined and len(words[at].forms) > 1:
        act = lexicon.acts.at(words, at - 1)
        if act:
            yield act[1]


def _act_after(words: Sequence[Word], counted: Counted, *, lexicon: Lexicon) -> str | None:
    for at in range(counted.end, min(len(words), counted.end + AHEAD)):
        if not words[at].joined:
            return None
        act = lexicon.acts.at(words, at, exact=True)
        if act:
            return act[1]
        if words[at].plain in lexicon.function_words and not (lexicon.part.at(words, at) or words[at] in lexicon.filler):
            return None
    return None


def _summed(words: Sequence[Word], counted: Counted, *, kind: str, lexicon: Lexicon) -> Counted:
    """With those who are added by "and": "three civilians and a child"."""
    while counted.end < len(words) and words[counted.end].joined and counted.high is not None:
        word = words[counted.end]
        if not lexicon.joiner or not word.plain.startswith(lexicon.joiner) or len(word.forms) < 2:
            break
        more = _counted(words, counted.end, lexicon=lexicon)
        if more is None or not more.is_person or more.high is None or more.kind not in (None, kind):
            break
        counted = Counted(counted.first, more.end, counted.low + more.low, counted.high + more.high, counted.kind, is_person=True)
    return counted


def _quantity(words: Sequence[Word], counted: Counted, *, kind: str, lexicon: Lexicon) -> Quantity:
    open_ended = _stands_near(words, counted, phrases=lexicon.least)
    return Quantity(
        span=Span(words[counted.first].span.start, words[counted.end - 1].span.end),
        low=counted.low,
        high=None if open_ended else counted.high,
        unit=kind,
        part_of_whole=_is_part(words, counted, lexicon=lexicon),
    )


def _stands_near(words: Sequence[Word], counted: Counted, *, phrases: Phrases[bool]) -> bool:
    """Whether "at least" stands within three words before, or right after."""
    at = phrases.at
    before = any((found := at(words, i)) and found[0] <= counted.first + 1 for i in range(max(0, counted.first - 4), counted.first))
    return before or (counted.end < len(words) and words[counted.end].joined and at(words, counted.end) is not None)


def _is_part(words: Sequence[Word], counted: Counted, *, lexicon: Lexicon) -> bool:
    return any(lexicon.part.at(words, index) is not None for index in range(max(0, counted.first - 3), counted.first + 1))
