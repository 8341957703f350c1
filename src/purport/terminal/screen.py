"""The terminal as it is: its width up to a readable measure, colours only where it has them."""

import shutil
import sys
from typing import IO

from rich.console import Console

MOST_COLUMNS = 100
FEWEST_COLUMNS = 32
NARROW = 72  #: below this, what stands beside a value elsewhere goes under it


def screen(file: IO[str] | None = None) -> Console:
    """A console on ``file`` (standard output if not given) that takes no markup and writes no links."""
    columns = max(FEWEST_COLUMNS, min(shutil.get_terminal_size((MOST_COLUMNS, 24)).columns, MOST_COLUMNS))
    return Console(file=file or sys.stdout, width=columns, markup=False, highlight=False, emoji=False, soft_wrap=False)
