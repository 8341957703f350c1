"""One page into the file, in the open transaction: capture, sighting, text, reading, and the rows that are searched."""

import json
import sqlite3
from collections.abc import Mapping
from enum import StrEnum

from purport.errors import InputError
from purport.model import Capture, Document, Event, Failure, Report, digest_of, hashed_id
from purport.store import log
from purport.store.reading import report_of_reading
from purport.store.record import compressed, record_of
from purport.store.rows import attribution_row, claim_row, event_row, event_words, place_box
from purport.store.tombstones import refuse_erased

SEE = "INSERT OR IGNORE INTO sightings (capture, origin, url, retrieved_at, hints) VALUES (?, ?, ?, ?, ?)"


class Outcome(StrEnum):
    """What became of one page."""

    NEW = "new"
    SEEN = "seen again"  #: nothing to keep but, maybe, where it was met
    REREAD = "read again"
    FAILED = "failed"


def add_report(
    connection: sqlite3.Connection, capture: Capture, *, report: Report, options: Mapping[str, str], action: str = "add"
) -> Outcome:
    """Keep a page and what it reports. Raises InputError if the page itself cannot be kept."""
    record = record_of(report)
    reading_id = hashed_id("rdg", capture.id, report.reader, dict(options), digest_of(record))
    refuse_erased(connection, capture.digest, where=capture.origin)
    _check(connection, capture, report=report)
    if _current_reading(connection, capture.id) == reading_id:
        see_again(connection, capture)
        return Outcome.SEEN
    entry = log.append(
        connection, action, subject=report.document.id, detail=_detail(capture, report, reading_id=reading_id, record=record)
    )
    capture_key = _keep_capture(connection, capture, entry=entry)
    reading_key = _keep_reading(connection, reading_id, capture_key=capture_key, report=report, record=record, options=options, entry=entry)
    known = _make_current(connection, reading_key, capture_key=capture_key, report=report)
    connection.execute("DELETE FROM failures WHERE capture = ? OR place = ?", (capture_key, capture.origin))
    return Outcome.REREAD if known else Outcome.NEW


def add_failure(connection: sqlite3.Connection, failure: Failure, *, capture: Capture | None) -> Outcome:
    """Keep a page that could not be read, with the reason; without a capture, the reason alone."""
    capture_key = None
    if capture is not None:
        refuse_erased(connection, capture.digest, where=capture.origin)
        capture_key = _capture_key(connection, capture.id)
        if capture_key is None:
            _check_digest(capture)
            entry = log.append(connection, "fail", subject=capture.id, detail={"digest": capture.digest, "what": failure.what})
            capture_key = _keep_capture(connection, capture, entry=entry)
        see_again(connection, capture)
    row = (failure.where, failure.stage, failure.what, failure.remedy, capture_key)
    connection.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?)", row)
    return Outcome.FAILED


def _check(connection: sqlite3.Connection, capture: Capture, *, report: Report) -> None:
    _check_digest(capture)
    document = report.document
    other = connection.execute(
        "SELECT captures.id FROM documents JOIN captures ON captures.key = documents.capture WHERE documents.id = ? AND captures.id != ?",
        (document.id, capture.id),
    ).fetchone()
    if other:
        raise InputError(f"document {document.id} is already kept from {other[0]}", where=capture.origin, remedy="give it another id")
    try:
        document.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError("its text holds characters that are not Unicode", where=capture.origin, remedy="mend its encoding") from error


def _check_digest(capture: Capture) -> None:
    if digest_of(capture.content) != capture.digest:
        raise InputError(f"its bytes are not those of {capture.digest}", where=capture.origin, remedy="capture it again")


def _detail(capture: Capture, report: Report, *, reading_id: str, record: bytes) -> dict[str, object]:
    return {
        "capture": capture.id,
        "digest": capture.digest,
        "origin": capture.origin,
        "reading": reading_id,
        "record": digest_of(record),
        "reader": report.reader,
    }


def _current_reading(connection: sqlite3.Connection, capture_id: str) -> str | None:
    row = connection.execute(
        "SELECT readings.id FROM captures JOIN documents ON documents.capture = captures.key"
        " JOIN readings ON readings.key = documents.reading WHERE captures.id = ?",
        (capture_id,),
    ).fetchone()
    return row[0] if row else None


def _capture_key(connection: sqlite3.Connection, capture_id: str) -> int | None:
    row = connection.execute("SELECT key FROM captures WHERE id = ?", (capture_id,)).fetchone()
    return row[0] if row else None


def _keep_capture(connection: sqlite3.Connection, capture: Capture, *, entry: int) -> int:
    key = _capture_key(connection, capture.id)
    if key is None:
        content = (capture.digest, len(capture.content), compressed(capture.content))
        connection.execute("INSERT OR IGNORE INTO contents VALUES (?, ?, ?)", content)
        row = (capture.id, capture.digest, capture.media_type, capture.charset, entry)
        cursor = connection.execute("INSERT INTO captures (id, digest, media_type, charset, log) VALUES (?, ?, ?, ?, ?)", row)
        key = cursor.lastrowid
    assert key is not None  # noqa: S101 - SQLite gives every inserted row a key
    connection.execute(SEE, (key, *_sighting(capture)))
    return key


def _sighting(capture: Capture) -> tuple[str, str, str, str]:
    retrieved_at = capture.retrieved_at.isoformat() if capture.retrieved_at else ""
    return capture.origin, capture.url or "", retrieved_at, json.dumps(dict(capture.hints), sort_keys=True)


def see_again(connection: sqlite3.Connection, capture: Capture) -> None:
    """Note where a known capture was met, if it is a new place or time."""
    sighting = (_capture_key(connection, capture.id), *_sighting(capture))
    if connection.execute(SEE, sighting).rowcount > 0:
        log.append(connection, "see", subject=capture.id, detail={"origin": capture.origin, "url": capture.url})


def _keep_text(connection: sqlite3.Connection, text: str) -> int:
    digest = digest_of(text.encode("utf-8"))
    connection.execute("INSERT OR IGNORE INTO texts (digest, text) VALUES (?, ?)", (digest, text))
    key: int = connection.execute("SELECT key FROM texts WHERE digest = ?", (digest,)).fetchone()[0]
    return key


def _keep_reading(
    connection: sqlite3.Connection,
    reading_id: str,
    *,
    capture_key: int,
    report: Report,
    record: bytes,
    options: Mapping[str, str],
    entry: int,
) -> int:
    text_key = _keep_text(connection, report.document.text)
    said = json.dumps(dict(options), sort_keys=True)
    made = (report.document.id, report.reader, said, log.now(), text_key, digest_of(record), compressed(record), entry)
    connection.execute(
        "INSERT OR IGNORE INTO readings (id, capture, document_id, reader, options, made_at, text, digest, record, log)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (reading_id, capture_key, *made),
    )
    key: int = connection.execute("SELECT key FROM readings WHERE id = ?", (reading_id,)).fetchone()[0]
    return key


def _make_current(connection: sqlite3.Connection, reading_key: int, *, capture_key: int, report: Report) -> bool:
    """Let the searched rows be those of this reading; says whether the document was known."""
    known = connection.execute("SELECT key, reading FROM documents WHERE capture = ?", (capture_key,)).fetchone()
    if known:
        _retire(connection, known[0], reading_key=known[1], report=report)
    text_key = connection.execute("SELECT text FROM readings WHERE key = ?", (reading_key,)).fetchone()[0]
    row = (capture_key, reading_key, text_key, *_header(report.document))
    document_key = _replace_document(connection, row, key=known[0] if known else None)
    _index(connection, document_key, report=report)
    return known is not None


def _header(document: Document) -> tuple[str | None, ...]:
    return document.id, document.title, document.outlet, document.published, document.language, document.url, document.unread


def _replace_document(connection: sqlite3.Connection, row: tuple[object, ...], *, key: int | None) -> int:
    cursor = connection.execute(
        "INSERT INTO documents (key, capture, reading, text, id, title, outlet, published, language, url, unread)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET reading = excluded.reading, text = excluded.text, id = excluded.id, title = excluded.title,"
        " outlet = excluded.outlet, published = excluded.published, language = excluded.language, url = excluded.url,"
        " unread = excluded.unread",
        (key, *row),
    )
    document_key = key if key is not None else cursor.lastrowid
    assert document_key is not None  # noqa: S101 - SQLite gives every inserted row a key
    return document_key


def _retire(connection: sqlite3.Connection, document_key: int, *, reading_key: int, report: Report) -> None:
    """Take the rows of the current reading out of the searched tables; claims that the new report lacks stay as past claims."""
    kept = {claim.id for event in report.events for claim in event.claims}
    for event in report_of_reading(connection, reading_key).events:
        gone = [(claim.id, reading_key, event.id) for claim in event.claims if claim.id not in kept]
        connection.executemany("INSERT OR IGNORE INTO past_claims VALUES (?, ?, ?)", gone)
    _unindex(connection, document_key)


def _unindex(connection: sqlite3.Connection, document_key: int) -> None:
    old = connection.execute("SELECT title, body, outlet FROM pages WHERE key = ?", (document_key,)).fetchone()
    connection.execute(
        "INSERT INTO page_words (page_words, rowid, title, body, outlet) VALUES ('delete', ?, ?, ?, ?)", (document_key, *old)
    )
    events = "SELECT key FROM events WHERE document = ?"
    for statement in (
        f"DELETE FROM place_boxes WHERE key IN (SELECT key FROM claims WHERE event IN ({events}))",  # noqa: S608 - constant
        f"DELETE FROM event_words WHERE rowid IN ({events})",  # noqa: S608 - constant
        f"DELETE FROM claims WHERE event IN ({events})",  # noqa: S608 - constant
        "DELETE FROM events WHERE document = ?",
        "DELETE FROM attributions WHERE document = ?",
    ):
        connection.execute(statement, (document_key,))


def _index(connection: sqlite3.Connection, document_key: int, *, report: Report) -> None:
    document = report.document
    words = (document_key, document.title, document.text, document.outlet)
    connection.execute("INSERT INTO page_words (rowid, title, body, outlet) VALUES (?, ?, ?, ?)", words)
    connection.executemany(
        "INSERT INTO attributions (document, id, parent_id, source, kind, named, party, duress, cue, stance)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(document_key, *attribution_row(link, document.text)) for link in report.attributions],
    )
    for event in report.events:
        _index_event(connection, document_key, event=event, report=report)


def _index_event(connection: sqlite3.Connection, document_key: int, *, event: Event, report: Report) -> None:
    event_key = connection.execute(
        "INSERT INTO events (document, id, type, status, reality, voice, certainty, disputed, triggers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (document_key, *event_row(event, report)),
    ).lastrowid
    connection.execute(
        "INSERT INTO event_words (rowid, perpetrator, target, instrument, place, name, source) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (event_key, *event_words(event, report)),
    )
    for claim in event.claims:
        claim_key = connection.execute(
            "INSERT INTO claims (event, id, role, value, words, spans, attribution_id, factuality, confidence, origin, kind, low, high,"
            " first_day, last_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (event_key, *claim_row(claim)),
        ).lastrowid
        if box := place_box(claim):
            latitude, longitude = box
            connection.execute("INSERT INTO place_boxes VALUES (?, ?, ?, ?, ?)", (claim_key, latitude, latitude, longitude, longitude))
