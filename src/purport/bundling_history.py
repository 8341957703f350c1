"""What a bundle says of people's decisions as they are kept, and where everything in it comes from; above all rooms."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from purport.bundle.decided import DECIDED, MACHINE, incident_path
from purport.bundle.provenance import Provenance, add_claim, add_decision, add_merging, add_page, add_telling
from purport.bundling_decided import PageDecided
from purport.decisions import AdditionKind, DecisionKind
from purport.export import mask_words
from purport.model import Judgement, hashed_id
from purport.store import Store
from purport.store.appending import ACTIONS
from purport.store.evidence import LogEntry
from purport.wire import addition_to_json, change_to_json, value_to_json

Json = dict[str, Any]
FREE_WORDS = ("note", "text", "why")
LEFT_OUT = ("value", "change", "record", "words")  #: where names are withheld; annotations have them, masked

#: Actions of entries that are about one page; link and "judge link" are about several. Coding rounds are no part of a bundle.
SHOWN = frozenset({"add", "reread", "see", "fail", "judge", *ACTIONS.values()})


def decisions_of(
    store: Store, pages: Mapping[str, Sequence[Judgement]], *, events: Collection[str], claims: Collection[str], incidents: Sequence[str]
) -> Json:
    """Every decision about some pages, as the project file keeps it. ``pages``: with their judgements; ``events``, ``claims``: all."""
    reviews = store.reviews
    links = store.link_judgements(*sorted(events)) if events else ()
    inside = [asdict(each) for each in links if {each.first, each.second} <= set(events)]
    added = [addition_to_json(each) for page in pages for each in reviews.additions(page)]
    subjects = sorted({*events, *claims, *pages, *incidents, *(each["id"] for each in added)})
    members = [sorted(store.members(each)) for each in incidents]
    return {
        "schema": "purport.decisions/1",
        "judgements": [_judgement(each) for judgements in pages.values() for each in judgements],
        "link_judgements": inside,
        "link_judgements_about_other_pages": len(links) - len(inside),
        "additions": added,
        "comments": [asdict(each) for each in reviews.comments(*subjects)],
        "sensitivities": [asdict(said) for each in members if (said := reviews.sensitivity(each))],
        "states": {id: reviews.state(each).value for id, each in zip(incidents, members, strict=True)},
    }


def _judgement(judgement: Judgement) -> Json:
    value, change = judgement.value, judgement.change
    return {
        **asdict(judgement),
        "value": None if value is None else value_to_json(value),
        "change": None if change is None else change_to_json(change),
    }


def without_names(record: Json, *, in_words: Collection[str]) -> Json:
    """Decisions with names withheld in notes, remarks and reasons; without values, which annotations have."""
    return {name: [_masked(each, in_words) for each in said] if isinstance(said, list) else said for name, said in record.items()}


def _masked(decision: Json, names: Collection[str]) -> Json:
    kept = {name: said for name, said in decision.items() if name not in LEFT_OUT}
    return kept | {name: mask_words([kept[name]], names)[0] for name in FREE_WORDS if name in kept}


# ------------------------------------------------------------------ W3C PROV
def provenance_of(
    store: Store,
    captures: Sequence[Json],
    *,
    decisions: Json,
    decided: Iterable[PageDecided],
    tellings: Iterable[tuple[str, list[str], bool]],
) -> Json:
    """Where everything comes from. ``captures``: as in ``captures.json``; ``tellings``: incidents, the pages of each, and whether
    the machine read anything of it."""
    made = Provenance()
    for record in captures:
        add_page(made, record)
    reading_of = {record["document_id"]: _current(record)["id"] for record in captures}
    pages = list(decided)
    about = _claims(made, pages, reading_of=reading_of)
    names = _decisions(made, decisions, about=about)
    for incident, documents, is_read in tellings:
        events = set(store.members(incident))
        readings = sorted({reading_of[each] for each in documents})
        links = [each["id"] for each in decisions["link_judgements"] if {each["first"], each["second"]} & events]
        add_merging(made, incident, readings=readings, steps=_steps(store, events), decisions=links)
        if is_read:
            add_telling(made, incident, path=incident_path(incident, MACHINE), told_as=MACHINE, decisions=[])
        mine = [names[each] for each in _decided_in(pages, events) if each in names]
        add_telling(made, incident, path=incident_path(incident), told_as=DECIDED, decisions=mine)
    return made.record()


def _current(record: Json) -> Json:
    return next(reading for reading in record["readings"] if reading["current"])


def _claims(made: Provenance, pages: Iterable[PageDecided], *, reading_of: Mapping[str, str]) -> dict[str, str]:
    """The machine's claims that people decided about, each by its id with its name in the record."""
    found = {}
    for page in pages:
        judged = {each.subject for each in page.decisions}
        read = {claim.id for event in page.events for claim in event.claims if claim.machine}
        for claim in sorted(judged & read):
            found[claim] = add_claim(made, claim, report=reading_of[page.id])
    return found


def _decisions(made: Provenance, decisions: Json, *, about: Mapping[str, str]) -> dict[str, str]:
    """Every decision; the name of each in the record, by the id that its annotation has."""
    names = {}
    for judgement in decisions["judgements"]:
        known = about.get(judgement["claim_id"])
        names[judgement["id"]] = add_decision(made, {**judgement, "subject": known}, kind="Judgement", about=known)
    for addition in decisions["additions"]:
        id = hashed_id("add", addition["id"], addition["coder"])
        names[id] = add_decision(made, {**addition, "id": id}, kind="Addition", about=None)
    for comment in decisions["comments"]:
        said = {**comment, "subject": about.get(comment["subject"])}
        names[comment["id"]] = add_decision(made, said, kind="Comment", about=about.get(comment["subject"]))
    for link in decisions["link_judgements"]:
        names[link["id"]] = add_decision(made, link, kind="LinkJudgement", about=None)
    return names


def _decided_in(pages: Iterable[PageDecided], events: Collection[str]) -> list[str]:
    """Ids of the decisions that count in how these events are told."""
    found = []
    for page in pages:
        claims = {claim.id for event in page.events if event.id in events for claim in event.claims}
        subjects = claims | set(events)
        for each in page.decisions:
            is_voice = each.kind is DecisionKind.ADDITION and each.verdict == AdditionKind.ATTRIBUTION
            if each.stands and each.kind is not DecisionKind.COMMENT and (is_voice or each.subject in subjects):
                found.append(each.id)
    return found


def _steps(store: Store, events: Collection[str]) -> list[Json]:
    """Entries of the log that changed to which incidents these events belong."""
    entries = {membership.entry for membership in store.evidence.memberships(events)}
    return [
        {"entry": entry.entry, "at": entry.at, "linker": linker}
        for entry in store.evidence.log()
        if entry.entry in entries and (linker := json.loads(entry.detail).get("linker"))
    ]


# ------------------------------------------------------------------ the log
@dataclass(frozen=True, slots=True)
class Concern:
    """What some pages consist of, and so which entries of the log are about them."""

    pages: set[str]  #: ids of documents and captures
    events: set[str]
    claims: set[str]
    incidents: set[str]
    merging: set[int]  #: entries that changed to which incidents the events belong

    def is_of(self, entry: LogEntry) -> bool:
        """Whether an entry is about these pages and nothing else; an entry that also names others is not shown."""
        if entry.action == "link":
            return entry.entry in self.merging
        if entry.action == "judge link":
            return set(entry.subject.split(" ")) <= self.events
        known = self.pages | self.events | self.claims | self.incidents
        if entry.action not in SHOWN:
            return False
        rows = json.loads(entry.detail).get("rows", [])
        others = {row[name] for row in rows for name in ("event_id", "document_id") if row.get(name)}
        return entry.subject in known and others <= known
