"""``purport demo``: the example pages of the package, read, kept and shown."""

from pathlib import Path
from typing import Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained, report_failures
from purport.settings import Settings

DEFAULTS = Settings()

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the pages, the project file and the report.")]


@explained
def demo(out: Out = Path("purport-demo"), reader: options.Reader = DEFAULTS.reader, models: options.Models = None) -> None:
    """Read invented example pages into a project file, print their events with their claims, and write an HTML report."""
    from purport import demo as work
    from purport.cli.add import step_printer
    from purport.terminal import incident_line, page_view, screen

    with step_printer() as progress:
        made = work.make(out, settings=options.reader_settings(reader, models=models), progress=progress)
    console = screen()
    for capture, report in made.pages:
        console.print(page_view(report, digest=capture.digest))
    events = sum(len(report.events) for _, report in made.pages)
    for account in made.accounts:
        console.print(incident_line(account))
    console.print(f"{len(made.pages)} pages, {events} events; {len(made.accounts)} incidents told by several pages.")
    console.print(f"Report:       {made.html}\nProject file: {made.database}\nPages:        {made.folder}", soft_wrap=True)
    if made.accounts:
        console.print(f"Try: purport incident {made.database} {made.accounts[0].incident.id}", soft_wrap=True)
    console.print(f"Try: purport search {made.database} 'status:party_claim'", soft_wrap=True)
    report_failures(made.added.failures)
