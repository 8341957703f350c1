"""The commands by name. What each does is in the module of its name."""

from typing import Annotated

import typer

from purport.cli.add import add
from purport.cli.audit import audit
from purport.cli.bundle import bundle
from purport.cli.codebook import codebook
from purport.cli.compare import compare
from purport.cli.demo import demo
from purport.cli.erase import erase
from purport.cli.evaluate import evaluate
from purport.cli.export import export
from purport.cli.gold import gold
from purport.cli.incident import incident
from purport.cli.incidents import incidents
from purport.cli.judge import judge
from purport.cli.merge import merge
from purport.cli.people import people
from purport.cli.read import read
from purport.cli.reread import reread
from purport.cli.retention import retention
from purport.cli.search import search
from purport.cli.serve import serve
from purport.cli.show import show
from purport.cli.suggest import suggest
from purport.cli.train import train
from purport.cli.verify import verify

EPILOG = "Exit codes: 0 all well, 1 some inputs failed or something is broken, 2 wrong use, 130 stopped with Ctrl-C."
COMMANDS = (
    read,
    add,
    search,
    show,
    export,
    judge,
    merge,
    incidents,
    incident,
    compare,
    bundle,
    serve,
    people,
    suggest,
    erase,
    retention,
    audit,
    reread,
    verify,
    codebook,
    gold,
    evaluate,
    train,
    demo,
)

app = typer.Typer(
    name="purport",
    help="Reads news pages about political violence: what happened, to whom, on whose word, and how sure, with the exact words.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich's help costs a third of a second
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"purport {version('purport')}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")]


@app.callback()
def purport(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Options before the command."""


for _command in COMMANDS:
    app.command()(_command)
