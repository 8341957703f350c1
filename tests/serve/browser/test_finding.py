"""Find in a browser: facets apply at once and the way back leads back, the map and the timeline narrow by keys and by dragging."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

FOUND = ".results .head strong"


def opened(page: Page, query: str = "") -> None:
    page.goto(f"/find{query}")
    expect(page.locator("#map svg[data-painted=yes]")).to_be_visible()


def number(page: Page) -> int:
    return int((page.locator(FOUND).text_content() or "").replace(",", ""))


def test_a_facet_applies_at_once_and_the_way_back_undoes_it(page: Page) -> None:
    opened(page)
    whole = number(page)
    page.get_by_role("checkbox", name=re.compile("bombing")).first.check()
    page.wait_for_url(re.compile(r"/find\?type=bombing$"))
    assert 0 < number(page) < whole
    page.go_back()
    expect(page.locator(FOUND)).to_have_text(str(whole))
    expect(page.get_by_role("checkbox", name=re.compile("bombing")).first).not_to_be_checked()


def test_from_a_search_to_the_exact_words_and_back(page: Page) -> None:
    opened(page)
    page.get_by_role("searchbox").or_(page.locator("input[name=q]")).first.fill("market place:Kirkuk")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/find\?.*Kirkuk"))
    found, asked = number(page), page.url
    assert found > 0
    page.get_by_role("checkbox", name=re.compile("bombing")).first.check()
    page.wait_for_url(re.compile(r"type=bombing"))
    page.locator(".result a").first.click()
    page.wait_for_url(re.compile(r"/incident/inc-"))
    notice = page.get_by_role("button", name=re.compile("Show"))
    if notice.count():
        notice.first.click()
    evidence = page.locator(".said a.quoted").first
    words = evidence.inner_text().strip("«» \xa0")
    evidence.click()
    page.wait_for_url(re.compile(r"/document/doc-[0-9a-f]+#s\d+-\d+$"))
    expect(page.locator(".m:target")).to_have_text(words)
    page.go_back()
    expect(page.locator(".said a.quoted").first).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page).to_have_url(asked)
    expect(page.locator(FOUND)).to_have_text(str(found))


def test_an_area_is_chosen_by_dragging_and_left_again(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Choose an area").click()
    box = page.locator("#map svg.map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"box="))
    opened(page, page.url.partition("/find")[2])
    page.get_by_role("button", name="Whole world").click()
    page.wait_for_url(re.compile(r"/find\??$"))


def test_the_map_moves_by_keys(page: Page) -> None:
    opened(page)
    land = page.locator("#map path.land")
    page.locator("#map svg.map").focus()
    page.wait_for_load_state("networkidle")  # it has come as close as what was found allows
    for key in ("+", "ArrowLeft", "ArrowUp", "-"):
        before = land.get_attribute("transform")
        assert before is not None
        page.keyboard.press(key)
        expect(land).not_to_have_attribute("transform", before)


def test_what_the_map_shows_narrows_by_keys_and_the_way_back_leads_back(page: Page) -> None:
    opened(page, "?disputed=no")
    whole, asked = number(page), page.url
    page.locator("#map svg.map").focus()
    page.wait_for_load_state("networkidle")
    for _ in range(3):
        page.keyboard.press("+")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"disputed=no.*box=|box=.*disputed=no"))
    assert number(page) < whole
    page.go_back()
    expect(page).to_have_url(asked)
    expect(page.locator(FOUND)).to_have_text(str(whole))
    expect(page.locator("input[name=box]")).to_be_disabled()


def test_what_the_map_shows_is_a_list_too_that_narrows_and_leads_on(page: Page) -> None:
    opened(page)
    whole = number(page)
    page.get_by_text("What the map shows, as a list").click()
    several = page.locator(".map-list button").first
    told = int(several.inner_text().split()[0].replace(",", ""))
    several.click()
    page.wait_for_url(re.compile("box="))
    assert told <= number(page) < whole
    page.get_by_text("By country, as a table").click()
    page.locator(".map-table a").first.click()
    page.wait_for_url(re.compile("country=.*box=|box=.*country="))


def test_days_are_chosen_by_keys(page: Page) -> None:
    opened(page)
    whole = number(page)
    page.locator("#timeline svg").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#timeline .said[aria-live]")).to_contain_text("Enter narrows to these days")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"since=.*until="))
    assert number(page) < whole


def test_days_are_chosen_by_dragging_over_the_timeline(page: Page) -> None:
    opened(page)
    whole, asked = number(page), page.url
    timeline = page.locator("#timeline svg")
    timeline.scroll_into_view_if_needed()
    box = timeline.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2, steps=4)
    said = page.locator("#timeline .said[aria-live]")
    expect(said).to_contain_text(re.compile(r"^\S+ to \S+: \d+ incident"))
    told = re.match(r"(\S+) to (\S+): (\d+)", said.inner_text())
    page.mouse.up()
    assert told is not None
    page.wait_for_url(re.compile(f"since={told[1]}.*until={told[2]}"))
    assert int(told[3]) <= number(page) < whole
    page.go_back()
    expect(page).to_have_url(asked)
    expect(page.locator(FOUND)).to_have_text(str(whole))


def test_without_scripts_the_list_the_table_and_the_bars_are_there(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(address, java_script_enabled=False)
    page.goto("/find")
    assert number(page) > 0
    expect(page.locator("#timeline svg rect").first).to_be_visible()
    page.get_by_text("By country, as a table").click()
    expect(page.locator(".map-table table")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("bombing")).first.check()
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url(re.compile("type=bombing"))
