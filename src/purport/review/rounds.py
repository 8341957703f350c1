"""A coding round as it stands: who has coded what, what comes next, where coders differ, and what is agreed. Pure functions of records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from purport.decisions import Answer, Coding, Round
from purport.review.answers import all_equal, comparable
from purport.review.fields import IS_EVENT, Field

NO_EVENT = "no event"  #: stands beside the answers of the others where a coder says that there is no event


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one coder has come. ``seconds`` spent on what holds now."""

    coder: str
    done: int
    of: int
    seconds: float
    handed_in: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What one coder says of a field: ``answer`` None if the coder says that there is no event."""

    coder: str
    answer: Answer | None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a unit on which coders differ, with all that they say, and how it was settled."""

    event_id: str
    field: Field
    said: tuple[Said, ...]
    settled: Answer | None = None
    settled_by: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What holds of one field of one unit at the end, and who stands for it. ``is_agreed``: all coders said so."""

    event_id: str
    field: Field
    answer: Answer
    coders: tuple[str, ...]
    is_agreed: bool


Holding = Mapping[str, Mapping[str, Coding]]  #: by event, by coder: the last coding


def holding(codings: Iterable[Coding]) -> dict[str, dict[str, Coding]]:
    """Of each coder the last coding of each unit; adjudications are left out."""
    found: dict[str, dict[str, Coding]] = {}
    for coding in codings:
        if not coding.is_adjudication:
            found.setdefault(coding.event_id, {})[coding.coder] = coding
    return found


def adjudicated(codings: Iterable[Coding]) -> dict[str, dict[str, tuple[Answer, str]]]:
    """By event and field, how it was settled last, and by whom."""
    found: dict[str, dict[str, tuple[Answer, str]]] = {}
    for coding in codings:
        if coding.is_adjudication:
            found.setdefault(coding.event_id, {}).update({name: (answer, coding.coder) for name, answer in coding.answers.items()})
    return found


def progress(round_: Round, codings: Sequence[Coding]) -> tuple[Progress, ...]:
    """How far each coder has come, in the order of the round."""
    held = holding(codings)
    return tuple(_progress(round_, held, coder=coder) for coder in round_.coders)


def _progress(round_: Round, held: Holding, *, coder: str) -> Progress:
    own = [held[event][coder] for event in round_.units if coder in held.get(event, {})]
    return Progress(coder, len(own), len(round_.units), sum(coding.seconds for coding in own), round_.handed_in.get(coder, ""))


def next_unit(round_: Round, codings: Sequence[Coding], *, coder: str, after: str | None = None) -> str | None:
    """The first unit that this coder has not coded, from ``after`` on and then from the beginning; None when all are coded."""
    held = holding(codings)
    start = round_.units.index(after) + 1 if after in round_.units else 0
    turned = (*round_.units[start:], *round_.units[:start])
    return next((event for event in turned if coder not in held.get(event, {})), None)


def previous_unit(round_: Round, event_id: str) -> str | None:
    """The unit before this one; None for the first."""
    place = round_.units.index(event_id)
    return round_.units[place - 1] if place else None


# ------------------------------------------------------------------ what differs
def differences(round_: Round, codings: Sequence[Coding], *, fields: Sequence[Field]) -> tuple[Difference, ...]:
    """Every field on which coders of a unit differ, in the order of coding; only of units that at least two have coded."""
    held, settled = holding(codings), adjudicated(codings)
    found: list[Difference] = []
    for event in round_.units:
        own = _in_order(round_, held.get(event, {}))
        if len(own) > 1:
            found += [
                _settled(each, settled.get(event, {})) for field in (IS_EVENT, *fields) if (each := _difference(event, field, codings=own))
            ]
    return tuple(found)


def _in_order(round_: Round, own: Mapping[str, Coding]) -> list[Coding]:
    return [own[coder] for coder in round_.coders if coder in own]


def said_of(field: Field, coding: Coding) -> Answer | None:
    """What a coding says of a field; None if it says that there is no event, or nothing (a field that was added later)."""
    if field is IS_EVENT:
        return Answer("yes" if coding.is_event else "no")
    return coding.answers.get(field.name) if coding.is_event else None


def _difference(event: str, field: Field, *, codings: Sequence[Coding]) -> Difference | None:
    said = tuple(Said(coding.coder, said_of(field, coding), coding.comment) for coding in codings)
    if all(each.answer is None for each in said) or all_equal(_keys(field, said)):
        return None
    return Difference(event, field, said)


def _keys(field: Field, said: Sequence[Said]) -> list[str | None]:
    """Comparable answers; what is no answer at all is kept apart from "the page does not say"."""
    keys = comparable(field, [each.answer.value if each.answer else None for each in said])
    return [
        f"={key}" if each.answer and key is not None else ("unsaid" if each.answer else NO_EVENT)
        for each, key in zip(said, keys, strict=True)
    ]


def _settled(difference: Difference, settled: Mapping[str, tuple[Answer, str]]) -> Difference:
    answer, coder = settled.get(difference.field.name, (None, ""))
    return Difference(difference.event_id, difference.field, difference.said, answer, coder)


def open_differences(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """Those that nobody has settled; where it is settled that a unit is no event, nothing else of it is open."""
    found = tuple(found)
    gone = {each.event_id for each in found if each.field is IS_EVENT and each.settled and each.settled.value == "no"}
    return tuple(each for each in found if each.settled is None and each.event_id not in gone)


# ------------------------------------------------------------------ what holds at the end
def settled_answers(round_: Round, codings: Sequence[Coding], *, fields: Sequence[Field]) -> tuple[Settled, ...]:
    """What all coders of the round agree on, or an adjudicator has settled; units that not all have coded are left out."""
    held, settled = holding(codings), adjudicated(codings)
    found: list[Settled] = []
    for event in round_.units:
        own = _in_order(round_, held.get(event, {}))
        if len(own) == len(round_.coders):
            found += _settled_of(event, own, settled=settled.get(event, {}), fields=fields)
    return tuple(found)


def _settled_of(event: str, own: Sequence[Coding], *, settled: Mapping[str, tuple[Answer, str]], fields: Sequence[Field]) -> list[Settled]:
    found = [each for field in (IS_EVENT, *fields) if (each := _final(event, field, own=own, settled=settled))]
    if any(each.field is IS_EVENT and each.answer.value == "no" for each in found):
        return [each for each in found if each.field is IS_EVENT]
    return found if any(each.field is IS_EVENT for each in found) else []


def _final(event: str, field: Field, *, own: Sequence[Coding], settled: Mapping[str, tuple[Answer, str]]) -> Settled | None:
    if field.name in settled:
        holds, coder = settled[field.name]
        return Settled(event, field, holds, (coder,), is_agreed=False)
    if _difference(event, field, codings=own) is not None:
        return None
    answers = [answer for coding in own if (answer := said_of(field, coding)) is not None]
    if not answers:
        return None
    best = next((answer for answer in answers if answer.spans), answers[0])
    return Settled(event, field, best, tuple(coding.coder for coding in own), is_agreed=True)
