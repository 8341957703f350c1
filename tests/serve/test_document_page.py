"""The document page: the text whole and in its direction, marks with their depth, decisions beside the machine's, attacks inert."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as parser
from lxml.html import HtmlElement
from starlette.testclient import TestClient

from hostile import hostile_page
from invented_projects import arabic_page, kept, long_page
from invented_reports import Page, bomb_page, span_of
from purport import merging
from purport.decisions import Decided, Reviewed, ReviewState, SensitivityLevel
from purport.export.masking import WITHHELD
from purport.incidents.linking import PageLinker
from purport.model import Change, Count, Role, Thing, Verdict
from purport.serve import create_app
from purport.serve.page_events import marked_report
from purport.serve.showing import masked_page
from purport.status import quote_of
from purport.store import Store
from workbench_pages import assert_inert, csrf_of, page_of, unmask, words_of

Shown = Callable[..., HtmlElement]


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    """The document page of one invented page; ``unmasked`` with names."""
    apps = []

    def show(page: Page, *, unmasked: bool = False) -> HtmlElement:
        path = kept(tmp_path / "one.purport", [page])
        apps.append(create_app(path))
        client = TestClient(apps[-1])
        if unmasked:
            unmask(client)
        return page_of(client, f"/document/{page[1].document.id}")

    yield show
    for app in apps:
        app.state.workbench.stores.close()


def document_in(project: Path, *, holding: str) -> str:
    with Store(project) as store:
        return next(report.document.id for report in store.reports() if holding in report.document.text)


# ------------------------------------------------------------------ the text
def test_the_text_is_whole(client: TestClient, project: Path) -> None:
    unmask(client)
    with Store(project) as store:
        documents = [report.document for report in store.reports()]
    for document in documents:
        page = page_of(client, f"/document/{document.id}")
        if page.xpath("//*[@id='text']"):
            shown = "".join(page.xpath("//*[@id='text']//text()[not(ancestor::*[@class='label'])]"))
            assert _letters(shown) == _letters(document.text)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def test_each_block_has_its_own_direction_and_captions_stand_apart(client: TestClient, project: Path, shown: Shown) -> None:
    arabic = shown(arabic_page())
    assert arabic.xpath("//*[@id='text']/@lang") == ["ar"]
    assert arabic.xpath("//*[@id='text']/p/@dir") == ["auto"] * 3
    assert "undated" in arabic.xpath("string(//header[@class='page-head'])")
    caption = page_of(client, f"/document/{document_in(project, holding='A burned minibus')}")
    assert "the picture is not loaded" in words_of(caption.xpath("//*[contains(@class, 'caption')]")[0])


def test_an_unread_page_says_so_and_shows_hints(client: TestClient, project: Path) -> None:
    with Store(project) as store:
        unread = [report.document.id for report in store.reports() if report.document.unread]
    page = page_of(client, f"/document/{unread[0]}")
    assert "not read" in words_of(page.xpath("//p[@class='notice']")[0])
    hints = [each.get("id") for each in page.xpath("//*[contains(@class, 'hint')]")]
    assert hints
    assert {link.lstrip("#") for link in page.xpath("//section[@id='events']//a/@href")} <= set(hints)


def test_how_it_was_kept_is_told(client: TestClient, project: Path) -> None:
    unmask(client)
    id = document_in(project, holding="A burned minibus")
    with Store(project) as store:
        kept_as = store.show(id)
    told = words_of(page_of(client, f"/document/{id}").get_element_by_id("kept"))
    for fact in (kept_as.digest, id, kept_as.readings[0].id, kept_as.sightings[0].origin):
        assert fact in told


# ------------------------------------------------------------------ marks
def test_marks_have_their_depth_and_lead_to_their_events(shown: Shown) -> None:
    page = shown(bomb_page())
    contents = page.xpath("//*[contains(concat(' ', @class, ' '), ' content ')]")
    assert contents
    assert all({"d1", "d2"} & set(each.get("class").split()) for each in contents)
    links = page.xpath("//*[@id='text']//a/@href")
    assert links
    assert all(page.xpath(f"//*[@id='{link[1:]}']") for link in links)
    assert page.xpath("//*[@id='text']//a//a") == []


@pytest.mark.parametrize("unmasked", [False, True])
def test_every_claim_leads_to_its_words(shown: Shown, unmasked: bool) -> None:
    page = shown(bomb_page(), unmasked=unmasked)
    for link in page.xpath("//section[@id='events']//a[@class='quoted']"):
        (place,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert words_of(place) == words_of(link)


def test_a_place_that_is_no_evidence_can_be_pointed_at(tmp_path: Path) -> None:
    capture, report = bomb_page()
    path = kept(tmp_path / "one.purport", [(capture, report)], described=False)
    app = create_app(path)
    span = span_of(report.document.text, "on Tuesday")
    page = page_of(TestClient(app), f"/document/{report.document.id}?at={span.start}-{span.end}")
    assert page.get_element_by_id(f"s{span.start}-{span.end}").text_content() == "on Tuesday"
    for at in ("9-3", "0-99999999", "x", "-1-2", "5-5"):
        page_of(TestClient(app), f"/document/{report.document.id}?at={at}")
    app.state.workbench.stores.close()


@pytest.mark.parametrize("kind", ["event", "claim", "prefix"])
def test_an_event_or_claim_leads_to_its_place(client: TestClient, project: Path, kind: str) -> None:
    with Store(project) as store:
        report = next(report for report in store.reports() if report.events)
    event = report.events[0]
    asked = {"event": event.id, "claim": event.claims[0].id, "prefix": report.document.id[:12]}[kind]
    answer = client.get(f"/document/{asked}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/document/{report.document.id}")
    assert ("#s" in answer.headers["location"]) == (kind != "prefix")


def test_a_long_page_is_answered(shown: Shown) -> None:
    page = shown(long_page())
    assert len(page.xpath("//article")) >= 500
    assert page.xpath("//*[contains(concat(' ', @class, ' '), ' d2 ')]")


def test_an_erased_page_says_when_and_why(tmp_path: Path) -> None:
    capture, report = bomb_page()
    path = kept(tmp_path / "one.purport", [(capture, report)], described=False)
    with Store(path) as store:
        store.erasing.erase(store.erasing.pages_of(capture.id), why="asked by the <b>family</b>", coder="Alder", linker=PageLinker())
    app = create_app(path)
    page = page_of(TestClient(app), f"/document/{report.document.id}", status=410)
    app.state.workbench.stores.close()
    told = words_of(page.get_element_by_id("main"))
    for words in ("by Alder", "asked by the <b>family</b>", capture.digest):
        assert words in told
    assert "Aleppo" not in told


# ------------------------------------------------------------------ people's decisions
def test_decisions_stand_beside_the_machines(tmp_path: Path) -> None:
    capture, report = bomb_page()
    path = kept(tmp_path / "one.purport", [(capture, report)], described=False)
    claims = {claim.role: claim for claim in report.events[0].claims}
    with Store(path) as store:
        store.judge(claims[Role.COUNT].id, Verdict.CORRECT, coder="Alder", value=Count("killed", 13, 13))
        store.judge(claims[Role.PERPETRATOR].id, Verdict.REJECT, coder="Birch")
        store.judge(claims[Role.PLACE].id, Verdict.ACCEPT, coder="Cedar")
        store.judge(report.events[1].claims[0].id, Verdict.REJECT, coder="Dogwood")
    app = create_app(path)
    page = page_of(TestClient(app), f"/document/{report.document.id}")
    app.state.workbench.stores.close()
    rows = {
        state: [words_of(row) for row in page.xpath(f"//tr[contains(@class, '{state}')]")]
        for state in ("corrected", "rejected", "accepted")
    }
    assert "13 killed" in rows["corrected"][0]
    assert "by Alder" in rows["corrected"][0]
    assert "The machine read: at least 12 killed" in rows["corrected"][0]
    assert any("The Islamic State" in row and "by Birch" in row for row in rows["rejected"])
    assert "by Cedar" in rows["accepted"][0]
    assert "The machine read" not in rows["accepted"][0]
    assert "rejected by people" in words_of(page.xpath("//article[contains(@class, 'unheld')]")[0])


def test_what_was_added_is_listed_and_rejected_events_stay_in_order() -> None:
    _, report = bomb_page()
    added = replace(report.events[0], id="evt-added", triggers=(span_of(report.document.text, "attack"),))
    reviewed = Reviewed(report, replace(report, events=(report.events[1], added)))
    assert [event.id for event in marked_report(reviewed).events] == [report.events[0].id, report.events[1].id, "evt-added"]


# ------------------------------------------------------------------ names
def test_masking_is_one_for_the_machine_and_for_people() -> None:
    """A name that only a correction knows is withheld in the machine's words too, so that places agree."""
    _, report = bomb_page()
    first = report.events[0]
    place = next(claim for claim in first.claims if claim.role is Role.PLACE)
    corrected = replace(
        place,
        role=Role.NAME,
        value=Thing("Tidewater Agency"),
        words="Tidewater Agency",
        spans=(span_of(report.document.text, "Tidewater Agency"),),
    )
    held = replace(report, events=(replace(first, claims=(*first.claims, corrected)), *report.events[1:]))
    reviewed = Reviewed(
        report, held, {place.id: Decided(ReviewState.CORRECTED, place, corrected), "gone": Decided(ReviewState.REJECTED, place, None)}
    )
    masked = masked_page(reviewed)
    assert masked.machine.document == masked.report.document
    assert "Haddouli" not in masked.report.document.text
    assert len(masked.machine.events) == len(masked.report.events) == 2
    decided = masked.by_claim[place.id]
    assert decided.machine is not None and decided.holding is not None
    assert (decided.machine.words, decided.holding.words) == ("Aleppo", WITHHELD)
    every = [c for page in (masked.machine, masked.report) for event in page.events for c in event.claims]
    for claim in (*every, decided.machine, decided.holding):
        assert quote_of(masked.report.document.text, claim.spans) == claim.words
    assert masked.by_claim["gone"].holding is None


def test_a_page_without_names_is_itself() -> None:
    _, report = hostile_page()
    plain = replace(report, events=())
    assert masked_page(Reviewed(plain, plain)).report is plain


def test_where_it_lay_is_withheld_with_the_names(shown: Shown) -> None:
    page = bomb_page(origin="evidence/farid-haddouli.html", url="https://courier.example/farid-haddouli-dead")
    text = shown(page).text_content()
    assert "haddouli" not in text.casefold()
    assert "withheld with the names" in text


def test_corrected_evidence_is_marked_where_it_now_stands(tmp_path: Path) -> None:
    capture, report = bomb_page()
    path = kept(tmp_path / "one.purport", [(capture, report)], described=False)
    claim = next(claim for claim in report.events[0].claims if claim.role is Role.PLACE)
    span = span_of(report.document.text, "in Aleppo on")
    with Store(path) as store:
        store.judge(claim.id, Verdict.CORRECT, coder="Alder", change=Change(spans=(span,)))
    app = create_app(path)
    page = page_of(TestClient(app), f"/document/{report.document.id}")
    app.state.workbench.stores.close()
    assert words_of(page.get_element_by_id(f"s{span.start}-{span.end}")) == "in Aleppo on"


# ------------------------------------------------------------------ attacks
@pytest.mark.parametrize("unmasked", [False, True])
def test_a_page_that_attacks_stays_inert(shown: Shown, unmasked: bool) -> None:
    page = shown(hostile_page(), unmasked=unmasked)
    assert_inert(parser.tostring(page, encoding="unicode"))
    assert page.xpath("//*[@id='text']/@lang") == []
    assert "javascript:alert(4)" in page.get_element_by_id("kept").text_content()  # shown as words, led to by nothing


# ------------------------------------------------------------------ remarks
REMARK = "Haddouli's brother rang; HADDOULI is not the baker. farid haddouli has a son."


def test_a_remark_is_kept_shown_without_names_and_taken_back(tmp_path: Path) -> None:
    path = kept(tmp_path / "one.purport", [bomb_page()])
    app = create_app(path)
    client = TestClient(app)
    report = bomb_page()[1]
    address = f"/document/{report.document.id}"
    token = csrf_of(page_of(client, address))
    for subject in ("", report.events[0].id):
        answer = client.post(f"{address}/comment", data={"csrf": token, "subject": subject, "text": REMARK}, follow_redirects=False)
        assert answer.status_code == 303
    with Store(path) as store:
        store.reviews.set_sensitivity([report.events[0].id], level=SensitivityLevel.SENSITIVE, why=REMARK, coder="Cass")
        merging.merge(store)
        incident = store.incident_of(report.events[0].id)
    addresses = (address, f"/incident/{incident}", f"/api/v1/comments?subject={report.document.id}", f"/review/{report.events[0].id}")
    for each in addresses:
        text = client.get(each).text
        assert "brother rang" in text or each.startswith("/review")
        assert "haddouli" not in text.casefold(), each
    assert client.post(f"{address}/comment", data={"csrf": token, "subject": "evt-0000000000000000", "text": "x"}).status_code >= 400
    unmask(client)
    assert all("Haddouli&#39;s brother rang" in client.get(each).text for each in addresses[:2])
    with Store(path) as store:
        (first, _) = store.reviews.comments(report.document.id, report.events[0].id)
    assert client.post(f"{address}/comment", data={"csrf": token, "withdraw": first.id}, follow_redirects=False).status_code == 303
    with Store(path) as store:
        assert len(store.reviews.comments(report.document.id, report.events[0].id)) == 1
    app.state.workbench.stores.close()
