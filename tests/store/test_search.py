"""Search: which pages and events are found, in what order, with what snippet."""

import contextlib
import re
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invented_reports import Page, bomb_page, capture_of, document_of, plain_page
from purport.errors import QueryError
from purport.model import Place, Report, Role
from purport.store import Store
from purport.store.conditions import distance_km
from purport.store.query import FIELDS

BOTH, BOMBING, SHELLING = ["bombing", "shelling"], ["bombing"], ["shelling"]

#: query → types of the events found on the page of ``bomb_page``; None: the page is not found
CASES: list[tuple[str, list[str] | None]] = [
    ("", BOTH),
    ("market", BOTH),
    ("MARKET baker", BOTH),
    ("market zebra", None),
    ('"car bomb"', BOTH),
    ('"bomb car"', None),
    ("mark*", BOTH),
    ("mark", None),
    ("zebra|market", BOTH),
    ("-zebra", BOTH),
    ("-market", None),
    ("bomb -market", None),
    ("bomb -zebra", BOTH),
    ("Haddoüli", BOTH),
    ("type:bombing", BOMBING),
    ("type:bombing|shelling", BOTH),
    ("type:killing", None),
    ("-type:bombing", SHELLING),
    ('actor:"Islamic State"', BOMBING),
    ('actor:"State Islamic"', None),
    ("actor:haddouli", BOMBING),
    ("perpetrator:haddouli", None),
    ("target:haddouli", BOMBING),
    ("name:farid", BOMBING),
    ("perpetrator:IS", BOMBING),
    ("source:governor", BOMBING),
    ('source:"tidewater agency"', BOMBING),
    ("source:agency type:shelling", None),
    ("instrument:market", None),
    ("place:Syria", BOTH),
    ("place:SY", BOTH),
    ("place:Aleppo", BOMBING),
    ("place:homs", SHELLING),
    ("place:SY.11", SHELLING),
    ('place:"محافظة حمص"', SHELLING),
    ("-place:homs", BOMBING),
    ("place:Iraq", None),
    ("near:36,37,50", BOMBING),
    ("near:36,37,5", None),
    ("date:2015-03", BOMBING),
    ("date:2015-01..2015-12", BOMBING),
    ("date:2015-03-03", BOMBING),
    ("date:2015-03-04", None),
    ("date:..2014", None),
    ("-date:2015", SHELLING),
    ("published:2015-03-04", BOTH),
    ("published:2015-03-05..", None),
    ("-published:2014", BOTH),
    ("status:claimed", BOMBING),
    ("status:unrealised", SHELLING),
    ("status:fact", None),
    ("reality:actual", BOMBING),
    ("voice:sources", BOTH),
    ("voice:outlet", None),
    ("certainty:certain", BOTH),
    ("disputed:no", BOTH),
    ("disputed:yes", None),
    ("confidence:.7..", BOTH),
    ("confidence:.75...75", BOTH),
    ("confidence:..0.74", None),
    ("confidence:.751..1", None),
    ("-confidence:.8..", BOTH),
    ("confidence:..0.2|.7..0.8 type:bombing", BOMBING),
    ("killed:12", BOMBING),
    ("killed:50..", BOMBING),
    ("killed:..11", None),
    ("injured:1..", None),
    ("outlet:harbour", BOTH),
    ('outlet:"The Harbour Courier"', BOTH),
    ("outlet:Reuters", None),
    ("-outlet:Reuters", BOTH),
    ("title:market", BOTH),
    ("title:baker", None),
    ("language:en|fr", BOTH),
    ("language:ar", None),
    ("harbour", None),
    ('type:bombing actor:"Islamic State" place:Syria date:2015-01..2015-12 status:claimed', BOMBING),
    ('outlet:Harbour reality:actual baker "car bomb"', BOMBING),
]


@pytest.mark.parametrize(("query", "types"), CASES, ids=[query for query, _ in CASES])
def test_what_is_found(filled: Store, query: str, types: list[str] | None) -> None:
    found = filled.search(query)
    assert found.total == len(found.hits) == (types is not None)
    assert [event.type for hit in found.hits for event in hit.events] == (types or [])
    assert [[event.type for event in report.events] for report in filled.reports(query)] == ([types] if types is not None else [])


def test_every_field_is_tried() -> None:
    tried = {match[1] for query, _ in CASES for match in re.finditer(r"([a-z]+):", query)}
    counts = {"casualties", "missing", "detained", "abducted", "displaced"}
    assert tried | counts == set(FIELDS)


def test_conditions_on_an_event_hold_for_one_event(filled: Store) -> None:
    assert filled.search("type:bombing place:Homs").total == 0


@pytest.mark.parametrize(
    ("query", "types"),
    [("confidence:.6..", SHELLING), ("confidence:0.55..0.6", BOMBING), ("confidence:.2...3", None), ("-confidence:.6..", BOMBING)],
)
def test_an_event_is_as_likely_as_the_likeliest_claim_that_it_happened(store: Store, query: str, types: list[str] | None) -> None:
    """Neither the other claims of the event nor a doubtful telling beside a likely one decide."""
    capture, report = bomb_page()
    bombing, shelling = report.events
    told = bombing.claims[0]
    tellings = (replace(told, confidence=0.25), replace(told, id="clm-0000000000000001", confidence=0.55))
    doubted = replace(bombing, claims=(*tellings, *bombing.claims[1:]))
    store.add(capture, replace(report, events=(doubted, shelling)))
    assert [event.type for hit in store.search(query).hits for event in hit.events] == (types or [])


def test_names_of_two_claims_do_not_run_together(filled: Store) -> None:
    assert filled.search('actor:"haddouli farid"').total == 0


def test_the_snippet_shows_what_was_found(filled: Store) -> None:
    snippet = filled.search("baker").hits[0].snippet
    assert [mark.of(snippet.text) for mark in snippet.marks] == ["baker"]
    snippet = filled.search("status:unrealised").hits[0].snippet
    assert [mark.of(snippet.text) for mark in snippet.marks] == ["shell"]
    assert snippet.text.endswith("to shell Homs.")


def test_a_page_without_events_is_found_by_its_words(store: Store) -> None:
    store.add(*plain_page(1, text="La ville est calme.", language="fr", unread="language: fr"))
    hit = store.search("calme").hits[0]
    assert (hit.events, hit.report.document.unread) == ((), "language: fr")
    assert store.search("language:fr").hits[0].snippet.text == "La ville est calme."
    assert store.search("-type:bombing").total == 0


def test_newest_first_without_words_undated_last(store: Store) -> None:
    for number, published in enumerate([None, "2014-01-01", "2016-01-01", "2015"]):
        store.add(*plain_page(number, published=published))
    assert [hit.report.document.published for hit in store.search("").hits] == ["2016-01-01", "2015", "2014-01-01", None]
    assert store.search("published:2015").total == 1


def test_best_first_with_words(store: Store) -> None:
    store.add(*plain_page(1, text="A bomb near the bridge. " + "Nothing else was reported. " * 20 + "The river is calm."))
    store.add(*plain_page(2, text="A bomb in the river. The river rose. River boats sank."))
    store.add(*plain_page(3, text="A bomb near the hill."))
    assert [hit.report.document.title for hit in store.search("river").hits] == ["Page 2", "Page 1"]


def test_paging(store: Store) -> None:
    for number in range(7):
        store.add(*plain_page(number))
    pages = [store.search("bomb", limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [(page.total, page.offset, len(page.hits)) for page in pages] == [(7, 0, 3), (7, 3, 3), (7, 6, 1), (7, 9, 0)]
    assert len({hit.report.document.id for page in pages for hit in page.hits}) == 7


@pytest.mark.parametrize("latitude", [-17.7, 0.0, 89.0])
def test_circles_reach_over_the_date_line_and_near_the_pole(store: Store, latitude: float) -> None:
    capture, report = bomb_page()
    store.add(capture, _moved(report, latitude, 179.9))
    assert store.search(f"near:{latitude},-179.9,60").total == 1
    assert store.search(f"near:{latitude},178,{10 if latitude < 80 else 1}").total == 0


def _moved(report: Report, latitude: float, longitude: float) -> Report:
    event = report.events[0]
    claims = [
        replace(c, value=replace(c.value, latitude=latitude, longitude=longitude)) if isinstance(c.value, Place) else c
        for c in event.claims
    ]
    assert any(claim.role is Role.PLACE for claim in claims)
    return replace(report, events=(replace(event, claims=tuple(claims)),))


def test_distance() -> None:
    assert distance_km(36.20, 37.16, 33.51, 36.29) == pytest.approx(309, abs=2)  # Aleppo to Damascus
    assert distance_km(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.1)


HOSTILE = [
    '" OR 1=1 --',
    'title : "x"',
    "body:market",
    "market OR zebra",
    "NEAR(market, 3)",
    "market AND NOT baker",
    "{title}:x",
    "^market",
    "a + b",
    "'; DROP TABLE claims; --",
    "market)",
    "(market",
    '"',
    "*",
    "market\0zebra",
    'actor:"x" OR "y"',
    "type:x'y",
    "near:1,2,3)",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_words_are_never_operators(filled: Store, query: str) -> None:
    """Either it is searched for as words or it is refused; SQLite never sees a broken expression."""
    before = filled.counts()
    try:
        filled.search(query)
    except QueryError as error:
        assert error.where.startswith("query, character ")
    assert filled.counts() == before


def test_operators_of_the_index_are_plain_words(filled: Store) -> None:
    assert filled.search("market OR zebra").total == 0
    assert filled.search("market AND baker").total == 0


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.one_of(st.sampled_from("\":-|*()^+{}.\\\0 'abtype12"), st.characters()), max_size=30))
def test_any_line_is_searched_or_refused(filled: Store, query: str) -> None:
    with contextlib.suppress(QueryError):
        filled.search(query)


def test_field_queries_use_their_indexes(filled: Store, page: Page) -> None:
    """A scan of all claims for a date, or of all events for a type, would be felt at 100,000 pages."""
    statements: list[str] = []
    connection = filled._connection
    connection.set_trace_callback(statements.append)
    filled.search("type:bombing date:2015 place:Aleppo near:36,37,50 killed:3..")
    connection.set_trace_callback(None)
    counted = next(statement for statement in statements if "ORDER BY published" in statement)
    plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {counted}"))
    assert "SCAN claims" not in plan
    assert isinstance(connection, sqlite3.Connection)


def test_a_page_only_found_by_its_own_words(store: Store) -> None:
    capture = capture_of(b"x")
    store.add(capture, Report(document_of(capture, "Calm.", title="Harvest")))
    assert store.search("harvest calm").total == 1
    assert store.search("courier").total == 0
