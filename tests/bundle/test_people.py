"""What people decided in a bundle: told beside what the machine read, as annotations, in the provenance; and all of it checked."""

import json
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from typer.testing import CliRunner

from bundle import reviewed
from bundle.altered import checked, edited, files_of, remade
from bundle.reviewed import CORRECTED, NOTE, missed_count, voice, withdrawn_claim
from decided_projects import added_event
from hostile import SCRIPT
from invented_reports import TEXT, bomb_page
from purport import bundling, listing, merging
from purport.bundle.checking import check
from purport.cli.app import app
from purport.decisions import SensitivityLevel
from purport.errors import StoreError
from purport.model import Role, Verdict
from purport.resources import text_of
from purport.store import Store

PAGE = bomb_page()[1].document.id
CLAIMS = {claim.role: claim for claim in bomb_page()[1].events[0].claims}
PEOPLE = f"annotations/{PAGE}.people.jsonld"
DORA = f"Dora {SCRIPT}"


@pytest.fixture(scope="module")
def files(reviewed_bundle: Path) -> dict[str, bytes]:
    return files_of(reviewed_bundle)


@pytest.fixture(scope="module")
def main(files: dict[str, bytes]) -> str:
    """Where the incident of the bombing is told: the one of which the machine tells too."""
    return next(path for path in files if path.endswith(".machine.json")).replace(".machine", "")


def items(files: dict[str, bytes], path: str = PEOPLE) -> list[Any]:
    return list(json.loads(files[path])["items"])


def rows(files: dict[str, bytes], path: str) -> dict[str, Any]:
    return {row["claim_id"]: row for event in json.loads(files[path])["review"] for row in event["claims"]}


@pytest.mark.parametrize("name", ["reviewed_bundle", "masked_bundle"])
def test_bundles_of_all_decisions_are_whole(name: str, request: pytest.FixtureRequest) -> None:
    assert check(request.getfixturevalue(name)).faults == ()


# ------------------------------------------------------------------ incidents
@pytest.mark.parametrize(
    ("id", "state", "coders"),
    [
        (CLAIMS[Role.TYPE].id, "accepted", ["Ada"]),
        (CLAIMS[Role.PERPETRATOR].id, "corrected", ["Cass"]),
        (CLAIMS[Role.TARGET].id, "unreviewed", []),
        (CLAIMS[Role.TIME].id, "rejected", ["Ben"]),
        (CLAIMS[Role.PLACE].id, "contested", ["Ada", "Ben"]),
        (CLAIMS[Role.COUNT].id, "accepted", ["Edda"]),
        (CLAIMS[Role.NAME].id, "unreviewed", []),
        (missed_count().id, "accepted", ["Cass", "Edda"]),
        (withdrawn_claim().id, "withdrawn", []),
    ],
)
def test_each_claim_has_its_state_beside_what_the_machine_read(
    files: dict[str, bytes], main: str, id: str, state: str, coders: list[str]
) -> None:
    row = rows(files, main)[id]
    assert (row["state"], row["coders"]) == (state, coders)
    assert (row["machine"] is None) == (id in (missed_count().id, withdrawn_claim().id))
    assert (row["holding"] is None) == (state in ("rejected", "withdrawn"))


def test_a_correction_stands_beside_what_the_machine_read(files: dict[str, bytes], main: str) -> None:
    row = rows(files, main)[CLAIMS[Role.PERPETRATOR].id]
    assert (row["machine"]["value"]["name"], row["holding"]["value"]["name"]) == ("Islamic State", CORRECTED.name)
    assert (row["holding"]["words"], row["holding"]["factuality"]) == ("The Islamic State claimed", "PR+")
    assert row["holding"]["chain"][-1]["words"] == "a baker"


def test_the_two_tellings_differ_where_people_decided(files: dict[str, bytes], main: str) -> None:
    told = [json.loads(files[path])["claims"] for path in (main, main.replace(".json", ".machine.json"))]
    words = [{value["words"] for contest in claims for value in contest["values"]} for claims in told]
    assert CORRECTED.name in words[0] - words[1]
    assert "Islamic State" in words[1] - words[0]


def test_of_an_event_that_people_added_only_people_tell(files: dict[str, bytes], main: str) -> None:
    other = next(path for path in files if path.startswith("incidents/") and "machine" not in path and path != main)
    (event,) = json.loads(files[other])["review"]
    assert (event["event_id"], event["added_by"], event["holds"]) == (added_event()[0].id, "Cass", True)
    assert other.replace(".json", ".machine.json") not in files


@pytest.mark.parametrize("name", ["reviewed_bundle", "masked_bundle"])
def test_incidents_have_their_schemas(name: str, request: pytest.FixtureRequest) -> None:
    schemas = {each: json.loads(text_of(f"schema/{each}.schema.json")) for each in ("report", "incident", "bundle_review")}
    registry: Any = Registry().with_resources([(each["$id"], Resource.from_contents(each)) for each in schemas.values()])
    files = files_of(request.getfixturevalue(name))
    found = [json.loads(content) for path, content in files.items() if path.startswith("incidents/")]
    assert len(found) == 3
    for told in found:
        jsonschema.Draft202012Validator(schemas["bundle_review"], registry=registry).validate(told)
        plain = {name: value for name, value in told.items() if name not in ("told_as", "review")}
        jsonschema.Draft202012Validator(schemas["incident"], registry=registry).validate(plain)


# ------------------------------------------------------------------ annotations
@pytest.mark.parametrize(
    ("coder", "subject", "motivation", "quotes"),
    [
        ("Ada", CLAIMS[Role.TYPE].id, "assessing", ["car bomb"]),
        ("Cass", CLAIMS[Role.PERPETRATOR].id, ["assessing", "editing"], ["The Islamic State claimed"]),
        ("Ben", CLAIMS[Role.TIME].id, "assessing", ["3 March 2015"]),
        ("Edda", missed_count().id, "assessing", ["12 people", "the dead"]),
        ("Ben", missed_count().id, "identifying", ["12 people", "the dead"]),
        ("Cass", missed_count().id, "identifying", ["12 people", "the dead"]),
        ("Ben", voice().id, "identifying", ["a baker", "said on Tuesday"]),
        ("Cass", added_event()[0].id, "classifying", ["attack"]),
        ("Ada", withdrawn_claim().id, "identifying", ["Tidewater Agency"]),
        (DORA, PAGE, "commenting", []),
        (DORA, bomb_page()[1].events[0].id, "commenting", ["car bomb"]),
        (DORA, CLAIMS[Role.NAME].id, "commenting", ["Farid Haddouli"]),
    ],
)
def test_each_decision_is_a_web_annotation(
    files: dict[str, bytes], coder: str, subject: str, motivation: str | list[str], quotes: list[str]
) -> None:
    (item,) = [
        each
        for each in items(files)
        if (each["creator"]["name"], each["body"][0]["decision"]["subject"], each["motivation"]) == (coder, subject, motivation)
    ]
    assert {"id", "type", "motivation", "created", "creator", "body", "target"} == set(item)
    assert item["creator"]["type"] == "Person"
    assert [target["selector"][1]["exact"] for target in item["target"] if "selector" in target] == quotes
    assert {target["scope"] for target in item["target"]} == {f"urn:purport:{bomb_page()[0].id}"}


def test_notes_are_bodies_as_they_were_written(files: dict[str, bytes]) -> None:
    bodies = [body for item in items(files) for body in item["body"][1:]]
    assert {body["purpose"] for body in bodies} == {"commenting"}
    assert NOTE in {body["value"] for body in bodies}


def test_what_was_taken_back_says_so(files: dict[str, bytes]) -> None:
    decisions = [(item["creator"]["name"], item["body"][0]["decision"]) for item in items(files)]
    found = {(coder, decision["subject"]): decision["stands"] for coder, decision in decisions}
    assert not found["Ada", withdrawn_claim().id]
    assert not found["Ben", CLAIMS[Role.TARGET].id]
    assert found["Cass", CLAIMS[Role.PERPETRATOR].id]


def test_remarks_on_an_incident_are_about_its_file(files: dict[str, bytes], main: str) -> None:
    id = json.loads(files[main])["id"]
    (item,) = items(files, f"annotations/{id}.people.jsonld")
    assert (item["motivation"], [target["source"] for target in item["target"]]) == ("commenting", [main])


# ------------------------------------------------------------------ provenance
def test_the_provenance_tells_who_reviewed_what(files: dict[str, bytes]) -> None:
    said = json.loads(files["provenance/prov.json"])
    known = {*said["entity"], *said["activity"], *said["agent"]}
    relations = {kind: list(each.values()) for kind, each in said.items() if kind not in ("prefix", "entity", "activity", "agent")}
    assert all(end in known for each in relations.values() for relation in each for end in relation.values())
    labels = {name: agent["prov:label"] for name, agent in said["agent"].items()}
    reviews = {name for name, step in said["activity"].items() if step["prov:type"]["$"] == "purport:Review"}
    by = {labels[each["prov:agent"]] for each in relations["wasAssociatedWith"] if each["prov:activity"] in reviews}
    assert by == {"Ada", "Ben", "Cass", "Edda", DORA}
    claim = f"pp:{CLAIMS[Role.PERPETRATOR].id}"
    (judged,) = [name for name, entity in said["entity"].items() if entity.get("purport:subject") == claim]
    assert said["entity"][judged]["purport:verdict"] == "correct"
    assert {"prov:activity": judged.replace("pp:", "pp:review:"), "prov:entity": claim} in relations["used"]
    tellings = [entity["purport:path"] for entity in said["entity"].values() if entity["prov:type"]["$"] == "purport:Telling"]
    assert sorted(tellings) == sorted(path for path in files if path.startswith("incidents/"))


# ------------------------------------------------------------------ for reading
class Page(HTMLParser):
    """The tags, the text and the attributes of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.text = ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("path", ["evidence/report.html", "evidence/report.machine.html"])
def test_reports_say_how_they_tell_and_hostile_words_do_nothing(files: dict[str, bytes], path: str) -> None:
    page = Page(files[path])
    is_decided = "machine" not in path
    assert ("as people decided it" in page.text, "as the machine read it. No person" in page.text) == (True, not is_decided)
    assert ("What people decided" in page.text, "alert(1)" in page.text) == (is_decided, is_decided)
    assert not page.tags & {"script", "img"}
    assert not [name for name in page.names if name.startswith("on")]


@pytest.mark.parametrize(
    "words", ["accepted", "corrected", "rejected", "took back", "added an event", "added a voice", "remarked", "does not count any more"]
)
def test_the_report_tells_every_kind_of_decision(files: dict[str, bytes], words: str) -> None:
    assert words in Page(files["evidence/report.html"]).text


def test_a_report_without_decisions_says_so(small: Path) -> None:
    assert "What people decided" in Page(files_of(small)["evidence/report.html"]).text


# ------------------------------------------------------------------ names
@pytest.mark.parametrize("word", ["haddouli", "farid", "tamimi", "omar", "tidewater"])
def test_names_are_withheld_in_all_that_people_wrote(reviewed_bundle: Path, masked_bundle: Path, word: str) -> None:
    open_, masked = (b"".join(files_of(each).values()).decode().lower() for each in (reviewed_bundle, masked_bundle))
    assert word in open_
    assert word not in masked


def test_what_is_left_of_notes_stands(masked_bundle: Path) -> None:
    values = [body["value"] for item in items(files_of(masked_bundle)) for body in item["body"][1:]]
    assert any(value.startswith("[name withheld]'s brother\nsays so <script>") for value in values)


# ------------------------------------------------------------------ checked
def named(coder: str, subject: str, *, motivation: str | None = None) -> Callable[[Any], Any]:
    """The annotation of this decision on a page of annotations."""

    def find(page: Any) -> Any:
        return next(
            item
            for item in page["items"]
            if (item["creator"]["name"], item["body"][0]["decision"]["subject"]) == (coder, subject)
            and motivation in (None, item["motivation"])
        )

    return find


TYPE_OF_ADA = named("Ada", CLAIMS[Role.TYPE].id)
OF_CASS = named("Cass", CLAIMS[Role.PERPETRATOR].id)
VOICE = named("Ben", voice().id, motivation="identifying")
UNKNOWN = "clm-0000000000000000"
EDITS: list[tuple[str, Callable[[Any], None], str]] = [
    (PEOPLE, lambda page: TYPE_OF_ADA(page)["target"][0]["selector"][1].update(exact="nobody"), "its quote"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page)["target"][0]["selector"][0].update(start=0, end=3), "its quote"),
    (PEOPLE, lambda page: VOICE(page)["target"][0]["selector"][1].update(suffix=""), "its quote"),
    (PEOPLE, lambda page: VOICE(page)["target"][0]["selector"][0].update(end=10**6), "points at no place"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page)["target"][0].update(source="texts/other.txt"), "points at another text"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page)["target"][0].update(scope="urn:purport:cap-0"), "is not about the capture"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page).update(target=OF_CASS(page)["target"]), "its places are not those"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page)["creator"].update(name="Eve"), "its creator is not"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page).update(created="2001-01-01T00:00:00Z"), "its time is not"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page).update(motivation="commenting"), "its motivation is not"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page)["body"].pop(), "what it notes is not"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page)["body"][0]["decision"].update(verdict="reject"), "its verdict is not"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page)["body"][0]["decision"].update(subject=UNKNOWN), "what it is about is not"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page)["body"][0]["decision"].update(subject=UNKNOWN), "a claim that no incident in the bundle has"),
    (PEOPLE, lambda page: OF_CASS(page)["body"][0]["decision"]["after"].update(id=UNKNOWN), "a claim that no incident in the bundle has"),
    (PEOPLE, lambda page: OF_CASS(page)["body"][0]["decision"]["after"]["value"].update(name="Eve"), "what it says or adds"),
    (PEOPLE, lambda page: OF_CASS(page)["body"][0]["decision"]["before"].update(words="Eve"), "what was decided about"),
    (PEOPLE, lambda page: VOICE(page)["body"][0]["decision"]["after"].update(stance="denies"), "what it says or adds"),
    (PEOPLE, lambda page: page["items"].pop(), "has no annotation"),
    (PEOPLE, lambda page: TYPE_OF_ADA(page).update(id="urn:purport:jdg-0"), "is no decision in"),
    (PEOPLE, lambda page: page["purport:target"].update(digest="sha256:0"), "has not the digest"),
    ("provenance/", lambda said: said["entity"].update({f"pp:{UNKNOWN}": claim_entity()}), "is no claim that an incident"),
    ("provenance/", lambda said: said["entity"].update({f"pp:{withdrawn_claim().id}": claim_entity()}), "is no claim that an incident"),
    ("provenance/", lambda said: said["entity"].update({"pp:jdg-0": claim_entity("Judgement")}), "is no decision in"),
    ("provenance/", lambda said: said["activity"].pop(review_of(said)), "nothing is told of it"),
    ("provenance/", lambda said: said["activity"].pop(review_of(said)), "of which nothing is told"),
    ("provenance/", lambda said: said["activity"][review_of(said)].update({"prov:endTime": "2001-01-01T00:00:00Z"}), "at that time"),
    ("provenance/", lambda said: next(iter(said["wasAttributedTo"].values())).update({"prov:agent": "pp:nobody"}), "nothing is told"),
    ("provenance/", lambda said: verdict_of(said).update({"purport:verdict": "reject"}), "has another verdict"),
    ("provenance/", lambda said: [each.update({"prov:label": "Eve"}) for each in said["agent"].values()], "was not made by that person"),
    ("provenance/", lambda said: telling_of(said).update({"purport:path": "incidents/other.json"}), "does not lead to the files"),
    ("evidence/decisions", lambda said: said["comments"].pop(), "is in the log and not here"),
    ("evidence/decisions", lambda said: said["comments"][0].update(text="Eve"), "is not what the log says"),
    ("evidence/decisions", lambda said: said["additions"][0]["record"].update(stance="denies"), "is not what the log says"),
    ("evidence/decisions", lambda said: said["additions"].pop(), "is in the log and not here"),
    ("main", lambda told: row(told, Role.PERPETRATOR)["holding"]["value"].update(name="Eve"), "is not what the last decision says"),
    ("main", lambda told: row(told, Role.PERPETRATOR)["holding"].update(factuality="CT-"), "is not what the last decision says"),
    ("main", lambda told: row(told, Role.PERPETRATOR)["holding"].update(words="Eve"), "its words are not those of the text"),
    ("main", lambda told: row(told, Role.PERPETRATOR)["machine"]["value"].update(name="Eve"), "is not what the machine read"),
    ("main", lambda told: row(told, Role.TIME).update(holding=row(told, Role.TIME)["machine"]), "holds though it was rejected"),
    ("main", lambda told: row(told, Role.TYPE).update(state="rejected"), "by the decisions it is 'accepted'"),
    ("main", lambda told: row(told, Role.TYPE).update(coders=["Eve"]), "by the decisions it is 'accepted', by 'Ada'"),
    ("main", lambda told: row(told, Role.NAME).update(state="accepted"), "nobody decided about it"),
    ("main", lambda told: told["review"][0]["claims"].pop(0), "are not those that the machine read"),
    ("main", lambda told: told.update(review=[]), "are not those that datapackage.json names"),
    ("main", lambda told: told["review"][0]["triggers"][0].update(start=0), "does not stand where"),
    ("main", lambda told: told.update(told_as="machine"), "is not incident"),
    ("main", lambda told: saying(told).update(claim_id=UNKNOWN), "is no claim that holds"),
    ("main", lambda told: saying(told).update(words="Eve"), "its words or places are not those"),
    ("machine", lambda told: told.update(told_as="decided"), "is not incident"),
    ("machine", lambda told: saying(told).update(claim_id=UNKNOWN), "is no claim in any report"),
]


def claim_entity(kind: str = "Claim") -> Any:
    return {"prov:type": {"$": f"purport:{kind}", "type": "prov:QUALIFIED_NAME"}}


def review_of(said: Any) -> str:
    return next(name for name in said["activity"] if name.startswith("pp:review:jdg-"))


def verdict_of(said: Any) -> Any:
    return next(entity for entity in said["entity"].values() if entity.get("purport:verdict") == "accept")


def telling_of(said: Any) -> Any:
    return next(entity for entity in said["entity"].values() if entity["prov:type"]["$"] == "purport:Telling")


def row(told: Any, role: Role) -> Any:
    return next(each for event in told["review"] for each in event["claims"] if each["claim_id"] == CLAIMS[role].id)


def saying(told: Any) -> Any:
    return told["claims"][0]["values"][0]["sayings"][0]


@pytest.mark.parametrize(("place", "edit", "words"), EDITS, ids=[f"{number} {words}" for number, (_, _, words) in enumerate(EDITS)])
def test_what_does_not_agree_with_the_decisions_is_named_though_digests_fit(
    files: dict[str, bytes], main: str, place: str, edit: Callable[[Any], None], words: str
) -> None:
    known = {"main": main, "machine": main.replace(".json", ".machine.json")}
    path = known.get(place) or next(each for each in files if each.startswith(place))
    found = checked(remade(edited(files, path, edit))).faults
    assert any(words in fault.what for fault in found), found


@pytest.mark.parametrize("path", ["main", "machine", PEOPLE])
def test_a_missing_part_is_named(files: dict[str, bytes], main: str, path: str) -> None:
    missing = {"main": main, "machine": main.replace(".json", ".machine.json")}.get(path, path)
    left = {name: content for name, content in files.items() if name != missing}
    assert any(missing.split("/")[0] in str(fault) for fault in checked(remade(left)).faults)


@pytest.mark.parametrize("path", ["main", "machine", PEOPLE, "evidence/decisions.json", "provenance/prov.json"])
@pytest.mark.parametrize("content", [b"null\n", b"[]\n", b"{}\n", b'"a"\n', b"[" * 100_000, b'{"items": [7], "review": {"a": 1}}\n'])
def test_another_form_in_a_file_is_a_fault(files: dict[str, bytes], main: str, path: str, content: bytes) -> None:
    changed = {"main": main, "machine": main.replace(".json", ".machine.json")}.get(path, path)
    assert checked(remade({**files, changed: content})).faults


# ------------------------------------------------------------------ what people rejected
@pytest.fixture
def two_pages(tmp_path: Path) -> Path:
    """A project in which two pages tell of one bombing, and people rejected it on the first."""
    path = tmp_path / "p.purport"
    with Store(path, create=True) as store:
        for page in (bomb_page(), bomb_page(text=f"{TEXT}\n\nMore to come.")):
            store.add(*page)
        merging.merge(store)
        store.judge(CLAIMS[Role.TYPE].id, Verdict.REJECT, coder="Ada", note="no bomb")
    return path


def test_a_page_on_which_people_rejected_the_event_keeps_its_decisions(two_pages: Path, tmp_path: Path) -> None:
    with Store(two_pages, read_only=True) as store:
        id = reviewed.incident_of(store)
        assert len(store.members(id)) == 2
    bundling.write(two_pages, [id], out=tmp_path / "b.wacz")
    files = files_of(tmp_path / "b.wacz")
    assert check(tmp_path / "b.wacz").faults == ()
    assert [item["body"][1]["value"] for item in items(files)] == ["no bomb"]
    assert len(json.loads(files[f"incidents/{id}.json"])["events"]) == 1
    assert len(json.loads(files[f"incidents/{id}.machine.json"])["events"]) == 2
    assert [event["holds"] for event in json.loads(files[f"incidents/{id}.json"])["review"]].count(False) == 1


def test_where_people_rejected_all_there_is_nothing_to_tell(two_pages: Path, tmp_path: Path) -> None:
    with Store(two_pages) as store:
        id = reviewed.incident_of(store)
        for telling in store.incident(id).tellings:
            for claim in (claim for claim in telling.event.claims if claim.role is Role.TYPE):
                store.judge(claim.id, Verdict.REJECT, coder="Ben")
    with pytest.raises(StoreError, match="people rejected all"):
        bundling.write(two_pages, [id], out=tmp_path / "b.wacz")


def test_what_people_alone_tell_has_nothing_that_the_machine_read(reviewed_project: Path) -> None:
    with Store(reviewed_project, read_only=True) as store, pytest.raises(StoreError, match="the machine read nothing of it"):
        listing.account(store, added_event()[0].id, machine_only=True)


def test_an_event_that_people_added_is_as_restricted_as_any(reviewed_project: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(reviewed_project, tmp_path / "p.purport"))
    with Store(path) as store:
        id = store.incident_of(added_event()[0].id)
        store.reviews.set_sensitivity([added_event()[0].id], level=SensitivityLevel.RESTRICTED, why="a minor", coder="Edda")
    found = CliRunner().invoke(app, ["bundle", str(path), id, "--out", str(tmp_path / "b.wacz")])
    assert (found.exit_code, "restricted" in found.output, (tmp_path / "b.wacz").exists()) == (2, True, False)
