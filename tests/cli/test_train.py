"""``purport train``: wrong use, missing packages, and a whole training on an encoder of a few numbers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli_runs import Run

TEXTS = [
    "A car bomb killed 12 people in Aleppo on Tuesday, the governor said.",
    "Rebels took the town of Raqqa at dawn on Monday, police said. The ministry denied it.",
    "A mine killed two boys near the village of Ain Issa, a doctor said.",
]
WORDS = [("bomb", "killed", "the governor", "Aleppo"), ("took", "dawn", "police", "Raqqa"), ("mine", "killed", "a doctor", "Ain Issa")]


def gold(path: Path, *, type: str = "land_grab") -> Path:
    """Three coded pages of a codebook of one's own."""
    lines = []
    for number, (text, words) in enumerate(zip(TEXTS, WORDS, strict=True)):
        trigger, cue, source, place = ([text.index(word), text.index(word) + len(word)] for word in (words[0], "said", words[2], words[3]))
        event = {
            "triggers": [trigger],
            "type": type,
            "reality": "actual",
            "voice": "sources",
            "certainty": "certain",
            "disputed": False,
            "roles": [{"role": "place", "span": place, "att": 0}],
            "attributions": [{"chain": [source], "cue": cue, "stance": "says", "about": "event"}],
        }
        lines.append(json.dumps({"id": f"page-{number}", "text": text, "events": [event]}))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# ------------------------------------------------------------------ without the extra
def test_missing_packages_are_named_with_the_line_that_installs_them(tmp_path: Path) -> None:
    code = "import sys; sys.modules['torch'] = None; sys.argv = ['purport', *sys.argv[1:]]; from purport.cli import main; main()"
    command = [sys.executable, "-c", code, "train", str(gold(tmp_path / "gold.jsonl")), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2 and done.stdout == ""
    assert "training needs torch" in done.stderr and 'pip install "purport[train]"' in done.stderr and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--start", "a", "--encoder", "b"], "one of --start and --encoder"),
        (["--folds", "1"], "one fold leaves no page"),
        (["--epochs", "0"], "epochs"),
        (["--hold-out", "1"], "hold-out"),
    ],
)
def test_wrong_use(run: Run, tmp_path: Path, options: list[str], said: str) -> None:
    result = run("train", gold(tmp_path / "gold.jsonl"), "--out", tmp_path / "out", *options)
    assert result.exit_code == 2 and said in result.stderr
    assert not (tmp_path / "out").exists()


def test_only_training_knows_its_packages() -> None:
    """No module of the package but ``purport.train`` names them, and nothing but ``cli/train.py`` names that."""
    package = Path(__file__).parents[2] / "src" / "purport"
    needed = ("import torch", "from torch", "import transformers", "from transformers", "import onnx\n", "from safetensors")
    others = [path for path in package.rglob("*.py") if path.parent.name != "train"]
    assert [path.name for path in others if any(words in path.read_text(encoding="utf-8") for words in needed)] == []
    assert [path.name for path in others if "purport.train" in path.read_text(encoding="utf-8")] == ["train.py"]


# ------------------------------------------------------------------ with it
@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder of the form BERT that knows nothing."""
    for name in ("torch", "transformers", "safetensors", "onnx", "onnxruntime"):
        pytest.importorskip(name, reason='the extra "train" is not installed')
    from small_encoder import write_encoder

    return write_encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="module")
def trained(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of a first training."""
    from purport.train.plan import Plan
    from purport.train.run import Job, train

    folder = tmp_path_factory.mktemp("trained")
    path, out = gold(folder / "gold.jsonl"), folder / "out"
    train(Job((path,), out, Plan(2, rough=False), encoder=encoder, hold_out=0), say=lambda _: None)
    return out


def test_an_encoder_of_ones_own(run: Run, encoder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("train", gold(tmp_path / "gold.jsonl"), "--out", out, "--encoder", encoder, "--epochs", 2, "--hold-out", 0.4, "--fp32")
    assert result.exit_code == 0, result.stderr
    assert "heads: trigger" in result.stdout and "role_attributed" in result.stdout
    heads = {head["name"]: head["labels"] for head in json.loads((out / "heads.json").read_text())}
    assert heads == {"cue": ["cue"], "attribution": ["source", "cue"], "trigger": ["land_grab"], "event": ["place"]}
    assert {p.name for p in out.iterdir()} >= {"reader.onnx", "attribution.onnx", "event.onnx", "config.json", "tokenizer.json", "card.md"}
    assert (out / "fp32" / "reader.onnx").stat().st_size > (out / "reader.onnx").stat().st_size
    told = json.loads((out / "training.json").read_text())
    assert told["pages"] == 3 and len(told["held_out"]) == 1 and told["plan"]["seed"] == 7 and told["packages"]["torch"]
    assert told["figures"]["heads"]["after"]["trigger"]["gold"] == 1
    assert not (out / "unfinished").exists()
    assert "land_grab" in (out / "card.md").read_text()


def test_from_weights_on_with_folds(run: Run, trained: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("train", gold(tmp_path / "gold.jsonl"), "--out", out, "--start", trained, "--epochs", 1, "--folds", 3)
    assert result.exit_code == 0, result.stderr
    told = json.loads((out / "training.json").read_text())
    assert told["folds"] == 3 and told["held_out"] == []
    assert told["figures"]["reading"]["before"]["event"]["gold"] == told["figures"]["reading"]["after"]["event"]["gold"] == 3


def test_what_was_trained_reads(run: Run, trained: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXTS[0])
    result = run("read", page, "--reader", "learned", "--models", trained)
    assert result.exit_code == 0, result.stderr
    assert "Aleppo" in result.stdout


def test_bad_lines_are_left_out_and_said(run: Run, trained: Path, tmp_path: Path) -> None:
    path = gold(tmp_path / "gold.jsonl")
    path.write_text(path.read_text() + "{\n")
    result = run("train", path, "--out", tmp_path / "out", "--start", trained, "--epochs", 1, "--hold-out", 0)
    assert result.exit_code == 1
    assert f"{path}, line 4" in result.stderr and "No page was held out" in result.stdout
    assert (tmp_path / "out" / "reader.onnx").is_file()


REFUSED = [
    ({"heads.json": "[]"}, [], "holds weights already"),
    ({"unfinished/job": "x"}, [], "a training was begun here"),
    ({"unfinished/job": "x"}, ["--resume"], "was begun with other pages, weights or options"),
    ({}, ["--resume"], "no training was begun here"),
]


@pytest.mark.parametrize(("files", "options", "said"), REFUSED)
def test_folders_that_hold_something(run: Run, trained: Path, tmp_path: Path, files: dict[str, str], options: list[str], said: str) -> None:
    for name, content in files.items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_text(content)
    result = run("train", gold(tmp_path / "gold.jsonl"), "--out", tmp_path / "out", "--start", trained, *options)
    assert result.exit_code == 2 and said in result.stderr, result.stderr
    assert {p.name for p in (tmp_path / "out").rglob("*") if p.is_file()} == {Path(name).name for name in files}


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors", "tokenizer.json"])
def test_encoders_that_lack_something(run: Run, encoder: Path, tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    for file in encoder.iterdir():
        if file.name != missing:
            (folder / file.name).write_bytes(file.read_bytes())
    result = run("train", gold(tmp_path / "gold.jsonl"), "--out", tmp_path / "out", "--encoder", folder)
    assert result.exit_code == 1 and missing in result.stderr and len(result.stderr.splitlines()) == 1, result.stderr
    assert not (tmp_path / "out").exists()


def test_an_encoder_of_another_form(run: Run, encoder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    for file in encoder.iterdir():
        (folder / file.name).write_bytes(file.read_bytes().replace(b'"bert"', b'"gpt2"'))
    result = run("train", gold(tmp_path / "gold.jsonl"), "--out", tmp_path / "out", "--encoder", folder)
    assert result.exit_code == 1 and "an encoder of the form 'gpt2'" in result.stderr


def test_gold_without_an_event(run: Run, trained: Path, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "text": "b", "events": []}\n')
    result = run("train", path, "--out", tmp_path / "out", "--start", trained)
    assert result.exit_code == 1 and "no event to learn from" in result.stderr
    assert not (tmp_path / "out").exists()


def test_stopped_and_gone_on_with(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped in its second epoch and gone on with, it ends with the weights of a training that nobody stopped."""
    from purport.train.plan import Plan
    from purport.train.run import Job, train

    path = gold(tmp_path / "gold.jsonl")
    plan = Plan(3, rough=False, batch_pieces=32)
    said: list[str] = []

    def stop_late(line: str) -> None:
        said.append(line)
        if line.startswith("all: epoch 2"):
            raise KeyboardInterrupt

    monkeypatch.setattr("purport.train.run.BETWEEN", 0.0)
    with pytest.raises(KeyboardInterrupt):
        train(Job((path,), tmp_path / "stopped", plan, start=trained, hold_out=0), say=stop_late)
    assert "all: 1 of 3 epochs are kept" in said[-1] and "--resume --epochs 1" in said[-1]
    assert not (tmp_path / "stopped" / "reader.onnx").exists()
    train(Job((path,), tmp_path / "stopped", plan, start=trained, hold_out=0, resume=True), say=said.append)
    train(Job((path,), tmp_path / "through", plan, start=trained, hold_out=0), say=said.append)
    for name in ("reader.onnx", "event.onnx", "attribution.onnx", "heads.json"):
        assert (tmp_path / "stopped" / name).read_bytes() == (tmp_path / "through" / name).read_bytes()
