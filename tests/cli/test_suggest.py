"""A second reader over a project file: what is kept, taken, declined and undone; from the command to the browser."""

from pathlib import Path

import pytest

from cli_runs import Run
from invented_reports import bomb_page
from local_client import LocalClient
from purport import suggesting
from purport.errors import FetchError, StoreError
from purport.reviewing import reviewed_page
from purport.second import Client, Endpoint
from purport.serve import create_app
from purport.store import Store
from second_server import Served, served

__all__ = ["served"]

CAPTURE, REPORT, *_ = bomb_page()
DOCUMENT = REPORT.document.id
#: A word of the page that its own reader takes for no event.
WORD = next(word for word in ("market", "street", "police", "people", "city") if word in REPORT.document.text)
EVENT = {
    "type": "protest",
    "quote": WORD,
    "factuality": "CT+",
    "claims": [{"role": "place", "quote": WORD}, {"role": "place", "quote": "Atlantis"}],
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with Store(tmp_path / "project.purport", create=True) as store:
        store.add(CAPTURE, REPORT)
    return tmp_path / "project.purport"


def asked(store: Store, served: Served) -> suggesting.SuggestRun:
    with Client(Endpoint(served.url, "m", seconds=5), pause=lambda _: None) as client:
        return suggesting.suggest_pages(store, client)


def test_taken_is_an_addition_and_undone_is_none(project: Path, served: Served) -> None:
    served.says(EVENT)
    with Store(project) as store:
        before = reviewed_page(store, DOCUMENT).report
        found = asked(store, served)
        assert (found.pages, found.suggestions, dict(found.dropped)) == (1, 1, {"quotes that are not in the page": 1})
        assert reviewed_page(store, DOCUMENT).report == before
        (kept,) = store.suggestions.waiting()
        suggesting.take(store, kept.key, coder="Aya")
        assert store.suggestions.count_waiting() == 0
        after = reviewed_page(store, DOCUMENT).report
        assert {event.type for event in after.events} - {event.type for event in before.events} == {"protest"}
        with pytest.raises(StoreError, match="somebody else"):
            suggesting.decline(store, kept.key, coder="Ben")
        suggesting.reopen(store, kept.key, coder="Aya")
        assert reviewed_page(store, DOCUMENT).report == before
        suggesting.decline(store, kept.key, coder="Ben")
        assert store.suggestions.count_waiting() == 0
        assert store.verify() == ()


def test_a_page_is_asked_about_once(project: Path, served: Served) -> None:
    served.says(EVENT)
    with Store(project) as store:
        asked(store, served)
        again = asked(store, served)
    assert (again.pages, again.suggestions, again.passed_over, len(served.asked)) == (0, 0, 1, 1)


def test_what_the_own_reader_found_is_not_suggested(project: Path, served: Served) -> None:
    trigger = REPORT.events[0].triggers[0].of(REPORT.document.text)
    served.says({**EVENT, "quote": trigger, "claims": []})
    with Store(project) as store:
        known = {event.triggers for event in REPORT.events}
        found = asked(store, served)
        kept = store.suggestions.waiting()
    assert found.suggestions == len(kept)
    assert not {record.triggers for each in kept for record in each.records if hasattr(record, "triggers")} & known


def test_a_page_whose_answer_does_not_come_is_told_and_asked_about_again(project: Path, served: Served) -> None:
    served.replies = lambda question: (404, b"no such model")
    with Store(project) as store:
        found = asked(store, served)
        assert [failure.where for failure in found.failures] == [DOCUMENT]
        served.says(EVENT)
        assert asked(store, served).suggestions == 1


def test_an_endpoint_that_is_gone_ends_the_run(project: Path, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "MOST_FAILURES", 1)
    served.replies = lambda question: (404, b"no such model")
    with Store(project) as store, pytest.raises(FetchError, match="no such model"):
        asked(store, served)


# ------------------------------------------------------------------ as a user meets it
def test_the_command(run: Run, project: Path, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    served.says(EVENT)
    monkeypatch.setenv("MODEL_KEY", "hush")
    result = run("suggest", project, "--endpoint", served.url, "--model", "m", "--key-from", "MODEL_KEY")
    assert (result.exit_code, result.stdout) == (0, "1 pages asked about, 1 new suggestions wait in the workbench\n")
    assert "dropped: 1 quotes that are not in the page" in result.stderr
    assert served.headers[0]["Authorization"] == "Bearer hush"
    assert run("suggest", project, "--endpoint", "http://192.0.2.1/v1", "--model", "m").exit_code == 2
    assert run("suggest", project, "--endpoint", served.url, "--model", "m", "--key-from", "NO_SUCH").exit_code == 2


def test_in_the_browser(project: Path, served: Served) -> None:
    served.says({**EVENT, "claims": []})
    with Store(project) as store:
        asked(store, served)
        key = store.suggestions.waiting()[0].key
    app = create_app(project)
    with LocalClient(app) as client:
        page = client.get("/suggestions").text
        csrf = page.split('name="csrf" content="', 1)[1].split('"', 1)[0]
        assert f"<mark><bdi>{WORD}</bdi></mark>" in page
        assert client.post(f"/suggestions/{key}", data={"decision": "take"}).status_code == 403
        taken = client.post(f"/suggestions/{key}", data={"decision": "take", "csrf": csrf}).text
        assert "Taken as your addition." in taken and "Nothing waits." in taken
        assert "<strong>1</strong> waits" in client.post(f"/suggestions/{key}", data={"decision": "undo", "csrf": csrf}).text
        assert client.post("/suggestions/99", data={"decision": "take", "csrf": csrf}).status_code == 404
    app.state.workbench.stores.close()


def test_a_malicious_answer_stays_inert(project: Path, served: Served) -> None:
    served.says({**EVENT, "claims": [{"role": "time", "quote": WORD, "edtf": "<script>alert(1)</script>"}]})
    with Store(project) as store, Client(Endpoint(served.url, "<script>alert(1)</script>", seconds=5)) as client:
        suggesting.suggest_pages(store, client)
    app = create_app(project)
    with LocalClient(app) as browser:
        page = browser.get("/suggestions").text
    app.state.workbench.stores.close()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
