"""How long Chromium takes from the address to the first paint with a map of all incidents."""

import os
import shutil

from playwright.sync_api import Page, sync_playwright

from benchmarks.serving import PASSWORD

MAP = "/find"
#: The first frame after the map's own drawing is marked with ``performance.mark("map drawn")``.
DRAWN = "() => performance.getEntriesByName('map drawn').length > 0"
TAKEN = "() => performance.getEntriesByName('map drawn')[0].startTime"


def first_paints(address: str, name: str, *, times: int) -> list[float]:
    """Milliseconds from the start of the navigation to the map's first paint, the scripts already in the browser's cache but once."""
    chromium = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    if chromium is None:
        raise SystemExit("no chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(base_url=address).new_page()
        _log_in(page, name)
        found = [_painted(page) for _ in range(times)]
        browser.close()
    return found


def _log_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD + name)
    page.click("main button")
    page.wait_for_url(lambda url: not url.endswith("/login"))


def _painted(page: Page) -> float:
    page.goto(MAP, wait_until="commit")
    page.wait_for_function(DRAWN)
    taken: float = page.evaluate(TAKEN)
    return taken
