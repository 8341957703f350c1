"""A comparison with an outside table as a terminal shows it: the counts, then what differs, what we lack, what the table lacks."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from purport.outside import Comparison, Gist, Matched, OutsideRow
from purport.terminal.styles import QUIET, words

MOST_SOURCES = 4


def comparison_view(comparison: Comparison, *, limit: int) -> RenderableType:
    """The whole, at most ``limit`` entries of each list."""
    parts: list[RenderableType] = [words(line) for line in _summary(comparison)]
    parts += _section("Matched", [_pair_lines(m) for m in comparison.matched], limit=limit)
    parts += _section("Missing: in the table, not among the incidents", [[_row_line(r)] for r in comparison.missing], limit=limit)
    parts += _section("Extra: incidents that the table lacks", [[_gist_line(g)] for g in comparison.extra], limit=limit)
    return Group(*parts)


def _summary(comparison: Comparison) -> Iterator[str]:
    rows = len(comparison.matched) + len(comparison.missing)
    yield f"Read as {comparison.form}: {_count(rows, 'row')}, {_count(len(comparison.failures), 'line')} that could not be read."
    yield f"{len(comparison.matched)} matched, {len(comparison.different)} of them different; {comparison.found:.0%} of the rows found."
    yield (
        f"{len(comparison.missing)} missing; {len(comparison.extra)} extra; "
        f"{_count(len(comparison.beyond), 'incident')} outside the days or countries of the table."
    )
    if comparison.unreal:
        yield f"{_count(comparison.unreal, 'incident')} left out: nothing in them is told to have happened."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _section(title: str, entries: Sequence[list[Text]], *, limit: int) -> list[RenderableType]:
    if not entries:
        return []
    shown: list[RenderableType] = [Padding(Group(*lines), (0, 0, 0, 2)) for lines in entries[:limit]]
    if len(entries) > limit:
        shown.append(words(f"  … and {len(entries) - limit} more (--limit)", QUIET))
    return [Text(), words(title, "bold"), *shown]


def _pair_lines(pair: Matched) -> list[Text]:
    row = pair.row
    first = words(f"{pair.score:.2f}  {pair.incident.id}").append_text(words(f"  = {row.id} (line {row.line})", QUIET))
    second = words(f"      {days_words(pair.incident.first, pair.incident.last)}, {pair.incident.place or row.place or 'no place'}", QUIET)
    return [first, second, *_difference_lines(pair)]


def _difference_lines(pair: Matched) -> Iterator[Text]:
    for difference in pair.differences:
        sources = difference.ours.sources[:MOST_SOURCES]
        said = f" ({', '.join(sources)})" if sources else ""
        yield words(f"      {difference.field}: {difference.ours.words}{said} | table: {difference.theirs}")


def _row_line(row: OutsideRow) -> Text:
    who = f", {' / '.join(row.actors)}" if row.actors else ""
    told = f"{row.id} (line {row.line})  {days_words(row.first, row.last)}, {row.place or row.country or 'no place'}{who}"
    return words(told + dead_words(row.low, row.high))


def _gist_line(gist: Gist) -> Text:
    told = f"{gist.id}  {days_words(gist.first, gist.last)}, {gist.place or gist.country or 'no place'}"
    return words(told + dead_words(gist.low, gist.high))


def days_words(first: str | None, last: str | None) -> str:
    """A day, a span, or "undated"."""
    if first is None or last is None:
        return "undated"
    return first if first == last else f"{first}–{last}"


def dead_words(low: int | None, high: int | None) -> str:
    """ ", 12 dead", ", 12–15 dead", ", 12 or more dead", nothing if no number is known."""
    if low is None and high is None:
        return ""
    if low == high:
        return f", {low} dead"
    return f", {low} or more dead" if high is None else f", {low or 0}–{high} dead"
