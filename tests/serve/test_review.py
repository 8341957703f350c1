"""Reviewing in the workbench, by plain forms and as its script does it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from invented_reports import TEXT, bomb_page
from local_client import LocalClient
from purport import merging
from purport.decisions import ReviewState, SensitivityLevel
from purport.model import Factuality, Place, Role, Verdict
from purport.reviewing import reviewed_page
from purport.serve import create_app
from purport.store import Store

CAPTURE, REPORT = bomb_page()
DOCUMENT, (BOMBING, SHELLING) = REPORT.document.id, REPORT.events
CLAIMS = {claim.role: claim for claim in BOMBING.claims}
PLACE = CLAIMS[Role.PLACE]
JSON = {"Accept": "application/json"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A merged project of one page."""
    path = tmp_path / "review.purport"
    with Store(path, create=True) as store:
        store.add(CAPTURE, REPORT)
        merging.merge(store)
    return path


class Coder:
    """A browser without scripts, whose names are shown unless told."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.csrf = re.findall(r'name="csrf" content="([^"]+)"', client.get("/queue").text)[0]

    def post(self, address: str, *, script: bool = True, **fields: str) -> Any:
        answer = self.client.post(address, data={"csrf": self.csrf, **fields}, headers=JSON if script else {}, follow_redirects=False)
        return answer.json() if script else answer

    def judge(self, claim: str, verdict: str, **fields: str) -> Any:
        return self.post(f"/review/{BOMBING.id}/judge", claim=claim, verdict=verdict, **fields)

    def undo(self, **fields: str) -> Any:
        return self.post("/undo", event=BOMBING.id, **fields)

    def page(self, event: str = BOMBING.id, **asked: str) -> str:
        answer = self.client.get(f"/review/{event}", params=asked)
        assert answer.status_code == 200, answer.text
        return answer.text


@contextmanager
def coder_at(file: Path, name: str = "ada", *, unmasked: bool = True) -> Iterator[Coder]:
    app = create_app(file)
    with LocalClient(app) as client:
        coder = Coder(client)
        coder.post("/me/name", script=False, name=name)
        if unmasked:
            coder.post("/me/unmask", script=False, reason="reviewing in a test")
        coder.post(f"/review/{BOMBING.id}/notice", script=False, scope="all")
        yield coder
    app.state.workbench.stores.close()


@pytest.fixture
def coder(file: Path) -> Iterator[Coder]:
    with coder_at(file) as opened:
        yield opened


def held(file: Path) -> Any:
    with Store(file) as store:
        return reviewed_page(store, DOCUMENT)


# ------------------------------------------------------------------ the queue
def test_the_queue_leads_to_an_event_and_on_to_the_next(coder: Coder) -> None:
    page = coder.client.get("/queue?need=new").text
    assert "0 of 2 events looked at" in page
    first = coder.client.get("/queue/next?need=new", follow_redirects=False).headers["location"]
    event = first.removeprefix("/review/").split("?")[0]
    assert event in (BOMBING.id, SHELLING.id)
    second = coder.client.get(f"/queue/next?need=new&after={event}", follow_redirects=False).headers["location"]
    other = second.removeprefix("/review/").split("?")[0]
    assert {event, other} == {BOMBING.id, SHELLING.id}
    ended = coder.client.get(f"/queue/next?need=new&after={other}")
    assert "Nothing more waits in this queue." in ended.text


@pytest.mark.parametrize("query", ["killed:", "type:(", '"', "<script>alert(1)</script>", "place:x' OR 1=1 --"])
def test_a_query_that_makes_no_sense_is_told(coder: Coder, query: str) -> None:
    answer = coder.client.get("/queue", params={"query": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_sample_is_drawn_and_stated(coder: Coder) -> None:
    answer = coder.post("/queue/sample", script=False, size="1", seed="7")
    page = coder.client.get(answer.headers["location"]).text
    assert "The first 1 of 2 events in the order of the SHA-256 of seed 7 and event id" in page
    assert "a seed and a size" in coder.post("/queue/sample", script=False, size="many", seed="7").text


# ------------------------------------------------------------------ deciding
@pytest.mark.parametrize(("verdict", "state"), [("accept", "accepted"), ("reject", "rejected")])
@pytest.mark.parametrize("script", [True, False])
def test_a_decision_is_kept_and_taken_back(coder: Coder, file: Path, verdict: str, state: str, script: bool) -> None:
    answer = coder.post(f"/review/{BOMBING.id}/judge", script=script, claim=PLACE.id, verdict=verdict)
    if script:
        assert answer["saved"] is True
        assert f'class="pill {state}"' in answer["rows"][PLACE.id]
    else:
        assert answer.status_code == 303
        assert answer.headers["location"].endswith(f"#claim-{PLACE.id}")
    assert held(file).by_claim[PLACE.id].state == state
    assert f"1 of {len(BOMBING.claims)} claims decided" in coder.page()
    coder.post("/undo", script=script, event=BOMBING.id)
    assert held(file).report == REPORT


def test_undo_at_any_depth_says_what_it_took_back(coder: Coder, file: Path) -> None:
    claims = [claim.id for claim in BOMBING.claims]
    for claim in claims:
        coder.judge(claim, "accept")
    coder.judge(claims[0], "reject")
    told = [coder.undo() for _ in range(len(claims) + 1)]
    assert all(answer["undone"] for answer in told)
    assert told[0]["toast"].startswith("Took back the decision to reject told as “car bomb”")
    assert coder.undo() == {"toast": "There is nothing of yours to take back.", "undone": False}
    assert held(file).report == REPORT


def test_what_is_sent_twice_is_done_once(coder: Coder, file: Path) -> None:
    one, other = (coder.judge(PLACE.id, "accept", once="token-1") for _ in range(2))
    assert one == other
    with Store(file) as store:
        assert len(store.judgements(PLACE.id)) == 1


def test_without_a_token_of_the_session_nothing_is_done(coder: Coder, file: Path) -> None:
    coder.csrf = "wrong"
    assert coder.post(f"/review/{BOMBING.id}/judge", script=False, claim=PLACE.id, verdict="reject").status_code == 403
    assert held(file).report == REPORT


CORRECTIONS = [
    (Role.PLACE, {"name": "Homs", "country": "sy", "precision": "exact"}, {"value": Place("Homs", "SY", precision="exact")}),
    (Role.TIME, {"edtf": "2015-03"}, {"value.edtf": "2015-03"}),
    (Role.COUNT, {"kind": "killed", "low": "13", "high": "", "who": "people"}, {"value.low": 13}),
    (Role.TYPE, {"type": "air_strike"}, {"value.code": "air_strike"}),
    (Role.PERPETRATOR, {"name": "a militia", "kind": "armed_group"}, {"value.name": "a militia"}),
]


@pytest.mark.parametrize(("role", "fields", "expected"), CORRECTIONS, ids=[role.value for role, _, _ in CORRECTIONS])
def test_a_correction_in_the_form_of_the_role(
    coder: Coder, file: Path, role: Role, fields: dict[str, str], expected: dict[str, object]
) -> None:
    claim = CLAIMS[role]
    form = coder.client.get(f"/review/{BOMBING.id}/correct", params={"claim": claim.id, "fragment": "1"}).text
    assert "Save the correction" in form
    answer = coder.judge(claim.id, "correct", words=claim.words, voice=claim.attribution_id or "", factuality="CT+", **fields)
    assert "error" not in answer, answer
    holding = held(file).by_claim[claim.id].holding
    for path, value in expected.items():
        found: Any = holding
        for name in path.split("."):
            found = getattr(found, name)
        assert found == value
    assert holding.spans == claim.spans


def test_evidence_voice_and_certainty_are_corrected(coder: Coder, file: Path) -> None:
    start = TEXT.index("Homs")
    place = {
        "name": "Aleppo",
        "country": "SY",
        "admin1": "Aleppo",
        "geonames_id": "170063",
        "latitude": "36.20124",
        "longitude": "37.16117",
    }
    answer = coder.judge(
        PLACE.id, "correct", where=f"0:{start}-0:{start + 4}", words="Homs", voice="", factuality="PS+", precision="exact", **place
    )
    assert "error" not in answer, answer
    holding = held(file).by_claim[PLACE.id].holding
    assert (holding.words, holding.attribution_id, holding.factuality) == ("Homs", None, Factuality.POSSIBLE)
    assert holding.value == PLACE.value


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({}, "the name is empty"),
        ({"name": "Homs", "precision": "roughly"}, "no precision"),
        ({"name": "Homs", "country": "Syria"}, "no code of a country"),
        ({"name": "Homs", "latitude": "91", "longitude": "0"}, "no latitude"),
        ({"name": "Homs", "latitude": "9"}, "a latitude needs a longitude"),
        ({"name": "Homs", "words": "words that nobody wrote"}, "the page has no such words"),
        ({"name": "Homs", "voice": "att-none"}, "the page has no such voice"),
        ({"name": "Homs", "factuality": "CT++"}, "no such factuality"),
    ],
)
def test_a_form_that_is_wrong_says_what_to_write(coder: Coder, file: Path, fields: dict[str, str], what: str) -> None:
    answer = coder.judge(PLACE.id, "correct", **{"words": "Aleppo", **fields})
    assert what in answer["error"]
    assert held(file).report == REPORT


# ------------------------------------------------------------------ what was missed
def at(words: str) -> str:
    start = TEXT.index(words)
    return f"0:{start}-0:{start + len(words)}"


def test_what_was_missed_is_added(coder: Coder, file: Path) -> None:
    voice = coder.post(
        f"/review/{BOMBING.id}/add",
        what="voice",
        where=at("said on Tuesday") if "said on Tuesday" in TEXT else at("said"),
        source_where=at("the governor"),
        source_kind="official",
        stance="claims",
    )
    assert voice["toast"].startswith("Added voice")
    link = held(file).report.attributions[-1].id
    claim = coder.post(f"/review/{BOMBING.id}/add", what="claim", role="target", where=at("a baker"), voice=link, kind="person")
    assert claim["toast"] == "Added claim: “a baker”"
    event = coder.post(f"/review/{BOMBING.id}/add", what="event", where=at("attack"), type="armed_assault")
    assert event["toast"] == "Added event: “attack”"
    report = held(file).report
    assert len(report.events) == 3
    added = report.events[0].claims[-1]
    assert (added.words, added.attribution_id, added.origin) == ("a baker", link, "coder ada")
    assert "Armed assault" in coder.page(report.events[-1].id)
    for _ in range(3):
        assert coder.undo()["undone"]
    assert held(file).report == REPORT


def test_an_added_event_is_linked_and_exported(coder: Coder, file: Path) -> None:
    from purport.reviewing import reviewed_incident

    coder.post(f"/review/{BOMBING.id}/add", what="event", where=at("attack"), type="armed_assault")
    with Store(file) as store:
        merging.merge(store)
        event = reviewed_page(store, DOCUMENT).report.events[-1]
        assert [each.id for each in reviewed_incident(store, event.id).events] == [event.id]
        assert store.verify() == ()


# ------------------------------------------------------------------ names withheld
def test_masked_one_may_decide_and_not_select(file: Path) -> None:
    with coder_at(file, unmasked=False) as masked:
        page = masked.page()
        assert "Haddouli" not in page
        assert "Names of victims are withheld" in page
        assert masked.judge(CLAIMS[Role.TARGET].id, "accept")["saved"]
        assert "Names are withheld" in masked.judge(PLACE.id, "correct", name="Homs", words="Aleppo")["error"]
        assert "Names are withheld" in masked.post(f"/review/{BOMBING.id}/add", what="event", words="attack", type="killing")["error"]


# ------------------------------------------------------------------ two coders
def test_two_coders_differ_until_an_editor_settles_it(file: Path) -> None:
    with coder_at(file, "ada") as ada:
        ada.judge(PLACE.id, "accept")
    with coder_at(file, "ben") as ben:
        row = ben.judge(PLACE.id, "reject")["rows"][PLACE.id]
        assert "accepted by ada" in row
        assert "rejected by ben" in row
        assert held(file).by_claim[PLACE.id].state is ReviewState.CONTESTED
        ben.judge(PLACE.id, "reject")
    assert held(file).by_claim[PLACE.id].state is ReviewState.REJECTED


# ------------------------------------------------------------------ the incident as a whole
def incident_of(file: Path) -> str:
    with Store(file) as store:
        return store.incident_of(BOMBING.id)


def test_a_review_is_done_with_a_sensitivity_and_opened_again(coder: Coder, file: Path) -> None:
    incident = incident_of(file)
    assert "Suggested: <strong>" in coder.client.get(f"/incident/{incident}").text
    assert "how sensitive" in coder.post(f"/incident/{incident}/done", state="done")["error"]
    assert coder.post(f"/incident/{incident}/done", state="done", level="sensitive")["toast"] == "The review is done"
    with Store(file) as store:
        events = store.events_of(incident)
        assert store.reviews.state(events) is ReviewState.REVIEWED
        found = store.reviews.sensitivity(events)
        assert found is not None and found.level is SensitivityLevel.SENSITIVE
    coder.post(f"/incident/{incident}/done", state="reopened")
    with Store(file) as store:
        assert store.reviews.state(events) is ReviewState.UNREVIEWED


def test_comments_and_assignments(coder: Coder, file: Path) -> None:
    incident = incident_of(file)
    coder.post(f"/incident/{incident}/comment", script=False, text="<script>alert(1)</script> one attack?")
    coder.post(f"/incident/{incident}/assign", script=False, coder="ada")
    page = coder.client.get(f"/incident/{incident}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; one attack?" in page
    assert coder.client.get("/queue/next?need=mine", follow_redirects=False).headers["location"].startswith(f"/review/{BOMBING.id}")
    assert "has it already" in coder.post(f"/incident/{incident}/assign", coder="ada")["error"]
    coder.post(f"/incident/{incident}/assignment-done", script=False)
    assert "nothing here is given to you" in coder.post(f"/incident/{incident}/assignment-done")["error"]


def test_split_and_merge(coder: Coder, file: Path) -> None:
    other = coder.client.get(f"/review/{SHELLING.id}/merge", params={"query": "market", "fragment": "1"}).text
    assert f'value="{incident_of(file)}"' in other
    assert coder.post(f"/review/{SHELLING.id}/merge", other=incident_of(file))["saved"]
    with Store(file) as store:
        assert store.incident_of(SHELLING.id) == store.incident_of(BOMBING.id)
    assert coder.post(f"/review/{SHELLING.id}/split")["saved"]
    with Store(file) as store:
        assert store.incident_of(SHELLING.id) != store.incident_of(BOMBING.id)
    assert coder.undo()["undone"]
    with Store(file) as store:
        assert store.incident_of(SHELLING.id) == store.incident_of(BOMBING.id)
    assert coder.undo()["undone"]
    with Store(file) as store:
        assert store.incident_of(SHELLING.id) != store.incident_of(BOMBING.id)
        assert store.verify() == ()
    assert "no incident has this id" in coder.post(f"/review/{SHELLING.id}/merge", other="inc-nothing")["error"]


@pytest.mark.parametrize("address", ["/review/evt-none", "/review/evt-none/correct?claim=clm-none", "/review/evt-none/merge"])
def test_what_is_not_there_is_told(coder: Coder, address: str) -> None:
    assert coder.client.get(address).status_code == 404


def test_a_place_is_looked_up(coder: Coder) -> None:
    found = coder.client.get("/review-places", params={"name": "Aleppo"}).json()
    assert any(place["country"] == "SY" and place["geonames_id"] for place in found)
    assert coder.client.get("/review-places", params={"name": "\n\t' OR 1=1"}).json() == []


def test_the_judgements_are_those_of_the_command_line(coder: Coder, file: Path) -> None:
    coder.judge(PLACE.id, "reject")
    with Store(file) as store:
        store.judge(PLACE.id, Verdict.WITHDRAWN, coder="ada")
    assert coder.undo()["undone"] is False
