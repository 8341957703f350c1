"""What waits for a person: the same however it is asked for, and remembered only as long as nothing changes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from purport import merging
from purport.incident import LinkVerdict
from purport.serve.waiting import WaitingPairs
from purport.store import Store


@pytest.fixture
def linked(project: Path) -> Iterator[Store]:
    with Store(project) as opened:
        yield opened


def test_pages_of_the_list_are_the_list(linked: Store) -> None:
    every = list(linked.proposals())
    assert len(every) > 1
    assert [*linked.proposals(limit=1), *linked.proposals(offset=1)] == every
    assert list(linked.proposed.written_out(linked.proposed.waiting()[1:])) == every[1:]


def test_the_likeliest_comes_first_and_no_two_incidents_twice(linked: Store) -> None:
    found = list(linked.proposals())
    assert [link.score for link, *_ in found] == sorted((link.score for link, *_ in found), reverse=True)
    assert len({frozenset(incidents) for _, *incidents in found}) == len(found)


def test_what_was_answered_waits_no_longer(linked: Store) -> None:
    known = WaitingPairs()
    before = known.of(linked)
    assert known.of(linked) is before
    link, *_ = next(linked.proposals())
    linked.reviews.comment(link.first, "a remark changes nothing", coder="Aya")
    assert known.of(linked) is before
    merging.judge_links(linked, (link.first, link.second), verdict=LinkVerdict.DIFFERENT, coder="Aya")
    after = known.of(linked)
    assert after == linked.proposed.waiting() and len(after) < len(before)
    merging.judge_links(linked, (link.first, link.second), verdict=LinkVerdict.WITHDRAWN, coder="Aya")
    assert known.of(linked) == linked.proposed.waiting()
