"""Incidents of a project file with all that is made of them: the work behind ``purport incident(s)``; above all rooms."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO

from purport import html
from purport.accounts import Account, GradeCode, Resolution
from purport.decisions import SensitivityLevel
from purport.errors import QueryError
from purport.incident import Incident, Telling, incident_id
from purport.incidents.linking import link_in_memory
from purport.incidents.origins_names import folded
from purport.incidents.summary import account_of
from purport.model import Report, Role, Thing
from purport.reviewing import holding, masked_report, reviewed_incident, told_incident
from purport.store import IncidentFilter, Store

Source = Store | str | os.PathLike[str]
DAY = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of incidents. ``status`` is a :class:`~purport.accounts.GradeCode` or its words; days may be months or years."""

    type: str | None = None
    actor: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None
    disputed: bool | None = None
    min_sources: int = 0
    min_pages: int = 1


def incidents(
    source: Source,
    *,
    type: str | None = None,
    actor: str | None = None,
    place: str | None = None,
    since: str | None = None,
    until: str | None = None,
    status: str | None = None,
    disputed: bool | None = None,
    min_sources: int = 0,
    min_pages: int = 1,
    limit: int | None = None,
    offset: int = 0,
    mask_names: bool = False,
    machine_only: bool = False,
    include_restricted: bool = True,
) -> Iterator[Account]:
    """Incidents of a project file (its path, or an open store) that are all that is asked, those with the most pages first.

    As people decided unless ``machine_only``; pages of restricted incidents are left out unless ``include_restricted``. ``purport.merge``
    makes them. Raises QueryError for a status or day that is none, StoreError if the file cannot be read.
    """
    wanted = Wanted(type, actor, place, since, until, status, disputed, min_sources, min_pages)
    check(wanted)
    found = _accounts(source, wanted, mask_names=mask_names, machine_only=machine_only, include_restricted=include_restricted)
    yield from islice(found, offset, None if limit is None else offset + limit)


def account(source: Source, id: str, *, mask_names: bool = False, machine_only: bool = False) -> Account:
    """The incident with this id, or that holds this event or page; an id that was ever given still finds one. Raises StoreError."""
    with _opened(source) as store:
        return account_of(told_incident(store, id, mask_names=mask_names, machine_only=machine_only))


def accounts_of(reports: Sequence[Report]) -> list[Account]:
    """Incidents that several of some pages in memory tell of, as ``purport.merge`` would find them; those of most pages first."""
    events = {event.id: Telling(event, r.document, r.attributions, r.entities) for r in reports for event in r.events}
    groups = [group for group in link_in_memory((report, None) for report in reports).groups if set(group) <= set(events)]
    made = [Incident(incident_id(tuple(group)), tuple(events[event] for event in sorted(group))) for group in groups]
    told = [account_of(each) for each in made if len({telling.document.id for telling in each.tellings}) > 1]
    return sorted(told, key=lambda account: (-len(account.documents), account.incident.id))


def check(wanted: Wanted) -> None:
    """Raises QueryError for a status or day that is none."""
    codes = [code.value for code in GradeCode]
    if wanted.status and _code(wanted.status) not in codes:
        raise QueryError(f"no status {wanted.status!r}", where="--status", remedy=f"use one of {', '.join(codes)}")
    for name, day in (("--since", wanted.since), ("--until", wanted.until)):
        if day and not DAY.fullmatch(day):
            raise QueryError(f"no date: {day!r}", where=name, remedy="write it as 2015-12-02, 2015-12 or 2015")


def _code(status: str) -> str:
    return status.strip().lower().replace(" ", "_")


def _opened(source: Source) -> AbstractContextManager[Store]:
    return nullcontext(source) if isinstance(source, Store) else Store(Path(source), read_only=True)


def _accounts(source: Source, wanted: Wanted, *, mask_names: bool, machine_only: bool, include_restricted: bool) -> Iterator[Account]:
    asked = IncidentFilter(wanted.type, wanted.place, first_day(wanted.since), last_day(wanted.until), wanted.min_pages)
    with _opened(source) as store:
        restricted = frozenset[str]() if include_restricted else store.documents_of_level(SensitivityLevel.RESTRICTED)
        likely = None if machine_only or restricted else _likely(store, wanted)
        for id in store.incident_ids(asked):
            if likely is not None and id not in likely:
                continue
            incident = reviewed_incident(store, id, mask_names=mask_names, machine_only=machine_only)
            incident = _without(incident, restricted) if restricted else incident
            made = account_of(incident) if incident.tellings else None
            if made is not None and holds(made, wanted):
                yield made


def _likely(store: Store, wanted: Wanted) -> frozenset[str] | None:
    """Those that may be all that is asked; None if any may. The accounts of others need not be made."""
    status = _code(wanted.status) if wanted.status else None
    found = store.finding.likely(status=status, disputed=wanted.disputed, min_sources=wanted.min_sources)
    if wanted.actor is None:
        return found
    actor = folded(wanted.actor)
    named = store.finding.naming(lambda names: actor in folded(names))
    return found if named is None else named if found is None else found & named


def _without(incident: Incident, documents: frozenset[str]) -> Incident:
    return replace(incident, tellings=tuple(telling for telling in incident.tellings if telling.document.id not in documents))


def first_day(day: str | None) -> str | None:
    return f"{day}-01-01"[:10] if day else None


def last_day(day: str | None) -> str | None:
    """The last day that a month or a year can mean, for comparing by letters."""
    return f"{day}-12-31"[:10] if day and len(day) == 4 else f"{day}-31"[:10] if day else None


def holds(account: Account, wanted: Wanted) -> bool:
    """Whether an incident is what is asked, as far as it takes an account to tell."""
    return (
        (wanted.status is None or account.grade.code == _code(wanted.status))
        and (wanted.disputed is None or bool(account.disputes) == wanted.disputed)
        and len(account.incident.independent_sources()) >= wanted.min_sources
        and (wanted.actor is None or _has_actor(account.incident, folded(wanted.actor)))
    )


def _has_actor(incident: Incident, words: str) -> bool:
    """Whether a perpetrator or target goes by the words, or by the code."""
    for role in (Role.PERPETRATOR, Role.TARGET):
        for claim, telling in incident.claims(role):
            if isinstance(claim.value, Thing):
                names = {claim.value.name, claim.words, claim.value.actor_code or ""}
                names |= {entity.name for entity in telling.entities if entity.id == claim.value.entity_id}
                if any(words in folded(name) for name in names if name):
                    return True
    return False


def write_html(
    source: Source,
    accounts: list[Account],
    *,
    file: IO[str],
    resolutions: list[Resolution],
    mask_names: bool = False,
    machine_only: bool = False,
    telling: html.Telling | None = None,
) -> int:
    """Write incidents with all their pages as one HTML report, which may say how it tells; the number of pages comes out."""
    from purport.demo import capture_of  # here, for with it comes all that reads pages

    with _opened(source) as store:
        ids = dict.fromkeys(document.id for account in accounts for document in account.documents)
        reports = [store.report(document) for document in ids]
        gone = store.erasing.tombstones()
        pages = [(capture_of(store, report), _page(store, report, mask_names=mask_names, machine_only=machine_only)) for report in reports]
    if mask_names:
        pages = [(replace(capture, origin="", url=None), report) for capture, report in pages]
    return html.write(pages, file, masked=mask_names, accounts=accounts, resolutions=resolutions, gone=gone, telling=telling)


def _page(store: Store, report: Report, *, mask_names: bool, machine_only: bool) -> Report:
    if machine_only:
        return masked_report(store, report) if mask_names else report
    return holding(store, report, mask_names=mask_names)
