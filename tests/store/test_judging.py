"""Judgements: appended, chained, kept through later readings."""

from dataclasses import replace

import pytest

from invented_reports import Page
from purport.errors import StoreError
from purport.model import Thing, Verdict
from purport.store import Store


def test_judgements_follow_each_other(filled: Store, page: Page) -> None:
    claim = page[1].events[0].claims[1]
    first = filled.judge(claim.id, Verdict.REJECT, coder="Ada", note="wrong group")
    second = filled.judge(claim.id, Verdict.CORRECT, coder="Ben", value=Thing("Syrian Army"))
    assert filled.judgements(claim.id) == (first, second)
    assert (first.previous_id, second.previous_id) == (None, first.id)
    assert second.value == Thing("Syrian Army")
    assert filled.show(claim.id).judgements == (first, second)
    assert filled.verify() == ()


def test_the_same_judgement_twice_is_two(filled: Store, page: Page) -> None:
    claim = page[1].events[0].claims[1]
    for _ in range(2):
        filled.judge(claim.id, Verdict.ACCEPT, coder="Ada")
    assert len({judgement.id for judgement in filled.judgements(claim.id)}) == 2


@pytest.mark.parametrize(
    ("claim", "verdict", "coder", "value", "what"),
    [
        ("clm-none", Verdict.ACCEPT, "Ada", None, "no such claim"),
        ("", Verdict.ACCEPT, "", None, "needs the name"),
        ("", Verdict.CORRECT, "Ada", None, "a correction needs a value"),
        ("", Verdict.ACCEPT, "Ada", Thing("x"), "only a correction has one"),
    ],
)
def test_refused(filled: Store, page: Page, claim: str, verdict: Verdict, coder: str, value: Thing | None, what: str) -> None:
    with pytest.raises(StoreError, match=what):
        filled.judge(claim or page[1].events[0].claims[0].id, verdict, coder=coder, value=value)
    assert filled.counts()["judgements"] == 0


def test_a_judgement_outlives_its_claim(filled: Store, page: Page) -> None:
    capture, report = page
    claim = report.events[0].claims[1]
    judgement = filled.judge(claim.id, Verdict.ACCEPT, coder="Ada")
    filled.add(capture, replace(report, reader="rules 2", events=()))
    later = filled.judge(claim.id, Verdict.REJECT, coder="Ben")
    assert filled.judgements(claim.id) == (judgement, later)
    assert filled.verify() == ()
