"""Do incidents tell what the reports say and what people decided, and each claim what the last word on it makes of it?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from purport.bundle.checking_captures import captures_of, incidents_of, names_withheld
from purport.bundle.checking_claims import report_path, text_of
from purport.bundle.checking_log import DECISIONS
from purport.bundle.decided import DECIDED, MACHINE, incident_path
from purport.bundle.opened import Fault, Opened
from purport.model import Judgement, Span, Verdict
from purport.status import quote_of
from purport.verdicts import Holding, holding_of
from purport.wire import change_from_json, value_from_json

Json = dict[str, Any]

GONE = ("withdrawn", "lapsed")  #: states of additions that do not count
STATES = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected", Verdict.CORRECT: "corrected"}


@dataclass(slots=True)
class Read:
    """What the reports of a bundle say: events and claims by id, texts by page."""

    events: dict[str, Json] = field(default_factory=dict)
    claims: dict[str, Json] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def read_in(opened: Opened) -> Read:
    """All that the machine read."""
    found = Read()
    for page in captures_of(opened):
        found.texts[page["document_id"]] = text_of(opened, page["document_id"])
        for event in opened.json(report_path(page["document_id"]))["events"]:
            found.events[event["id"]] = event
            found.claims |= {claim["id"]: claim for claim in event["claims"]}
    return found


def rows_of(opened: Opened) -> dict[str, Json]:
    """Every claim of the incidents as their JSON has it beside what was decided, by id."""
    told = (opened.json(incident_path(id)) for id in incidents_of(opened))
    return {row["claim_id"]: row for each in told for event in each["review"] for row in event["claims"]}


def tellings_of(opened: Opened, id: str) -> list[str]:
    """Where an incident is told: as decided, and as the machine read it if it read anything of it."""
    is_read = any(event["added_by"] is None for event in opened.json(incident_path(id))["review"])
    return [incident_path(id), *([incident_path(id, MACHINE)] if is_read else [])]


def incidents(opened: Opened) -> Iterator[Fault]:
    """Two tellings of each incident: as people decided it, and as the machine read it."""
    named, read = incidents_of(opened), read_in(opened)
    found = sorted(path for path in opened.members if path.startswith("incidents/"))
    if found != sorted(path for id in named for path in tellings_of(opened, id)):
        yield Fault("incidents/", "", "are not those that datapackage.json names, each as decided and as the machine read it")
    for id in named:
        decided = opened.json(incident_path(id))
        if (path := incident_path(id, MACHINE)) in tellings_of(opened, id):
            yield from _telling(path, opened.json(path), id=id, told_as=MACHINE, events=set(read.events), claims=read.claims)
        held = {event["event_id"] for event in decided["review"] if event["holds"]}
        claims = {row["claim_id"]: row["holding"] for event in decided["review"] for row in event["claims"] if row["holding"]}
        yield from _telling(incident_path(id), decided, id=id, told_as=DECIDED, events=held, claims=claims)


def _telling(path: str, told: Json, *, id: str, told_as: str, events: set[str], claims: Mapping[str, Json]) -> Iterator[Fault]:
    """An incident names what it is, and tells of events and claims that there are, in their words."""
    if (told["id"], told["told_as"]) != (id, told_as):
        yield Fault(path, "id, told_as", f"is not incident {id} as told by {told_as!a}")
    for unknown in sorted(set(told["events"]) - events):
        yield Fault(path, "events", f"{unknown!a} is no event {_where(told_as)}")
    for saying in (saying for contest in told["claims"] for value in contest["values"] for saying in value["sayings"]):
        claim = claims.get(saying["claim_id"])
        if claim is None:
            yield Fault(path, "claims", f"{saying['claim_id']!a} is no claim {_where(told_as)}")
        elif (saying["words"], saying["spans"]) != (claim["words"], [[span["start"], span["end"]] for span in claim["spans"]]):
            yield Fault(path, saying["claim_id"], f"its words or places are not those of the claim {_where(told_as)}")


def _where(told_as: str) -> str:
    return "in any report of the bundle" if told_as == MACHINE else "that holds, by what stands under review"


# ------------------------------------------------------------------ what people decided
def review(opened: Opened) -> Iterator[Fault]:
    """Under ``review`` each claim stands as the machine read it, and as the decisions in the bundle leave it."""
    read, said = read_in(opened), _Said(opened)
    for id in incidents_of(opened):
        path, told = incident_path(id), opened.json(incident_path(id))
        for event in told["review"]:
            yield from _event(path, event, read=read)
            for row in event["claims"]:
                yield from _row(path, row, read=read, text=read.texts[event["document_id"]])
                if not said.is_withheld and (fault := said.fault(row, holds=event["holds"])):
                    yield Fault(path, row["claim_id"], fault)
        machine = [each for each in tellings_of(opened, id) if each != path]
        events = {event for each in machine for event in opened.json(each)["events"]}
        for missing in sorted(events - {event["event_id"] for event in told["review"]}):
            yield Fault(path, "review", f"{missing!a} is missing, which the machine read")


def _event(path: str, event: Json, *, read: Read) -> Iterator[Fault]:
    """An event of the machine has its place and all its claims; one that was added has none of the machine's."""
    known = read.events.get(event["event_id"]) if event["added_by"] is None else {"claims": [], "triggers": event["triggers"]}
    machine = [row["claim_id"] for row in event["claims"] if row["machine"]]
    if known is None or machine != [claim["id"] for claim in known["claims"]]:
        yield Fault(path, event["event_id"], "its claims are not those that the machine read")
    elif event["triggers"] != known["triggers"]:
        yield Fault(path, event["event_id"], "does not stand where the machine read it")
    text = read.texts[event["document_id"]]
    if any(trigger["words"] != text[trigger["start"] : trigger["end"]] for trigger in event["triggers"]):
        yield Fault(path, event["event_id"], "its words are not those of the text at their place")


def _row(path: str, row: Json, *, read: Read, text: str) -> Iterator[Fault]:
    if row["machine"] is not None and row["machine"] != read.claims.get(row["claim_id"]):
        yield Fault(path, row["claim_id"], "is not what the machine read")
    if row["machine"] is None and row["added"] is None:
        yield Fault(path, row["claim_id"], "was neither read nor added")
    for name in ("added", "holding"):
        claim = row[name]
        if claim and (claim["id"] != row["claim_id"] or claim["words"] != quote_of(text, _spans(claim))):
            yield Fault(path, row["claim_id"], f"as {name} is another claim, or its words are not those of the text at its place")


def _spans(claim: Json) -> tuple[Span, ...]:
    return tuple(Span(span["start"], span["end"]) for span in claim["spans"])


class _Said:
    """People's judgements and additions of claims, and what follows from them."""

    def __init__(self, opened: Opened) -> None:
        record = opened.json(DECISIONS)
        self.is_withheld = names_withheld(opened)  # then values and changes are not here
        self._additions = {each["id"]: each for each in record["additions"] if not each["withdrawn"]}
        self._judged: dict[str, list[Json]] = {}
        for judgement in record["judgements"]:
            self._judged.setdefault(judgement["claim_id"], []).append(judgement)

    def fault(self, row: Json, *, holds: bool) -> str:
        """What is wrong with a claim's state or with what holds of it, "" if nothing."""
        said, base = self._word(row), row["machine"] or row["added"]
        if not holds or row["state"] in GONE:
            return "" if row["holding"] is None else "holds, though it was taken back or its event is rejected"
        last = said.last
        if last is None:
            return "" if row["state"] == "unreviewed" and row["holding"] == base else "has a state, and nobody decided about it"
        is_new = row["machine"] is None and len(said.words) == 1 and not last.id
        state = "contested" if said.is_contested else "added" if is_new else STATES[last.verdict]
        if row["state"] != state or row["coders"] != list(said.coders):
            return f"is said to be {row['state']!a}; by the decisions it is {state!a}, by {', '.join(said.coders)!a}"
        return _holding_fault(row["holding"], last, base=base)

    def _word(self, row: Json) -> Holding:
        words = [_judgement(each) for each in _in_order(self._judged.get(row["claim_id"], []))]
        if added := self._additions.get(row["claim_id"]):
            words.insert(0, Judgement("", row["claim_id"], Verdict.ACCEPT, None, "", added["coder"], added["made_at"]))
        return holding_of(words)


def _holding_fault(holding: Json | None, last: Judgement, *, base: Json) -> str:
    """Whether what holds is what the last word makes of the claim."""
    if (holding is None) != (last.verdict is Verdict.REJECT):
        return "holds though it was rejected, or does not though it was not"
    if holding is None:
        return ""
    value = value_from_json(base["value"]) if last.value is None or last.verdict is Verdict.ACCEPT else last.value
    change = last.change if last.verdict is Verdict.CORRECT else None
    spans = _spans(base) if change is None or not change.spans else change.spans
    factuality = change.factuality.value if change and change.factuality else base["factuality"]
    voices = (base["attribution_id"], (change.attribution_id or None) if change else base["attribution_id"])  # one may be gone meanwhile
    is_said = (value_from_json(holding["value"]), _spans(holding), holding["factuality"]) == (value, spans, factuality)
    if not is_said or holding["attribution_id"] not in voices:
        return "what holds of it is not what the last decision says"
    return ""


def _judgement(said: Json) -> Judgement:
    value = None if said["value"] is None else value_from_json(said["value"])
    change = None if said["change"] is None else change_from_json(said["change"])
    verdict = Verdict(said["verdict"])
    return Judgement(
        said["id"], said["claim_id"], verdict, value, said["note"], said["coder"], said["made_at"], said["previous_id"], change
    )


def _in_order(judgements: Sequence[Json]) -> list[Json]:
    """Those of one claim, each after the one that it follows."""
    by_previous = {each["previous_id"]: each for each in judgements}
    ids = {each["id"] for each in judgements}
    found: list[Json] = []
    at = next((each for each in judgements if each["previous_id"] not in ids), None)
    while at is not None and len(found) < len(judgements):
        found.append(at)
        at = by_previous.get(at["id"])
    return found
