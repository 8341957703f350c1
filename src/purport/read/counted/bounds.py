"""What stands around a figure and makes it a bound: "at least", "up to", "between … and …", "or more"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from purport.read.counted.figures import Figure
from purport.read.counted.wording import bounds_after, bounds_before, longest_bound, words_of

RANGE_JOINTS = frozenset({"to", "-", "–", "—", "and", "or"})
#: Determiners that may stand between the bound and the number ("at least a further 20").
MAX_BOUNDS = 3


@dataclass(frozen=True, slots=True)
class Bounded:
    """Tokens ``[first, end)`` with the bounds they give; ``figure`` holds the number's own tokens."""

    figure: Figure
    first: int
    end: int
    low: int | None
    high: int | None


def joined(figures: Sequence[Figure], *, words: Sequence[str], offset: int) -> list[Figure]:
    """Figures with ranges made one: "between 5 and 10", "5 to 10", "5 - 10"; not "rose from 12 to 15"."""
    found: list[Figure] = []
    for figure in figures:
        last = found[-1] if found else None
        if last and _is_range(last, figure, words=words, offset=offset):
            found[-1] = replace(last, end=figure.end, high=figure.high)
        else:
            found.append(figure)
    return found


def _is_range(last: Figure, figure: Figure, *, words: Sequence[str], offset: int) -> bool:
    if figure.first != last.end + 1 or last.single or figure.single or last.high is None or last.low >= (figure.high or 0):
        return False
    joint, before = words[last.end - offset], words[last.first - offset - 1] if last.first > offset else ""
    if joint == "and":
        return before == "between"
    return joint in RANGE_JOINTS and before not in ("from", "of")


def bounded(figure: Figure, *, words: Sequence[str], offset: int) -> Bounded:
    """The figure with the bounding words around it."""
    first, kinds = figure.first, []
    for _ in range(MAX_BOUNDS):
        length, kind = _bound_before(first - offset, words=words)
        if not length or (figure.single and " ".join(words[first - offset - length : first - offset]) in words_of("loose")):
            break
        first -= length
        kinds.append(kind)
    if first > offset and words[first - offset - 1] == "between" and figure.low != figure.high:
        first -= 1
    end, kind = _bound_end(figure.end - offset, words=words)
    low, high = _limits(figure, kinds=[*kinds, kind])
    return Bounded(figure, first, offset + end, low, high)


def _bound_before(place: int, *, words: Sequence[str]) -> tuple[int, str]:
    for length in range(min(longest_bound(), place), 0, -1):
        kind = bounds_before().get(tuple(words[place - length : place]))
        if kind:
            return length, kind
    return 0, ""


def _bound_end(place: int, *, words: Sequence[str]) -> tuple[int, str]:
    for phrase, kind in bounds_after().items():
        if tuple(words[place : place + len(phrase)]) == phrase:
            return place + len(phrase), kind
    return place, ""


def _limits(figure: Figure, *, kinds: Sequence[str]) -> tuple[int | None, int | None]:
    low, high = figure.low, figure.high
    for kind in kinds:
        if kind == "least":
            return low, None
        if kind == "above":
            return low + (not figure.vague), None
        if kind == "most":
            return None, high
        if kind == "below":
            return None, high - 1 if high else None
    return low, high
