"""The range of a toll over the figures of one report: the policy ``range`` (least to most by source) for one page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from purport.incidents.toll_figures import Figure
from purport.model import Claim

#: How far another figure of the page may lie from the one that the page leads with and still be of the same event. On the development
#: pages of two sets: above 2.5 times the leading figure most others counted something else (a family, a day, the war), below 0.7 parts.
MOST_ABOVE, LEAST_BELOW = 2.2, 0.7
#: The same where the page leads with a plain number ("four", not "at least four"): only another source's figure beside it counts.
MOST_ABOVE_EXACT, LEAST_BELOW_EXACT = 1.25, 0.9


@dataclass(frozen=True, slots=True)
class Toll:
    """Least and most over the sources, None where a page leaves it open ("at least 12" with no higher figure); the claims it rests on."""

    low: int | None
    high: int | None
    claims: tuple[Claim, ...] = ()


def range_of(figures: Iterable[Figure]) -> Toll | None:
    """From the least to the most that the page gives for the event it leads with; None if it gives no civilian figure.

    The first figure that is no sum of many events leads; one that the page itself replaces ("initially") leads only if there is no
    other. Later figures near enough to be of the same event widen it on the side that it leaves open.
    """
    own = [f for f in figures if f.civilian and not f.cumulative and (f.low is not None or f.high is not None)]
    standing = [f for f in own if not f.superseded] or own
    if not standing:
        return None
    lead, others = standing[0], standing[1:]
    if lead.low is not None and lead.high is not None:
        return _around(lead, lead.low, others=others) if lead.low == lead.high else Toll(lead.low, lead.high, lead.claims)
    if lead.low is not None:
        return _above(lead, lead.low, others=others)
    return _below(lead, lead.high or 0, others=others)


def _ends(figures: Sequence[Figure]) -> list[tuple[int, Figure]]:
    return [(end, f) for f in figures for end in (f.low, f.high) if end is not None]


def _above(lead: Figure, low: int, *, others: Sequence[Figure]) -> Toll:
    """ "At least 12": up to the highest figure near it."""
    found = [(end, f) for end, f in _ends(others) if low < end <= low * MOST_ABOVE]
    high, most = max(found, key=lambda e: e[0], default=(None, lead))
    return Toll(low, high, _claims(lead, most))


def _below(lead: Figure, high: int, *, others: Sequence[Figure]) -> Toll:
    """ "Up to 12": from the lowest figure near it."""
    found = [(end, f) for end, f in _ends(others) if high * LEAST_BELOW <= end < high]
    low, least = min(found, key=lambda e: e[0], default=(None, lead))
    return Toll(low, high, _claims(lead, least))


def _around(lead: Figure, number: int, *, others: Sequence[Figure]) -> Toll:
    """A plain number and what others than its source put beside it."""
    lowest, highest = number * LEAST_BELOW_EXACT, number * MOST_ABOVE_EXACT
    near = [(end, f) for end, f in _ends(others) if _is_of_another(f, lead) and lowest <= end <= highest]
    low, least = min(near, key=lambda e: e[0], default=(number, lead))
    high, most = max(near, key=lambda e: e[0], default=(number, lead))
    return Toll(min(number, low), max(number, high), _claims(lead, least, most))


def _is_of_another(figure: Figure, lead: Figure) -> bool:
    said = {c.attribution_id for c in figure.claims} - {None}
    return bool(said) and not said & {c.attribution_id for c in lead.claims}


def _claims(*figures: Figure) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(c for f in figures for c in f.claims))
