"""Rows of coding rounds: written once, read as records."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from purport.decisions import Answer, Coding, Round, Unit
from purport.errors import StoreError
from purport.model import Span, digest_of, hashed_id
from purport.store import log
from purport.store.reading import load_report
from purport.wire import canonical

ROUND_COLUMNS = "rounds.key, id, name, fields, coders, blind, made_by, made_at, chosen"
CODING_COLUMNS = "codings.id, rounds.id, event, coder, answers, codings.made_at, seconds, is_adjudication, is_event, comment"
LONGEST = 4_000  #: characters of a comment


def units_now(connection: sqlite3.Connection, events: Sequence[str]) -> list[Unit]:
    """The events as they stand now, in the order given. Raises StoreError for one that no page tells of."""
    places = {event: _page_of(connection, event) for event in events}
    known: dict[str, Unit] = {}
    for key in dict.fromkeys(places.values()):
        report = load_report(connection, key)
        known |= {event.id: Unit(event.id, report.document.id, event.triggers) for event in report.events if event.id in places}
    return [known[event] for event in events]


def _page_of(connection: sqlite3.Connection, event_id: str) -> int:
    row = connection.execute("SELECT document FROM events WHERE id = ?", (event_id,)).fetchone()
    if row is None:
        raise StoreError("no such event", where=event_id, remedy="choose events that are read from their pages")
    return int(row[0])


def no_unit(event_id: str) -> NoReturn:
    """Raises StoreError."""
    raise StoreError("this event is not in the round", where=event_id, remedy="go back to the round")


def insert_round(connection: sqlite3.Connection, made: Round, *, units: Iterable[Unit]) -> None:
    """Keep a round and its units inside the open transaction."""
    detail = {
        "name": made.name,
        "units": list(made.units),
        "fields": list(made.fields),
        "coders": list(made.coders),
        "blind": made.blind,
        "chosen": made.chosen,
        "by": made.made_by,
    }
    entry = log.append(connection, "make round", subject=made.id, detail=detail)
    fields, coders = json.dumps(made.fields), json.dumps(made.coders, ensure_ascii=False)
    row = (made.id, made.name, fields, coders, made.blind, made.chosen, made.made_by, made.made_at, entry)
    key = connection.execute(
        "INSERT INTO rounds (id, name, fields, coders, blind, chosen, made_by, made_at, log) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row
    ).lastrowid
    connection.executemany(
        "INSERT INTO round_units (round, event, document, triggers) VALUES (?, ?, ?, ?)",
        [(key, unit.event_id, unit.document_id, json.dumps([[span.start, span.end] for span in unit.triggers])) for unit in units],
    )


# ------------------------------------------------------------------ rows
def round_of(connection: sqlite3.Connection, row: tuple[int, str, str, str, str, int, str, str, str]) -> Round:
    """A round from its row (``ROUND_COLUMNS``), with its units and who has handed in."""
    key, round_id, name, fields, coders, blind, made_by, made_at, chosen = row
    units = tuple(event for (event,) in connection.execute("SELECT event FROM round_units WHERE round = ? ORDER BY key", (key,)))
    ends = dict(connection.execute("SELECT coder, made_at FROM round_ends WHERE round = ?", (key,)).fetchall())
    is_closed = ends.pop(None, None) is not None
    return Round(
        round_id,
        name,
        units,
        tuple(json.loads(fields)),
        tuple(json.loads(coders)),
        bool(blind),
        made_by,
        made_at,
        is_closed,
        chosen,
        ends,
    )


def coding_of(row: tuple[str, str, str, str, str, str, float, int, int, str]) -> Coding:
    """A coding from its row (``CODING_COLUMNS``)."""
    coding_id, round_id, event, coder, answers, made_at, seconds, is_adjudication, is_event, comment = row
    told = {name: Answer(said["value"], spans_of(said["spans"]), said["note"]) for name, said in json.loads(answers).items()}
    return Coding(coding_id, round_id, event, coder, told, made_at, seconds, bool(is_adjudication), bool(is_event), comment)


def spans_of(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _told(answers: Mapping[str, Answer]) -> str:
    return canonical(
        {
            name: {"value": answer.value, "spans": [[span.start, span.end] for span in answer.spans], "note": answer.note}
            for name, answer in answers.items()
        }
    ).decode()


def append_coding(connection: sqlite3.Connection, round_: Round, *, given: Coding) -> Coding:
    """Keep a coding. The log gets its digest alone: others may read the log while the round is blind."""
    if given.event_id not in round_.units:
        no_unit(given.event_id)
    allowed = {*round_.fields, "event"} if given.is_adjudication else set(round_.fields)
    if unknown := set(given.answers) - allowed:
        raise StoreError(f"{', '.join(sorted(unknown))} is not asked in this round", where=round_.name, remedy="answer its fields")
    if len(given.comment) > LONGEST or any(len(answer.note) > LONGEST for answer in given.answers.values()):
        raise StoreError(f"a comment has at most {LONGEST:,} characters", where=round_.name, remedy="shorten it")
    told = _told(given.answers)
    last = connection.execute("SELECT max(key) FROM codings").fetchone()[0] or 0
    row = [given.event_id, given.coder, given.is_event, told, given.comment, given.seconds, given.is_adjudication, given.made_at]
    coding_id = hashed_id("cod", round_.id, *row, last)
    action = "adjudicate" if given.is_adjudication else "code"
    detail = {"round": round_.id, "coding": coding_id, "coder": given.coder, "digest": digest_of(canonical([coding_id, *row]))}
    entry = log.append(connection, action, subject=given.event_id, detail=detail)
    connection.execute(
        "INSERT INTO codings (id, round, event, coder, is_event, answers, comment, seconds, is_adjudication, made_at, log)"
        " VALUES (?, (SELECT key FROM rounds WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (coding_id, round_.id, *row, entry),
    )
    return replace(given, id=coding_id)


def end_round(connection: sqlite3.Connection, round_: Round, *, coder: str | None, by: str) -> None:
    """A coder hands in, or without a coder the round is closed; inside the open transaction."""
    action = "close round" if coder is None else "hand in"
    entry = log.append(connection, action, subject=round_.id, detail={"by": by})
    connection.execute(
        "INSERT INTO round_ends (round, coder, made_by, made_at, log) VALUES ((SELECT key FROM rounds WHERE id = ?), ?, ?, ?, ?)",
        (round_.id, coder, by, log.now(), entry),
    )
