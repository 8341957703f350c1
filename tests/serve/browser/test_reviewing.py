"""A full review by keyboard alone, and a server that goes away in the middle of it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from purport.decisions import Need, QueueFilter
from purport.store import Store


def first_of(project: Path) -> str:
    with Store(project) as store:
        found = store.queue.next(QueueFilter(Need.LOW))
    assert found is not None
    return found


def test_a_full_review_with_undo_by_keyboard(page: Page, project: Path) -> None:
    event = first_of(project)
    page.goto("/queue?need=low")
    page.locator("#start").press("Enter")
    expect(page).to_have_url(re.compile(f"/review/{event}"))
    notice = page.locator("#show-text")
    if notice.count():
        notice.press("Enter")
    rows = page.locator("[data-claim]")
    total = rows.count()
    expect(rows.first).to_have_class(re.compile("current"))
    expect(page.locator("#text .now").first).to_be_visible()
    page.keyboard.press("a")
    expect(rows.first.locator(".pill.accepted")).to_be_visible()
    page.keyboard.press("x")
    expect(rows.nth(1).locator(".pill.rejected")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("p")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#decided")).to_have_text(f"2 of {total} claims decided")
    expect(page.locator("#saving")).to_have_text("Saved")
    page.keyboard.press("u")
    expect(page.locator("#toast")).to_contain_text("Took back the decision to reject")
    expect(page.locator("#decided")).to_have_text(f"1 of {total} claims decided")
    page.keyboard.press("u")
    expect(page.locator("#decided")).to_have_text(f"0 of {total} claims decided")
    page.keyboard.press("u")
    expect(page.locator("#toast")).to_contain_text("There is nothing of yours to take back.")
    page.keyboard.press("g")
    expect(page).not_to_have_url(re.compile(f"/review/{event}"))
    with Store(project) as store:
        assert store.verify() == ()


def test_no_decision_is_lost_when_the_server_does_not_answer(page: Page, watch: Any, project: Path) -> None:
    watch.allow("ERR_FAILED")
    event = first_of(project)
    page.route("**/judge", lambda route: route.abort())  # before the page opens: a route made later may miss the first request
    page.goto(f"/review/{event}")
    decided = page.locator("#decided")
    total = page.locator("[data-claim]").count()
    page.keyboard.press("a")
    expect(page.locator("#saving")).to_contain_text("Not saved: the server does not answer. 1 decision waits")
    expect(decided).to_have_text(f"0 of {total} claims decided")
    page.unroute("**/judge")
    expect(page.locator("#saving")).to_have_text("Saved")
    expect(decided).to_have_text(f"1 of {total} claims decided")
