"""How far the coders of a round agree, field by field: α with its interval, its history as codings came in, and what was confused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from purport.decisions import Coding, Round
from purport.review.agreement import Alpha, Level, Unit, alpha, alpha_with_interval
from purport.review.answers import UNSAID_WORDS, answer_words, comparable, measured
from purport.review.fields import IS_EVENT, Compare, Field
from purport.review.rounds import Holding, holding, said_of

MOST_POINTS = 24  #: of a history; more cannot be told apart in a drawing of 120 pixels
MOST_CONFUSIONS = 8


@dataclass(frozen=True, slots=True)
class Point:
    """α after that many codings; None while it is not defined."""

    codings: int
    at: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two answers that coders gave for one unit, and how often."""

    first: str
    second: str
    times: int


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """One line of the table of agreement. ``given``: for numbers, α of whether the page says one at all (nominal)."""

    field: Field
    alpha: Alpha
    equal: int  #: pairs of answers that are equal
    pairs: int
    history: tuple[Point, ...]
    confusions: tuple[Confusion, ...]
    given: Alpha | None = None


def round_agreement(round_: Round, codings: Sequence[Coding], *, fields: Sequence[Field]) -> tuple[FieldAgreement, ...]:
    """One line a field, "is it an event" first. Adjudications do not count."""
    own = [coding for coding in codings if not coding.is_adjudication]
    return tuple(_field_agreement(round_, own, field=field) for field in (IS_EVENT, *fields))


def _field_agreement(round_: Round, codings: Sequence[Coding], *, field: Field) -> FieldAgreement:
    rows = _rows(round_, holding(codings), field=field)
    pairs = [pair for row in rows for pair in combinations(_told(row), 2)]
    return FieldAgreement(
        field,
        alpha_with_interval(_units(field, rows), level=field.level, domain=_domain(field)),
        sum(first[0] == second[0] for first, second in pairs),
        len(pairs),
        _history(round_, codings, field=field),
        _confusions(field, pairs),
        _given(rows) if field.compare is Compare.NUMBER else None,
    )


#: Of one unit, for each coder: nothing (None), or the comparable answer ("" if the page does not say) and the answer as given.
Row = list[tuple[str, str | None] | None]


def _rows(round_: Round, held: Holding, *, field: Field) -> list[Row]:
    return [_row(round_, held.get(event, {}), field=field) for event in round_.units]


def _row(round_: Round, own: Mapping[str, Coding], *, field: Field) -> Row:
    answers = [said_of(field, own[coder]) if coder in own else None for coder in round_.coders]
    keys = comparable(field, [answer.value if answer else None for answer in answers])
    return [(key or "", answer.value) if answer else None for answer, key in zip(answers, keys, strict=True)]


def _told(row: Row) -> list[tuple[str, str | None]]:
    return [cell for cell in row if cell is not None]


def _units(field: Field, rows: Sequence[Row]) -> list[Unit]:
    """As α measures them: "the page does not say" is a value among names, and no value on a scale."""
    return [[_measured(field, cell) for cell in row] for row in rows]


def _measured(field: Field, cell: tuple[str, str | None] | None) -> str | float | None:
    if cell is None or (not cell[0] and field.level is not Level.NOMINAL):
        return None
    return measured(field, cell[0]) if cell[0] else ""


def _domain(field: Field) -> tuple[str, ...] | None:
    """An order of its own, for what does not sort itself."""
    return tuple(field.choices.values()) if field.level is Level.ORDINAL else None


def _given(rows: Sequence[Row]) -> Alpha:
    return alpha_with_interval([[None if cell is None else bool(cell[0]) for cell in row] for row in rows], level=Level.NOMINAL)


def _history(round_: Round, codings: Sequence[Coding], *, field: Field) -> tuple[Point, ...]:
    """α after some of the codings, the last one among them; revisions take the place of what they revise."""
    step = max(1, -(-len(codings) // MOST_POINTS))
    stops = [*range(len(codings), 0, -step)][::-1]
    return tuple(_point(round_, codings[:stop], field=field) for stop in stops)


def _point(round_: Round, codings: Sequence[Coding], *, field: Field) -> Point:
    units = _units(field, _rows(round_, holding(codings), field=field))
    return Point(len(codings), codings[-1].made_at, alpha(units, level=field.level, domain=_domain(field)).value)


def _confusions(field: Field, pairs: Sequence[tuple[tuple[str, str | None], tuple[str, str | None]]]) -> tuple[Confusion, ...]:
    differing = Counter(_pair(field, (first[1], second[1])) for first, second in pairs if first[0] != second[0])
    return tuple(Confusion(first, second, times) for (first, second), times in differing.most_common(MOST_CONFUSIONS))


def _pair(field: Field, answers: tuple[str | None, str | None]) -> tuple[str, str]:
    words = sorted((answer_words(field, answer) for answer in answers), key=lambda told: (told == UNSAID_WORDS, told))
    return words[0], words[1]
