"""``purport incidents``: the incidents of a project file, by what is asked of them."""

import io
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained, say
from purport.cli.incident import Html, Order, PolicyName, print_json, resolved, write_report
from purport.cli.leaving import Restricted, count_restricted, note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from purport.accounts import Account, Resolution

Type = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Type of an event, for example air_strike.", show_default=False)]
Actor = Annotated[str | None, typer.Option("--actor", metavar="WORDS", help="Name or code of a perpetrator or target.", show_default=False)]
Place = Annotated[str | None, typer.Option("--place", metavar="WORDS", help="Words of a place.", show_default=False)]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="On that day, month or year, or later.", show_default=False)]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Not after that day, month or year.", show_default=False)]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="confirmed, fair, weak, contested, denied, claimed_only_by_a_party or unrealised.",
        show_default=False,
    ),
]
Disputed = Annotated[
    bool | None, typer.Option("--disputed/--undisputed", help="Only with (or without) values that cannot all be true.", show_default=False)
]
MinSources = Annotated[int, typer.Option("--min-sources", metavar="N", min=0, help="At least so many independent sources.")]
MinPages = Annotated[int, typer.Option("--min-pages", metavar="N", min=1, help="Told by at least so many pages.")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1_000_000, help="Incidents to print.")]
Offset = Annotated[int, typer.Option("--offset", metavar="N", min=0, help="Incidents to leave out before the first.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="A table, one row a value, with who gives it and what the policy makes of it.")]


@explained
def incidents(
    db: options.Database,
    type: Type = None,
    actor: Actor = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    status: Status = None,
    disputed: Disputed = None,
    min_sources: MinSources = 0,
    min_pages: MinPages = 1,
    limit: Limit = 20,
    offset: Offset = 0,
    policy: PolicyName = None,
    order: Order = None,
    as_json: options.AsJson = False,
    as_csv: AsCsv = False,
    html: Html = None,
    mask_names: options.MaskNames = False,
    machine_only: options.MachineOnly = False,
    include_restricted: Restricted = False,
) -> None:
    """List incidents, those told by most pages first.

    With --csv and --html pages of restricted incidents are left out unless you say --include-restricted, and the log says
    what went.

    For example: purport incidents syria.purport --type air_strike --min-sources 2
    """
    from purport import listing

    leaves = _leaves(as_csv=as_csv, as_json=as_json, html=html)
    wanted = listing.Wanted(type, actor, place, since, until, status, disputed, min_sources, min_pages)
    found = listing.incidents(
        db,
        **asdict(wanted),
        limit=limit,
        offset=offset,
        mask_names=mask_names,
        machine_only=machine_only,
        include_restricted=include_restricted or not leaves,
    )
    told = ((account, resolved(account, policy, order=order)) for account in found)
    if as_json:
        _print_json(told)
    elif not leaves:
        _print(told)
    else:
        number = _print_csv(told) if html is None else _write_html(db, told, html=html, mask_names=mask_names, machine_only=machine_only)
        _note(db, "csv" if html is None else "html", number=number, mask_names=mask_names, include_restricted=include_restricted)


def _leaves(*, as_csv: bool, as_json: bool, html: Path | None) -> bool:
    """Whether what is asked for leaves the project as a file. Raises SettingsError for two forms at once."""
    from purport.errors import SettingsError

    if as_csv + as_json + (html is not None) > 1:
        raise SettingsError("only one form at a time", remedy="give one of --csv, --json, --html")
    return as_csv or html is not None


def _note(db: Path, form: str, *, number: int, mask_names: bool, include_restricted: bool) -> None:
    """In the log what went; on the screen what was left out."""
    note(db, format=f"incidents {form}", number=number, mask_names=mask_names, include_restricted=include_restricted)
    if not include_restricted and (kept := count_restricted(db)):
        say(f"{kept} {'page' if kept == 1 else 'pages'} of restricted incidents left out (--include-restricted)")


def _write_html(db: Path, told: "Iterable[tuple[Account, Resolution | None]]", *, html: Path, mask_names: bool, machine_only: bool) -> int:
    """The report; the number of incidents comes out."""
    pairs = list(told)
    made = [resolution for _, resolution in pairs if resolution]
    write_report(db, [account for account, _ in pairs], made, html=html, mask_names=mask_names, machine_only=machine_only)
    return len(pairs)


def _print_json(told: "Iterable[tuple[Account, Resolution | None]]") -> None:
    for account, resolution in told:
        print_json(account, resolution)


def _print(told: "Iterable[tuple[Account, Resolution | None]]") -> None:
    """One incident after another, with the policy's values if one was asked for."""
    from purport.terminal import incident_line, screen

    console = screen()
    number = 0
    for account, resolution in told:
        number += 1
        console.print(incident_line(account, resolution=resolution))
    console.print(
        f"{number} {'incident' if number == 1 else 'incidents'}." if number else "No incident is all that (`purport merge` makes them)."
    )


def _print_csv(accounts: "Iterable[tuple[Account, Resolution | None]]") -> int:
    from purport.export import write_incidents_csv

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="")
    number = write_incidents_csv(accounts, sys.stdout)
    say(f"{number} {'incident' if number == 1 else 'incidents'} written")
    return number
