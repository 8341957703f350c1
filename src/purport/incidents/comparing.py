"""Incidents beside an outside table: which are one happening, which only we or only the table have, and what differs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from purport.assignment import assigned
from purport.incident import Incident
from purport.incidents.comparing_fields import differences_of
from purport.incidents.comparing_gist import gist_of
from purport.incidents.comparing_likeness import MOST_DAYS, parts_of, score_of
from purport.outside import Comparison, Gist, Matched, OutsideRow

#: Least score of a match. Same days and place alone give 0.7 and half of the rest, 0.85; a day or 30 km off with nothing else known 0.65.
LEAST_SCORE = 0.6
#: Blocks: days, and degrees of latitude and longitude. A pair further apart than the neighbouring cells is ruled out by distance unless a
#: side is wide; wide ones (a province, a country) and unlocated ones are compared by day alone with those of their country.
CELL_DEGREES = 1.0
WIDE_KM = 50.0
LONGEST_DAYS = 40
#: Rows that one incident is compared with at most, the first of the table: a guard where thousands share a day and a country.
MOST_PAIRS = 2000
#: A tangle of more incidents or rows than this is paired greedily, the best score first; smaller ones at the greatest total score.
MOST_ASSIGNED = 40

Edge = tuple[float, int, int]  #: score, number of the incident, number of the row


def compare(incidents: Iterable[Incident], rows: Sequence[OutsideRow], *, least: float = LEAST_SCORE) -> Comparison:
    """Each incident paired with at most one row and each row with at most one incident, at a score of ``least`` or more.

    The result does not depend on the order of incidents. Incidents of which nothing is told to have happened are only counted.
    """
    gists = [gist_of(incident) for incident in incidents]
    return compare_gists([g for g in gists if g is not None], rows, least=least, unreal=sum(g is None for g in gists))


def compare_gists(gists: Sequence[Gist], rows: Sequence[OutsideRow], *, least: float = LEAST_SCORE, unreal: int = 0) -> Comparison:
    """The same over gists of incidents."""
    ours = sorted(gists, key=lambda g: g.id)
    chosen = sorted((j, i) for tangle in _tangles(list(_edges(ours, rows, least=least))) for i, j in _paired(tangle))
    matched = tuple(_matched(ours[i], rows[j]) for j, i in chosen)
    used, met = {j for j, _ in chosen}, {i for _, i in chosen}
    left = [g for i, g in enumerate(ours) if i not in met]
    covered = _Scope(rows)
    return Comparison(
        matched=matched,
        missing=tuple(r for j, r in enumerate(rows) if j not in used),
        extra=tuple(g for g in left if covered.holds(g)),
        beyond=tuple(g for g in left if not covered.holds(g)),
        unreal=unreal,
    )


def _matched(gist: Gist, row: OutsideRow) -> Matched:
    parts = parts_of(gist, row) or ()
    rounded = tuple((name, round(value, 3)) for name, value in parts)
    return Matched(gist, row, round(score_of(parts), 3), rounded, differences_of(gist, row))


# ------------------------------------------------------------------ which pairs are looked at
def _edges(gists: Sequence[Gist], rows: Sequence[OutsideRow], *, least: float) -> Iterator[Edge]:
    blocks = _Blocks(rows)
    for i, gist in enumerate(gists):
        for j in blocks.near(gist):
            parts = parts_of(gist, rows[j])
            if parts is not None and (score := score_of(parts)) >= least:
                yield score, i, j


class _Blocks:
    """Rows by day and cell; wide and unlocated ones by day and country. Without a day nothing is matched."""

    def __init__(self, rows: Sequence[OutsideRow]) -> None:
        self._cells: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        self._days: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._wide: dict[tuple[int, str], list[int]] = defaultdict(list)
        for j, row in enumerate(rows):
            self._put(j, row)

    def _put(self, j: int, row: OutsideRow) -> None:
        for day in _days(row.first, row.last):
            self._days[day, row.country].append(j)
            if row.latitude is None or row.longitude is None or row.radius_km > WIDE_KM:
                self._wide[day, row.country].append(j)
            else:
                self._cells[day, *_cell(row.latitude, row.longitude)].append(j)

    def near(self, gist: Gist) -> list[int]:
        """Numbers of the rows that an incident may be, in the order of the table."""
        found: set[int] = set()
        for day in _days(gist.first, gist.last, slack=MOST_DAYS):
            found.update(self._on(day, gist))
            if len(found) > MOST_PAIRS:
                break
        return sorted(found)[:MOST_PAIRS]

    def _on(self, day: int, gist: Gist) -> Iterator[int]:
        located = gist.latitude is not None and gist.longitude is not None and gist.radius_km <= WIDE_KM
        for country in dict.fromkeys((gist.country, "")):
            yield from (self._wide if located else self._days).get((day, country), ())
        if located and gist.latitude is not None and gist.longitude is not None:
            y, x = _cell(gist.latitude, gist.longitude)
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    yield from self._cells.get((day, y + dy, x + dx), ())


def _days(first: str | None, last: str | None, *, slack: int = 0) -> range:
    """Ordinals of the days, none for an undated one; of a long span only the first ones."""
    if first is None or last is None:
        return range(0)
    start, end = date.fromisoformat(first).toordinal() - slack, date.fromisoformat(last).toordinal() + slack
    return range(start, min(end, start + LONGEST_DAYS) + 1)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return int(latitude // CELL_DEGREES), int(longitude // CELL_DEGREES)


# ------------------------------------------------------------------ which pairs are taken
def _tangles(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Edges that share an incident or a row, directly or through others, together; in the order of their first incident."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        root.setdefault(node, node)
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for _, i, j in edges:
        a, b = find(("ours", i)), find(("row", j))
        root[max(a, b)] = min(a, b)
    found: dict[tuple[str, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        found[find(("ours", edge[1]))].append(edge)
    return [found[key] for key in sorted(found)]


def _paired(tangle: Sequence[Edge]) -> list[tuple[int, int]]:
    """Pairs (incident, row), each side at most once."""
    left, right = sorted({e[1] for e in tangle}), sorted({e[2] for e in tangle})
    if max(len(left), len(right)) > MOST_ASSIGNED:
        return _greedy(tangle)
    score = {(e[1], e[2]): e[0] for e in tangle}
    pairs = assigned(len(left), len(right), weight=lambda a, b: score.get((left[a], right[b]), 0.0))
    return [(left[a], right[b]) for a, b in pairs]


def _greedy(tangle: Sequence[Edge]) -> list[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    ours: set[int] = set()
    theirs: set[int] = set()
    for _, i, j in sorted(tangle, key=lambda e: (-e[0], e[1], e[2])):
        if i not in ours and j not in theirs:
            taken.append((i, j))
            ours.add(i)
            theirs.add(j)
    return taken


class _Scope:
    """The days and countries that a table covers: what lies outside is not missing from it."""

    def __init__(self, rows: Sequence[OutsideRow]) -> None:
        self.first = min((r.first for r in rows if r.first), default="9999-12-31")
        self.last = max((r.last for r in rows if r.last), default="0001-01-01")
        self.countries = frozenset(r.country.casefold() for r in rows if r.country)

    def holds(self, gist: Gist) -> bool:
        """True unless its days or its country are known to lie outside."""
        if gist.first is not None and gist.last is not None and (gist.last < self.first or gist.first > self.last):
            return False
        return not gist.country or not self.countries or gist.country.casefold() in self.countries
