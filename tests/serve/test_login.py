"""Logging in and out, guessing, what ends a session, accounts, tokens, names shown."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from peopled import PASSWORD, csrf_of, log_in, people_in, send
from starlette.testclient import TestClient

from local_client import LocalClient
from purport.decisions import PersonRole
from purport.errors import SettingsError
from purport.serve import create_app, serve
from purport.serve.pages.login import own_path
from purport.serve.running import limits
from purport.serve.throttle import FREE, Throttle
from purport.serve.workbench import Options, Workbench
from purport.store import Store


@pytest.fixture
def peopled(project: Path) -> Path:
    return people_in(project)


@pytest.fixture
def browser(peopled: Path) -> Iterator[TestClient]:
    """A browser on a project with accounts, logged in as nobody."""
    app = create_app(peopled)
    with LocalClient(app, follow_redirects=False) as opened:
        yield opened
    app.state.workbench.stores.close()


def bench_of(client: TestClient) -> Workbench:
    bench: Workbench = client.app.state.workbench  # type: ignore[attr-defined]
    return bench


def with_cookies(client: TestClient, cookies: dict[str, str]) -> None:
    client.cookies.clear()
    client.cookies.update(cookies)


def actions(client: TestClient) -> list[str]:
    store = bench_of(client).stores.reading()
    return [row[0] for row in store._connection.execute("SELECT action FROM log ORDER BY entry")]


# ------------------------------------------------------------------ in and out
def test_without_a_login_there_is_nothing_to_see(browser: TestClient) -> None:
    answer = browser.get("/me?done=name&x=%0d%0aX-Evil:1")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=/me%3Fdone%3Dname")
    assert "x-evil" not in answer.headers


def test_the_api_says_what_it_wants(browser: TestClient) -> None:
    answer = browser.get("/api/v1/anything")
    assert answer.status_code in (401, 404)


def test_a_login_gives_a_new_session(browser: TestClient) -> None:
    form = {"csrf": csrf_of(browser), "name": "Cass", "password": PASSWORD}
    before = dict(browser.cookies)
    assert browser.post("/login", data=form).status_code == 303
    assert dict(browser.cookies) != before
    assert "Cass" in browser.get("/me").text
    with_cookies(browser, before)
    assert browser.get("/me").status_code == 303, "the session from before the login opens nothing"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: TestClient) -> None:
    cookie = browser.get("/login").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Secure" not in cookie


def test_behind_tls_the_cookie_is_secure(peopled: Path) -> None:
    with LocalClient(create_app(peopled, options=Options(secure=True)), base_url="https://localhost") as client:
        assert re.match(r"__Host-purport_session_\d+=.*; Secure", client.get("/login").headers["set-cookie"])


@pytest.mark.parametrize("name", ["Cass", "Nobody"])
def test_wrong_names_and_wrong_passwords_are_told_alike(browser: TestClient, name: str) -> None:
    form = {"csrf": csrf_of(browser), "name": name, "password": "wrong", "next": "/"}
    answer = browser.post("/login", data=form)
    assert answer.status_code == 401
    assert answer.text.count("The name or the password is wrong.") == 1


def test_an_unknown_name_takes_a_hash_as_well(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from purport.store import passwords

    seen: list[str | None] = []
    real = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda encoded, password: seen.append(encoded) or real(encoded, password))
    log_in(browser, "Nobody", "wrong")
    assert seen == [None]


def test_logging_out_ends_the_session(browser: TestClient) -> None:
    log_in(browser, "Cass")
    kept = dict(browser.cookies)
    assert send(browser, "/logout") == 303
    with_cookies(browser, kept)
    assert browser.get("/me").status_code == 303
    assert actions(browser)[-2:] == ["login", "logout"]


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/incident/inc-1?a=b#x", "/incident/inc-1?a=b#x"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nX-Evil: 1", "/"),
        ("/\t/evil.example", "/"),
        ("", "/"),
        ("/login?next=/login", "/"),
        ("/logout", "/"),
    ],
)
def test_a_login_leads_to_own_pages_alone(browser: TestClient, asked: str, led: str) -> None:
    assert own_path(asked) == led
    form = {"csrf": csrf_of(browser), "name": "Cass", "password": PASSWORD, "next": asked}
    assert browser.post("/login", data=form).headers["location"] == led


def test_a_login_needs_its_own_form(browser: TestClient) -> None:
    assert browser.post("/login", data={"name": "Cass", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_a_form_from_elsewhere_is_refused(browser: TestClient, headers: dict[str, str]) -> None:
    form = {"csrf": csrf_of(browser), "name": "Cass", "password": PASSWORD}
    assert browser.post("/login", data=form, headers=headers).status_code == 403


def test_a_form_from_here_is_taken(browser: TestClient) -> None:
    form = {"csrf": csrf_of(browser), "name": "Cass", "password": PASSWORD}
    assert browser.post("/login", data=form, headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}).status_code == 303


# ------------------------------------------------------------------ guessing
class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_each_failure_doubles_the_wait() -> None:
    clock = Clock()
    throttle = Throttle(longest=60, clock=clock)
    assert [throttle.begin("a") for _ in range(FREE)] == [0.0] * FREE
    waits = []
    for _ in range(8):
        waits.append(throttle.begin("a"))
        clock.now += waits[-1]
        assert throttle.begin("a") == 0
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert throttle.begin("b") == 0, "others do not wait"
    throttle.passed("a")
    assert throttle.begin("a") == 0


def test_waiting_is_not_made_longer_by_asking() -> None:
    clock = Clock()
    throttle = Throttle(longest=60, clock=clock)
    for _ in range(FREE):
        throttle.begin("a")
    assert [throttle.begin("a") for _ in range(3)] == [1, 1, 1]


def test_a_day_later_all_is_forgotten() -> None:
    clock = Clock()
    throttle = Throttle(longest=60, clock=clock)
    for _ in range(FREE):
        throttle.begin("a")
    clock.now += 25 * 3600
    assert throttle.begin("a") == 0


@pytest.mark.parametrize("name", ["Cass", "Nobody"])
def test_guessing_is_slowed_down_and_counted(browser: TestClient, name: str) -> None:
    throttles = bench_of(browser).throttles
    throttles.names._clock = throttles.addresses._clock = Clock()
    answers = [log_in(browser, name, "wrong") for _ in range(FREE + 2)]
    assert answers == [401] * FREE + [429] * 2
    assert log_in(browser, "Cass") == 429, "the right password waits as well"
    assert actions(browser).count("login failed") == 3, "the first, second and fourth"


def test_what_nobody_is_called_stays_out_of_the_log(browser: TestClient) -> None:
    log_in(browser, "my secret password", "x")
    store = bench_of(browser).stores.reading()
    assert "secret" not in str(store._connection.execute("SELECT * FROM log").fetchall())


# ------------------------------------------------------------------ what ends a session
@pytest.mark.parametrize("change", ["disable", "role", "password"])
def test_a_change_made_elsewhere_ends_the_session(browser: TestClient, peopled: Path, change: str) -> None:
    log_in(browser, "Cass")
    assert browser.get("/me").status_code == 200
    with Store(peopled) as other:
        if change == "disable":
            other.people.set_active("Cass", False, by="test")
        elif change == "role":
            other.people.set_role("Cass", PersonRole.READER, by="test")
        else:
            other.people.set_password("Cass", PASSWORD + " too", by="test")
    assert browser.get("/me").status_code == 303


def test_a_name_given_before_there_were_accounts_opens_nothing(project: Path) -> None:
    with LocalClient(create_app(project), follow_redirects=False) as client:
        assert send(client, "/me/name", name="Edda") == 303
        with Store(project) as store:
            store.people.add("Edda", role=PersonRole.EDITOR, password=PASSWORD, by="test")
        assert client.get("/me").status_code == 303


def test_another_password_renews_this_session(browser: TestClient) -> None:
    log_in(browser, "Cass")
    assert send(browser, "/me/password", old="wrong", new="x" * 20, again="x" * 20) == 422
    assert send(browser, "/me/password", old=PASSWORD, new="short", again="short") == 422
    assert send(browser, "/me/password", old=PASSWORD, new="nine loud geese", again="nine loud geeze") == 422
    assert send(browser, "/me/password", old=PASSWORD, new="nine loud geese", again="nine loud geese") == 303
    assert browser.get("/me").status_code == 200
    send(browser, "/logout")
    assert log_in(browser, "Cass") == 401
    assert log_in(browser, "Cass", "nine loud geese") == 303


# ------------------------------------------------------------------ names of victims
def test_showing_names_needs_a_reason_and_is_logged(browser: TestClient) -> None:
    log_in(browser, "Cass")
    assert send(browser, "/me/unmask", reason="") == 422
    assert send(browser, "/me/unmask", reason="to compare two lists") == 303
    assert "are <strong>shown</strong>" in browser.get("/me").text
    assert send(browser, "/me/mask") == 303
    assert "are <strong>withheld</strong>" in browser.get("/me").text
    assert actions(browser)[-2:] == ["unmask", "mask"]


def test_a_reader_sees_no_names(browser: TestClient) -> None:
    log_in(browser, "Rhys")
    assert send(browser, "/me/unmask", reason="curious") == 403


def test_logging_out_withholds_names_again(browser: TestClient) -> None:
    log_in(browser, "Cass")
    send(browser, "/me/unmask", reason="to compare two lists")
    send(browser, "/logout")
    log_in(browser, "Cass")
    assert "are <strong>withheld</strong>" in browser.get("/me").text


# ------------------------------------------------------------------ accounts
def test_the_first_person_is_an_editor_and_logged_in(project: Path) -> None:
    with LocalClient(create_app(project), follow_redirects=False) as client:
        form = {"name": "Edda", "role": "reader", "password": PASSWORD, "again": PASSWORD}
        assert send(client, "/people", **form) == 422
        assert send(client, "/people", **{**form, "role": "editor"}) == 303
        assert "Edda" in client.get("/people").text


@pytest.mark.parametrize("name", ["Cass", "Rhys"])
def test_people_are_for_editors(browser: TestClient, name: str) -> None:
    log_in(browser, name)
    assert browser.get("/people").status_code == 403
    assert send(browser, "/people/change", name="Edda", what="disable") == 403


def test_an_editor_lets_people_in_and_keeps_them_out(browser: TestClient) -> None:
    log_in(browser, "Edda")
    hostile = "<script>alert(1)</script>"
    assert send(browser, "/people", name=hostile, role="coder", password=PASSWORD, again=PASSWORD) == 303
    assert hostile not in browser.get("/people").text
    assert send(browser, "/people/change", name="Cass", what="role", role="reader") == 303
    assert send(browser, "/people/change", name="Rhys", what="disable") == 303
    assert send(browser, "/people/change", name="Rhys", what="enable") == 303
    assert send(browser, "/people/change", name="Rhys", what="password", password="another long one") == 303
    assert send(browser, "/people/change", name="Rhys", what="other") == 422
    assert send(browser, "/people/change", name="Nobody", what="disable") == 422


@pytest.mark.parametrize("form", [{"what": "disable"}, {"what": "role", "role": "coder"}])
def test_the_last_editor_stays(browser: TestClient, form: dict[str, str]) -> None:
    log_in(browser, "Edda")
    assert send(browser, "/people/change", name="Edda", **form) == 422
    assert browser.get("/people").status_code == 200


def test_an_editor_who_steps_down_is_logged_in_as_that(browser: TestClient) -> None:
    log_in(browser, "Edda")
    assert send(browser, "/people/change", name="Cass", what="role", role="editor") == 303
    assert send(browser, "/people/change", name="Edda", what="role", role="coder") == 303
    assert browser.get("/me").status_code == 200
    assert browser.get("/people").status_code == 403


# ------------------------------------------------------------------ tokens
def test_a_token_is_shown_once_and_revoked(browser: TestClient) -> None:
    log_in(browser, "Cass")
    assert send(browser, "/me/tokens", name="a notebook") == 303
    word = re.search(r"purport_[\w-]{40,}", browser.get("/me").text)
    assert word
    assert word[0] not in browser.get("/me").text
    people = bench_of(browser).stores.reading().people
    assert people.of_token(word[0]) == people.find("Cass")
    (token,) = people.tokens("Cass")
    log_in(browser, "Rhys")
    assert send(browser, f"/me/tokens/{token.id}/revoke") == 404, "another's"
    log_in(browser, "Cass")
    assert send(browser, f"/me/tokens/{token.id}/revoke") == 303
    assert people.of_token(word[0]) is None


# ------------------------------------------------------------------ where it listens
@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104 - it is refused
def test_beyond_this_machine_it_wants_accounts(project: Path, host: str) -> None:
    with pytest.raises(SettingsError, match="no accounts"):
        serve(project, options=Options(host=host))


def test_what_a_proxy_says_counts_only_behind_one() -> None:
    assert not limits(Options())["proxy_headers"]
    assert limits(Options(secure=True))["proxy_headers"]
