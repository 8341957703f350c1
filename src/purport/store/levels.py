"""Pages by how sensitive people said their incidents are."""

import sqlite3
from collections.abc import Iterable

from purport.decisions import SensitivityLevel
from purport.store.connection import schema_of
from purport.store.incidents import members_of
from purport.store.reviewing import Reviews


def documents_of_level(connection: sqlite3.Connection, level: SensitivityLevel) -> frozenset[str]:
    """Ids of the pages with an event of an incident of that level, the strictest that holds of any of its events."""
    if schema_of(connection) < 3:
        return frozenset()
    said = connection.execute("SELECT DISTINCT event_id FROM sensitivities WHERE level = ?", (level.value,)).fetchall()
    reviews, found = Reviews(connection, where=""), set()
    for members in {_incident_of(connection, event) for (event,) in said}:
        holding = reviews.sensitivity(members)
        if holding is not None and holding.level is level:
            found |= {document for event in members for document in _documents_of(connection, event)}
    return frozenset(found)


def incidents_with(connection: sqlite3.Connection, documents: Iterable[str]) -> frozenset[str]:
    """The ids of the incidents that any of these pages tells of."""
    sql = (
        "SELECT DISTINCT incident FROM incident_members JOIN documents ON documents.key = incident_members.document WHERE documents.id = ?"
    )
    return frozenset(incident for document in documents for (incident,) in connection.execute(sql, (document,)))


def _incident_of(connection: sqlite3.Connection, event: str) -> tuple[str, ...]:
    """All events of the event's incident; itself alone before incidents were made."""
    row = connection.execute("SELECT incident FROM incident_members WHERE event = ?", (event,)).fetchone()
    return members_of(connection, row[0]) if row else (event,)


def _documents_of(connection: sqlite3.Connection, event: str) -> list[str]:
    rows = connection.execute(
        "SELECT documents.id FROM documents JOIN events ON events.document = documents.key WHERE events.id = :id"
        " UNION SELECT documents.id FROM documents JOIN incident_members ON incident_members.document = documents.key WHERE event = :id"
        " UNION SELECT document_id FROM additions WHERE event_id = :id",
        {"id": event},
    )
    return [document for (document,) in rows]
