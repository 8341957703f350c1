"""A codebook in a project file: kept, logged, verified; commands; quick coding; exports."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from invented_reports import bomb_page
from local_client import LocalClient
from purport import merging
from purport.cli.app import app
from purport.codebook import as_coded, in_use, using
from purport.codebook.parsing import of_text
from purport.codebook.records import Codebook
from purport.codebook.worked import worked
from purport.exporting import export
from purport.resources import text_of
from purport.review.fields import codebook as fields_of
from purport.serve.app import create_app
from purport.store import Store
from purport.store import connection as store_connection
from purport.wire import report_from_json, told_to_json

BOOK = """name: mine
version: 2
title: Attacks
groups:
  harm: {label: Harm}
types:
  ied: {label: IED attack, from: bombing, group: harm}
  menace: {label: Menace, from: shelling}
roles:
  hurt: {label: Hurt, fills: target}
  dead: {label: Dead, fills: count, count: killed}
  motive: {label: Motive, by: hand, question: "Why?", form: choice, choices: {p: politics, r: religion}, of: ied}
statuses:
  firm: {label: Firm, when: {certainty: certain}}
  loose: {label: Loose}
"""


@pytest.fixture(scope="module")
def book() -> Codebook:
    return of_text(BOOK)


@pytest.fixture
def project(tmp_path: Path, book: Codebook) -> Path:
    """A project with one page, coded by the codebook, and its incidents."""
    path = tmp_path / "project.purport"
    with Store(path, create=True) as store:
        store.codebooks.use(book, coder="ana")
    with Store(path) as store:
        capture, report = bomb_page()
        store.add(capture, as_coded(report, said={}, words={}))
        merging.merge(store)
    return path


# ------------------------------------------------------------------ kept
def test_a_store_uses_its_codebook_as_long_as_it_is_open(project: Path, book: Codebook) -> None:
    assert not in_use()
    with Store(project) as store:
        assert in_use() == book == store.codebooks.current()
    assert not in_use()


def test_the_same_again_is_not_kept_again(project: Path, book: Codebook) -> None:
    with Store(project) as store:
        assert not store.codebooks.use(book, coder="ben")
        assert store.codebooks.use(None, coder="ben")
        assert store.codebooks.current() is None
        assert store.codebooks.use(book, coder="ben")
        assert [(each.name, each.version, each.coder) for each in store.codebooks.history()] == [
            ("mine", "2", "ana"),
            ("purport", "", "ben"),
            ("mine", "2", "ben"),
        ]
        assert store.verify() == ()


@pytest.mark.parametrize("change", ["text = text || ' '", "actors = 'x'", "digest = 'x'", "text = '', digest = ''"])
def test_a_codebook_that_was_changed_is_found(project: Path, change: str) -> None:
    connection = sqlite3.connect(project)
    with connection:
        connection.execute(f"UPDATE codebooks SET {change}")  # noqa: S608 - a constant
    connection.close()
    with Store(project) as store:
        assert any("codebook mine is not the one in the log" in each.what for each in store.verify())


def test_an_older_file_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.purport"
    with monkeypatch.context() as older:
        older.setattr(store_connection, "SCHEMA_NUMBER", 3)
        sqlite3.connect(path).close()
        Store(path, create=True).close()
    with Store(path, read_only=True) as store:
        assert store.codebooks.current() is None
        assert store.codebooks.history() == ()
    with Store(path) as store:
        assert store.codebooks.use(of_text(BOOK), coder="ana")


# ------------------------------------------------------------------ quick coding
def test_quick_coding_asks_what_the_codebook_says(book: Codebook) -> None:
    plain = fields_of()
    with using(book):
        asked = fields_of()
    assert list(asked.fields) == [*plain.fields, "motive"]
    choices = asked.fields["type"].choices
    assert list(choices.values())[:2] == ["ied", "menace"]
    assert "bombing" not in choices.values() and "abuse" in choices.values()
    assert len(set(choices)) == len(choices)
    assert asked.fields["target"].label == "Hurt"
    assert asked.fields["killed"].label == "Dead"
    assert asked.fields["place"] == plain.fields["place"]
    motive = asked.fields["motive"]
    assert (dict(motive.choices), motive.question, motive.role) == ({"p": "politics", "r": "religion"}, "Why? Of: IED attack.", None)
    assert fields_of() == plain


def test_keys_of_types_are_their_own() -> None:
    with using(worked("acled")):
        choices = fields_of().fields["type"].choices
    assert choices["a"] == "air_drone_strike"
    assert len(choices) == 25


def test_a_round_with_a_field_by_hand(project: Path) -> None:
    with LocalClient(create_app(project)) as client:
        page = client.get("/rounds/new").text
        assert "Motive" in page
        csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
        given = {"csrf": csrf, "name": "First", "query": "", "field": ["type", "motive"], "more_coders": "ana", "seed": "1"}
        made = client.post("/rounds", data=given)
        assert made.status_code == 200, made.text
        coding = client.get(f"{made.url.path}/code", follow_redirects=True).text
    assert made.url.path.startswith("/rounds/")
    assert "politics" in coding or "Motive" in made.text


# ------------------------------------------------------------------ pages
def test_pages_speak_as_the_codebook(project: Path) -> None:
    with Store(project) as store:
        report = next(store.reports())
        document, incident = report.document.id, store.incident_of(report.events[0].id)
    with LocalClient(create_app(project)) as client:
        found, page, told = (client.get(path).text for path in ("/find", f"/document/{document}", f"/incident/{incident}"))
    for words in ("IED attack", "Menace", "Firm"):
        assert words in found
    for words in ("IED attack", "Menace", "Hurt", "Firm"):
        assert words in page
    assert "Dead" in told


def test_a_running_workbench_follows_a_new_codebook(project: Path) -> None:
    with Store(project) as store:
        document = next(store.reports()).document.id
    with LocalClient(create_app(project)) as client:
        assert "IED attack" in client.get(f"/document/{document}").text
        with Store(project) as store:
            store.codebooks.use(of_text(BOOK.replace("IED attack", "Explosive attack")), coder="ana")
        assert "Explosive attack" in client.get(f"/document/{document}").text


def test_the_api_says_what_the_codebook_calls_it(project: Path) -> None:
    with LocalClient(create_app(project)) as client:
        (report,) = client.get("/api/v1/reports").json()["items"]
    assert {event["own"]["label"] for event in report["events"]} == {"IED attack", "Menace"}
    jsonschema.validate(report, json.loads(text_of("schema/report.schema.json")))


def test_the_codebook_can_be_looked_up(project: Path) -> None:
    with LocalClient(create_app(project)) as client:
        page = client.get("/codebook").text
        assert client.get("/find").text.count('href="/codebook"') == 1
    for words in ("Attacks", "IED attack", "Harm", "Motive", "Why?", "Firm", "Types of purport beside these", "air strike"):
        assert words in page
    with Store(project) as store:
        store.codebooks.use(None, coder="ana")
    with LocalClient(create_app(project)) as client:
        page = client.get("/codebook").text
        assert 'href="/codebook"' not in client.get("/find").text
    assert "This project uses the types of purport" in page
    assert "bombing" in page


def test_scripts_in_a_codebook_stay_inert(project: Path) -> None:
    evil, text = "<script>alert(1)</script>", BOOK
    for words in ("IED attack", "Harm", "Firm", "Hurt"):
        text = text.replace(words, evil)
    with Store(project) as store:
        store.codebooks.use(of_text(text), coder="ana")
        report = next(store.reports())
        event = report.events[0].id
        incident = store.incident_of(event)
    with LocalClient(create_app(project)) as client:
        for path in ("/codebook", "/find", f"/document/{report.document.id}", f"/incident/{incident}", f"/review/{event}", "/rounds/new"):
            page = client.get(path).text
            assert evil not in page
            assert "alert(1)" in page


def test_a_bundle_of_it_is_whole(project: Path, tmp_path: Path) -> None:
    with Store(project) as store:
        incident = store.incident_of(next(store.reports()).events[0].id)
    out = tmp_path / "out.wacz"
    assert run("bundle", project, incident, "--out", out)[0] == 0
    assert run("verify", out)[0] == 0


# ------------------------------------------------------------------ exports
def test_json_comes_back_as_it_went(book: Codebook) -> None:
    _, report = bomb_page()
    with using(book):
        coded = as_coded(report, said={}, words={})
        record = told_to_json(coded)
    assert {event["own"]["group"] for event in record["events"]} == {"harm", None}
    assert "dead" in {claim["own_role"] for event in record["events"] for claim in event["claims"]}
    assert report_from_json(record) == coded
    assert "own" not in told_to_json(report)["events"][0]


def exported(project: Path, format: str) -> list[dict[str, str]]:
    out = io.StringIO()
    with Store(project) as store:
        export(store, out, format=format)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_tables_have_columns_of_the_codebook(project: Path) -> None:
    claims = exported(project, "csv")
    assert {row["event_label"] for row in claims} == {"IED attack", "Menace"}
    assert {row["event_group"] for row in claims} == {"Harm", ""}
    assert {row["own_status"] for row in claims} <= {"firm", "loose"}
    assert "dead" in {row["own_role"] for row in claims}
    incidents = exported(project, "incidents")
    assert {row["type_label"] for row in incidents} == {"IED attack", "Menace"}
    assert any("dead: at least 12 killed" in row["own_roles"] for row in incidents)
    with Store(project) as store:
        store.codebooks.use(None, coder="ana")
    assert "own_role" not in exported(project, "csv")[0]
    assert "own_roles" not in exported(project, "incidents")[0]


@pytest.mark.parametrize("format", ["xlsx", "parquet", "geoparquet"])
def test_binary_tables_take_them_too(project: Path, tmp_path: Path, format: str) -> None:
    with Store(project) as store:
        assert export(store, tmp_path / f"out.{format}", format=format).number >= 1


# ------------------------------------------------------------------ commands
def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    return done.exit_code, done.output


def test_check_says_what_is_wrong_and_leaves_with_1(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_text("name: x\nversion: 1\ntypes:\n  a: {form: killing}\n")
    code, said = run("codebook", "check", path)
    assert code == 1
    assert f"{path}:4: types a: unknown key 'form'. Did you mean `from`." in said
    assert "1 error" in said


def test_warnings_are_errors_if_asked(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_text("name: x\nversion: 1\ntypes:\n  a: {from: killing}\n")
    assert run("codebook", "check", path, "--no-examples")[0] == 0
    assert run("codebook", "check", path, "--no-examples", "--strict")[0] == 1


@pytest.mark.parametrize("arguments", [("chek", "x"), ("check",), ("use", "x"), ("new", "a", "b"), ("show", "a", "b")])
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    assert run("codebook", *arguments)[0] == 2


@pytest.mark.parametrize("like", ["purport", "acled", "detention"])
def test_new_writes_one_that_can_be_shown(tmp_path: Path, like: str) -> None:
    path = tmp_path / "mine.yaml"
    assert run("codebook", "new", path, "--like", like)[0] == 0
    code, said = run("codebook", "show", path)
    assert code == 0
    assert worked(like).title in said
    assert run("codebook", "new", path)[0] == 2


def test_use_keeps_it_and_says_what_to_do(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    run("codebook", "new", path, "--like", "detention")
    code, said = run("codebook", "use", project, path, "--coder", "ana")
    assert code == 0
    assert "detention 1 is in use" in said
    assert "1 page was read with another codebook; run `purport reread" in said
    assert "in use already" in run("codebook", "use", project, path)[1]
    assert "Enforced disappearance" in run("codebook", "show", project)[1]
    assert "ana took the codebook detention 1 into use" in run("audit", project)[1]
    assert "the codebook of the package is in use" in run("codebook", "use", project, "purport")[1]
    assert run("codebook", "use", project, tmp_path / "none.yaml")[0] == 1


def test_read_with_a_codebook(tmp_path: Path) -> None:
    page, path = tmp_path / "page.txt", tmp_path / "mine.yaml"
    page.write_text("Rebels shelled Gao on Monday, killing three people.\n")
    path.write_text("name: x\nversion: 1\ntypes:\n  guns: {label: Heavy guns, from: shelling}\n")
    code, said = run("read", page, "--codebook", path)
    assert code == 0
    assert "HEAVY GUNS" in said
    assert not in_use()
