"""``purport export``: a project file → one file for other programs."""

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
        help="Withhold the names of victims (the default: an export leaves your hands) or write them out.",
    ),
]


@explained
def export(
    db: options.Database,
    format: Format,
    out: Out = None,
    filter: Filter = "",
    min_confidence: options.MinConfidence = 0.0,
    mask_names: Masking = True,
    machine_only: options.MachineOnly = False,
) -> None:
    """Write claims to a file. Names of victims are withheld unless you say --no-mask-names."""
    from purport import project
    from purport.files import written
    from purport.store import Store

    with Store(db, read_only=True) as store, nullcontext(standard_output()) if out is None else written(out) as file:
        number = project.export(
            store, file, format=format, query=filter, mask_names=mask_names, min_confidence=min_confidence, machine_only=machine_only
        )
    names = "names of victims withheld" if mask_names else "names of victims written out"
    say(f"{number} {_unit(format, number)} written{f' to {out}' if out else ''}; {names}")


def _unit(format: str, number: int) -> str:
    unit = {"jsonl": "page", "csv": "claim", "geojson": "place"}[format]
    return unit if number == 1 else f"{unit}s"


def standard_output() -> IO[str]:
    """Standard output in UTF-8, whatever the terminal's own encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="")
    return sys.stdout
