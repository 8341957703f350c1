"""``purport merge``: a summary, people's word, what waits for a person."""

import json
from pathlib import Path

import pytest
from benchmarks.invented import reports

from cli_runs import Run
from purport.store import Store


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    path = tmp_path / "many.purport"
    with Store(path, create=True) as store:
        for page in reports(300, seed=4):
            store.add(page.capture, page.report)
    return path


def test_a_summary_and_then_nothing_to_do(run: Run, linked: Path) -> None:
    first = run("merge", linked)
    assert first.exit_code == 0
    assert first.stdout.startswith("300 pages compared: ") and "incidents, " in first.stdout
    again = json.loads(run("merge", linked, "--json").stdout)
    assert (again["pages"], again["moved"]) == (0, 0) and again["incidents"] > again["of_several_pages"] > 0
    assert run("verify", linked).exit_code == 0


def test_a_persons_word(run: Run, linked: Path) -> None:
    run("merge", linked)
    with Store(linked) as store:
        one, other = [entry.id for entry in store.incidents(limit=2)]
    said = run("merge", linked, "--same", one, other, "--coder", "lena", "--note", "the same funeral")
    assert said.exit_code == 0 and " same, lena, " in said.stdout
    with Store(linked) as store:
        assert store.incident_of(one) == store.incident_of(other)
    undone = json.loads(run("merge", linked, "--undo", one, other, "--coder", "lena", "--json").stdout)
    assert undone["judgements"][0]["verdict"] == "withdrawn"
    with Store(linked) as store:
        assert store.incident_of(one) != store.incident_of(other)
        assert next(judgement.note for judgement in store.link_judgements(*store.events_of(one))) == "the same funeral"


def test_an_event_is_split_off(run: Run, linked: Path) -> None:
    run("merge", linked)
    with Store(linked) as store:
        entry = next(store.incidents())
    event = entry.event_ids[-1]
    assert run("merge", linked, "--different", event, entry.id, "--coder", "lena").exit_code == 0
    with Store(linked) as store:
        assert store.incident(event).id != entry.id and len(store.incident(entry.id).events) == len(entry.event_ids) - 1


def test_what_waits_for_a_person(run: Run, linked: Path) -> None:
    assert run("merge", linked, "--proposals").stdout == "nothing waits for a person\n"
    run("merge", linked)
    lines = run("merge", linked, "--proposals", "--json", "--limit", "3").stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert 0 < len(found) <= 3
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    assert all(one["incidents"][0] != one["incidents"][1] and one["reasons"] for one in found)
    assert f"{found[0]['incidents'][0]} and {found[0]['incidents'][1]}" in run("merge", linked, "--proposals").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--same", "evt-000000", "evt-111111"], "no incident has this id"),
        (["--same", "a", "b", "--undo", "a", "b"], "only one judgement at a time"),
    ],
)
def test_wrong_use(run: Run, linked: Path, arguments: list[str], said: str) -> None:
    result = run("merge", linked, *arguments)
    assert result.exit_code != 0 and said in result.stderr


def test_an_unread_page_is_linked_by_its_sketch(run: Run, db: Path) -> None:
    assert run("merge", db).exit_code == 0
    assert run("verify", db).exit_code == 0
