"""Search: pages with the events that match, each with a snippet; the best first, or the newest if no words are asked for."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from purport.model import Event, Report, Span
from purport.store.conditions import Condition, Conditions, conditions_of
from purport.store.query import parse_query
from purport.store.reading import load_report

OPEN, CLOSE = "\x02", "\x03"  #: around the words found, as FTS5 hands a snippet over
SNIPPET_WORDS = 28
SNIPPET_CHARS = 120  #: before and after a trigger, where no words were asked for
TITLE_WEIGHT = 3.0  #: a word in the headline counts as three in the text
BATCH = 500  #: pages that an export looks up at once; SQLite allows 999 parameters even where it is old

Matching = set[tuple[int, str]]  #: key of a document and id of an event


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
    keys = _document_keys(connection, conditions)
    page = keys[offset : offset + limit]
    matching = _matching_events(connection, page, conditions=conditions)
    return Found(len(keys), offset, tuple(_hit(connection, key, conditions=conditions, matching=matching) for key in page))


def matching_keys(connection: sqlite3.Connection, query: str) -> list[int]:
    """The keys of the pages that match, in the order in which they were added."""
    return sorted(_document_keys(connection, conditions_of(parse_query(query))))


def matching_reports(connection: sqlite3.Connection, query: str, *, keys: Sequence[int] | None = None) -> Iterator[Report]:
    """Every report that matches (or of these that do), in the order in which it was added, with its matching events."""
    conditions = conditions_of(parse_query(query))
    chosen = sorted(_document_keys(connection, conditions)) if keys is None else list(keys)
    for start in range(0, len(chosen), BATCH):
        batch = chosen[start : start + BATCH]
        matching = _matching_events(connection, batch, conditions=conditions)
        for key in batch:
            report = load_report(connection, key)
            yield replace(report, events=_events(report, matching, key=key))


def matching_events_condition(query: str) -> Condition:
    """SQL that selects the ids of the events that match, with its parameters. Raises QueryError if the query makes no sense."""
    conditions = conditions_of(parse_query(query))
    on_documents, on_events = _joined(conditions.on_documents), _joined(conditions.on_events)
    words = "documents.key IN (SELECT rowid FROM page_words WHERE page_words MATCH ?)" if conditions.words is not None else "1"
    sql = (
        "SELECT events.id FROM events JOIN documents ON documents.key = events.document"  # noqa: S608 - values are parameters
        f" WHERE {words} AND {on_documents.sql} AND events.key IN (SELECT key FROM events WHERE {on_events.sql})"
    )
    matched = () if conditions.words is None else (conditions.words,)
    return Condition(sql, (*matched, *on_documents.parameters, *on_events.parameters))


def matching_event_ids(connection: sqlite3.Connection, query: str) -> Iterator[str]:
    """The events that match, in the order in which their pages were added and are read. Raises QueryError."""
    conditions = conditions_of(parse_query(query))
    keys = sorted(_document_keys(connection, conditions))
    condition = _joined(conditions.on_events)
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        sql = (
            f"SELECT events.id FROM events INDEXED BY events_by_document WHERE document IN ({', '.join('?' * len(batch))})"  # noqa: S608
            f" AND {condition.sql} ORDER BY document, events.key"
        )
        yield from (event for (event,) in connection.execute(sql, (*batch, *condition.parameters)))


def _joined(conditions: tuple[Condition, ...]) -> Condition:
    sql = " AND ".join(f"({condition.sql})" for condition in conditions) or "1"
    return Condition(sql, tuple(p for condition in conditions for p in condition.parameters))


def _on_documents(conditions: Conditions) -> Condition:
    """What a page must be, and that one of its events matches; its words are matched apart, to be ranked."""
    if not conditions.on_events:
        return _joined(conditions.on_documents)
    events = _joined(conditions.on_events)
    with_event = Condition(f"documents.key IN (SELECT document FROM events WHERE {events.sql})", events.parameters)  # noqa: S608
    return _joined((*conditions.on_documents, with_event))


def _document_keys(connection: sqlite3.Connection, conditions: Conditions) -> list[int]:
    """Every page that matches, in order: counting them and taking one page of them apart would cost the search twice."""
    condition = _on_documents(conditions)
    if conditions.words is None:
        sql = f"SELECT documents.key FROM documents WHERE {condition.sql} ORDER BY published DESC, documents.key"  # noqa: S608
        return [key for (key,) in connection.execute(sql, condition.parameters)]
    sql = (
        "SELECT documents.key FROM page_words CROSS JOIN documents ON documents.key = page_words.rowid"  # noqa: S608 - values are parameters
        f" WHERE page_words MATCH ? AND {condition.sql} ORDER BY bm25 (page_words, ?), documents.key"
    )
    return [key for (key,) in connection.execute(sql, (conditions.words, *condition.parameters, TITLE_WEIGHT))]


def _hit(connection: sqlite3.Connection, key: int, *, conditions: Conditions, matching: Matching | None) -> Hit:
    report = load_report(connection, key)
    events = _events(report, matching, key=key)
    if conditions.words is None:
        return Hit(report, events, _snippet_of_event(report, events))
    return Hit(report, events, _snippet_of_words(connection, key, words=conditions.words))


def _events(report: Report, matching: Matching | None, *, key: int) -> tuple[Event, ...]:
    if matching is None:
        return report.events
    return tuple(event for event in report.events if (key, event.id) in matching)


def _matching_events(connection: sqlite3.Connection, keys: list[int], *, conditions: Conditions) -> Matching | None:
    """Document and id of the events that match on these pages; None if the query asks for no event in particular.

    All pages at once, and by their documents: SQLite would else go through every event of a type for each page.
    """
    if not conditions.on_events:
        return None
    condition = _joined(conditions.on_events)
    sql = (
        f"SELECT document, events.id FROM events INDEXED BY events_by_document WHERE document IN ({', '.join('?' * len(keys))})"  # noqa: S608
        f" AND {condition.sql}"
    )
    return set(connection.execute(sql, (*keys, *condition.parameters)))


def _snippet_of_words(connection: sqlite3.Connection, key: int, *, words: str) -> Snippet:
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
