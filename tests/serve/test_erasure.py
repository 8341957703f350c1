"""Erasing on a page: looked up, shown, confirmed, done; rules about how long pages are kept."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from peopled import log_in, people_in, send
from starlette.testclient import TestClient

from local_client import LocalClient
from purport.export import withheld_names
from purport.serve import create_app
from purport.store import Store


@pytest.fixture
def browser(project: Path) -> Iterator[TestClient]:
    app = create_app(people_in(project))
    with LocalClient(app, follow_redirects=False) as opened:
        log_in(opened, "Edda")
        yield opened
    app.state.workbench.stores.close()


@pytest.fixture
def document(project: Path) -> str:
    with Store(project) as store:
        return next(store.reports()).document.id


def test_it_is_for_editors(browser: TestClient) -> None:
    log_in(browser, "Cass")
    assert browser.get("/erasure").status_code == 403
    assert send(browser, "/erasure", ids="x", why="x", confirmation="erase", pages="1") == 403


def test_what_would_go_is_shown_first(browser: TestClient, document: str) -> None:
    text = browser.get(f"/erasure?ids={document}").text
    assert "1 page goes" in text and "Erase for good" in text and "claims" in text


def test_headlines_are_withheld_with_the_names(browser: TestClient, project: Path, document: str) -> None:
    with Store(project) as store:
        title = store.report(document).document.title
    assert title not in browser.get(f"/erasure?ids={document}").text
    send(browser, "/me/unmask", reason="to see what goes")
    assert title in browser.get(f"/erasure?ids={document}").text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"why": " ", "confirmation": "erase", "pages": "1"}, "needs a reason"),
        ({"why": "asked for", "confirmation": "yes", "pages": "1"}, "Nothing was erased"),
        ({"why": "asked for", "confirmation": "erase", "pages": "2"}, "has changed"),
        ({"why": "asked for", "confirmation": "erase", "pages": "1", "ids": "doc-none-of-these"}, "nothing has this id"),
    ],
)
def test_without_all_of_it_nothing_goes(browser: TestClient, project: Path, document: str, form: dict[str, str], told: str) -> None:
    token = re.search(r'name="csrf" content="([^"]+)"', browser.get("/erasure").text)
    assert token
    answer = browser.post("/erasure", data={"csrf": token[1], "ids": document, **form})
    assert answer.status_code in (404, 422) and told in answer.text
    with Store(project) as store:
        assert store.report(document)


def test_a_reason_with_a_withheld_name_is_refused(browser: TestClient, project: Path) -> None:
    """It would outlive the page."""
    with Store(project) as store:
        document, name = next((each.document.id, name) for each in store.reports() for name in sorted(withheld_names(each)))
    token = re.search(r'name="csrf" content="([^"]+)"', browser.get("/erasure").text)
    assert token
    form = {"csrf": token[1], "ids": document, "confirmation": "erase", "pages": "1"}
    for why in (f"the family of {name} asked", name.upper()):
        answer = browser.post("/erasure", data={**form, "why": why})
        assert answer.status_code == 422 and "names somebody whose name is withheld" in answer.text
    with Store(project) as store:
        assert store.report(document) and store.erasing.tombstones() == ()


def test_an_erasure(browser: TestClient, project: Path, document: str) -> None:
    assert send(browser, "/erasure", ids=document, why="asked for <b>", confirmation="Erase ", pages="1") == 303
    text = browser.get("/erasure").text
    assert document in text and "asked for &lt;b&gt;" in text
    with Store(project) as store:
        assert store.verify() == ()
        assert [stone.document_id for stone in store.erasing.tombstones()] == [document]
    assert "was erased on" in browser.get(f"/erasure?ids={document}").text
    assert browser.get(f"/document/{document}").status_code in (404, 410)


def test_rules_say_what_is_due(browser: TestClient, project: Path) -> None:
    assert send(browser, "/erasure/rules", days="1", since="publication", level="", why="our <i>plan") == 303
    text = browser.get("/erasure").text
    assert "our &lt;i&gt;plan" in text and re.search(r"\d+ pages are due", text)
    with Store(project) as store:
        (rule,) = store.erasing.retention.rules()
        assert store.counts()["documents"] > 0
    assert send(browser, f"/erasure/rules/{rule.id}/remove") == 303
    assert "There are no rules" in browser.get("/erasure").text
    assert send(browser, "/erasure/rules", days="0", since="publication", level="", why="x") == 422


def test_a_stopped_erasure_is_told_and_finished(browser: TestClient, project: Path) -> None:
    with Store(project) as store:
        store._connection.execute("INSERT INTO uncleaned VALUES (1)")
    assert "was stopped" in browser.get("/erasure").text
    assert send(browser, "/erasure/clean") == 303
    assert "was stopped" not in browser.get("/erasure").text
