"""Headers, hosts, sizes and tokens around every answer."""

from starlette.testclient import TestClient

from purport.serve.guards import HEADERS, MOST_BYTES


def test_every_answer_has_the_headers(client: TestClient) -> None:
    for address in ("/", "/static/base.css", "/no-such-page"):
        answer = client.get(address, follow_redirects=False)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_another_host_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_too_much_is_refused(client: TestClient) -> None:
    assert client.post("/", content=b"x" * (MOST_BYTES + 1)).status_code == 413


def test_an_unknown_page_is_told(client: TestClient) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "There is no such page." in answer.text
