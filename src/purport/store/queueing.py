"""What of an event decides in which queue it waits for review; kept so that the next one is found at once."""

import sqlite3

from purport.model import Judgement
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
    connection.execute("UPDATE review_queue SET decided = ?, contested = ? WHERE event = ?", (decided, contested, event_id))
