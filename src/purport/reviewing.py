"""Pages and incidents with people's decisions laid over the machine's: the work behind the workbench and exports; above all rooms."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from purport.decisions import AdditionKind, Reviewed
from purport.errors import StoreError
from purport.export import mask_report
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


def reviewed_incident(store: Store, asked: str, *, mask_names: bool = False, machine_only: bool = False) -> Incident:
    """The incident that :meth:`Store.incident` gives, told as people decided: rejected events are gone, corrected claims hold.

    Without tellings if people rejected all of it. ``mask_names`` withholds names of victims, also of those whom only a rejected claim
    names; ``machine_only`` leaves people's decisions aside.
    """
    incident = store.incident(asked)
    pages = {telling.document.id: store.report(telling.document.id) for telling in incident.tellings}
    members = store.events_of(incident.id)
    if not machine_only:
        told = {telling.event.id for telling in incident.tellings}
        added = (store.reviews.knows_event(event) for event in members if event not in told)
        pages |= {id: store.report(id) for id in added if id is not None}
    found = {id: _page(store, report, mask_names=mask_names, machine_only=machine_only) for id, report in pages.items()}
    return replace(incident, tellings=tuple(_told(members, found)))


def with_added_events(store: Store, report: Report) -> Report:
    """The machine's report with the events that people added, so that they are linked like others."""
    additions = store.reviews.additions(report.document.id)
    is_added = any(each.kind is AdditionKind.EVENT and not each.withdrawn for each in additions)
    return overlay(report, (), additions=additions).report if is_added else report


def holding(store: Store, report: Report, *, mask_names: bool = False) -> Report:
    """What holds of the stored report of a page; of a part of it (the events that a query asks for) what holds of that part."""
    return _page(store, report, mask_names=mask_names, machine_only=False)


def _page(store: Store, report: Report, *, mask_names: bool, machine_only: bool) -> Report:
    if machine_only:
        return mask_report(report) if mask_names else report
    laid = reviewed(store, report)
    return _masked(laid) if mask_names else laid.report


def _masked(laid: Reviewed) -> Report:
    """What holds, with every name withheld that the machine or a person took for a victim's."""
    whole = mask_report(replace(laid.report, events=(*laid.report.events, *laid.machine.events)))
    return replace(whole, events=whole.events[: len(laid.report.events)])


def _told(members: tuple[str, ...], pages: Mapping[str, Report]) -> Iterator[Telling]:
    """The events of an incident as their pages tell them, in the order of the days of the pages."""
    wanted = set(members)
    found = [
        Telling(event, page.document, page.attributions, page.entities)
        for page in pages.values()
        for event in page.events
        if event.id in wanted
    ]
    yield from sorted(found, key=lambda t: (t.document.published or "9999", t.document.id, t.event.triggers))


def told_incident(store: Store, asked: str, *, mask_names: bool = False, machine_only: bool = False) -> Incident:
    """Like :func:`reviewed_incident`. Raises StoreError if nothing of it holds."""
    found = reviewed_incident(store, asked, mask_names=mask_names, machine_only=machine_only)
    if not found.tellings and store.incident(asked).tellings:
        raise StoreError("people rejected all that is told of it", where=asked, remedy="see what the machine read with --machine-only")
    return found
