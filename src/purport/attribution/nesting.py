"""Which attribution holds which: the innermost content that a cue stands in."""

from collections.abc import Sequence
from dataclasses import replace

from purport.attribution.relation import covers, size_of
from purport.model import Attribution


def nested(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with ``parent_id`` set to the smallest content around each one's cue; one that is set stays."""
    by_size = sorted(attributions, key=lambda a: size_of(a.content))
    return tuple(a if a.parent_id else replace(a, parent_id=_holder(a, by_size)) for a in attributions)


def _holder(attribution: Attribution, by_size: Sequence[Attribution]) -> str | None:
    at = attribution.cue[0].start
    for other in by_size:
        if other is not attribution and covers(other.content, at) and not _holds_back(attribution, other):
            return other.id
    return None


def _holds_back(attribution: Attribution, other: Attribution) -> bool:
    """Whether each stands in the other's content: then the larger content is the outer one."""
    return covers(attribution.content, other.cue[0].start) and size_of(other.content) <= size_of(attribution.content)
