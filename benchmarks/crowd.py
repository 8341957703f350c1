"""Twenty who read and five who decide, all at once; every decision that was acknowledged must be in the file afterwards."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.serving import browser
from purport.store import Store
from purport.store.log import broken_links

READERS, CODERS = 20, 5
READING_SECONDS, DECIDING_SECONDS = 1.0, 0.5  #: what somebody takes to look at an answer; people take longer


@dataclass
class Seen:
    """What a crowd met. ``milliseconds`` by kind of request; ``kept``: claim and id of every judgement that was acknowledged."""

    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, answer: httpx.Response, *, wanted: int) -> bool:
        """Keep how long an answer took, and whether it is the one that is wanted."""
        with self.lock:
            self.milliseconds.setdefault(kind, []).append(answer.elapsed.total_seconds() * 1000)
            if answer.status_code != wanted:
                self.faults.append(f"{kind}: {answer.status_code} {answer.text[:200]}")
        return answer.status_code == wanted


def crowd(address: str, *, seconds: float, pages: Sequence[str], claims: Sequence[str]) -> Seen:
    """Let everybody work for so long: readers on these pages, coders each on claims of their own."""
    seen, until = Seen(), time.monotonic() + seconds
    readers = [(f"reader {n}", _read, pages, n) for n in range(READERS)]
    coders = [(f"coder {n}", _decide, claims[n::CODERS], n) for n in range(CODERS)]
    threads = [threading.Thread(target=_work, args=(address, each), kwargs={"seen": seen, "until": until}) for each in readers + coders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


Working = Callable[..., None]


def _work(address: str, who: tuple[str, Working, Sequence[str], int], *, seen: Seen, until: float) -> None:
    name, work, what, seed = who
    try:
        with browser(address, name) as client:
            work(client, what, chance=random.Random(seed), seen=seen, until=until)
    except (httpx.HTTPError, RuntimeError) as error:
        with seen.lock:
            seen.faults.append(f"{name}: {type(error).__name__}: {error}")


def _read(client: httpx.Client, pages: Sequence[str], *, chance: random.Random, seen: Seen, until: float) -> None:
    while time.monotonic() < until:
        page = chance.choice(pages)
        seen.note(page.split("/")[1].partition("?")[0], client.get(page), wanted=200)
        time.sleep(READING_SECONDS)


def _decide(client: httpx.Client, claims: Sequence[str], *, chance: random.Random, seen: Seen, until: float) -> None:
    for claim in claims:
        if time.monotonic() > until:
            return
        sent = {"verdict": chance.choice(("accept", "reject")), "note": "under load"}
        answer = client.post(f"/api/v1/claims/{claim}/judgements", json=sent)
        if seen.note("judgement", answer, wanted=201):
            with seen.lock:
                seen.kept.append((claim, answer.json()["id"]))
        time.sleep(DECIDING_SECONDS)


def lost(project: Path, seen: Seen) -> list[str]:
    """Judgements that were acknowledged and are not in the file, and what is broken in its log."""
    with Store(project, read_only=True) as store:
        gone = [id for claim, id in seen.kept if id not in {judgement.id for judgement in store.judgements(claim)}]
        return gone + [f"{where}: {what}" for where, what in broken_links(store._connection)]
