"""Pages and incidents with people's decisions laid over the machine's: the work behind the workbench and exports; above all rooms."""

from collections.abc import Iterator
from dataclasses import replace

from purport.decisions import Reviewed
from purport.incident import Incident, Telling
from purport.model import Report
from purport.review.overlay import overlay
from purport.store import Store


def reviewed_page(store: Store, document_id: str) -> Reviewed:
    """A page as people decided it. Raises StoreError if there is none."""
    return reviewed(store, store.report(document_id))


def reviewed(store: Store, report: Report) -> Reviewed:
    """The same for the stored report of a page."""
    document_id = report.document.id
    return overlay(report, store.reviews.judgements(document_id), additions=store.reviews.additions(document_id))


def reviewed_incident(store: Store, asked: str) -> Incident:
    """The incident that :meth:`Store.incident` gives, told as people decided: rejected events are gone, corrected claims hold."""
    incident = store.incident(asked)
    if not store.reviews.is_touched([telling.event.id for telling in incident.tellings]):
        return incident
    pages: dict[str, Report] = {}
    for document_id in {telling.document.id: None for telling in incident.tellings}:
        pages[document_id] = reviewed_page(store, document_id).report
    return replace(incident, tellings=tuple(_told(incident, pages)))


def _told(incident: Incident, pages: dict[str, Report]) -> Iterator[Telling]:
    for telling in incident.tellings:
        page = pages[telling.document.id]
        for event in page.events:
            if event.id == telling.event.id:
                yield Telling(event, telling.document, page.attributions, page.entities)
