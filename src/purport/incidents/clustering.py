"""Pairs with their chances, and what people said → incidents, and what waits for a person. A function of its arguments alone.

Average linkage (Sokal and Michener 1958), over the likelier pairs, inside components that hang together through likely pairs: two groups
become one only if their members are likely on the whole, so that one likely pair does not chain two incidents together. Every tie is broken
by event ids. What is likely and yet not joined is proposed, never forced.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping

from purport.incident import Decision, Link
from purport.linkage import Grouped, Pair, Verdicts, pair_of

#: Share of the pairs between two groups that is heard, the likeliest first: a page that tells neither day nor toll is no sign against. Of
#: 359 pages, held out in turn: all .684 (B³) and .396 (pairs), two thirds .704, .458, half .702, .455, the likeliest alone .681, .373.
HEARD = 0.67
NEVER = -4.5  #: log odds of a pair that keeps two groups apart whatever the others say; at -3.5 pairs fall to .442
MOST_SPOKESMEN = 8  #: members of a group that speak for it where groups are compared; more add cost, not judgement

Odds = Callable[[str, str], float | None]  #: log odds of a pair, None for two that are never compared


def grouped(members: Iterable[str], *, scores: Mapping[Pair, float], odds: Odds, enough: float, verdicts: Verdicts, by: str) -> Grouped:
    """The incidents among ``members``; ``scores`` are the pairs worth keeping, some maybe with one end elsewhere.

    ``odds`` are those of a pair less what is asked of one, so that nought is just enough.
    """
    members = sorted(members)
    inside = set(members)
    strong = [pair for pair, score in scores.items() if score >= enough and pair[0] in inside and pair[1] in inside]
    clusters = _Clusters(members, odds, different=verdicts.different)
    clusters.merge_likely(sorted(strong), scores=scores)
    clusters.merge_judged(sorted(verdicts.same))
    held = clusters.home
    links = [_link(pair, score, verdicts=verdicts, together=_are_together(pair, held), by=by) for pair, score in sorted(scores.items())]
    judged = [pair for pair in sorted(verdicts.same | verdicts.different) if pair not in scores and inside.issuperset(pair)]
    links += [_link(pair, 0.0, verdicts=verdicts, together=_are_together(pair, held), by=by) for pair in judged]
    return Grouped(tuple(clusters.groups()), tuple(links))


def _are_together(pair: Pair, home: Mapping[str, str]) -> bool:
    return pair[0] in home and home[pair[0]] == home.get(pair[1])


def _link(pair: Pair, score: float, *, verdicts: Verdicts, together: bool, by: str) -> Link:
    """A person's word overlays the score; a SAME that could not be followed, since another says DIFFERENT, is proposed."""
    if pair in verdicts.different:
        return Link(*pair, score, Decision.APART, (("a person said different", 0.0),), by)
    if pair in verdicts.same:
        decision = Decision.JOINED if together else Decision.PROPOSED
        return Link(*pair, score, decision, (("a person said same", 0.0),), by)
    return Link(*pair, score, Decision.JOINED if together else Decision.PROPOSED, (), by)


class _Clusters:
    """Groups that grow; each is named by its smallest member."""

    def __init__(self, members: list[str], odds: Odds, *, different: frozenset[Pair]) -> None:
        self._members = {member: [member] for member in members}
        self.home = {member: member for member in members}
        self._odds = odds
        self._foes: dict[str, set[str]] = {}
        for one, other in different:
            self._foes.setdefault(one, set()).add(other)
            self._foes.setdefault(other, set()).add(one)

    def groups(self) -> list[tuple[str, ...]]:
        return [tuple(sorted(group)) for _, group in sorted(self._members.items())]

    def merge_likely(self, pairs: list[Pair], *, scores: Mapping[Pair, float]) -> None:
        """Merge the likeliest two groups again and again while they are likelier than not on the whole."""
        near: dict[str, set[str]] = {}
        for one, other in pairs:
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
        heap = [(-self._likeness(*pair), *pair) for pair in pairs]
        heapq.heapify(heap)
        while heap:
            negative, one, other = heapq.heappop(heap)
            if negative >= 0:
                return
            if one not in self._members or other not in self._members or -negative != self._likeness(one, other):
                continue
            kept = self._merge(one, other)
            gone = other if kept == one else one
            near[kept] = {near_one for near_one in near.pop(one, set()) | near.pop(other, set()) if near_one not in (one, other)}
            for neighbour in sorted(near[kept]):
                near[neighbour] = (near[neighbour] - {gone}) | {kept}
                pair = pair_of(kept, neighbour)
                heapq.heappush(heap, (-self._likeness(*pair), *pair))

    def _likeness(self, one: str, other: str) -> float:
        """Mean odds over the likelier pairs of those who speak for the two; below nought where people said different."""
        mine, theirs = self._members[one], self._members[other]
        if self._are_foes(mine, theirs):
            return -1.0
        found = [value for a in mine[:MOST_SPOKESMEN] for b in theirs[:MOST_SPOKESMEN] if (value := self._odds(a, b)) is not None]
        if not found or min(found) < NEVER:
            return -1.0
        heard = sorted(found, reverse=True)[: max(1, round(len(found) * HEARD))]
        return sum(heard) / len(heard)

    def _are_foes(self, mine: list[str], theirs: list[str]) -> bool:
        return bool(self._foes) and any(not self._foes.get(a, set()).isdisjoint(theirs) for a in mine)

    def _merge(self, one: str, other: str) -> str:
        kept, gone = (one, other) if one < other else (other, one)
        self._members[kept] = sorted((*self._members[kept], *self._members.pop(gone)))
        for member in self._members[kept]:
            self.home[member] = kept
        return kept

    def merge_judged(self, pairs: Iterable[Pair]) -> None:
        """Put together what people said is one, unless that would join what they said is not."""
        for one, other in pairs:
            if one in self.home and other in self.home:
                mine, theirs = self.home[one], self.home[other]
                if mine != theirs and not self._are_foes(self._members[mine], self._members[theirs]):
                    self._merge(mine, theirs)
