"""``compare``: a project file beside a table."""

import csv
import io
import json
from pathlib import Path

import pytest

from cli_runs import Run
from purport.merging import merge
from purport.store import Store

#: The page of the project file tells of a car bomb in Aleppo on 3 March 2015 with at least 12 dead.
TABLE = (
    "date,place,country,lat,lon,actor,deaths\n"
    "2015-03-03,Aleppo,Syria,36.2,37.16,Islamic State,{deaths}\n"
    "2015-03-09,Homs,Syria,34.7,36.7,X,1\n"
)


@pytest.fixture
def linked(db: Path) -> Path:
    with Store(db) as store:
        merge(store)
    return db


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE.format(deaths=15), encoding="utf-8")
    return path


def test_matched_and_missing(run: Run, linked: Path, table: Path) -> None:
    result = run("compare", linked, "--with", table)
    assert result.exit_code == 0
    assert "1 matched, 0 of them different; 50% of the rows found." in result.stdout
    assert "2015-03-09, Homs" in result.stdout


def test_a_difference_says_whose_claim(run: Run, linked: Path, table: Path) -> None:
    table.write_text(TABLE.format(deaths=3), encoding="utf-8")
    found = json.loads(run("compare", linked, "--with", table, "--json").stdout)
    (difference,) = found["matched"][0]["differences"]
    assert (difference["field"], difference["ours"]["words"], difference["theirs"]) == ("deaths", "at least 12", "3")
    assert difference["ours"]["sources"] == ["the governor"]
    assert found["counts"] | {"extra": 0, "beyond": 0} == {
        "matched": 1, "different": 1, "missing": 1, "extra": 0, "beyond": 0, "unreal": found["counts"]["unreal"], "unread_lines": 0,
    }  # fmt: skip


def test_as_csv(run: Run, linked: Path, table: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("compare", linked, "--with", table, "--csv").stdout)))
    assert [row["line"] for row in rows if row["status"] in ("matched", "missing")] == ["2", "3"]


def test_a_line_that_cannot_be_read_is_named_and_the_run_goes_on(run: Run, linked: Path, table: Path) -> None:
    table.write_text(TABLE.format(deaths="some"), encoding="utf-8")
    result = run("compare", linked, "--with", table)
    assert result.exit_code == 1
    assert "1 missing" in result.stdout
    assert "table.csv#2" in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--json", "--csv"),
        ("--columns", "date"),
        ("--columns", "colour=date"),
        ("--columns", "date=Tag"),
        ("--columns", "date=date,date=date"),
    ],
)
def test_wrong_use(run: Run, linked: Path, table: Path, options: tuple[str, ...]) -> None:
    result = run("compare", linked, "--with", table, *options)
    assert (result.exit_code, result.stdout) == (2, "")


def test_columns_of_ones_own(run: Run, linked: Path, table: Path) -> None:
    table.write_text("Tag;Ort;Tote\n3.3.2015;Aleppo;15\n", encoding="utf-8")
    assert "1 matched" in run("compare", linked, "--with", table, "--columns", "date=Tag,place=Ort,deaths=Tote").stdout


def test_no_such_table(run: Run, linked: Path, tmp_path: Path) -> None:
    result = run("compare", linked, "--with", tmp_path / "nowhere.csv")
    assert result.exit_code == 1
    assert "nowhere.csv" in result.stderr
