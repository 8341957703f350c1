"""How long Chromium takes from the address to the first paint with a map of all incidents."""

from playwright.sync_api import Page, sync_playwright

from benchmarks.chromium import chromium_path, logged_in

MAP = "/find"
#: The first frame after the map's own drawing is marked with ``performance.mark("map drawn")``.
DRAWN = "() => performance.getEntriesByName('map drawn').length > 0"
TAKEN = "() => performance.getEntriesByName('map drawn')[0].startTime"


def first_paints(address: str, name: str, *, times: int) -> list[float]:
    """Milliseconds from the start of the navigation to the map's first paint, the scripts already in the browser's cache but once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = logged_in(browser, address, name)
        found = [_painted(page) for _ in range(times)]
        browser.close()
    return found


def _painted(page: Page) -> float:
    page.goto(MAP, wait_until="commit")
    page.wait_for_function(DRAWN)
    taken: float = page.evaluate(TAKEN)
    return taken
