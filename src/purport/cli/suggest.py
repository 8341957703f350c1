"""``purport suggest``: a second reader behind an endpoint of the user's choice; what it says waits for a person."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import INTERRUPTED, explained, report_failures, say

if TYPE_CHECKING:
    from purport.suggesting import SuggestRun

Address = Annotated[
    str,
    typer.Option(
        "--endpoint", metavar="URL", help="An OpenAI-compatible server, for example http://127.0.0.1:8080/v1.", show_default=False
    ),
]
Model = Annotated[str, typer.Option(metavar="NAME", help="The model, as the server calls it.", show_default=False)]
Query = Annotated[str, typer.Option("--query", metavar="QUERY", help="Only pages that match; see docs/schema.md.")]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="Ask about at most so many pages.")]
Remote = Annotated[bool, typer.Option("--allow-remote", help="The endpoint is not on this machine: the texts of the pages are sent there.")]
Key = Annotated[str | None, typer.Option("--key-from", metavar="VARIABLE", help="Environment variable that holds the server's key.")]
Seconds = Annotated[float, typer.Option("--timeout", metavar="S", min=1, help="Seconds to wait for one answer.")]


@explained
def suggest(
    db: options.Database,
    endpoint: Address,
    model: Model,
    query: Query = "",
    limit: Limit = None,
    allow_remote: Remote = False,
    key_from: Key = None,
    timeout: Seconds = 120.0,
) -> None:
    """Ask another model for events that were missed. Only exact words of the page are kept, and nothing holds before a person takes it."""
    from purport.second import Client, Endpoint
    from purport.store import Store
    from purport.suggesting import suggest_pages

    where = Endpoint(endpoint, model, key=_key(key_from), seconds=timeout, allow_remote=allow_remote)
    with Store(db) as store, Client(where) as client:
        run = suggest_pages(store, client, query=query, limit=limit, progress=_progress)
    _tell(run)


def _key(variable: str | None) -> str:
    from purport.errors import SettingsError

    if variable is None:
        return ""
    if not os.environ.get(variable):
        raise SettingsError("this variable is not set", where=variable, remedy=f"set it: export {variable}=…")
    return os.environ[variable]


def _progress(pages: int, suggestions: int) -> None:
    if sys.stderr.isatty() or pages % 10 == 0:
        say(f"{pages} pages asked about, {suggestions} suggestions")


def _tell(run: "SuggestRun") -> None:
    for reason, number in sorted(run.dropped.items()):
        say(f"dropped: {number} {reason}")
    over = f"; {run.passed_over} passed over (asked about before, or not read)" if run.passed_over else ""
    print(f"{run.pages} pages asked about, {run.suggestions} new suggestions wait in the workbench{over}")
    if run.interrupted:
        say("stopped; what is done is kept, and the same command goes on from here")
        raise typer.Exit(INTERRUPTED)
    report_failures(run.failures)
