"""``purport codebook``: a project's own types, roles, statuses and words: written, checked, shown, taken into use."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli.exits import SOME_FAILED, explained, say
from purport.print_safe import print_safe
from purport.settings import Settings

if TYPE_CHECKING:
    from purport.codebook import Codebook, Finding
    from purport.store import Store

ACTIONS = {"check": (1, 1), "show": (0, 1), "use": (2, 2), "new": (1, 1)}
WORKED = ("purport", "acled", "detention")
SQLITE = b"SQLite format 3\0"
Action = Annotated[str, typer.Argument(metavar="|".join(ACTIONS), help="What to do.", show_default=False)]
Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[FILE…]",
        help="`check FILE`; `show FILE` or `show DB`; `use DB FILE` (`use DB purport`: none); `new FILE`.",
        show_default=False,
    ),
]
Like = Annotated[str, typer.Option(metavar="|".join(WORKED), help="With `new`: the worked example to start from.")]
Coder = Annotated[
    str | None, typer.Option(metavar="NAME", help="With `use`: who decides it; your user name if not given.", show_default=False)
]
NoExamples = Annotated[bool, typer.Option("--no-examples", help="With `check`: leave the example sentences unread, which takes seconds.")]
Strict = Annotated[bool, typer.Option("--strict", help="With `check`: warnings are errors.")]


@explained
def codebook(
    action: Action,
    files: Files = None,
    like: Like = "purport",
    coder: Coder = None,
    no_examples: NoExamples = False,
    strict: Strict = False,
) -> None:
    """A project's own types, roles, statuses, words and codes: a YAML file, described in docs/own-codebook.md.

    `new` writes a worked example, `check` says with line numbers what is wrong (0: nothing, 1: errors), `show` lists one. `use` keeps it
    in a project file: reading, the workbench and exports follow it from then on; pages that are kept are read anew by `purport reread`.
    """
    paths = _paths(action, files or [])
    if action == "new":
        _new(paths[0], like=like)
    elif action == "check":
        _check(paths[0], examples=not no_examples, strict=strict)
    elif action == "use":
        _use(*paths, coder=coder or getpass.getuser())
    else:
        _show(paths)


def _paths(action: str, paths: list[Path]) -> list[Path]:
    from purport.errors import SettingsError

    if action not in ACTIONS:
        raise SettingsError(f"no action {action!r}", remedy=f"use one of {', '.join(ACTIONS)}")
    least, most = ACTIONS[action]
    if not least <= len(paths) <= most:
        asked = {"check": "check FILE", "show": "show [FILE|DB]", "use": "use DB FILE", "new": "new FILE"}[action]
        raise SettingsError(f"{len(paths)} files", remedy=f"write `purport codebook {asked}`")
    return paths


def _new(path: Path, *, like: str) -> None:
    from purport.codebook.worked import text_like
    from purport.errors import SettingsError

    text = text_like(like)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise SettingsError("is there already", where=str(path), remedy="give another name, or take it away first") from None
    say(f"{path} is written; change it, then run `purport codebook check {path}`")


def _check(path: Path, *, examples: bool, strict: bool) -> None:
    """Prints the findings, a line each; leaves with 1 if there is an error."""
    from purport.codebook.checking import check
    from purport.codebook.parsing import read

    book, found = read(path)
    if book is not None:
        found += check(book, where=str(path))
    errors = sum(each.is_error for each in found)
    if book is not None and examples and not errors:
        found += _tried(book, where=str(path))
    for each in sorted(found, key=lambda each: each.line):
        print(print_safe(str(each)))
    errors, warnings = sum(each.is_error for each in found), sum(not each.is_error for each in found)
    unread = "; the examples were not read" if book is None or not examples or any(each.is_error for each in found) else ""
    say(f"{path}: {errors} {'error' if errors == 1 else 'errors'}, {warnings} {'warning' if warnings == 1 else 'warnings'}{unread}")
    if errors or (strict and warnings):
        raise typer.Exit(SOME_FAILED)


def _tried(book: "Codebook", *, where: str) -> "list[Finding]":
    from purport.api import read_text
    from purport.codebook.trying import try_examples

    settings = Settings(codebook=book)
    return try_examples(book, read=lambda text: read_text(text, settings=settings), where=where)


def _show(paths: list[Path]) -> None:
    from purport.codebook.listing import lines_of
    from purport.codebook.parsing import load_codebook
    from purport.codebook.worked import worked
    from purport.store import Store

    book: Codebook
    if not paths:
        book = worked("purport")
    elif _is_project(paths[0]):
        with Store(paths[0], read_only=True) as store:
            book = store.codebooks.current() or worked("purport")
            for each in store.codebooks.history():
                say(f"{each.made_at[:16].replace('T', ' ')}  {each.name} {each.version}  {each.digest[:12]}  {each.coder}")
    else:
        book = load_codebook(paths[0])
    for line in lines_of(book):
        print(print_safe(line))


def _is_project(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE


def _use(db: Path, file: Path, *, coder: str) -> None:
    from purport.codebook.parsing import load_codebook
    from purport.store import Store

    book = None if str(file) == "purport" and not file.exists() else load_codebook(file)
    with Store(db) as store:
        if not store.codebooks.use(book, coder=coder):
            say("that codebook is in use already")
            return
    with Store(db) as store:
        stale = _stale(store, book)
    say(f"{db}: {book.heading if book else 'the codebook of the package'} is in use")
    if stale:
        what = "page was" if stale == 1 else "pages were"
        say(f"{stale} {what} read with another codebook; run `purport reread {db}`, then `purport merge {db}`")


def _stale(store: "Store", book: "Codebook | None") -> int:
    from purport.project import reader_label

    return store.count_stale(reader_label(Settings(codebook=book)))
