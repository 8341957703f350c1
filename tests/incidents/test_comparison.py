"""How each part of two profiles compares. Each row: what the two tell, the part, the level."""

from datetime import date
from typing import Any

import pytest

from purport.incidents.comparison import levels_of, together
from purport.incidents.likeness import names_a_province, skeleton
from purport.incidents.profile import Profile, profile_of, record_of
from purport.incidents.scoring import can_be_one, chance, log_odds, log_odds_from, odds_of, reasons_for


def day(text: str) -> tuple[int, int]:
    number = date.fromisoformat(text).toordinal()
    return number, number


def made(name: str, **parts: Any) -> Profile:
    return Profile(f"evt-{name}", f"doc-{name}", **parts)


HERE, FAR = (36.2, 37.1, 4.0), (33.5, 36.3, 4.0)
CASES: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    ({"types": ("shelling",)}, {"types": ("shelling",)}, "type", "same"),
    ({"types": ("shelling",)}, {"types": ("air_strike",)}, "type", "kin"),
    ({"types": ("shelling",)}, {"types": ("abduction",)}, "type", "other"),
    ({"days": (day("2021-03-01"),)}, {"days": (day("2021-03-01"),)}, "day", "same"),
    ({"days": (day("2021-03-01"),)}, {"days": (day("2021-03-02"),)}, "day", "a day apart"),
    ({"days": (day("2021-03-01"),)}, {"days": (day("2021-04-02"),)}, "day", "far apart"),
    ({"days": (day("2021-03-01"),)}, {"days": ((day("2021-02-20")[0], day("2021-03-20")[0]),)}, "day", "loosely same"),
    ({"days": (day("2021-03-01"),)}, {"weak": (day("2021-02-28")[0], day("2021-03-03")[0])}, "day", "fits publication"),
    ({"days": (day("2021-03-01"),)}, {"weak": (day("2021-06-28")[0], day("2021-07-01")[0])}, "day", "far from publication"),
    ({"days": (day("2021-03-01"),)}, {"month_days": ("03-01",)}, "day", "same day, no year"),
    ({"days": (day("2021-03-01"),)}, {"month_days": ("03-04",)}, "day", "other day, no year"),
    ({"days": (day("2021-03-01"),)}, {"weekdays": (1,)}, "day", "same weekday"),
    ({"days": (day("2021-03-01"),)}, {"weekdays": (4,)}, "day", "other weekday"),
    ({"days": (day("2021-03-01"),)}, {}, "day", "unknown"),
    ({"points": (HERE,)}, {"points": ((36.21, 37.11, 4.0),)}, "place", "same first"),
    ({"points": (HERE,)}, {"points": (FAR, HERE)}, "place", "one among several"),
    ({"points": (HERE,)}, {"points": ((36.3, 37.25, 4.0),)}, "place", "near"),
    ({"points": (HERE,), "provinces": ("SY.09",)}, {"points": (FAR,), "provinces": ("SY.08",)}, "place", "apart"),
    ({"points": (HERE,), "provinces": ("SY.09",)}, {"provinces": ("SY.09",)}, "place", "province"),
    ({"place_names": ("kfrtl",)}, {"place_names": ("kfrtl",)}, "place", "same name"),
    ({"perpetrators": ("RU",)}, {"perpetrators": ("RU", "SY")}, "perpetrator", "same"),
    ({"perpetrators": ("RU",)}, {"perpetrators": ("TR",)}, "perpetrator", "other"),
    ({"perpetrators": ("RU",)}, {"perpetrators": ("TR",), "targets": ("RU",)}, "perpetrator", "named elsewhere"),
    ({"killed": (12,)}, {"killed": (12, 3)}, "killed", "same, many"),
    ({"killed": (1,)}, {"killed": (1,)}, "killed", "same, one"),
    ({"killed": (12,)}, {"killed": (20, 12)}, "killed", "among them, many"),
    ({"killed": (10,)}, {"killed": (13,)}, "killed", "close"),
    ({"killed": (3,)}, {"killed": (40,)}, "killed", "unlike"),
    ({"names": ("frd hdl",)}, {"names": ("frd hdl",)}, "name", "same"),
    ({"names": ("frd hdl",)}, {"names": ("sm krm",)}, "name", "other"),
    ({"words": frozenset({1, 2, 3})}, {"words": frozenset({1, 2, 3})}, "words", "copy"),
    ({"words": frozenset({1, 2, 3})}, {"words": frozenset({1, 2, 3}), "language": "ar"}, "words", "unknown"),
]


@pytest.mark.parametrize(("mine", "theirs", "part", "level"), CASES)
def test_levels(mine: dict[str, Any], theirs: dict[str, Any], part: str, level: str) -> None:
    one, other = made("1", **mine), made("2", **theirs)
    assert levels_of(one, other)[part] == level
    assert levels_of(other, one)[part] == level


def test_parts_that_agree_at_once() -> None:
    told = {"days": (day("2021-03-01"),), "points": (HERE,), "killed": (12,)}
    levels = levels_of(made("1", **told), made("2", **told))
    assert levels["together"] == together(levels) == "day, place, figure"


@pytest.mark.parametrize(("mine", "theirs", "part", "level"), CASES)
def test_stopping_early_changes_no_score(mine: dict[str, Any], theirs: dict[str, Any], part: str, level: str) -> None:
    one, other = made("1", **mine), made("2", **theirs)
    whole = log_odds(one, other)
    for least in (-9.0, whole - 0.01, whole + 0.01, 3.0):
        found = log_odds_from(one, other, least=least)
        assert found == (pytest.approx(whole) if whole >= least else None)


def test_what_agrees_weighs_for_and_what_differs_against() -> None:
    told = {"days": (day("2021-03-01"),), "points": (HERE,), "killed": (12,), "types": ("shelling",)}
    same = log_odds(made("1", **told), made("2", **told))
    later = log_odds(made("1", **told), made("2", **{**told, "days": (day("2021-05-01"),)}))
    elsewhere = log_odds(made("1", **told), made("2", **{**told, "points": (FAR,)}))
    assert same > 2.0 and later < 0.0 and elsewhere < same - 1.0
    assert reasons_for(made("1", **told), made("2", **told))[0][0].startswith("day: same")


def test_a_threat_is_never_a_deed_and_a_page_says_nothing_of_itself() -> None:
    deed, threat = made("1"), made("2", reality="unrealised")
    assert not can_be_one(deed, threat) and can_be_one(threat, made("3", reality="unrealised"))
    assert can_be_one(deed, made("4", reality="negated"))
    assert not can_be_one(deed, Profile("evt-9", deed.document_id))


def test_a_record_is_the_profile() -> None:
    told = made("1", days=(day("2021-03-01"),), points=(HERE,), words=frozenset({5, 3}), whole_page=True, reality="negated")
    assert profile_of(record_of(told)) == told


@pytest.mark.parametrize(("one", "other"), [("Al-Hasakah", "Hassake"), ("Manbij", "Menbij"), ("Kafr Takharim", "Kafar Takhareem")])
def test_names_written_otherwise(one: str, other: str) -> None:
    assert skeleton(one)[:3] == skeleton(other)[:3]


def test_a_name_of_a_province_tells_less() -> None:
    assert names_a_province("Aleppo", "SY") and not names_a_province("Afrin", "SY")


def test_chances_and_odds() -> None:
    assert chance(0.0) == 0.5 and odds_of(chance(1.7)) == pytest.approx(1.7)
    assert odds_of(0.0) > -31 and chance(-1000) > 0
