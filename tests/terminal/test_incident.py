"""An incident in the terminal."""

import io

import pytest
from rich.console import Console

from invented_incidents import ADMITTED, MONITOR, PageSpec, Said, incident, killed
from purport.accounts import Account
from purport.incidents import account_of, resolve
from purport.terminal import incident_line, incident_view

POLICE = Said("Nine were killed, police said.", "police", values=(killed(9, 9, "Nine"),))
DOCTORS = Said("Twelve were killed, doctors said.", "doctors", values=(killed(12, 12, "Twelve"),))


def account() -> Account:
    return account_of(incident([PageSpec("One", (POLICE, ADMITTED)), PageSpec("Two \x1b[31m[red]", (DOCTORS, MONITOR), None)]))


def printed(renderable: object, *, columns: int = 100) -> str:
    console = Console(file=io.StringIO(), width=columns, markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


@pytest.mark.parametrize("columns", [100, 60, 32])
def test_everything_is_there_at_any_width(columns: int) -> None:
    found = account()
    text = printed(incident_view(found, columns=columns, resolution=resolve(found, "ucdp")), columns=columns)
    plain = " ".join(text.replace("│", " ").split())
    for words in (
        "Who says what",
        "Where it comes from",
        "The toll over time",
        "What cannot all be true",
        "Resolved by policy ucdp 1",
        "undated",
    ):
        assert words in plain
    assert found.incident.id in text
    assert max(map(len, text.splitlines())) <= columns
    assert "\x1b" not in text


def test_parties_are_told_apart() -> None:
    text = printed(incident_view(account(), columns=100))
    assert "3 independent sources behind 2 pages" in text
    assert "Islamic State  party: named as a side of this incident" in text


def test_a_line_of_a_list() -> None:
    found = account()
    text = printed(incident_line(found, resolution=resolve(found, "acled")))
    assert found.incident.id in text and "killed by policy acled 1: 9/9/9" in text
