"""What is hidden from a coder who codes blind: all that would tell what the machine, or anybody else, made of the events."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from purport.decisions import Unit

BATCH = 400  #: ids asked for at once


@dataclass(frozen=True, slots=True)
class Hidden:
    """What one coder may not see yet, by id. ``rounds``: name by id of the rounds for which it is hidden."""

    rounds: Mapping[str, str] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()  #: documents, their events and claims, and the incidents that hold these

    def __bool__(self) -> bool:
        return bool(self.rounds)


def ids_about(connection: sqlite3.Connection, units: Iterable[Unit]) -> frozenset[str]:
    """The units; their pages and every page of their incidents, since copies tell the same; events, claims and incidents of these pages."""
    units = tuple(units)
    events = {unit.event_id for unit in units}
    pages = {unit.document_id for unit in units} | _each(connection, _PAGES, ids=events)
    told = _each(connection, _EVENTS, ids=pages)
    return frozenset(events | pages | told | _each(connection, _CLAIMS, ids=pages) | _each(connection, _INCIDENTS, ids=pages))


#: Every page of the incidents that hold these events.
_PAGES = (
    "SELECT documents.id FROM incident_members AS own JOIN incident_members AS other ON other.incident = own.incident"
    " JOIN documents ON documents.key = other.document WHERE own.event IN ({marks})"
)
_EVENTS = "SELECT events.id FROM documents JOIN events ON events.document = documents.key WHERE documents.id IN ({marks})"
_CLAIMS = (
    "SELECT claims.id FROM documents JOIN events ON events.document = documents.key JOIN claims ON claims.event = events.key"
    " WHERE documents.id IN ({marks})"
)
_INCIDENTS = (
    "SELECT incident FROM documents JOIN incident_members ON incident_members.document = documents.key WHERE documents.id IN ({marks})"
)


def _each(connection: sqlite3.Connection, sql: str, *, ids: Iterable[str]) -> set[str]:
    return {
        found for batch in _batches(sorted(ids)) for (found,) in connection.execute(sql.format(marks=", ".join("?" * len(batch))), batch)
    }


def _batches(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
