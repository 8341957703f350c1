"""What of a matched pair cannot be right on both sides, with both values and whose claims ours rests on."""

from collections.abc import Iterator
from dataclasses import replace

from purport.incidents.comparing_likeness import actor_likeness, days_apart, is_unknown, kilometres_apart, meet, toll_of_row
from purport.outside import Difference, Gist, OutsideRow


def differences_of(gist: Gist, row: OutsideRow) -> tuple[Difference, ...]:
    """Fields in which the stated precision of both leaves no room for agreement: date, place, country, actors, deaths."""
    return tuple(_differences(gist, row))


def _differences(gist: Gist, row: OutsideRow) -> Iterator[Difference]:
    if days_apart(gist, row):
        yield _difference("date", gist, ours=span_words(gist.first, gist.last), theirs=span_words(row.first, row.last))
    apart = kilometres_apart(gist, row)
    if apart:
        yield _difference("place", gist, ours=gist.place, theirs=f"{row.place or 'its point'}, {apart:.0f} km beyond what both leave open")
    if gist.country and row.country and gist.country.casefold() != row.country.casefold():
        yield _difference("country", gist, ours=gist.country, theirs=row.country)
    if actor_likeness(gist, row) == 0:
        yield _difference("actors", gist, ours="; ".join(gist.actors), theirs="; ".join(row.actors))
    ours, theirs = (gist.low, gist.high), toll_of_row(row)
    if not is_unknown(ours) and not is_unknown(theirs) and not meet(ours, theirs):
        yield _difference("deaths", gist, ours=range_words(*ours), theirs=range_words(*theirs))


def _difference(field: str, gist: Gist, *, ours: str, theirs: str) -> Difference:
    said = gist.sayings("place" if field == "country" else field)
    return Difference(field, replace(said, words=ours), theirs)


def span_words(first: str | None, last: str | None) -> str:
    """ "2024-05-03", "2024-05-01 to 2024-05-31" or "undated"."""
    if first is None or last is None:
        return "undated"
    return first if first == last else f"{first} to {last}"


def range_words(low: int | None, high: int | None) -> str:
    """ "12", "12 to 15", "at least 12", "at most 15" or "not said"."""
    if low is None and high is None:
        return "not said"
    if low is None or high is None:
        return f"at least {low}" if high is None else f"at most {high}"
    return str(low) if low == high else f"{low} to {high}"
