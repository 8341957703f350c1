"""Linking in the file: the order of arrival makes no difference, runs go on where they stopped, people's word holds, nothing is lost."""

import random
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.invented import Told, reports

from invented_reports import bomb_page
from purport import merging
from purport.errors import StoreError
from purport.incident import Decision, LinkVerdict, incident_id
from purport.incidents.linking import PageLinker, link_in_memory
from purport.linkage import LinkStep
from purport.store import IncidentFilter, Store
from purport.store import connection as store_connection
from purport.store.connection import APPLICATION_ID, SCHEMA_NUMBER

PAGES = reports(150, seed=3)
NARROW = PageLinker(window=2)  #: so narrow that blocks overflow, and pairs come and go as events come between


def filled(path: Path, told: Iterable[Told], *, linker: PageLinker, step: int) -> Store:
    """A file with these pages, linked after every ``step`` of them."""
    store = Store(path, create=True)
    told = list(told)
    for start in range(0, len(told), step):
        for page in told[start : start + step]:
            store.add(page.capture, page.report)
        store.link(linker)
    return store


def state(store: Store) -> tuple[object, object]:
    """Incidents with their events, and what holds about every pair."""
    entries = [(entry.id, entry.event_ids, entry.pages, entry.first_day, entry.last_day) for entry in store.incidents()]
    links = {
        (link.first, link.second): (link.score, link.decision, link.reasons)
        for entry in entries
        for link in store.incident(entry[0]).links
        if link.decision is not Decision.APART
    }
    return entries, links


@pytest.mark.parametrize("linker", [PageLinker(), NARROW], ids=["wide", "narrow"])
def test_neither_order_nor_steps_make_a_difference(tmp_path: Path, linker: PageLinker) -> None:
    with filled(tmp_path / "all", PAGES, linker=linker, step=len(PAGES)) as whole:
        expected = state(whole)
        assert any(entry.pages > 2 for entry in whole.incidents())
    shuffled = random.Random(1).sample(PAGES, len(PAGES))
    for name, pages, step in (("one", PAGES, 1), ("shuffled", shuffled, 7), ("backwards", PAGES[::-1], 40)):
        with filled(tmp_path / name, pages, linker=linker, step=step) as store:
            assert state(store) == expected
            assert store.verify() == ()


@pytest.mark.parametrize("linker", [PageLinker(), NARROW], ids=["wide", "narrow"])
def test_the_file_finds_what_memory_finds(tmp_path: Path, linker: PageLinker) -> None:
    groups = link_in_memory([(page.report, None) for page in PAGES], linker=linker).groups
    with filled(tmp_path / "file", PAGES, linker=linker, step=30) as store:
        assert sorted(entry.event_ids for entry in store.incidents()) == sorted(groups)


def test_a_page_that_goes_leaves_as_if_it_had_never_come(tmp_path: Path) -> None:
    """Read again without events, every third page leaves the incidents of the others as they are without it."""
    stay = [page for at, page in enumerate(PAGES) if at % 3]
    with filled(tmp_path / "some", stay, linker=NARROW, step=20) as some:
        expected = state(some)[0]
    with filled(tmp_path / "all", PAGES, linker=NARROW, step=50) as store:
        for page in (page for at, page in enumerate(PAGES) if not at % 3):
            store.add(page.capture, replace(page.report, events=(), reader="invented 2"))
        run = store.link(NARROW)
        assert run.parted > 0
        assert state(store)[0] == expected
        assert store.verify() == ()


def test_a_run_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("purport.store.linking.PAGES", 20)
    monkeypatch.setattr("purport.store.linking.EVENTS", 10)
    with filled(tmp_path / "whole", PAGES, linker=PageLinker(), step=len(PAGES)) as whole:
        expected = state(whole)

    stops = {"compare", "settle"}

    def stop(step: LinkStep) -> None:
        if step.stage in stops and 0 < step.done < step.total:
            stops.remove(step.stage)
            raise KeyboardInterrupt

    with Store(tmp_path / "stopped", create=True) as store:
        for page in PAGES:
            store.add(page.capture, page.report)
        runs = [store.link(PageLinker(), progress=stop) for _ in range(3)]
        assert [run.interrupted for run in runs] == [True, True, False]
        assert sum(run.pages for run in runs) == len(PAGES)
        assert state(store) == expected


@pytest.fixture
def store(tmp_path: Path) -> Iterable[Store]:
    with filled(tmp_path / "project.purport", PAGES, linker=PageLinker(), step=len(PAGES)) as opened:
        yield opened


def test_a_second_run_finds_nothing_to_do(store: Store) -> None:
    before = store.counts()
    run = store.link(PageLinker())
    assert (run.pages, run.settled, run.moved) == (0, 0, 0)
    assert store.counts() == before


def test_same_different_and_back(store: Store) -> None:
    one, other = [entry.id for entry in store.incidents(limit=2)]
    start = state(store)
    made, run = merging.judge_links(store, (one, other), verdict=LinkVerdict.SAME, coder="lena", note="the same funeral")
    assert run.moved > 0 and store.incident_of(one) == store.incident_of(other) == min(one, other)
    assert {made[0].first, made[0].second} <= {event.id for event in store.incident(one).events}

    merging.judge_links(store, (one, other), verdict=LinkVerdict.WITHDRAWN, coder="lena")
    assert state(store) == start
    assert [judgement.verdict for judgement in store.link_judgements(made[0].first)] == [LinkVerdict.SAME, LinkVerdict.WITHDRAWN]

    event = store.incident(one).events[-1].id
    merging.judge_links(store, (event, one), verdict=LinkVerdict.DIFFERENT, coder="omar")
    assert store.incident(event).events[0].id == event and len(store.incident(event).events) == 1
    assert {link.decision for link in store.incident(event).links if link.decision is Decision.JOINED} == set()
    merging.judge_links(store, (event, one), verdict=LinkVerdict.WITHDRAWN, coder="omar")
    assert state(store) == start
    assert store.verify() == ()


def test_of_two_people_the_last_word_holds(store: Store) -> None:
    one, other = [entry.event_ids[0] for entry in store.incidents(limit=2)]
    for coder, verdict in (("lena", LinkVerdict.DIFFERENT), ("omar", LinkVerdict.SAME)):
        merging.judge_links(store, (one, other), verdict=verdict, coder=coder)
    assert store.incident_of(one) == store.incident_of(other)
    merging.judge_links(store, (one, other), verdict=LinkVerdict.WITHDRAWN, coder="omar")
    assert store.incident_of(one) != store.incident_of(other)


@pytest.mark.parametrize(
    ("ids", "verdict", "what"),
    [
        (("evt-none", "evt-nought"), LinkVerdict.SAME, "no incident has this id"),
        (("first", "first"), LinkVerdict.SAME, "one and the same"),
        (("first", "second"), LinkVerdict.WITHDRAWN, "has decided nothing"),
    ],
)
def test_judgements_that_make_no_sense(store: Store, ids: tuple[str, str], verdict: LinkVerdict, what: str) -> None:
    first, second = [entry.id for entry in store.incidents(limit=2)]
    known = {"first": first, "second": second}
    with pytest.raises(StoreError, match=what):
        merging.judge_links(store, tuple(known.get(asked, asked) for asked in ids), verdict=verdict, coder="lena")  # type: ignore[arg-type]


def test_an_id_that_was_given_once_still_finds_its_incident(tmp_path: Path) -> None:
    given: dict[str, set[str]] = {}
    with Store(tmp_path / "growing", create=True) as store:
        for page in random.Random(9).sample(PAGES, len(PAGES)):
            store.add(page.capture, page.report)
            store.link(PageLinker())
            given |= {entry.id: set(entry.event_ids) for entry in store.incidents(limit=5)}
        now = {entry.id: set(entry.event_ids) for entry in store.incidents()}
        assert given.keys() - now.keys()
        for old in given:
            anchor = "evt-" + old.removeprefix("inc-")
            assert anchor in now[store.incident_of(old)]


def test_filters_and_pages_of_the_list(store: Store) -> None:
    every = list(store.incidents())
    assert len(every) == store.count_incidents()
    assert [entry.pages for entry in every] == sorted((entry.pages for entry in every), reverse=True)
    assert every[5:15] == list(store.incidents(limit=10, offset=5))
    assert all(entry.id == incident_id(entry.event_ids) for entry in every)
    several = list(store.incidents(IncidentFilter(min_pages=3)))
    assert several and all(entry.pages >= 3 for entry in several)
    day = several[0].first_day or ""
    assert several[0] in list(store.incidents(IncidentFilter(since=day, until=day)))
    telling = store.incident(several[0].id).tellings[0]
    assert several[0] in list(store.incidents(IncidentFilter(type=telling.event.type)))
    assert list(store.incidents(IncidentFilter(place="nowhere at all"))) == []


def test_a_threat_stays_apart_from_deeds(tmp_path: Path) -> None:
    with Store(tmp_path / "threat", create=True) as store:
        store.add(*bomb_page())
        store.link(PageLinker())
        assert store.count_incidents() == 2


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("DROP TRIGGER links_stay; UPDATE links SET score = 0.99 WHERE key = 1", "its links and memberships are not those"),
        ("DROP TRIGGER memberships_remain; DELETE FROM memberships WHERE key = 1", "its links and memberships are not those"),
        ("UPDATE incident_members SET incident = 'inc-0' WHERE event = (SELECT min(event) FROM incident_members)", "was last put in"),
        ("UPDATE incidents SET pages = 77 WHERE id = (SELECT min(id) FROM incidents)", "its row is not that of its pages"),
        ("DROP TRIGGER link_judgements_stay; UPDATE link_judgements SET verdict = 'different'", "the judgement is not the one in the log"),
        ("DROP TRIGGER link_judgements_remain; DELETE FROM link_judgements", "the log knows this judgement"),
    ],
)
def test_verify_finds_what_was_changed(store: Store, damage: str, what: str) -> None:
    one, other = [entry.id for entry in store.incidents(limit=2)]
    merging.judge_links(store, (one, other), verdict=LinkVerdict.SAME, coder="lena")
    assert store.verify() == ()
    with sqlite3.connect(store.path) as connection:
        connection.executescript(damage)
    assert any(what in broken.what for broken in store.verify())


@pytest.mark.parametrize("table", ["links", "memberships", "link_judgements"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET key = key + 1000"])
def test_what_was_decided_cannot_be_changed(store: Store, table: str, change: str) -> None:
    one, other = [entry.id for entry in store.incidents(limit=2)]
    merging.judge_links(store, (one, other), verdict=LinkVerdict.SAME, coder="lena")
    with sqlite3.connect(store.path) as connection, pytest.raises(sqlite3.IntegrityError, match="are never"):
        connection.execute(change.format(table))


# ------------------------------------------------------------------ a file of schema 1
@pytest.fixture
def old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file as the first version of this package wrote it, with one page."""
    path = tmp_path / "old.purport"
    with monkeypatch.context() as older:
        older.setattr(store_connection, "SCHEMA_NUMBER", 1)
        with Store(path, create=True) as store:
            store.add(*bomb_page())
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    return path


def test_a_file_of_schema_1_is_upgraded_when_it_is_opened_for_writing(old_file: Path) -> None:
    with Store(old_file) as store:
        assert store.verify() == ()
        assert store.link(PageLinker()).pages == 1
        assert store.count_incidents() == 2
        assert store.verify() == ()
    with sqlite3.connect(old_file) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_NUMBER,)
        assert connection.execute("SELECT count(*) FROM log WHERE action = 'upgrade'").fetchone() == (1,)


def test_a_file_of_schema_1_is_read_as_it_is(old_file: Path) -> None:
    before = old_file.read_bytes()
    with Store(old_file, read_only=True) as store:
        assert store.search("market").total == 1
        assert store.verify() == ()
        assert "incidents" not in store.counts()
        with pytest.raises(StoreError, match=r"no incidents yet .*purport merge"):
            list(store.incidents())
    assert old_file.read_bytes() == before
