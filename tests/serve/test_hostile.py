"""What an adversary sends: bodies without end, slow ones, ways out of the static folder, tokens, headers."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from peopled import log_in, people_in
from starlette.testclient import TestClient

from local_client import LocalClient
from purport.serve import create_app
from purport.serve.guards import HEADERS, MOST_BYTES, BodyLimit
from purport.store import Store


@pytest.fixture
def browser(project: Path) -> Iterator[TestClient]:
    app = create_app(people_in(project))
    with LocalClient(app, follow_redirects=False) as opened:
        yield opened
    app.state.workbench.stores.close()


def chunks(number: int) -> Iterator[bytes]:
    for _ in range(number):
        yield b"x" * 100_000


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/json"])
def test_a_body_that_does_not_say_its_length_is_refused(browser: TestClient, kind: str) -> None:
    answer = browser.post("/login", content=chunks(MOST_BYTES // 100_000 + 2), headers={"Content-Type": kind})
    assert answer.status_code in (403, 413)
    if kind != "application/json":  # of which nothing is read
        assert answer.status_code == 413
        assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("length", ["-1", "1e9", "9" * 30, "0x10", ""])
def test_lengths_that_are_none(browser: TestClient, length: str) -> None:
    assert browser.post("/login", content=b"a=b", headers={"Content-Length": length}).status_code in (400, 403, 413)


def test_a_slow_body_is_refused() -> None:
    sent: list[Any] = []

    async def app(_scope: Any, receive: Any, _send: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    async def receive() -> Any:
        await asyncio.sleep(60)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(BodyLimit(app, seconds=0.01)(scope, receive, send))
    assert sent[0]["status"] == 408


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/....//app.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/../../../../../../etc/passwd",
        "/static/",
    ],
)
def test_nothing_outside_the_static_folder(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in (303, 400, 404, 405)
    assert "create_app" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "evil.example:8765", "[::2]"])
def test_other_names_are_refused_with_all_headers(browser: TestClient, host: str) -> None:
    answer = browser.get("/login", headers={"Host": host})
    assert answer.status_code == 400
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "[::1]:8765", "LOCALHOST:1"])
def test_names_of_this_machine_are_answered(browser: TestClient, host: str) -> None:
    assert browser.get("/login", headers={"Host": host}).status_code == 200


# ------------------------------------------------------------------ the API with a cookie and with a token
@pytest.fixture
def word(project: Path, browser: TestClient) -> str:
    with Store(project) as store:
        return store.people.add_token("Cass", "a notebook", by="test")[1]


def bearer(word: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {word}"}


def test_a_token_opens_the_api_and_no_page(browser: TestClient, word: str) -> None:
    assert browser.get("/api/v1/documents", headers=bearer(word)).status_code == 200
    assert browser.get("/me", headers=bearer(word)).status_code == 303
    assert browser.get("/api/v1/documents", headers=bearer("purport_other")).status_code == 401
    assert browser.get("/api/v1/documents").status_code == 401


def test_a_wrong_token_is_not_helped_by_a_cookie(browser: TestClient) -> None:
    log_in(browser, "Cass")
    assert browser.get("/api/v1/documents").status_code == 200
    assert browser.get("/api/v1/documents", headers=bearer("purport_other")).status_code == 401


def test_a_token_needs_no_form_and_a_cookie_does(browser: TestClient, word: str, project: Path) -> None:
    with Store(project) as store:
        said = {"subject": next(store.reports()).document.id, "text": "looked at"}
    assert browser.post("/api/v1/comments", json=said, headers=bearer(word)).status_code in (200, 201)
    log_in(browser, "Cass")
    assert browser.post("/api/v1/comments", json=said).status_code == 403
    assert browser.post("/logout", headers=bearer(word)).status_code == 403, "a token opens no page"


@pytest.mark.parametrize("change", ["revoke", "disable"])
def test_a_token_ends(browser: TestClient, word: str, project: Path, change: str) -> None:
    with Store(project) as store:
        if change == "revoke":
            store.people.revoke(store.people.tokens("Cass")[0].id, by="test")
        else:
            store.people.set_active("Cass", False, by="test")
    assert browser.get("/api/v1/documents", headers=bearer(word)).status_code == 401
