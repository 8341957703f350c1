"""``purport add``: pages into a project file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from purport.cli import options
from purport.cli.exits import INTERRUPTED, explained, report_failures, say
from purport.settings import Settings

if TYPE_CHECKING:
    from purport.project import AddReport, Step

DEFAULTS = Settings()


@explained
def add(
    db: options.Database,
    paths: options.Paths,
    published: options.Published = None,
    outlet: options.Outlet = None,
    feed: options.Feed = False,
    text_column: options.TextColumn = None,
    max_page_bytes: options.MaxPageBytes = DEFAULTS.max_page_bytes,
    allow_private_addresses: options.PrivateAddresses = False,
    fetch_timeout: options.FetchTimeout = DEFAULTS.fetch_timeout,
    no_robots: options.NoRobots = False,
    reader: options.Reader = DEFAULTS.reader,
    models: options.Models = None,
    codebook: options.OwnCodebook = None,
) -> None:
    """Read pages and keep them, their readings and claims in a project file (made if there is none).

    Can be stopped or killed at any point: the same command goes on where it was. The same page twice is kept once.
    """
    from purport import project
    from purport.store import Store

    settings = options.settings_of(
        published=published,
        outlet=outlet,
        feed=feed,
        text_column=text_column,
        max_page_bytes=max_page_bytes,
        allow_private_addresses=allow_private_addresses,
        fetch_timeout=fetch_timeout,
        no_robots=no_robots,
        reader=reader,
        models=models,
        codebook=codebook,
    )
    with Store(db, create=True) as store, step_printer() as progress:
        report = project.add(store, paths, settings=settings, progress=progress)
    finish(report, db=str(db))


def finish(report: "AddReport", *, db: str) -> None:
    """What became of the pages; leaves with 130 if stopped, 1 if some failed."""
    unread = f", {report.unread} of them in a language that is not read" if report.unread else ""
    print(f"{report.new} new, {report.seen} seen before, {report.reread} read again{unread}; {len(report.failures)} failed. All in {db}")
    if report.interrupted:
        say("stopped; what is done is kept, and the same command goes on from here")
        raise typer.Exit(INTERRUPTED)
    report_failures(report.failures)


@contextmanager
def step_printer() -> "Iterator[Callable[[Step], None]]":
    """What shows each page as it is done: a moving bar on a terminal, else one plain line a page, both on standard error."""
    if not sys.stderr.isatty():
        yield lambda step: say(f"{step.done}  {step.outcome.value}  {step.where}")
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from purport.print_safe import print_safe
    from purport.terminal import screen

    columns = (SpinnerColumn(), TextColumn("{task.completed} pages", markup=False), TimeElapsedColumn())
    where = TextColumn("{task.fields[where]}", markup=False)
    with Progress(*columns, where, console=screen(sys.stderr), transient=True) as bar:
        task = bar.add_task("pages", total=None, where="")
        yield lambda step: bar.update(task, completed=step.done, where=print_safe(step.where)[-60:])
