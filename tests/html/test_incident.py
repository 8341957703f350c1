"""Incidents in the HTML report: inert, escaped, linked, drawn."""

import io

from lxml import html as parser

from hostile import ATTACK
from invented_incidents import ADMITTED, MONITOR, PageSpec, Said, incident, killed
from invented_reports import capture_of
from purport.accounts import Account, Leg, Route, Stop, TollPoint
from purport.html import write
from purport.html.incident_drawing import BOX_WIDTH, COLUMN_GAP, route_drawing, shortened, toll_drawing
from purport.incident import Standing
from purport.incidents import account_of, resolve

POLICE = Said("Nine were killed, police said.", "police", values=(killed(9, 9, "Nine"),))
DOCTORS = Said("At least twelve were killed, doctors said.", "doctors", values=(killed(12, None, "At least twelve"),))


def account(*specs: PageSpec) -> Account:
    return account_of(incident(specs))


def markup(*accounts: Account, policy: str = "") -> str:
    pages = [(capture_of(t.document.id.encode()), t.report) for found in accounts for t in found.incident.tellings]
    file = io.StringIO()
    write(pages, file, accounts=accounts, resolutions=[resolve(found, policy) for found in accounts] if policy else ())
    return file.getvalue()


def words_of(element: parser.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_everything_about_an_incident_is_there() -> None:
    found = account(PageSpec("One", (POLICE,)), PageSpec("Two", (DOCTORS, MONITOR)))
    (article,) = parser.document_fromstring(markup(found, policy="ucdp")).find_class("incident")
    words = words_of(article)
    for part in (
        found.summary,
        found.grade.sentence,
        "What cannot all be true",
        "12 killed by hospital staff",
        "How the report travelled",
        "The toll over time",
        "Who says what",
        "Where it comes from: 3 independent sources behind 2 pages",
        "Resolved by policy ucdp 1",
    ):
        assert part in words, part
    assert [drawing.get("class") for drawing in article.iter("svg")] == ["drawing route", "drawing toll"]


def test_links_lead_to_pages_and_evidence() -> None:
    tree = parser.document_fromstring(markup(account(PageSpec("One", (POLICE,)), PageSpec("Two", (DOCTORS,)))))
    (article,) = tree.find_class("incident")
    links = [link.get("href")[1:] for link in article.iter("a")]
    assert len(links) > 6 and {"p1", "p2"} <= set(links)
    for link in links:
        assert len(tree.xpath("//*[@id=$id]", id=link)) == 1, link


def test_an_incident_of_hostile_pages_stays_inert() -> None:
    said = Said(f"Nine {ATTACK} were killed, {ATTACK} police said.", f"{ATTACK} police", values=(killed(9, 9, f"Nine {ATTACK}"),))
    text = markup(account(PageSpec(ATTACK, (said,)), PageSpec(f"Two {ATTACK}", (said,), None)), policy="range")
    tree = parser.document_fromstring(text)
    assert "<script" not in text and "<img" not in text and "\u202e" not in text
    for element in tree.iter():
        assert not any(name.startswith("on") or name in ("style", "src") for name in element.attrib)
        assert element.get("href", "#").startswith("#")


def test_a_report_without_incidents_has_no_section() -> None:
    assert "Incidents" not in markup()


# ------------------------------------------------------------------ drawings
def stops(number: int, *, day: str | None = "2022-03-07") -> list[Stop]:
    return [Stop(f"doc-{n}", f"Outlet number {n} of a very long name", "page", day, document_id=f"doc-{n}") for n in range(number)]


def test_stops_stand_in_columns_by_time_and_no_box_covers_another() -> None:
    origin = Stop("org-1", "police", "origin", "2022-03-07", Standing.THIRD_PARTY)
    pages = [*stops(15), *[Stop(f"doc-x{n}", f"Later {n}", "page", "2022-03-08") for n in range(15)], Stop("doc-u", "Undated", "page")]
    legs = [Leg("org-1", page.id, "on the word of police") for page in pages] + [Leg("doc-0", "doc-1", "90% of its word runs")]
    svg = parser.fragment_fromstring(route_drawing(Route((origin, *pages), tuple(legs)), links={"doc-0": "p1"}))
    boxes = [(float(box.get("x")), float(box.get("y"))) for box in svg.iter("rect")]
    assert len(boxes) == len(set(boxes)) == 32
    assert sorted({x for x, _ in boxes}) == [
        1 + n * (BOX_WIDTH + COLUMN_GAP) for n in range(5)
    ]  # origin, day, its copies, next day, undated
    assert [text.text for text in svg.iter("text") if text.get("class") == "column"][-1] == "undated"
    width = float(next(svg.iter("svg")).get("width"))
    assert all(x + BOX_WIDTH <= width for x, _ in boxes)


def test_circles_of_copies_end() -> None:
    legs = (Leg("doc-0", "doc-1", ""), Leg("doc-1", "doc-0", ""))
    assert route_drawing(Route(tuple(stops(2)), legs), links={}).count("<rect") == 2


def test_nothing_to_draw() -> None:
    assert route_drawing(Route(), links={}) == ""
    assert toll_drawing([], origins={}) == ""
    assert toll_drawing([TollPoint("2022-03-07", "killed", None, None, "", None, "police", "One", "doc-1", "clm-1")], origins={}) == ""


def test_the_toll_is_drawn_inside_its_frame() -> None:
    spans = [(5, 5), (9, 20), (12, None), (None, 30), (1000, 1000), (0, 0)]
    points = [
        TollPoint(day, "killed", low, high, "", None, f"source {n}", "One", f"doc-{n}", f"clm-{n}")
        for n, (low, high) in enumerate(spans)
        for day in ("2022-03-07", "2022-04", None)
    ]
    svg = next(parser.fragment_fromstring(toll_drawing(points, origins={})).iter("svg"))
    width, height = float(svg.get("width")), float(svg.get("height"))
    circles = [(float(c.get("cx")), float(c.get("cy"))) for c in svg.iter("circle")]
    assert len(circles) == 15 and all(0 < x < width and 0 < y < height for x, y in circles)
    assert all(0 < float(text.get("y")) < height for text in svg.iter("text"))


def test_names_fit_their_boxes() -> None:
    assert shortened("short") == "short" and len(shortened("x" * 90)) == 24 and shortened("x" * 90).endswith("…")


def test_a_party_and_a_third_party_differ_in_more_than_words() -> None:
    tree = parser.document_fromstring(markup(account(PageSpec("One", (POLICE, ADMITTED)))))
    classes = {element.get("class") for element in tree.find_class("stop")}
    assert {"stop origin third_party", "stop origin party"} <= classes
