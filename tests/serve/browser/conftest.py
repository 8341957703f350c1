"""A real browser (Debian's Chromium, driven by Playwright) on a workbench that listens on this machine.

Every page is watched: an error in the console, something refused by the content security policy, a request to any other address or a dialog
fails the test. Chromium is the environment's ``CHROMIUM``, or ``chromium`` on the path; without it the tests fail and say what to install,
unless ``PURPORT_NO_BROWSER`` gives the reason why they may be skipped.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from served import served as serving

ASKED = os.environ.get("CHROMIUM") or "chromium"
CHROMIUM = shutil.which(ASKED)
SKIP = "PURPORT_NO_BROWSER"
MISSING = (
    f"no {ASKED} on this machine: the tests in a browser need it. Install it (`apt-get install chromium`), or say where it is (CHROMIUM=…),"
    f" or leave these tests out and say why ({SKIP}='no browser on this machine')"
)
WAIT_MS = 15_000  #: how long Playwright waits for what a test expects; the machine may be busy


@dataclass
class Watch:
    """What went wrong in a browser's pages. ``allow``: words of console errors that a test provokes, such as "403"."""

    address: str
    allowed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def allow(self, *words: str) -> None:
        self.allowed += words

    def follow(self, page: Page) -> None:
        """Note everything that should not happen in this page."""
        page.on("console", self._told)
        page.on("pageerror", lambda error: self.faults.append(f"error in a script: {error}"))
        page.on("request", self._asked)
        page.on("dialog", self._dialog)

    def _told(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(words in message.text for words in self.allowed):
            self.faults.append(f"{message.type} in the console: {message.text} ({message.location.get('url')})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "blob:")):
            self.faults.append(f"a request to {request.url}")

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"a dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module's tests; closed after it, since Playwright keeps an event loop open that other tests would meet."""
    if reason := os.environ.get(SKIP):
        pytest.skip(f"{SKIP}: {reason}")
    if CHROMIUM is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


Served = Callable[[Path], str]
OpenPage = Callable[..., Page]


@pytest.fixture
def served() -> Iterator[Served]:
    """Serves project files; gives the address of each. All end with the test."""
    with ExitStack() as stack:
        yield lambda project: stack.enter_context(serving(project))


@pytest.fixture
def address(served: Served, project: Path) -> str:
    """The address of a workbench over this test's own copy of the example project."""
    return served(project)


@pytest.fixture
def watches() -> Iterator[list[Watch]]:
    """What watches each context of this test; the test fails at its end if one has seen a fault."""
    kept: list[Watch] = []
    yield kept
    assert [fault for watch in kept for fault in watch.faults] == []


@pytest.fixture
def open_page(browser: Browser, watches: list[Watch], served: Served) -> Iterator[OpenPage]:
    """Opens a page in a context of its own (own cookies: another person): ``open_page(address, color_scheme="dark")``.

    ``page.goto("/find")`` goes on from that address. Options are those of Playwright's ``new_context``. What is served outlives the pages
    (so ``served`` is asked for here): a map may still be asking when its test ends.
    """
    contexts: list[BrowserContext] = []

    def opened(address: str, **options: Any) -> Page:
        contexts.append(browser.new_context(base_url=address, service_workers="block", **options))
        contexts[-1].set_default_timeout(WAIT_MS)
        watches.append(Watch(address))
        contexts[-1].on("page", watches[-1].follow)
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage, address: str) -> Page:
    """A watched page on the example project."""
    return open_page(address)


@pytest.fixture
def watch(page: Page, watches: list[Watch]) -> Watch:
    """What watches ``page``: ``watch.allow("403")`` for an error that the test provokes."""
    return watches[0]
