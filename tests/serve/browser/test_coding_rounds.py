"""Two coders code blind by keyboard, an editor settles what differs; each in a browser of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from purport.decisions import PersonRole
from purport.reviewing import reviewed_page
from purport.store import Store

Served = Callable[[Path], str]
OpenPage = Callable[..., Page]
PASSWORD = "a long enough password"
PEOPLE = {"Eda": PersonRole.EDITOR, "Ann": PersonRole.CODER, "Ben": PersonRole.CODER}


def serious(page: Page) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in ("serious", "critical")]


@pytest.fixture
def peopled(project: Path) -> Path:
    with Store(project) as store:
        for name, role in PEOPLE.items():
            store.people.add(name, role=role, password=PASSWORD, by="Eda")
    return project


@pytest.fixture
def logged_in(peopled: Path, served: Served, open_page: OpenPage) -> Callable[[str], Page]:
    address = served(peopled)

    def opened(name: str) -> Page:
        page = open_page(address)
        page.goto("/login?next=/rounds")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Coding rounds", level=1)).to_be_visible()
        return page

    return opened


def make_round(page: Page) -> None:
    page.get_by_role("link", name="New round").click()
    page.get_by_label("Name", exact=True).fill("Market bombing")
    page.get_by_label("Search (empty").fill("Kirkuk type:bombing")
    page.get_by_label("How many").fill("1")
    for field in ("Perpetrator", "Target", "Date"):
        page.get_by_label(field).uncheck()
    for coder in ("Ann", "Ben"):
        page.get_by_label(coder).check()
    assert serious(page) == []
    page.get_by_role("button", name="Make the round").click()
    expect(page.get_by_role("heading", name="Market bombing")).to_be_visible()


def code_by_keys(page: Page, *, kind: str, killed: str) -> None:
    """Type by its key, the place, evidence for the number by arrow keys, save; then hand in."""
    page.get_by_role("link", name="Code in Market bombing").click()
    expect(page.locator("#q-type input").first).to_be_focused()
    page.keyboard.press(kind)
    expect(page.locator("#q-place input[type=text]")).to_be_focused()
    page.keyboard.type("Kirkuk")
    page.keyboard.press("Enter")
    expect(page.locator("#q-killed input[type=text]")).to_be_focused()
    page.keyboard.type(killed)
    page.keyboard.press("Alt+e")
    expect(page.locator("#text")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#q-killed .quote")).not_to_be_empty()
    assert serious(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("That was the last event")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("status").first).to_contain_text("You have handed in")


def test_two_coders_and_an_editor(logged_in: Callable[[str], Page], peopled: Path, watches: list[Any]) -> None:
    eda = logged_in("Eda")
    make_round(eda)
    with Store(peopled) as store:
        (round_,) = store.rounds.all()
        unit = store.rounds.units(round_.id)[0]
    ann, ben = logged_in("Ann"), logged_in("Ben")
    for watch in watches:
        watch.allow("403")
    ann.goto(f"/document/{unit.document_id}")
    expect(ann.get_by_role("heading", name="You code this blind")).to_be_visible()
    ann.goto("/rounds")
    code_by_keys(ann, kind="b", killed="11+")
    code_by_keys(ben, kind="b", killed="23")
    ann.goto(f"/document/{unit.document_id}")
    expect(ann.get_by_role("heading", name="You code this blind")).to_have_count(0)
    eda.reload()
    eda.get_by_role("link", name="Settle what differs").click()
    expect(eda.locator(".question")).to_have_count(1)
    expect(eda.locator("#q-killed .side")).to_have_count(2)
    assert serious(eda) == []
    eda.keyboard.press("2")
    eda.get_by_label("Reason").fill("The later figure.")
    eda.keyboard.press("Control+Enter")
    expect(eda.get_by_role("status").first).to_contain_text("Nothing is left to settle")
    assert serious(eda) == []
    with Store(peopled) as store:
        event = next(each for each in reviewed_page(store, unit.document_id).report.events if each.id == unit.event_id)
        told = [claim.value for claim in event.claims if getattr(claim.value, "kind", "") == "killed"]
        assert any((getattr(value, "low", None), getattr(value, "high", None)) == (23, 23) for value in told)
        assert store.verify() == ()
