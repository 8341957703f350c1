"""Login and roles in a browser: nobody gets in without, each sees what the role may, and a change of the role ends the session."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from purport.decisions import PersonRole
from purport.store import Store

PASSWORD = "a long enough pass phrase"


@pytest.fixture
def peopled(project: Path) -> Path:
    """The project with one person of each role."""
    with Store(project) as store:
        for role in (PersonRole.EDITOR, PersonRole.CODER, PersonRole.READER):
            store.people.add(f"A {role.value}", role=role, password=PASSWORD, by="test")
    return project


def log_in(page: Page, name: str, *, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def test_nobody_gets_in_without_a_login_and_is_led_back_after_it(open_page: Any, served: Any, peopled: Path) -> None:
    with Store(peopled, read_only=True) as store:
        incident = next(store.incidents()).id
    page = open_page(served(peopled))
    page.goto(f"/incident/{incident}")
    expect(page).to_have_url(re.compile("/login"))
    log_in(page, "A reader")
    expect(page).to_have_url(re.compile(f"/incident/{incident}"))
    expect(page.locator(".who")).to_contain_text("A reader")


def test_a_wrong_password_says_no_more_than_that(open_page: Any, served: Any, peopled: Path, watches: list[Any]) -> None:
    page = open_page(served(peopled))
    watches[0].allow("401")
    page.goto("/login")
    for name in ("A reader", "Nobody"):
        log_in(page, name, password="wrong pass phrase")
        expect(page.locator("main")).to_contain_text("The name or the password is wrong.")


@pytest.mark.parametrize(("role", "may_people"), [(PersonRole.READER, False), (PersonRole.CODER, False), (PersonRole.EDITOR, True)])
def test_each_sees_what_the_role_may(
    open_page: Any, served: Any, peopled: Path, watches: list[Any], role: PersonRole, may_people: bool
) -> None:
    page = open_page(served(peopled))
    watches[0].allow("403")
    page.goto("/login?next=/me")
    log_in(page, f"A {role.value}")
    expect(page.locator(".who")).to_contain_text(role.value)
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="People")).to_have_count(int(may_people))
    answer = page.goto("/people")
    assert answer is not None and answer.status == (200 if may_people else 403)


def test_a_change_of_the_role_ends_the_session(open_page: Any, served: Any, peopled: Path) -> None:
    page = open_page(served(peopled))
    page.goto("/login?next=/me")
    log_in(page, "A coder")
    expect(page.locator(".who")).to_contain_text("coder")
    with Store(peopled) as store:
        store.people.set_role("A coder", PersonRole.READER, by="A editor")
    page.goto("/me")
    expect(page).to_have_url(re.compile("/login"))
