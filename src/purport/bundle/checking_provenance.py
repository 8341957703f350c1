"""Is the provenance about what is in the bundle: captures, readings, claims of the incidents, and who decided what, when?"""

from collections.abc import Iterator, Mapping
from typing import Any

from purport.bundle.checking_captures import CAPTURES, captures_of
from purport.bundle.checking_incidents import rows_of, tellings_of
from purport.bundle.checking_log import DECISIONS
from purport.bundle.checking_people import decisions_by_annotation
from purport.bundle.decided import DECIDED, MACHINE
from purport.bundle.opened import Fault, Opened
from purport.bundle.warc import utc_of
from purport.model import hashed_id

Json = dict[str, Any]

PROVENANCE = "provenance/prov.json"
THINGS = ("entity", "activity", "agent")
OF_PEOPLE = ("Judgement", "Addition", "Comment", "LinkJudgement")


def provenance(opened: Opened) -> Iterator[Fault]:
    """The provenance names each capture with its digest, and each reading; both tellings of each incident; nothing that is not there."""
    record = opened.json(PROVENANCE)
    entities = record["entity"]
    for page in captures_of(opened):
        if entities.get(f"pp:{page['capture_id']}", {}).get("purport:digest") != page["digest"]:
            yield Fault(PROVENANCE, page["capture_id"], f"has not the digest that {CAPTURES} says")
        for reading in page["readings"]:
            if entities.get(f"pp:{reading['id']}", {}).get("purport:digest") != reading["digest"]:
                yield Fault(PROVENANCE, reading["id"], f"has not the digest that {CAPTURES} says")
    for id in opened.json("datapackage.json")["purport"]["incidents"]:
        found = [entities.get(f"pp:{id}:{told_as}", {}).get("purport:path") for told_as in (DECIDED, MACHINE)]
        if [path for path in found if path] != tellings_of(opened, id):
            yield Fault(PROVENANCE, id, "does not lead to the files that tell of it")
    yield from _ends(record)


def _ends(record: Json) -> Iterator[Fault]:
    """What a relation joins is told of."""
    known = {name for section in THINGS for name in record.get(section, {})}
    for kind, relations in record.items():
        if kind not in ("prefix", *THINGS):
            for name, relation in relations.items():
                for end in (end for end in relation.values() if end not in known):
                    yield Fault(PROVENANCE, f"{kind} {name}", f"names {end!a}, of which nothing is told")


def provenance_of_decisions(opened: Opened) -> Iterator[Fault]:
    """Each decision was made by its coder at its time; claims are those of the incidents; nobody else decided anything."""
    record, rows = opened.json(PROVENANCE), rows_of(opened)
    kept = {id: said for id, (_, said) in decisions_by_annotation(opened).items()}
    kept |= {each["id"]: each for each in opened.json(DECISIONS)["link_judgements"]}
    for name, entity in record["entity"].items():
        kind, id = entity["prov:type"]["$"].removeprefix("purport:"), name.removeprefix("pp:")
        if kind == "Claim" and (id not in rows or rows[id]["machine"] is None):
            yield Fault(PROVENANCE, id, "is no claim that an incident in the bundle has and that the machine read")
        elif kind in OF_PEOPLE and id not in kept:
            yield Fault(PROVENANCE, id, f"is no decision in {DECISIONS}")
    for id, said in kept.items():
        if fault := _made(id, said, record=record):
            yield Fault(PROVENANCE, id, fault)


def _made(id: str, said: Json, *, record: Mapping[str, Any]) -> str:
    """What is wrong with how a decision is told to have been made, "" if nothing."""
    entity, step = record["entity"].get(f"pp:{id}"), record["activity"].get(f"pp:review:{id}")
    if entity is None or step is None:
        return "is a decision, and nothing is told of it"
    agent = f"pp:{hashed_id('agent', 'prov:Person', said['coder'])}"
    if record["agent"].get(agent, {}).get("prov:label") != said["coder"] or step.get("prov:endTime") != utc_of(said["made_at"]):
        return "was not made by that person at that time"
    if entity.get("purport:verdict") != said.get("verdict"):
        return "has another verdict"
    made = {"prov:entity": f"pp:{id}", "prov:agent": agent} in record["wasAttributedTo"].values()
    done = {"prov:activity": f"pp:review:{id}", "prov:agent": agent} in record["wasAssociatedWith"].values()
    return "" if made and done else "is not attributed to who made it"
