"""``purport read``: pages in, events out, nothing kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained, report_failures
from purport.settings import Settings

if TYPE_CHECKING:
    from purport.api import Page
    from purport.model import Failure

DEFAULTS = Settings()
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Also write a report that needs nothing but a browser.")]


@explained
def read(
    paths: options.Paths,
    published: options.Published = None,
    outlet: options.Outlet = None,
    as_json: options.AsJson = False,
    html: Html = None,
    mask_names: options.MaskNames = False,
    min_confidence: options.MinConfidence = 0.0,
    feed: options.Feed = False,
    text_column: options.TextColumn = None,
    max_page_bytes: options.MaxPageBytes = DEFAULTS.max_page_bytes,
    allow_private_addresses: options.PrivateAddresses = False,
    fetch_timeout: options.FetchTimeout = DEFAULTS.fetch_timeout,
    no_robots: options.NoRobots = False,
    reader: options.Reader = DEFAULTS.reader,
    models: options.Models = None,
    codebook: options.OwnCodebook = None,
) -> None:
    """Read pages and print their events: what, who, whom, where, when, how many, on whose word and how sure."""
    from purport.codebook import using

    settings = options.settings_of(
        published=published,
        outlet=outlet,
        feed=feed,
        text_column=text_column,
        max_page_bytes=max_page_bytes,
        allow_private_addresses=allow_private_addresses,
        fetch_timeout=fetch_timeout,
        no_robots=no_robots,
        reader=reader,
        models=models,
        codebook=codebook,
    )
    with using(settings.codebook):
        _read(paths, settings, html=html, as_json=as_json, mask_names=mask_names, min_confidence=min_confidence)


def _read(paths: list[str], settings: Settings, *, html: Path | None, as_json: bool, mask_names: bool, min_confidence: float) -> None:
    failures: list[Failure] = []
    pages = _chosen(_pages(paths, settings, failures=failures), mask_names=mask_names, min_confidence=min_confidence)
    if html is not None:
        pages = _kept_for(html, pages, masked=mask_names)
    for page in pages:
        _show(page, as_json=as_json)
    report_failures(failures)


def _pages(paths: list[str], settings: Settings, *, failures: "list[Failure]") -> "Iterator[Page]":
    """The pages that could be read; the others are noted."""
    from purport.api import pages
    from purport.model import Failure

    for found in pages(paths, settings=settings):
        if isinstance(found, Failure):
            failures.append(found)
        else:
            yield found


def _chosen(pages: "Iterator[Page]", *, mask_names: bool, min_confidence: float) -> "Iterator[Page]":
    from purport.selection import confident, masked

    for page in pages:
        page = confident(page, at_least=min_confidence)
        yield masked(page) if mask_names else page


def _kept_for(file: Path, pages: "Iterator[Page]", *, masked: bool) -> "Iterator[Page]":
    """The same pages; after the last one the HTML report of all is in its file. The file is opened first, so that trouble shows at once."""
    from purport.files import written
    from purport.html import write
    from purport.listing import accounts_of

    with written(file) as out:
        kept = []
        for page in pages:
            kept.append(page)
            yield page
        accounts = accounts_of([page.report for page in kept]) if len(kept) > 1 else []
        write(((page.capture, page.report) for page in kept), out, masked=masked, accounts=accounts)


def _show(page: "Page", *, as_json: bool) -> None:
    if as_json:
        from purport.print_safe import json_safe
        from purport.wire import line_of

        print(json_safe(line_of(page.report)), flush=True)
        return
    from purport.terminal import page_view, screen

    screen().print(page_view(page.report, digest=page.capture.digest))
