"""``purport export``: a project file → one file for other programs."""

import getpass
import io
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained, say

Format = Annotated[str, typer.Option("--format", metavar="jsonl|csv|geojson", help="Pages, a table of claims, or places on a map.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="File to write; standard output if not given.")]
Filter = Annotated[str, typer.Option("--filter", metavar="QUERY", help="Only what matches, as in `purport search`.")]
Masking = Annotated[
    bool,
    typer.Option(
        "--mask-names/--no-mask-names",
        help="Withhold the names of victims, witnesses and minors (the default: an export leaves your hands) or write them out.",
    ),
]
Restricted = Annotated[bool, typer.Option("--include-restricted", help="Also pages of incidents that people called restricted.")]


@explained
def export(
    db: options.Database,
    format: Format,
    out: Out = None,
    filter: Filter = "",
    min_confidence: options.MinConfidence = 0.0,
    mask_names: Masking = True,
    include_restricted: Restricted = False,
    machine_only: options.MachineOnly = False,
) -> None:
    """Write claims to a file. Names of victims, witnesses and minors are withheld unless you say --no-mask-names.

    Pages of restricted incidents are left out and counted unless you say --include-restricted. The JSON forms tell which pages were erased.
    That something was exported stands in the log, if the file can be written to.
    """
    from purport import project
    from purport.files import written
    from purport.store import Store

    with Store(db, read_only=True) as store, nullcontext(standard_output()) if out is None else written(out) as file:
        made = project.export(
            store,
            file,
            format=format,
            query=filter,
            mask_names=mask_names,
            min_confidence=min_confidence,
            include_restricted=include_restricted,
            machine_only=machine_only,
        )
    names = "withheld" if mask_names else "written out"
    with Store(db, read_only=True) as store:
        detail = {"format": format, "query": filter, "names": names, "number": made.number, "restricted": include_restricted}
        project.note_export(store, by=f"{getpass.getuser()} (command line)", **detail)
    say(f"{made.number} {_unit(format, made.number)} written{f' to {out}' if out else ''}; names of victims {names}")
    if made.restricted:
        pages = "page of a restricted incident is" if made.restricted == 1 else "pages of restricted incidents are"
        say(f"{made.restricted} {pages} left out (--include-restricted)")
    if made.gone:
        say(
            f"{made.gone} {'page was' if made.gone == 1 else 'pages were'} erased from this project before (`purport audit --action erase`)"
        )


def _unit(format: str, number: int) -> str:
    unit = {"jsonl": "page", "csv": "claim", "geojson": "place"}[format]
    return unit if number == 1 else f"{unit}s"


def standard_output() -> IO[str]:
    """Standard output in UTF-8, whatever the terminal's own encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="")
    return sys.stdout
