"""``incident`` and ``incidents`` on a project file that was merged."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import purport
from cli_runs import Run
from purport import merging
from purport.decisions import LogFilter, SensitivityLevel
from purport.errors import QueryError
from purport.store import Store

PAGES = {
    "Highland Wire Agency": "A car bomb exploded at a market in Kirkuk on Monday and killed 11 people, the governor said.",
    "Coast Gazette": "A car bomb exploded at a market in Kirkuk on Monday and killed 14 people, doctors at the hospital said.",
    "Dune Post": "Gunmen attacked a village near Gao in Mali on 2 February 2022 and killed three farmers, residents said.",
}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Three pages, two of them of one bombing, read and merged once."""
    folder = tmp_path_factory.mktemp("merged")
    path = folder / "project.purport"
    with Store(path, create=True) as store:
        for outlet, text in PAGES.items():
            page = folder / f"{outlet}.txt"
            page.write_text(text, encoding="utf-8")
            purport.add(store, [str(page)], settings=purport.Settings(outlet=outlet, published="2022-03-08"))
        merging.merge(store)
    yield path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_list_and_one_of_it(run: Run, merged: Path) -> None:
    listed = run("incidents", merged, "--min-pages", "2")
    assert listed.exit_code == 0 and listed.stdout.rstrip().endswith("1 incident.")
    (found,) = purport.incidents(merged, min_pages=2)
    assert found.incident.id in listed.stdout
    shown = run("incident", merged, found.incident.id[:12], "--policy", "range")
    assert shown.exit_code == 0
    for words in ("Who says what", "hospital staff", "11", "14", "Resolved by policy range 1", "What cannot all be true"):
        assert words in shown.stdout
    assert run("incident", merged, found.incident.events[0].id).stdout.splitlines()[0] == shown.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("options", "number"),
    [
        ([], 2),
        (["--type", "bombing"], 1),
        (["--place", "Gao"], 1),
        (["--place", "Paris"], 0),
        (["--since", "2022-03"], 1),
        (["--until", "2022-02"], 1),
        (["--since", "2023"], 0),
        (["--disputed"], 1),
        (["--undisputed"], 1),
        (["--min-sources", "2"], 1),
        (["--min-sources", "9"], 0),
        (["--actor", "nobody at all"], 0),
        (["--actor", "farmers"], 1),
        (["--status", "unrealised"], 0),
        (["--limit", "1"], 1),
        (["--limit", "5", "--offset", "1"], 1),
    ],
)
def test_filters(run: Run, merged: Path, options: list[str], number: int) -> None:
    result = run("incidents", merged, "--json", *options)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == number


def test_json_states_the_policy(run: Run, merged: Path) -> None:
    for line in run("incidents", merged, "--json", "--policy", "ucdp").stdout.splitlines():
        record = json.loads(line)
        assert record["schema"] == "purport-incident/1"
        assert record["resolution"]["policy"] == "ucdp 1" and record["resolution"]["stated"]
        claims = {claim for origin in record["origins"] for page in origin["pages"] for claim in page["claims"]}
        assert (
            claims and {saying["claim_id"] for contest in record["claims"] for v in contest["values"] for saying in v["sayings"]} >= claims
        )


def test_csv_has_a_row_a_value_and_states_the_policy(run: Run, merged: Path) -> None:
    found = rows(run("incidents", merged, "--csv", "--policy", "acled", "--min-pages", "2").stdout)
    killed = {row["value"]: row for row in found if row["kind"] == "killed" and not row["who"]}
    assert set(killed) == {"11", "14"}
    for row in killed.values():
        assert (row["policy"], row["resolved_best"], row["role_disputed"]) == ("acled 1", "11", "yes")
    assert killed["14"]["given_by"] == "hospital staff (third party)"
    assert rows(run("incidents", merged, "--csv").stdout)[0]["policy"] == ""


def test_an_order_of_sources(run: Run, merged: Path, tmp_path: Path) -> None:
    order = tmp_path / "order.yaml"
    order.write_text("- hospital staff\n- third party\n", encoding="utf-8")
    result = run("incidents", merged, "--csv", "--policy", "source-hierarchy", "--order", order, "--min-pages", "2")
    assert {row["resolved_best"] for row in rows(result.stdout) if row["kind"] == "killed"} == {"14"}


def test_html_holds_the_incidents_and_their_pages(run: Run, merged: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    result = run("incidents", merged, "--min-pages", "2", "--policy", "ucdp", "--html", report)
    assert result.exit_code == 0 and "1 incident with 2 pages" in result.stderr
    text = report.read_text(encoding="utf-8")
    assert text.count('class="incident"') == 1 and text.count('<article id="p') == 2 and "policy ucdp 1" in text


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--status", "sure"], "--status: no status 'sure'"),
        (["--since", "yesterday"], "--since: no date"),
        (["--policy", "best"], "no policy 'best'"),
        (["--policy", "source-hierarchy"], "needs your order"),
        (["--csv", "--json"], "only one form"),
    ],
)
def test_wrong_use(run: Run, merged: Path, options: list[str], complaint: str) -> None:
    result = run("incidents", merged, *options)
    assert result.exit_code == 2 and complaint in result.stderr


def test_ids_that_are_none(run: Run, merged: Path) -> None:
    assert run("incident", merged, "inc-ffffffffffffffff").exit_code == 1
    assert run("incidents", merged, "--place", "Paris").stdout == "No incident is all that (`purport merge` makes them).\n"


def test_names_of_victims_are_withheld(run: Run, merged: Path) -> None:
    text = run("incidents", merged, "--json", "--mask-names").stdout
    assert len(text.splitlines()) == 2


def test_the_python_names(merged: Path) -> None:
    with Store(merged, read_only=True) as store:
        (found,) = purport.incidents(store, type="bombing")
        assert purport.account(store, found.incident.id) == found
        assert purport.account_of(found.incident) == found
    with pytest.raises(QueryError):
        next(iter(purport.incidents(merged, status="sure")))


def test_a_report_of_pages_read_shows_what_several_tell(run: Run, tmp_path: Path) -> None:
    pages = []
    for outlet, text in PAGES.items():
        pages.append(tmp_path / f"{outlet}.txt")
        pages[-1].write_text(text, encoding="utf-8")
    report = tmp_path / "report.html"
    assert run("read", *pages, "--published", "2022-03-08", "--html", report).exit_code == 0
    text = report.read_text(encoding="utf-8")
    assert text.count('class="incident"') == 1 and text.count('<article id="p') == 3


@pytest.fixture
def sensitive(merged: Path, tmp_path: Path) -> Path:
    """A copy in which the incident in Mali is restricted."""
    copy = tmp_path / "project.purport"
    with closing(sqlite3.connect(merged)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
    with Store(copy) as store:
        (event,) = [event.id for report in store.reports("outlet:Dune") for event in report.events]
        store.reviews.set_sensitivity([event], level=SensitivityLevel.RESTRICTED, why="a witness", coder="Cass")
    return copy


def exports(path: Path) -> list[dict[str, object]]:
    """What the log says that left the copy since it was made (its newest entry before then is the sensitivity)."""
    with Store(path, read_only=True) as store:
        entries = list(store.audit.entries(LogFilter()))
        since = next(number for number, entry in enumerate(entries) if entry.action == "sensitivity")
        return [dict(entry.detail) for entry in entries[:since] if entry.action == "export"]


def test_restricted_incidents_stay_out_of_tables_and_reports_and_the_log_says_what_went(run: Run, sensitive: Path, tmp_path: Path) -> None:
    table = run("incidents", sensitive, "--csv")
    assert (table.exit_code, "Gao" in table.stdout, "Kirkuk" in table.stdout) == (0, False, True)
    assert "1 page of restricted incidents left out (--include-restricted)" in table.stderr
    assert "Gao" in run("incidents", sensitive, "--csv", "--include-restricted").stdout
    report = tmp_path / "report.html"
    assert run("incidents", sensitive, "--html", report).exit_code == 0
    assert "Gao" not in report.read_text()
    told = [(entry["format"], entry["number"], entry["restricted"]) for entry in exports(sensitive)]
    assert sorted(told) == [("incidents csv", 1, False), ("incidents csv", 2, True), ("incidents html", 1, False)]
    assert "Gao" in run("incidents", sensitive).stdout
    assert len(exports(sensitive)) == 3


@pytest.mark.parametrize(("command", "option", "name"), [("incident", "--html", "incident html"), ("bundle", "--out", "bundle")])
def test_a_restricted_incident_leaves_only_when_that_is_said(
    run: Run, sensitive: Path, tmp_path: Path, command: str, option: str, name: str
) -> None:
    (found,) = purport.incidents(sensitive, place="Gao")
    out = tmp_path / "out.file"
    refused = run(command, sensitive, found.incident.id, option, out)
    assert (refused.exit_code, out.exists(), exports(sensitive)) == (2, False, [])
    assert "--include-restricted" in refused.stderr
    assert run(command, sensitive, found.incident.id, option, out, "--include-restricted").exit_code == 0
    (entry,) = exports(sensitive)
    assert (entry["format"], entry["restricted"], out.exists()) == (name, True, True)
    (other,) = purport.incidents(sensitive, place="Kirkuk")
    assert run(command, sensitive, other.incident.id, option, out).exit_code == 0
