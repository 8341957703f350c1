"""Time expressions of a reading, with TIMEX3 values and EDTF."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from purport.model import Reading, Span, TimeExpression
from purport.read.timex.edtf import bounded_edtf, edtf_of
from purport.read.timex.grammar import Match, matches_of
from purport.read.timex.lexer import Lexemes, lexemes_of
from purport.read.timex.lexicon import lexicon
from purport.read.timex.meaning import Meaning, Moment
from purport.read.timex.ownday import OwnDay, own_day_of
from purport.read.timex.ranges import Placed, with_ranges
from purport.read.timex.relations import relation_of
from purport.read.timex.senses import meaning_of
from purport.read.timex.tense import PAST, Tenses
from purport.settings import Settings


@dataclass(frozen=True, slots=True)
class Timed:
    """A match with its meaning."""

    match: Match
    meaning: Meaning
    span: Span
    relation: str | None


def find_times(reading: Reading, *, settings: Settings) -> Reading:
    """The reading with its ``times``, in the order of the text; two that make a range are one."""
    own, lexemes = own_day_of(reading.document), lexemes_of(reading.document.text, lexicon=lexicon())
    placed = [
        Placed(_expression_of(timed, own=own), timed.match.first, timed.match.end) for timed in _timed(reading, own=own, lexemes=lexemes)
    ]
    return replace(reading, times=tuple(with_ranges(placed, lexemes=lexemes)))


def plain_times(reading: Reading) -> Iterator[TimeExpression]:
    """The times of a reading as TIMEX3 marks them: a range is two expressions."""
    own, lexemes = own_day_of(reading.document), lexemes_of(reading.document.text, lexicon=lexicon())
    for timed in _timed(reading, own=own, lexemes=lexemes):
        yield _expression_of(timed, own=own)


def _timed(reading: Reading, *, own: OwnDay, lexemes: Lexemes) -> Iterator[Timed]:
    """Every match that means a time, each read at the moment the story has reached."""
    tenses, moment = Tenses(reading), Moment(own.day)
    for match in matches_of(lexemes):
        span = Span(lexemes.starts[match.first], lexemes.ends[match.end - 1])
        meaning = meaning_of(match, moment=replace(moment, direction=_direction(match, span=span, lexemes=lexemes, tenses=tenses)))
        if meaning:
            yield Timed(match, meaning, span, relation_of(match.first, end=match.end, lexemes=lexemes, tenses=tenses))
            moment = replace(moment, narrated=meaning.day or moment.narrated, quarter=meaning.quarter or moment.quarter)


def _direction(match: Match, *, span: Span, lexemes: Lexemes, tenses: Tenses) -> str | None:
    """The tense around a match; "Wednesday's ruling" is past whatever the verb says of the ruling."""
    possessive = match.end < len(lexemes.words) and lexemes.words[match.end] in ("'s", "’s")
    return PAST if possessive else tenses.direction_at(span.start)


def _expression_of(timed: Timed, *, own: OwnDay) -> TimeExpression:
    meaning = timed.meaning
    return TimeExpression(
        span=timed.span,
        kind=meaning.kind,
        value=meaning.value,
        edtf=bounded_edtf(edtf_of(meaning), relation=timed.relation),
        anchor=own.anchor if meaning.anchored else None,
        relation="between" if "/" in meaning.value else timed.relation,
    )
