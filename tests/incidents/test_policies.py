"""Policies make one value of many; the status grades the whole."""

from pathlib import Path

import pytest

from invented_incidents import ADMITTED, ARMY, MONITOR, PageSpec, Said, incident, killed
from purport.accounts import Account, GradeCode
from purport.errors import SettingsError
from purport.incidents import account_of, meaning_of, order_from, policies, policy_of, resolve
from purport.model import Role, SourceKind, Stance


def said(who: str, words: str, low: int | None, high: int | None, **more: object) -> Said:
    return Said(f"{words} were killed, {who} said.", who, values=(killed(low, high, words),), **more)  # type: ignore[arg-type]


def several() -> Account:
    """Police 9, doctors at least 12, residents 12, the rebels 40, each on a page of one day."""
    party = {"kind": SourceKind.ARMED_GROUP, "flags": ("party",)}
    told = [said("police", "Nine", 9, 9), said("doctors", "Twelve", 12, 12), said("residents", "Twelve", 12, 12, kind=SourceKind.WITNESS)]
    return account_of(
        incident([PageSpec(f"Outlet {n}", (one,)) for n, one in enumerate([*told, said("the rebels", "Forty", 40, 40, **party)])])
    )


@pytest.mark.parametrize(
    ("policy", "bounds"),
    [("ucdp", (9, 12, 12)), ("acled", (9, 9, 9)), ("range", (9, None, 40)), ("majority", (12, 12, 12))],
)
def test_killed_by_policy(policy: str, bounds: tuple[int | None, ...]) -> None:
    found = resolve(several(), policy)
    killed_ = found.of(Role.COUNT, "killed")
    assert killed_ and (killed_.low, killed_.best, killed_.high) == bounds
    assert found.policy == f"{policy} 1" and found.stated == policy_of(policy).states


def test_an_order_of_ones_own(tmp_path: Path) -> None:
    listed, toml = tmp_path / "order.yaml", tmp_path / "order.toml"
    listed.write_text("- The Absent Monitor\n- the rebels\n- third party\n", encoding="utf-8")
    toml.write_text('sources = ["hospital staff", "police"]\n', encoding="utf-8")
    first = resolve(several(), "source-hierarchy", order=order_from(listed)).of(Role.COUNT, "killed")
    assert first and first.best in (9, 12) and first.why == "third party, number 3 of your order"
    second = resolve(several(), "source-hierarchy", order=order_from(toml)).of(Role.COUNT, "killed")
    assert second and second.best == 12 and second.why == "hospital staff, number 1 of your order"
    none = resolve(several(), "source-hierarchy", order=("nobody",)).of(Role.COUNT, "killed")
    assert none and none.words == "no value" and none.best is None


@pytest.mark.parametrize("content", ["", "{}", "- 1\n", "a: [", "sources: no"])
def test_an_order_that_is_none(content: str, tmp_path: Path) -> None:
    path = tmp_path / "order.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"order\.yaml"):
        order_from(path)


def test_wrong_use_of_policies() -> None:
    with pytest.raises(SettingsError, match="no policy 'best'"):
        resolve(several(), "best")
    with pytest.raises(SettingsError, match="needs your order"):
        resolve(several(), "source-hierarchy")
    assert all(policy.states and policy.follows and policy.document for policy in policies().values())


def test_no_majority_where_no_value_leads() -> None:
    told = [said("police", "Nine", 9, 9), said("doctors", "Twelve", 12, 12)]
    found = resolve(account_of(incident([PageSpec(f"Outlet {n}", (one,)) for n, one in enumerate(told)])), "majority").of(
        Role.COUNT, "killed"
    )
    assert found and (found.words, found.best) == ("no majority", None)


@pytest.mark.parametrize(("low", "high", "number"), [(24, 99, 12), (200, 999, 100), (None, None, 10), (5, None, 5), (None, 20, 20)])
def test_words_for_numbers_as_acled_reads_them(low: int | None, high: int | None, number: int) -> None:
    found = resolve(account_of(incident([PageSpec("One", (said("police", "Many", low, high),))])), "acled").of(Role.COUNT, "killed")
    assert found and found.best == number


# ------------------------------------------------------------------ status
POLICE, DOCTORS = Said("Nine died, police said.", "police"), Said("Nine died, doctors said.", "doctors")
OFFICIALS = Said("Nine died, officials said.", "officials")
DENIES = Said("The army denied it.", "The army", "denied", stance=Stance.DENIES, denied=True, flags=("party",), entity=ARMY)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ((MONITOR, POLICE, DOCTORS), GradeCode.CONFIRMED),
        ((MONITOR, POLICE, ADMITTED), GradeCode.CONFIRMED),
        ((MONITOR, DOCTORS), GradeCode.FAIR),
        ((MONITOR,), GradeCode.WEAK),
        ((OFFICIALS,), GradeCode.WEAK),
        ((MONITOR, DOCTORS, DENIES), GradeCode.CONTESTED),
        ((ADMITTED,), GradeCode.PARTY_CLAIM),
        ((DENIES,), GradeCode.DENIED),
    ],
)
def test_status(told: tuple[Said, ...], code: GradeCode) -> None:
    found = account_of(incident([PageSpec(f"Outlet {n}", (one,)) for n, one in enumerate(told)]))
    assert found.grade.code is code, found.grade.sentence
    assert found.grade.sentence.startswith(code.value.replace("_", " ").capitalize())
    assert meaning_of(code)


def test_what_is_only_threatened_is_unrealised() -> None:
    found = account_of(incident([PageSpec("One", (ADMITTED,))], reality="unrealised"))
    assert found.grade.code is GradeCode.UNREALISED and "not told as having happened" in found.grade.sentence


def test_the_sentence_names_the_sources() -> None:
    found = account_of(incident([PageSpec("One", (MONITOR, DENIES))]))
    assert (
        found.grade.sentence == "Contested: one independent third party tells of it (Orontes Casualty Monitor); Syrian Arab Army denies it."
    )
