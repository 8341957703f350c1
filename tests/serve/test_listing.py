"""Listing incidents by what their cards say gives those that all accounts, made one by one, would give."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from purport import listing
from purport.accounts import Account, GradeCode
from purport.listing import Wanted, holds
from purport.model import Change, EntityKind, Role, Thing, Verdict
from purport.store import Store

CORRECTED = "the corrected cell of Kirkuk"
WANTED: list[Mapping[str, Any]] = [
    *({"status": code.value} for code in GradeCode),
    {"disputed": True},
    {"disputed": False},
    {"min_sources": 2},
    {"min_sources": 2, "disputed": True, "actor": "army"},
    {"actor": "the"},
    {"actor": "ARM-"},
    {"actor": "Corrected Cell"},
    {"actor": "nobody of this name"},
]


@pytest.fixture(scope="module")
def decided(example_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which a person corrected a perpetrator, and the card of that incident is not made anew yet."""
    path = Path(shutil.copy(example_project, tmp_path_factory.mktemp("listed") / "project.purport"))
    with Store(path) as store:
        claims = [claim for report in store.reports() for event in report.events for claim in event.claims]
        who = next(claim for claim in claims if claim.role is Role.PERPETRATOR)
        value = Thing(CORRECTED, EntityKind.ARMED_GROUP)
        store.judge(who.id, Verdict.CORRECT, coder="Cass", value=value, change=Change())
        assert store.finding.count_stale() == 1
    return path


@pytest.fixture(scope="module")
def accounts(decided: Path) -> list[Account]:
    return list(listing.incidents(decided))


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_what_is_listed_is_all_that_is_asked_and_all_of_it(decided: Path, accounts: list[Account], wanted: Mapping[str, Any]) -> None:
    found = [account.incident.id for account in listing.incidents(decided, **wanted)]
    assert found == [account.incident.id for account in accounts if holds(account, Wanted(**wanted))]
    assert wanted.get("actor") != "Corrected Cell" or len(found) == 1
