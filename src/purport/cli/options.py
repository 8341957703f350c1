"""Options that several commands share, and the settings that they make."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from purport.codebook import Codebook
    from purport.settings import Settings


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH…", help="Files, folders, patterns, addresses, or - for standard input.", show_default=False),
]
Database = Annotated[Path, typer.Argument(metavar="DB", help="The project file, for example syria.purport.", show_default=False)]
Published = Annotated[str | None, typer.Option(metavar="DATE", help="Publication date of the pages (2015-12-02), whatever they say.")]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Outlet of the pages, whatever they say.")]
Feed = Annotated[bool, typer.Option("--feed", help="The inputs are RSS, Atom or sitemaps: read what they list.")]
TextColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of a table (CSV, JSONL, Parquet) that holds the text or HTML.")
]
MaxPageBytes = Annotated[int, typer.Option(metavar="N", min=1, help="Larger pages are refused, never cut.", show_default=True)]
PrivateAddresses = Annotated[bool, typer.Option("--allow-private-addresses", help="Fetch from this machine and private networks too.")]
FetchTimeout = Annotated[float, typer.Option(metavar="S", min=0.1, help="Seconds to wait for a server.")]
NoRobots = Annotated[bool, typer.Option("--no-robots", help="Do not ask robots.txt (for sites of your own).")]
MinConfidence = Annotated[
    float,
    typer.Option(
        "--min-confidence", metavar="X", min=0, max=1, help="Leave out claims whose chance of being read right (0 to 1) is smaller."
    ),
]
MachineOnly = Annotated[bool, typer.Option("--machine-only", help="What the machine read, without people's decisions.")]
MaskNames = Annotated[bool, typer.Option("--mask-names", help="Withhold the names of victims everywhere.")]
Reader = Annotated[str, typer.Option("--reader", metavar="NAME", help="learned: the encoder beside the rules; rules: the rules alone.")]
Models = Annotated[
    Path | None,
    typer.Option("--models", metavar="FOLDER", help="Weights of your own for the learned reader."),
]
OwnCodebook = Annotated[
    Path | None,
    typer.Option("--codebook", metavar="FILE", help="Your own types, roles and words (docs/own-codebook.md)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines instead of text, in the form of docs/schema.md.")]
Query = Annotated[str, typer.Argument(metavar="QUERY", help='Words, "phrases", field:value; see docs/schema.md.', show_default=False)]

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def settings_of(
    *,
    published: str | None = None,
    outlet: str | None = None,
    feed: bool = False,
    text_column: str | None = None,
    max_page_bytes: int,
    allow_private_addresses: bool = False,
    fetch_timeout: float,
    no_robots: bool = False,
    reader: str,
    models: Path | None = None,
    codebook: Path | None = None,
) -> "Settings":
    """Settings from a command's options. Raises SettingsError for a date that is none or a reader that there is not."""
    return replace(
        reader_settings(reader, models=models, codebook=codebook),
        published=checked_date(published),
        outlet=outlet,
        feed=feed,
        text_column=text_column,
        max_page_bytes=max_page_bytes,
        allow_private_addresses=allow_private_addresses,
        fetch_timeout=fetch_timeout,
        obey_robots=not no_robots,
    )


def reader_settings(reader: str, *, models: Path | None, codebook: Path | None = None) -> "Settings":
    """Settings with only the reader and the codebook chosen. Raises SettingsError as ``settings_of`` does."""
    from purport.errors import SettingsError
    from purport.settings import Settings

    settings = Settings(reader=reader, models_dir=models, codebook=own_codebook(codebook))
    if models is not None and reader == "rules":
        raise SettingsError("the reader by rules has no weights", where="--models", remedy="leave it out, or say --reader learned")
    return settings


def own_codebook(path: Path | None) -> "Codebook | None":
    """The codebook in a file. Raises InputError that lists what is wrong with it."""
    if path is None:
        return None
    from purport.codebook.parsing import load_codebook

    return load_codebook(path)


def checked_date(text: str | None) -> str | None:
    """The ISO date. Raises SettingsError if there is no such day."""
    from purport.errors import SettingsError

    if text is None:
        return None
    try:
        if not DAY.fullmatch(text):
            raise ValueError(text)
        date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"no date: {text!r}", where="--published", remedy="write it as 2015-12-02") from None
    return text
