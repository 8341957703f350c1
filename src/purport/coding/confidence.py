"""How likely a claim is right as it stands: the value, the event and the word it rests on, all three.

Log odds from a few signs, fitted on the development gold by ``training/confidence.py`` so that of the claims given .7 some seven in ten are
right; the weights are in ``resources/ontology/confidence.yaml``, one set for each reader.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import accumulate
from math import exp

from purport.model import Attribution, Claim, Count, Event, Place, Report, Role, Span, Spans, Tags, Time
from purport.resources import yaml_of

#: Claims of one role of an event from which on no more are told apart.
MANY = 4
#: Triggers of an event, those nearest to the claim, that the encoder is asked about; a page that says one thing a thousand times has more.
MOST_ASKED = 8
#: Characters within which a value stands beside the word that names the happening.
BESIDE, NEAR = 40, 150
#: The head that is asked for a role, by role; a count's, not its kind's.
ASKED = {Role.PERPETRATOR: "perpetrator", Role.TARGET: "target", Role.INSTRUMENT: "instrument", Role.PLACE: "place", Role.TIME: "time",
         Role.COUNT: "count"}  # fmt: skip


class Surroundings:
    """What the claims of one event share, looked up rather than gone through for each of thousands."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.rivals = Counter(claim.role for claim in event.claims)
        self._triggers = sorted(event.triggers)
        self._starts = [trigger.start for trigger in self._triggers]
        self._ends = list(accumulate((trigger.end for trigger in self._triggers), max))

    def apart(self, span: Span) -> int:
        """Characters between ``span`` and the nearest trigger."""
        after = bisect_right(self._starts, span.end)
        before = [max(0, span.start - self._ends[after - 1])] if after else []
        return min([*before, *(start - span.end for start in self._starts[after : after + 1])])

    def nearest(self, span: Span) -> Spans:
        """The triggers around ``span``, all of them if they are few."""
        first = max(0, min(bisect_right(self._starts, span.end) - MOST_ASKED // 2, len(self._triggers) - MOST_ASKED))
        return tuple(self._triggers[first : first + MOST_ASKED])


def with_confidence(report: Report, *, tags: Tags | None) -> Report:
    """The report with the confidence of every claim and the reader that made it; nothing else changes."""
    by_id = {a.id: a for a in report.attributions}
    reader = "rules" if tags is None else "learned"
    known = weights(reader)
    events = []
    if tags is not None:
        tags.asked("attribution", [a.cue[0] for a in report.attributions if a.cue])  # all at once costs a third of one by one
    for event in report.events:
        around = Surroundings(event)
        given = ((c, signs(c, around, by_id.get(c.attribution_id or ""), tags=tags)) for c in event.claims)
        events.append(replace(event, claims=tuple(replace(c, confidence=chance(found, known), origin=reader) for c, found in given)))
    return replace(report, events=tuple(events))


def chance(found: Mapping[str, float], known: Mapping[str, float]) -> float:
    """The probability that the weights give to signs."""
    odds = sum(known.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + exp(-odds)), 3)


@cache
def weights(reader: str) -> Mapping[str, float]:
    found: Mapping[str, float] = yaml_of("ontology/confidence.yaml")[reader]
    return found


def signs(claim: Claim, around: Surroundings, attribution: Attribution | None, *, tags: Tags | None) -> dict[str, float]:
    """The signs of one claim by name; a sign that does not hold is left out."""
    found = {"always": 1.0, f"role={claim.role}": 1.0}
    found |= dict.fromkeys(_of_event(claim, around), 1.0)
    found |= dict.fromkeys(_of_word(claim, attribution), 1.0)
    if attribution is not None:
        found["attribution"] = attribution.confidence
    if tags is not None:
        found |= dict(_of_tags(claim, around, attribution, tags))
    return found


def _of_event(claim: Claim, around: Surroundings) -> Iterator[str]:
    event = around.event
    yield f"rivals={min(around.rivals[claim.role], MANY)}"
    yield f"triggers={min(len(event.triggers), 3)}"
    yield f"type={event.type}"
    apart = around.apart(claim.spans[0])
    yield "beside" if apart <= BESIDE else "near" if apart <= NEAR else "far"
    if event.reality != "actual":
        yield "unreal"
    if isinstance(claim.value, Place) and claim.value.geonames_id is None:
        yield "unresolved"
    if isinstance(claim.value, Time) and claim.value.edtf is None:
        yield "undated"
    if isinstance(claim.value, Count):
        yield f"count={claim.value.kind}"


def _of_word(claim: Claim, attribution: Attribution | None) -> Iterator[str]:
    yield f"factuality={claim.factuality}"
    if attribution is None:
        yield "outlet"
        return
    yield f"stance={attribution.stance}"
    yield "hearsay" if attribution.source is None else "named" if attribution.source.named else "unnamed"
    if attribution.parent_id is not None:
        yield "nested"


def _of_tags(claim: Claim, around: Surroundings, attribution: Attribution | None, tags: Tags) -> Iterator[tuple[str, float]]:
    """What the encoder says of the trigger, the role and the cue."""
    triggers = around.nearest(claim.spans[0])
    yield "trigger", max(tags.chance("trigger", around.event.type, span=t) for t in triggers)
    asked = ASKED.get(claim.role)
    if asked is not None:
        yield "asked", max(tags.chance("event", asked, span=claim.spans[0], anchor=t) for t in triggers)
    if attribution is not None and attribution.cue and attribution.source is not None:
        yield "cue", tags.chance("cue", "cue", span=attribution.cue[0])
        yield "content", max(tags.chance("attribution", "content", span=t, anchor=attribution.cue[0]) for t in triggers)
        yield "source", tags.chance("attribution", "source", span=attribution.source.spans[0], anchor=attribution.cue[0])
