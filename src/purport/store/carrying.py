"""How sensitive an incident is outlives the page on which it was said: erasing a page must not make its incident less guarded."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from purport.decisions import SensitivityLevel
from purport.store import log
from purport.store.appending import append_rows
from purport.store.incidents import members_of
from purport.store.reviewing import Reviews

WHY = "carried over from a page that was erased"


@dataclass(frozen=True, slots=True)
class Level:
    """The level of an incident, and its events whose pages stay."""

    level: SensitivityLevel
    staying: tuple[str, ...]


def levels_before(connection: sqlite3.Connection, shared: Sequence[str]) -> tuple[Level, ...]:
    """What holds of the incidents of the pages that go, those that have other pages as well."""
    reviews, gone = Reviews(connection, where=""), {event for (event,) in connection.execute("SELECT id FROM temp.gone_events")}
    found = []
    for incident in shared:
        members = members_of(connection, incident)
        said = reviews.sensitivity(members)
        if said is not None:
            found.append(Level(said.level, tuple(event for event in members if event not in gone)))
    return tuple(found)


def carry_sensitivities(connection: sqlite3.Connection, levels: Sequence[Level], *, coder: str) -> None:
    """Say again of the events that stay what was said of those that went, where it was stricter."""
    reviews, order = Reviews(connection, where=""), list(SensitivityLevel)
    for before in levels:
        now = reviews.sensitivity(before.staying)
        if now is None or order.index(now.level) < order.index(before.level):
            made_at = log.now()
            rows = [
                {"event_id": event, "level": before.level.value, "why": WHY, "coder": coder, "made_at": made_at} for event in before.staying
            ]
            append_rows(connection, "sensitivities", rows=rows, subject=min(before.staying))
