"""Names of senses in ``resources/times.yaml`` → functions."""

from collections.abc import Callable, Mapping
from functools import cache

from purport.errors import ResourceError
from purport.read.timex import dates, days, spans
from purport.read.timex.grammar import Match
from purport.read.timex.meaning import Meaning, Moment

Sense = Callable[[Match, Moment], Meaning | None]


@cache
def senses() -> Mapping[str, Sense]:
    """Every public function of the three files of senses by name."""
    found = {
        name: value
        for module in (dates, days, spans)
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_")
    }
    return {**found, "week_of": spans.week_of_day}


def meaning_of(match: Match, *, moment: Moment) -> Meaning | None:
    """What a match means at that moment; None if it is no time after all. Raises ResourceError for a sense that does not exist."""
    sense = senses().get(match.rule.sense)
    if sense is None:
        raise ResourceError("no such sense", where=f"times.yaml: {match.rule.sense}", remedy="use one of those in read/timex")
    return sense(match, moment)
