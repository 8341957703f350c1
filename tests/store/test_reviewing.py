"""What people decide beside judgements: kept with the log, taken back, upgraded from older files."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from invented_reports import Page, bomb_page, span_of
from purport.decisions import AddedEvent, Need, QueueFilter, ReviewState, SensitivityLevel
from purport.errors import StoreError
from purport.incidents.linking import PageLinker
from purport.model import Change, Claim, EventType, Factuality, Judgement, Role, Span, Thing, Verdict, claim_id, event_id, hashed_id
from purport.reviewing import reviewed_page
from purport.store import Store, log
from purport.store import connection as store_connection
from purport.wire import value_to_json

REPORT = bomb_page()[1]
DOCUMENT = REPORT.document.id
EVENT = REPORT.events[0]
CLAIM = EVENT.claims[1]
TEXT = REPORT.document.text


def added_event() -> tuple[AddedEvent, Claim]:
    spans = (span_of(TEXT, "attack"),)
    event = AddedEvent(event_id(DOCUMENT, spans), DOCUMENT, "armed_assault", spans)
    value = EventType("armed_assault")
    id_ = claim_id(event_id=event.id, role=Role.TYPE, value=value, spans=spans, chain=[])
    return event, Claim(id_, event.id, Role.TYPE, value, "attack", spans, None, Factuality.CERTAIN, origin="coder")


# ------------------------------------------------------------------ a file of schema 2
def old_judgement(connection: sqlite3.Connection, verdict: Verdict, *, coder: str, value: Thing | None, before: str | None) -> Judgement:
    """A judgement as the package of schema 2 kept it."""
    said = None if value is None else json.dumps(value_to_json(value), ensure_ascii=False)
    id_ = hashed_id("jdg", CLAIM.id, verdict.value, value, "", coder, "2026-01-01T00:00:00+00:00", before)
    names = ("id", "claim_id", "verdict", "value", "note", "coder", "made_at", "previous_id")
    row = (id_, CLAIM.id, verdict.value, said, "", coder, "2026-01-01T00:00:00+00:00", before)
    entry = log.append(connection, "judge", subject=CLAIM.id, detail=dict(zip(names, row, strict=True)))
    sql = f"INSERT INTO judgements ({', '.join(names)}, log) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constant
    connection.execute(sql, (*row, entry))
    return Judgement(id_, CLAIM.id, verdict, value, "", coder, "2026-01-01T00:00:00+00:00", before)


def test_judgements_of_schema_2_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.purport"
    with monkeypatch.context() as older:
        older.setattr(store_connection, "SCHEMA_NUMBER", 2)
        with Store(path, create=True) as store:
            store.add(*bomb_page())
    with sqlite3.connect(path) as connection:
        first = old_judgement(connection, Verdict.REJECT, coder="Ada", value=None, before=None)
        second = old_judgement(connection, Verdict.CORRECT, coder="Ben", value=Thing("Syrian Army"), before=first.id)
    with Store(path, read_only=True) as store:
        assert store.judgements(CLAIM.id) == (first, second)
        assert reviewed_page(store, DOCUMENT).by_claim[CLAIM.id].state is ReviewState.CONTESTED
        assert store.verify() == ()
    with Store(path) as store:
        assert store.judgements(CLAIM.id) == (first, second)
        third = store.judge(CLAIM.id, Verdict.WITHDRAWN, coder="Ben")
        assert third.previous_id == second.id
        assert reviewed_page(store, DOCUMENT).by_claim[CLAIM.id].state is ReviewState.REJECTED
        assert store.verify() == ()


# ------------------------------------------------------------------ judgements
def test_a_change_is_kept(filled: Store) -> None:
    change = Change((Span(0, 8),), "", Factuality.POSSIBLE, True)
    made = filled.judge(CLAIM.id, Verdict.CORRECT, coder="Ada", change=change)
    assert filled.judgements(CLAIM.id) == (made,)
    assert filled.verify() == ()


def test_nothing_to_withdraw(filled: Store) -> None:
    filled.judge(CLAIM.id, Verdict.ACCEPT, coder="Ben")
    with pytest.raises(StoreError, match="Ada has decided nothing"):
        filled.judge(CLAIM.id, Verdict.WITHDRAWN, coder="Ada")


def test_judgements_survive_a_newer_reading(filled: Store, page: Page) -> None:
    filled.judge(CLAIM.id, Verdict.REJECT, coder="Ada")
    filled.add(page[0], replace(page[1], reader="rules 2"))
    assert reviewed_page(filled, DOCUMENT).by_claim[CLAIM.id].state is ReviewState.REJECTED
    filled.add(page[0], replace(page[1], reader="rules 3", events=page[1].events[1:]))
    assert CLAIM.id not in reviewed_page(filled, DOCUMENT).by_claim
    assert [each.claim_id for each in filled.reviews.past_judgements(DOCUMENT)] == [CLAIM.id]


# ------------------------------------------------------------------ additions
def test_an_added_event_stands_until_it_is_taken_back(filled: Store) -> None:
    event, type_ = added_event()
    filled.reviews.add(DOCUMENT, event, type_, coder="Ada", words=("attack", "attack"))
    assert reviewed_page(filled, DOCUMENT).report.events[-1].id == event.id
    assert filled.judge(type_.id, Verdict.ACCEPT, coder="Ben")
    assert filled.reviews.knows_event(event.id) == DOCUMENT
    with pytest.raises(StoreError, match="added this already"):
        filled.reviews.add(DOCUMENT, event, coder="Ada", words=("attack",))
    filled.reviews.withdraw_additions(DOCUMENT, event.id, type_.id, coder="Ada")
    assert reviewed_page(filled, DOCUMENT).report == REPORT
    with pytest.raises(StoreError, match="has not added this"):
        filled.reviews.withdraw_additions(DOCUMENT, event.id, coder="Ada")
    assert filled.verify() == ()


# ------------------------------------------------------------------ about incidents
def test_comments(filled: Store) -> None:
    made = filled.reviews.comment(EVENT.id, " Is this one attack? ", coder="Ada")
    assert filled.reviews.comments(EVENT.id, CLAIM.id) == (made,)
    with pytest.raises(StoreError, match="Ben has not said this"):
        filled.reviews.withdraw_comment(made.id, coder="Ben")
    filled.reviews.withdraw_comment(made.id, coder="Ada")
    assert filled.reviews.comments(EVENT.id) == ()
    with pytest.raises(StoreError, match="needs words"):
        filled.reviews.comment(EVENT.id, " ", coder="Ada")
    assert filled.verify() == ()


def test_assignments(filled: Store) -> None:
    made = filled.reviews.assign(EVENT.id, coder="Ben", given_by="Ada")
    assert filled.reviews.assignments(EVENT.id) == (made,) == filled.reviews.assignments(coder="Ben")
    assert filled.reviews.assignments(coder="Ada") == ()
    filled.reviews.close_assignment(made.id, state="done", by="Ben")
    assert filled.reviews.assignments(EVENT.id) == ()
    with pytest.raises(StoreError, match="is not open"):
        filled.reviews.close_assignment(made.id, state="done", by="Ben")
    assert filled.verify() == ()


def test_the_strictest_sensitivity_holds(filled: Store) -> None:
    one, other = (event.id for event in REPORT.events)
    filled.reviews.set_sensitivity([one], level=SensitivityLevel.SENSITIVE, why="children", coder="Ada")
    filled.reviews.set_sensitivity([other], level=SensitivityLevel.OPEN, why="", coder="Ada")
    found = filled.reviews.sensitivity([one, other])
    assert found is not None
    assert (found.level, found.why) == (SensitivityLevel.SENSITIVE, "children")
    assert filled.reviews.sensitivity(["evt-none"]) is None
    assert filled.verify() == ()


def test_a_review_is_done_once_it_has_a_sensitivity(filled: Store) -> None:
    events = [event.id for event in REPORT.events]
    assert filled.reviews.state(events) is ReviewState.UNREVIEWED
    with pytest.raises(StoreError, match="how sensitive"):
        filled.reviews.mark(events, is_done=True, coder="Ada")
    filled.judge(CLAIM.id, Verdict.ACCEPT, coder="Ada")
    assert filled.reviews.state(events) is ReviewState.STARTED
    filled.reviews.set_sensitivity(events, level=SensitivityLevel.OPEN, why="", coder="Ada")
    filled.reviews.mark(events[:1], is_done=True, coder="Ada")
    assert filled.reviews.state(events[:1]) is ReviewState.REVIEWED
    assert filled.reviews.state(events) is ReviewState.STARTED  # the other has joined since
    filled.reviews.mark(events, is_done=False, coder="Ada")
    assert filled.reviews.state(events[:1]) is ReviewState.STARTED
    assert filled.verify() == ()


# ------------------------------------------------------------------ nothing is changed or lost
TABLES = ("judgements", "additions", "comments", "assignments", "sensitivities", "review_marks")


@pytest.fixture
def decided(filled: Store) -> Store:
    """A file with a row in every table."""
    event, type_ = added_event()
    filled.judge(CLAIM.id, Verdict.ACCEPT, coder="Ada")
    filled.reviews.add(DOCUMENT, event, type_, coder="Ada", words=("attack", "attack"))
    filled.reviews.comment(EVENT.id, "A remark", coder="Ada")
    filled.reviews.assign(EVENT.id, coder="Ada", given_by="Ada")
    filled.reviews.set_sensitivity([EVENT.id], level=SensitivityLevel.OPEN, why="", coder="Ada")
    filled.reviews.mark([EVENT.id], is_done=True, coder="Ada")
    return filled


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET coder = 'Eve'"])
def test_what_was_decided_cannot_be_changed(decided: Store, table: str, change: str) -> None:
    with sqlite3.connect(decided.path) as connection, pytest.raises(sqlite3.IntegrityError, match="are never"):
        connection.execute(change.format(table))


@pytest.mark.parametrize("table", TABLES)
def test_verify_finds_what_was_changed(decided: Store, table: str) -> None:
    assert decided.verify() == ()
    with sqlite3.connect(decided.path) as connection:
        connection.executescript(f"DROP TRIGGER {table}_stay; UPDATE {table} SET coder = 'Eve'")  # noqa: S608 - from TABLES
    assert any(table.removesuffix("s") in broken.what or table in broken.what for broken in decided.verify())


def test_what_is_decided_is_shown_anew(decided: Store) -> None:
    with sqlite3.connect(decided.path) as connection:
        stale = {event for (event,) in connection.execute("SELECT event FROM stale_incidents")}
    assert {EVENT.id, added_event()[0].id} <= stale


# ------------------------------------------------------------------ undo
def test_everything_is_taken_back_one_by_one(filled: Store) -> None:
    before = reviewed_page(filled, DOCUMENT)
    event, type_ = added_event()
    ids = [each.id for each in REPORT.events]
    filled.judge(CLAIM.id, Verdict.ACCEPT, coder="Ada")
    filled.judge(CLAIM.id, Verdict.REJECT, coder="Ben")
    filled.judge(CLAIM.id, Verdict.CORRECT, coder="Ada", value=Thing("a militia"))
    filled.reviews.add(DOCUMENT, event, type_, coder="Ada", words=("attack", "attack"))
    filled.reviews.set_sensitivity(ids, level=SensitivityLevel.OPEN, why="", coder="Ada")
    filled.reviews.set_sensitivity(ids, level=SensitivityLevel.RESTRICTED, why="", coder="Ada")
    filled.reviews.mark(ids, is_done=True, coder="Ada")
    expected = [("review", "done"), ("sensitivity", "restricted"), ("sensitivity", "open"), ("add", "added")]
    expected += [("judge", "correct"), ("judge", "accept")]
    for what, said in expected:
        undone = filled.reviews.undo("Ada")
        assert undone is not None
        assert (undone.what, undone.said) == (what, said)
        if said == "restricted":
            level = filled.reviews.sensitivity(ids)
            assert level is not None and level.level is SensitivityLevel.OPEN
    assert filled.reviews.undo("Ada") is None
    assert filled.reviews.sensitivity(ids) is None
    assert filled.reviews.undo("Ben") is not None
    assert reviewed_page(filled, DOCUMENT) == before
    assert filled.reviews.state(ids) is ReviewState.UNREVIEWED
    filled.judge(CLAIM.id, Verdict.REJECT, coder="Ada")
    assert filled.reviews.undo("Ada") is not None
    assert filled.reviews.undo("Ada") is None
    assert filled.verify() == ()


# ------------------------------------------------------------------ queues
BOMBING_ID, SHELLING_ID = (event.id for event in REPORT.events)


def test_queues(filled: Store) -> None:
    low, new, disputed, mine = (QueueFilter(need, coder="Ada") for need in (Need.LOW, Need.NEW, Need.DISPUTED, Need.MINE))
    assert set(filled.queue.some(new)) == {BOMBING_ID, SHELLING_ID}
    first = filled.queue.next(low)
    assert first is not None
    second = filled.queue.next(low, after=first)
    assert {first, second} == {BOMBING_ID, SHELLING_ID}
    assert filled.queue.next(low, after=second) is None
    assert filled.queue.next(disputed) is None
    filled.judge(CLAIM.id, Verdict.ACCEPT, coder="Ada")
    filled.judge(CLAIM.id, Verdict.REJECT, coder="Ben")
    assert filled.queue.some(disputed) == (BOMBING_ID,)
    assert filled.queue.some(new) == (SHELLING_ID,)
    assert filled.queue.progress() == (1, 0, 2)
    for claim in REPORT.events[1].claims:
        filled.judge(claim.id, Verdict.ACCEPT, coder="Ada")
    assert filled.queue.some(low) == (BOMBING_ID,)
    filled.link(PageLinker())
    filled.reviews.assign(SHELLING_ID, coder="Ada", given_by="Ben")
    assert filled.queue.some(mine) == (SHELLING_ID,)
    assert filled.queue.count(mine) == 1
    filled.reviews.set_sensitivity([SHELLING_ID], level=SensitivityLevel.OPEN, why="", coder="Ada")
    filled.reviews.mark([SHELLING_ID], is_done=True, coder="Ada")
    assert filled.queue.some(mine) == ()


@pytest.mark.parametrize(
    ("type_", "query", "expected"),
    [
        ("", "", {BOMBING_ID, SHELLING_ID}),
        ("shelling", "", {SHELLING_ID}),
        ("", "market", {BOMBING_ID, SHELLING_ID}),
        ("", "type:bombing", {BOMBING_ID}),
        ("", "market type:bombing -elephant", {BOMBING_ID}),
        ("", "elephant", set()),
        ("shelling", "type:bombing", set()),
    ],
)
def test_filters(filled: Store, type_: str, query: str, expected: set[str]) -> None:
    assert set(filled.queue.some(QueueFilter(Need.NEW, type_, query))) == expected
    assert filled.queue.count(QueueFilter(Need.NEW, type_, query)) == len(expected)


def test_a_sample_stays_as_it_was_drawn(filled: Store) -> None:
    sample = filled.queue.draw(seed=7, size=1, coder="Ada")
    again = filled.queue.draw(seed=7, size=1, coder="Ben")
    assert (sample.drawn, sample.total) == (1, 2)
    one, other = (filled.queue.some(QueueFilter(Need.SAMPLE, sample=each.id)) for each in (sample, again))
    assert one == other
    assert filled.queue.samples() == (again, sample)
    with pytest.raises(StoreError, match="nothing to draw from"):
        filled.queue.draw(seed=7, size=1, coder="Ada", query="elephant")
    with pytest.raises(StoreError, match="needs a size"):
        filled.queue.draw(seed=7, size=0, coder="Ada")
    assert filled.verify() == ()


def test_a_newer_reading_waits_anew(filled: Store, page: Page) -> None:
    filled.judge(CLAIM.id, Verdict.ACCEPT, coder="Ada")
    filled.add(page[0], replace(page[1], reader="rules 2", events=page[1].events[:1]))
    assert filled.queue.progress() == (1, 0, 1)
