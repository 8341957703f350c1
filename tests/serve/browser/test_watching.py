"""The fixtures see what should not happen: a test that watches nothing would pass whatever a page does."""

from typing import Any

import pytest
from playwright.sync_api import Page

from purport.serve.guards import CONTENT_SECURITY_POLICY

PAGES = {
    "inline script": "<script>document.title = 'run'</script>",
    "inline handler": "<img src='/static/none.png' onerror=\"document.title='run'\">",
    "inline style": "<p style='color: red'>red</p>",
    "remote picture": "<img src='http://203.0.113.9/a.png'>",
    "remote script": "<script src='http://203.0.113.9/a.js'></script>",
}


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_stops_it_and_the_watch_sees_it(page: Page, watches: list[Any], name: str) -> None:
    page.route(
        "**/planted",
        lambda route: route.fulfill(
            body=f"<!doctype html><title>still</title>{PAGES[name]}",
            headers={"Content-Type": "text/html", "Content-Security-Policy": CONTENT_SECURITY_POLICY},
        ),
    )
    with page.expect_event("console"):
        page.goto("/planted")
    assert page.title() == "still"
    assert any("in the console" in fault for fault in watches[0].faults)
    watches[0].faults.clear()


def test_a_request_elsewhere_is_seen(page: Page, watches: list[Any]) -> None:
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html"))
    page.goto("http://203.0.113.9/")
    assert watches[0].faults == ["a request to http://203.0.113.9/"]
    watches[0].faults.clear()
