"""What goes into an export, record by record or part by part: as people decided, with what is asked of names; above all rooms."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from purport.decisions import SensitivityLevel
from purport.errors import SettingsError
from purport.export.case import Case, Terms, Written
from purport.export.catalogue import Format, Split, write_to
from purport.export.masking import mask_report
from purport.export.rows import rows_of
from purport.incident import Incident, Telling
from purport.incidents.policies import policy_of, resolve
from purport.incidents.summary import account_of
from purport.kept_rows import kept_part, part_of
from purport.listing import Wanted, first_day, holds, last_day
from purport.model import Report
from purport.reviewing import reviewed, told_in_bulk
from purport.row_maker import maker
from purport.selection import confident_report
from purport.software import software
from purport.store import IncidentFilter, Store
from purport.withholding import Names

AT_ONCE = 200  #: pages whose names are found before the first of them is written, since pages of one incident come close together


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported, and how. ``policy``: None for the format's own; ``order``: a user's order of sources."""

    query: str = ""
    wanted: Wanted = field(default_factory=Wanted)
    policy: str | None = None
    order: Sequence[str] = ()
    mask_names: bool = True
    min_confidence: float = 0.0
    include_restricted: bool = True
    machine_only: bool = False  #: as the machine read it, people's decisions left aside
    jobs: int = 1  #: processes that may share the work; what is written is the same


def terms_of(format: Format, asked: Asked) -> Terms:
    """What is stated about a file. Raises SettingsError for another policy, or where a format applies none."""
    if asked.policy and not format.policy:
        raise SettingsError(f"{format.name} writes claims as they are, without a policy", where="--policy", remedy="leave it out")
    policy = policy_of(asked.policy or format.policy) if format.policy else None
    words = [f"query {asked.query}"] if asked.query else []
    words += ["as the machine read it"] if asked.machine_only else []
    plain = Wanted()
    names = ("type", "actor", "place", "since", "until", "status", "disputed", "min_sources", "min_pages")
    given = ((name, getattr(asked.wanted, name)) for name in names)
    words += [f"{name.replace('_', ' ')} {value}" for name, value in given if value != getattr(plain, name)]
    return Terms(
        format.name,
        software(),
        asked.mask_names,
        policy.label if policy else "",
        policy.states if policy else "",
        "; ".join(words),
        asked.min_confidence,
    )


class Leaving:
    """What of a project goes into an export, as it was when made: ``out`` are pages of restricted incidents that were met and stay."""

    def __init__(self, store: Store, asked: Asked) -> None:
        everywhere = store.judged_documents()
        self.decided = frozenset[str]() if asked.machine_only else everywhere  #: pages whose decisions count
        self.names = Names(store, decided=everywhere) if asked.mask_names else None  #: those that are withheld
        restricted = SensitivityLevel.RESTRICTED
        self._restricted: frozenset[str] = frozenset() if asked.include_restricted else store.documents_of_level(restricted)
        losing = store.incidents_with(self._restricted) if self._restricted else frozenset[str]()
        self.anew = losing | store.kept_rows.outdated()  #: incidents of which nothing that is kept holds
        self.out: set[str] = set()

    def stays(self, document_id: str) -> bool:
        """Whether a page stays where it is."""
        if document_id in self._restricted:
            self.out.add(document_id)
        return document_id in self._restricted


def reports(store: Store, asked: Asked, *, leaving: Leaving, keys: Sequence[int] | None = None) -> Iterator[Report]:
    """Pages as people decided them, with what is asked of names and confidence. ``keys``: only these."""
    found = store.reports(asked.query, keys=keys)
    while some := list(islice(found, AT_ONCE)):
        if leaving.names and not asked.query:  # what a query finds are parts
            leaving.names.know(some)
        for report in some:
            page = report.document.id
            if leaving.stays(page):
                continue
            held = reviewed(store, report).report if page in leaving.decided else report
            held = confident_report(held, at_least=asked.min_confidence)
            yield mask_report(held, names=leaving.names.around(page)) if leaving.names else held


def listed(asked: Asked) -> IncidentFilter:
    """What of it the file itself can select by."""
    wanted = asked.wanted
    return IncidentFilter(wanted.type, wanted.place, first_day(wanted.since), last_day(wanted.until), wanted.min_pages)


def cases(store: Store, asked: Asked, *, policy: str, leaving: Leaving, ids: Sequence[str] | None = None) -> Iterator[Case]:
    """Incidents as people decided them, each with what the policy makes of it; those with the most pages first. ``ids``: only these.

    A name that is withheld on a page is withheld in whatever the page tells.
    """
    events = {event.id for report in store.reports(asked.query) for event in report.events} if asked.query else None
    wanted = store.incident_ids(listed(asked)) if ids is None else ids
    for found in told_in_bulk(store, wanted, names=leaving.names, decided=leaving.decided):
        if events is not None and events.isdisjoint(event.id for event in found.events):
            continue
        incident = _as_asked(found, asked, leaving=leaving)
        if not incident.tellings:
            continue
        account = account_of(incident)
        if asked.wanted == Wanted() or holds(account, asked.wanted):
            yield Case(account, resolve(account, policy, order=asked.order))


def _as_asked(incident: Incident, asked: Asked, *, leaving: Leaving) -> Incident:
    kept = tuple(telling for telling in incident.tellings if not leaving.stays(telling.document.id))
    incident = incident if len(kept) == len(incident.tellings) else replace(incident, tellings=kept)
    if asked.min_confidence <= 0:
        return incident
    return replace(incident, tellings=tuple(_confident(incident, at_least=asked.min_confidence)))


def _confident(incident: Incident, *, at_least: float) -> Iterator[Telling]:
    for telling in incident.tellings:
        for event in confident_report(telling.report, at_least=at_least).events:
            yield replace(telling, event=event)


# ------------------------------------------------------------------ by parts
def part_made(store: Store, asked: Asked, *, format: Format, part: Sequence[Any], leaving: Leaving) -> dict[str, Any]:
    """Text or rows of one part (ids of incidents, or keys of pages), with what was counted; out of what is kept where that holds."""
    if keeps(format, asked):
        made = list(_kept(store, asked, format=format, ids=part, leaving=leaving))
        written = Written(sum(each["number"] for each in made), sum((Counter(each["left_out"]) for each in made), Counter[str]()))
        is_rows = format.split is Split.ROWS
        content = {"rows": [each["rows"] for each in made]} if is_rows else {"text": "".join(each["text"] for each in made)}
    elif format.split is Split.ROWS:
        found = cases(store, asked, policy=asked.policy or format.policy, leaving=leaving, ids=part)
        rows = [rows_of(case, with_claims=format.has_claims) for case in found]
        written, content = Written(len(rows)), {"rows": [[each.incident, each.claims] for each in rows]}
    else:
        file = io.StringIO(newline="")
        written = write_to(
            file, _some(store, asked, format=format, part=part, leaving=leaving), format=format, terms=terms_of(format, asked)
        )
        content = {"text": file.getvalue()}
    return {"number": written.number, "left_out": dict(written.left_out), "restricted": sorted(leaving.out), **content}


def _some(store: Store, asked: Asked, *, format: Format, part: Sequence[Any], leaving: Leaving) -> Iterator[Any]:
    if format.takes_reports:
        return reports(store, asked, leaving=leaving, keys=part)
    return cases(store, asked, policy=asked.policy or format.policy, leaving=leaving, ids=part)


def keeps(format: Format, asked: Asked) -> bool:
    """Whether what is asked is what is kept of each incident."""
    selected = replace(asked.wanted, type=None, place=None, since=None, until=None, min_pages=1)  # by which ids are chosen
    plain = not (asked.query or asked.order or asked.machine_only or asked.min_confidence > 0)
    return format.is_kept and plain and asked.mask_names and asked.policy in (None, format.policy) and selected == Wanted()


def _kept(store: Store, asked: Asked, *, format: Format, ids: Sequence[str], leaving: Leaving) -> Iterator[dict[str, Any]]:
    """What each incident adds, in order; made anew where nothing is kept, and where a page of it stays."""
    fresh = dict(store.kept_rows.fresh([id for id in ids if id not in leaving.anew], made_by=maker()))
    others = [id for id in ids if id not in fresh]
    anew = cases(store, asked, policy=format.policy, leaving=leaving, ids=others) if others else ()
    made = {case.id: part_of(case, format=format, with_claims=format.has_claims) for case in anew}
    for id in ids:
        if id in fresh:
            yield kept_part(fresh[id], format=format)
        elif id in made:
            yield made[id]
