"""Incidents across pages: the events of all pages are linked, and a page belongs to the incidents of its main actual events.

A record's page is read as it stands; one in a language that is not read is sketched. Nothing but text, title and address is known of a page
here, mostly not even its date.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from evaluation.hiding import Record
from purport.extract import document_of_text
from purport.incident import Sketch
from purport.incidents.linking import PageLinker, link_in_memory
from purport.linkage import page_member
from purport.model import Document, Report
from purport.pipeline import Pipeline
from purport.settings import Settings
from purport.sketch import sketch_of

Page = tuple[Report, Sketch | None]
MAIN_EVENTS = 2  #: a page's first actual events, its headline and lead; later ones are mostly background
#: Types that are no attack, and so no main event of a page about one.
ASIDE = frozenset({"threat", "ceasefire", "protest"})


def predict_all(records: list[Record], *, settings: Settings, progress: Callable[[], None] = lambda: None) -> list[dict[str, Any]]:
    """The incidents of every page, found among all of them at once."""
    pipeline = Pipeline(settings)
    pages = []
    for record in records:
        pages.append(page_of(record, pipeline=pipeline, settings=settings))
        progress()
    return incidents_of(pages, linker=PageLinker())


def predict(record: Record, *, settings: Settings) -> dict[str, Any]:
    """One page, of which nothing else is known."""
    return predict_all([record], settings=settings)[0]


def page_of(record: Record, *, pipeline: Pipeline, settings: Settings) -> Page:
    """The report of a record; of a page in another language the sketch beside an empty report."""
    document = document_of_text(
        record["text"], id=record["id"], title=record.get("page_title"), published=record.get("published"), url=record.get("url")
    )
    if record.get("lang", "en") in ("en", "en_or_latin"):
        return pipeline.report_of(document), None
    unread = unread_document(document, language=record["lang"])
    return Report(unread), sketch_of(unread, settings=settings)


def unread_document(document: Document, *, language: str) -> Document:
    """The document marked as in a language that is not read."""
    return replace(document, language=language, unread=f"language: {language}")


def incidents_of(pages: Iterable[Page], *, linker: PageLinker) -> list[dict[str, Any]]:
    """One prediction a page, in order."""
    pages = list(pages)
    home = {event: group[0] for group in link_in_memory(pages, linker=linker).groups for event in group}
    return [_prediction(report, home=home) for report, _ in pages]


def _prediction(report: Report, *, home: dict[str, str]) -> dict[str, Any]:
    members = [page_member(report.document.id)] if report.document.unread else main_events(report)
    found = sorted({home[event] for event in members if event in home})
    return {"id": report.document.id, "incident_ids": found or [report.document.id]}


def main_events(report: Report) -> list[str]:
    """The ids of the first actual events of a page."""
    return [event.id for event in report.events if event.reality == "actual" and event.type not in ASIDE][:MAIN_EVENTS]
