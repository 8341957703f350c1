"""What of an event decides in which queue it waits for review; kept so that the next one is found at once."""

import json
import sqlite3
from collections.abc import Iterable

from purport.model import Judgement
from purport.store import log
from purport.store.appending import Row
from purport.store.judging import COLUMNS, judgement_of
from purport.verdicts import holding_of

EVENTS_OF_CLAIM = (
    "SELECT events.id FROM claims JOIN events ON events.key = claims.event WHERE claims.id = :id"
    " UNION SELECT event_id FROM additions WHERE id = :id AND event_id IS NOT NULL"
)
JUDGED = (
    f"SELECT {COLUMNS} FROM judgements WHERE claim_id IN"  # noqa: S608 - constant
    " (SELECT claims.id FROM events JOIN claims ON claims.event = events.key WHERE events.id = :id"
    " UNION SELECT id FROM additions WHERE event_id = :id AND kind = 'claim') ORDER BY key"
)


def requeue_claim(connection: sqlite3.Connection, claim_id: str) -> None:
    """Bring the queue up to date for the event of a claim, in the open transaction."""
    for (event,) in connection.execute(EVENTS_OF_CLAIM, {"id": claim_id}).fetchall():
        requeue(connection, event)


def requeue(connection: sqlite3.Connection, event_id: str) -> None:
    """Count again what people decided of an event, in the open transaction."""
    said: dict[str, list[Judgement]] = {}
    for row in connection.execute(JUDGED, {"id": event_id}):
        judgement = judgement_of(row)
        said.setdefault(judgement.claim_id, []).append(judgement)
    held = [holding_of(words) for words in said.values()]
    decided, contested = sum(each.last is not None for each in held), any(each.is_contested for each in held)
    connection.execute(
        "UPDATE review_queue SET decided = ?, contested = ?, done = ? WHERE event = ?",
        (decided, contested, _is_done(connection, event_id), event_id),
    )


def _is_done(connection: sqlite3.Connection, event_id: str) -> bool:
    said: list[str] = []
    for (state,) in connection.execute("SELECT state FROM review_marks WHERE event_id = ? ORDER BY key", (event_id,)):
        if state != "withdrawn":
            said.append(state)
        elif said:
            said.pop()
    return said[-1:] == ["done"]


def queue_additions(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Bring the queue up to date for rows of ``additions``: an added event waits like others, one taken back does not."""
    for row in rows:
        if row["kind"] == "event" and row["state"] == "added":
            values = (row["event_id"], row["document_id"], json.loads(str(row["record"]))["type"])
            connection.execute("INSERT OR IGNORE INTO review_queue VALUES (?, ?, ?, 0, 0, 1.0, 0, 0, 0)", values)
        elif row["kind"] == "event":
            sql = "DELETE FROM review_queue WHERE event = :id AND event NOT IN (SELECT id FROM events WHERE id = :id)"
            connection.execute(sql, {"id": row["event_id"]})
        requeue(connection, str(row["event_id"]))


def withdrawing_row(connection: sqlite3.Connection, id: str, *, coder: str) -> Row:
    """The row that takes back what a coder added."""
    columns = ("id", "kind", "document_id", "event_id", "record", "words")
    sql = f"SELECT {', '.join(columns)} FROM additions WHERE id = ? AND coder = ? ORDER BY key DESC LIMIT 1"  # noqa: S608 - constant
    row = connection.execute(sql, (id, coder)).fetchone()
    return {**dict(zip(columns, row, strict=True)), "state": "withdrawn", "coder": coder, "made_at": log.now()}
