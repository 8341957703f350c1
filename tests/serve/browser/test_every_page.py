"""What holds of every page: axe finds nothing serious in light or dark, a narrow window holds it, an attacking page in it stays inert."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from every_page import NAMES, OF_ONE_PAGE, addresses
from hostile import ATTACK, hostile_page
from purport import merging
from purport.decisions import AddedEvent, Answer, PersonRole
from purport.model import Block, BlockKind, Claim, EventType, Factuality, Report, Role, Span, claim_id, digest_of, event_id, hashed_id
from purport.store import Store

SERIOUS = ("serious", "critical")
NARROW = {"width": 420, "height": 800}
#: What a page could only hold if it had been made of an attack's own markup.
PLANTED = "script:not([src]), style, img, iframe, object, embed, [onerror], [onload], [onmouseover], [style], a[href^='javascript:' i]"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_serious(open_page: Any, address: str, project: Path, name: str, scheme: str) -> None:
    page = open_page(address, color_scheme=scheme)
    visit(page, project, name)
    found = [each for each in Axe().run(page).response["violations"] if each["impact"] in SERIOUS]
    assert [told(each) for each in found] == []


def visit(page: Page, project: Path, name: str, *, document_id: str | None = None) -> None:
    """Go to a page by its name; the login only asks where there are accounts."""
    if name == "login":
        with Store(project) as store:
            store.people.add("An editor", role=PersonRole.EDITOR, password="a long enough pass phrase", by="test")
    page.goto(addresses(project, document_id=document_id)[name])
    page.wait_for_load_state("networkidle")


def told(violation: dict[str, Any]) -> str:
    """A violation in a line."""
    return f"{violation['impact']} {violation['id']}: {[node['html'][:150] for node in violation['nodes'][:3]]}"


@pytest.mark.parametrize("name", NAMES)
def test_a_narrow_window_holds_every_page(open_page: Any, address: str, project: Path, name: str) -> None:
    page = open_page(address, viewport=NARROW)
    visit(page, project, name)
    assert overflow(page) <= 0


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


# ------------------------------------------------------------------ pages with something on them
@pytest.fixture
def busy(project: Path) -> tuple[Path, dict[str, str]]:
    """The project with a saved search, a round that waits for coding and one to be settled, a suggestion, a comment; and their pages."""
    with Store(project) as store:
        report = next(each for each in store.reports() if each.events)
        event = report.events[0]
        saved = store.finding.save("Bombings", "type=bombing", number=1, coder="Ann")
        rounds = [
            store.rounds.make(name, (event.id,), fields=("type", "killed"), coders=coders, blind=False, made_by="Ann")
            for name, coders in (("Waits", ("me", "Ann")), ("To be settled", ("Ann", "Ben")))
        ]
        for coder, answer in (("Ann", "bombing"), ("Ben", "killing")):
            store.rounds.code(rounds[1].id, event.id, coder=coder, answers={"type": Answer(answer)}, comment="sure")
            store.rounds.hand_in(rounds[1].id, coder=coder)
        store.suggestions.keep(report.document.id, suggested(report), reader="another reader", dropped={})
        store.reviews.comment(event.id, "look again", coder="Ann")
        store.erasing.retention.add(days=3650, since="publication", level="", why="the project ends", coder="Ann")
    asked = {
        "searches": "/searches",
        "what a search finds": f"/find?{saved.query}",
        "suggestions": "/suggestions",
        "rounds": "/rounds",
        "a round": f"/rounds/{rounds[1].id}",
        "coding": f"/rounds/{rounds[0].id}/code/{event.id}",
        "settling": f"/rounds/{rounds[1].id}/adjudicate",
        "what would be erased": f"/erasure?ids={report.document.id}",
        "review": f"/review/{event.id}",
    }
    return project, asked


def suggested(report: Report) -> tuple[AddedEvent, Claim]:
    """An event at the page's first word."""
    spans = (Span(0, report.document.text.index(" ")),)
    key, value = event_id(report.document.id, spans), EventType("killing")
    id_ = claim_id(event_id=key, role=Role.TYPE, value=value, spans=spans, chain=[])
    claim = Claim(id_, key, Role.TYPE, value, spans[0].of(report.document.text), spans, None, Factuality.CERTAIN, origin="another reader")
    return AddedEvent(key, report.document.id, "killing", spans), claim


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_where_there_is_something(
    open_page: Any, served: Any, busy: tuple[Path, dict[str, str]], scheme: str
) -> None:
    project, asked = busy
    page = open_page(served(project), color_scheme=scheme, viewport=NARROW)
    found: dict[str, list[str]] = {}
    for name, address in asked.items():
        assert page.goto(address).ok, address
        page.wait_for_load_state("networkidle")
        wrong = [told(each) for each in Axe().run(page).response["violations"] if each["impact"] in SERIOUS]
        wrong += ["wider than its window"] if overflow(page) > 0 else []
        found |= {name: wrong} if wrong else {}
    assert found == {}


# ------------------------------------------------------------------ a page that attacks
@pytest.fixture
def attacked(project: Path) -> tuple[Path, str]:
    """The project with a page in which everything attacks, with null bytes, words without end and letters turned round; and its id."""
    capture, report = hostile_page()
    endless = "x" * 3000
    text = f"{report.document.text} \0 \u202e{endless}\u202c {ATTACK}"
    content = text.encode("utf-8", "surrogatepass")
    capture = replace(capture, content=content, digest=digest_of(content), id="cap-" + digest_of(content)[7:23])
    document = replace(report.document, text=text, title=f"{ATTACK} {endless}", blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH),))
    assert report.document.id == hashed_id("doc", report.document.capture_id)
    with Store(project) as store:
        store.add(capture, replace(report, document=replace(document, capture_id=capture.id)))
        merging.merge(store)
    return project, document.id


@pytest.mark.parametrize("name", NAMES)
def test_an_attacking_page_stays_inert(open_page: Any, served: Any, attacked: tuple[Path, str], name: str) -> None:
    project, document_id = attacked
    page = open_page(served(project), viewport=NARROW)
    visit(page, project, name, document_id=document_id)
    if page.locator("form:has-text('Show') button").count():
        page.locator("form:has-text('Show') button").first.click()
    page.wait_for_load_state("networkidle")
    assert page.locator(PLANTED).evaluate_all("all => all.map(each => each.outerHTML.slice(0, 200))") == []
    assert overflow(page) <= 0
    assert ("alert(1)" in page.locator("main").inner_text()) == (name in OF_ONE_PAGE)
