"""Is everything in the file whole? Quotes, digests, chains, parents, indexes and the log; each break names its id."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from purport.errors import InputError, StoreError
from purport.model import Attribution, Claim, Event, Report, digest_of
from purport.status import quote_of
from purport.store import judging, log, verify_links
from purport.store.appending import TABLES as DECISION_TABLES
from purport.store.appending import broken_rows
from purport.store.codebooks import broken_codebooks
from purport.store.connection import schema_of
from purport.store.reading import load_report
from purport.store.record import inflated, report_of
from purport.store.rows import attribution_row, claim_row, event_row
from purport.store.tombstones import broken_erasures

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that is not as it was kept."""

    id: str
    what: str


def verify(connection: sqlite3.Connection) -> Iterator[Broken]:
    """Everything that is broken, nothing if all is whole. Reads the whole file; a damaged page ends only the check it stops."""
    for check in CHECKS:
        try:
            yield from check(connection)
        except sqlite3.DatabaseError as error:
            yield Broken("file", f"{check.__name__.strip('_')} cannot be checked: {error}")


def _file(connection: sqlite3.Connection) -> Iterator[Broken]:
    for (said,) in connection.execute("PRAGMA quick_check"):
        if said != "ok":
            yield Broken("file", said)


def _references(connection: sqlite3.Connection) -> Iterator[Broken]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Broken(f"{table} {row}", f"points at a row of {parent} that is not there")


def _contents(connection: sqlite3.Connection) -> Iterator[Broken]:
    for digest, length, compressed in connection.execute("SELECT digest, length, compressed FROM contents"):
        try:
            content = inflated(compressed, subject=digest)
        except StoreError as error:
            yield Broken(digest, f"its bytes are {error.what}")
            continue
        if digest_of(content) != digest or len(content) != length:
            yield Broken(digest, "its bytes are not those of the digest")


def _captures(connection: sqlite3.Connection) -> Iterator[Broken]:
    rows = connection.execute(
        "SELECT id, digest, json_extract(log.detail, '$.digest'), EXISTS (SELECT 1 FROM sightings WHERE capture = captures.key)"
        " FROM captures LEFT JOIN log ON log.entry = captures.log"
    )
    for capture_id, digest, logged, seen in rows:
        if digest != logged:
            yield Broken(capture_id, "its digest is not the one in the log")
        if not seen:
            yield Broken(capture_id, "it was never met anywhere")


def _texts(connection: sqlite3.Connection) -> Iterator[Broken]:
    for digest, text in connection.execute("SELECT digest, text FROM texts"):
        if digest_of(text.encode("utf-8")) != digest:
            yield Broken(digest, "its text is not that of the digest")


def _readings(connection: sqlite3.Connection) -> Iterator[Broken]:
    rows = connection.execute(
        "SELECT readings.id, readings.digest, record, texts.digest, texts.text, log.detail FROM readings"
        " LEFT JOIN texts ON texts.key = readings.text LEFT JOIN log ON log.entry = readings.log"
    )
    for reading_id, digest, compressed, text_digest, text, detail in rows:
        yield from _reading(reading_id, digest, compressed=compressed, text_digest=text_digest, text=text or "", detail=detail)


def _reading(reading_id: str, digest: str, *, compressed: bytes, text_digest: str, text: str, detail: str | None) -> Iterator[Broken]:
    try:
        record = inflated(compressed, subject=reading_id)
        report = report_of(record, text)
    except (StoreError, InputError, ValueError, KeyError) as error:
        yield Broken(reading_id, f"its record cannot be read: {error}")
        return
    if digest_of(record) != digest:
        yield Broken(reading_id, "its record is not that of its digest")
    if json.loads(detail or "{}").get("record") != digest:
        yield Broken(reading_id, "the log does not know its record")
    if json.loads(record)["document"]["digest"] != text_digest:
        yield Broken(reading_id, "its text is not the one that was read")
    yield from broken_claims(report)


def broken_claims(report: Report) -> Iterator[Broken]:
    """Quotes that are not their spans, claims and attributions whose chain is not whole, events that are not of this document."""
    by_id = {link.id: link for link in report.attributions}
    for link in report.attributions:
        yield from _chain(link.id, link.parent_id, by_id=by_id)
        yield from _spans(link.id, report.document.text, spans=_spans_of(link))
    for event in report.events:
        yield from _event(event, report)
        for claim in event.claims:
            yield from _claim(claim, event=event, report=report)
            yield from _chain(claim.id, claim.attribution_id, by_id=by_id)


def _spans_of(link: Attribution) -> list[tuple[int, int]]:
    source = (*link.source.spans, *link.source.named_spans) if link.source else ()
    return [(span.start, span.end) for span in (*source, *link.cue, *link.content)]


def _spans(subject: str, text: str, *, spans: Iterable[tuple[int, int]]) -> Iterator[Broken]:
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            yield Broken(subject, f"span {start}–{end} is not inside its text")


def _event(event: Event, report: Report) -> Iterator[Broken]:
    if event.document_id != report.document.id:
        yield Broken(event.id, f"belongs to {event.document_id}, not to {report.document.id}")
    if not event.triggers:
        yield Broken(event.id, "has no trigger")
    yield from _spans(event.id, report.document.text, spans=[(span.start, span.end) for span in event.triggers])


def _claim(claim: Claim, *, event: Event, report: Report) -> Iterator[Broken]:
    if claim.event_id != event.id:
        yield Broken(claim.id, f"belongs to {claim.event_id}, not to {event.id}")
    if not claim.spans:
        yield Broken(claim.id, "has no span")
    yield from _spans(claim.id, report.document.text, spans=[(span.start, span.end) for span in claim.spans])
    if quote_of(report.document.text, claim.spans) != claim.words:
        yield Broken(claim.id, "its quote is not what its spans hold")


def _chain(subject: str, attribution_id: str | None, *, by_id: dict[str, Attribution]) -> Iterator[Broken]:
    walked = {subject}
    while attribution_id is not None:
        if attribution_id not in by_id:
            yield Broken(subject, f"its chain names {attribution_id}, which is not there")
            return
        if attribution_id in walked:
            yield Broken(subject, f"its chain runs in a circle at {attribution_id}")
            return
        walked.add(attribution_id)
        attribution_id = by_id[attribution_id].parent_id


def _documents(connection: sqlite3.Connection) -> Iterator[Broken]:
    for key, document_id in connection.execute("SELECT key, id FROM documents").fetchall():
        try:
            report = load_report(connection, key)
        except (StoreError, InputError, ValueError, KeyError, TypeError):
            continue  # named under its reading
        yield from _index(connection, key, document_id=document_id, report=report)


def _index(connection: sqlite3.Connection, key: int, *, document_id: str, report: Report) -> Iterator[Broken]:
    document = report.document
    header = connection.execute(
        "SELECT id, title, outlet, published, language, url, unread FROM documents WHERE key = ?", (key,)
    ).fetchone()
    if header != (document.id, document.title, document.outlet, document.published, document.language, document.url, document.unread):
        yield Broken(document_id, "its header is not that of its reading")
    links = connection.execute(
        "SELECT id, parent_id, source, kind, named, party, duress, cue, stance FROM attributions WHERE document = ? ORDER BY key", (key,)
    ).fetchall()
    yield from _differing(
        document_id, "attribution", found=links, expected=[attribution_row(link, document.text) for link in report.attributions]
    )
    events = connection.execute(
        "SELECT id, type, status, reality, voice, certainty, disputed, triggers, key FROM events WHERE document = ? ORDER BY key", (key,)
    ).fetchall()
    yield from _differing(
        document_id, "event", found=[row[:-1] for row in events], expected=[event_row(event, report) for event in report.events]
    )
    for row, event in zip(events, report.events, strict=False):
        yield from _claim_rows(connection, row[-1], event=event)


def _claim_rows(connection: sqlite3.Connection, event_key: int, *, event: Event) -> Iterator[Broken]:
    rows = connection.execute(
        "SELECT id, role, value, words, spans, attribution_id, factuality, confidence, origin, kind, low, high, first_day, last_day"
        " FROM claims WHERE event = ? ORDER BY key",
        (event_key,),
    ).fetchall()
    yield from _differing(event.id, "claim", found=rows, expected=[claim_row(claim) for claim in event.claims])


def _differing(subject: str, noun: str, *, found: Iterable[Row], expected: Iterable[Row]) -> Iterator[Broken]:
    """Rows that are not those of the reading, by their id."""
    found, expected = list(found), [tuple(row) for row in expected]
    if len(found) != len(expected):
        yield Broken(subject, f"{len(found)} {noun} rows are kept for {len(expected)} of its reading")
    for row, wanted in zip(found, expected, strict=False):
        if tuple(row) != wanted:
            yield Broken(str(wanted[0]), f"the {noun}'s row is not that of its reading")


def _judgements(connection: sqlite3.Connection) -> Iterator[Broken]:
    columns = judging.columns_of(connection)
    names = [*judging.PLAIN_COLUMNS.split(", "), "change"]
    sql = f"SELECT {columns}, log FROM judgements"  # noqa: S608 - constant
    for *row, entry in connection.execute(sql).fetchall():
        told = connection.execute("SELECT detail FROM log WHERE entry = ?", (entry,)).fetchone() or ("{}",)
        if json.loads(told[0]) != judging.logged(dict(zip(names, row, strict=True))):
            yield Broken(row[0], "the judgement is not the one in the log")


def _decisions(connection: sqlite3.Connection) -> Iterator[Broken]:
    if schema_of(connection) >= 3:
        for subject, what in broken_rows(connection):
            yield Broken(subject, what)


def _codebooks(connection: sqlite3.Connection) -> Iterator[Broken]:
    if schema_of(connection) >= 4:
        for subject, what in broken_codebooks(connection):
            yield Broken(subject, what)


def _linking(connection: sqlite3.Connection) -> Iterator[Broken]:
    if schema_of(connection) < 2:
        return
    for check in (verify_links.broken_link_steps, verify_links.broken_link_judgements, verify_links.broken_incidents):
        for subject, what in check(connection):
            yield Broken(subject, what)


def _log(connection: sqlite3.Connection) -> Iterator[Broken]:
    for subject, what in log.broken_links(connection):
        yield Broken(subject, what)
    missing = connection.execute(
        "SELECT json_extract(detail, '$.reading') FROM log WHERE action IN ('add', 'reread') AND detail != '{}'"
        " AND NOT EXISTS (SELECT 1 FROM readings WHERE id = json_extract(detail, '$.reading'))"
    )
    for (reading_id,) in missing:
        yield Broken(str(reading_id), "the log knows this reading, and it is not there")
    tables = ["readings", "judgements", "captures"]
    if schema_of(connection) >= 2:
        tables += ["links", "memberships", "link_judgements"]
    if schema_of(connection) >= 3:
        tables += [*DECISION_TABLES, "people", "tokens", "tombstones", "retention_rules"]
    if schema_of(connection) >= 4:
        tables += ["codebooks"]
    last = connection.execute(f"SELECT max(log) FROM ({' UNION ALL '.join(f'SELECT log FROM {name}' for name in tables)})").fetchone()[0]  # noqa: S608
    newest = connection.execute("SELECT coalesce(max(entry), 0) FROM log").fetchone()[0]
    if last is not None and last > newest:
        yield Broken(f"log {newest + 1}", "the end of the log is missing")


def _erasures(connection: sqlite3.Connection) -> Iterator[Broken]:
    if schema_of(connection) >= 3:
        for subject, what in broken_erasures(connection):
            yield Broken(subject, what)


def _people(connection: sqlite3.Connection) -> Iterator[Broken]:
    if schema_of(connection) < 3:
        return
    rows = connection.execute("SELECT name, role, is_active, detail FROM people LEFT JOIN log ON log.entry = people.log")
    for name, role, is_active, detail in rows:
        told = json.loads(detail or "{}")
        if (told.get("role"), told.get("is_active")) != (role, bool(is_active)):
            yield Broken(name, "the role or access of this person is not the one in the log")


CHECKS = (
    *(_file, _references, _contents, _captures, _texts, _readings, _documents, _judgements, _decisions, _codebooks, _linking),
    *(_erasures, _people, _log),
)
