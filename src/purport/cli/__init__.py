"""The command line. Everything heavy is imported inside the commands, so that ``purport --help`` answers at once."""

import sys


def main() -> None:
    """Run ``purport`` with the arguments of the process and leave with its exit code."""
    from purport.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without « or ← gets escapes, never a traceback
    app(prog_name="purport")
