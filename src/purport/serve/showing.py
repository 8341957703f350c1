"""What a person may see: pages and incidents with people's decisions laid over them, and names of victims withheld unless unmasked.

One page is masked as a whole and once, also where an incident shows only one of its events: places in its text then agree everywhere.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from fastapi import Request

from purport.accounts import Account
from purport.decisions import Comment, Decided, Reviewed, Sensitivity
from purport.export import mask_report, mask_words
from purport.incident import Incident, Telling
from purport.incidents import account_of
from purport.model import Claim, Report
from purport.reviewing import reviewed_page
from purport.serve.access import session_of
from purport.serve.workbench import workbench_of
from purport.store import Store
from purport.withholding import Names, everything, names_around


def is_masked(request: Request) -> bool:
    """Whether this session sees no names of victims, witnesses and minors."""
    return not session_of(request).is_unmasked


def shown_page(request: Request, document_id: str) -> Reviewed:
    """The page as this session may see it. Raises StoreError if there is none."""
    return page_of(workbench_of(request).stores.reading(), document_id, masked=is_masked(request))


def shown_incident(request: Request, incident_id: str) -> Incident:
    """The incident as this session may see it; without tellings if its pages are not read, or people rejected what was read.

    Raises StoreError if there is none.
    """
    return incident_of(workbench_of(request).stores.reading(), incident_id, masked=is_masked(request))


def incident_of(store: Store, incident_id: str, *, masked: bool) -> Incident:
    """The incident as people decided it, whoever asks. Raises StoreError if there is none."""
    incident = store.incident(incident_id)
    ids, names = dict.fromkeys(telling.document.id for telling in incident.tellings), Names(store)
    pages = {id: page_of(store, id, masked=masked, names=names).report for id in ids}
    return replace(incident, tellings=tuple(_told_anew(incident.tellings, pages)))


def shown_account(request: Request, incident_id: str) -> Account:
    """All that is made of an incident as this session may see it. Raises StoreError if there is none, or if none of it holds."""
    return account_of(shown_incident(request, incident_id))


def _told_anew(tellings: Iterable[Telling], pages: Mapping[str, Report]) -> Iterator[Telling]:
    """The same events out of the pages as they are shown; one that people rejected is left out."""
    for telling in tellings:
        report = pages[telling.document.id]
        event = next((event for event in report.events if event.id == telling.event.id), None)
        if event is not None:
            yield Telling(event, report.document, report.attributions, report.entities)


def page_of(store: Store, document_id: str, *, masked: bool, names: Names | None = None) -> Reviewed:
    """The page as people decided it, whoever asks; ``names``: those that are known already. Raises StoreError if there is none."""
    reviewed = reviewed_page(store, document_id)
    return masked_page(reviewed, names=(names or Names(store)).around(document_id)) if masked else reviewed


# ------------------------------------------------------------------ people's own words
def remarks(request: Request, comments: Iterable[Comment], *, documents: Iterable[str]) -> tuple[Comment, ...]:
    """Comments as this session may see them: without the names that are withheld on the pages that they are about."""
    comments = tuple(comments)
    texts = own_words(request, [comment.text for comment in comments], documents=documents)
    return tuple(replace(comment, text=text) for comment, text in zip(comments, texts, strict=True))


def sensitivity_shown(request: Request, sensitivity: Sensitivity | None, *, documents: Iterable[str]) -> Sensitivity | None:
    """A sensitivity whose reason is as this session may see it."""
    if sensitivity is None:
        return None
    (why,) = own_words(request, [sensitivity.why], documents=documents)
    return replace(sensitivity, why=why)


def own_words(request: Request, texts: Iterable[str], *, documents: Iterable[str]) -> list[str]:
    """What people wrote about some pages, without the names that are withheld on them unless this session sees names."""
    told = list(texts)
    if not any(told) or not is_masked(request):
        return told
    return mask_words(told, names_around(workbench_of(request).stores.reading(), *documents))


# ------------------------------------------------------------------ masking
def masked_page(reviewed: Reviewed, *, names: Collection[str] | None = None) -> Reviewed:
    """The page with names withheld: the same ones, at the same places, in what the machine read and in what people made of it.

    ``names``: all of them, where they are known; None: those that the page itself gives.
    """
    whole = everything(reviewed)
    masked = mask_report(whole, names=names)
    if masked is whole:
        return reviewed
    return _taken_apart(masked, reviewed)


def _taken_apart(masked: Report, reviewed: Reviewed) -> Reviewed:
    """Events and claims go back where they came from; masking keeps their order."""
    first = len(reviewed.report.events)
    second = first + len(reviewed.machine.events)
    links = {link.id: link for link in masked.attributions}
    claims = iter(masked.events[second].claims if len(masked.events) > second else ())
    return Reviewed(
        replace(masked, events=masked.events[first:second], attributions=tuple(links[each.id] for each in reviewed.machine.attributions)),
        replace(masked, events=masked.events[:first], attributions=tuple(links[each.id] for each in reviewed.report.attributions)),
        {id: _decided(each, claims) for id, each in reviewed.by_claim.items()},
    )


def _decided(each: Decided, claims: Iterator[Claim]) -> Decided:
    machine = next(claims) if each.machine is not None else None
    holding = next(claims) if each.holding is not None else None
    return replace(each, machine=machine, holding=holding)
