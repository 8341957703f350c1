"""``purport reread``: a newer reader over the pages that are kept."""

from typing import TYPE_CHECKING

import typer

from purport.cli import options
from purport.cli.exits import INTERRUPTED, explained, report_failures, say
from purport.print_safe import print_safe
from purport.settings import Settings

if TYPE_CHECKING:
    from purport.model import Claim
    from purport.store import Difference

DEFAULTS = Settings()


@explained
def reread(db: options.Database, reader: options.Reader = DEFAULTS.reader, models: options.Models = None) -> None:
    """Read the stored pages again with this version and its data files, and list what it says differently.

    Claims that stay keep their ids and judgements; claims that go are kept as past claims.
    """
    from purport import project
    from purport.store import Store

    settings = options.reader_settings(reader, models=models)
    with Store(db) as store:
        report = project.reread(store, settings=settings, progress=_print_difference)
    changed = len(report.changed)
    print(f"{report.pages} pages read again: {changed} changed, {report.kept} claims as before, {len(report.failures)} failed")
    if report.interrupted:
        say("stopped; what is done is kept, and the same command goes on from here")
        raise typer.Exit(INTERRUPTED)
    report_failures(report.failures)


def _print_difference(difference: "Difference") -> None:
    """One page's changes: ``+`` what is new, ``-`` what is gone."""
    if not difference.added and not difference.removed:
        return
    print(print_safe(f"{difference.document_id or difference.capture_id}  {difference.origin}"))
    for sign, claims in (("-", difference.removed), ("+", difference.added)):
        for claim in claims:
            print(print_safe(f"  {sign} {_words(claim)}"), flush=True)


def _words(claim: "Claim") -> str:
    from purport.wording import role_label, value_words

    return f"{role_label(claim.role)}: {value_words(claim)} « {claim.words} »  {claim.id}"
