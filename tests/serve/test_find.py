"""Find: words, facets, areas, days, orders; what decisions change; saved searches; files."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from purport import finding
from purport.cards import FACETS, IncidentCard, KeptCard
from purport.decisions import SensitivityLevel
from purport.errors import QueryError
from purport.listing import account
from purport.model import Role, Verdict
from purport.serve.facets import NO_DAY, Vocabulary, ordinal, slice_of
from purport.serve.finding import Asked, IncidentIndex, timeline_of
from purport.serve.looking import address_of, asked_of
from purport.serve.pages.find import days_words
from purport.store import Store


def number_of(client: TestClient, query: str) -> int:
    found = re.search(r'<p role="status" aria-live="polite"><strong>([\d,]+)</strong>', client.get(f"/find?{query}").text)
    assert found
    return int(found[1].replace(",", ""))


def csrf_of(client: TestClient) -> str:
    return client.get("/find").text.split('name="csrf" content="', 1)[1].split('"', 1)[0]


# ------------------------------------------------------------------ the whole against the file
def test_everything_is_found_and_counted_as_the_accounts_say(project: Path) -> None:
    index = IncidentIndex()
    with Store(project) as store:
        finding.refresh(store)
        everything = index.find(store, Asked(), limit=1000)
        ids = [entry.id for entry in store.incidents()]
        assert {card.id for card in everything.cards} == set(ids)
        accounts = [account(store, id_, mask_names=True) for id_ in ids]
        by_status = {each.value: each.number for each in everything.facets["status"]}
        assert by_status == {code: sum(a.grade.code.value == code for a in accounts) for code in by_status}
        assert {card.sentence for card in everything.cards} == {each.summary for each in accounts}
        for status, number in by_status.items():
            found = index.find(store, Asked(chosen={"status": (status,)}), limit=1000)
            assert found.total == number == len(found.cards)
            assert {card.status for card in found.cards} == {status}
            # A facet counts as if nothing of its own were chosen.
            assert {each.value: each.number for each in found.facets["status"]} == by_status


@pytest.mark.parametrize(
    "query", ["market", '"car bomb"', "type:bombing", "market type:bombing", "-market", "date:2022", "killed:5..", "outlet:harbour"]
)
def test_words_and_fields_find_what_search_finds(project: Path, query: str) -> None:
    index = IncidentIndex()
    with Store(project) as store:
        finding.refresh(store)
        found = {card.id for card in index.find(store, Asked(query), limit=1000).cards}
        hits = store.search(query, limit=1000).hits
        expected = {store.incident_of(event.id) for hit in hits for event in hit.events}
    if ":" in query and " " not in query:
        assert found == expected
    assert found >= expected


def test_facets_narrow_one_another(client: TestClient) -> None:
    whole = number_of(client, "")
    bombings = number_of(client, "type=bombing")
    assert 0 < bombings < whole
    assert number_of(client, "type=bombing&type=killing") > bombings
    assert number_of(client, "type=bombing&status=contested") < bombings
    assert number_of(client, "type=nothing") == 0


def test_an_area_and_days(client: TestClient) -> None:
    whole, placed = number_of(client, ""), number_of(client, "box=-180,-90,180,90")
    told = client.get("/find/cells").json()
    assert told["total"] == whole == placed + told["unplaced"]
    assert sum(cell["n"] for cell in told["cells"]) == placed
    assert number_of(client, "box=35,30,50,38") < placed
    assert number_of(client, "box=170,-90,-170,90") == 0
    dated = number_of(client, "until=2100")
    bars = client.get("/find/timeline").json()
    assert sum(bar["n"] for bar in bars["bars"]) + bars["undated"] == whole
    assert dated == whole - bars["undated"]


@pytest.mark.parametrize("zoom", [0, 3, 8, 12])
def test_cells_hold_every_placed_incident_at_every_zoom(client: TestClient, zoom: int) -> None:
    cells = client.get(f"/find/cells?zoom={zoom}").json()["cells"]
    assert sum(cell["n"] for cell in cells) == number_of(client, "box=-180,-90,180,90")
    assert all("id" in cell for cell in cells if cell["n"] == 1)


@pytest.mark.parametrize("order", ["newest", "oldest", "pages", "sources", "killed"])
def test_orders(project: Path, order: str) -> None:
    with Store(project) as store:
        finding.refresh(store)
        cards = IncidentIndex().find(store, Asked(sort=order), limit=1000).cards
    keys: dict[str, Any] = {
        "newest": [card.first_day or "" for card in cards],
        "oldest": [card.first_day or "9999" for card in cards],
        "pages": [card.pages for card in cards],
        "sources": [card.sources for card in cards],
        "killed": [card.killed_low or 0 for card in cards],
    }
    assert keys[order] == sorted(keys[order], reverse=order != "oldest")


def test_the_best_match_comes_first(client: TestClient) -> None:
    page = client.get("/find?q=Kirkuk&sort=best").text
    assert re.search(r'<li class="result">\s*<h2><a href="/incident/inc-[0-9a-f]+"><bdi>[^<]*Kirkuk', page)
    assert "Best match" not in client.get("/find").text


def test_where_nothing_is_found_it_says_what_to_leave_out(client: TestClient) -> None:
    without = number_of(client, "type=bombing")
    page = client.get("/find?type=bombing&q=zzyzx").text
    assert re.search(rf'href="/find\?type=bombing">without words <bdi>zzyzx</bdi></a>: {without} incident', page)
    assert page.count('">without ') == 1  # leaving out the type would find nothing either
    assert "nor with any one of it left out" in client.get("/find?outlet=None&q=zzyzx").text


def test_undated_incidents_are_counted_apart(client: TestClient) -> None:
    undated = client.get("/find/timeline").json()["undated"]
    assert (f"{undated} incident{'s have' if undated > 1 else ' has'} no known day" in client.get("/find").text) is (undated > 0)


def test_a_page_after_the_last_is_the_last(client: TestClient) -> None:
    answer = client.get("/find?type=bombing&page=400", follow_redirects=False)
    assert answer.status_code == 303
    assert client.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2020-02-12", "2020-02-12", "12 February 2020"),
        ("2020-02-01", "2020-02-29", "February 2020"),
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020-02-12", "2020-02-14", "12 February 2020 to 14 February 2020"),
        (None, "2020-02-14", "until 14 February 2020"),
        ("2020-02-12", "9999-12-31", "since 12 February 2020"),
        (None, None, "day not known"),
    ],
)
def test_days_are_told_no_finer_than_they_are_known(first: str | None, last: str | None, words: str) -> None:
    assert days_words(IncidentCard("inc-1", "", "", "", 1, first_day=first, last_day=last)) == words


# ------------------------------------------------------------------ what decisions change
def test_a_decision_is_seen_at_once(client: TestClient, project: Path) -> None:
    number_of(client, "")
    with Store(project) as store:
        incident = store.incident(next(store.incidents()).id)
        claim = next(claim for claim, _ in incident.claims(Role.TYPE))
        store.judge(claim.id, Verdict.ACCEPT, coder="Aya")
        assert number_of(client, "review=started") == 1
        store.reviews.set_sensitivity([event.id for event in incident.events], level=SensitivityLevel.RESTRICTED, why="names", coder="Aya")
        assert number_of(client, "sensitivity=restricted") == 1
        store.judge(claim.id, Verdict.WITHDRAWN, coder="Aya")
    assert number_of(client, "review=started") == 0


def test_the_index_follows_the_file_as_if_built_anew(project: Path) -> None:
    index = IncidentIndex()
    with Store(project) as store:
        finding.refresh(store)
        index.find(store, Asked(), limit=1)
        for entry in list(store.incidents())[:5]:
            claim = next(store.incident(entry.id).claims(Role.TYPE))[0]
            store.judge(claim.id, Verdict.REJECT, coder="Aya")
            finding.refresh(store)
            followed, anew = (each.find(store, Asked(), limit=1000) for each in (index, IncidentIndex()))
            assert {card.id: card for card in followed.cards} == {card.id: card for card in anew.cards}
            assert followed.facets == anew.facets
            assert followed.total == anew.total


def test_merging_in_the_background(client: TestClient) -> None:
    assert client.post("/find/merge", data={}).status_code == 403
    assert client.post("/find/merge", data={"csrf": csrf_of(client)}).status_code == 200


# ------------------------------------------------------------------ saved searches and files
def test_saved_searches(client: TestClient, project: Path) -> None:
    csrf = csrf_of(client)
    page = client.post("/searches", data={"csrf": csrf, "name": "Bombs <b>", "query": "type=bombing&q=market"}).text
    assert "Bombs &lt;b&gt;" in page and "q=market&amp;type=bombing" in page
    with Store(project) as store:
        (kept,) = store.finding.saved()
        assert kept.number == number_of(client, "type=bombing&q=market")
        assert (kept.log_entry, kept.log_hash) != store.finding.state_of_data()
        assert store.verify() == ()
    client.post(f"/searches/{kept.id}/withdraw", data={"csrf": csrf})
    assert "Nothing is saved." in client.get("/searches").text
    assert client.post("/searches/sea-0/withdraw", data={"csrf": csrf}).status_code == 404


def test_files(client: TestClient, project: Path) -> None:
    whole = number_of(client, "")
    rows = list(csv.DictReader(io.StringIO(client.get("/find/export/csv").text)))
    assert len(rows) == whole == len(client.get("/find/export/jsonl").text.splitlines())
    assert len(json.loads(client.get("/find/export/geojson").text)["features"]) == whole
    assert client.get("/find/export/xml").status_code == 400
    with Store(project) as store:
        incident = store.incident(rows[0]["id"])
        store.reviews.set_sensitivity([event.id for event in incident.events], level=SensitivityLevel.RESTRICTED, why="", coder="Aya")
        number_of(client, "")
    answer = client.get("/find/export/csv")
    assert len(answer.text.splitlines()) == whole
    assert answer.headers["X-Left-Out"] == "1"
    assert len(client.get("/find/export/csv?include_restricted=true").text.splitlines()) == whole + 1


# ------------------------------------------------------------------ questions that make no sense
@pytest.mark.parametrize(
    "query", ['q="open', "q=nofield:x", "since=2015-13-45x", "box=1,2,3", "box=nan,0,0,0", "sort=random", "q=type:", "box=10,50,20,40"]
)
def test_nonsense_is_told_and_the_rest_is_shown(client: TestClient, query: str) -> None:
    page = client.get(f"/find?{query}")
    assert page.status_code == 200
    assert 'role="alert"' in page.text


def test_hostile_words_stay_words(client: TestClient) -> None:
    words = '<script>alert(1)</script>\u202e" onfocus=alert(1) x="'
    for name in ("q", *FACETS, "since", "box", "sort"):
        page = client.get("/find", params={name: words}).text
        assert "<script>alert" not in page
        assert '" onfocus' not in page


# ------------------------------------------------------------------ addresses and pieces
@pytest.mark.parametrize("address", ["", "q=two+words&type=killing&type=bombing&box=1,2,3,4&since=2015-01-01&until=2015-12-31&sort=pages"])
def test_an_address_comes_back(address: str) -> None:
    asked = asked_of(QueryParams(address))
    assert asked_of(QueryParams(address_of(asked))) == asked


@pytest.mark.parametrize(("since", "until"), [("2016-02", ("2016-02-01", "2016-02-29")), ("2015", ("2015-01-01", "2015-12-31"))])
def test_months_and_years_are_days(since: str, until: tuple[str, str]) -> None:
    asked = asked_of(QueryParams({"since": since, "until": since}))
    assert (asked.since, asked.until) == until


def test_an_area_that_is_none() -> None:
    with pytest.raises(QueryError, match="no area"):
        asked_of(QueryParams({"box": "1,2,3,x"}))


@settings(deadline=None)  # the first example loads data files
@given(st.lists(st.dates(), max_size=40), st.integers(0, 3))
def test_bars_hold_every_day(days: list[Any], undated: int) -> None:
    found = timeline_of(np.array([each.toordinal() for each in days if each.year < 9999] + [NO_DAY] * undated, dtype=np.int64))
    assert sum(bar.number for bar in found.bars) == sum(each.year < 9999 for each in days)
    assert found.undated == undated
    assert all(first.last < second.first for first, second in zip(found.bars, found.bars[1:], strict=False))


@given(st.lists(st.lists(st.sampled_from("abc"), unique=True), max_size=12))
def test_columns_count_as_one_would(values: list[list[str]]) -> None:
    kept = [
        KeptCard(IncidentCard(f"inc-{n}", "", "", "", 1, values={"type": tuple(each)}), (n, n + 100), (), n)
        for n, each in enumerate(values)
    ]
    vocabularies = {name: Vocabulary() for name in FACETS}
    made = slice_of(kept, vocabularies)
    counts = made.columns["type"].counts(made.alive, size=len(vocabularies["type"].values))
    assert {v: int(n) for v, n in zip(vocabularies["type"].values, counts, strict=True)} == {
        v: sum(v in each for each in values) for v in vocabularies["type"].values
    }
    assert list(made.rows_of([100, 0, 999], of=made.documents)) == ([0, 0] if values else [])


@pytest.mark.parametrize("day", [None, "", "2015-02-30", "0000-01-01", "hello"])
def test_no_day(day: str | None) -> None:
    assert ordinal(day) == NO_DAY
