"""Competing values: what is one, what is disputed, and what only looks so."""

import pytest

from invented_incidents import ARMY, MONITOR, PageSpec, Said, by, day, incident, killed, place
from purport.accounts import Account, Contest
from purport.incidents import account_of
from purport.incidents.competing_values import conflict, interval, who_class
from purport.model import Count, EntityKind, Place, Role, SourceKind, Stance, Thing, Time, Value


def count(low: int | None, high: int | None) -> Count:
    return Count("killed", low, high)


def spot(name: str, **known: object) -> Place:
    return Place(name, **known)  # type: ignore[arg-type]


ALEPPO = spot("Aleppo", country="SY", geonames_id=1, latitude=36.2, longitude=37.16, precision="exact")
IDLIB = spot("Idlib", country="SY", geonames_id=2, latitude=35.93, longitude=36.63, precision="exact")
AZAZ = spot("Near Aleppo", country="SY", geonames_id=3, latitude=36.3, longitude=37.2, precision="exact")


@pytest.mark.parametrize(
    ("first", "second", "disputed"),
    [
        (count(7, 7), count(7, 7), False),
        (count(7, 7), count(9, 9), True),
        (count(5, None), count(7, 7), False),
        (count(None, 10), count(7, 7), False),
        (count(8, None), count(7, 7), True),
        (count(None, None), count(7, 7), False),
        (count(24, 99), count(30, 30), False),
        (Time("", "2022-03-07"), Time("", "2022-03-08"), False),
        (Time("", "2022-03-07"), Time("", "2022-03-10"), True),
        (Time("", "2022-03"), Time("", "2022-03-10"), False),
        (Time("", "2022-03/2022-05"), Time("", "2022-04-10"), False),
        (Time("", "2022-03-01/.."), Time("", "2024-04-10"), False),
        (Time("", "../2022-03-01"), Time("", "2024-04-10"), True),
        (Time("", None), Time("", "2022-03-10"), False),
        (ALEPPO, IDLIB, True),
        (ALEPPO, AZAZ, False),
        (ALEPPO, spot("Syria", country="SY", precision="country"), False),
        (ALEPPO, spot("Kirkuk", country="IQ", precision="exact"), True),
        (ALEPPO, spot("the town"), False),
        (Thing("IS", actor_code="ARM-IS"), Thing("HTS", actor_code="ARM-HTS"), True),
        (Thing("army", actor_code="MIL-SY"), Thing("air force", actor_code="FOR-SYAAF"), False),
        (Thing("IS", actor_code="ARM-IS"), Thing("gunmen", EntityKind.GROUP_OF_PEOPLE), False),
    ],
)  # fmt: skip
def test_what_cannot_both_be_true(first: Value, second: Value, disputed: bool) -> None:
    assert bool(conflict(first, second)) is disputed
    assert conflict(first, second) == conflict(second, first)


@pytest.mark.parametrize(
    ("edtf", "days"),
    [("2022", ("2022-01-01", "2022-12-31")), ("2024-02~", ("2024-02-01", "2024-02-29")), ("2022-12", ("2022-12-01", "2022-12-31"))],
)
def test_days_that_a_date_can_mean(edtf: str, days: tuple[str, str]) -> None:
    found = interval(edtf)
    assert found and tuple(map(str, found)) == days


@pytest.mark.parametrize("edtf", ["", None, "no date", "2022-13-01", "20XX", "2022-02-31"])
def test_days_that_cannot_be_told(edtf: str | None) -> None:
    assert interval(edtf) is None


@pytest.mark.parametrize(
    ("who", "named"),
    [(None, ""), ("people", ""), ("bodies", ""), ("dead civilians", "civilians"), ("militants", "fighters"), ("child", "children")],
)
def test_whom_a_count_counts(who: str | None, named: str) -> None:
    assert who_class(who) == named


# ------------------------------------------------------------------ in an incident
def police(words: str, low: int | None, high: int | None, who: str | None = None) -> Said:
    return Said(f"{words} were killed, police said.", "police", values=(killed(low, high, words, who),))


def monitor(words: str, low: int | None, high: int | None, who: str | None = None) -> Said:
    sentence = f"{words} were killed, the Orontes Casualty Monitor said."
    return Said(sentence, "the Orontes Casualty Monitor", kind=SourceKind.NGO, flags=("named",), values=(killed(low, high, words, who),))


def account(*specs: PageSpec, type: str = "bombing") -> Account:
    return account_of(incident(specs, type=type))


def the(found: Account, role: Role, kind: str = "", who: str = "") -> Contest:
    (contest,) = (c for c in found.contests if (c.role, c.kind, c.who) == (role, kind, who))
    return contest


def test_two_counts_of_two_origins_on_one_day_are_disputed() -> None:
    found = account(PageSpec("One", (police("Nine", 9, 9),)), PageSpec("Two", (monitor("Twelve", 12, 12),)))
    contest = the(found, Role.COUNT, "killed")
    assert contest.disputed
    assert contest.why == "12 killed by Orontes Casualty Monitor, 9 killed by police: none of these counts lies inside another's range"


def test_an_older_lower_count_is_replaced_and_no_dispute() -> None:
    found = account(PageSpec("One", (police("Nine", 9, 9),)), PageSpec("Two", (monitor("Twelve", 12, 12),), "2022-03-08"))
    contest = the(found, Role.COUNT, "killed")
    assert not contest.disputed
    assert {value.words: value.replaced_by for value in contest.values} == {"12 killed": None, "9 killed": "12 killed"}


def test_an_older_higher_count_of_another_is_a_dispute() -> None:
    found = account(PageSpec("One", (police("Twelve", 12, 12),)), PageSpec("Two", (monitor("Nine", 9, 9),), "2022-03-08"))
    assert the(found, Role.COUNT, "killed").disputed


def test_a_source_that_corrects_itself_is_in_no_dispute() -> None:
    found = account(PageSpec("One", (police("Twelve", 12, 12),)), PageSpec("Two", (police("Nine", 9, 9),), "2022-03-08"))
    contest = the(found, Role.COUNT, "killed")
    assert not contest.disputed and contest.values[-1].replaced_by == "9 killed"


def test_equal_values_are_one_with_all_who_give_them() -> None:
    found = account(PageSpec("One", (police("Nine", 9, 9),)), PageSpec("Two", (monitor("Nine", 9, 9),), "2022-03-09"))
    (value,) = the(found, Role.COUNT, "killed").values
    assert len(value.sayings) == 2 and len(value.origins()) == 2 and value.first_seen == "2022-03-07"


def test_parts_of_the_dead_are_counted_apart() -> None:
    found = account(
        PageSpec("One", (police("Nine", 9, 9), Said("Three children died.", values=(killed(3, 3, "Three children", "children"),))))
    )
    assert not found.disputes
    assert the(found, Role.COUNT, "killed", "children").values[0].words == "3 killed (children)"


def test_a_denial_against_a_claim_is_a_dispute() -> None:
    deny = Said(
        "The Syrian army denied it.", "The Syrian army", "denied", stance=Stance.DENIES, denied=True, flags=("named", "party"), entity=ARMY
    )
    found = account(PageSpec("One", (MONITOR, deny)), type="air_strike")
    contest = the(found, Role.TYPE)
    assert contest.disputed and contest.why == "Syrian Arab Army denies it"
    assert found.disputes == (contest,)


def test_civilians_or_fighters() -> None:
    army = Said(
        "Twenty fighters were killed, the army said.", "the army", flags=("party",), values=(killed(20, 20, "Twenty fighters", "fighters"),
        (Role.TARGET, Thing("Twenty fighters", EntityKind.GROUP_OF_PEOPLE), "Twenty fighters")),
    )  # fmt: skip
    found = account(PageSpec("One", (monitor("Nine civilians", 9, 9, "civilians"), army)))
    assert the(found, Role.TARGET).why.endswith("civilians or fighters")


def test_two_perpetrators_are_disputed_but_not_in_a_clash() -> None:
    said = (
        Said("Islamic State did it, police said.", "police", values=(by("Islamic State", "ARM-IS"),)),
        Said("Hayat did it, doctors said.", "doctors", values=(by("Hayat", "ARM-HTS"),)),
    )
    assert (
        the(account(PageSpec("One", said)), Role.PERPETRATOR).why
        == "Hayat by hospital staff, Islamic State by police: two different actors"
    )
    assert not account(PageSpec("One", said), type="armed_clash").disputes


def test_places_and_days() -> None:
    said = (
        Said("It was in Aleppo on Monday, police said.", "police", values=((Role.PLACE, ALEPPO, "Aleppo"), day("2022-03-07", "Monday"))),
        Said("It was in Idlib in March, doctors said.", "doctors", values=((Role.PLACE, IDLIB, "Idlib"), day("2022-03", "March"))),
    )
    found = account(PageSpec("One", said))
    assert "km apart" in the(found, Role.PLACE).why
    assert not the(found, Role.TIME).disputed


def test_the_toll_over_time() -> None:
    found = account(
        PageSpec("One", (police("Nine", 9, 9),)),
        PageSpec("Two", (monitor("Twelve", 12, None),), "2022-03-08"),
        PageSpec("Three", (police("Ten", 10, 10),), None),
    )
    assert [(point.day, point.low, point.high, point.source) for point in found.toll] == [
        ("2022-03-07", 9, 9, "police"),
        ("2022-03-08", 12, None, "Orontes Casualty Monitor"),
        (None, 10, 10, "police"),
    ]


def test_the_summary_says_who_says_so() -> None:
    found = account(
        PageSpec("One", (police("Nine", 9, 9), Said("It was in Aleppo.", values=(place("Aleppo", country="SY", precision="exact"),))))
    )
    assert found.summary == "Bombing in Aleppo, Syria: 9 killed (police); 1 page, 1 independent source."


def test_the_way_of_a_copy_leads_through_its_original() -> None:
    long = (
        "A lorry was stopped at the bridge on Monday morning and its driver was asked for papers that nobody in the valley had ever seen."
    )
    own = Said(f"{long} Nine were killed, police said.", "police", values=(killed(9, 9, "Nine"),))
    found = account(PageSpec("Highland Wire Agency", (own,)), PageSpec("Coast Gazette", (own,)))
    names = {stop.id: stop.name for stop in found.route.stops}
    assert [(names[leg.first], names[leg.second]) for leg in found.route.legs] == [
        ("police", "Highland Wire Agency"),
        ("Highland Wire Agency", "Coast Gazette"),
    ]
