"""Work shared among several processes, each of which reads the project file itself and answers for its part; in order.

They are told in lines of JSON what to do, so that nothing but plain values goes between them.
"""

import json
import os
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from purport.errors import PurportError, StoreError

PART = 200  #: incidents or pages that a process works on at a time: some MB, and a second or less
WAITING = 2  #: parts for each process that may wait to be written
WORKER = "purport.exporting_worker"


@dataclass(slots=True)
class Totals:
    """What all parts together counted."""

    number: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    restricted: set[str] = field(default_factory=set)

    def add(self, part: Mapping[str, Any]) -> None:
        """What one part counted."""
        self.number += part["number"]
        self.left_out.update(part["left_out"])
        self.restricted.update(part["restricted"])


class Workers:
    """Processes that work until the block ends."""

    def __init__(self, setup: Mapping[str, Any], *, jobs: int, worker: str = WORKER) -> None:
        self._setup, self._jobs, self._worker = json.dumps(setup), jobs, worker
        self._free: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
        self._stack = ExitStack()

    def __enter__(self) -> "Workers":
        for _ in range(self._jobs):
            process = subprocess.Popen(  # noqa: S603 - a session of its own: Ctrl-C is for who began the work, and ends them too
                [sys.executable, "-m", self._worker],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
            self._stack.callback(_end, process)
            _tell(process, self._setup)
            self._free.put(process)
        self._threads = self._stack.enter_context(ThreadPoolExecutor(self._jobs))
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._stack.close()

    def parts(self, wanted: Sequence[Any], totals: Totals) -> Iterator[Mapping[str, Any]]:
        """What each part of ``wanted`` gives, in order, and is counted. Raises StoreError if a process ends early."""
        for answer in self.answers(wanted, size=PART):
            totals.add(answer)
            yield answer

    def answers(self, wanted: Sequence[Any], *, size: int) -> Iterator[Mapping[str, Any]]:
        """What is answered to each part of that ``size``, in order. Raises StoreError if a process ends early."""
        waiting: deque[Future[Mapping[str, Any]]] = deque()
        for start in range(0, len(wanted), size):
            waiting.append(self._threads.submit(self._ask, wanted[start : start + size]))
            if len(waiting) > self._jobs * WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _ask(self, part: Sequence[Any]) -> Mapping[str, Any]:
        process = self._free.get()
        try:
            _tell(process, json.dumps(part))
            line = process.stdout.readline() if process.stdout else ""
        finally:
            self._free.put(process)
        if not line:
            raise StoreError(
                "a process that shared the work ended", where=self._worker, remedy="try again with --jobs 1, and see what it says"
            )
        found: Mapping[str, Any] = json.loads(line)
        if "error" in found:
            what, where, remedy = found["error"]
            raise PurportError(what, where=where, remedy=remedy)
        return found


def _tell(process: "subprocess.Popen[str]", line: str) -> None:
    """One line; a process that has ended is noticed when its answer is read."""
    if process.stdin is None:
        return
    try:
        process.stdin.write(line + "\n")
        process.stdin.flush()
    except OSError:
        return


def _end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream:
            _closed(stream.close)
    process.wait()


def _closed(close: Callable[[], None]) -> None:
    try:
        close()
    except OSError:  # what was still to be told to a process that has ended
        return


def most_jobs() -> int:
    """As many processes as there are cores for this one, eight at most: more only wait for the disk and for who writes."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 8)


def setup_of(path: Path, *, format: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The line that begins a process's work."""
    return {"path": str(path), "format": format, "asked": dict(asked)}
