"""``purport evaluate``: a user's own gold."""

import json
from pathlib import Path

import pytest

from cli_runs import Run

TEXT = "A car bomb killed 12 people in Aleppo on Tuesday, the governor said."


def gold(**changes: object) -> dict[str, object]:
    event = {
        "triggers": [[2, 10]],
        "type": "bombing",
        "reality": "actual",
        "voice": "sources",
        "certainty": "certain",
        "disputed": False,
        "roles": [{"role": "place", "span": [31, 37], "att": 0, "name": "Aleppo", "country": "SY"}],
        "counts": [{"kind": "killed", "span": [18, 27], "low": 12, "high": 12, "who": "people", "att": 0}],
        "attributions": [{"chain": [[50, 62]], "cue": [63, 67], "stance": "says", "about": "event"}],
    }
    return {"id": "a", "text": TEXT, "published": "2015-03-04", "events": [event | changes]}


def test_figures_of_the_reader_on_own_gold(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "gold.jsonl", tmp_path / "read.jsonl"
    path.write_text(json.dumps(gold()) + "\n\n")
    result = run("evaluate", path, "--json", "--predictions", out)
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    assert figures["documents"] == 1
    assert figures["event"]["gold"] == figures["count"]["gold"] == figures["source"]["gold"] == 1
    assert figures["event"]["hits"] == 1
    assert set(figures["event"]) == {"p", "r", "f", "hits", "read", "gold"}
    assert json.loads(out.read_text())["id"] == "a"
    table = run("evaluate", path).stdout
    assert "event_typed" in table and "told_as_fact" in table


BAD = [
    ("", "no record in it"),
    ("{", "line 1: no gold record"),
    ('{"id": "a", "text": "b"}', "line 1: no gold record: lacks 'events'"),
    ("[1]", "line 1: no gold record: not an object"),
    ('{"id": 1, "text": "b", "events": []}', "id and text must be strings"),
    (json.dumps(gold(triggers=[[5, 999]])), "is not a span"),
    (json.dumps(gold(triggers=[["a", 3]])), "is not a span"),
    (json.dumps({**gold(), "events": [{"type": "bombing"}]}), "lacks"),
    (json.dumps(gold()) + "\n" + json.dumps(gold()), "the id 'a' stands there twice"),
]


@pytest.mark.parametrize(("content", "said"), BAD)
def test_gold_that_is_none_is_named_by_its_line(run: Run, tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    result = run("evaluate", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(str(path)) and said in result.stderr


def test_gold_that_is_not_there_or_no_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    assert run("evaluate", path).stderr.startswith(f"{path}: No such file")
    path.write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in run("evaluate", path).stderr
