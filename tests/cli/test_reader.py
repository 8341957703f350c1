"""``--reader`` and ``--models``, in every command that reads."""

from pathlib import Path

import pytest

from cli_runs import Run

READING = [["read", "page.html"], ["add", "p.purport", "page.html"], ["reread", "p.purport"], ["evaluate", "gold.jsonl"], ["demo"]]


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--reader", "magic"], 2, "no reader 'magic'"),
        (["--reader", "rules", "--models", "."], 2, "--models: the reader by rules has no weights (leave it out, or say --reader learned)"),
        (["--reader", "learned", "--models", "nowhere"], 1, "nowhere: no weights for the learned reader: heads.json is missing"),
    ],
)
def test_a_reader_that_cannot_be_had(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], options: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "text": "Rebels shelled Gao.", "events": []}\n')
    (tmp_path / "page.html").write_text("<p>Rebels shelled Gao.</p>")
    run("add", "p.purport", "page.html")
    result = run(*command, *options)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
