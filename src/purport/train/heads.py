"""What the heads of the encoder answer: the one list that network, targets, export and ``heads.json`` follow.

``HEADS`` are those of the package. A user's codebook replaces the labels of a head (``relabelled``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Answer(StrEnum):
    """How a head answers for one word piece."""

    SPANS = "spans"  #: for each label: outside, begins, inside
    MARKS = "marks"  #: for each label yes or no, on the first piece of a word
    CLASS = "class"  #: one of the labels
    SCORE = "score"  #: a number


@dataclass(frozen=True, slots=True)
class Head:
    """``anchored``: asked about one piece at a time (the cue of an attribution, the trigger of an event); ``weight`` in the loss."""

    name: str
    answer: Answer
    labels: tuple[str, ...]
    anchored: bool = False
    weight: float = 1.0

    @property
    def width(self) -> int:
        """Numbers a piece."""
        return len(self.labels) * (3 if self.answer is Answer.SPANS else 1)


ENTITIES = ("Organisation", "Location", "Person", "Temporal", "Nationality", "Quantity", "Weapon", "Vehicle", "MilitaryPlatform",
            "DocumentReference", "Money")  # fmt: skip
NAMES = ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "DATE", "TIME", "PERCENT", "MONEY",
         "QUANTITY", "ORDINAL", "CARDINAL")  # fmt: skip
TYPES = ("killing", "armed_assault", "armed_clash", "bombing", "air_strike", "shelling", "chemical_attack", "abduction", "detention",
         "abuse", "destruction", "territorial_change", "displacement", "protest", "riot", "threat", "ceasefire", "release")  # fmt: skip
ROLES = ("perpetrator", "target", "instrument", "place", "time", "count")
PARTICIPANTS = ("perp_individual", "perp_org", "physical_target", "victim", "instrument")
CONFIDENCES = (
    "REPORTED AS FACT",
    "ACQUITTED",
    "CLAIMED OR ADMITTED",
    "SUSPECTED OR ACCUSED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "POSSIBLE",
)
TIMES = ("DATE", "TIME", "DURATION", "SET")

HEADS = (
    Head("cue", Answer.MARKS, ("cue",), weight=4.0),
    Head("attribution", Answer.SPANS, ("source", "cue", "content"), anchored=True, weight=3.0),
    Head("trigger", Answer.MARKS, TYPES, weight=1.0),
    Head("event", Answer.SPANS, ROLES, anchored=True, weight=4.0),
    Head("entity", Answer.SPANS, ENTITIES),
    Head("name", Answer.SPANS, NAMES),
    Head("time", Answer.SPANS, TIMES),
    Head("participant", Answer.SPANS, PARTICIPANTS, weight=2.0),
    Head("confidence", Answer.CLASS, CONFIDENCES, weight=0.3),
    Head("factuality", Answer.SCORE, ("factuality",), weight=0.7),
)


Heads = tuple[Head, ...]


def head(name: str, *, heads: Sequence[Head] = HEADS) -> Head:
    """The head of that name. Raises KeyError if there is none."""
    found = next((h for h in heads if h.name == name), None)
    if found is None:
        raise KeyError(name)
    return found


def relabelled(heads: Sequence[Head], labels: Mapping[str, tuple[str, ...]]) -> Heads:
    """The heads, those named in ``labels`` with other labels."""
    return tuple(replace(h, labels=labels[h.name]) if h.name in labels else h for h in heads)


def described(heads: Sequence[Head]) -> list[dict[str, Any]]:
    """The content of ``heads.json``."""
    return [{"name": h.name, "answer": h.answer.value, "labels": list(h.labels), "anchored": h.anchored} for h in heads]


def heads_of(records: Iterable[Mapping[str, Any]]) -> Heads:
    """The heads that ``heads.json`` describes; weights in the loss are those of the package. Raises KeyError or ValueError if broken."""
    weights = {h.name: h.weight for h in HEADS}
    return tuple(
        Head(r["name"], Answer(r["answer"]), tuple(r["labels"]), bool(r["anchored"]), weights.get(r["name"], 1.0)) for r in records
    )
