"""``purport people``: who may work with a project file."""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained
from purport.print_safe import print_safe

if TYPE_CHECKING:
    from purport.decisions import PersonRole
    from purport.store.people import People

ACTIONS = ("list", "add", "role", "password", "disable", "enable", "token", "tokens", "revoke")
Action = Annotated[str, typer.Argument(metavar="|".join(ACTIONS), help="What to do.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Whom it concerns; for `revoke` the token's id.", show_default=False)]
Role = Annotated[str | None, typer.Option(metavar="reader|coder|editor", help="What the person may do.", show_default=False)]
PasswordFile = Annotated[
    str | None,
    typer.Option("--password-file", metavar="FILE", help="Read the password from the first line of this file, or of - (standard input)."),
]
TokenFor = Annotated[str, typer.Option("--for", metavar="TEXT", help="With `token`: what the program is.")]


@explained
def people(
    db: options.Database,
    action: Action = "list",
    name: Name = "",
    role: Role = None,
    password_file: PasswordFile = None,
    token_for: TokenFor = "",
) -> None:
    """Let people in, give them roles, keep them out. With one account or more the workbench asks everybody to log in.

    Passwords are asked for twice and kept as Argon2id hashes. Readers find and export, coders also review and code, editors also settle,
    erase and let people in. Nobody is deleted, since decisions keep the name: who leaves is disabled. `token` makes a word by which a
    program may use the HTTP API in somebody's name; it is printed once.
    """
    from purport.store import Store

    _check(action, name=name)
    with Store(db) as store:
        for line in _done(store.people, action, name=name, role=role, password_file=password_file, token_for=token_for):
            print(print_safe(line))


def _check(action: str, *, name: str) -> None:
    from purport.errors import SettingsError

    if action not in ACTIONS:
        raise SettingsError(f"no action {action!r}", remedy=f"use one of {', '.join(ACTIONS)}")
    if not name and action not in ("list", "tokens"):
        raise SettingsError(f"`{action}` needs a name", remedy=f"write `purport people DB {action} NAME`")


def _done(kept: "People", action: str, *, name: str, role: str | None, password_file: str | None, token_for: str) -> list[str]:
    by = f"{getpass.getuser()} (command line)"
    if action in ("list", "tokens"):
        return _people(kept) if action == "list" else _tokens(kept, name)
    if action == "token":
        token, word = kept.add_token(name, token_for, by=by)
        return [f"{token.id}: for {token.name}, in the name of {token.person}; the token, shown this once:", word]
    if action == "revoke":
        kept.revoke(name, by=by)
        return [f"{name} is revoked"]
    return _changed(kept, action, name=name, role=role, password_file=password_file, by=by)


def _changed(kept: "People", action: str, *, name: str, role: str | None, password_file: str | None, by: str) -> list[str]:
    if action == "add":
        person = kept.add(name, role=_role(role), password=_password(password_file), by=by)
    elif action == "role":
        person = kept.set_role(name, _role(role), by=by)
    elif action == "password":
        person = kept.set_password(name, _password(password_file), by=by)
    else:
        person = kept.set_active(name, action == "enable", by=by)
    return [f"{person.name}: {person.role.value}{'' if person.is_active else ', disabled'}"]


def _people(kept: "People") -> list[str]:
    everybody = kept.all()
    lines = [f"{person.name}: {person.role.value}{'' if person.is_active else ', disabled'}" for person in everybody]
    return lines or ["no accounts: whoever has the file may do everything, and the workbench answers on this machine alone"]


def _tokens(kept: "People", name: str) -> list[str]:
    found = kept.tokens(name or None)
    lines = [f"{t.id}: {t.person}, for {t.name}, {t.made_at}{', revoked' if t.is_revoked else ''}" for t in found]
    return lines or ["no tokens"]


def _role(text: str | None) -> "PersonRole":
    from purport.decisions import PersonRole
    from purport.errors import SettingsError

    try:
        return PersonRole(text or "")
    except ValueError:
        raise SettingsError(
            f"no role: {text!r}" if text else "which role?", where="--role", remedy=f"use one of {', '.join(PersonRole)}"
        ) from None


def _password(file: str | None) -> str:
    """Typed twice, or the first line of a file."""
    from purport.errors import SettingsError

    if file is not None:
        text = sys.stdin.readline() if file == "-" else Path(file).read_text(encoding="utf-8")
        return text.split("\n")[0].rstrip("\r")
    if not sys.stdin.isatty():
        raise SettingsError("there is no terminal to ask for a password", remedy="give --password-file FILE, or - for standard input")
    first, second = getpass.getpass("Password: "), getpass.getpass("Once more: ")
    if first != second:
        raise SettingsError("the two passwords differ", remedy="try again")
    return first
