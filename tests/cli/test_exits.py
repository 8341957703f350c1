"""How a command ends, whatever happens in it."""

import errno

import pytest
import typer

from purport.cli.exits import explained, report_failures
from purport.errors import InputError, QueryError, SettingsError, StoreError
from purport.model import Failure

ENDINGS = [
    (InputError("empty", where="a.html", remedy="give another"), 1, "a.html: empty (give another)"),
    (StoreError("locked", where="b.purport"), 1, "b.purport: locked"),
    (QueryError("no field"), 2, "no field"),
    (SettingsError("no date", where="--published"), 2, "--published: no date"),
    (KeyboardInterrupt(), 130, "stopped"),
    (PermissionError(errno.EACCES, "Permission denied", "c.html"), 1, "c.html: Permission denied (check the path"),
    (RuntimeError("\x1b[31mboom"), 1, "a fault in purport: RuntimeError: \ufffd[31mboom (please report it"),
    (typer.Exit(7), 7, ""),
]


@pytest.mark.parametrize(("error", "code", "said"), ENDINGS, ids=[type(error).__name__ for error, *_ in ENDINGS])
def test_every_end_has_its_code_and_its_line(error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    @explained
    def command() -> None:
        raise error

    with pytest.raises(typer.Exit) as caught:
        command()
    assert caught.value.exit_code == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(said) and printed.err.count("\n") == bool(said)


def test_failures_are_reported_up_to_a_limit(capsys: pytest.CaptureFixture[str]) -> None:
    report_failures([])
    with pytest.raises(typer.Exit):
        report_failures([Failure(f"page {number}", "empty", "give another") for number in range(203)])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "203 inputs could not be read:"
    assert lines[1] == "  page 0: empty (give another)"
    assert lines[-1] == "  … and 3 more" and len(lines) == 202
