"""The evaluation harness: answers stay hidden from the reader, every task runs through, floors only rise."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evaluation.everything import Figure, below_floors, pick, raised, suite, table
from evaluation.hiding import ALLOWED, EXTRA, hide
from evaluation.predict import OWN_TASKS, TASKS, predict_file, predictions, predictor, read_jsonl

from evaluation import everything
from purport.errors import InputError
from purport.settings import Settings

Record = dict[str, Any]

ROOT = Path(__file__).parents[2]
SCORER = ROOT.parent / "shared" / "scorers" / "score.py"
TEXT = "Rebels shelled Gao on 16 May 2016, killing three soldiers, police said. The minister blamed the militia."
HTML = f"<!doctype html><html><head><title>Shelling</title></head><body><article><h1>Shelling</h1><p>{TEXT}</p></article></body></html>"
SECRET = "Zzanswer"
TOKENS = TEXT.split()


def gold(task: str) -> Record:
    """An invented record of a task's gold format; every answer holds the secret word or the secret number."""
    common: Record = {
        "id": "g1",
        "text": TEXT,
        "published": "2016-05-18",
        "title": "Shelling",
        "url": "https://a.example/1",
        "split": "dev",
    }
    answers: dict[str, Record] = {
        "attributed_events": {
            "events": [
                {
                    **{"triggers": [[7, 14]], "type": "shelling", "reality": "actual", "voice": "sources", "certainty": "certain"},
                    "disputed": False,
                    "roles": [{"role": "place", "span": [15, 18], "att": None, "name": SECRET, "country": "ML"}],
                    "counts": [{"kind": "killed", "span": [43, 57], "low": 3, "high": 3, "who": SECRET, "att": None}],
                    "attributions": [{"chain": [[59, 65]], "cue": [66, 70], "stance": "says", "about": SECRET}],
                }
            ]
        },
        "attribution": {"attributions": [{"id": SECRET, "source": [[59, 65]], "cue": [[66, 70]], "content": [[0, 57]]}]},
        "muc": {"relevant": True, "templates": [{"template": SECRET, "simple": {}, "optional": False, "id_raw": "1", "slots": {}}]},
        "times": {"timexes": [{"start": 22, "end": 33, "value": SECRET, "text": "16 May 2016", "type": "DATE", "tid": "t1"}]},
        "places": {"toponyms": [{"start": 15, "end": 18, "phrase": SECRET, "geonameid": "2457161", "lat": 16.27, "lon": -0.04}]},
        "event_places": {
            "verb": [{"start": 7, "end": 14, "label": "VERB", "text": "shelled"}],
            "locations": [{"start": 15, "end": 18, "text": SECRET, "label": "LOC"}],
        },
        "entities": {"entities": [{"start": 0, "end": 6, "type": SECRET, "text": "Rebels", "confidence": 1}], "relations": [SECRET]},
        "factuality": {
            "tokens": TOKENS,
            "targets": [{"start_token": 1, "end_token": 2, "span_text": "shelled", "factuality": 7654321}],
        },
        "incidents": {"incident_ids": [SECRET]},
        "toll": {"killed": [7654321, 7654321], "injured": None, "date": SECRET, "belligerents": [SECRET], "lat": 7654321, "lon": 0.0},
        "main_text": {"html": "page.html", "text": SECRET, "title": SECRET},
    }
    return {**common, **answers[task]}


@pytest.mark.parametrize("task", TASKS)
def test_the_reader_sees_no_answer(task: str, tmp_path: Path) -> None:
    record = gold(task)
    kept = copy.deepcopy(record)
    seen = hide(record, task=task, folder=tmp_path)
    assert record == kept
    assert SECRET not in json.dumps(seen) and "7654321" not in json.dumps(seen)
    extra = {"html_path" if key == "html" else key for key in EXTRA.get(task, ())}
    assert set(seen) <= {*ALLOWED, *extra} | ({"targets"} if task == "factuality" else set())
    assert seen["id"] == "g1"


def test_a_page_is_read_from_its_file_alone(tmp_path: Path) -> None:
    seen = hide(gold("main_text"), task="main_text", folder=tmp_path)
    assert "text" not in seen and "title" not in seen
    assert seen["html_path"] == str(tmp_path / "page.html")


def has_numbers(*names: str) -> Callable[[Record], bool]:
    return lambda item: all(isinstance(item[name], int) for name in names)


#: The list that a prediction line holds, and what each of its items must be.
FORMS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "attributed_events": (
        "events",
        lambda e: {"triggers", "type", "reality", "voice", "certainty", "disputed", "roles", "counts"} <= set(e),
    ),
    "attribution": ("attributions", lambda a: {"source", "cue", "content"} <= set(a)),
    "muc": ("incidents", lambda i: {"type", "perp_individuals", "perp_orgs", "physical_targets", "victims", "instruments"} == set(i)),
    "times": ("times", has_numbers("start", "end")),
    "places": ("toponyms", has_numbers("start", "end")),
    "event_places": ("locations", lambda span: TEXT[slice(*span)] == "Gao"),
    "entities": ("entities", has_numbers("start", "end")),
    "factuality": ("values", lambda value: -3 <= value <= 3),
    "incidents": ("incident_ids", lambda name: isinstance(name, str)),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(HTML, encoding="utf-8")
    return tmp_path


def write(path: Path, *records: Record) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.mark.parametrize("task", TASKS)
def test_a_task_runs_through_and_its_lines_have_their_form(task: str, folder: Path) -> None:
    records = [gold(task), {**gold(task), "id": "g2"}]
    done = predict_file(task, write(folder / "gold.jsonl", *records), folder / "out" / "pred.jsonl")
    assert (done["task"], done["records"]) == (task, 2)
    lines = read_jsonl(folder / "out" / "pred.jsonl")
    assert [line["id"] for line in lines] == ["g1", "g2"]
    if task in FORMS:
        key, is_right = FORMS[task]
        assert lines[0][key] and all(is_right(item) for item in lines[0][key]), lines[0]
    elif task == "toll":
        assert (lines[0]["date"], lines[0]["killed"]) == ("2016-05-16", None)  # soldiers are no civilians
    else:
        assert "Rebels shelled Gao" in lines[0]["text"]


@pytest.mark.parametrize("task", TASKS)
def test_other_answers_make_no_difference(task: str, folder: Path) -> None:
    other = {key: value for key, value in gold(task).items() if key in (*ALLOWED, *EXTRA.get(task, ())) or key in ("targets", "html")}
    if task == "factuality":
        other["targets"] = [{**target, "factuality": -1} for target in other["targets"]]
    if task == "main_text":
        other["text"] = "Something else."
    first, second = (list(predictions(task, [record], folder=folder, settings=Settings())) for record in (gold(task), other))
    assert first == second


@pytest.mark.parametrize("task", TASKS)
def test_every_task_has_its_predictor(task: str) -> None:
    assert callable(predictor(task))


@pytest.mark.skipif(not SCORER.is_file(), reason="../shared with the scorers is not beside this checkout")
@pytest.mark.parametrize("task", ["attributed_events", "attribution", "times", "places", "event_places", "entities", "factuality"])
def test_the_scorer_takes_what_is_predicted(task: str, folder: Path) -> None:
    path = write(folder / "gold.jsonl", gold(task))
    predict_file(task, path, folder / "pred.jsonl")
    ran = subprocess.run([sys.executable, SCORER, task, path, folder / "pred.jsonl"], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert isinstance(json.loads(ran.stdout), dict)


# ------------------------------------------------------------------ gold that is none
def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a"}\n{"id": \n', encoding="utf-8")
    with pytest.raises(InputError, match="line 2 is not JSON"):
        read_jsonl(path)


@pytest.mark.parametrize(
    ("arguments", "code"), [(["predict", "times", "missing.jsonl", "x"], 1), (["predict", "nothing", "a", "b"], 2), ([], 2)]
)
def test_wrong_use_is_said(arguments: list[str], code: int, tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-m", "evaluation", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert ran.stderr and "Traceback" not in ran.stderr


def test_without_the_corpora_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert everything.run(tmp_path / "none", only=None, raise_floors=False) == 2
    assert "needs the annotated corpora" in capsys.readouterr().err


# ------------------------------------------------------------------ floors
@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"events.f": 0.5, "events.told_as_fact": 0.2, "times.f": 0.7}), encoding="utf-8")
    monkeypatch.setattr(everything, "FLOORS", path)
    return path


@pytest.mark.parametrize(
    ("name", "value", "lost", "held"),
    [
        ("f", 0.6, False, 0.6),
        ("f", 0.5, False, 0.5),
        ("f", 0.4, True, 0.5),
        ("told_as_fact", 0.1, False, 0.1),
        ("told_as_fact", 0.3, True, 0.2),
        ("f", None, False, 0.5),
    ],
)
def test_floors_only_rise(floors: Path, name: str, value: float | None, lost: bool, held: float) -> None:
    figures = [Figure("events", name, value, None)]
    lines = below_floors(figures)
    assert bool(lines) is lost
    assert all(f"events.{name}" in line for line in lines)
    after = raised(figures)
    assert after[f"events.{name}"] == pytest.approx(held)
    assert after["times.f"] == 0.7


def test_a_new_figure_gets_its_floor(floors: Path) -> None:
    figures = [Figure("new", "f", 0.3, None)]
    assert below_floors(figures) == []
    assert raised(figures)["new.f"] == 0.3


@pytest.mark.parametrize(
    ("value", "asked", "reached"),
    [
        (0.6, ">= .50", True),
        (0.4, ">= .50", False),
        (0.1, "<= .20", True),
        (0.3, "<= .20", False),
        (0.3, None, None),
        (None, ">= .5", None),
    ],
)
def test_what_was_asked(value: float | None, asked: str | None, reached: bool | None) -> None:
    assert Figure("a", "f", value, asked).reached is reached


def test_the_table_names_what_is_not_reached() -> None:
    lines = table([Figure("events", "f", 0.4, ">= .50"), Figure("events", "r", None, None)], reader="rules").splitlines()
    assert "| events | f | 0.400 | >= .50 | no |" in lines
    assert "| events | r | – |  |  |" in lines


def test_a_figure_is_picked_by_its_path() -> None:
    assert pick({"a": {"b": {"f": 0.5}}}, "a.b.f") == 0.5
    assert pick({"a": 1}, "a.b") is None


def test_every_task_is_in_the_suite() -> None:
    runs = suite()
    assert {spec["task"] for spec in runs.values()} == {*TASKS, *OWN_TASKS}
    assert set(everything.OWN) == set(OWN_TASKS)
    assert all(spec["gold"] and spec["figures"] for spec in runs.values())
