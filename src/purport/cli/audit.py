"""``purport audit``: the log of a project file."""

from typing import Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained, say
from purport.print_safe import print_safe

Action = Annotated[str, typer.Option(metavar="NAME", help="Only this action, such as login, export, judge, erase.")]
Person = Annotated[str, typer.Option(metavar="NAME", help="Only what this person did.")]
Subject = Annotated[str, typer.Option(metavar="TEXT", help="Only entries about this id or name, or part of it.")]
Since = Annotated[str, typer.Option(metavar="DATE", help="From this day, month or year on.")]
Until = Annotated[str, typer.Option(metavar="DATE", help="Up to this day, month or year.")]
Limit = Annotated[int, typer.Option(metavar="N", min=1, help="At most so many, the newest.", show_default=True)]


@explained
def audit(
    db: options.Database,
    action: Action = "",
    person: Person = "",
    subject: Subject = "",
    since: Since = "",
    until: Until = "",
    limit: Limit = 100,
    as_json: options.AsJson = False,
) -> None:
    """Print the log: every change, login, unmasking and export, the newest first. `purport verify` says whether its chain is whole.

    With --json one entry a line, with its detail; details can quote pages and names.
    """
    from purport.decisions import LogFilter
    from purport.logbook import json_of, sentence_of
    from purport.store import Store

    wanted = LogFilter(action, person, subject, since, until)
    with Store(db, read_only=True) as store:
        number = store.audit.count(wanted)
        for entry in store.audit.entries(wanted, limit=limit):
            line = json_of(entry, masked=False) if as_json else f"{entry.entry:>6}  {entry.at[:19]}  {sentence_of(entry)}"
            print(line if as_json else print_safe(line))
    if number > limit:
        say(f"{number - limit} older entries are left out (--limit)")
