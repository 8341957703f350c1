"""People's decisions about claims: appended, never changed."""

import json
import sqlite3
from typing import Any

from purport.errors import StoreError
from purport.model import Change, Judgement, Value, Verdict, hashed_id
from purport.store import log
from purport.verdicts import standing_words
from purport.wire import change_from_json, change_to_json, value_from_json, value_to_json

PLAIN_COLUMNS = "id, claim_id, verdict, value, note, coder, made_at, previous_id"
COLUMNS = f"{PLAIN_COLUMNS}, change"
KNOWN = (
    "SELECT EXISTS (SELECT 1 FROM claims WHERE id = :id) OR EXISTS (SELECT 1 FROM past_claims WHERE id = :id)"
    " OR EXISTS (SELECT 1 FROM additions WHERE id = :id AND kind = 'claim')"
)


def judge(
    connection: sqlite3.Connection,
    claim_id: str,
    *,
    verdict: Verdict,
    coder: str,
    value: Value | None = None,
    note: str = "",
    change: Change | None = None,
) -> Judgement:
    """Append a judgement inside the open transaction.

    Raises StoreError for an unknown claim, a correction of nothing, or if there is nothing to withdraw.
    """
    change = None if change == Change() else change
    before = judgements_of(connection, claim_id)
    _check(connection, claim_id, verdict=verdict, coder=coder, corrects=value is not None or bool(change and change.corrects))
    if verdict is Verdict.WITHDRAWN:
        _check_withdrawn(before, claim_id, coder=coder)
    previous, made_at = before[-1].id if before else None, log.now()
    said = (claim_id, verdict.value, value, note, coder, made_at, previous, *([change] if change else []))
    judgement = Judgement(hashed_id("jdg", *said), claim_id, verdict, value, note, coder, made_at, previous, change)
    entry = log.append(connection, "judge", subject=claim_id, detail=logged(_row(judgement)))
    connection.execute(
        f"INSERT INTO judgements ({COLUMNS}, log) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
        (*_row(judgement).values(), entry),
    )
    return judgement


def judgements_of(connection: sqlite3.Connection, claim_id: str) -> tuple[Judgement, ...]:
    """All judgements of a claim, oldest first."""
    sql = f"SELECT {columns_of(connection)} FROM judgements WHERE claim_id = ? ORDER BY key"  # noqa: S608 - constant
    return tuple(judgement_of(row) for row in connection.execute(sql, (claim_id,)))


def columns_of(connection: sqlite3.Connection) -> str:
    """The columns of a judgement; a file of an older schema that is open for reading only has no changes."""
    number = connection.execute("PRAGMA user_version").fetchone()[0]
    return COLUMNS if number >= 3 else f"{PLAIN_COLUMNS}, NULL"


def judgement_of(row: tuple[str, ...]) -> Judgement:
    """A judgement from its row (``COLUMNS``)."""
    judgement_id, claim_id, verdict, value, note, coder, made_at, previous, change = row
    right = value_from_json(json.loads(value)) if value else None
    more = change_from_json(json.loads(change)) if change else None
    return Judgement(judgement_id, claim_id, Verdict(verdict), right, note, coder, made_at, previous, more)


def logged(row: dict[str, Any]) -> dict[str, Any]:
    """What the log says of a judgement; one without a change is told as before there were any."""
    return {name: value for name, value in row.items() if name != "change" or value is not None}


def _row(judgement: Judgement) -> dict[str, object]:
    value, change = judgement.value, judgement.change
    return {
        "id": judgement.id,
        "claim_id": judgement.claim_id,
        "verdict": judgement.verdict.value,
        "value": None if value is None else json.dumps(value_to_json(value), ensure_ascii=False),
        "note": judgement.note,
        "coder": judgement.coder,
        "made_at": judgement.made_at,
        "previous_id": judgement.previous_id,
        "change": None if change is None else json.dumps(change_to_json(change), sort_keys=True),
    }


def _check(connection: sqlite3.Connection, claim_id: str, *, verdict: Verdict, coder: str, corrects: bool) -> None:
    if not connection.execute(KNOWN, {"id": claim_id}).fetchone()[0]:
        raise StoreError("no such claim", where=claim_id, remedy="give the whole id of a claim, as `purport show` prints it")
    if (verdict is Verdict.CORRECT) != corrects:
        raise StoreError(
            "a correction needs a value, or other evidence, voice or certainty, and only a correction has one",
            where=claim_id,
            remedy="give what is right, or accept or reject",
        )
    if not coder.strip():
        raise StoreError("a judgement needs the name of who judges", where=claim_id, remedy="give a coder")


def _check_withdrawn(before: tuple[Judgement, ...], claim_id: str, *, coder: str) -> None:
    if not any(word.coder == coder for word in standing_words(before)):
        raise StoreError(f"{coder} has decided nothing about this claim", where=claim_id, remedy="name the coder whose judgement it is")
