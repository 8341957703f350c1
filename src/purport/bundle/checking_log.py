"""Does the log's chain hold, and are readings and decisions those that it tells of?"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from purport.bundle import logbook, manifest
from purport.bundle.checking_captures import CAPTURES, captures_of, names_withheld
from purport.bundle.checking_claims import report_path
from purport.bundle.opened import Fault, Opened
from purport.bundle.plain import lines_of
from purport.model import digest_of, hashed_id
from purport.wire import canonical, change_from_json, value_from_json

Json = dict[str, Any]

DECISIONS = "evidence/decisions.json"
SCHEMA = "purport.decisions/1"


def log_and_readings(opened: Opened) -> Iterator[Fault]:
    """Every entry that is shown has its hash and follows the one before; readings are those that were logged."""
    told: dict[str, Json] = {}
    last: Json = {"entry": 0, "hash": ""}
    for last, fault in logbook.entries_of(lines_of(opened.chunks(logbook.PATH), where=logbook.PATH)):
        if fault:
            yield Fault(logbook.PATH, f"line {last['entry']}", fault)
        if last.get("action") in ("add", "reread"):
            detail = json.loads(last["detail"])
            told[detail["reading"]] = {**detail, "entry": last["entry"], "at": last["at"], "subject": last["subject"]}
    said = opened.json(manifest.PACKAGE)["purport"]["log"]
    if said != {"entries": last["entry"], "hash": last["hash"]}:
        yield Fault(logbook.PATH, "last line", f"is not the entry that {manifest.PACKAGE} says the log ended with")
    if not names_withheld(opened):
        yield from _readings(opened, told)


def _readings(opened: Opened, told: dict[str, Json]) -> Iterator[Fault]:
    for page in captures_of(opened):
        for reading in page["readings"]:
            yield from _reading(page, reading, told=told.get(reading["id"]))
        if [reading["current"] for reading in page["readings"]].count(True) != 1:
            yield Fault(CAPTURES, page["document_id"], "has not one current reading")
            continue
        current = next(reading for reading in page["readings"] if reading["current"])
        record = opened.json(report_path(page["document_id"]))
        if digest_of(canonical({**record, "document": {**record["document"], "text": None}})) != current["digest"]:
            yield Fault(report_path(page["document_id"]), "", f"is not the report with the digest that {CAPTURES} and the log say")


def _reading(page: Json, reading: Json, *, told: Json | None) -> Iterator[Fault]:
    identity = hashed_id("rdg", page["capture_id"], reading["reader"], reading["options"], reading["digest"])
    if identity != reading["id"]:
        yield Fault(CAPTURES, reading["id"], "its id does not follow from its reader, options and digest")
    expected = {
        "record": reading["digest"],
        "reader": reading["reader"],
        "digest": page["digest"],
        "capture": page["capture_id"],
        "entry": reading["entry"],
        "subject": page["document_id"],
    }
    if told is None or {name: told.get(name) for name in expected} != expected:
        yield Fault(CAPTURES, reading["id"], "is not the reading of which the log tells")


def decisions(opened: Opened) -> Iterator[Fault]:
    """Judgements have the ids that follow from what they say, and stand in the log; so do those about links, additions and remarks."""
    if names_withheld(opened):
        return
    told = _told(opened)
    record = opened.record(DECISIONS, SCHEMA)
    for judgement in record["judgements"]:
        if judgement["id"] != _judgement_id(judgement):
            yield Fault(DECISIONS, judgement["id"], "its id does not follow from what it says")
        if _plain(told.pop(judgement["id"], {})) != {name: value for name, value in judgement.items() if name != "change" or value}:
            yield Fault(DECISIONS, judgement["id"], "is not the judgement in the log")
    for judgement in record["link_judgements"]:
        names = ("first", "second", "verdict", "note", "coder", "made_at", "previous_id")
        if judgement["id"] != hashed_id("ljd", *(judgement[name] for name in names)):
            yield Fault(DECISIONS, judgement["id"], "its id does not follow from what it says")
        if told.pop(judgement["id"], None) != judgement:
            yield Fault(DECISIONS, judgement["id"], "is not the judgement in the log")
    for missing in told:
        yield Fault(DECISIONS, missing, "is in the log and not here")
    yield from _kept(record["additions"], _rows(opened, "add by hand"), form=_addition)
    yield from _kept(record["comments"], _rows(opened, "comment"), form=_comment)


Row = tuple[str, str]  #: id and coder: several can add the same


def _kept(said: list[Json], rows: dict[Row, Json], *, form: Callable[[Json], Json]) -> Iterator[Fault]:
    """What is said here is what the log's last row on it says; a remark that was taken back is not here."""
    told = {key: form(row) for key, row in rows.items()}
    for each in said:
        if told.pop((each["id"], each["coder"]), None) != each:
            yield Fault(DECISIONS, each["id"], "is not what the log says")
    for id, coder in (key for key, each in told.items() if "text" not in each or not each["withdrawn"]):
        yield Fault(DECISIONS, id, f"of {coder!a} is in the log and not here")


def _rows(opened: Opened, action: str) -> dict[Row, Json]:
    """The last row on each thing of all entries of this action that are shown."""
    found: dict[Row, Json] = {}
    for entry, _ in logbook.entries_of(lines_of(opened.chunks(logbook.PATH), where=logbook.PATH)):
        if entry.get("action") == action:
            found |= {(row["id"], row["coder"]): row for row in json.loads(entry["detail"])["rows"]}
    return found


def _addition(row: Json) -> Json:
    """A row of the log as ``decisions.json`` has it."""
    names = ("id", "kind", "document_id", "words", "coder", "made_at")
    return {name: row[name] for name in names} | {"record": json.loads(row["record"]), "withdrawn": row["state"] == "withdrawn"}


def _comment(row: Json) -> Json:
    names = ("id", "subject", "text", "coder", "made_at")
    return {name: row[name] for name in names} | {"withdrawn": row["state"] == "withdrawn"}


def _told(opened: Opened) -> dict[str, Json]:
    """Judgements as the log tells them, by id."""
    found = {}
    for entry, _ in logbook.entries_of(lines_of(opened.chunks(logbook.PATH), where=logbook.PATH)):
        if entry.get("action") in ("judge", "judge link"):
            detail = json.loads(entry["detail"])
            found[detail["id"]] = detail
    return found


def _judgement_id(said: Json) -> str:
    value = value_from_json(said["value"]) if said["value"] is not None else None
    change = [change_from_json(said["change"])] if said["change"] is not None else []
    parts = (said["claim_id"], said["verdict"], value, said["note"], said["coder"], said["made_at"], said["previous_id"], *change)
    return hashed_id("jdg", *parts)


def _plain(detail: Json) -> Json:
    """The log keeps value and change as text."""
    return {name: json.loads(said) if name in ("value", "change") and said else said for name, said in detail.items()}
