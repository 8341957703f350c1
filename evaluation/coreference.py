"""Scores of a clustering of mentions against the gold one: MUC, B-cubed, CEAF-e and their mean, the CoNLL F.

MUC: Vilain et al. 1995. B-cubed: Bagga and Baldwin 1998. CEAF with the entity likeness phi-4: Luo 2005. Mean of the three: CoNLL 2011/2012.
Key and response hold the same mentions (gold mentions), so that no twinless mentions arise.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Clusters = Sequence[frozenset[Hashable]]


@dataclass(frozen=True)
class Score:
    """Precision, recall and their harmonic mean."""

    p: float
    r: float

    @property
    def f(self) -> float:
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0


def scores(key: Mapping[Hashable, Hashable], response: Mapping[Hashable, Hashable], *, singletons: bool = True) -> dict[str, Score | float]:
    """``muc``, ``b_cubed``, ``ceaf_e`` and ``conll`` of two labellings of the same mentions.

    Without ``singletons``, clusters of one mention are left out of the key and of the response, as CoNLL-2012 data has none.
    Raises ValueError if the mentions differ.
    """
    if key.keys() != response.keys():
        raise ValueError(f"{len(key.keys() ^ response.keys())} mentions are in the key or in the response only")
    gold, found = clusters(key), clusters(response)
    if not singletons:
        gold, found = [c for c in gold if len(c) > 1], [c for c in found if len(c) > 1]
    parts = {"muc": muc(gold, found), "b_cubed": b_cubed(gold, found), "ceaf_e": ceaf_e(gold, found)}
    return {**parts, "conll": sum(part.f for part in parts.values()) / 3}


def clusters(labels: Mapping[Hashable, Hashable]) -> list[frozenset[Hashable]]:
    """The mentions of each label, in the order of their first mention."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, label in labels.items():
        found[label].add(mention)
    return [frozenset(mentions) for mentions in found.values()]


def muc(gold: Clusters, found: Clusters) -> Score:
    return Score(_links_kept(found, gold), _links_kept(gold, found))


def _links_kept(of: Clusters, by: Clusters) -> float:
    """Of the links that hold the clusters of ``of`` together, the share that the partition ``by`` keeps."""
    label = _labels(by)
    total = sum(len(c) - 1 for c in of)
    kept = sum(len(c) - len({label.get(m, ("alone", m)) for m in c}) for c in of)
    return kept / total if total else 0.0


def b_cubed(gold: Clusters, found: Clusters) -> Score:
    return Score(_shared(found, gold), _shared(gold, found))


def _shared(of: Clusters, by: Clusters) -> float:
    """Over the mentions of ``of``, the mean share of a mention's cluster that the other partition puts together with it."""
    label = _labels(by)
    mentions = sum(map(len, of))
    total = 0.0
    for cluster in of:
        together = Counter(label[m] for m in cluster if m in label)
        total += sum(n * n for n in together.values()) / len(cluster)
    return total / mentions if mentions else 0.0


def _labels(partition: Clusters) -> dict[Hashable, Hashable]:
    return {mention: index for index, cluster in enumerate(partition) for mention in cluster}


def ceaf_e(gold: Clusters, found: Clusters) -> Score:
    total = sum(_best_total(block) for block in _blocks(gold, found))
    return Score(total / len(found) if found else 0.0, total / len(gold) if gold else 0.0)


def _blocks(gold: Clusters, found: Clusters) -> Iterable[list[list[float]]]:
    """Matrices of likeness phi-4 between clusters that share mentions, one for each connected part: others can add nothing."""
    label = _labels(found)
    touched: dict[int, set[int]] = {i: {int(str(label[m])) for m in c if m in label} for i, c in enumerate(gold)}
    for rows, columns in _parts(touched):
        yield [[_phi4(gold[i], found[j]) for j in columns] for i in rows]


def _parts(touched: Mapping[int, set[int]]) -> Iterable[tuple[list[int], list[int]]]:
    touching: dict[int, set[int]] = defaultdict(set)
    for i, columns in touched.items():
        for j in columns:
            touching[j].add(i)
    left = set(touched)
    while left:
        rows, queue, columns = set[int](), [min(left)], set[int]()
        while queue:
            i = queue.pop()
            if i not in rows:
                rows.add(i)
                columns |= touched[i]
                queue.extend(k for j in touched[i] for k in touching[j] if k not in rows)
        left -= rows
        yield sorted(rows), sorted(columns)


def _phi4(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _best_total(values: list[list[float]]) -> float:
    """The greatest sum over pairs of a row and a column, none used twice (Kuhn–Munkres with potentials, O(n²m))."""
    if not values or not values[0]:
        return 0.0
    rows = values if len(values) <= len(values[0]) else [list(column) for column in zip(*values, strict=True)]
    n, m = len(rows), len(rows[0])
    u, v, match = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        _augment(rows, i, u=u, v=v, match=match)
    return sum(rows[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])


def _augment(rows: list[list[float]], i: int, *, u: list[float], v: list[float], match: list[int]) -> None:
    """Adds row ``i`` to the matching along the cheapest path; ``u`` and ``v`` are the potentials of rows and columns."""
    m = len(rows[0])
    least, way, used = [float("inf")] * (m + 1), [0] * (m + 1), [False] * (m + 1)
    match[0], column = i, 0
    while match[column]:
        used[column] = True
        row, step, after = match[column], float("inf"), 0
        for j in range(1, m + 1):
            if not used[j]:
                cost = -rows[row - 1][j - 1] - u[row] - v[j]
                if cost < least[j]:
                    least[j], way[j] = cost, column
                if least[j] < step:
                    step, after = least[j], j
        for j in range(m + 1):
            if used[j]:
                u[match[j]] += step
                v[j] -= step
            else:
                least[j] -= step
        column = after
    while column:
        match[column] = match[way[column]]
        column = way[column]
