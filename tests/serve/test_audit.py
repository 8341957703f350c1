"""The log on a page: shown, filtered, paged, verified, downloaded."""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from peopled import log_in, people_in, send
from starlette.testclient import TestClient

from local_client import LocalClient
from purport.decisions import LogEntry, LogFilter
from purport.logbook import json_of, sentence_of
from purport.resources import yaml_of
from purport.serve import create_app
from purport.store import Store

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def browser(project: Path) -> Iterator[TestClient]:
    app = create_app(people_in(project))
    with LocalClient(app, follow_redirects=False) as opened:
        yield opened
    app.state.workbench.stores.close()


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'<tr id="entry-(\d+)"', text)]


def test_what_people_do_stands_there(browser: TestClient) -> None:
    log_in(browser, "Cass")
    send(browser, "/me/unmask", reason="to compare two lists")
    text = re.sub(r"</?bdi>", "", browser.get("/audit").text)
    assert "Cass logged in." in text and "Cass had names of victims shown." in text and "test let Cass in as coder." in text


def test_the_newest_come_first_and_older_ones_by_pages(browser: TestClient, project: Path) -> None:
    with Store(project) as store:
        for number in range(130):
            store.people.note("login", f"visitor {number}", detail={"by": f"visitor {number}"})
    log_in(browser, "Rhys")
    first = browser.get("/audit").text
    older = re.search(r'href="(/audit\?[^"]*before=\d+)"', first)
    assert older
    second = browser.get(older[1].replace("&amp;", "&")).text
    assert len(numbers(first)) == 100
    assert numbers(first)[-1] == numbers(second)[0] + 1


@pytest.mark.parametrize(
    ("asked", "actions"),
    [
        ("action=person+add", {"person add"}),
        ("person=Cass", {"login"}),
        ("subject=Cass", {"person add", "login"}),
        ("since=2000", None),
        ("until=2000-01-01", set()),
        ("person=%27+OR+1%3D1--", set()),
    ],
)
def test_it_can_be_filtered(browser: TestClient, asked: str, actions: set[str] | None) -> None:
    log_in(browser, "Cass")
    log_in(browser, "Edda")
    found = [json.loads(line) for line in browser.get(f"/audit/log.jsonl?{asked}").text.splitlines()]
    assert actions is None or {entry["action"] for entry in found} == actions


def test_a_date_that_is_none_is_told(browser: TestClient) -> None:
    log_in(browser, "Rhys")
    answer = browser.get("/audit?since=yesterday")
    assert answer.status_code == 400 and "no date" in answer.text


def test_nothing_of_it_runs(browser: TestClient, project: Path) -> None:
    with Store(project) as store:
        store.people.note(HOSTILE, HOSTILE, detail={"by": HOSTILE, "note": HOSTILE})
    log_in(browser, "Edda")
    send(browser, "/me/unmask", reason="to look at details")
    text = browser.get("/audit").text
    assert HOSTILE not in text and "&lt;script&gt;" in text


def test_details_are_withheld_with_the_names(browser: TestClient, project: Path) -> None:
    with Store(project) as store:
        store.people.note("comment", "evt-1", detail={"coder": "Cass", "text": "Farid was there"})
    log_in(browser, "Edda")
    assert "Farid" not in browser.get("/audit").text + browser.get("/audit/log.jsonl").text
    send(browser, "/me/unmask", reason="to look at details")
    assert "Farid" in browser.get("/audit").text
    assert "Farid" in browser.get("/audit/log.jsonl").text


def test_a_download_is_logged_and_for_editors(browser: TestClient) -> None:
    log_in(browser, "Cass")
    assert browser.get("/audit/log.jsonl").status_code == 403
    log_in(browser, "Edda")
    lines = browser.get("/audit/log.jsonl").text.splitlines()
    assert [json.loads(line)["entry"] for line in lines] == list(range(1, len(lines) + 1))
    assert "Edda exported" in re.sub(r"</?bdi>", "", browser.get("/audit").text)


def test_the_chain_is_verified(browser: TestClient, project: Path) -> None:
    log_in(browser, "Rhys")
    token = re.search(r'name="csrf" content="([^"]+)"', browser.get("/audit").text)
    assert token
    form = {"csrf": token[1]}
    assert "The chain is whole" in browser.post("/audit/verify", data=form).text
    connection = sqlite3.connect(project)
    connection.execute("DROP TRIGGER log_stays")
    connection.execute("UPDATE log SET subject = 'other' WHERE entry = 3")
    connection.commit()
    connection.close()
    text = browser.post("/audit/verify", data=form).text
    assert "The chain is broken" in text and "log 3" in text


# ------------------------------------------------------------------ in words
@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (LogEntry(1, "", "login", "Cass", "Cass", {}, ""), "Cass logged in."),
        (LogEntry(1, "", "erase", "doc-1", "Edda", {"why": "asked for"}, ""), "Edda erased doc-1: asked for."),
        (LogEntry(1, "", "person role", "Cass", "Edda", {"role": "reader"}, ""), "Edda made Cass reader."),
        (LogEntry(1, "", "person role", "Cass", "", {}, ""), "Somebody made Cass …."),
        (LogEntry(1, "", "judge", "clm-1", "", {}, "", is_emptied=True), "Somebody decided about claim clm-1: … (its detail was erased)."),
        (LogEntry(1, "", "something new", "x", "Cass", {}, ""), "Cass did: something new, x."),
        (LogEntry(1, "", "something new", "x", "", {}, ""), "something new, x."),
        (LogEntry(1, "", "login", "{person.__class__}", "", {}, ""), "{person.__class__} logged in."),
    ],
)
def test_entries_in_words(entry: LogEntry, said: str) -> None:
    assert sentence_of(entry) == said


def test_every_sentence_is_a_sentence() -> None:
    for action, form in yaml_of("log/sentences.yaml").items():
        assert isinstance(form, str) and form[0] in "{ABCDEFGHIJKLMNOPQRSTUVWXYZ", action


def test_every_action_of_the_example_has_words(project: Path) -> None:
    with Store(project) as store:
        assert set(store.audit.actions()) <= set(yaml_of("log/sentences.yaml"))
        assert store.audit.count(LogFilter()) == store.audit.newest()[0]


def test_masked_json_keeps_numbers_and_withholds_words() -> None:
    entry = LogEntry(1, "at", "comment", "evt-1", "Cass", {"coder": "Cass", "text": "Farid", "times": 3}, "h")
    assert json.loads(json_of(entry, masked=True))["detail"] == {"coder": "Cass", "text": "[withheld]", "times": 3}
