"""What the API gives and takes: the JSON of the commands, names withheld, roles, tokens, pages of lists, one form of errors."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from starlette.testclient import TestClient
from typer.testing import CliRunner

from local_client import LocalClient
from purport.cards import FACETS
from purport.cli.app import app as commands
from purport.decisions import PersonRole
from purport.export import WITHHELD, mask_report
from purport.model import Report, Verdict
from purport.resources import text_of
from purport.serve import create_app
from purport.serve.api.answers import Problem
from purport.serve.api.seeking import Sought
from purport.store import Store

API = "/api/v1"
PASSWORD = "a long enough pass phrase"


def run(*arguments: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(commands, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture
def reports(project: Path) -> list[Report]:
    with Store(project, read_only=True) as store:
        return list(store.reports())


def first(client: TestClient, address: str) -> Any:
    return client.get(f"{API}{address}").json()["items"][0]


# ------------------------------------------------------------------ what it gives
def test_a_report_is_that_of_the_command(client: TestClient, project: Path, reports: list[Report]) -> None:
    printed = json.loads(run("export", str(project), "--format", "jsonl").splitlines()[0])
    assert client.get(f"{API}/reports/{reports[0].document.id}").json() == printed


def test_an_incident_is_that_of_the_command(client: TestClient, project: Path) -> None:
    entry = first(client, "/incidents")
    printed = json.loads(run("incident", str(project), entry["id"], "--json", "--mask-names", "--policy", "ucdp"))
    assert client.get(f"{API}/incidents/{entry['id']}", params={"policy": "ucdp"}).json() == printed


@pytest.fixture(scope="module")
def incident_schema() -> Any:
    """The schema of incidents, which knows that of reports."""
    resources = [(json.loads(text_of(f"schema/{name}.schema.json"))) for name in ("report", "incident")]
    registry: Any = Registry().with_resources([(each["$id"], Resource.from_contents(each)) for each in resources])
    return jsonschema.Draft202012Validator(resources[1], registry=registry)


@pytest.mark.parametrize("policy", ["ucdp", "acled", "range", "majority"])
def test_incidents_have_their_schema(client: TestClient, incident_schema: Any, policy: str) -> None:
    items = client.get(f"{API}/incidents", params={"limit": 8}).json()["items"]
    assert len(items) == 8
    for entry in items:
        incident_schema.validate(client.get(f"{API}/incidents/{entry['id']}", params={"policy": policy}).json())


def test_bytes_are_those_that_were_met_and_no_browser_shows_them(client: TestClient, project: Path, reports: list[Report]) -> None:
    document = reports[0].document
    with Store(project, read_only=True) as store:
        content = store.content(document.capture_id)
    answer = client.get(f"{API}/documents/{document.id}/content", params={"unmasked": True})
    assert answer.content == content
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_list_comes_by_pages_that_leave_nothing_out(client: TestClient, reports: list[Report]) -> None:
    address: str | None = f"{API}/documents?limit=4"
    found = []
    while address:
        page = client.get(address).json()
        assert page["total"] == len(reports)
        found += [each["id"] for each in page["items"]]
        address = page["next"]
    assert sorted(found) == sorted(report.document.id for report in reports)


@pytest.mark.parametrize("query", ["", "type:bombing", "killed:1..", "hospital", "-type:bombing", "disputed:yes place:Syria"])
def test_events_are_those_that_match(client: TestClient, project: Path, query: str) -> None:
    with Store(project, read_only=True) as store:
        expected = {event.id for report in store.reports(query) for event in report.events}
    found = client.get(f"{API}/events", params={"query": query, "limit": 500}).json()
    assert {each["event"]["id"] for each in found["items"]} == expected
    assert found["total"] == len(expected)


# ------------------------------------------------------------------ names
@pytest.fixture
def victim(reports: list[Report]) -> tuple[str, str]:
    """A page and a name on it that is withheld."""
    every = [(report, claim) for report in reports for event in mask_report(report).events for claim in event.claims]
    report, hidden = next((report, claim) for report, claim in every if claim.words == WITHHELD)
    return report.document.id, next(claim.words for event in report.events for claim in event.claims if claim.id == hidden.id)


def test_names_are_withheld_unless_asked_for_and_the_log_says_so(client: TestClient, project: Path, victim: tuple[str, str]) -> None:
    page, name = victim
    address = f"{API}/reports/{page}"
    masked, open_ = client.get(address).text, client.get(address, params={"unmasked": True}).text
    assert name not in masked and WITHHELD in masked
    assert name in open_ and WITHHELD not in open_
    assert log_of(project)[-1][0] == "unmask" and address in log_of(project)[-1][1]


def test_names_are_withheld_in_what_people_say(client: TestClient, victim: tuple[str, str], reports: list[Report]) -> None:
    page, name = victim
    report = next(report for report in reports if report.document.id == page)
    claim = next(claim for event in report.events for claim in event.claims if claim.words == name)
    value = {"type": "thing", "name": "Someone Elsely", "kind": "person"}
    sent = {"verdict": "correct", "value": value, "note": f"{name} it is not"}
    assert client.post(f"{API}/claims/{claim.id}/judgements", json=sent).status_code == 201
    assert client.post(f"{API}/comments", json={"subject": claim.id, "text": f"ask about {name}"}).status_code == 201
    for address in (f"/claims/{claim.id}/judgements", f"/comments?subject={claim.id}", f"/reports/{page}", f"/claims/{claim.id}"):
        answer = client.get(f"{API}{address}")
        assert answer.status_code == 200
        assert name not in answer.text and "Elsely" not in answer.text, address


def log_of(project: Path) -> list[tuple[str, str]]:
    with Store(project, read_only=True) as store:
        return list(store._connection.execute("SELECT action, detail FROM log ORDER BY entry"))


# ------------------------------------------------------------------ what it takes
def test_a_judgement_holds_and_can_be_taken_back(client: TestClient, project: Path, reports: list[Report]) -> None:
    claim = reports[0].events[0].claims[0]
    address = f"{API}/claims/{claim.id}/judgements"
    assert client.post(address, json={"verdict": "reject", "note": "no"}).json()["verdict"] == "reject"
    held = [each["id"] for each in client.get(f"{API}/reports/{reports[0].document.id}").json()["events"][0]["claims"]]
    assert claim.id not in held
    read = [each["id"] for each in client.get(f"{API}/reports/{reports[0].document.id}?machine=true").json()["events"][0]["claims"]]
    assert claim.id in read
    assert client.post(address, json={"verdict": "withdrawn"}).status_code == 201
    assert [each["verdict"] for each in client.get(address).json()["items"]] == ["reject", "withdrawn"]
    with Store(project, read_only=True) as store:
        assert [judgement.verdict for judgement in store.judgements(claim.id)] == [Verdict.REJECT, Verdict.WITHDRAWN]
        assert store.verify() == ()


def test_a_sensitivity_is_said_and_found(client: TestClient) -> None:
    address = f"{API}/incidents/{first(client, '/incidents')['id']}/sensitivity"
    assert client.get(address).status_code == 404
    assert client.post(address, json={"level": "restricted", "why": "children"}).status_code == 201
    assert client.get(address).json()["level"] == "restricted"


def test_a_proposal_is_answered(client: TestClient) -> None:
    pair = first(client, "/proposals")
    sent = {"first": pair["first"], "second": pair["second"], "verdict": "different"}
    assert client.post(f"{API}/link-judgements", json=sent).status_code == 201
    assert client.get(f"{API}/link-judgements", params={"event": pair["first"]}).json()["items"][0]["verdict"] == "different"


def test_a_comment_is_taken_back_by_its_writer(client: TestClient, reports: list[Report]) -> None:
    made = client.post(f"{API}/comments", json={"subject": reports[0].document.id, "text": "look again"}).json()
    assert client.get(f"{API}/comments", params={"subject": reports[0].document.id}).json()["items"] == [made]
    assert client.delete(f"{API}/comments/{made['id']}").status_code == 204
    assert client.get(f"{API}/comments", params={"subject": reports[0].document.id}).json()["items"] == []


# ------------------------------------------------------------------ what it refuses
REFUSED = [
    ("GET", "/nothing", None, 404),
    ("GET", "/events/evt-0000000000000000", None, 404),
    ("GET", "/documents?query=nofield:x", None, 400),
    ("GET", "/documents?querry=x", None, 422),
    ("GET", "/documents?limit=0", None, 422),
    ("GET", "/incidents?since=2020-13", None, 422),
    ("GET", "/incidents/inc-0000000000000000", None, 404),
    ("POST", "/documents", {}, 405),
    ("POST", "/comments", {"subject": "doc-nothing", "text": "x"}, 404),
    ("POST", "/comments", {"subject": "doc-nothing", "text": "\ud800"}, 422),
    ("POST", "/comments", {"subject": "doc-nothing", "text": "x", "more": 1}, 422),
]


@pytest.mark.parametrize(("method", "address", "sent", "status"), REFUSED, ids=[f"{each[0]} {each[1]}" for each in REFUSED])
def test_errors_have_one_form(client: TestClient, method: str, address: str, sent: Any, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client.request(method, f"{API}{address}", content=None if sent is None else json.dumps(sent), headers=headers)
    assert answer.status_code == status
    assert Problem(**answer.json()).error


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Content-Type": "text/plain"}],
    ids=["origin", "site", "a form of another site"],
)
def test_a_page_elsewhere_changes_nothing(client: TestClient, project: Path, reports: list[Report], headers: dict[str, str]) -> None:
    before = log_of(project)
    content = json.dumps({"verdict": "reject"})
    address = f"{API}/claims/{reports[0].events[0].claims[0].id}/judgements"
    assert client.post(address, content=content, headers={"Content-Type": "application/json"} | headers).status_code in (403, 422)
    assert log_of(project) == before


def test_a_session_needs_its_own_token(client: TestClient, reports: list[Report]) -> None:
    client.get("/me")  # starts a session
    address = f"{API}/claims/{reports[0].events[0].claims[0].id}/judgements"
    assert client.post(address, json={"verdict": "reject"}).status_code == 403
    token = client.get("/me").text.partition('name="csrf" content="')[2].partition('"')[0]
    assert client.post(address, json={"verdict": "reject"}, headers={"X-CSRF-Token": token}).status_code == 201


# ------------------------------------------------------------------ who asks
@pytest.fixture
def words(project: Path) -> dict[str, str]:
    """The words of tokens by role."""
    with Store(project) as store:
        for role in (PersonRole.EDITOR, PersonRole.CODER, PersonRole.READER):
            store.people.add(f"a {role.value}", role=role, password=f"{PASSWORD} of {role.value}", by="test")
        return {role.value: store.people.add_token(f"a {role.value}", "a program", by="test")[1] for role in PersonRole}


@pytest.fixture
def guarded(project: Path, words: dict[str, str]) -> Iterator[TestClient]:
    """A workbench with accounts."""
    app = create_app(project)
    with LocalClient(app) as opened:
        yield opened
    app.state.workbench.stores.close()


def test_nobody_is_told_nothing(guarded: TestClient) -> None:
    for headers in ({}, {"Authorization": "Bearer purport_wrong"}):
        answer = guarded.get(f"{API}/documents", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "doc-" not in answer.text


@pytest.mark.parametrize(
    ("role", "read", "unmasked", "judged"), [("reader", 200, 403, 403), ("coder", 200, 200, 201), ("editor", 200, 200, 201)]
)
def test_roles_hold(
    guarded: TestClient, words: dict[str, str], reports: list[Report], role: str, read: int, unmasked: int, judged: int
) -> None:
    headers = {"Authorization": f"Bearer {words[role]}"}
    claim = reports[0].events[0].claims[0].id
    assert guarded.get(f"{API}/documents", headers=headers).status_code == read
    assert guarded.get(f"{API}/documents?unmasked=true", headers=headers).status_code == unmasked
    assert guarded.post(f"{API}/claims/{claim}/judgements", json={"verdict": "accept"}, headers=headers).status_code == judged
    if judged == 201:
        said = guarded.get(f"{API}/claims/{claim}/judgements", headers=headers).json()["items"]
        assert [each["coder"] for each in said] == [f"a {role}"]


# ------------------------------------------------------------------ its description
def test_the_description_can_be_read_as_a_page(client: TestClient) -> None:
    page = client.get(f"{API}/").text
    described = client.get(f"{API}/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert all(f"{API}{address}" in page for address in described["paths"])


def test_every_route_says_what_it_does(client: TestClient) -> None:
    described = client.get(f"{API}/openapi.json").json()
    routes = [each for methods in described["paths"].values() for each in methods.values()]
    assert [each["operationId"] for each in routes if not each.get("description")] == []
    assert [one["name"] for each in routes for one in each.get("parameters", []) if not one.get("description")] == []


# ------------------------------------------------------------------ finding incidents
ASKED = [
    "",
    "q=hospital",
    "status=confirmed&status=contested",
    "disputed=yes&sort=oldest",
    "country=SY&since=2015",
    "box=30,30,50,40",
    "min_pages=2&min_sources=2",
    "type=bombing&until=2020-06",
]


@pytest.mark.parametrize("query", ASKED)
def test_an_address_of_find_asks_the_same_of_the_api(client: TestClient, query: str) -> None:
    told = client.get(f"/find/export/jsonl?{query}").text.splitlines()
    on_the_page = [json.loads(line)["id"] for line in told]
    sort = "" if "sort=" in query else "&sort=newest"
    found = client.get(f"{API}/incidents?{query}{sort}&limit=500").json()
    assert [each["id"] for each in found["items"]] == on_the_page
    facets = client.get(f"{API}/facets?{query}").json()
    assert facets["total"] == found["total"] == len(on_the_page)
    bars = client.get(f"{API}/timeline?{query}").json()
    assert bars["undated"] + sum(bar["number"] for bar in bars["bars"]) >= found["total"]


def test_every_facet_of_find_is_a_parameter() -> None:
    assert set(FACETS) | {"q", "since", "until", "box", "sort", "min_pages", "min_sources"} == set(Sought.model_fields) - {"place"}


def test_a_value_of_a_facet_finds_as_many_as_it_says(client: TestClient) -> None:
    facets = client.get(f"{API}/facets").json()["facets"]
    for name in ("status", "country", "outlet", "actor"):
        value = facets[name]["values"][0]
        assert client.get(f"{API}/incidents", params={name: value["value"], "limit": 1}).json()["total"] == value["number"] > 0


def test_words_of_a_place_find_what_find_finds(client: TestClient) -> None:
    found = client.get(f"{API}/incidents", params={"place": 'Syria"'}).json()
    assert found["total"] == client.get(f"{API}/incidents", params={"q": "place:Syria"}).json()["total"] > 0


def test_a_search_is_kept_read_run_and_taken_back(client: TestClient) -> None:
    sent = {"name": "Contested", "query": "status=contested&page=2&sort=newest"}
    made = client.post(f"{API}/searches", json=sent).json()
    assert made["query"] == "status=contested"
    read = client.get(f"{API}/searches/{made['id']}").json()
    assert read["number"] == read["number_now"] > 0
    assert read["log_entry_now"] > read["log_entry"] and read["log_hash"] != read["log_hash_now"]
    ran = client.get(f"{API}/searches/{made['id']}/incidents?limit=2").json()
    assert ran["total"] == read["number"] and len(ran["items"]) == 2
    assert ran["items"] == client.get(f"{API}/incidents?status=contested&sort=newest&limit=2").json()["items"]
    assert client.get(f"{API}/searches").json()["items"] == [made]
    assert client.delete(f"{API}/searches/{made['id']}").status_code == 204
    assert client.get(f"{API}/searches/{made['id']}").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"), [("since=May", 422), ("box=1,2,3", 422), ("box=1,50,2,3", 400), ("q=killed:many", 400), ("colour=red", 422)]
)
def test_what_makes_no_sense_is_said(client: TestClient, query: str, status: int) -> None:
    for address in ("/incidents", "/facets", "/timeline"):
        assert client.get(f"{API}{address}?{query}").status_code == status
