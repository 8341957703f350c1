"""Are links, memberships and judgements about links as they were kept, and do incidents follow from them?"""

import json
import sqlite3
from collections.abc import Iterator

from purport.incident import incident_id
from purport.store.settling import decisions_digest

Finding = tuple[str, str]  #: id and what is broken

LINK_COLUMNS = "first, second, score, decision, reasons, by, made_at"
JUDGEMENT_COLUMNS = ("id", "first", "second", "verdict", "note", "coder", "made_at", "previous_id")


def broken_link_steps(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Steps of linking whose links and memberships are not those that the log knows, and rows that belong to no step."""
    steps = connection.execute("SELECT entry, detail FROM log WHERE action = 'link'").fetchall()
    for entry, detail in steps:
        links = connection.execute(f"SELECT {LINK_COLUMNS} FROM links WHERE log = ? ORDER BY key", (entry,))  # noqa: S608 - constant
        moves = connection.execute("SELECT event, incident FROM memberships WHERE log = ? ORDER BY key", (entry,))
        if decisions_digest(links, moves) != json.loads(detail).get("digest"):
            yield f"log {entry}", "its links and memberships are not those that were decided"
    for table in ("links", "memberships"):
        for (entry,) in connection.execute(
            f"SELECT DISTINCT log FROM {table} WHERE log NOT IN (SELECT entry FROM log WHERE action = 'link')"  # noqa: S608 - constant
        ):
            yield f"log {entry}", f"is no step of linking, and {table} name it"


def broken_link_judgements(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Judgements about links that are not those in the log."""
    columns = ", ".join(f"link_judgements.{name}" for name in JUDGEMENT_COLUMNS)
    rows = connection.execute(f"SELECT {columns}, detail FROM link_judgements LEFT JOIN log ON log.entry = log")  # noqa: S608 - constant
    for *row, detail in rows:
        if json.loads(detail or "{}") != dict(zip(JUDGEMENT_COLUMNS, row, strict=True)):
            yield row[0], "the judgement is not the one in the log"
    lost = connection.execute(
        "SELECT json_extract(detail, '$.id') FROM log WHERE action = 'judge link' AND detail != '{}'"
        " AND json_extract(detail, '$.id') NOT IN (SELECT id FROM link_judgements)"
    )
    for (identity,) in lost:
        yield str(identity), "the log knows this judgement, and it is not there"


def broken_incidents(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Incidents that are not what the memberships say, or whose id is not that of their smallest event."""
    rows = connection.execute(
        "SELECT incident_members.event, incident_members.incident, last.incident FROM incident_members LEFT JOIN memberships AS last"
        " ON last.key = (SELECT max(key) FROM memberships WHERE memberships.event = incident_members.event)"
    )
    for event, incident, kept in rows:
        if incident != kept:
            yield event, f"stands in {incident}, and was last put in {kept}"
    firsts = connection.execute("SELECT incident, min(event), count(*), count(DISTINCT document) FROM incident_members GROUP BY incident")
    for incident, first, _, pages in firsts.fetchall():
        if incident_id((first,)) != incident:
            yield incident, f"is not the id of its smallest event, {first}"
        row = connection.execute("SELECT pages FROM incidents WHERE id = ?", (incident,)).fetchone()
        if row is None or row[0] != pages:
            yield incident, "its row is not that of its pages"
    for (incident,) in connection.execute("SELECT id FROM incidents WHERE id NOT IN (SELECT incident FROM incident_members)"):
        yield incident, "has no events"
    for (event,) in connection.execute(
        "SELECT event FROM incident_members WHERE event NOT IN (SELECT event FROM profiles) AND event NOT IN (SELECT event FROM unsettled)"
    ):
        yield event, "stands in an incident and was not compared"
