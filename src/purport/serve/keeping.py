"""Keeping the cards up to date beside the requests, and merging when an editor asks: one thread, which ends with the workbench."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from purport import finding, merging
from purport.codebook import follow
from purport.errors import PurportError
from purport.linkage import LinkStep
from purport.store import Store

LOOK_SECONDS = 2.0  #: how often it is looked whether another process has changed something
QUIET_SECONDS = 60.0  #: after so long without a decision rows for exports are made again
DOING = {"compare": "pages compared", "settle": "events settled", "describe": "incidents described"}


@dataclass(frozen=True, slots=True)
class Doing:
    """What goes on: "merge" or "describe", how far it is; ``failed`` says why it ended early."""

    what: str = ""
    said: str = ""
    failed: str = ""


class Keeper:
    """Describes incidents anew in the background. ``start`` and ``stop`` once each; ``ask_merge`` from any thread.

    ``follow`` is told whenever that is done, and at the start, so that nobody waits for an index to be built.
    """

    def __init__(self, path: Path, *, follow: Callable[[Store], object]) -> None:
        self._path = path
        self._follow = follow
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._wants_merge = False
        self._thread: threading.Thread | None = None
        self._changed_at = time.monotonic()
        self.doing = Doing()

    def start(self) -> None:
        """Begin; the thread does not keep the process alive."""
        self._thread = threading.Thread(target=self._run, name="cards", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the present step; what is done is kept."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def ask_merge(self) -> None:
        """Merge as soon as the thread is free."""
        self._wants_merge = True
        self.doing = Doing("merge", "beginning")
        self._wake.set()

    def _run(self) -> None:
        try:
            with Store(self._path) as store:
                while not self._stop.is_set():
                    self._work(store)
                    self._wake.wait(LOOK_SECONDS)
                    self._wake.clear()
        except PurportError as error:
            self.doing = Doing(failed=str(error))

    def _work(self, store: Store) -> None:
        follow(store.codebooks.current())  # another process may have taken another one into use
        try:
            if self._wants_merge:
                self._wants_merge = False
                merging.merge(store, progress=self._tell)
            self._describe(store)
            self.doing = Doing()
            self._follow(store)
            self._make_rows(store)
        except _Stopped:
            return
        except PurportError as error:
            self.doing = Doing(failed=str(error))

    def _describe(self, store: Store) -> None:
        for done, total in finding.steps(store, with_rows=False):
            self.doing = Doing("describe", f"{done:,} of {total:,} incidents described")
            self._changed_at = time.monotonic()
            if self._stop.is_set():
                return

    def _make_rows(self, store: Store) -> None:
        """When nobody has decided anything for a while, and for half of the time only: an export can wait, people should not."""
        if time.monotonic() - self._changed_at < QUIET_SECONDS:
            return
        began = time.monotonic()
        for _ in finding.steps(store):
            self._wake.wait(time.monotonic() - began)
            if self._wake.is_set() or store.finding.count_stale():
                return
            began = time.monotonic()

    def _tell(self, step: LinkStep) -> None:
        if self._stop.is_set():
            raise _Stopped
        self.doing = Doing("merge", f"{step.done:,} of {step.total:,} {DOING[step.stage]}")


class _Stopped(Exception):
    """The workbench ends; each step of a merge is kept, and the next one goes on from there."""
