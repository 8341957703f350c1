"""``purport export``: a project file → one file for other programs."""

import io
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained, say
from purport.cli.incident import Order, PolicyName
from purport.cli.incidents import Actor, Disputed, MinPages, MinSources, Place, Since, Status, Type, Until
from purport.cli.leaving import Restricted, names_word, person

if TYPE_CHECKING:
    from purport.export.case import Written
    from purport.exporting import Asked
    from purport.listing import Wanted

#: The formats with a line each, for the help; tests/cli/test_export.py holds it against the catalogue.
FORMATS = """
jsonl: pages as purport keeps them · csv: one row a claim · incidents: CSV, one row an incident · values: CSV, one row a competing value ·
xlsx: workbook of incidents and claims · parquet: folder of both with a Data Package · sqlite: the project file itself ·
ged: UCDP GED · acled: ACLED · gtd: claim columns of the Global Terrorism Database · plover: PLOVER JSON · polecat: POLECAT ·
gdelt-events, gdelt-mentions: GDELT 2.0 tables · geojson: claimed places · incident-geojson, kml, geoparquet: incidents on a map ·
ftm, ftm-statements: FollowTheMoney · gexf: network of who carries whose word · schema-org: claims as JSON-LD
"""
Format = Annotated[str | None, typer.Argument(metavar="[FORMAT]", help=" ".join(FORMATS.split()), show_default=False)]
Target = Annotated[Path | None, typer.Argument(metavar="[OUT]", help="File or folder to write.", show_default=False)]
FormatOption = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="The same as FORMAT.", show_default=False)]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="The same as OUT; standard output if neither is given.", show_default=False)
]
Filter = Annotated[str, typer.Option("--filter", "--query", metavar="QUERY", help="Only what matches, as in `purport search`.")]
Masking = Annotated[
    bool,
    typer.Option(
        "--mask-names/--no-mask-names",
        help="Withhold the names of victims, witnesses and minors (the default: an export leaves your hands) or write them out.",
    ),
]


Jobs = Annotated[
    int, typer.Option("--jobs", metavar="N", min=0, max=64, help="Processes that share the work; 0: one for each core, 8 at most.")
]


@explained
def export(
    db: options.Database,
    format_: Format = None,
    target: Target = None,
    format: FormatOption = None,
    out: Out = None,
    filter: Filter = "",
    type: Type = None,
    actor: Actor = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    status: Status = None,
    disputed: Disputed = None,
    min_sources: MinSources = 0,
    min_pages: MinPages = 1,
    policy: PolicyName = None,
    order: Order = None,
    min_confidence: options.MinConfidence = 0.0,
    mask_names: Masking = True,
    include_restricted: Restricted = False,
    machine_only: options.MachineOnly = False,
    jobs: Jobs = 0,
) -> None:
    """Write claims, events or incidents to a file. Names of victims, witnesses and minors are withheld unless you say --no-mask-names.

    Pages of restricted incidents are left out and counted unless you say --include-restricted. The JSON forms tell which pages were erased.
    That something was exported stands in the log, if the file can be written to.

    Formats with incidents follow a policy where values compete; each says which, and what it leaves out (docs/exports.md).

    For example: purport export syria.purport ged syria.csv --since 2020 --min-sources 2
    """
    from purport.exporting import Asked
    from purport.incidents.policies import order_from
    from purport.listing import Wanted
    from purport.sharing import most_jobs

    wanted = Wanted(type, actor, place, since, until, status, disputed, min_sources, min_pages)
    asked = Asked(
        filter,
        wanted,
        policy,
        order_from(order) if order else (),
        mask_names,
        min_confidence,
        include_restricted,
        machine_only,
        jobs or most_jobs(),
    )
    _write(db, out or target, format=_named(format or format_, wanted), asked=asked)


def _named(format: str | None, wanted: "Wanted") -> str:
    """The format that is asked for. Raises SettingsError if none is, or if it holds no incidents and incidents are chosen."""
    from purport.errors import SettingsError
    from purport.export.catalogue import CASES, format_of
    from purport.listing import Wanted

    if format is None:
        raise SettingsError("no format is given", where="FORMAT", remedy="name one: purport export DB FORMAT OUT; --help lists them")
    if wanted != Wanted() and format_of(format).takes != CASES:
        raise SettingsError(f"{format} is not about incidents", remedy="select with --filter instead")
    return format


def _write(db: Path, path: Path | None, *, format: str, asked: "Asked") -> None:
    """The export, its entry in the log, and what is said of both; to standard output without a path."""
    from purport import exporting, project
    from purport.export.catalogue import format_of
    from purport.store import Store

    names = names_word(asked.mask_names)
    with Store(db, read_only=True) as store:
        made = exporting.export(store, path or standard_output(), format=format, asked=asked)
        detail = {"format": format, "query": asked.query, "names": names, "number": made.number, "restricted": asked.include_restricted}
        project.note_export(store, by=person(), **detail)
    _say(made, f" to {path}" if path else "", unit=format_of(format).unit, names=names)


def _say(made: "Written", where: str, *, unit: str, names: str) -> None:
    """What was written, and what was not."""
    say(f"{made.number} {unit if made.number == 1 else f'{unit}s'} written{where}; names of victims {names}")
    for reason, number in sorted(made.left_out.items()):
        say(f"{number} left out: {reason}")
    if made.restricted:
        pages = "page of a restricted incident is" if made.restricted == 1 else "pages of restricted incidents are"
        say(f"{made.restricted} {pages} left out (--include-restricted)")
    if made.gone:
        pages = "page was" if made.gone == 1 else "pages were"
        say(f"{made.gone} {pages} erased from this project before (`purport audit --action erase`)")


def standard_output() -> IO[str]:
    """Standard output in UTF-8, whatever the terminal's own encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="")
    return sys.stdout
