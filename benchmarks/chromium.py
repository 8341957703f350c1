"""Chromium for figures that only a browser can give."""

import os
import shutil

from playwright.sync_api import Browser, Page

from benchmarks.serving import PASSWORD


def chromium_path() -> str:
    """Where it is: ``CHROMIUM``, or on the path. Raises SystemExit if it is not on this machine."""
    found = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    if found is None:
        raise SystemExit("no chromium on this machine (apt-get install chromium)")
    return found


def logged_in(browser: Browser, address: str, name: str) -> Page:
    """A page of a person who has logged in."""
    page = browser.new_context(base_url=address).new_page()
    page.goto("/login")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD + name)
    page.click("main button")
    page.wait_for_url(lambda url: not url.endswith("/login"))
    return page
