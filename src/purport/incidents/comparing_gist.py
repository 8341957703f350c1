"""An incident → what is compared of it with a row of a table: days, place, who, how many dead, each with the claims behind it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from purport.days import days_of
from purport.incident import Incident, Telling
from purport.incidents.toll_figures import UNREAL, figures_of
from purport.incidents.toll_range import Toll, range_of
from purport.model import Claim, Place, Role, Source, Thing, Time, chain_of
from purport.outside import Gist, Sayings

#: Kilometres from the point within which a place of that precision may lie.
RADIUS_KM = {"exact": 10.0, "near": 25.0, "district": 50.0, "province": 120.0, "region": 250.0, "country": 1000.0, "unknown": 100.0}
PRECISIONS = tuple(RADIUS_KM)
#: A stated time wider than this says too little; an undated happening lies up to so many days before its publication, or one after.
WIDEST_DAYS, BEFORE_PUBLICATION, AFTER_PUBLICATION = 31, 3, 1
#: Days between the first and last stated day above which they cannot be one incident's: then the day told most often counts.
LONGEST_DAYS = 14
MOST_ACTORS = 8

Said = tuple[Claim, Telling]


def gist_of(incident: Incident) -> Gist | None:
    """The gist of an incident; None if nothing of it is told to have happened."""
    actual = tuple(t for t in incident.tellings if t.event.reality == "actual")
    if not actual:
        return None
    told = [(claim, t) for t in actual for claim in t.event.claims if claim.factuality not in UNREAL]
    first, last, dated = _days(told, actual)
    located = _located(told)
    where = located[0][0].value if located else None
    actors = list(_actors(told))
    toll, counted = _deaths(actual)
    return Gist(
        id=incident.id,
        first=first,
        last=last,
        place=where.name if isinstance(where, Place) else "",
        country=_country(told),
        latitude=where.latitude if isinstance(where, Place) else None,
        longitude=where.longitude if isinstance(where, Place) else None,
        radius_km=RADIUS_KM[where.precision] if isinstance(where, Place) else 0.0,
        actors=tuple(dict.fromkeys(_name(c) for c, _ in actors))[:MOST_ACTORS],
        low=toll.low if toll else None,
        high=toll.high if toll else None,
        said=(
            ("date", said_of(dated)),
            ("place", said_of(located[:1] if located else ())),
            ("actors", said_of(actors[:MOST_ACTORS])),
            ("deaths", said_of(counted)),
        ),
    )


def said_of(said: Iterable[Said]) -> Sayings:
    """The words of claims, their ids, and who makes them."""
    listed = list(said)
    return Sayings(
        words="; ".join(dict.fromkeys(c.words for c, _ in listed)) or "not said",
        claims=tuple(c.id for c, _ in listed),
        sources=tuple(dict.fromkeys(speaker_of(c, t) for c, t in listed)),
    )


def speaker_of(claim: Claim, telling: Telling) -> str:
    """Who makes a claim, as the page names him: the innermost source, else the outlet, else the page."""
    chain = chain_of(telling.attributions, claim.attribution_id)
    named = [a.source for a in chain if a.source is not None]
    document = telling.document
    words = _words(named[-1], document.text) if named else ""
    return words or document.outlet or document.title or document.id


def _words(source: Source, text: str) -> str:
    spans = source.named_spans or source.spans
    return spans[0].of(text) if spans else ""


# ------------------------------------------------------------------ when
def _days(told: Sequence[Said], actual: Sequence[Telling]) -> tuple[str | None, str | None, list[Said]]:
    """First and last day and the claims that state them; without any, the days before publication."""
    stated = [(days, each) for each in told if (days := _stated(each[0]))]
    if stated:
        chosen = _one_incident([d for d, _ in stated])
        kept = [each for days, each in stated if days in chosen]
        return min(d[0] for d in chosen), max(d[1] for d in chosen), kept
    published = sorted(days[0] for t in actual if t.document.published and (days := days_of(t.document.published[:10])))
    if not published:
        return None, None, []
    return _shifted(published[0], -BEFORE_PUBLICATION), _shifted(published[0], AFTER_PUBLICATION), []


def _stated(claim: Claim) -> tuple[str, str] | None:
    if claim.role is not Role.TIME or not isinstance(claim.value, Time):
        return None
    days = days_of(claim.value.edtf)
    return days if days and _length(days) <= WIDEST_DAYS else None


def _one_incident(days: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """All of them if they lie close together, else those told most often, the earliest in a tie; months only where no day is known."""
    exact = [d for d in days if _length(d) <= LONGEST_DAYS] or list(days)
    if _length((min(d[0] for d in exact), max(d[1] for d in exact))) <= LONGEST_DAYS:
        return set(exact)
    counts = Counter(exact)
    return {min(exact, key=lambda d: (-counts[d], d))}


def _length(days: tuple[str, str]) -> int:
    return (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


# ------------------------------------------------------------------ where, who, how many
def _located(told: Iterable[Said]) -> list[Said]:
    """Claims of located places, the most precise first, then those told most often."""
    found = [(c, t) for c, t in told if c.role is Role.PLACE and isinstance(c.value, Place) and c.value.latitude is not None]
    counts = Counter(_place(c).name.lower() for c, _ in found)
    return sorted(found, key=lambda e: (PRECISIONS.index(_place(e[0]).precision), -counts[_place(e[0]).name.lower()], e[0].id))


def _place(claim: Claim) -> Place:
    return cast(Place, claim.value)


def _country(told: Iterable[Said]) -> str:
    votes = Counter(c.value.country for c, _ in told if isinstance(c.value, Place) and c.value.country)
    return min(votes, key=lambda code: (-votes[code], code)) if votes else ""


def _actors(told: Iterable[Said]) -> Iterator[Said]:
    """Claims of who did it, then of whom it was done to."""
    listed = list(told)
    for role in (Role.PERPETRATOR, Role.TARGET):
        yield from ((c, t) for c, t in listed if c.role is role and isinstance(c.value, Thing))


def _name(claim: Claim) -> str:
    return claim.value.name if isinstance(claim.value, Thing) else claim.words


def _deaths(tellings: Iterable[Telling]) -> tuple[Toll | None, list[Said]]:
    """From the least to the most dead over the tellings, whoever they were, and the claims of it."""
    tolls: list[Toll] = []
    said: list[Said] = []
    for telling in tellings:
        figures = figures_of((telling.event,), kind="killed", text=telling.document.text)
        found = range_of(replace(f, civilian=True) for f in figures)
        if found:
            tolls.append(found)
            said += [(c, telling) for c in found.claims]
    if not tolls:
        return None, []
    lows = [t.low for t in tolls if t.low is not None]
    highs = [t.high for t in tolls]
    return Toll(min(lows, default=None), None if None in highs else max(h for h in highs if h is not None)), said
