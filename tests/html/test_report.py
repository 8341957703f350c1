"""The HTML report: one inert file with everything in it."""

import base64
import hashlib
import io
import re
from dataclasses import replace

import pytest
from lxml import html as parser

from hostile import hostile_page
from invented_reports import Page, bomb_page, plain_page
from purport.export import mask_report
from purport.html import write
from purport.print_safe import HARMFUL, print_safe
from purport.wording import CONFIDENCE_MEANING

TAGS = (
    "html head meta title style body main header h1 h2 h3 p details summary strong span section b nav ol ul li a bdi article div"
    " blockquote footer dl dt dd table colgroup col thead tbody tr th td q fieldset legend label input"
)
ATTRIBUTES = "id class dir lang href tabindex data-tip title aria-label scope charset http-equiv content name hidden type checked"


def written(*pages: Page, masked: bool = False) -> str:
    file = io.StringIO()
    assert write(pages, file, masked=masked) == len(pages)
    return file.getvalue()


def tree_of(*pages: Page) -> parser.HtmlElement:
    return parser.document_fromstring(written(*pages))


def words_of(element: parser.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_hostile_page_stays_inert() -> None:
    markup = written(hostile_page())
    for element in parser.document_fromstring(markup).iter():
        assert element.tag in TAGS.split()
        assert set(element.attrib) <= set(ATTRIBUTES.split())
        assert element.get("href", "#").startswith("#")
    assert not HARMFUL.search(markup.replace("\n", ""))


def test_what_a_hostile_page_says_is_all_there() -> None:
    capture, report = hostile_page()
    text = tree_of((capture, report)).find_class("text")[0].text_content()
    assert text == print_safe(report.document.text, keep_lines=True)


def test_nothing_may_run_or_be_loaded() -> None:
    markup = written(bomb_page())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', markup)
    style = re.search(r"<style>(.*)</style>", markup, re.S)
    assert policy and style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].replace("&#x27;", "'") == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style[1] and "@import" not in style[1]
    assert "<script" not in markup and "<img" not in markup


def test_the_notice_comes_first_and_holds_everything_back() -> None:
    body = tree_of(bomb_page()).find("body")
    main = body.find("main")
    assert [child.tag for child in main] == ["header", "details"]
    assert "bomb" not in words_of(main[0]).lower()
    assert main[1].get("open") is None
    assert "report killings" in words_of(main[1].find("summary"))
    assert main[1].find_class("page")


def test_the_events_with_their_claims() -> None:
    card, threat = tree_of(bomb_page()).find_class("card")
    for words in (
        "1 Bombing",
        "said by the governor",
        "at least 12 killed (people)",
        "The Islamic State (a party) ← the Tidewater Agency admits",
    ):
        assert words in words_of(card)
    assert "not told as having happened" in words_of(threat)


def test_every_quote_leads_to_its_evidence() -> None:
    tree = tree_of(bomb_page(), plain_page(1))
    links = [link for link in tree.iter("a") if link.getparent().tag == "td"]
    assert len(links) >= 10
    for link in links:
        (target,) = tree.xpath("//*[@id=$id]", id=link.get("href")[1:])
        assert target.text_content() == link.text_content()


def test_the_marks_say_their_chain() -> None:
    tree = tree_of(bomb_page())
    (mark,) = (m for m in tree.find_class("evidence") if m.text_content() == "at least 12 people")
    assert mark.get("data-tip") == "1. count at least 12 killed (people) — the governor: says; 75% chance of being read right"
    assert mark.get("tabindex") == "0"


def test_each_claim_says_how_likely_it_is_read_right_in_figures_and_in_words() -> None:
    tree = tree_of(bomb_page())
    figures = tree.find_class("sure")
    assert len(figures) == sum(len(event.claims) for event in bomb_page()[1].events)
    assert {words_of(figure) for figure in figures} == {"75% chance of being read right"}
    assert {figure.get("title") for figure in figures} == {CONFIDENCE_MEANING}
    assert CONFIDENCE_MEANING in words_of(tree.find_class("legend")[0])


def test_doubtful_claims_can_be_faded_without_a_script() -> None:
    capture, report = bomb_page()
    event = report.events[0]
    chances = (0.3, 0.4, 0.45, 0.5, 0.6, 0.9, 0.599)
    doubted = replace(event, claims=tuple(replace(c, confidence=sure) for c, sure in zip(event.claims, chances, strict=True)))
    markup = written((capture, replace(report, events=(doubted,))))
    tree = parser.document_fromstring(markup)
    rows = tree.find_class("card")[0].findall(".//tbody/tr")
    classes = {int(words_of(row.find_class("sure")[0]).partition("%")[0]): (row.get("class") or "").split() for row in rows}
    assert classes[30] == ["under40", "under50", "under60"]
    assert classes[40] == classes[45] == ["under50", "under60"]
    assert classes[50] == ["under60"]
    assert classes[60] in ([], ["under60"]) and classes[90] == []
    buttons = tree.xpath("//fieldset//input")
    assert [button.get("id") for button in buttons] == [None, "under40", "under50", "under60"]
    assert [button.get("checked") is not None for button in buttons] == [True, False, False, False]
    assert all(f"main:has(#{id}:checked) tr.{id}" in markup for id in ("under40", "under50", "under60"))


def test_claims_that_say_the_same_show_the_greatest_of_their_confidences() -> None:
    capture, report = bomb_page()
    event = report.events[0]
    again = replace(event, claims=(*event.claims, replace(event.claims[-1], id="clm-again", confidence=0.81)))
    card = tree_of((capture, replace(report, events=(again,)))).find_class("card")[0]
    assert sorted(words_of(figure)[:3] for figure in card.find_class("sure")) == ["75%"] * 6 + ["81%"]


def test_ids_stand_once_each() -> None:
    ids = [element.get("id") for element in tree_of(bomb_page(), bomb_page(), plain_page(2)).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_capture_digests_and_furniture_stand_apart() -> None:
    capture, report = bomb_page()
    (apart,) = tree_of((capture, report)).find_class("apart")
    for words in (capture.digest, "page.html", "https://courier.example/a", "Subscribe to our newsletter", report.document.id, "rules 1"):
        assert words in words_of(apart)
    assert "Subscribe" not in words_of(tree_of((capture, report)).find_class("text")[0])


def test_no_page_no_event_no_text() -> None:
    assert "No page could be read." in written()
    assert "No event of political violence was found" in written(plain_page(1, text="Quiet."))
    capture, report = plain_page(1, text="Quiet.")
    empty = replace(report, document=replace(report.document, text="", blocks=()))
    assert "This page has no text." in written((capture, empty))


def test_right_to_left_text_keeps_its_direction() -> None:
    tree = tree_of(plain_page(1, text="قالت الشرطة", title="نافذة", unread="language: ar", language="ar"))
    (text,) = tree.find_class("text")
    assert text.get("lang") == "ar"
    assert text[0].get("dir") == "auto"
    assert "language is not read yet" in words_of(tree)


def test_masked_names_are_nowhere() -> None:
    capture, report = bomb_page(text=bomb_page()[1].document.text)
    markup = written((replace(capture, origin="", url=None), mask_report(report)), masked=True)
    assert "Haddouli" not in markup
    assert "Names of victims, witnesses and minors are withheld" in markup
    assert "Haddouli" in written((capture, report))


@pytest.mark.timeout(20)
def test_a_megabyte_is_written_in_seconds() -> None:
    text = "A bomb went off. " * 60_000
    markup = written(plain_page(1, text=text))
    assert len(markup) > len(text)
