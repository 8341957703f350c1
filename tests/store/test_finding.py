"""Cards in the file: what makes them stale, making them again step by step, and saved searches that only grow."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from invented_reports import plain_page
from purport import finding, merging
from purport.cards import IncidentCard
from purport.errors import StoreError
from purport.incident import LinkVerdict
from purport.model import Role, Verdict
from purport.row_maker import maker
from purport.store import Store


@pytest.fixture
def merged(filled: Store) -> Store:
    merging.merge(filled)
    return filled


def card_for(id_: str) -> IncidentCard:
    return IncidentCard(id_, "", "bombing", "confirmed", 1)


def test_merging_makes_a_card_of_every_incident(merged: Store) -> None:
    assert {kept.card.id for kept in merged.finding.cards()} == {entry.id for entry in merged.incidents()} != set()
    assert merged.finding.count_stale() == merged.finding.count_unlinked() == 0


def test_a_card_is_of_its_pages_and_events(merged: Store) -> None:
    pages = {kept.documents for kept in merged.finding.cards()}
    assert pages == {(1,)}
    assert len({event for kept in merged.finding.cards() for event in kept.events}) == merged.counts()["events"]


def test_a_judgement_makes_the_card_of_its_incident_stale_and_no_other(merged: Store) -> None:
    before = merged.finding.last_change()
    entry = next(merged.incidents())
    claim = next(merged.incident(entry.id).claims(Role.TYPE))[0]
    merged.judge(claim.id, Verdict.ACCEPT, coder="Aya")
    finding.refresh(merged)
    assert merged.finding.changed_since(before) == (entry.id,)
    (card,) = merged.finding.cards(entry.id)
    assert card.card.values["review"] == ("started",)


def test_cards_of_incidents_that_share_its_page_are_looked_at_too_and_rows_can_wait(merged: Store) -> None:
    """A name that one page gives is withheld from every incident of its pages."""
    every = merged.count_incidents()
    assert every > 1 and merged.kept_rows.count_fresh(maker()) == every
    claim = next(merged.incident(next(merged.incidents()).id).claims(Role.TYPE))[0]
    merged.judge(claim.id, Verdict.ACCEPT, coder="Aya")
    assert list(finding.steps(merged, with_rows=False))[-1] == (every, every)
    assert merged.kept_rows.count_fresh(maker()) == 0
    assert list(finding.steps(merged, with_rows=False)) == []
    finding.refresh(merged)
    assert merged.kept_rows.count_fresh(maker()) == every


def test_a_card_of_which_nothing_holds_goes(merged: Store) -> None:
    before = merged.finding.last_change()
    entry = next(merged.incidents())
    merged.judge(next(merged.incident(entry.id).claims(Role.TYPE))[0].id, Verdict.ACCEPT, coder="Aya")
    merged.finding.refresh(lambda ids: [None for _ in ids], incidents=merged.finding.stale())
    assert entry.id not in {kept.card.id for kept in merged.finding.cards()}
    assert merged.finding.changed_since(before) == (entry.id,)


def test_a_page_that_comes_waits_for_the_next_merge(merged: Store) -> None:
    merged.add(*plain_page(2))
    assert merged.finding.count_unlinked() == 1
    merging.merge(merged)
    assert merged.finding.count_unlinked() == merged.finding.count_stale() == 0


def test_a_step_that_fails_keeps_nothing_and_the_next_goes_on(filled: Store) -> None:
    merging.merge(filled)
    with sqlite3.connect(filled.path) as connection:
        connection.execute("INSERT INTO stale_cards SELECT id FROM incidents")
    connection.close()
    waiting, change = filled.finding.count_stale(), filled.finding.last_change()

    def broken(_: Sequence[str]) -> Iterator[IncidentCard]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.finding.refresh(broken, incidents=filled.finding.stale())
    assert (filled.finding.count_stale(), filled.finding.last_change()) == (waiting, change)
    assert filled.finding.refresh(lambda ids: map(card_for, ids), incidents=filled.finding.stale(), most=1) == 1
    assert filled.finding.count_stale() == waiting - 1


def test_cards_that_share_a_page_are_those_made_alone_and_follow_what_others_write(merged: Store) -> None:
    ids = [entry.id for entry in merged.incidents()]
    together = finding.CardMaker(merged)
    assert [together.card(id_) for id_ in ids] == [finding.CardMaker(merged).card(id_) for id_ in ids]
    assert len(ids) > 1
    with Store(merged.path) as another:
        another.judge(next(another.incident(ids[0]).claims(Role.TYPE))[0].id, Verdict.REJECT, coder="Aya")
    assert together.card(ids[0]) is None


def test_cards_that_several_processes_make_are_the_same(merged: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "LEAST_SHARED", 1)
    monkeypatch.setattr(finding, "PART", 2)
    before = tuple(kept.card for kept in merged.finding.cards())
    with closing(sqlite3.connect(merged.path)) as connection, connection:
        connection.execute("INSERT INTO stale_cards SELECT id FROM incidents UNION SELECT 'inc-gone'")
    seen: list[tuple[int, int]] = []
    assert finding.refresh(merged, jobs=2, progress=lambda done, total: seen.append((done, total))) == len(before) + 1 > 2
    assert tuple(kept.card for kept in merged.finding.cards()) == before
    assert (merged.finding.count_stale(), seen[-1]) == (0, (len(before) + 1,) * 2)


# ------------------------------------------------------------------ saved searches
def test_a_saved_search_tells_the_state_of_the_data(merged: Store) -> None:
    state = merged.finding.state_of_data()
    kept = merged.finding.save(" Bombs ", "q=bomb", number=3, coder="Aya")
    assert (kept.name, kept.number, (kept.log_entry, kept.log_hash)) == ("Bombs", 3, state)
    assert merged.finding.saved() == (kept,)
    merged.finding.withdraw(kept.id, coder="Ben")
    assert merged.finding.saved() == ()
    assert merged.verify() == ()
    with pytest.raises(StoreError, match="no such saved search"):
        merged.finding.withdraw(kept.id, coder="Ben")


def test_a_saved_search_needs_a_name(merged: Store) -> None:
    with pytest.raises(StoreError, match="needs a name"):
        merged.finding.save("  ", "", number=0, coder="Aya")


@pytest.mark.parametrize("sql", ["UPDATE saved_searches SET number = 9", "DELETE FROM saved_searches"])
def test_saved_searches_are_never_changed(merged: Store, sql: str) -> None:
    merged.finding.save("Bombs", "q=bomb", number=3, coder="Aya")
    with sqlite3.connect(merged.path) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(sql)
    connection.close()


def test_a_new_file_has_nothing_to_find(store: Store) -> None:
    assert store.finding.last_change() == 0
    assert tuple(store.finding.cards()) == ()
    assert store.finding.saved() == ()


def test_an_incident_that_loses_an_event_gets_another_card(tmp_path: Path) -> None:
    from benchmarks.invented import reports

    with Store(tmp_path / "p.purport", create=True) as store:
        for page in reports(12, seed=5):
            store.add(page.capture, page.report)
        merging.merge(store)
        joined = next(entry for entry in store.incidents() if entry.pages == len(entry.event_ids) > 1)
        merging.judge_links(store, (joined.event_ids[0], joined.event_ids[1]), verdict=LinkVerdict.DIFFERENT, coder="Aya")
        assert {kept.card.id: kept.card.pages for kept in store.finding.cards()} == {each.id: each.pages for each in store.incidents()}
        assert store.incident_of(joined.event_ids[0]) != store.incident_of(joined.event_ids[1])
