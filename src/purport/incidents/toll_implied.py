"""A toll without a number: "a number of people were killed" is at least two, "Amal Karim was killed" is one."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from purport.incidents.toll_figures import UNREAL, has, is_of_combatants, sentence_around
from purport.incidents.toll_range import Toll
from purport.model import Claim, EntityKind, Event, Role, Span, Thing

PEOPLE = frozenset({EntityKind.PERSON, EntityKind.GROUP_OF_PEOPLE})
#: Code points between two words of harm that are said of the same people ("killed and injured").
SAID_TOGETHER = 16


def implied(events: Iterable[Event], *, harm: str, text: str) -> Toll | None:
    """People whom a word of that harm ("death", "injury") is said of where no number is given: of the first sentence that does so.

    One for each person named or described in the singular; at least two, with an open end, for people in the plural.
    """
    for event in events:
        marks = [s for s in sorted(event.triggers) if has(s.of(text), harm)]
        for mark in marks:
            found = _harmed(event, mark, text=text)
            if found:
                plural = any(_is_plural(c) for c in found)
                return Toll(len(found) + plural, None if plural else len(found), tuple(found))
    return None


def _harmed(event: Event, mark: Span, *, text: str) -> list[Claim]:
    """Claims of civilian targets in the sentence of a word of harm to which that word is the nearest."""
    before, after = sentence_around(text, start=mark.start, end=mark.end)
    sentence = Span(mark.start - len(before), mark.end + len(after))
    others = [s for s in event.triggers if sentence.covers(s) and s != mark and has(s.of(text), "harm") and not _together(s, mark)]
    found: dict[str, Claim] = {}
    for claim in event.claims:
        span = claim.spans[0]
        if _is_person(claim) and sentence.covers(span) and not any(_distance(span, o) < _distance(span, mark) for o in others):
            found.setdefault(claim.words.lower(), claim)
    return _apart(list(found.values()))


def _is_person(claim: Claim) -> bool:
    value = claim.value
    if claim.role is not Role.TARGET or not isinstance(value, Thing) or claim.factuality in UNREAL or is_of_combatants(claim.words):
        return False
    return value.kind in PEOPLE or has(claim.words, "many")


def _apart(claims: Sequence[Claim]) -> list[Claim]:
    """Without those whose words hold or are held by those of another."""
    return [c for n, c in enumerate(claims) if not any(c.spans[0].overlaps(o.spans[0]) for o in claims[:n])]


def _together(a: Span, b: Span) -> bool:
    return _distance(a, b) <= SAID_TOGETHER


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _is_plural(claim: Claim) -> bool:
    return bool(_plural().search(claim.words)) or has(claim.words, "many")


@cache
def _plural() -> re.Pattern[str]:
    return re.compile(r"\b(?:several|many|some|dozens|number of|multiple|others)\b", re.IGNORECASE)
