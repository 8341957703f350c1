"""The command in a process of its own."""

import os
import subprocess
import sys


def purport(*arguments: object, **options: object) -> "subprocess.Popen[str]":
    """Start ``purport`` with these arguments; its output can be read from it."""
    command = [sys.executable, "-c", "from purport.cli import main; main()", *map(str, arguments)]
    environment = {**os.environ, "COLUMNS": "100", "PYTHONWARNINGS": "ignore"}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": environment}
    return subprocess.Popen(command, **{**pipes, **options})  # type: ignore[call-overload,no-any-return]
