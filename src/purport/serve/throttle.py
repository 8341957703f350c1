"""How fast somebody may guess: after a few failures each further try must wait twice as long, per name and per address."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

FREE = 4  #: failures without a wait: people mistype
FORGOTTEN_SECONDS = 24 * 3600.0  #: after the last failure
MOST_KEPT = 50_000  #: names and addresses; an attacker who fills it has long been slowed by address


@dataclass(slots=True)
class _Tries:
    failures: int = 0
    last: float = 0.0


class Throttle:
    """Failures by key, in memory; safe among threads. ``longest``: seconds that a try waits at most. ``clock`` gives seconds."""

    def __init__(self, *, longest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._longest = longest
        self._clock = clock
        self._tries: dict[str, _Tries] = {}
        self._lock = threading.Lock()

    def begin(self, key: str) -> float:
        """Counts a try as failed before it is made, so that many at once are not more than one after another.

        Seconds that are still to be waited come out; 0 if the try may be made. Who must wait is not counted.
        """
        with self._lock:
            now = self._clock()
            tries = self._of(key, now)
            left = tries.last + self._wait(tries.failures) - now
            if left > 0:
                return left
            tries.failures, tries.last = tries.failures + 1, now
            return 0.0

    def take_back(self, key: str) -> None:
        """The try of :meth:`begin` was not made after all."""
        with self._lock:
            if key in self._tries:
                self._tries[key].failures -= 1

    def failures(self, key: str) -> int:
        """How often it failed since it last went well."""
        with self._lock:
            return self._tries[key].failures if key in self._tries else 0

    def passed(self, key: str) -> None:
        """It went well: its failures are forgotten."""
        with self._lock:
            self._tries.pop(key, None)

    def _wait(self, failures: int) -> float:
        return 0.0 if failures < FREE else min(2.0 ** (failures - FREE), self._longest)

    def _of(self, key: str, now: float) -> _Tries:
        tries = self._tries.get(key)
        if tries is None or now - tries.last > FORGOTTEN_SECONDS:
            if len(self._tries) >= MOST_KEPT:
                del self._tries[min(self._tries, key=lambda other: self._tries[other].last)]
            tries = self._tries[key] = _Tries()
        return tries
