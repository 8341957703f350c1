"""``search``, ``show``, ``export``, ``judge``, ``reread``, ``verify`` on a project file."""

import csv
import io
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from cli_runs import Run
from invented_reports import bomb_page
from purport.model import Count, Report, Role
from purport.store import Store
from purport.wire import report_from_json


def bomb() -> Report:
    return bomb_page()[1]


# ------------------------------------------------------------------ search
def test_search_prints_pages_events_and_what_was_found(run: Run, db: Path) -> None:
    result = run("search", db, "market type:bombing")
    assert result.exit_code == 0
    for words in ("The Harbour Courier", bomb().document.id, "BOMBING", bomb().events[0].id, "said by the governor", "1 of 1 page"):
        assert words in result.stdout
    assert "SHELLING" not in result.stdout


def test_search_pages_through(run: Run, db: Path) -> None:
    assert "1 of 3 pages" in run("search", db, "bomb", "--limit", "1").stdout
    assert "2–3 of 3 pages" in run("search", db, "bomb", "--limit", "2", "--offset", "1").stdout
    assert "none of 3 this far" in run("search", db, "bomb", "--offset", "9").stdout
    assert run("search", db, "zeppelin").stdout == "Nothing matches.\n"


def test_search_as_json(run: Run, db: Path) -> None:
    (line,) = run("search", db, "status:claimed", "--json").stdout.splitlines()
    assert [event.id for event in report_from_json(json.loads(line)).events] == [bomb().events[0].id]


@pytest.mark.parametrize("query", ["colour:red", "status:maybe", 'a "b', "date:yesterday"])
def test_a_query_that_makes_no_sense_is_wrong_use(run: Run, db: Path, query: str) -> None:
    result = run("search", db, query)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("query, character")


@pytest.mark.parametrize("command", [["search", "x"], ["show", "doc-123456"], ["verify"], ["export", "--format", "csv"], ["reread"]])
def test_a_project_file_that_is_not_there(run: Run, tmp_path: Path, command: list[str]) -> None:
    missing = tmp_path / "missing.purport"
    result = run(command[0], missing, *command[1:])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{missing}: no such project file (make one with `purport add`)\n"
    assert not missing.exists()


# ------------------------------------------------------------------ show
def test_show_a_page_an_event_and_a_claim(run: Run, db: Path) -> None:
    report, event = bomb(), bomb().events[0]
    claim = next(claim for claim in event.claims if isinstance(claim.value, Count))
    page, one, least = (run("show", db, id).stdout for id in (report.document.id, event.id, claim.id))
    assert "SHELLING" in page and "SHELLING" not in one
    assert "Farid Haddouli" in one and "Farid Haddouli" not in least
    assert "at least 12 killed" in least
    for shown in (page, one, least):
        assert "met: page.html" in shown and "read: rules 1" in shown and "bytes: sha256:" in shown


def test_show_a_source(run: Run, db: Path) -> None:
    link = next(link for link in bomb().attributions if link.parent_id)
    assert "The Islamic State (a party) ← the Tidewater Agency · admits" in run("show", db, link.id).stdout


def test_show_by_a_beginning_and_as_json(run: Run, db: Path) -> None:
    id = bomb().document.id
    shown = json.loads(run("show", db, id[:12], "--json").stdout)
    assert (shown["kind"], shown["id"]) == ("document", id)
    assert report_from_json(shown["report"]).document.id == id


def test_show_masked(run: Run, db: Path) -> None:
    event = bomb().events[0]
    for arguments in ([event.id], [event.claims[2].id], [event.id, "--json"]):
        assert "Haddouli" not in run("show", db, *arguments, "--mask-names").stdout


def test_show_what_is_not_there(run: Run, db: Path) -> None:
    result = run("show", db, "evt-ffffffffffff")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "evt-ffffffffffff: nothing has this id (look ids up with `purport search`)\n"


# ------------------------------------------------------------------ export
def test_names_are_withheld_in_an_export_unless_asked_for(run: Run, db: Path) -> None:
    masked = run("export", db, "--format", "csv")
    named = run("export", db, "--format", "csv", "--no-mask-names")
    assert "Haddouli" not in masked.stdout and "names of victims withheld" in masked.stderr
    assert "Haddouli" in named.stdout and "written out" in named.stderr
    assert len(list(csv.DictReader(io.StringIO(masked.stdout)))) == len(list(csv.DictReader(io.StringIO(named.stdout))))


@pytest.mark.parametrize(("format", "said"), [("jsonl", "3 pages"), ("csv", "claims"), ("geojson", "2 places")])
def test_export_to_a_file(run: Run, db: Path, tmp_path: Path, format: str, said: str) -> None:
    out = tmp_path / f"out.{format}"
    result = run("export", db, "--format", format, "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert said in result.stderr and str(out) in result.stderr
    assert out.read_text(encoding="utf-8")


def test_export_only_what_matches(run: Run, db: Path) -> None:
    exported = run("export", db, "--format", "geojson", "--filter", "type:shelling").stdout
    assert [feature["properties"]["place"] for feature in json.loads(exported)["features"]] == ["Homs"]


@pytest.fixture
def doubted(tmp_path: Path) -> tuple[Path, Report]:
    """A project file with one page: its bombing is told with confidence, where it was with less, the threatened shelling with little."""
    capture, report = bomb_page()
    bombing, shelling = report.events
    bombing = replace(bombing, claims=tuple(replace(c, confidence=0.5 if c.role is Role.PLACE else 0.75) for c in bombing.claims))
    shelling = replace(shelling, claims=tuple(replace(c, confidence=0.3) for c in shelling.claims))
    report = replace(report, events=(bombing, shelling))
    with Store(tmp_path / "doubted.purport", create=True) as store:
        store.add(capture, report)
    return tmp_path / "doubted.purport", report


@pytest.mark.parametrize(("at_least", "claims", "places"), [("0", 10, 2), ("0.5", 7, 1), ("0.51", 6, 0), ("0.76", 0, 0)])
def test_an_export_without_doubtful_claims(run: Run, doubted: tuple[Path, Report], at_least: str, claims: int, places: int) -> None:
    table = run("export", doubted[0], "--format", "csv", "--min-confidence", at_least)
    confidences = [float(row["confidence"]) for row in csv.DictReader(io.StringIO(table.stdout))]
    assert len(confidences) == claims and all(each >= float(at_least) for each in confidences)
    on_map = json.loads(run("export", doubted[0], "--format", "geojson", "--min-confidence", at_least).stdout)
    assert len(on_map["features"]) == places
    (page,) = run("export", doubted[0], "--format", "jsonl", "--min-confidence", at_least).stdout.splitlines()
    assert sum(len(event.claims) for event in report_from_json(json.loads(page)).events) == claims


@pytest.mark.parametrize(
    ("at_least", "shown", "hidden"), [("0.5", ["BOMBING", "Aleppo, Syria"], ["SHELLING"]), ("0.6", ["BOMBING"], ["Syria"])]
)
def test_show_a_page_without_doubtful_claims(
    run: Run, doubted: tuple[Path, Report], at_least: str, shown: list[str], hidden: list[str]
) -> None:
    db, report = doubted
    text = run("show", db, report.document.id, "--min-confidence", at_least).stdout
    assert all(words in text for words in shown) and not any(words in text for words in hidden)


def test_what_is_asked_for_by_its_id_is_shown_however_doubtful(run: Run, doubted: tuple[Path, Report]) -> None:
    db, report = doubted
    shelling = report.events[1]
    event, claim, source = (
        run("show", db, id, "--min-confidence", "0.5").stdout for id in (shelling.id, shelling.claims[-1].id, report.attributions[-1].id)
    )
    assert "SHELLING" in event and "Homs" not in event
    assert "« Homs »" in claim and "threatens" in source
    as_json = json.loads(run("show", db, shelling.id, "--min-confidence", "0.5", "--json").stdout)
    assert [(e["id"], e["claims"]) for e in as_json["report"]["events"] if e["type"] == "shelling"] == [(shelling.id, [])]


def test_search_by_confidence(run: Run, doubted: tuple[Path, Report]) -> None:
    found = run("search", doubted[0], "confidence:.6..").stdout
    assert "BOMBING" in found and "SHELLING" not in found
    assert run("search", doubted[0], "confidence:.6").exit_code == 2


def test_an_export_that_fails_leaves_the_old_file(run: Run, db: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("precious")
    assert run("export", db, "--format", "csv", "--filter", "colour:red", "--out", out).exit_code == 2
    assert run("export", db, "--format", "xml", "--out", out).exit_code == 2
    assert out.read_text() == "precious"
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name) == []


# ------------------------------------------------------------------ judge
def test_judgements_are_appended(run: Run, db: Path) -> None:
    claim = bomb().events[0].claims[-1].id
    value = '{"type": "count", "kind": "killed", "low": 13, "high": 13, "who": null}'
    assert run("judge", db, claim, "reject", "--coder", "Ada", "--note", "too low").exit_code == 0
    assert run("judge", db, claim, "correct", "--coder", "Ben", "--value", value).exit_code == 0
    with Store(db, read_only=True) as store:
        first, second = store.judgements(claim)
    assert (first.verdict, first.coder, first.note) == ("reject", "Ada", "too low")
    assert second.value == Count("killed", 13, 13)
    assert "judged: reject by Ada" in run("show", db, claim).stdout


WRONG = [
    (["clm-nothing", "accept"], 1, "clm-nothing: no such claim"),
    (["CLAIM", "maybe"], 2, "no verdict: 'maybe'"),
    (["CLAIM", "correct"], 1, "a correction needs a value"),
    (["CLAIM", "correct", "--value", "13"], 2, "--value: no value of a claim"),
    (["CLAIM", "correct", "--value", "{"], 2, "--value: no value of a claim"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG)
def test_judgements_that_cannot_be(run: Run, db: Path, arguments: list[str], code: int, said: str) -> None:
    claim = bomb().events[0].claims[-1].id
    result = run("judge", db, *[claim if argument == "CLAIM" else argument for argument in arguments], "--coder", "Ada")
    assert result.exit_code == code
    assert said in result.stderr and "Traceback" not in result.stderr
    with Store(db, read_only=True) as store:
        assert store.judgements(claim) == ()


# ------------------------------------------------------------------ reread, verify
def test_reread_lists_what_is_said_differently(run: Run, db: Path) -> None:
    result = run("reread", db)
    assert result.exit_code in (0, 1)
    assert f"{bomb().document.id}  page.html" in result.stdout or "page.html" in result.stdout
    assert "  - count: at least 12 killed (people) « at least 12 people »  clm-" in result.stdout
    assert "3 pages read again" in result.stdout
    assert "0 pages read again: 0 changed, 0 claims as before, 0 failed" in run("reread", db).stdout


def test_verify(run: Run, db: Path) -> None:
    assert run("verify", db).stdout.startswith(f"{db} is whole: 3 captures, 3 readings, 4 events")
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE claims SET words = 'at least 99 people' WHERE words = 'at least 12 people'")
    connection.close()
    result = run("verify", db)
    assert result.exit_code == 1
    broken = next(claim.id for claim in bomb().events[0].claims if claim.words == "at least 12 people")
    assert result.stdout.startswith(f"{broken}: ")
    assert "1 thing is broken" in result.stderr
