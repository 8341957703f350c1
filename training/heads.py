"""What the heads of the reader answer: the one list that network, targets, export and the package's model file follow."""

from dataclasses import dataclass
from enum import StrEnum


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
    Head("attribution", Answer.SPANS, ("source", "cue", "content"), anchored=True, weight=2.0),
    Head("trigger", Answer.MARKS, TYPES, weight=1.0),
    Head("event", Answer.SPANS, ROLES, anchored=True, weight=2.0),
    Head("entity", Answer.SPANS, ENTITIES),
    Head("name", Answer.SPANS, NAMES),
    Head("time", Answer.SPANS, TIMES),
    Head("participant", Answer.SPANS, PARTICIPANTS, weight=2.0),
    Head("confidence", Answer.CLASS, CONFIDENCES, weight=0.3),
    Head("factuality", Answer.SCORE, ("factuality",), weight=0.5),
)


def head(name: str) -> Head:
    return next(h for h in HEADS if h.name == name)
