"""JSON Lines: one report a line, as ``docs/schema.md`` describes it."""

from collections.abc import Iterable
from typing import IO

from purport.model import Report
from purport.wire import line_of


def write_jsonl(reports: Iterable[Report], file: IO[str]) -> int:
    """The number of pages written."""
    number = 0
    for report in reports:
        file.write(line_of(report) + "\n")
        number += 1
    return number
