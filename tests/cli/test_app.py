"""The command line as a whole: help at once, versions, wrong use."""

import subprocess
import sys
from importlib.metadata import version

import pytest

from cli_runs import Run
from purport.cli.app import COMMANDS

HEAVY = (
    "spacy",
    "numpy",
    "rich",
    "lxml",
    "trafilatura",
    "pyarrow",
    "httpx",
    "sqlite3",
    "yaml",
    "purport.model",
    "purport.pipeline",
    "purport.store",
)


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from purport.cli.app import app; print([name for name in sys.argv[1:] if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"


def test_help_names_every_command_and_the_exit_codes(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for command in COMMANDS:
        assert f"\n  {command.__name__} " in result.stdout
    assert "130" in result.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=[command.__name__ for command in COMMANDS])
def test_every_command_and_option_is_explained(run: Run, command: object) -> None:
    result = run(command.__name__, "--help")  # type: ignore[attr-defined]
    assert result.exit_code == 0
    for line in result.stdout.splitlines():
        words = line.split("  ")
        assert not (line.startswith("  --") and len(words) < 3 and len(line) < 30), f"{line!r} says nothing"


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"purport {version('purport')}\n"


@pytest.mark.parametrize(
    "arguments", [["read"], ["search", "x.purport"], ["fly"], ["read", "--nonsense", "x"], ["read", "x", "--min-confidence", "2"]]
)
def test_wrong_use_is_said_and_is_2(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert "Traceback" not in result.stderr
