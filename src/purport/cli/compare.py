"""``purport compare``: incidents beside an outside table."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained, report_failures

if TYPE_CHECKING:
    from purport.outside import Comparison

With = Annotated[
    Path, typer.Option("--with", metavar="FILE", help="UCDP GED, ACLED, or any CSV with dates and places.", show_default=False)
]
Columns = Annotated[
    str,
    typer.Option(metavar="OURS=THEIRS,…", help="Names of its columns, where it has its own: date=Day,place=Town,deaths=Dead."),
]
Least = Annotated[float, typer.Option("--least", metavar="X", min=0, max=1, help="Least score of a match, 0 to 1.", show_default=True)]
Limit = Annotated[int, typer.Option(metavar="N", min=1, max=1_000_000, help="Entries of each list to print.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object with every list in full.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="One row a pair, a missing row or an extra incident.")]


@explained
def compare(
    db: options.Database,
    with_: With,
    columns: Columns = "",
    least: Least = 0.6,
    limit: Limit = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Line the incidents of a project file up with an outside table: matched, missing, extra, different.

    Differences name both values and whose claims ours rests on. A line of the table that cannot be read is reported with its number and the
    run goes on; it then ends with exit code 1. Differences alone are no failure: exit code 0. For example:
    purport compare syria.purport --with ged.csv
    """
    from purport.comparison import compare as compared
    from purport.store import Store

    if as_json and as_csv:
        raise _both()
    named = named_columns(columns)
    with Store(db, read_only=True) as store:
        incidents = (store.incident(entry.id) for entry in store.incidents())
        found = compared(incidents, with_, columns=named, least=least)
    _print(found, as_json=as_json, as_csv=as_csv, limit=limit)
    report_failures(found.failures)


def _both() -> Exception:
    from purport.errors import SettingsError

    return SettingsError("--json and --csv are two forms of the same", where="--csv", remedy="give one of them")


def named_columns(words: str) -> dict[str, str]:
    """ "date=Day,place=Town" as a mapping. Raises SettingsError for a part without "=" or a name given twice."""
    from purport.errors import SettingsError

    found: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in words.split(","))):
        ours, sign, theirs = part.partition("=")
        if not sign or not ours.strip() or not theirs.strip() or ours.strip() in found:
            raise SettingsError(f"cannot be read: {part!r}", where="--columns", remedy="write date=Day,place=Town, each name once")
        found[ours.strip()] = theirs.strip()
    return found


def _print(comparison: "Comparison", *, as_json: bool, as_csv: bool, limit: int) -> None:
    from purport.cli.export import standard_output
    from purport.export.comparison_files import write_comparison_csv, write_comparison_json

    if as_json:
        write_comparison_json(comparison, sys.stdout)
    elif as_csv:
        write_comparison_csv(comparison, standard_output())
    else:
        from purport.terminal import screen
        from purport.terminal.comparison import comparison_view

        screen().print(comparison_view(comparison, limit=limit))
