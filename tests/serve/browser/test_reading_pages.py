"""The incident page and the document page in a browser: evidence by click and by keys, columns that fold, no barrier that axe finds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from hostile import hostile_page
from invented_projects import arabic_page, kept, long_page, told_by
from invented_reports import bomb_page
from purport.store import Store

Served = Callable[[Path], str]
OpenPage = Callable[..., Page]


def serious(page: Page) -> list[tuple[str, str]]:
    """What axe finds that keeps people out."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in ("serious", "critical")]


def test_from_the_table_to_the_exact_words(page: Page, project: Path) -> None:
    with Store(project) as store:
        incident = next(iter(store.incidents())).id
    page.goto(f"/incident/{incident}")
    link = page.locator(".said a.quoted").first
    words = link.inner_text().strip("«» \xa0")
    link.click()
    target = page.locator(".m:target")
    expect(target).to_be_in_viewport()
    expect(target).to_have_text(words)


def test_keys_go_from_mark_to_mark_and_open_them(open_page: OpenPage, served: Served, tmp_path: Path) -> None:
    capture, report = bomb_page()
    page = open_page(served(kept(tmp_path / "one.purport", [(capture, report)], described=False)))
    page.goto(f"/document/{report.document.id}")
    marks = page.locator('#text .m[tabindex="0"]')
    expect(marks).to_have_count(1)
    marks.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    chosen = page.get_by_role("region", name="The chosen mark")
    expect(chosen).to_be_hidden()
    page.keyboard.press("Enter")
    expect(chosen).to_be_focused()
    expect(chosen).to_contain_text("the governor")
    expect(chosen.locator("table")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(chosen).to_be_hidden()
    expect(page.locator('#text .m[tabindex="0"]')).to_be_focused()


def test_the_notice_leads_on_to_the_place(open_page: OpenPage, served: Served, tmp_path: Path) -> None:
    capture, report = bomb_page(text=bomb_page()[1].document.text + " They beheaded a captive.")
    page = open_page(served(kept(tmp_path / "one.purport", [(capture, report)], described=False)))
    span = report.events[0].triggers[0]
    page.goto(f"/document/{report.document.id}#s{span.start}-{span.end}")
    page.get_by_role("button", name="Show the text", exact=True).click()
    expect(page.locator(".m:target")).to_have_text("car bomb")


def test_a_place_that_is_no_evidence_is_pointed_at(open_page: OpenPage, served: Served, tmp_path: Path) -> None:
    capture, report = bomb_page()
    page = open_page(served(kept(tmp_path / "one.purport", [(capture, report)], described=False)))
    start = report.document.text.index("on Tuesday")
    page.goto(f"/document/{report.document.id}#s{start}-{start + 10}")
    expect(page.locator(".pointed")).to_have_text("on Tuesday")
    expect(page.locator(".pointed")).to_be_in_viewport()


def test_columns_fold(open_page: OpenPage, served: Served, tmp_path: Path) -> None:
    path = kept(tmp_path / "forty.purport", told_by(40))
    with Store(path) as store:
        incident = next(iter(store.incidents())).id
    page = open_page(served(path))
    page.goto(f"/incident/{incident}")
    corner, box = page.locator(".corner"), page.locator(".table-box")
    before = corner.bounding_box()
    box.evaluate("each => each.scrollTo(2000, 200)")
    assert corner.bounding_box() == before  # the head and the first column stay in sight
    box.evaluate("each => each.scrollTo(0, 0)")
    fold = page.locator(".said .fold").first
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(page.locator('.said td[data-column="1"] .told').first).to_be_hidden()
    page.get_by_label("Parties to the conflict").uncheck()
    expect(page.locator(".said td.g-party").first).to_be_hidden()
    assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page_of", [bomb_page, arabic_page, hostile_page], ids=["plain", "arabic", "hostile"])
def test_nothing_keeps_people_out(open_page: OpenPage, served: Served, tmp_path: Path, page_of: Callable[[], Any], scheme: str) -> None:
    capture, report = page_of()
    page = open_page(served(kept(tmp_path / "one.purport", [(capture, report)], described=False)), color_scheme=scheme)
    for address in (f"/document/{report.document.id}", f"/incident/{report.events[0].id}"):
        page.goto(address)
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_narrow_page_never_scrolls_sideways(open_page: OpenPage, served: Served, project: Path) -> None:
    with Store(project) as store:
        addresses = [f"/incident/{entry.id}" for entry in store.incidents(limit=3)]
        addresses += [f"/document/{report.document.id}" for report in store.reports()][:4]
    page = open_page(served(project), viewport={"width": 360, "height": 700})
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_a_page_of_sixty_thousand_letters_answers_keys(open_page: OpenPage, served: Served, tmp_path: Path) -> None:
    capture, report = long_page()
    page = open_page(served(kept(tmp_path / "long.purport", [(capture, report)], described=False)))
    page.goto(f"/document/{report.document.id}")
    page.locator('#text .m[tabindex="0"]').focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="The chosen mark")).to_contain_text("500 Armed assault")
