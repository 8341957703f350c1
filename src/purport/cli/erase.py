"""``purport erase``: pages out of a project file, with everything that was made of them."""

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained, say
from purport.print_safe import print_safe

if TYPE_CHECKING:
    from purport.store.erasing import Erasure

Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID…", help="Documents or captures by id, incidents (all their pages), addresses or paths as added.", show_default=False
    ),
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; it stays, so leave out what is to be forgotten.")]
Coder = Annotated[str | None, typer.Option(metavar="NAME", help="Who erases; your user name if not given.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would go, and change nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Clean = Annotated[bool, typer.Option("--clean", help="Only write the file anew, after an erasure that was stopped.")]


@explained
def erase(
    db: options.Database,
    ids: Ids = None,
    why: Why = "",
    coder: Coder = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    clean: Clean = False,
) -> None:
    """Erase pages for good: bytes, text, readings, events, claims and what people said of them. There is no way back.

    What stays of each page is a tombstone: its ids, the digest of its bytes, the reason, time and name. The same bytes are not taken in
    again. The log keeps every entry; of those that quote the page the detail is emptied, and `purport verify` knows which. Incidents are
    made again without the page, and the file is written anew, so that nothing stays in its free pages. Copies and backups are not reached.
    """
    from purport.errors import SettingsError
    from purport.store import Store

    if not ids and not clean:
        raise SettingsError("what shall be erased?", remedy="give ids of pages, as `purport search` and `purport show` print them")
    with Store(db, read_only=dry_run) as store:
        if clean:
            store.erasing.clean()
            say("the file is written anew")
            return
        captures = store.erasing.pages_of(*(ids or ()))
        print(print_safe("\n".join(_lines(store.erasing.preview(captures))), keep_lines=True))
        if dry_run:
            return
        if not why.strip():
            raise SettingsError("an erasure needs a reason", where="--why", remedy="say why, without what is to be forgotten")
        _ask(len(captures), yes=yes)
        from purport.erasing import erase as erase_pages

        made = erase_pages(store, captures, why=why, coder=coder or getpass.getuser())
    say(f"{len(made.pages)} {'page is' if len(made.pages) == 1 else 'pages are'} erased; copies and backups of the file are not")


def _lines(made: "Erasure") -> list[str]:
    pages = [
        f"  {page.document_id or page.capture_id}  {page.title or '(no headline)'}, {page.outlet or 'no outlet'}, {page.origin}"
        for page in made.pages
    ]
    counts = [f"  {number} {noun}" for noun, number in made.counts.items()]
    shared = [f"{made.incidents} incidents of other pages as well are made again without these"] if made.incidents else []
    return ["these pages go:", *pages, "and with them:", *counts, *shared, f"{made.entries} entries of the log are emptied and stay"]


def _ask(pages: int, *, yes: bool) -> None:
    from purport.errors import SettingsError

    if yes:
        return
    if not sys.stdin.isatty():
        raise SettingsError("there is no terminal to ask", remedy="say --yes")
    if input(f"Type {pages} to erase {'this page' if pages == 1 else f'these {pages} pages'} for good: ").strip() != str(pages):
        raise SettingsError("nothing was erased", remedy="the number was another")
