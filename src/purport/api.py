"""Reading without a project file: pages in, reports or failures out."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from purport import ingest
from purport.extract import document_of_text
from purport.model import Capture, Failure, Report
from purport.pipeline import Pipeline
from purport.project import guarded
from purport.settings import Settings

Input = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Page:
    """What one page reports, with the capture that it was read from (its bytes left out)."""

    capture: Capture
    report: Report


def read(inputs: Input | Sequence[Input], *, settings: Settings | None = None) -> Iterator[Report | Failure]:
    """A report for every page found in ``inputs`` (paths, folders, globs, addresses, ``-``), in order, each read when it is asked for.

    What cannot be read comes out as a Failure that says why, in its place; nothing is raised for a bad page.
    """
    for found in pages(inputs, settings=settings):
        yield found if isinstance(found, Failure) else found.report


def read_text(text: str, *, title: str | None = None, published: str | None = None, settings: Settings | None = None) -> Report:
    """The report of a text as it stands, nothing taken away; ``published`` is an ISO date. Raises PurportError if it cannot be read."""
    document = document_of_text(text, title=title, published=published)
    return Pipeline(settings or Settings()).report_of(document)


def pages(inputs: Input | Sequence[Input], *, settings: Settings | None = None) -> Iterator[Page | Failure]:
    """Like :func:`read`, each report with the capture that it was read from."""
    settings = settings or Settings()
    attempt = guarded(Pipeline(settings).attempt)
    for found in ingest.captures(_names(inputs), settings=settings):
        outcome = found if isinstance(found, Failure) else attempt(found)
        if isinstance(outcome, Report) and isinstance(found, Capture):
            yield Page(replace(found, content=b""), outcome)
        elif isinstance(outcome, Failure):
            yield outcome


def _names(inputs: Input | Sequence[Input]) -> list[str]:
    several = [inputs] if isinstance(inputs, (str, os.PathLike)) else inputs
    return [os.fspath(name) for name in several]
