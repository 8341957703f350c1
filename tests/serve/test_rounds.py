"""Coding rounds in the workbench: blind pages, who may what, settling, files."""

import csv
import html
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from asked_routes import asked, routes
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from local_client import LocalClient
from purport.decisions import LogFilter, PersonRole, Round, SensitivityLevel
from purport.model import EventType, Verdict
from purport.reviewing import reviewed_page
from purport.serve import create_app, notices, pages
from purport.store import Store
from purport.wording import label, value_words

PASSWORD = "a long enough password"
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\u202egnp"
PEOPLE = {"Eda": PersonRole.EDITOR, "Ann": PersonRole.CODER, "Ben": PersonRole.CODER, "Cyd": PersonRole.CODER, "Rob": PersonRole.READER}
ANSWERS = {"answer-type": "bombing", "answer-place": "Kirkuk", "answer-killed": "11+"}


class Browsers:
    """One browser for each person, logged in."""

    def __init__(self, project: Path) -> None:
        self.app = create_app(project)
        self.store = Store(project)
        self._kept: dict[str, TestClient] = {}

    def __getitem__(self, name: str) -> TestClient:
        if name not in self._kept:
            bench = self.app.state.workbench
            person = self.store.people.find(name)
            assert person is not None
            token, _ = bench.sessions.start(name, since=person.changed)
            self._kept[name] = LocalClient(self.app, cookies={bench.cookie: token})
        return self._kept[name]


def post(client: TestClient, address: str, **form: object):  # type: ignore[no-untyped-def]
    found = re.search(r'name="csrf" content="([^"]*)"', client.get("/rounds").text)
    assert found is not None
    return client.post(address, data={"csrf": found[1], **form})


@pytest.fixture(scope="module")
def with_people(example_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example project with accounts; hashing their passwords takes its time."""
    path = Path(shutil.copy(example_project, tmp_path_factory.mktemp("people") / "project.purport"))
    with Store(path) as store:
        for name, role in PEOPLE.items():
            store.people.add(name, role=role, password=PASSWORD, by="Eda")
    return path


@pytest.fixture
def browsers(with_people: Path, tmp_path: Path) -> Iterator[Browsers]:
    made = Browsers(Path(shutil.copy(with_people, tmp_path / "project.purport")))
    yield made
    made.store.close()
    made.app.state.workbench.stores.close()


@pytest.fixture
def round_(browsers: Browsers) -> Round:
    """A blind round of Ann and Ben."""
    return make(browsers, blind="yes")


def make(browsers: Browsers, **more: object) -> Round:
    form = {"name": "First", "query": "Kirkuk type:bombing", "size": "2", "seed": "1", "field": ["type", "place", "killed"], **more}
    answer = post(browsers["Eda"], "/rounds", coder=["Ann", "Ben"], **form)
    assert answer.status_code == 200, answer.text
    return browsers.store.rounds.find(str(answer.url).rsplit("/", 1)[-1])


def code_all(browsers: Browsers, round_: Round, name: str, **answers: str) -> None:
    for event in round_.units:
        answer = post(browsers[name], f"/rounds/{round_.id}/code/{event}", action="save", **{**ANSWERS, **answers})
        assert answer.status_code == 200, answer.text
    assert post(browsers[name], f"/rounds/{round_.id}/hand-in").status_code == 200


# ------------------------------------------------------------------ blindness
def test_the_blind_page_has_nothing_of_the_machine(browsers: Browsers, round_: Round) -> None:
    """Everything between the text of the page and the questions, which are the same for every event."""
    for event_id in round_.units:
        page = browsers["Ann"].get(f"/rounds/{round_.id}/code/{event_id}").text
        report = browsers.store.report(browsers.store.rounds.unit(round_.id, event_id).document_id)
        outside = re.sub(r"<article.*?</article>", "", page, flags=re.DOTALL)
        for event in report.events:
            for claim in event.claims:
                assert claim.id not in page
                if claim.role.value != "type":
                    assert value_words(claim) not in outside and claim.words not in outside
            assert event.id == event_id or event.id not in page
        assert report.document.id not in page
        assert "checked" not in outside
        assert not re.search(r'name="(answer|spans)-\w+" value="[^"]+"(?! data-key)', outside)


def test_only_the_unit_is_marked(browsers: Browsers, round_: Round) -> None:
    unit = browsers.store.rounds.units(round_.id)[0]
    text = browsers.store.report(unit.document_id).document.text
    page = browsers["Ann"].get(f"/rounds/{round_.id}/code/{unit.event_id}").text
    marked = re.findall(r'<mark class="([^"]*)"[^>]*>([^<]*)</mark>', page)
    assert {kind for kind, _ in marked} == {"unit"}
    assert [words for _, words in marked] == [span.of(text) for span in sorted(set(unit.triggers))]


@pytest.mark.parametrize("address", ["/document/{document}", "/incident/{incident}", "/incident/{event}", "/review/{event}"])
def test_other_pages_tell_nothing_while_it_is_coded_blind(browsers: Browsers, round_: Round, address: str) -> None:
    unit = browsers.store.rounds.units(round_.id)[0]
    incident = browsers.store.incident_of(unit.event_id)
    asked = address.format(document=unit.document_id, incident=incident, event=unit.event_id)
    answer = browsers["Ann"].get(asked)
    assert answer.status_code == 403
    assert "You code this blind" in answer.text
    assert browsers["Eda"].get(asked).status_code != 403
    code_all(browsers, round_, "Ann")
    assert browsers["Ann"].get(asked).status_code != 403


def test_no_answer_of_any_route_names_what_is_hidden(browsers: Browsers, round_: Round) -> None:
    """Every route without parameters, and those of the API with an id; those of the rounds themselves aside."""
    hidden = browsers.store.rounds.hidden_from("Ann")
    unit = browsers.store.rounds.units(round_.id)[0]
    api = ["/documents", "/incidents", "/events", "/claims", f"/documents/{unit.document_id}", f"/events/{unit.event_id}"]
    api += [f"/documents/{unit.document_id}?machine=true", f"/documents/{unit.document_id[:10]}", f"/events?document={unit.document_id}"]
    routes = [route for router in pages.routers() for route in router.routes if isinstance(route, APIRoute)]
    plain = [route.path for route in routes if "GET" in route.methods and "{" not in route.path]
    assert len(plain) > 5
    for address in [*plain, *(f"/api/v1{each}" for each in api)]:
        if address.startswith(("/rounds", "/audit")):
            continue
        text = browsers["Ann"].get(address).text
        assert hidden.ids.isdisjoint(re.findall(r"(?:doc|evt|inc|clm)-[0-9a-f]{16}", text)), address


def test_no_route_shows_what_anybody_said_of_it(browsers: Browsers, round_: Round) -> None:
    """Every GET route with the ids of a page that is coded blind, after the machine and others said something of it."""
    unit = browsers.store.rounds.units(round_.id)[0]
    store, incident = browsers.store, browsers.store.incident_of(unit.event_id)
    claim = next(each for event in store.report(unit.document_id).events if event.id == unit.event_id for each in event.claims)
    store.judge(claim.id, Verdict.CORRECT, coder="Zora", value=EventType("shelling"), note="seen in Zamalekville")
    for subject in (claim.id, unit.event_id, unit.document_id):
        store.reviews.comment(subject, "it was Zamalekville", coder="Zora")
    store.reviews.set_sensitivity([unit.event_id], level=SensitivityLevel.SENSITIVE, why="people of Zamalekville", coder="Zora")
    search = store.finding.save("Kept", "", number=1, coder="Eda").id
    ids = {"document": unit.document_id, "first": unit.document_id, "event": unit.event_id, "first_event": unit.event_id, "search": search}
    ids |= {"claim": claim.id, "first_claim": claim.id, "incident": incident, "round": round_.id}
    hidden = store.rounds.hidden_from("Ann").ids
    addresses = [address for route in routes() for address in asked(route, ids) if not address.startswith(f"/rounds/{round_.id}")]
    assert len(addresses) > 50 and claim.id in hidden
    for address in addresses:
        text = browsers["Ann"].get(address).text
        told = set(re.findall(r"(?:doc|evt|inc|clm)-[0-9a-f]{16}", text)) & hidden
        assert told <= set(re.findall(r"[a-z]{3}-[0-9a-f]{16}", address)), address
        assert "Zamalekville" not in text and "Zora" not in re.sub(r'<select name="person".*?</select>', "", text, flags=re.DOTALL), address
    assert "Zamalekville" in browsers["Eda"].get(f"/incident/{incident}").text


def test_the_log_says_of_what_is_coded_blind_only_that_something_was_done(browsers: Browsers, round_: Round) -> None:
    unit = browsers.store.rounds.units(round_.id)[0]
    event = next(each for each in browsers.store.report(unit.document_id).events if each.id == unit.event_id)
    browsers.store.judge(event.claims[0].id, Verdict.REJECT, coder="Zora")
    page = browsers["Ann"].get("/audit").text
    assert "Something about a page that you code blind in First" in page
    assert "Zora" not in re.sub(r'<select name="person".*?</select>', "", page, flags=re.DOTALL)
    assert browsers.store.rounds.hidden_from("Ann").ids.isdisjoint(re.findall(r"(?:doc|evt|inc|clm)-[0-9a-f]{16}", page))
    assert event.claims[0].id in browsers["Eda"].get("/audit").text
    code_all(browsers, round_, "Ann")
    assert event.claims[0].id in browsers["Ann"].get("/audit").text


def test_the_queue_leaves_out_what_is_hidden_and_lists_the_rest(browsers: Browsers, round_: Round) -> None:
    page = browsers["Ann"].get("/queue?need=new")
    assert page.status_code == 200
    listed = set(re.findall(r"evt-[0-9a-f]{16}", page.text))
    assert listed and listed.isdisjoint(browsers.store.rounds.hidden_from("Ann").ids)


def test_others_answers_are_not_shown_before_the_end(browsers: Browsers, round_: Round) -> None:
    code_all(browsers, round_, "Ann", **{"answer-place": "Zamalekville"})
    for name in ("Ben", "Cyd", "Rob"):
        for address in ("/rounds", f"/rounds/{round_.id}", f"/rounds/{round_.id}/code", f"/rounds/{round_.id}/code/{round_.units[0]}"):
            assert "Zamalekville" not in browsers[name].get(address).text
        for address in ("answers.csv", "agreement.json", "adjudicate"):
            assert browsers[name].get(f"/rounds/{round_.id}/{address}").status_code == 403
    code_all(browsers, round_, "Ben")
    assert "Zamalekville" not in browsers["Ben"].get(f"/rounds/{round_.id}").text
    assert "Zamalekville" in browsers["Eda"].get(f"/rounds/{round_.id}").text
    post(browsers["Eda"], f"/rounds/{round_.id}/close")
    assert "Zamalekville" in browsers["Ben"].get(f"/rounds/{round_.id}").text


def test_not_blind_the_machines_answers_are_there_and_said_to_be(browsers: Browsers) -> None:
    round_ = make(browsers)
    page = browsers["Ann"].get(f"/rounds/{round_.id}/code/{round_.units[0]}").text
    assert page.count("The machine's answer; check it.") >= 2
    assert 'value="bombing" data-key="b" checked' in page


# ------------------------------------------------------------------ care
def test_graphic_text_is_announced_before_it_is_coded(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = make(browsers, blind="yes")
    unit = browsers.store.rounds.unit(round_.id, round_.units[0])
    text = browsers.store.report(unit.document_id).document.text
    monkeypatch.setattr(notices, "_patterns", lambda: {"torture": re.compile(re.escape(text.split(". ")[0][-20:]))})
    address = f"/rounds/{round_.id}/code/{unit.event_id}"
    before = browsers["Ann"].get(address).text
    assert "torture" in before and html.escape(text[-30:]) not in before and "answer-type" in before
    post(browsers["Ann"], f"{address}/notice", scope="one")
    after = browsers["Ann"].get(address).text
    assert html.escape(text[-30:]) in after
    assert html.escape(text[-30:]) not in browsers["Ben"].get(address).text  # each says it for the own session


def test_that_coders_read_names_stands_in_the_log_once_a_round(browsers: Browsers, round_: Round) -> None:
    def told() -> list[str]:
        found = browsers.store.audit.entries(LogFilter(action="unmask", person="Ann"), limit=10)
        return [str(each.detail.get("round")) for each in found]

    assert told() == []
    for event in round_.units:
        browsers["Ann"].get(f"/rounds/{round_.id}/code/{event}")
    assert told() == [round_.id]
    other = make(browsers, name="Second")
    browsers["Ann"].get(f"/rounds/{other.id}/code/{other.units[0]}")
    assert told() == [other.id, round_.id]


# ------------------------------------------------------------------ who may what
@pytest.mark.parametrize(("name", "allowed"), [("Ann", True), ("Cyd", False), ("Rob", False), ("Eda", False)])
def test_who_may_code(browsers: Browsers, round_: Round, name: str, allowed: bool) -> None:
    address = f"/rounds/{round_.id}/code/{round_.units[0]}"
    assert (browsers[name].get(address).status_code == 200) is allowed
    assert browsers[name].get(f"/rounds/{round_.id}/code").status_code == (200 if allowed else 403)
    assert post(browsers[name], address, action="save", **ANSWERS).status_code == (200 if allowed else 403)


@pytest.mark.parametrize("name", ["Ann", "Rob"])
def test_only_editors_make_and_end_rounds(browsers: Browsers, round_: Round, name: str) -> None:
    assert browsers[name].get("/rounds/new").status_code == 403
    for address in ("/rounds", f"/rounds/{round_.id}/close", f"/rounds/{round_.id}/take-over", f"/rounds/{round_.id}/adjudicate/x"):
        assert post(browsers[name], address).status_code == 403


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"query": "nofield:x"}, "no field"),
        ({"query": "type:riot"}, "needs events"),
        ({"size": "many"}, "as numbers"),
        ({"size": "0"}, "as numbers"),
        ({"field": []}, "needs fields"),
        ({"name": ""}, "needs a name"),
        ({"name": "x" * 200}, "at most 120"),
        ({"more_coders": "Rob"}, "who may code is called"),
        ({"events": "evt-0000000000000000"}, "no such event"),
    ],
)
def test_a_round_that_cannot_be_made_is_told(browsers: Browsers, change: dict[str, object], told: str) -> None:
    form = {"name": "First", "query": "", "size": "2", "field": ["type"], "coder": ["Ann"], **change}
    answer = post(browsers["Eda"], "/rounds", **form)
    assert answer.status_code == 422
    assert told in answer.text


# ------------------------------------------------------------------ coding
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"answer-type": ""}, "Type is not answered"),
        ({"answer-type": "war"}, "Type cannot be"),
        ({"answer-killed": "many"}, "is no number"),
        ({"spans-killed": "5-99999999"}, "not in this page"),
        ({"spans-killed": "x"}, "not in this page"),
    ],
)
def test_an_answer_that_makes_no_sense_is_told_and_what_was_typed_stays(
    browsers: Browsers, round_: Round, change: dict[str, str], told: str
) -> None:
    answer = post(browsers["Ann"], f"/rounds/{round_.id}/code/{round_.units[0]}", action="save", comment="stay", **{**ANSWERS, **change})
    assert answer.status_code == 422
    assert told in answer.text and 'value="Kirkuk"' in answer.text and ">stay</textarea>" in answer.text
    assert browsers.store.rounds.codings(round_.id) == ()


def test_saving_leads_to_the_next_and_back(browsers: Browsers, round_: Round) -> None:
    first, second = round_.units
    answer = post(browsers["Ann"], f"/rounds/{round_.id}/code/{first}", action="save", seconds="12.5", **ANSWERS, **{"spans-killed": "3-9"})
    assert answer.url.path.endswith(second) and f"/code/{first}" in answer.text
    (coding,) = browsers.store.rounds.codings(round_.id)
    assert coding.seconds == 12.5 and coding.answers["killed"].value == "11.." and len(coding.answers["killed"].spans) == 1
    again = browsers["Ann"].get(f"/rounds/{round_.id}/code/{first}").text
    assert 'value="bombing" data-key="b" checked' in again and 'value="3-9"' in again
    answer = post(browsers["Ann"], f"/rounds/{round_.id}/code/{second}", action="no_event")
    assert "Look over your answers" in answer.text


def test_a_script_in_every_field_stays_words(browsers: Browsers) -> None:
    round_ = make(browsers, name=HOSTILE[:120], blind="yes")
    code_all(browsers, round_, "Ann", comment=HOSTILE, **{"answer-place": HOSTILE})
    code_all(browsers, round_, "Ben", comment=HOSTILE)
    for name, address in (("Eda", ""), ("Eda", "/adjudicate"), ("Rob", "")):
        text = browsers[name].get(f"/rounds/{round_.id}{address}").text
        assert "<script>alert" not in text and "<img" not in text and "\u202e" not in text
    assert "<script>alert" not in browsers["Rob"].get("/rounds").text


@pytest.mark.parametrize(
    ("field", "words", "first"),
    [("place", "Kirkuk", "#"), ("perpetrator", "daesh", "Islamic State"), ("type", "bomb", None), ("x", "y", None)],
)
def test_suggestions(browsers: Browsers, field: str, words: str, first: str | None) -> None:
    found = browsers["Ann"].get("/rounds/suggest", params={"field": field, "words": words}).json()
    assert (first in found[0]) if first else found == []
    assert browsers["Rob"].get("/rounds/suggest", params={"field": field, "words": words}).status_code == 403


# ------------------------------------------------------------------ settling
def test_what_is_settled_lies_over_the_machine(browsers: Browsers, round_: Round) -> None:
    code_all(browsers, round_, "Ann")
    code_all(browsers, round_, "Ben", **{"answer-type": "armed_assault"})
    event = round_.units[0]
    page = browsers["Eda"].get(f"/rounds/{round_.id}/adjudicate?unit={event}").text
    assert 'id="q-type"' in page and 'id="q-place"' not in page
    form = {"choice-type": "Ben", "note-type": "They shot first."}
    answer = post(browsers["Eda"], f"/rounds/{round_.id}/adjudicate/{event}", **form)
    assert answer.status_code == 200 and answer.url.path.endswith("/adjudicate")
    document = browsers.store.rounds.unit(round_.id, event).document_id
    reviewed = reviewed_page(browsers.store, document)
    (holding,) = [each for each in reviewed.report.events if each.id == event]
    assert holding.type == "armed_assault"
    (machine,) = [each for each in reviewed.machine.events if each.id == event]
    assert machine.type == "bombing"
    words = [judgement for claim in machine.claims for judgement in browsers.store.judgements(claim.id)]
    assert {word.coder for word in words} == {"Eda"} and {word.verdict for word in words} == {Verdict.CORRECT}
    assert all("They shot first." in word.note for word in words)


def test_a_third_answer_and_what_is_missing(browsers: Browsers, round_: Round) -> None:
    code_all(browsers, round_, "Ann")
    code_all(browsers, round_, "Ben", **{"answer-killed": "23"})
    event = round_.units[0]
    address = f"/rounds/{round_.id}/adjudicate/{event}"
    assert "is not settled" in post(browsers["Eda"], address).text
    assert "is no number" in post(browsers["Eda"], address, **{"choice-killed": "other", "answer-killed": "some"}).text
    text = browsers.store.report(browsers.store.rounds.unit(round_.id, event).document_id).document.text
    start = text.index("Kirkuk")
    form = {"choice-killed": "other", "answer-killed": "12", "spans-killed": f"{start}-{start + 6}"}
    assert post(browsers["Eda"], address, **form).status_code == 200
    found = browsers.store.rounds.codings(round_.id)[-1]
    assert found.is_adjudication and found.answers["killed"].value == "12"


def test_what_is_agreed_is_taken_over_once(browsers: Browsers, round_: Round) -> None:
    for name in ("Ann", "Ben"):
        code_all(browsers, round_, name)
    first, second = (post(browsers["Eda"], f"/rounds/{round_.id}/take-over").text for _ in range(2))
    assert not re.search(r"\b0 judgements and", first)
    assert re.search(r"\b0 judgements and 0 additions", second)
    document = browsers.store.rounds.units(round_.id)[0].document_id
    notes = {word.note for word in browsers.store.reviews.judgements(document)}
    assert notes == {"agreed by Ann and Ben in round “First”"}


def test_no_event_settles_the_rest(browsers: Browsers, round_: Round) -> None:
    code_all(browsers, round_, "Ann")
    for event in round_.units:
        post(browsers["Ben"], f"/rounds/{round_.id}/code/{event}", action="no_event")
    post(browsers["Ben"], f"/rounds/{round_.id}/hand-in")
    event = round_.units[0]
    post(browsers["Eda"], f"/rounds/{round_.id}/adjudicate/{event}", **{"choice-event": "Ben"})
    document = browsers.store.rounds.unit(round_.id, event).document_id
    assert event not in {each.id for each in reviewed_page(browsers.store, document).report.events}


# ------------------------------------------------------------------ files
def test_the_table_of_answers_runs_no_formula(browsers: Browsers, round_: Round) -> None:
    code_all(browsers, round_, "Ann", comment='=HYPERLINK("x")', **{"answer-place": "@SUM(1)"})
    code_all(browsers, round_, "Ben")
    text = browsers["Eda"].get(f"/rounds/{round_.id}/answers.csv").text
    assert "answers of a round" in browsers["Eda"].get("/audit", params={"action": "export"}).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 2 * 2 * 4
    assert {row["kind"] for row in rows} == {"coder"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@", "+"))]


def test_the_table_of_agreement(browsers: Browsers, round_: Round) -> None:
    code_all(browsers, round_, "Ann")
    code_all(browsers, round_, "Ben", **{"answer-type": "killing"})
    found = browsers["Eda"].get(f"/rounds/{round_.id}/agreement.json").json()
    lines = {line["field"]: line for line in found["fields"]}
    assert list(lines) == ["event", "type", "place", "killed"]
    assert lines["type"]["confusions"] == [{"first": label("bombing"), "second": label("killing"), "times": 2}]
    assert lines["place"]["alpha"]["value"] is None and "variation" in lines["place"]["alpha"]["why"]
    assert lines["type"]["history"][-1]["codings"] == 4
