"""A full review by keyboard alone, and a server that goes away in the middle of it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from purport.decisions import LogFilter, Need, QueueFilter
from purport.export import withheld_names
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


def test_a_comment_and_names_by_their_keys(page: Page, project: Path) -> None:
    with Store(project) as store:
        event = next(each.events[0].id for each in store.reports() if each.events and withheld_names(each))
    page.goto(f"/review/{event}")
    rows, form = page.locator("[data-claim]"), page.locator("#comment-form")
    expect(form).to_be_hidden()
    expect(rows.first).to_have_class(re.compile("current"))
    page.keyboard.press("t")
    expect(form.locator("textarea")).to_be_focused()
    expect(form.locator("select")).to_have_value(rows.first.get_attribute("data-claim") or "")
    page.keyboard.type("tell a and x apart")  # keys of the page are letters here
    form.get_by_role("button", name="Keep the comment").click()
    expect(page.locator("ol.comments li")).to_contain_text("tell a and x apart")
    expect(page.locator("#decided")).to_contain_text("0 of")
    expect(page.locator("#show-names")).to_be_visible()
    page.locator("#decided").click()
    page.keyboard.press("v")
    expect(page.locator("#show-names")).to_have_count(0)
    expect(page).to_have_url(re.compile(f"/review/{event}"))
    page.locator("ol.comments").get_by_role("button", name="Take back").click()
    expect(page.locator("ol.comments li")).to_have_count(0)
    with Store(project) as store:
        assert [entry.subject for entry in store.audit.entries(LogFilter(action="unmask"))] != []
        assert store.reviews.comments(event) == () and store.verify() == ()


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
