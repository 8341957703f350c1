"""Groups from pairs: averages, not chains; people's word; ties by id."""

import random

import pytest

from purport.incident import Decision
from purport.incidents.clustering import grouped
from purport.incidents.scoring import chance
from purport.linkage import Grouped, Pair, Verdicts, pair_of


def group(members: str, odds: dict[str, float], *, same: str = "", different: str = "") -> Grouped:
    """``odds``: pair of letters → log odds; others are -5. ``same``, ``different``: pairs of letters."""
    known = {pair_of(*pair): value for pair, value in odds.items()}
    return grouped(
        members,
        scores={pair: chance(value) for pair, value in known.items() if value > -2},
        odds=lambda a, b: known.get(pair_of(a, b), -5.0),
        enough=0.5,
        verdicts=Verdicts(pairs(same), pairs(different)),
        by="test",
    )


def pairs(text: str) -> frozenset[Pair]:
    return frozenset(pair_of(*pair) for pair in text.split())


def sets(found: Grouped) -> list[str]:
    return sorted("".join(one) for one in found.groups)


@pytest.mark.parametrize(
    ("members", "odds", "expected"),
    [
        ("ab", {"ab": 1.0}, ["ab"]),
        ("ab", {"ab": -0.1}, ["a", "b"]),
        ("abc", {"ab": 2.0, "bc": 1.5, "ac": 1.0}, ["abc"]),
        ("abcd", {"ab": 3.0, "bc": 0.5, "cd": 3.0}, ["ab", "cd"]),  # one likely pair does not chain two incidents
        ("abc", {"ab": 1.0, "bc": 1.0}, ["ab", "c"]),  # a tie goes to the smaller ids
    ],
)
def test_groups(members: str, odds: dict[str, float], expected: list[str]) -> None:
    assert sets(group(members, odds)) == expected


def test_what_is_likely_and_not_joined_is_proposed() -> None:
    found = {(link.first, link.second): link.decision for link in group("abcd", {"ab": 3.0, "bc": 0.5, "cd": 3.0}).links}
    assert found == {("a", "b"): Decision.JOINED, ("b", "c"): Decision.PROPOSED, ("c", "d"): Decision.JOINED}


def test_people_are_above_the_linker() -> None:
    assert sets(group("ab", {"ab": 3.0}, different="ab")) == ["a", "b"]
    assert sets(group("abc", {"ab": 3.0}, same="ac")) == ["abc"]
    parted = group("abc", {"ab": 3.0, "bc": 3.0, "ac": 3.0}, different="ac bc")
    assert sets(parted) == ["ab", "c"]
    assert {link.decision for link in parted.links if "c" in (link.first, link.second)} == {Decision.APART}


def test_a_contradiction_is_proposed_and_forces_nothing() -> None:
    found = group("abc", {}, same="ab bc", different="ac")
    assert sets(found) == ["ab", "c"]
    assert {(link.first, link.second): link.decision for link in found.links}["b", "c"] is Decision.PROPOSED


def test_order_does_not_matter() -> None:
    chance_of = random.Random(5)
    letters = "abcdefghijkl"
    odds = {f"{a}{b}": chance_of.uniform(-4, 4) for a in letters for b in letters if a < b}
    expected = group(letters, odds)
    for _ in range(10):
        shuffled = list(odds.items())
        chance_of.shuffle(shuffled)
        assert group("".join(chance_of.sample(letters, len(letters))), dict(shuffled)) == expected
