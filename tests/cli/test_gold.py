"""``purport gold``: from each form into each other, and drafts of a project file's pages."""

import json
from pathlib import Path

import pytest

from cli_runs import Run
from invented_reports import bomb_page
from purport.resources import text_of
from purport.store import Store


@pytest.mark.parametrize("form", ["brat", "webanno", "label-studio"])
def test_through_a_form_and_back(run: Run, form: str, tmp_path: Path) -> None:
    gold, there, back = tmp_path / "gold.jsonl", tmp_path / "there", tmp_path / "back.jsonl"
    gold.write_text(text_of("examples/gold.jsonl"), encoding="utf-8")
    assert run("gold", gold, "--to", form, "--out", there).exit_code == 0
    result = run("gold", there / "tasks.json" if form == "label-studio" else there, "--out", back)
    assert (result.exit_code, result.stdout) == (0, f"6 pages: {back}\n")
    before, after = ([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] for path in (gold, back))
    assert {record["text"] for record in after} == {record["text"] for record in before}
    assert sum(len(record["events"]) for record in after) == sum(len(record["events"]) for record in before)


def test_drafts_of_a_project_file(run: Run, tmp_path: Path) -> None:
    with Store(tmp_path / "project.purport", create=True) as store:
        store.add(*bomb_page())
    assert run("gold", tmp_path / "project.purport", "--to", "brat", "--out", tmp_path / "drafts").exit_code == 0
    assert len(list((tmp_path / "drafts").glob("*.ann"))) == 1
    assert run("gold", tmp_path / "project.purport", "--query", "nowhere", "--out", tmp_path / "none.jsonl").stdout.startswith("0 pages")


def test_annotations_are_gold_for_evaluate(run: Run, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(text_of("examples/gold.jsonl").splitlines()[0], encoding="utf-8")
    run("gold", gold, "--to", "brat", "--out", tmp_path / "coded")
    figures = [json.loads(run("evaluate", path, "--json").stdout) for path in (gold, tmp_path / "coded")]
    assert figures[0] == figures[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "xmi", "--out", "new"], "no form 'xmi'"),
        (["--to", "brat", "--out", "."], "not empty"),
    ],
)
def test_wrong_use(run: Run, arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gold.jsonl").write_text(text_of("examples/gold.jsonl"), encoding="utf-8")
    result = run("gold", "gold.jsonl", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_an_empty_folder(run: Run, tmp_path: Path) -> None:
    result = run("gold", tmp_path, "--out", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert "no page of brat" in result.stderr
