"""The command in a process of its own."""

import os
import signal
import subprocess
import sys


def purport(*arguments: object, **options: object) -> "subprocess.Popen[str]":
    """Start ``purport`` with these arguments; its output can be read from it."""
    command = [sys.executable, "-c", "from purport.cli import main; main()", *map(str, arguments)]
    environment = {**os.environ, "COLUMNS": "100", "PYTHONWARNINGS": "ignore"}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": environment}
    return subprocess.Popen(command, **{"preexec_fn": heed_interrupts, **pipes, **options})  # type: ignore[call-overload,no-any-return]


def heed_interrupts() -> None:
    """A job in the background is started deaf to Ctrl-C; the tests send it, so it must hear."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
