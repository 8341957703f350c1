"""Which of several people's judgements of one claim holds; pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from purport.model import Judgement, Verdict


@dataclass(frozen=True, slots=True)
class Holding:
    """What people say of one claim: of each coder the last word that was not taken back, the latest last.

    ``last`` is the word that holds, ``is_contested`` that another coder's differs and no editor has settled it.
    """

    words: tuple[Judgement, ...] = ()
    is_contested: bool = False

    @property
    def last(self) -> Judgement | None:
        return self.words[-1] if self.words else None

    @property
    def coders(self) -> tuple[str, ...]:
        return tuple(word.coder for word in self.words)


def holding_of(judgements: Iterable[Judgement]) -> Holding:
    """What holds, given all judgements of one claim, oldest first. A settling word outweighs what was said before it."""
    words = standing_words(judgements)
    settled = max((at for at, word in enumerate(words) if word.change and word.change.settles), default=0)
    words = words[settled:]
    return Holding(tuple(words), is_contested=len({said_by(word) for word in words}) > 1)


def standing_words(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Of each coder the last word; ``WITHDRAWN`` takes one word back, so that the one before it stands again. The latest last."""
    said: dict[str, list[tuple[int, Judgement]]] = {}
    for at, judgement in enumerate(judgements):
        own = said.setdefault(judgement.coder, [])
        if judgement.verdict is not Verdict.WITHDRAWN:
            own.append((at, judgement))
        elif own:
            own.pop()
    return [judgement for _, judgement in sorted((own[-1] for own in said.values() if own), key=lambda each: each[0])]


def said_by(judgement: Judgement) -> tuple[object, ...]:
    """What tells one decision from another: verdict, value and change, without who, when and why."""
    change = judgement.change
    changed = (change.spans, change.attribution_id, change.factuality) if change and change.corrects else None
    return judgement.verdict, judgement.value, changed
