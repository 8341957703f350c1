"""Which of the places of one name is meant: prominence, the countries and divisions named in the page, and nearness to its other places."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from purport.distance import kilometres
from purport.model import Reading
from purport.read.gazetteer import Row
from purport.read.toponym_accept import holders
from purport.read.toponym_spans import Candidate

#: Numbers of the ranker, set by coordinate search on LGL and TR-News: of the toponyms found, .835 and .897 lie within 161 km
#: (.819 and .889 with the numbers first guessed).
POPULATION = 0.35  #: for each power of ten of people
KIND = {"country": 3.0, "admin1": 1.6, "admin2": 0.0, "city": 0.0, "admin3": -1.0}
DIVISION_PEOPLE = 300_000  #: a smaller first-order division is no better known than a town: Manchester, Jamaica
OWN_KIND = 1.5  #: rows of the supplement
FIRST_NAME = 1.2
BY_SOUND = -1.5
STATED = 6.0  #: "Paris, Texas"
SAME_DIVISION = 1.6  #: its division is named in the page
SAME_COUNTRY = 1.2
NEAR = 2.5  #: at most, for places of the page close by
NEAR_KM = 150.0
HOME = 0.5
ROUNDS = 3
MAX_ANCHORS = 12

Key = str


@dataclass(frozen=True, slots=True)
class Context:
    """What the page says about where it is: weights of country and division codes (0 to 1), codes stated
    for single names, places so far."""

    countries: Mapping[str, float]
    divisions: Mapping[str, float]
    stated: Mapping[Key, frozenset[str]]
    anchors: Mapping[Key, tuple[Row, float]] = field(default_factory=dict)
    home: str | None = None


def resolve(reading: Reading, found: list[Candidate], *, home: str | None = None) -> dict[Key, tuple[tuple[Row, float], ...]]:
    """For each name of the page its places with scores, best first. One name means one place all through a page."""
    by_name: dict[Key, Candidate] = {c.words: c for c in found if not c.adjective}
    context = _context(reading, found, home=home)
    ranked: dict[Key, tuple[tuple[Row, float], ...]] = {}
    for _ in range(ROUNDS):
        ranked = {name: _ranked(c, context=context) for name, c in by_name.items()}
        context = Context(context.countries, context.divisions, context.stated, _anchors(ranked, found), home)
    return ranked


def _context(reading: Reading, found: list[Candidate], *, home: str | None) -> Context:
    countries: Counter[str] = Counter()
    divisions: Counter[str] = Counter()
    for c in found:
        for code in holders(c):
            (divisions if "." in code else countries)[code] += 1
            if "." in code:
                countries[code[:2]] += 0.5  # type: ignore[assignment]
    return Context(_weights(countries), _weights(divisions), _stated(reading, found), home=home)


def _weights(counted: Mapping[str, float]) -> dict[str, float]:
    """0.6 for a code named once, towards 1 for one named often."""
    return {code: 1 - 0.4 ** min(float(n), 4.0) for code, n in counted.items()}


def _stated(reading: Reading, found: list[Candidate]) -> dict[Key, frozenset[str]]:
    """Codes of what follows a name after a comma, or before its possessive: "Paris, Texas", "Syria's Idlib province"."""
    stated: dict[Key, set[str]] = defaultdict(set)
    for one, two in pairwise(found):
        between = reading.document.text[one.span.end : two.span.start]
        if between.strip() in (",", "") and len(between) < 4 and not one.adjective:
            stated[one.words] |= holders(two)
        if between.strip() in ("'s", "’s") or (
            one.adjective and between.strip() in ("", "town of", "city of", "village of", "province of", "capital,", "capital")
        ):
            stated[two.words] |= holders(one)
    return {name: frozenset(codes) for name, codes in stated.items()}


def _ranked(candidate: Candidate, *, context: Context) -> tuple[tuple[Row, float], ...]:
    anchors = [(row, weight) for name, (row, weight) in context.anchors.items() if name != candidate.words]
    scored = [(row, round(_score(row, main, candidate.words, context=context, anchors=anchors), 3)) for row, main in candidate.places]
    return tuple(sorted(scored, key=lambda s: (-s[1], -s[0].population, s[0].id)))


def _score(row: Row, main: int, name: str, *, context: Context, anchors: list[tuple[Row, float]]) -> float:
    score = POPULATION * math.log10(row.population + 100) + KIND.get(row.kind, OWN_KIND)
    score -= KIND["admin1"] if row.kind == "admin1" and row.population < DIVISION_PEOPLE else 0.0
    score += FIRST_NAME if main == 2 else (BY_SOUND if main == 0 else 0.0)
    stated = context.stated.get(name, frozenset())
    if stated and (row.country in stated or row.admin1 in stated) and row.kind != "country":
        score += STATED
    if row.kind not in ("country",):
        score += SAME_COUNTRY * context.countries.get(row.country or "", 0.0)
    if row.kind != "admin1":
        score += SAME_DIVISION * context.divisions.get(row.admin1 or "", 0.0)
    score += HOME if context.home and row.country == context.home else 0.0
    return score + NEAR * _nearness(row, anchors)


def _nearness(row: Row, anchors: Iterable[tuple[Row, float]]) -> float:
    """0 to 1: how much of the page's other places lies around this one."""
    if row.latitude is None or row.longitude is None:
        return 0.0
    total = 0.0
    for anchor, weight in anchors:
        distance = apart(row, anchor)
        total += weight * math.exp(-distance / NEAR_KM)
    return 1 - math.exp(-total)


def apart(one: Row, other: Row) -> float:
    """Kilometres between two places; infinite if a point is not known."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))


def _anchors(ranked: Mapping[Key, tuple[tuple[Row, float], ...]], found: list[Candidate]) -> dict[Key, tuple[Row, float]]:
    """The best place of each name that is a point, weighed by how clearly it won; the most often named first."""
    often = Counter(c.words for c in found)
    names = sorted(
        (n for n in ranked if ranked[n] and ranked[n][0][0].kind not in ("country", "admin1", "region")), key=lambda n: (-often[n], n)
    )
    return {name: (ranked[name][0][0], _clarity(ranked[name])) for name in names[:MAX_ANCHORS]}


def _clarity(scored: tuple[tuple[Row, float], ...]) -> float:
    """1 for a name with one place, less the closer the runner-up."""
    rivals = [score for row, score in scored[1:] if apart(row, scored[0][0]) > NEAR_KM]
    return 1.0 if not rivals else 1 / (1 + math.exp(-(scored[0][1] - max(rivals))))
