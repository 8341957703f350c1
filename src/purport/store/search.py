"""Search: pages with the events that match, each with a snippet; the best first, or the newest if no words are asked for."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace

from purport.model import Event, Report, Span
from purport.store.conditions import Condition, Conditions, conditions_of
from purport.store.query import parse_query
from purport.store.reading import load_report

OPEN, CLOSE = "\x02", "\x03"  #: around the words found, as FTS5 hands a snippet over
SNIPPET_WORDS = 28
SNIPPET_CHARS = 120  #: before and after a trigger, where no words were asked for
TITLE_WEIGHT = 3.0  #: a word in the headline counts as three in the text


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of the page; ``marks`` are the spans in it of what was found."""

    text: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that matches, with its matching events (all of them if the query asks for none in particular)."""

    report: Report
    events: tuple[Event, ...]
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results. ``total`` counts pages of the store, ``offset`` those before this one."""

    total: int
    offset: int
    hits: tuple[Hit, ...]


def search(connection: sqlite3.Connection, query: str, *, limit: int, offset: int) -> Found:
    """Raises QueryError if the query makes no sense."""
    conditions = conditions_of(parse_query(query))
    total = _count(connection, conditions)
    keys = _document_keys(connection, conditions, limit=limit, offset=offset)
    return Found(total, offset, tuple(_hit(connection, key, conditions) for key in keys))


def matching_reports(connection: sqlite3.Connection, query: str) -> Iterator[Report]:
    """Every report that matches, in the order in which it was added, with its matching events."""
    conditions = conditions_of(parse_query(query))
    condition = _on_documents(conditions)
    sql = f"SELECT documents.key FROM documents WHERE {condition.sql} ORDER BY documents.key"  # noqa: S608 - values are parameters
    for (key,) in connection.execute(sql, condition.parameters).fetchall():
        report = load_report(connection, key)
        yield replace(report, events=_matching_events(connection, key, report=report, conditions=conditions))


def _joined(conditions: tuple[Condition, ...]) -> Condition:
    sql = " AND ".join(f"({condition.sql})" for condition in conditions) or "1"
    return Condition(sql, tuple(p for condition in conditions for p in condition.parameters))


def _on_documents(conditions: Conditions, *, with_words: bool = True) -> Condition:
    parts = list(conditions.on_documents)
    if conditions.words is not None and with_words:
        parts.append(Condition("documents.key IN (SELECT rowid FROM page_words WHERE page_words MATCH ?)", (conditions.words,)))
    if conditions.on_events:
        events = _joined(conditions.on_events)
        parts.append(Condition(f"documents.key IN (SELECT document FROM events WHERE {events.sql})", events.parameters))  # noqa: S608
    return _joined(tuple(parts))


def _count(connection: sqlite3.Connection, conditions: Conditions) -> int:
    condition = _on_documents(conditions)
    sql = f"SELECT count(*) FROM documents WHERE {condition.sql}"  # noqa: S608 - values are parameters
    total: int = connection.execute(sql, condition.parameters).fetchone()[0]
    return total


def _document_keys(connection: sqlite3.Connection, conditions: Conditions, *, limit: int, offset: int) -> list[int]:
    page = (limit, offset)
    if conditions.words is None:
        condition = _on_documents(conditions)
        sql = f"SELECT documents.key FROM documents WHERE {condition.sql} ORDER BY published DESC, documents.key LIMIT ? OFFSET ?"  # noqa: S608
        return [key for (key,) in connection.execute(sql, (*condition.parameters, *page))]
    condition = _on_documents(conditions, with_words=False)
    sql = (
        "SELECT documents.key FROM page_words JOIN documents ON documents.key = page_words.rowid"  # noqa: S608 - values are parameters
        f" WHERE page_words MATCH ? AND {condition.sql} ORDER BY bm25 (page_words, ?), documents.key LIMIT ? OFFSET ?"
    )
    return [key for (key,) in connection.execute(sql, (conditions.words, *condition.parameters, TITLE_WEIGHT, *page))]


def _hit(connection: sqlite3.Connection, key: int, conditions: Conditions) -> Hit:
    report = load_report(connection, key)
    events = _matching_events(connection, key, report=report, conditions=conditions)
    if conditions.words is None:
        return Hit(report, events, _snippet_of_event(report, events))
    return Hit(report, events, _snippet_of_words(connection, key, conditions.words))


def _matching_events(connection: sqlite3.Connection, key: int, *, report: Report, conditions: Conditions) -> tuple[Event, ...]:
    if not conditions.on_events:
        return report.events
    condition = _joined(conditions.on_events)
    sql = f"SELECT events.id FROM events WHERE events.document = ? AND {condition.sql}"  # noqa: S608 - values are parameters
    ids = {row[0] for row in connection.execute(sql, (key, *condition.parameters))}
    return tuple(event for event in report.events if event.id in ids)


def _snippet_of_words(connection: sqlite3.Connection, key: int, words: str) -> Snippet:
    sql = "SELECT snippet (page_words, 1, ?, ?, '…', ?) FROM page_words WHERE page_words MATCH ? AND rowid = ?"
    row = connection.execute(sql, (OPEN, CLOSE, SNIPPET_WORDS, words, key)).fetchone()
    return _marked(row[0] if row else "")


def _marked(text: str) -> Snippet:
    """The snippet without FTS5's marks, and where they stood."""
    plain, marks, opened = "", [], None
    for piece in re.split(f"([{OPEN}{CLOSE}])", text):
        if piece == OPEN:
            opened = len(plain)
        elif piece == CLOSE and opened is not None:
            marks.append(Span(opened, len(plain)))
        elif piece != CLOSE:
            plain += piece
    return Snippet(plain, tuple(marks))


def _snippet_of_event(report: Report, events: tuple[Event, ...]) -> Snippet:
    text = report.document.text
    spans = [span for event in events[:1] for span in event.triggers[:1]]
    if not spans:
        return Snippet(text[: 2 * SNIPPET_CHARS].strip())
    found = spans[0]
    start = text.rfind(" ", 0, max(found.start - SNIPPET_CHARS, 0)) + 1
    end = text.find(" ", found.end + SNIPPET_CHARS)
    end = len(text) if end < 0 else end
    return Snippet(text[start:end], (Span(found.start - start, found.end - start),))
