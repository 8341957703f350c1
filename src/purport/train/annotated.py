"""A text with what somebody (or the rule reader) said about it, head by head, in characters."""

from dataclasses import dataclass, field

Pair = tuple[int, int]
Labelled = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One anchor (the characters of a cue or trigger) and the spans that belong to it.

    ``labels``: which labels of the head were annotated at all; the others are masked.
    """

    anchor: Pair
    spans: tuple[Labelled, ...]
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Annotated:
    """``spans`` and ``asked`` by head; a head that is not a key was not annotated here and is masked.

    ``marks``: first pieces with labels; ``classes``: a label for all pieces of a span; ``scores``: a number at a span.
    ``partial``: heads whose marks are true, but not all there are: what is not marked is masked.
    """

    id: str
    text: str
    spans: dict[str, tuple[Labelled, ...]] = field(default_factory=dict)
    marks: dict[str, tuple[Labelled, ...]] = field(default_factory=dict)
    classes: dict[str, tuple[Labelled, ...]] = field(default_factory=dict)
    scores: dict[str, tuple[tuple[int, int, float], ...]] = field(default_factory=dict)
    asked: dict[str, tuple[Asked, ...]] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()

    def with_layer(self, other: "Annotated") -> "Annotated":
        """The same text with the heads of ``other`` added."""
        assert self.text == other.text, self.id  # noqa: S101 - two texts under one id would shift every span
        return Annotated(
            self.id,
            self.text,
            spans={**other.spans, **self.spans},
            marks={**other.marks, **self.marks},
            classes={**other.classes, **self.classes},
            scores={**other.scores, **self.scores},
            asked={**other.asked, **self.asked},
            partial=(other.partial - self.marks.keys()) | self.partial,
        )
