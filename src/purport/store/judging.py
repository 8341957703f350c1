"""People's decisions about claims: appended, never changed."""

import json
import sqlite3

from purport.errors import StoreError
from purport.model import Judgement, Value, Verdict, hashed_id
from purport.store import log
from purport.wire import value_from_json, value_to_json

COLUMNS = "id, claim_id, verdict, value, note, coder, made_at, previous_id"


def judge(
    connection: sqlite3.Connection, claim_id: str, *, verdict: Verdict, coder: str, value: Value | None = None, note: str = ""
) -> Judgement:
    """Append a judgement inside the open transaction. Raises StoreError for an unknown claim or a correction without a value."""
    _check(connection, claim_id, verdict=verdict, coder=coder, value=value)
    before = judgements_of(connection, claim_id)
    previous, made_at = before[-1].id if before else None, log.now()
    judgement_id = hashed_id("jdg", claim_id, verdict.value, value, note, coder, made_at, previous)
    judgement = Judgement(judgement_id, claim_id, verdict, value, note, coder, made_at, previous)
    entry = log.append(connection, "judge", subject=claim_id, detail=_row(judgement))
    columns = (
        "INSERT INTO judgements (id, claim_id, verdict, value, note, coder, made_at, previous_id, log) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    connection.execute(*columns, (*_row(judgement).values(), entry))
    return judgement


def judgements_of(connection: sqlite3.Connection, claim_id: str) -> tuple[Judgement, ...]:
    """All judgements of a claim, oldest first."""
    sql = f"SELECT {COLUMNS} FROM judgements WHERE claim_id = ? ORDER BY key"  # noqa: S608 - constant
    return tuple(judgement_of(row) for row in connection.execute(sql, (claim_id,)))


def judgement_of(row: tuple[str, ...]) -> Judgement:
    """A judgement from its row (``COLUMNS``)."""
    judgement_id, claim_id, verdict, value, *rest = row
    return Judgement(judgement_id, claim_id, Verdict(verdict), value_from_json(json.loads(value)) if value else None, *rest)


def _row(judgement: Judgement) -> dict[str, object]:
    value = judgement.value
    return {
        "id": judgement.id,
        "claim_id": judgement.claim_id,
        "verdict": judgement.verdict.value,
        "value": None if value is None else json.dumps(value_to_json(value), ensure_ascii=False),
        "note": judgement.note,
        "coder": judgement.coder,
        "made_at": judgement.made_at,
        "previous_id": judgement.previous_id,
    }


def _check(connection: sqlite3.Connection, claim_id: str, *, verdict: Verdict, coder: str, value: Value | None) -> None:
    known = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM claims WHERE id = ?) OR EXISTS (SELECT 1 FROM past_claims WHERE id = ?)", (claim_id, claim_id)
    ).fetchone()[0]
    if not known:
        raise StoreError("no such claim", where=claim_id, remedy="give the whole id of a claim, as `purport show` prints it")
    if (verdict is Verdict.CORRECT) != (value is not None):
        raise StoreError(
            "a correction needs a value, and only a correction has one", where=claim_id, remedy="give the right value, or accept or reject"
        )
    if not coder.strip():
        raise StoreError("a judgement needs the name of who judges", where=claim_id, remedy="give a coder")
