"""Two times that are the ends of one stretch: "between June and August", "from 2006 to 2007", "Tuesday evening and Wednesday morning"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from purport.model import Span, TimeExpression
from purport.read.timex.lexer import Lexemes

TO = frozenset({"to", "until", "till", "through", "-", "thru"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A time expression and the words ``[first, end)`` it takes."""

    time: TimeExpression
    first: int
    end: int


def with_ranges(placed: Sequence[Placed], *, lexemes: Lexemes) -> Iterator[TimeExpression]:
    """The expressions in order; two that make a range are one, with relation "between"."""
    index = 0
    while index < len(placed):
        pair = placed[index : index + 2]
        joined = _range_of(*pair, lexemes=lexemes) if len(pair) == 2 else None
        yield joined or placed[index].time
        index += 2 if joined else 1


def _range_of(left: Placed, right: Placed, *, lexemes: Lexemes) -> TimeExpression | None:
    if left.time.kind not in ("DATE", "TIME") or right.time.kind not in ("DATE", "TIME") or not _is_joined(left, right, lexemes=lexemes):
        return None
    edtf = interval_of(left.time.edtf, right.time.edtf)
    if edtf is None and (left.time.edtf or right.time.edtf):
        return None
    span = Span(left.time.span.start, right.time.span.end)
    kind = "TIME" if "TIME" in (left.time.kind, right.time.kind) else "DATE"
    value = f"{left.time.value}/{right.time.value}"
    return replace(
        left.time, span=span, kind=kind, value=value, edtf=edtf, relation="between", anchor=left.time.anchor or right.time.anchor
    )


def _is_joined(left: Placed, right: Placed, *, lexemes: Lexemes) -> bool:
    between = lexemes.words[left.end : right.first]
    before = lexemes.words[left.first - 1] if left.first else ""
    if between == ("and",):
        return before == "between" or _follows(left.time, right.time)
    if len(between) == 1 and between[0] in TO:
        return between[0] != "to" or before == "from" or left.time.kind == right.time.kind == "DATE"
    return False


def _follows(left: TimeExpression, right: TimeExpression) -> bool:
    """One day and the next, known to be so."""
    try:
        return (date.fromisoformat(right.edtf or "") - date.fromisoformat(left.edtf or "")).days == 1
    except ValueError:
        return False


def interval_of(left: str | None, right: str | None) -> str | None:
    """The interval from the start of one EDTF to the end of another; None if either is unknown, or they run backwards."""
    if not left or not right:
        return None
    start, end = left.partition("/")[0], right.rpartition("/")[2]
    if end == ".." or start in ("", "..") or start.strip("~") > end.strip("~"):
        return None
    return f"{start}/{end}"
