"""The figures of a toll as a page gives them: which are whole, which are parts of another, which belong together, whom they count."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from purport.model import Claim, Count, Event, Factuality, Role
from purport.resources import yaml_of

SOURCE = "incidents/toll.yaml"
#: What a source says did not happen, or has not happened, counts nobody.
UNREAL = frozenset({Factuality.NOT_CERTAIN, Factuality.NOT_PROBABLE, Factuality.NOT_POSSIBLE, Factuality.UNDERSPECIFIED})
#: Characters between two figures of one enumeration ("a woman, named in the report, and her four sons").
LONGEST_GAP = 110
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a kind of harm: a count, or counts that belong together. ``start`` is a code point of the page's text."""

    kind: str
    low: int | None
    high: int | None
    start: int
    end: int
    claims: tuple[Claim, ...]
    civilian: bool = True
    superseded: bool = False  #: "initially", "rose from": the page itself puts a later figure in its place
    cumulative: bool = False  #: of many events or a longer time


def figures_of(events: Iterable[Event], *, kind: str, text: str) -> tuple[Figure, ...]:
    """The whole figures of one kind of count in the order of the text; figures that are part of another one are left out."""
    counts = sorted(_counts(events, kind=kind), key=lambda c: (c.spans[0].start, -c.spans[0].end, c.id))
    told = [_figure(claim, text=text) for claim in _one_a_place(counts)]
    return tuple(_wholes(told, text=text))


def _counts(events: Iterable[Event], *, kind: str) -> Iterator[Claim]:
    for event in events:
        for claim in event.claims:
            if claim.role is Role.COUNT and isinstance(claim.value, Count) and claim.value.kind == kind and claim.factuality not in UNREAL:
                yield claim


def _one_a_place(counts: Sequence[Claim]) -> list[Claim]:
    """Without those told again at the same words on another's word, and those inside the words of another."""
    found: list[Claim] = []
    for claim in counts:
        if not found or claim.spans[0].start >= found[-1].spans[0].end:
            found.append(claim)
    return found


def _figure(claim: Claim, *, text: str) -> Figure:
    span, value = claim.spans[0], cast(Count, claim.value)
    before, after = sentence_around(text, start=span.start, end=span.end)
    return Figure(
        kind=value.kind,
        low=value.low,
        high=value.high,
        start=span.start,
        end=span.end,
        claims=(claim,),
        civilian=not is_of_combatants(claim.words, after=after),
        superseded=has(before, "superseded"),
        cumulative=has(f"{before} {claim.words} {after}", "cumulative"),
    )


def _wholes(told: Sequence[Figure], *, text: str) -> Iterator[Figure]:
    """Figures joined with what is added to them, without the parts of those before them in their sentence."""
    last: Figure | None = None
    for figure in told:
        gap = text[last.end : figure.start] if last is not None else ""
        same = last is not None and not _SENTENCE_END.search(gap)
        if last is not None and same and _is_part(last, figure, gap=gap):
            last = figure if _says_civilian(figure) and not _says_civilian(last) else last  # "four people, including two civilians"
            continue
        if last is not None and same and _adds(last, figure, gap=gap):
            last = joined(last, figure)
            continue
        if last is not None:
            yield last
        last = figure
    if last is not None:
        yield last


def _is_part(last: Figure, figure: Figure, *, gap: str) -> bool:
    """A cue says so, and it is no larger than what it would be a part of."""
    if not has(gap, "part"):
        return False
    whole, part = last.high or last.low, figure.low or figure.high
    return whole is None or part is None or part <= whole


def _says_civilian(figure: Figure) -> bool:
    return any(has(c.words, "civilians") for c in figure.claims)


def _adds(last: Figure, figure: Figure, *, gap: str) -> bool:
    """Joined by a word of addition; "seven people, A, his wife and their five children" spells seven out."""
    spelt_out = "," in gap and (last.low or last.high or 0) > 1
    return last.civilian == figure.civilian and len(gap) <= LONGEST_GAP and not spelt_out and _is_plus(gap)


def joined(first: Figure, second: Figure) -> Figure:
    """Two figures of different people as one; an open end stays open."""
    return Figure(
        kind=first.kind,
        low=_sum(first.low, second.low),
        high=_sum(first.high, second.high),
        start=first.start,
        end=second.end,
        claims=(*first.claims, *second.claims),
        civilian=first.civilian,
        superseded=first.superseded or second.superseded,
        cumulative=first.cumulative or second.cumulative,
    )


def _is_plus(gap: str) -> bool:
    return bool(_plus().search(gap)) and not has(gap, "harm")


def _sum(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


def sentence_around(text: str, *, start: int, end: int) -> tuple[str, str]:
    """The words before and after a stretch in its sentence."""
    breaks = [m.end() for m in _SENTENCE_END.finditer(text, max(0, start - 400), start)]
    first = breaks[-1] if breaks else max(0, start - 400)
    found = _SENTENCE_END.search(text, end)
    return text[first:start], text[end : found.start() if found else end + 200]


def is_of_combatants(words: str, *, after: str = "") -> bool:
    """ "three soldiers", "six members of the army"; not "three civilians"."""
    following = re.split(r"[,;:]|\b(?:and|were|was|in|by|who|when|have|had|dead|killed)\b", after, maxsplit=1)[0]
    said = f"{words} {following}" if re.search(r"\b(?:members?|personnel|of)\s*(?:the|\w+)?$", words) else words
    return has(words, "combatants") or (has(said, "forces") and not re.search(r"\bcivil(?:ian)?s?\b", words, re.IGNORECASE))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = [*yaml_of(SOURCE)["death"], *yaml_of(SOURCE)["injury"]] if name == "harm" else yaml_of(SOURCE)[name]
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in words) + r")\b", re.IGNORECASE)


@cache
def _plus() -> re.Pattern[str]:
    """A word of addition right before the next figure."""
    lists = yaml_of(SOURCE)
    plus, after = ("|".join(re.escape(w) for w in lists[name]) for name in ("plus", "plus_after"))
    return re.compile(rf"(?:^|[\s,])(?:{plus})\s+(?:(?:{after})\s+)*$", re.IGNORECASE)


def has(words: str, name: str) -> bool:
    """True if a word or phrase of that list of ``incidents/toll.yaml`` is among ``words`` ("harm": deaths and injuries)."""
    return bool(_pattern(name).search(words))
