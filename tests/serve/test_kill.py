"""``kill -9`` in the middle of reviewing: whatever was acknowledged is in the file, and the file is whole."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import httpx
import pytest

from purport.model import Verdict
from purport.store import Store

CODERS, ENOUGH, SECONDS = 3, 40, 60.0


@contextmanager
def own_server(project: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """``purport serve`` as users start it, in a process of its own, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with subprocess.Popen([sys.executable, "-m", "purport", "serve", str(project), "--port", str(port)]) as process:
        try:
            _wait_for(process, port)
            yield process, f"http://127.0.0.1:{port}/api/v1"
        finally:
            process.kill()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the workbench did not start")


def review(address: str, claims: list[str], *, kept: list[str], is_over: threading.Event) -> None:
    """Judge one claim after the other until the server is gone; keep the id of every judgement that was acknowledged."""
    with httpx.Client(base_url=address, timeout=SECONDS) as client:
        for claim in claims:
            try:
                answer = client.post(f"/claims/{claim}/judgements", json={"verdict": "accept", "note": "x" * 200})
            except httpx.HTTPError:
                break
            if answer.status_code == 201:
                kept.append(answer.json()["id"])
    is_over.set()


@pytest.mark.parametrize("enough", [1, ENOUGH])
def test_nothing_that_was_acknowledged_is_lost(project: Path, enough: int) -> None:
    with Store(project, read_only=True) as store:
        every = [claim.id for report in store.reports() for event in report.events for claim in event.claims]
    kept: list[str] = []
    is_over = threading.Event()
    with own_server(project) as (process, address):
        shares = [list(islice(every, start, None, CODERS)) for start in range(CODERS)]
        coders = [threading.Thread(target=review, args=(address, share), kwargs={"kept": kept, "is_over": is_over}) for share in shares]
        for coder in coders:
            coder.start()
        while len(kept) < enough and not is_over.is_set():
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        for coder in coders:
            coder.join()
    assert enough <= len(kept) < len(every)
    with Store(project) as store:
        found = {judgement.id: judgement.verdict for claim in every for judgement in store.judgements(claim)}
        assert [id for id in kept if found.get(id) is not Verdict.ACCEPT] == []
        assert len(found) - len(kept) <= CODERS  # at most what was under way
        assert store.verify() == ()


def test_it_goes_on_after_a_kill(project: Path) -> None:
    with Store(project, read_only=True) as store:
        claim = next(claim.id for report in store.reports() for event in report.events for claim in event.claims)
    for verdict in ("accept", "reject"):
        with own_server(project) as (process, address):
            assert httpx.post(f"{address}/claims/{claim}/judgements", json={"verdict": verdict}, timeout=SECONDS).status_code == 201
            process.send_signal(signal.SIGKILL)
    with Store(project, read_only=True) as store:
        assert [judgement.verdict for judgement in store.judgements(claim)] == [Verdict.ACCEPT, Verdict.REJECT]
