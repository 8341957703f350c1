"""Draws the pages of the workbench from the example project, for ``docs/make_pictures.py``: served on this machine, seen in Chromium."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from purport import demo
from purport.serve import create_app
from purport.store import Store

WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 420, "height": 860}
#: name of the picture → page, light or dark, size of the window
VIEWS = {
    "workbench-find": ("find", "light", {"width": 1280, "height": 1180}),
    "workbench-find-dark": ("find", "dark", NARROW),
    "workbench-incident": ("incident", "light", {"width": 1280, "height": 1100}),
    "workbench-incident-dark": ("incident", "dark", WIDE),
    "workbench-document": ("document", "light", {"width": 1280, "height": 1000}),
    "workbench-document-narrow": ("document", "light", NARROW),
    "workbench-queue": ("queue", "light", WIDE),
    "workbench-review": ("review", "light", WIDE),
    "workbench-review-dark": ("review", "dark", WIDE),
    "workbench-rounds": ("round", "light", WIDE),
    "workbench-coding": ("coding", "light", WIDE),
    "workbench-people": ("people", "light", WIDE),
    "workbench-me": ("me", "light", WIDE),
    "workbench-audit": ("audit", "light", WIDE),
    "workbench-erasure": ("erasure", "light", WIDE),
    "workbench-api": ("api", "light", WIDE),
}
EDITOR, CODERS, PASSWORD = "Ines Okafor", ("Ines Okafor", "Tomas Lindqvist"), "an invented pass phrase"  # people who are invented


def draw_workbench(chromium: str, *, pictures: Path, folder: Path) -> list[Path]:
    """Every view as a picture; their paths come out."""
    project = demo.make(folder).database
    addresses = prepared(project)
    drawn = []
    with served(project) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (view, scheme, size) in VIEWS.items():
            drawn.append(pictures / f"{name}.png")
            look(browser, address + addresses[view], scheme=scheme, size=size).screenshot(path=drawn[-1])
        browser.close()
    return drawn


def prepared(project: Path) -> dict[str, str]:
    """The project with a round in which somebody codes; the address of each view."""
    with Store(project) as store:
        incident = store.incident(next(store.incidents()).id)
        events = [event.id for event in incident.events][:4]
        round_ = store.rounds.make(
            "First hundred", events, fields=["type", "perpetrator", "killed"], coders=["me", CODERS[1]], blind=False, made_by="me"
        )
        event = incident.tellings[0].event
    return {
        "find": "/find",
        "incident": f"/incident/{incident.id}",
        "document": f"/document/{incident.tellings[0].document.id}",
        "queue": "/queue",
        "review": f"/review/{event.id}",
        "round": f"/rounds/{round_.id}",
        "coding": f"/rounds/{round_.id}/code/{events[0]}",
        **{name: f"/{name}" for name in ("people", "me", "audit", "erasure")},
        "api": "/api/v1/",
    }


def look(browser: Browser, address: str, *, scheme: str, size: dict[str, int]) -> Page:
    """The page as somebody sees it who has said yes to a content notice."""
    page = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce").new_page()  # type: ignore[arg-type]
    page.goto(address, wait_until="networkidle")
    agree = page.locator("form[action$='/notice'] button")
    if agree.count():
        agree.first.click()
        page.wait_for_load_state("networkidle")
    return page


@contextmanager
def served(project: Path) -> Iterator[str]:
    """The address of a workbench over the project."""
    app = create_app(project)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
    app.state.workbench.stores.close()
