"""A victim's name that one page gives is withheld wherever it stands: on other pages of the incident, and in all that people wrote."""

import html
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from asked_routes import asked, routes
from starlette.testclient import TestClient

from local_client import LocalClient
from purport import bundling
from purport.decisions import Answer, SensitivityLevel
from purport.export import WITHHELD
from purport.export.catalogue import CATALOGUE, Shape
from purport.exporting import Asked, export
from purport.incident import LinkVerdict
from purport.model import EntityKind, Report, Role, Thing, Verdict
from purport.serve import create_app
from purport.store import Store
from purport.withholding import Names, names_around

CODERS = ("Ann", "Ben")
#: Pages that show somebody's text as it is because it has to be read to be coded or settled; that stands in the log.
READ_TO_CODE = ("/rounds/{round_id}/code", "/rounds/{round_id}/adjudicate")
NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]{5,}")


@dataclass(frozen=True)
class Planted:
    """What the planted file holds, by kind of id. ``name``: a victim's on one page, somebody's on another."""

    path: Path
    name: str
    ids: dict[str, str]


def people_of(report: Report) -> Iterator[str]:
    for entity in report.entities:
        if entity.kind is EntityKind.PERSON and NAME.fullmatch(entity.name) and entity.name in report.document.text:
            yield entity.name


def chosen(store: Store) -> tuple[Report, Report, str]:
    """Two pages of one incident, and somebody whom the second tells of and the first does not."""
    for incident in store.incidents():
        reports = [store.report(page) for page in sorted(set(store.members(incident.id).values()))]
        for first in reports:
            targets = [c for e in first.events for c in e.claims if c.role is Role.TARGET and isinstance(c.value, Thing)]
            for second in reports:
                for name in people_of(second):
                    if targets and first is not second and name.split()[-1] not in first.document.text:
                        return first, second, name
    raise AssertionError("the example project has no such pages")


@pytest.fixture(scope="module")
def planted(example_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    path = tmp_path_factory.mktemp("names") / "project.purport"
    path.write_bytes(example_project.read_bytes())
    with Store(path) as store:
        first, second, name = chosen(store)
        said = f"his brother is {name.lower()}, says {name.split()[-1]}"
        claim = next(c for e in first.events for c in e.claims if c.role is Role.TARGET and isinstance(c.value, Thing))
        own = next(iter(e for e in first.events if e.id == claim.event_id))
        incident = store.incident_of(own.id)
        other = next(event for event, page in store.members(incident).items() if page == second.document.id)
        store.judge(claim.id, Verdict.CORRECT, coder="Ann", value=Thing(name, EntityKind.PERSON), note=said)
        store.judge(own.claims[0].id if own.claims[0].id != claim.id else own.claims[1].id, Verdict.REJECT, coder="Ann", note=said)
        contested = next(c for e in second.events if e.id == other for c in e.claims)
        store.judge(contested.id, Verdict.ACCEPT, coder="Ann", note=said)
        store.judge(contested.id, Verdict.REJECT, coder="Ben", note=said)
        for subject in (first.document.id, second.document.id, own.id, other, claim.id, contested.id):
            store.reviews.comment(subject, said, coder="Ann")
        store.reviews.set_sensitivity((own.id, other), level=SensitivityLevel.SENSITIVE, why=said, coder="Ann")
        store.judge_link(*sorted((own.id, other)), verdict=LinkVerdict.SAME, coder="Ann", note=said)
        round_ = store.rounds.make("Names", (own.id, other), fields=("type", "target"), coders=CODERS, blind=False, made_by="Ann")
        for coder, answer in zip(CODERS, (name, "somebody else"), strict=True):
            for event in round_.units:
                answers = {"type": Answer("killing"), "target": Answer(answer, note=said)}
                store.rounds.code(round_.id, event, coder=coder, answers=answers, comment=said)
            store.rounds.hand_in(round_.id, coder=coder)
        ids = {"document": second.document.id, "incident": incident, "event": other, "claim": contested.id, "round": round_.id}
        ids["search"] = store.finding.save("Kept", "q=Kirkuk", number=1, coder="Ann").id
        ids |= {"first": first.document.id, "first_event": own.id, "first_claim": claim.id}
    return Planted(path, name, ids)


@pytest.fixture(scope="module")
def masked(planted: Planted) -> Iterator[TestClient]:
    """A browser of a coder to whom no names are shown, who has read the content notices."""
    app = create_app(planted.path)
    with LocalClient(app) as opened:
        csrf = re.findall(r'name="csrf" content="([^"]+)"', opened.get("/queue").text)[0]
        opened.post(f"/document/{planted.ids['document']}/notice", data={"csrf": csrf, "scope": "all"})
        yield opened
    app.state.workbench.stores.close()


@pytest.mark.parametrize("route", [each for each in routes() if not each.startswith(READ_TO_CODE)])
def test_no_masked_page_or_answer_shows_it(masked: TestClient, planted: Planted, route: str) -> None:
    for address in asked(route, planted.ids):
        answer = masked.get(address)
        assert answer.status_code < 500 and answer.status_code != 404, address
        shown = answer.text.casefold()
        for part in (planted.name, planted.name.split()[-1]):
            at = shown.find(part.casefold())
            assert at < 0, (address, answer.status_code, shown[max(at - 200, 0) : at + 100])


def test_a_reason_that_was_shown_masked_comes_back_whole(masked: TestClient, planted: Planted) -> None:
    incident = planted.ids["incident"]
    page = masked.get(f"/incident/{incident}").text
    shown = html.unescape(re.findall(r'name="why" value="([^"]*)"', page)[0])
    assert WITHHELD in shown
    sent = {"csrf": re.findall(r'name="csrf" content="([^"]+)"', page)[0], "level": "sensitive"}
    refused = masked.post(f"/incident/{incident}/sensitivity", data={**sent, "why": f"{shown} and more"})
    assert refused.status_code == 422 and "in place of a name" in refused.text
    assert masked.post(f"/incident/{incident}/sensitivity", data={**sent, "why": shown}, follow_redirects=False).status_code == 303
    with Store(planted.path, read_only=True) as store:
        held = store.reviews.sensitivity(store.events_of(incident))
    assert held is not None and held.coder != "Ann" and planted.name.casefold() in held.why.casefold()


TITLED = {
    "a round": ("/rounds", {"query": "Kirkuk", "size": "1", "seed": "1", "field": "type", "coder": "Ann", "blind": "yes"}),
    "a saved search": ("/searches", {"query": "q=Kirkuk"}),
}


@pytest.mark.parametrize("made", TITLED)
def test_nothing_that_everybody_sees_is_called_by_such_a_name(masked: TestClient, planted: Planted, made: str) -> None:
    address, form = TITLED[made]
    csrf = re.findall(r'name="csrf" content="([^"]+)"', masked.get("/queue").text)[0]
    for title in (planted.name, f"about {planted.name.upper()}", f"the case {planted.name.split()[-1]}"):
        refused = masked.post(address, data={**form, "csrf": csrf, "name": title}, follow_redirects=False)
        assert refused.status_code == 422 and "name that is withheld" in refused.text
    kept = masked.post(address, data={**form, "csrf": csrf, "name": "Bombings, second pilot"}, follow_redirects=False)
    assert kept.status_code == 303


def test_the_api_keeps_no_search_by_such_a_name(masked: TestClient, planted: Planted) -> None:
    headers = {"X-CSRF-Token": re.findall(r'name="csrf" content="([^"]+)"', masked.get("/queue").text)[0]}
    sent = {"name": planted.name, "query": "q=Kirkuk"}
    refused = masked.post("/api/v1/searches", json=sent, headers=headers)
    assert refused.status_code == 422 and planted.name not in refused.text
    made = masked.post("/api/v1/searches", json={**sent, "name": "Bombings"}, headers=headers)
    assert made.status_code == 201
    assert masked.delete(f"/api/v1/searches/{made.json()['id']}", headers=headers).status_code == 204


def told_in(path: Path) -> str:
    """All words of a file or folder that was written, unpacked."""
    if path.is_dir():
        return " ".join(told_in(each) for each in path.rglob("*") if each.is_file())
    if path.suffix in (".parquet", ".geoparquet"):
        return json.dumps(pq.read_table(path).to_pylist(), default=str, ensure_ascii=False)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("format", sorted(name for name, each in CATALOGUE.items() if each.shape is not Shape.COPY))
def test_no_export_shows_it(planted: Planted, tmp_path: Path, format: str) -> None:
    target = tmp_path / (format if CATALOGUE[format].shape is Shape.FOLDER else f"out.{'parquet' if 'parquet' in format else format}")
    with Store(planted.path, read_only=True) as store:
        export(store, target, format=format, asked=Asked())
    shown = told_in(tmp_path).casefold()
    assert len(shown) > 100
    assert planted.name.casefold() not in shown and planted.name.split()[-1].casefold() not in shown


def test_no_bundle_shows_it(planted: Planted, tmp_path: Path) -> None:
    bundling.write(planted.path, [planted.ids["incident"]], out=tmp_path / "one.wacz", mask_names=True)
    shown = told_in(tmp_path / "one.wacz").casefold()
    assert planted.ids["document"] in shown and planted.name.casefold() not in shown


def test_what_is_shown_unmasked_has_it(planted: Planted) -> None:
    """Else the tests above could not fail."""
    app = create_app(planted.path)
    with LocalClient(app) as opened:
        csrf = re.findall(r'name="csrf" content="([^"]+)"', opened.get("/queue").text)[0]
        opened.post(f"/document/{planted.ids['document']}/notice", data={"csrf": csrf, "scope": "all"})
        opened.post("/me/unmask", data={"csrf": csrf, "reason": "a test"})
        for address in (
            "/document/{document}",
            "/incident/{incident}",
            "/review/{event}",
            "/api/v1/comments?subject={event}&unmasked=true",
        ):
            assert planted.name.casefold() in opened.get(address.format(**planted.ids)).text.casefold(), address
    app.state.workbench.stores.close()


def test_the_names_of_a_page_are_those_of_all_pages_of_its_incidents(planted: Planted) -> None:
    with Store(planted.path, read_only=True) as store:
        assert planted.name in names_around(store, planted.ids["document"])
        assert planted.name in Names(store).beside(planted.ids["document"])
        assert planted.name not in Names(store).beside(planted.ids["first"])
