"""The memory of this process and of those that it started, looked at while they work."""

import os
import resource
import threading
from pathlib import Path
from typing import Self

SECONDS = 0.5


class Memory:
    """The most that all took together at one look, in ``with``; Linux alone, elsewhere the peak of this process.

    What the system says of ended processes is of no use here: it counts the moment before a process becomes another program, too.
    """

    def __init__(self) -> None:
        self._most = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def peak_mb(self) -> float:
        """Megabytes so far."""
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return max(self._most, own) / 1e6

    def _look(self) -> None:
        while not self._end.wait(SECONDS):
            self._most = max(self._most, sum(map(_resident, [os.getpid(), *_children()])))


def _children() -> list[int]:
    """The processes that this one started and that still run."""
    found: list[int] = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(after_name[1]) == os.getpid():
            found.append(int(status.parent.name))
    return found


def _resident(process: int) -> int:
    """Bytes; none of one that has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
