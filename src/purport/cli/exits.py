"""How a command ends: exit codes, errors on standard error in one form, failures reported once."""

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import typer

from purport.errors import PurportError, QueryError, SettingsError
from purport.print_safe import print_safe

if TYPE_CHECKING:
    from purport.model import Failure

OK, SOME_FAILED, USAGE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
MOST_FAILURES = 200  #: spelt out at the end of a run; the project file keeps all of them

P = ParamSpec("P")
T = TypeVar("T")


def explained(command: Callable[P, T]) -> Callable[P, T]:
    """The command, whose errors end in one line on standard error and an exit code: never in a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except PurportError as error:
            say(str(error))
            raise typer.Exit(USAGE if isinstance(error, (QueryError, SettingsError)) else SOME_FAILED) from None
        except KeyboardInterrupt:
            say("stopped")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:  # what we print into has gone (`| head`)
            _give_output_up()
            raise typer.Exit(PIPE_CLOSED) from None
        except OSError as error:
            if error.filename is None:
                _give_output_up()
            say(os_words(error))
            raise typer.Exit(SOME_FAILED) from None
        except Exception as error:
            if isinstance(error, typer.Exit) or sys.flags.dev_mode:
                raise
            say(f"a fault in purport: {type(error).__name__}: {error} (please report it; `python -X dev -m purport` shows where it is)")
            raise typer.Exit(SOME_FAILED) from None

    return run


def _give_output_up() -> None:
    """What waits to be printed goes nowhere, so that Python does not try once more at the very end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def os_words(error: OSError) -> str:
    """An error of the operating system as "where: what (remedy)"."""
    where = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, (str, bytes)) else ""
    return f"{where}{error.strerror or error} (check the path, its permissions and the space on its disk)"


def say(line: str) -> None:
    """One line on standard error, made safe for a terminal."""
    print(print_safe(line), file=sys.stderr, flush=True)


def failure_line(failure: "Failure") -> str:
    """ "where: what (remedy)"."""
    return str(PurportError(failure.what, where=failure.where, remedy=failure.remedy))


def report_failures(failures: "Sequence[Failure]") -> None:
    """Everything that could not be read, once, at the end; leaves with 1 if there was anything."""
    if not failures:
        return
    say(f"{len(failures)} {'input' if len(failures) == 1 else 'inputs'} could not be read:")
    for failure in failures[:MOST_FAILURES]:
        say(f"  {failure_line(failure)}")
    if len(failures) > MOST_FAILURES:
        say(f"  … and {len(failures) - MOST_FAILURES} more")
    raise typer.Exit(SOME_FAILED)
