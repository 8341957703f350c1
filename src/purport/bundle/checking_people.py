"""Are people's annotations their decisions, with quotes that stand in the captured text, about claims that the incidents have?"""

from collections.abc import Iterator, Mapping
from typing import Any

from purport.bundle.checking_captures import captures_of, incidents_of, names_withheld
from purport.bundle.checking_claims import positions_of, quotes, text_of
from purport.bundle.checking_incidents import rows_of
from purport.bundle.checking_log import DECISIONS
from purport.bundle.decided import incident_path
from purport.bundle.opened import Fault, Opened
from purport.bundle.people import BODIES, MOTIVATIONS, coder_id, people_path
from purport.bundle.warc import utc_of
from purport.decisions import DecisionKind
from purport.model import digest_of, hashed_id

Json = dict[str, Any]


def decisions_by_annotation(opened: Opened) -> dict[str, tuple[DecisionKind, Json]]:
    """Every judgement, addition and remark in the bundle, by the id that its annotation has."""
    record = opened.json(DECISIONS)
    found = {each["id"]: (DecisionKind.JUDGEMENT, each) for each in record["judgements"]}
    found |= {hashed_id("add", each["id"], each["coder"]): (DecisionKind.ADDITION, each) for each in record["additions"]}
    return found | {each["id"]: (DecisionKind.COMMENT, each) for each in record["comments"]}


def annotations_by_people(opened: Opened) -> Iterator[Fault]:
    """Each annotation is one decision; each decision about the incidents has one."""
    decisions, rows = decisions_by_annotation(opened), rows_of(opened)
    missing = dict.fromkeys(_wanted(opened, decisions, rows=rows))
    for page in captures_of(opened):
        document_id = page["document_id"]
        path, text = people_path(document_id), text_of(opened, document_id)
        found = opened.json(path)
        if found["purport:target"]["digest"] != digest_of(text.encode("utf-8", "surrogatepass")):
            yield Fault(path, "purport:target", "has not the digest of the text")
        for item in found["items"]:
            yield from quotes(item, path, text=text, document_id=document_id)
            if any(target["scope"] != f"urn:purport:{page['capture_id']}" for target in item["target"]):
                yield Fault(path, item["id"], "is not about the capture of this page")
            yield from _item(path, item, decisions=decisions, rows=rows, is_withheld=names_withheld(opened))
            missing.pop(item["id"].removeprefix("urn:purport:"), None)
    for id in incidents_of(opened):
        for item in opened.json(people_path(id))["items"]:
            if [target["source"] for target in item["target"]] != [incident_path(id)]:
                yield Fault(people_path(id), item["id"], "is not about this incident")
            yield from _item(people_path(id), item, decisions=decisions, rows=rows, is_withheld=names_withheld(opened))
            missing.pop(item["id"].removeprefix("urn:purport:"), None)
    for id in missing:
        yield Fault(DECISIONS, id, "has no annotation")


def _wanted(opened: Opened, decisions: Mapping[str, tuple[DecisionKind, Json]], *, rows: Mapping[str, Json]) -> Iterator[str]:
    """Decisions that must have an annotation: about the incidents, their events and claims, and about pages."""
    told = [opened.json(incident_path(id)) for id in incidents_of(opened)]
    events = {event["event_id"] for each in told for event in each["review"]}
    added = {id for id, row in rows.items() if row["added"]}
    added |= {event["event_id"] for each in told for event in each["review"] if event["added_by"]}
    subjects = {*rows, *events, *incidents_of(opened), *(page["document_id"] for page in captures_of(opened))}
    for id, (kind, said) in decisions.items():
        about = {DecisionKind.JUDGEMENT: "claim_id", DecisionKind.ADDITION: "id", DecisionKind.COMMENT: "subject"}[kind]
        if said[about] in (added if kind is DecisionKind.ADDITION else subjects):
            yield id


def _item(
    path: str, item: Json, *, decisions: Mapping[str, tuple[DecisionKind, Json]], rows: Mapping[str, Json], is_withheld: bool
) -> Iterator[Fault]:
    kind, said = decisions.get(item["id"].removeprefix("urn:purport:"), (None, {}))
    if kind is None:
        yield Fault(path, item["id"], f"is no decision in {DECISIONS}")
        return
    if fault := _difference(item, kind, said=said):
        yield Fault(path, item["id"], f"{fault} is not that of the decision in {DECISIONS}")
    decision = item["body"][0]["decision"]
    for claim in _claims_named(decision):
        if claim not in rows:
            yield Fault(path, item["id"], f"names {claim!a}, a claim that no incident in the bundle has")
    if kind is DecisionKind.COMMENT:
        return
    after = decision["after"]
    told = after if after and "spans" in after else decision.get("before")
    if told and positions_of(item) != told["spans"]:
        yield Fault(path, item["id"], "its places are not those of the claim")
    row = rows.get(decision["subject"])
    if row and kind is DecisionKind.JUDGEMENT and decision["before"] != (row["machine"] or row["added"]):
        yield Fault(path, item["id"], "what was decided about is not the claim of the incident")
    if not is_withheld and not _is_said(decision, kind, said=said):
        yield Fault(path, item["id"], f"what it says or adds is not what the decision in {DECISIONS} does")


def _difference(item: Json, kind: DecisionKind, *, said: Json) -> str:
    """The part of an annotation that is not its decision's, "" if all are."""
    decision, note = item["body"][0]["decision"], said.get("text" if kind is DecisionKind.COMMENT else "note", "")
    verdict = said["verdict"] if kind is DecisionKind.JUDGEMENT else said.get("kind", decision.get("adds", ""))
    about = said[{DecisionKind.JUDGEMENT: "claim_id", DecisionKind.ADDITION: "id", DecisionKind.COMMENT: "subject"}[kind]]
    body = {"type": "TextualBody", "value": note, "format": "text/plain", "purpose": "commenting"}
    motivations = MOTIVATIONS.get((kind, verdict), [])
    pairs = (
        ("its creator", item["creator"], {"id": coder_id(said["coder"]), "type": "Person", "name": said["coder"]}),
        ("its time", item["created"], utc_of(said["made_at"])),
        ("its motivation", item["motivation"], motivations[0] if len(motivations) == 1 else motivations),
        ("its kind", (item["body"][0]["type"], decision["kind"]), (BODIES[kind], kind.value)),
        ("its verdict", decision.get("verdict", decision.get("adds", "")), verdict),
        ("what it is about", decision["subject"], about),
        ("what it notes", item["body"][1:], [body] if note else []),
    )
    return next((name for name, found, wanted in pairs if found != wanted), "")


def _claims_named(decision: Json) -> Iterator[str]:
    """Ids of claims that an annotation names."""
    named = [decision["subject"], *(each["id"] for each in (decision.get("before"), decision.get("after")) if each)]
    yield from dict.fromkeys(id for id in named if id.startswith("clm-"))


def _is_said(decision: Json, kind: DecisionKind, *, said: Json) -> bool:
    """Whether a correction has the value that was given, and an addition what was added."""
    after = decision["after"]
    if kind is DecisionKind.ADDITION:
        record, names = said["record"], ("id", "event_id", "value", "type", "factuality", "stance", "attribution_id")
        return {name: after[name] for name in names if name in record} == {name: record[name] for name in names if name in record}
    if said["verdict"] != "correct":
        return after is None
    return after is not None and fits(after, before=decision["before"], value=said["value"], change=said["change"] or {})


def fits(after: Json, *, before: Json, value: Json | None, change: Json) -> bool:
    """Whether a claim is what a correction makes of it. A voice that is gone meanwhile leaves the claim's own."""
    voices = (before["attribution_id"], change.get("attribution_id", before["attribution_id"]) or None)
    spans = [[span["start"], span["end"]] for span in before["spans"]]
    return (
        after["value"] == (value or before["value"])
        and [[span["start"], span["end"]] for span in after["spans"]] == (change.get("spans") or spans)
        and after["factuality"] == change.get("factuality", before["factuality"])
        and after["attribution_id"] in voices
    )
