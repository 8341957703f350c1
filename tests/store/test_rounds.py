"""Rounds in the project file: making, coding, handing in, settling, closing, and what is hidden meanwhile."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from purport import demo
from purport.decisions import Answer, Round
from purport.errors import QueryError, StoreError
from purport.model import Span
from purport.store import Store
from purport.store.rounds import drawn

FIELDS = ("type", "place", "killed")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.make(tmp_path_factory.mktemp("rounds")).database


@pytest.fixture
def kept(example: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(shutil.copy(example, tmp_path / "project.purport")) as opened:
        yield opened


def made(store: Store, *, size: int = 3, blind: bool = True, coders: tuple[str, ...] = ("Ann", "Ben")) -> Round:
    units = store.rounds.matching("type:bombing")[:size]
    return store.rounds.make("First", units, fields=FIELDS, coders=coders, blind=blind, made_by="Eda", chosen="by hand")


def code(store: Store, round_: Round, event: str, coder: str = "Ann", **more: Any) -> None:
    answers = {"type": Answer("bombing", (Span(0, 4),)), "place": Answer(None), "killed": Answer("11..")}
    store.rounds.code(round_.id, event, coder=coder, answers=answers, **more)


def test_a_round_is_kept_as_made(kept: Store) -> None:
    round_ = made(kept)
    assert kept.rounds.find(round_.id) == round_
    assert kept.rounds.all() == (round_,)
    units = kept.rounds.units(round_.id)
    assert [unit.event_id for unit in units] == list(round_.units)
    for unit in units:
        event = next(each for each in kept.report(unit.document_id).events if each.id == unit.event_id)
        assert unit.triggers == event.triggers


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "needs a name"),
        ({"units": ()}, "needs events"),
        ({"units": ("evt-0000000000000000",)}, "no such event"),
        ({"fields": ()}, "needs fields"),
        ({"coders": ()}, "needs coders"),
        ({"coders": ("Ann", "Ann")}, "named twice"),
    ],
)
def test_a_round_that_cannot_be(kept: Store, change: dict[str, Any], said: str) -> None:
    given = {"name": "x", "units": kept.rounds.matching("")[:1], "fields": FIELDS, "coders": ("Ann",), **change}
    with pytest.raises(StoreError, match=said):
        kept.rounds.make(given.pop("name"), given.pop("units"), blind=True, made_by="Eda", **given)


def test_a_search_that_makes_no_sense(kept: Store) -> None:
    with pytest.raises(QueryError):
        kept.rounds.matching("nofield:x")


def test_a_sample_is_the_same_again_and_in_order(kept: Store) -> None:
    found = kept.rounds.matching("")
    first, second, other = (drawn(found, size=9, seed=seed) for seed in (5, 5, 6))
    assert first == second != other
    assert len(first) == 9 and list(first) == sorted(first, key=found.index)
    assert drawn(found, size=9999, seed=1) == found


def test_the_last_word_and_every_word_before_it(kept: Store) -> None:
    round_ = made(kept)
    code(kept, round_, round_.units[0], comment="unsure", seconds=12.5)
    code(kept, round_, round_.units[0], is_event=False)
    first, second = kept.rounds.codings(round_.id)
    assert (first.comment, first.seconds, first.is_event) == ("unsure", 12.5, True)
    assert first.answers["type"] == Answer("bombing", (Span(0, 4),))
    assert (second.is_event, dict(second.answers)) == (False, {})
    assert first.id != second.id


@pytest.mark.parametrize("coder", ["Eda", "Cyd", ""])
def test_who_is_not_in_the_round_does_not_code(kept: Store, coder: str) -> None:
    round_ = made(kept)
    with pytest.raises(StoreError, match="not in this round"):
        code(kept, round_, round_.units[0], coder)


def test_what_is_not_in_the_round_is_not_coded(kept: Store) -> None:
    round_ = made(kept)
    with pytest.raises(StoreError, match="not in the round"):
        code(kept, round_, "evt-0000000000000000")
    with pytest.raises(StoreError, match="not asked"):
        kept.rounds.code(round_.id, round_.units[0], coder="Ann", answers={"motive": Answer("x")})


def test_handing_in_needs_all_and_then_the_answers_stand(kept: Store) -> None:
    round_ = made(kept)
    with pytest.raises(StoreError, match="3 of its events are not coded"):
        kept.rounds.hand_in(round_.id, coder="Ann")
    for event in round_.units:
        code(kept, round_, event)
    kept.rounds.hand_in(round_.id, coder="Ann")
    assert set(kept.rounds.find(round_.id).handed_in) == {"Ann"}
    with pytest.raises(StoreError, match="handed in"):
        code(kept, round_, round_.units[0])


def test_an_adjudicator_is_no_coder_at_work(kept: Store) -> None:
    round_ = made(kept)
    with pytest.raises(StoreError, match="still codes"):
        kept.rounds.adjudicate(round_.id, round_.units[0], coder="Ann", answers={"type": Answer("killing")})
    kept.rounds.adjudicate(round_.id, round_.units[0], coder="Eda", answers={"event": Answer("yes", note="plain")})
    assert kept.rounds.codings(round_.id)[-1].is_adjudication


def test_a_closed_round_stays_as_it_is(kept: Store) -> None:
    round_ = made(kept)
    kept.rounds.close(round_.id, by="Eda")
    assert kept.rounds.find(round_.id).is_closed
    for act in (
        lambda: code(kept, round_, round_.units[0]),
        lambda: kept.rounds.adjudicate(round_.id, round_.units[0], coder="Eda", answers={}),
        lambda: kept.rounds.close(round_.id, by="Eda"),
    ):
        with pytest.raises(StoreError, match="closed"):
            act()


# ------------------------------------------------------------------ blindness
def test_all_about_the_pages_of_the_incident_is_hidden_until_handed_in(kept: Store) -> None:
    round_ = made(kept, size=1)
    unit = kept.rounds.unit(round_.id, round_.units[0])
    incident = kept.incident(unit.event_id)
    hidden = kept.rounds.hidden_from("Ann")
    pages = {telling.document.id for telling in incident.tellings}
    claims = {claim.id for event in kept.report(unit.document_id).events for claim in event.claims}
    assert hidden and dict(hidden.rounds) == {round_.id: "First"}
    assert {unit.document_id, unit.event_id, incident.id} | pages | claims <= hidden.ids
    assert len(pages) > 1
    assert not kept.rounds.hidden_from("Eda") and not kept.rounds.hidden_from("")
    code(kept, round_, unit.event_id)
    assert kept.rounds.hidden_from("Ann")
    kept.rounds.hand_in(round_.id, coder="Ann")
    assert not kept.rounds.hidden_from("Ann")
    assert kept.rounds.hidden_from("Ben")
    kept.rounds.close(round_.id, by="Eda")
    assert not kept.rounds.hidden_from("Ben")


def test_a_round_that_is_not_blind_hides_nothing(kept: Store) -> None:
    made(kept, blind=False)
    assert not kept.rounds.hidden_from("Ann")


def test_the_log_does_not_tell_the_answers(kept: Store) -> None:
    round_ = made(kept)
    code(kept, round_, round_.units[0], comment="a remark that nobody else may read")
    with sqlite3.connect(kept.path) as connection:
        told = [detail for action, detail in connection.execute("SELECT action, detail FROM log") if action in ("code", "adjudicate")]
    connection.close()
    assert len(told) == 1
    assert "bombing" not in told[0] and "remark" not in told[0]


def test_nothing_of_it_is_changed_or_deleted(kept: Store) -> None:
    round_ = made(kept)
    code(kept, round_, round_.units[0])
    with sqlite3.connect(kept.path) as connection:
        for table in ("rounds", "round_units", "codings"):
            with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                connection.execute(f"UPDATE {table} SET key = key")  # noqa: S608 - a constant
    connection.close()
    assert kept.verify() == ()
