"""Accounts: who may come in as what, passwords, tokens, and what must not be."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from purport.decisions import LogFilter, Person, PersonRole
from purport.errors import StoreError
from purport.store import Store, passwords

PASSWORD = "seven quiet herons at dawn"
OTHER = "a lamp beside the cold stove"


@pytest.fixture
def peopled(store: Store) -> Store:
    """An editor and a coder."""
    store.people.add("Ada", role=PersonRole.EDITOR, password=PASSWORD, by="Ada")
    store.people.add("Bo", role=PersonRole.CODER, password=OTHER, by="Ada")
    return store


# ------------------------------------------------------------------ people
def test_a_new_file_asks_nobody(store: Store) -> None:
    assert not store.people.are_kept()
    assert store.people.all() == () and store.people.find("Ada") is None and store.people.matching("Ada", PASSWORD) is None


def test_who_is_added_is_known(peopled: Store) -> None:
    assert peopled.people.are_kept()
    assert [(each.name, each.role, each.is_active) for each in peopled.people.all()] == [
        ("Ada", PersonRole.EDITOR, True),
        ("Bo", PersonRole.CODER, True),
    ]


@pytest.mark.parametrize(
    ("name", "password", "found"),
    [("Ada", PASSWORD, True), ("Ada", OTHER, False), ("Ada", "", False), ("ada", PASSWORD, False), ("Cy", PASSWORD, False)],
)
def test_a_password_opens_its_own_account_alone(peopled: Store, name: str, password: str, found: bool) -> None:
    assert (peopled.people.matching(name, password) is not None) is found


def test_accents_may_be_put_together_either_way(store: Store) -> None:
    store.people.add("Ada", role=PersonRole.EDITOR, password="the caf\u00e9 by the old mill", by="Ada")
    assert store.people.matching("Ada", "the cafe\u0301 by the old mill") is not None


@pytest.mark.parametrize(
    ("name", "role", "password", "told"),
    [
        ("Bo", PersonRole.CODER, PASSWORD, "taken"),
        ("bo", PersonRole.READER, PASSWORD, "taken"),
        ("  ", PersonRole.READER, PASSWORD, "visible characters"),
        ("x" * 61, PersonRole.READER, PASSWORD, "visible characters"),
        ("Cy\u202e", PersonRole.READER, PASSWORD, "visible characters"),
        ("Cy", PersonRole.READER, "short", "at least 12"),
        ("Cy", PersonRole.READER, "x" * 1001, "at most 1,000"),
        ("Cy", PersonRole.READER, "abababababab", "first that anybody tries"),
        ("Cy the Librarian", PersonRole.READER, "cy the librarian", "first that anybody tries"),
    ],
)
def test_who_cannot_be_added(peopled: Store, name: str, role: PersonRole, password: str, told: str) -> None:
    with pytest.raises(StoreError, match=told):
        peopled.people.add(name, role=role, password=password, by="Ada")
    assert len(peopled.people.all()) == 2


def test_the_first_must_be_an_editor(store: Store) -> None:
    with pytest.raises(StoreError, match="must be an editor"):
        store.people.add("Bo", role=PersonRole.CODER, password=PASSWORD, by="Bo")
    assert not store.people.are_kept()


# ------------------------------------------------------------------ changes
def test_the_last_active_editor_stays_one(peopled: Store) -> None:
    for change in (
        lambda: peopled.people.set_role("Ada", PersonRole.READER, by="Ada"),
        lambda: peopled.people.set_active("Ada", False, by="Ada"),
    ):
        with pytest.raises(StoreError, match="last active editor"):
            change()
    peopled.people.set_role("Bo", PersonRole.EDITOR, by="Ada")
    assert peopled.people.set_active("Ada", False, by="Bo") == Person("Ada", PersonRole.EDITOR, False, peopled.people.find("Ada").changed)  # type: ignore[union-attr]


def test_who_is_kept_out_comes_in_no_more_until_let_in_again(peopled: Store) -> None:
    _, word = peopled.people.add_token("Bo", "a script", by="Bo")
    peopled.people.set_active("Bo", False, by="Ada")
    assert peopled.people.matching("Bo", OTHER) is None and peopled.people.of_token(word) is None
    peopled.people.set_active("Bo", True, by="Ada")
    assert peopled.people.matching("Bo", OTHER) is not None and peopled.people.of_token(word) is not None


def test_a_new_password_ends_the_old_one(peopled: Store) -> None:
    before = peopled.people.find("Bo")
    after = peopled.people.set_password("Bo", "nine gulls over the quay", by="Ada")
    assert before is not None and after.changed > before.changed  # by which sessions end
    assert peopled.people.matching("Bo", OTHER) is None
    assert peopled.people.matching("Bo", "nine gulls over the quay") is not None
    with pytest.raises(StoreError, match="at least 12"):
        peopled.people.set_password("Bo", "short", by="Ada")


def test_nobody_is_changed_who_is_not_there(peopled: Store) -> None:
    with pytest.raises(StoreError, match="no such person"):
        peopled.people.set_role("Cy", PersonRole.CODER, by="Ada")
    with pytest.raises(StoreError, match="no such person"):
        peopled.people.set_password("Cy", PASSWORD, by="Ada")
    with pytest.raises(StoreError, match="no such person"):
        peopled.people.add_token("Cy", "a script", by="Ada")


# ------------------------------------------------------------------ tokens
def test_a_token_asks_in_its_owners_name_until_it_is_revoked(peopled: Store) -> None:
    token, word = peopled.people.add_token("Bo", "  the nightly script ", by="Bo")
    owner = peopled.people.of_token(word)
    assert owner is not None and owner.name == "Bo"
    assert [(each.id, each.name, each.is_revoked) for each in peopled.people.tokens("Bo")] == [(token.id, "the nightly script", False)]
    assert peopled.people.tokens("Ada") == ()
    peopled.people.revoke(token.id, by="Ada")
    assert peopled.people.of_token(word) is None and peopled.people.tokens()[0].is_revoked
    with pytest.raises(StoreError, match="no such token"):
        peopled.people.revoke("tok-none", by="Ada")
    with pytest.raises(StoreError, match="needs a name"):
        peopled.people.add_token("Bo", " ", by="Bo")


@pytest.mark.parametrize("word", ["", "purport_", "purport_guessed", PASSWORD])
def test_other_words_open_nothing(peopled: Store, word: str) -> None:
    peopled.people.add_token("Bo", "a script", by="Bo")
    assert peopled.people.of_token(word) is None


# ------------------------------------------------------------------ what is kept
def test_neither_password_nor_token_stands_in_the_file(peopled: Store, path: Path) -> None:
    _, word = peopled.people.add_token("Bo", "a script", by="Bo")
    peopled.people.set_password("Ada", "nine gulls over the quay", by="Ada")
    with closing(sqlite3.connect(path)) as connection:
        hashes = [row[0] for row in connection.execute("SELECT password FROM people")]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert all(each.startswith("$argon2id$") for each in hashes) and len(set(hashes)) == 2
    content = path.read_bytes()
    for secret in (PASSWORD, OTHER, "nine gulls over the quay", word):
        assert secret.encode() not in content


def test_the_log_has_every_change_without_the_hash(peopled: Store) -> None:
    peopled.people.set_role("Bo", PersonRole.READER, by="Ada")
    peopled.people.set_password("Bo", "nine gulls over the quay", by="Ada")
    entries = [each for each in peopled.audit.entries(LogFilter(), limit=100) if each.action.startswith("person")]
    assert [each.action for each in entries] == ["person password", "person role", "person add", "person add"]
    assert "argon2" not in json.dumps([str(each.detail) for each in entries])
    assert peopled.verify() == ()


def test_a_name_that_nobody_has_takes_the_same_work(peopled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str | None] = []
    fits = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda encoded, password: checked.append(encoded) or fits(encoded, password))
    assert peopled.people.matching("Cy", PASSWORD) is None and peopled.people.matching("Ada", OTHER) is None
    assert len(checked) == 2 and checked[0] is None
