"""The pages on which a word stands: first those whose events name somebody so, then those of whose claims people wrote it, then any."""

import sqlite3
from collections.abc import Iterator

from purport.store.conditions import quoted
from purport.store.connection import schema_of
from purport.store.query import Value

NAMED = (
    "SELECT DISTINCT documents.id FROM event_words JOIN events ON events.key = event_words.rowid"
    " JOIN documents ON documents.key = events.document WHERE event_words MATCH ? LIMIT ?"
)
WRITTEN = "SELECT documents.id FROM page_words JOIN documents ON documents.key = page_words.rowid WHERE page_words MATCH ? LIMIT ?"
JUDGED = (
    "SELECT DISTINCT documents.id FROM judgements JOIN claims ON claims.id = judgements.claim_id JOIN events ON events.key = claims.event"
    " JOIN documents ON documents.key = events.document"
    " WHERE instr (judgements.value, ?) OR instr (judgements.value, ?) OR instr (judgements.value, ?) OR instr (judgements.value, ?)"
    " LIMIT ?"
)
ADDED = (
    "SELECT DISTINCT document_id FROM additions"
    " WHERE instr (record, ?) OR instr (record, ?) OR instr (record, ?) OR instr (record, ?) LIMIT ?"
)


def pages_mentioning(connection: sqlite3.Connection, word: str, *, most: int) -> tuple[str, ...]:
    """Ids of pages that hold the word, of each sort at most so many."""
    return tuple(dict.fromkeys(_found(connection, word, most=most)))


def _found(connection: sqlite3.Connection, word: str, *, most: int) -> Iterator[str]:
    phrase, written = quoted(Value(word)), (word, word.lower(), word.upper(), word.capitalize())
    questions: list[tuple[str, tuple[str, ...]]] = [
        (NAMED, (f"{{target name source}} : {phrase}",)),
        (WRITTEN, (phrase,)),
        (JUDGED, written),
    ]
    questions += [(ADDED, written)] if schema_of(connection) >= 3 else []
    for sql, asked in questions:
        yield from (page for (page,) in connection.execute(sql, (*asked, most)))
