"""``people``, ``erase``, ``retention`` and ``audit`` on a project file: what they say, change and refuse, and how they end."""

import json
from pathlib import Path

import pytest

from cli_runs import Run
from invented_reports import bomb_page
from purport.decisions import PersonRole
from purport.model import Role
from purport.store import Store

PASSWORD = b"seven quiet herons at dawn\n"
PAGE = bomb_page()[1].document.id


# ------------------------------------------------------------------ people
def test_people_are_let_in_and_listed(run: Run, db: Path) -> None:
    assert run("people", db).stdout.startswith("no accounts")
    assert run("people", db, "add", "Ada", "--role", "editor", "--password-file", "-", input=PASSWORD).stdout == "Ada: editor\n"
    assert run("people", db, "add", "Bo", "--role", "coder", "--password-file", "-", input=PASSWORD).exit_code == 0
    assert run("people", db, "role", "Bo", "--role", "reader").stdout == "Bo: reader\n"
    assert run("people", db, "disable", "Bo").stdout == "Bo: reader, disabled\n"
    assert run("people", db).stdout == "Ada: editor\nBo: reader, disabled\n"
    with Store(db, read_only=True) as store:
        assert store.people.matching("Ada", PASSWORD.decode().strip()) is not None


def test_a_password_comes_from_the_first_line_of_a_file(run: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "word").write_text("seven quiet herons at dawn\nnot this\n", encoding="utf-8")
    assert run("people", db, "add", "Ada", "--role", "editor", "--password-file", tmp_path / "word").exit_code == 0
    with Store(db, read_only=True) as store:
        assert store.people.matching("Ada", "seven quiet herons at dawn") is not None


def test_a_token_is_shown_once_and_revoked(run: Run, db: Path) -> None:
    run("people", db, "add", "Ada", "--role", "editor", "--password-file", "-", input=PASSWORD)
    told = run("people", db, "token", "Ada", "--for", "the nightly script").stdout.splitlines()
    word, token_id = told[-1], told[0].partition(":")[0]
    with Store(db, read_only=True) as store:
        assert store.people.of_token(word) is not None
    listed = run("people", db, "tokens").stdout
    assert token_id in listed and word not in listed
    assert run("people", db, "revoke", token_id).exit_code == 0
    assert "revoked" in run("people", db, "tokens").stdout
    with Store(db, read_only=True) as store:
        assert store.people.of_token(word) is None


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["remove", "Ada"], 2, "no action 'remove'"),
        (["add"], 2, "`add` needs a name"),
        (["add", "Cy", "--password-file", "-"], 2, "which role?"),
        (["add", "Cy", "--role", "king", "--password-file", "-"], 2, "no role: 'king'"),
        (["add", "Cy", "--role", "coder"], 2, "no terminal to ask for a password"),
        (["add", "Cy", "--role", "coder", "--password-file", "missing.txt"], 1, "missing.txt"),
        (["add", "Ada", "--role", "coder", "--password-file", "-"], 1, "taken"),
        (["disable", "Ada"], 1, "last active editor"),
        (["enable", "Nobody"], 1, "no such person"),
        (["revoke", "tok-none"], 1, "no such token"),
    ],
)
def test_people_who_cannot_be(run: Run, db: Path, arguments: list[str], code: int, told: str) -> None:
    with Store(db) as store:
        store.people.add("Ada", role=PersonRole.EDITOR, password="seven quiet herons at dawn", by="Ada")
    result = run("people", db, *arguments, input=PASSWORD)
    assert (result.exit_code, result.stdout) == (code, "") and told in result.stderr


# ------------------------------------------------------------------ erasing
def test_a_dry_run_says_what_would_go_and_changes_nothing(run: Run, db: Path) -> None:
    before = db.read_bytes()
    told = run("erase", db, PAGE, "--dry-run")
    assert told.exit_code == 0 and PAGE in told.stdout and "claims" in told.stdout
    assert db.read_bytes() == before


def test_a_page_is_erased_and_a_tombstone_stays(run: Run, db: Path) -> None:
    result = run("erase", db, PAGE, "--why", "asked for by the family", "--coder", "Edda", "--yes")
    assert result.exit_code == 0 and "1 page is erased" in result.stderr
    assert run("show", db, PAGE).exit_code == 1
    assert "1 page is erased" not in run("verify", db).stderr and run("verify", db).exit_code == 0
    again = run("erase", db, PAGE, "--why", "asked for", "--yes")
    assert again.exit_code == 1 and again.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "what shall be erased?"),
        ([PAGE, "--yes"], 2, "needs a reason"),
        ([PAGE, "--why", "asked for"], 2, "say --yes"),
        (["doc-none", "--why", "asked for", "--yes"], 1, "doc-none"),
    ],
)
def test_what_is_not_erased(run: Run, db: Path, arguments: list[str], code: int, told: str) -> None:
    result = run("erase", db, *arguments)
    assert result.exit_code == code and told in result.stderr
    assert run("show", db, PAGE).exit_code == 0


def test_a_reason_with_a_withheld_name_is_refused(run: Run, db: Path) -> None:
    """It would outlive the page."""
    with Store(db, read_only=True) as store:
        (name,) = {claim.value.name for claim in _claims(store) if claim.role is Role.NAME}  # type: ignore[union-attr]
    for why in (f"{name} asked for it", f"her brother {name.split()[-1]} asked", name.upper()):
        result = run("erase", db, PAGE, "--why", why, "--yes")
        assert result.exit_code == 1 and "name is withheld" in result.stderr and name not in result.stderr
    assert run("show", db, PAGE).exit_code == 0


def _claims(store: Store) -> list[object]:
    return [claim for event in store.report(PAGE).events for claim in event.claims]


# ------------------------------------------------------------------ retention
def test_a_rule_is_added_listed_applied_and_removed(run: Run, db: Path) -> None:
    assert run("retention", db).stdout.startswith("no rules")
    added = run("retention", db, "add", "--days", "30", "--since", "publication", "--why", "the project has ended", "--coder", "Edda")
    rule = added.stderr.split()[1]
    assert "nothing is erased by it alone" in added.stderr
    assert "30 days after publication" in run("retention", db, "list").stdout
    due = run("retention", db, "due").stdout
    assert PAGE in due and rule in due
    assert run("retention", db, "apply").exit_code == 2  # nobody to ask
    applied = run("retention", db, "apply", "--yes")
    assert applied.exit_code == 0 and "erased" in applied.stderr
    assert run("retention", db, "due").stdout == "nothing is due\n"
    assert run("retention", db, "remove", rule).exit_code == 0
    assert run("retention", db).stdout.startswith("no rules")
    assert run("verify", db).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["burn"], 2), (["add", "--days", "30"], 1), (["add", "--days", "30", "--since", "birth", "--why", "x"], 1), (["remove", "none"], 1)],
)
def test_a_rule_that_cannot_be(run: Run, db: Path, arguments: list[str], code: int) -> None:
    result = run("retention", db, *arguments)
    assert (result.exit_code, result.stdout) == (code, "") and result.stderr
    assert run("retention", db).stdout.startswith("no rules")


# ------------------------------------------------------------------ audit
def test_the_log_is_printed_the_newest_first(run: Run, db: Path) -> None:
    run("export", db, "--format", "csv")
    lines = run("audit", db).stdout.splitlines()
    numbers = [int(line.split()[0]) for line in lines]
    assert numbers == sorted(numbers, reverse=True) and "export" in lines[0]
    told = [json.loads(line) for line in run("audit", db, "--json").stdout.splitlines()]
    assert [each["entry"] for each in told] == numbers


def test_the_log_is_filtered(run: Run, db: Path) -> None:
    run("export", db, "--format", "csv")
    assert len(run("audit", db, "--action", "export").stdout.splitlines()) == 1
    assert run("audit", db, "--person", "nobody at all").stdout == ""
    short = run("audit", db, "--limit", "1")
    assert len(short.stdout.splitlines()) == 1 and "older entries are left out" in short.stderr
    assert run("audit", db, "--until", "2001").stdout == ""
    assert run("audit", db, "--since", "the other day").exit_code == 2
