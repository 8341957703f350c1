"""A workbench in a process of its own, and people who use it over HTTP, for ``benchmarks.workbench``."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from purport.decisions import PersonRole
from purport.store import Store

START_SECONDS = 120.0
CSRF = re.compile(r'name="csrf" content="([^"]*)"')
PASSWORD = "invented pass phrase of "  # noqa: S105 - of people who are invented


@contextmanager
def workbench(project: Path) -> Iterator[tuple[str, float]]:
    """``purport serve`` over a project file: its address, and the seconds from the command to the first answer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "purport", "serve", str(project), "--port", str(port)], stdout=subprocess.DEVNULL
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(process, address)
            yield address, time.perf_counter() - started
        finally:
            process.terminate()


def _wait_for(process: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(f"{address}/login", timeout=START_SECONDS)
            return
        except httpx.TransportError:
            time.sleep(0.02)
    raise RuntimeError("the workbench did not start")


def let_in(project: Path, *names: str, role: PersonRole) -> None:
    """Accounts for these people; the first of all must be an editor."""
    with Store(project) as store:
        for name in names:
            store.people.add(name, role=role, password=PASSWORD + name, by="benchmark")


@contextmanager
def browser(address: str, name: str) -> Iterator[httpx.Client]:
    """Somebody who has logged in; what is sent carries the session's own token."""
    with httpx.Client(base_url=address, timeout=60.0) as client:
        client.headers["X-CSRF-Token"] = _token(client, "/login")
        form = {"name": name, "password": PASSWORD + name, "next": "/me"}
        answer = client.post("/login", data=form)
        while answer.status_code == 429:  # all come from one address, and guessing from there is slowed down
            time.sleep(float(answer.headers["Retry-After"]))
            answer = client.post("/login", data=form)
        if answer.status_code != 303:
            raise RuntimeError(f"{name} was not let in: {answer.status_code} {answer.text[:200]}")
        client.headers["X-CSRF-Token"] = _token(client, "/me")
        yield client


def _token(client: httpx.Client, page: str) -> str:
    found = CSRF.search(client.get(page).text)
    if found is None:
        raise RuntimeError(f"{page} holds no token")
    return found[1]
