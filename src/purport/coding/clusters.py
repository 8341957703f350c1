"""Bundles of one happening brought together within a page (codebook rules 7 and 10), each joined to the likeliest cluster before it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from purport.coding.bundles import Bundle
from purport.coding.coreference import Coreference, coreference, join_signs, signs
from purport.coding.happenings import Happening
from purport.coding.traits import Traits, targets_clash

#: How like two bundles are to an encoder (0 to 1), None if it cannot say.
Similarity = Callable[[Bundle, Bundle], float | None]
#: Members of a cluster that a bundle is compared with, and clusters touched last, so that a long page takes no quadratic time.
FIRST_MEMBERS, LAST_MEMBERS, MOST_CLUSTERS = 4, 12, 80


@dataclass(slots=True)
class Cluster:
    """Numbers of the bundles of one happening, and their traits together; built up while reading the page from its beginning."""

    members: list[int]
    traits: Traits
    reality: str
    touched: int = field(default=0)

    def compared(self) -> list[int]:
        """The members that a later bundle is compared with, in text order."""
        if len(self.members) <= FIRST_MEMBERS + LAST_MEMBERS:
            return self.members
        return self.members[:FIRST_MEMBERS] + self.members[-LAST_MEMBERS:]


class Clustering:
    """Greedy clustering of the bundles of one page, from its beginning."""

    def __init__(self, bundles: list[Bundle], *, models: Coreference, similar: Similarity | None = None) -> None:
        self.bundles = bundles
        self.clusters: list[Cluster] = []
        self._models = models
        self._similar = similar
        self._nearest = nearest_acts(bundles)
        self._violent = _running([b.is_violent for b in bundles])
        self._of_type = {kind: _running([b.type == kind for b in bundles]) for kind in {b.type for b in bundles}}

    def run(self) -> list[Cluster]:
        """The clusters in the order of their first bundle."""
        for number in range(len(self.bundles)):
            self.place(number, self.best(number))
        return self.clusters

    def best(self, number: int) -> Cluster | None:
        """The likeliest cluster for a bundle; None if it begins a happening of its own."""
        scored = [(self._models.join.score(found), n) for n, found in self.candidates(number)]
        score, best = max(scored, default=(0.0, -1))
        return self.clusters[best] if scored and score > self._models.threshold else None

    def place(self, number: int, cluster: Cluster | None) -> None:
        """Put a bundle into ``cluster``, or into a new one."""
        bundle = self.bundles[number]
        if cluster is None:
            self.clusters.append(Cluster([number], bundle.traits, bundle.reality, number))
        else:
            cluster.members.append(number)
            cluster.traits, cluster.touched = cluster.traits.with_later(bundle.traits), number

    def candidates(self, number: int) -> list[tuple[int, dict[str, float]]]:
        """Number and signs of each cluster that a bundle could join: those told as real as it is, of no other named victim.

        None for "another blast" and what "also" happened.
        """
        bundle = self.bundles[number]
        if bundle.other and bundle.names_act:
            return []
        alike = [n for n, c in enumerate(self.clusters) if c.reality == bundle.reality and not targets_clash(c.traits, bundle.traits)]
        alike = [n for n in alike if not self._named_otherwise(self.clusters[n], bundle)]
        open_ = [n for n in alike if bundle.type != "threat" or not self._threatened_by_others(self.clusters[n], bundle)]
        recent = sorted(sorted(open_, key=lambda n: -self.clusters[n].touched)[:MOST_CLUSTERS])
        return [(n, self._signs(self.clusters[n], number)) for n in recent]

    def _named_otherwise(self, cluster: Cluster, bundle: Bundle) -> bool:
        """Whether words of the codebook in use give the two different types ("arrested", then "transferred")."""
        named = next((self.bundles[n].own for n in cluster.members if self.bundles[n].own), "")
        return named != bundle.own and not (bundle.is_vague or all(self.bundles[n].is_vague for n in cluster.members))

    def _threatened_by_others(self, cluster: Cluster, bundle: Bundle) -> bool:
        """Whether others uttered the threats of a cluster: each one's threat is its own."""
        told = {who for n in cluster.members if self.bundles[n].type == "threat" for who in _utterers(self.bundles[n])}
        now = _utterers(bundle)
        return bool(told and now and not told & now)

    def _signs(self, cluster: Cluster, number: int) -> dict[str, float]:
        scores = [self._models.pair.score(self.pair(i, number)) for i in cluster.compared()]
        return join_signs(scores, cluster.traits, self.bundles[number].traits, newest=cluster.touched == number - 1)

    def pair(self, earlier: int, later: int) -> dict[str, float]:
        """The signs of two bundles."""
        a, b = self.bundles[earlier], self.bundles[later]
        similar = self._similar(a, b) if self._similar else None
        return signs(a, b, between=self._between(earlier, later), nearest=self._nearest[later] == earlier, similar=similar)

    def _between(self, earlier: int, later: int) -> int:
        """Bundles of a type like that of the later one between the two."""
        bundle = self.bundles[later]
        counted = self._violent if bundle.is_violent else self._of_type[bundle.type]
        return counted[later] - counted[earlier + 1]


def _utterers(bundle: Bundle) -> set[str]:
    """Those with a name who utter the threats of a bundle."""
    voices = [t.echo or t.attribution for t in bundle.tellings]
    return {v.source.entity_id for v in voices if v is not None and v.source is not None and v.source.named and v.source.entity_id}


def _running(flags: list[bool]) -> list[int]:
    """How many of the first n are true."""
    counts = [0]
    for flag in flags:
        counts.append(counts[-1] + flag)
    return counts


def nearest_acts(bundles: list[Bundle]) -> list[int | None]:
    """For each bundle the nearest one before it that names an act of a like type, told as real as it is."""
    last: dict[tuple[str, str], int] = {}
    found: list[int | None] = []
    for number, bundle in enumerate(bundles):
        key = ("violent" if bundle.is_violent else bundle.type, bundle.reality)
        found.append(last.get(key))
        if bundle.names_act:
            last[key] = number
    return found


def happenings_of(bundles: list[Bundle], *, similar: Similarity | None = None) -> list[Happening]:
    """The happenings of a page in the order of their first telling."""
    clusters = Clustering(bundles, models=coreference(), similar=similar).run()
    return [Happening([t for n in cluster.members for t in bundles[n].tellings]) for cluster in clusters]
