"""JSON Lines: one report a line, as ``docs/schema.md`` describes it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import IO

from purport.decisions import Tombstone
from purport.model import Report
from purport.wire import line_of


def write_jsonl(reports: Iterable[Report], file: IO[str], *, gone: Sequence[Tombstone] = ()) -> int:
    """The number of pages written. A last line tells what was erased, if anything was."""
    number = 0
    for report in reports:
        file.write(line_of(report) + "\n")
        number += 1
    if gone:
        file.write(json.dumps({"gone": [asdict(stone) for stone in gone]}, ensure_ascii=False) + "\n")
    return number
