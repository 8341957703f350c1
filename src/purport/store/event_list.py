"""Events that match a query, by pages of a list."""

import sqlite3
from dataclasses import dataclass

from purport.store.conditions import conditions_of
from purport.store.query import parse_query


@dataclass(frozen=True, slots=True)
class ListedEvents:
    """One page of a list of events. ``total`` counts those of the store; ``found``: document and event, in the order they were added."""

    total: int
    found: tuple[tuple[str, str], ...]


def list_events(connection: sqlite3.Connection, query: str, *, limit: int, offset: int) -> ListedEvents:
    """Raises QueryError if the query makes no sense."""
    conditions = conditions_of(parse_query(query))
    parts = [*conditions.on_documents, *conditions.on_events]
    where = " AND ".join(f"({part.sql})" for part in parts) or "1"
    parameters = [value for part in parts for value in part.parameters]
    if conditions.words is not None:
        where += " AND documents.key IN (SELECT rowid FROM page_words WHERE page_words MATCH ?)"
        parameters.append(conditions.words)
    source = f"FROM events JOIN documents ON documents.key = events.document WHERE {where}"
    total: int = connection.execute(f"SELECT count(*) {source}", parameters).fetchone()[0]
    sql = f"SELECT documents.id, events.id {source} ORDER BY events.key LIMIT ? OFFSET ?"
    return ListedEvents(total, tuple(connection.execute(sql, (*parameters, limit, offset)).fetchall()))
