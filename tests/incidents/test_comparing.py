import random

import pytest

from incidents.invented_incidents import ALEPPO, HOMS, MOSUL, incident, telling
from purport.distance import kilometres
from purport.incident import Incident
from purport.incidents.comparing import compare
from purport.incidents.comparing_likeness import meet
from purport.outside import OutsideRow


def row(
    line: int, day: str | None, *, last: str | None = None, at: tuple[str, str, float, float] | None = HOMS, **more: object
) -> OutsideRow:
    where = {"place": at[0], "country": at[1], "latitude": at[2], "longitude": at[3]} if at else {}
    return OutsideRow(line=line, id=f"r{line}", first=day, last=last or day, **({"radius_km": 5.0} | where | more))  # type: ignore[arg-type]


def bombing(number: int, **more: object) -> Incident:
    return incident(telling(number, **({"day": "2024-05-03", "spot": HOMS, "killed": (4, 4), "by": "Islamic State"} | more)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "theirs", "matched"),
    [
        ({}, row(2, "2024-05-03", best=4), True),
        ({}, row(2, "2024-05-04", best=4, low=3, high=6), True),
        ({}, row(2, "2024-05-09", best=4), False),  # beyond what a day may be off
        ({}, row(2, "2024-05-03", at=ALEPPO, best=4), False),
        ({}, row(2, "2024-05-03", at=ALEPPO, radius_km=150.0, best=4), True),  # the table knows only the province
        ({}, row(2, "2024-05-01", last="2024-05-31", best=4), True),  # the table knows only the month
        ({"spot": None}, row(2, "2024-05-03", best=4, actors=("IS",)), False),  # a day and a number alone are no incident
        ({"day": None, "published": "2024-05-04"}, row(2, "2024-05-03", best=4), True),
        ({"day": None}, row(2, "2024-05-03", best=4, actors=("Islamic State",)), False),  # undated
        ({"spot": MOSUL}, row(2, "2024-05-03", best=4), False),
    ],
)
def test_days_and_places_decide_within_their_precision(ours: dict[str, object], theirs: OutsideRow, matched: bool) -> None:
    assert bool(compare([bombing(1, **ours)], [theirs]).matched) is matched


def test_each_row_goes_to_one_incident_and_the_rest_is_missing_or_extra() -> None:
    ours = [bombing(1), bombing(2, killed=(20, 20)), bombing(3, spot=ALEPPO), bombing(4, day="2020-01-01")]
    rows = [row(2, "2024-05-03", best=20), row(3, "2024-05-03", best=4), row(4, "2024-05-20", best=1)]
    found = compare(ours, rows)
    assert {(m.incident.low, m.row.line) for m in found.matched} == {(20, 2), (4, 3)}
    assert [r.line for r in found.missing] == [4]
    assert [g.place for g in found.extra] == ["Aleppo"]
    assert [g.first for g in found.beyond] == ["2020-01-01"]
    assert (found.found, found.shared) == (2 / 3, 2 / 3)


def test_the_order_of_incidents_does_not_matter() -> None:
    ours = [bombing(n, killed=(n, n)) for n in range(1, 30)]
    rows = [row(n, "2024-05-03", best=n) for n in range(2, 20)]
    shuffled = ours[:]
    random.Random(3).shuffle(shuffled)
    assert compare(ours, rows) == compare(shuffled, rows)


def test_a_tangle_too_large_to_be_solved_is_paired_greedily() -> None:
    ours = [bombing(n, killed=(n, n)) for n in range(1, 60)]
    rows = [row(n, "2024-05-03", best=n) for n in range(2, 60)]
    found = compare(ours, rows)
    assert len(found.matched) == 58
    assert all(m.incident.low == m.row.best for m in found.matched)


def test_what_did_not_happen_is_only_counted() -> None:
    threat = incident(telling(1, day="2024-05-03", spot=HOMS, reality="unrealised"))
    found = compare([threat], [row(2, "2024-05-03")])
    assert (found.unreal, found.matched, found.extra) == (1, (), ())


@pytest.mark.parametrize(
    ("killed", "theirs", "differs"),
    [
        ((4, 4), {"best": 4}, False),
        ((4, None), {"best": 9}, False),  # "at least four"
        ((4, None), {"best": 3}, True),
        ((4, 4), {"low": 2, "best": 3, "high": 5}, False),
        ((None, 4), {"best": 9}, True),
        ((4, 6), {"low": 7, "best": 8, "high": 9}, True),
        (None, {"best": 9}, False),  # not said is no difference
        ((4, 4), {}, False),
    ],
)
def test_tolls_differ_where_the_ranges_have_no_number_in_common(
    killed: tuple[int | None, int | None] | None, theirs: dict[str, int], differs: bool
) -> None:
    (pair,) = compare([bombing(1, killed=killed)], [row(2, "2024-05-03", **theirs)]).matched
    assert [d.field for d in pair.differences if d.field == "deaths"] == ["deaths"] * differs


def test_a_difference_names_both_values_and_whose_claims_ours_rests_on() -> None:
    (pair,) = compare([bombing(1)], [row(2, "2024-05-03", best=40, actors=("Government of Syria",))]).matched
    by_field = {d.field: d for d in pair.differences}
    assert sorted(by_field) == ["actors", "deaths"]
    assert (by_field["deaths"].ours.words, by_field["deaths"].theirs) == ("4", "40")
    assert by_field["deaths"].ours.sources == ("The Tidewater Post",)
    assert len(by_field["deaths"].ours.claims) == 1
    assert by_field["actors"].theirs == "Government of Syria"


def test_two_tellings_make_one_range() -> None:
    both = incident(telling(1, day="2024-05-03", spot=HOMS, killed=(4, 4)), telling(2, day="2024-05-04", spot=HOMS, killed=(7, None)))
    (pair,) = compare([both], [row(2, "2024-05-03", best=12)]).matched
    assert (pair.incident.low, pair.incident.high, pair.incident.first, pair.incident.last) == (4, None, "2024-05-03", "2024-05-04")
    assert not pair.differences


@pytest.mark.parametrize(
    ("a", "b", "yes"), [((1, 3), (3, 5), True), ((1, 2), (3, 5), False), ((1, None), (3, 3), True), ((None, 2), (3, 3), False)]
)
def test_ranges_meet(a: tuple[int | None, int | None], b: tuple[int | None, int | None], yes: bool) -> None:
    assert meet(a, b) is yes and meet(b, a) is yes


def test_distance() -> None:
    assert kilometres((34.73, 36.71), (36.2, 37.16)) == pytest.approx(168, abs=3)
    assert kilometres((0, 179.9), (0, -179.9)) == pytest.approx(22, abs=1)
