"""Pages and incidents with people's decisions laid over the machine's: the work behind the workbench and exports; above all rooms."""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from purport.decisions import AdditionKind, Reviewed
from purport.errors import StoreError
from purport.export import mask_report
from purport.incident import Incident, Telling
from purport.model import Report
from purport.review.overlay import overlay
from purport.store import Store
from purport.withholding import Names, names_around

MOST_EVENTS = 3_000  #: on remembered pages: some ten megabytes; a page has one to some hundred


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
    incident = store.incident_head(asked)
    pages = Pages(store, mask_names=mask_names, machine_only=machine_only)
    return replace(incident, tellings=pages.tellings(incident.id))


class Pages:
    """Pages as people decided them, each read, overlaid and masked once while incidents that share it are gone through.

    Only while nobody else writes into the file: what is remembered is not read again.
    """

    def __init__(self, store: Store, *, mask_names: bool = False, machine_only: bool = False) -> None:
        self._store, self._mask_names, self._machine_only = store, mask_names, machine_only
        self._names = Names(store)
        self._found: OrderedDict[str, Report] = OrderedDict()
        self._events = 0  # of all pages that are remembered

    def tellings(self, incident_id: str) -> tuple[Telling, ...]:
        """The events of an incident as their pages tell them; without those that people rejected."""
        members = self._store.members(incident_id)
        return tuple(_told(tuple(members), {page: self.of(page) for page in dict.fromkeys(members.values())}))

    def of(self, document_id: str) -> Report:
        """One page. Raises StoreError if there is none."""
        if document_id not in self._found:
            self._forget()
            self._found[document_id] = self._made(document_id)
            self._events += len(self._found[document_id].events)
        self._found.move_to_end(document_id)
        return self._found[document_id]

    def _made(self, document_id: str) -> Report:
        held = _page(self._store, self._store.report(document_id), machine_only=self._machine_only)
        if not self._mask_names:
            return held.report
        self._names.know([held.machine])
        return _masked(held, names=self._names.around(document_id))

    def _forget(self) -> None:
        while self._events > MOST_EVENTS:
            self._events -= len(self._found.popitem(last=False)[1].events)


def told_in_bulk(store: Store, ids: Sequence[str], *, names: Names | None, decided: Collection[str]) -> Iterator[Incident]:
    """These incidents as :func:`reviewed_incident` tells them, in their order; without links and sketches, and without those of which
    nothing holds. ``names``: what is withheld, None for nothing; ``decided``: the pages whose decisions count."""
    for members, reports in store.tellers_in_bulk(ids):
        held = {id: _page(store, report, machine_only=id not in decided) for id, report in reports.items()}
        if names:
            names.know(page.machine for page in held.values())
        pages = {id: _masked(page, names=names.around(id)) if names else page.report for id, page in held.items()}
        for id, own in members.items():
            tellings = tuple(_told(tuple(own), {page: pages[page] for page in dict.fromkeys(own.values())}))
            if tellings:
                yield Incident(id, tellings)


def with_added_events(store: Store, report: Report) -> Report:
    """The machine's report with the events that people added, so that they are linked like others."""
    additions = store.reviews.additions(report.document.id)
    is_added = any(each.kind is AdditionKind.EVENT and not each.withdrawn for each in additions)
    return overlay(report, (), additions=additions).report if is_added else report


def holding(store: Store, report: Report, *, mask_names: bool = False) -> Report:
    """What holds of the stored report of a page; of a part of it (the events that a query asks for) what holds of that part."""
    held = _page(store, report, machine_only=False)
    return _masked(held, names=names_around(store, report.document.id)) if mask_names else held.report


def masked_report(store: Store, report: Report, *, names: Names | None = None) -> Report:
    """A stored report, or a part of it, without the names that are withheld on its page; ``names``: those that are known already."""
    return mask_report(report, names=(names or Names(store)).around(report.document.id))


def _page(store: Store, report: Report, *, machine_only: bool) -> Reviewed:
    if machine_only or not _is_decided(store, report.document.id):
        return Reviewed(report, report)
    return reviewed(store, report)


def _is_decided(store: Store, document_id: str) -> bool:
    """Whether people said anything of a page; of most they have not, and what holds of it is what the machine read."""
    return bool(store.reviews.judgements(document_id) or store.reviews.additions(document_id))


def _masked(laid: Reviewed, *, names: Collection[str]) -> Report:
    """What holds without these names: every one that the machine or a person took for a victim's, there or on a page beside it."""
    return mask_report(laid.report, names=names)


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
    if not found.tellings and machine_only and store.members(found.id):
        raise StoreError("the machine read nothing of it; people added it", where=asked, remedy="leave --machine-only out")
    if not found.tellings and store.incident(asked).tellings:
        raise StoreError("people rejected all that is told of it", where=asked, remedy="see what the machine read with --machine-only")
    return found
