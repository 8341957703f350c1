"""Time expressions of a reading, with TIMEX3 values and EDTF."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from purport.model import Reading, Span, TimeExpression
from purport.read.timex.edtf import edtf_of, edtf_since
from purport.read.timex.grammar import Match, matches_of
from purport.read.timex.lexer import Lexemes, lexemes_of
from purport.read.timex.lexicon import lexicon
from purport.read.timex.meaning import Meaning, Moment
from purport.read.timex.ownday import OwnDay, own_day_of
from purport.read.timex.senses import meaning_of
from purport.read.timex.tense import Tenses
from purport.settings import Settings

#: Words before an expression that bound it.
RELATIONS = {"since": "since", "until": "until", "till": "until", "before": "before", "after": "after", "about": "about", "around": "about"}


@dataclass(frozen=True, slots=True)
class Timed:
    """A match with its meaning."""

    match: Match
    meaning: Meaning
    span: Span
    relation: str | None


def find_times(reading: Reading, *, settings: Settings) -> Reading:
    """The reading with its ``times``, in the order of the text; two that make a range are one."""
    return replace(reading, times=tuple(plain_times(reading)))


def plain_times(reading: Reading) -> Iterator[TimeExpression]:
    """The times of a reading."""
    own = own_day_of(reading.document)
    for timed in timed_matches(reading, own=own):
        yield _expression_of(timed, own=own)


def timed_matches(reading: Reading, *, own: OwnDay) -> list[Timed]:
    """Every match that means a time, each read at the moment the story has reached."""
    lexemes = lexemes_of(reading.document.text, lexicon=lexicon())
    tenses = Tenses(reading)
    moment = Moment(own.day)
    found: list[Timed] = []
    for match in matches_of(lexemes):
        span = Span(lexemes.starts[match.first], lexemes.ends[match.end - 1])
        here = replace(moment, direction=tenses.direction_at(span.start))
        meaning = meaning_of(match, moment=here)
        if meaning:
            found.append(Timed(match, meaning, span, relation_at(match.first, lexemes=lexemes)))
            moment = _moved_on(moment, meaning=meaning)
    return found


def _moved_on(moment: Moment, *, meaning: Meaning) -> Moment:
    return replace(moment, narrated=meaning.day or moment.narrated, quarter=meaning.quarter or moment.quarter)


def relation_at(first: int, *, lexemes: Lexemes) -> str | None:
    """The relation that the word before makes."""
    before = lexemes.words[first - 1] if first else ""
    return RELATIONS.get(before)


def _expression_of(timed: Timed, *, own: OwnDay) -> TimeExpression:
    meaning = timed.meaning
    return TimeExpression(
        span=timed.span,
        kind=meaning.kind,
        value=meaning.value,
        edtf=edtf_since(edtf_of(meaning), relation=timed.relation),
        anchor=own.anchor if meaning.anchored else None,
        relation=timed.relation,
    )
