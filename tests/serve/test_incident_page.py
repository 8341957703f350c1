"""The incident page: every saying in its cell with a link to its evidence, names withheld, words announced, old ids, attacks inert."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml.html import HtmlElement
from starlette.testclient import TestClient

from hostile import hostile_page
from invented_projects import kept, told_by
from invented_reports import bomb_page
from local_client import LocalClient
from purport.accounts import Account
from purport.decisions import SensitivityLevel
from purport.incident import LinkVerdict
from purport.incidents import account_of
from purport.merging import judge_links
from purport.model import Report, Verdict
from purport.serve import create_app
from purport.serve.sayings_table import sayings_table
from purport.store import Store
from workbench_pages import assert_inert, csrf_of, page_of, unmask, words_of

Opened = Callable[[Path], TestClient]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens a project file in a browser without scripts."""
    apps = []

    def open_(path: Path) -> TestClient:
        apps.append(create_app(path))
        return LocalClient(apps[-1])

    yield open_
    for app in apps:
        app.state.workbench.stores.close()


def first_incident(path: Path) -> str:
    with Store(path) as store:
        return next(iter(store.incidents())).id


def show_everything(client: TestClient, project: Path) -> None:
    """Say yes to every content notice."""
    address = f"/incident/{first_incident(project)}"
    client.post(f"{address}/notice", data={"csrf": csrf_of(page_of(client, address)), "scope": "all"})


# ------------------------------------------------------------------ what it says
def test_all_its_parts_are_there(client: TestClient, project: Path) -> None:
    page = page_of(client, f"/incident/{first_incident(project)}")
    titles = [words_of(each) for each in page.iter("h2")]
    wanted = ["Who says what", "How the report travelled", "Killed over time", "Where it comes from", "One value each, by policy", "Pages"]
    assert [name for name in wanted if not any(title.startswith(name) for title in titles)] == []
    assert len(list(page.iter("h1"))) == 1
    assert [words_of(each) for each in page.iter("th") if each.get("scope") is None] == []


def test_every_saying_stands_in_one_cell(example_project: Path) -> None:
    with Store(example_project) as store:
        accounts = [account_of(store.incident(entry.id)) for entry in store.incidents() if entry.events]
    for account in accounts:
        table = sayings_table(account)
        shown = [q.claim_id for row in table.rows for cell in row.cells for value in cell for q in value.quotes]
        assert sorted(shown) == sorted(claims_of(account))
        assert sum(count for *_, count in table.groups) == len(table.columns)


def claims_of(account: Account) -> list[str]:
    return [saying.claim_id for contest in account.contests for value in contest.values for saying in value.sayings]


@pytest.mark.parametrize("unmasked", [False, True])
def test_every_quote_leads_to_its_words(client: TestClient, project: Path, unmasked: bool) -> None:
    if unmasked:
        unmask(client)
    show_everything(client, project)
    with Store(project) as store:
        incidents = [entry.id for entry in store.incidents() if entry.pages > 1]
    texts: dict[str, HtmlElement] = {}
    for incident in incidents:
        for link in page_of(client, f"/incident/{incident}").xpath("//a[@class='quoted']"):
            address, _, anchor = link.get("href").partition("#")
            if address not in texts:
                texts[address] = page_of(client, address)
            (place,) = texts[address].xpath(f"//*[@id='{anchor}']")
            assert words_of(link).startswith(words_of(place)[:20].strip()) or words_of(place) in words_of(link)


@pytest.mark.parametrize("number", [1, 2, 40])
def test_it_holds_few_and_many_sources(tmp_path: Path, opened: Opened, number: int) -> None:
    path = kept(tmp_path / "many.purport", told_by(number))
    page = page_of(opened(path), f"/incident/{first_incident(path)}")
    head = page.xpath("//table[@class='said']/thead/tr[2]/th")
    assert len(page.xpath("//table[@class='pages-list']/tbody/tr")) == number
    assert {len(row) - 1 for row in page.xpath("//table[@class='said']/tbody/tr")} == {len(head)}
    assert sum(int(each) for each in page.xpath("//table[@class='said']/thead/tr[1]/th/@colspan")) == len(head)


def test_an_incident_of_unread_pages_says_so(client: TestClient, project: Path) -> None:
    with Store(project) as store:
        unread = [entry.id for entry in store.incidents() if not entry.events]
    for incident in unread:
        assert "not read" in page_of(client, f"/incident/{incident}").text_content()


# ------------------------------------------------------------------ ids
def test_an_id_that_once_named_it_leads_to_it(project: Path, opened: Opened) -> None:
    with Store(project) as store:
        one, two = [entry.id for entry in store.incidents()][-2:]
        judge_links(store, (one, two), verdict=LinkVerdict.SAME, coder="Alder")
        now = store.incident_of(one)
        assert store.incident_of(two) == now
        event = store.incident(now).events[0].id
    client = opened(project)
    for id in ({one, two} - {now}) | {event}:
        answer = client.get(f"/incident/{id}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/incident/{now}")


@pytest.mark.parametrize(
    "address", ["/incident/inc-0000000000000000", "/incident/x", "/incident/%27%20OR%201=1", "/document/doc-000000000000"]
)
def test_an_unknown_id_is_told(client: TestClient, address: str) -> None:
    page = page_of(client, address, status=404)
    assert "no" in words_of(page.get_element_by_id("main"))


# ------------------------------------------------------------------ what is withheld and announced
def test_names_are_withheld_until_asked_for(tmp_path: Path, opened: Opened) -> None:
    capture, report = bomb_page()
    path = kept(tmp_path / "bomb.purport", [(capture, report)])
    client, address = opened(path), f"/incident/{report.events[0].id}"
    before = client.get(address).text
    assert "Haddouli" not in before
    assert "[name withheld]" in before
    assert "Names of victims are withheld." in before
    unmask(client)
    assert "Farid Haddouli" in client.get(address).text


GRAPHIC = (
    "Car bomb hits market in Aleppo, bodies charred\n\n"
    "A car bomb killed at least 12 people in Aleppo on 3 March 2015, the governor said on Tuesday."
    " The Islamic State claimed the attack in a statement carried by the Tidewater Agency."
    " Farid Haddouli, a baker, was among the dead, a witness"
    " said. The group threatened to shell Homs, and beheaded a captive."
)


@pytest.mark.parametrize(("scope", "elsewhere"), [("one", True), ("all", False)])
def test_words_are_shown_once_the_notice_is_answered(tmp_path: Path, opened: Opened, scope: str, elsewhere: bool) -> None:
    path = kept(tmp_path / "graphic.purport", [bomb_page(text=GRAPHIC), bomb_page(text=GRAPHIC + " More.", origin="b.html")])
    with Store(path) as store:
        first, second = [report.document.id for report in store.reports()]
    client = opened(path)
    page = page_of(client, f"/document/{first}")
    assert "Content notice" in page.text_content()
    assert "beheaded" not in page.text_content()
    assert "killed at least 12" not in page.text_content()
    answer = client.post(f"/document/{first}/notice", data={"csrf": csrf_of(page), "scope": scope})
    assert answer.status_code == 200
    assert "beheaded" in answer.text
    assert ("Content notice" in client.get(f"/document/{second}").text) is elsewhere


def test_an_incident_announces_the_words_that_it_quotes(tmp_path: Path, opened: Opened) -> None:
    capture, report = bomb_page(text=GRAPHIC)
    path = kept(tmp_path / "graphic.purport", [(capture, _retitled(report, "Bodies charred in Aleppo market"))])
    client, address = opened(path), f"/incident/{first_incident(path)}"
    page = page_of(client, address)
    assert "Content notice" in page.text_content()
    assert page.xpath("//q") == []
    assert "charred" not in page.text_content()
    shown = client.post(f"{address}/notice", data={"csrf": csrf_of(page)})
    assert "charred" in shown.text
    assert "Content notice" not in client.get(f"/document/{report.document.id}").text


def _retitled(report: Report, title: str) -> Report:
    return replace(report, document=replace(report.document, title=title))


def test_a_notice_needs_the_sessions_token(client: TestClient, project: Path) -> None:
    assert client.post(f"/incident/{first_incident(project)}/notice", data={}).status_code == 403


# ------------------------------------------------------------------ people's decisions
def test_what_people_decided_is_told(project: Path, opened: Opened) -> None:
    incident = first_incident(project)
    with Store(project) as store:
        events = store.events_of(incident)
        read = [event.id for event in store.incident(incident).events]
        claim = store.incident(incident).events[0].claims[0]
        store.judge(claim.id, Verdict.ACCEPT, coder="Alder")
        store.reviews.set_sensitivity(read, level=SensitivityLevel.RESTRICTED, why="captives", coder="Birch")
        store.reviews.comment(read[0], "Ask the <b>monitor</b>", coder="Cedar")
    assert events
    page = page_of(opened(project), f"/incident/{incident}")
    assert "started" in words_of(page.xpath("//*[@class='state-line']")[0])
    assert "restricted by Birch: captives" in words_of(page.xpath("//*[@class='state-line']")[0])
    assert "Ask the <b>monitor</b>" in words_of(page.get_element_by_id("main"))
    assert page.xpath("//main//b") == []


# ------------------------------------------------------------------ attacks
def test_a_page_that_attacks_stays_inert(tmp_path: Path, opened: Opened) -> None:
    path = kept(tmp_path / "attack.purport", [hostile_page()])
    client = opened(path)
    unmask(client)
    text = client.get(f"/incident/{first_incident(path)}").text
    assert_inert(text)
    assert "&lt;script&gt;" in text
