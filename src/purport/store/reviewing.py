"""What people decide beside judgements of claims: additions, comments, assignments, sensitivities, reviews that are done."""

import json
import sqlite3
from collections.abc import Sequence

from purport.decisions import (
    AddedEvent,
    Addition,
    AdditionKind,
    Assignment,
    Comment,
    ReviewState,
    Sensitivity,
    SensitivityLevel,
    Undone,
)
from purport.errors import StoreError
from purport.model import Attribution, Claim, Judgement, hashed_id
from purport.store import judging, log, undoing
from purport.store.appending import Row, append_rows
from purport.store.connection import explained, schema_of, transaction
from purport.store.queueing import queue_additions, requeue, withdrawing_row
from purport.wire import addition_record_from_json, addition_record_to_json

BATCH = 400  #: ids asked for at once

OF_DOCUMENT = (
    "claim_id IN (SELECT claims.id FROM documents JOIN events ON events.document = documents.key"
    " JOIN claims ON claims.event = events.key WHERE documents.id = :id{})"
)
ADDED_TOO = " UNION SELECT id FROM additions WHERE document_id = :id AND kind = 'claim'"
PAST = (
    "claim_id IN (SELECT past_claims.id FROM readings JOIN past_claims ON past_claims.reading = readings.key"
    " WHERE readings.document_id = :id) AND claim_id NOT IN (SELECT claims.id FROM documents"
    " JOIN events ON events.document = documents.key JOIN claims ON claims.event = events.key WHERE documents.id = :id)"
)


class Reviews:
    """People's review of one project file. Every write is one transaction with one entry of the log."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    @property
    def _has_tables(self) -> bool:
        return schema_of(self._connection) >= 3

    # -------------------------------------------------------------- one page
    def judgements(self, document_id: str) -> tuple[Judgement, ...]:
        """All judgements of the claims that a page makes, or that were added to it, oldest first."""
        return self._judgements(OF_DOCUMENT.format(ADDED_TOO if self._has_tables else ""), document_id)

    def past_judgements(self, document_id: str) -> tuple[Judgement, ...]:
        """Those of claims that the present reading of the page no longer makes, oldest first."""
        return self._judgements(PAST, document_id)

    def _judgements(self, condition: str, document_id: str) -> tuple[Judgement, ...]:
        with explained(self._where):
            columns = judging.columns_of(self._connection)
            sql = f"SELECT {columns} FROM judgements WHERE {condition} ORDER BY key"  # noqa: S608 - constants
            return tuple(judging.judgement_of(row) for row in self._connection.execute(sql, {"id": document_id}))

    def additions(self, document_id: str) -> tuple[Addition, ...]:
        """What people added to a page, oldest first; what its coder took back says so."""
        if not self._has_tables:
            return ()
        with explained(self._where):
            rows = self._connection.execute(
                "SELECT id, kind, document_id, record, words, state, coder, made_at FROM additions WHERE document_id = ? ORDER BY key",
                (document_id,),
            ).fetchall()
        last = {(row[0], row[6]): row for row in rows}
        return tuple(_addition(row) for row in last.values())

    def add(self, document_id: str, *records: Attribution | AddedEvent | Claim, coder: str, words: Sequence[str]) -> tuple[Addition, ...]:
        """Keep what a person selected in a page, with the selected ``words`` of each, as one decision.

        Raises StoreError for an unknown page, or if the coder has added the same already.
        """
        with transaction(self._connection, where=self._where) as connection:
            _check_coder(coder, where=document_id)
            made_at = log.now()
            rows = [_addition_row(r, document_id, words=w, coder=coder, made_at=made_at) for r, w in zip(records, words, strict=True)]
            if not connection.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone():
                raise StoreError("no such document", where=document_id, remedy="look ids up with `purport search`")
            for row in rows:
                if _last_state(connection, "additions", id=row["id"], coder=coder) == "added":
                    raise StoreError(f"{coder} has added this already", where=str(row["id"]), remedy="correct it, or take it back first")
            append_rows(connection, "additions", rows=rows, subject=document_id)
            queue_additions(connection, rows)
        return tuple(each for each in self.additions(document_id) if each.coder == coder and each.id in {row["id"] for row in rows})

    def withdraw_additions(self, document_id: str, *ids: str, coder: str) -> None:
        """Take back what this coder added. Raises StoreError for what the coder has not."""
        with transaction(self._connection, where=self._where) as connection:
            rows = []
            for id_ in ids:
                if _last_state(connection, "additions", id=id_, coder=coder) != "added":
                    raise StoreError(f"{coder} has not added this", where=id_, remedy="name the coder whose addition it is")
                rows.append(withdrawing_row(connection, id_, coder=coder))
            append_rows(connection, "additions", rows=rows, subject=document_id)
            queue_additions(connection, rows)

    def undo(self, coder: str) -> Undone | None:
        """Take back this coder's last decision that stands (judgement, addition, link, sensitivity or review); None if there is none."""
        with transaction(self._connection, where=self._where) as connection:
            return undoing.undo(connection, coder)

    # -------------------------------------------------------------- comments
    def comment(self, subject: str, text: str, *, coder: str) -> Comment:
        """Keep a remark about an event (or, by one of its events, an incident), claim or page. Raises StoreError for an empty one."""
        _check_coder(coder, where=subject)
        if not text.strip():
            raise StoreError("a comment needs words", where=subject, remedy="write something")
        with transaction(self._connection, where=self._where) as connection:
            made = Comment("", subject, text.strip(), coder, log.now())
            number = connection.execute("SELECT count(*) FROM comments").fetchone()[0]
            identity = hashed_id("cmt", subject, made.text, coder, made.made_at, number)
            append_rows(connection, "comments", rows=[_comment_row(made, identity, state="said")], subject=subject)
        return Comment(identity, subject, made.text, coder, made.made_at)

    def withdraw_comment(self, id: str, *, coder: str) -> None:
        """Take one's own remark back. Raises StoreError if it is another's."""
        with transaction(self._connection, where=self._where) as connection:
            row = connection.execute("SELECT subject, coder, state FROM comments WHERE id = ? ORDER BY key DESC LIMIT 1", (id,)).fetchone()
            if row is None or row[1:] != (coder, "said"):
                raise StoreError(f"{coder} has not said this", where=id, remedy="only who wrote a comment can take it back")
            made = Comment(id, row[0], "", coder, log.now())
            append_rows(connection, "comments", rows=[_comment_row(made, id, state="withdrawn")], subject=row[0])

    def comments(self, *subjects: str) -> tuple[Comment, ...]:
        """Remarks about any of these that were not taken back, oldest first."""
        found: dict[str, Comment] = {}
        for row in self._rows("SELECT id, subject, text, coder, made_at, state, key FROM comments WHERE subject IN ({})", subjects):
            found.pop(row[0], None)
            if row[5] == "said":
                found[row[0]] = Comment(row[0], row[1], row[2], row[3], row[4])
        return tuple(found.values())

    # -------------------------------------------------------------- assignments
    def assign(self, event_id: str, *, coder: str, given_by: str) -> Assignment:
        """Give an incident, by one of its events, to a coder."""
        _check_coder(coder, where=event_id)
        with transaction(self._connection, where=self._where) as connection:
            made_at = log.now()
            number = connection.execute("SELECT count(*) FROM assignments").fetchone()[0]
            made = Assignment(hashed_id("asg", event_id, coder, given_by, made_at, number), event_id, coder, given_by, made_at)
            append_rows(connection, "assignments", rows=[_assignment_row(made)], subject=event_id)
        return made

    def close_assignment(self, id: str, *, state: str, by: str) -> None:
        """Say that an assignment is ``done``, or take it back (``withdrawn``). Raises StoreError if it is not open."""
        with transaction(self._connection, where=self._where) as connection:
            row = connection.execute(
                "SELECT id, event_id, coder, given_by, made_at, state FROM assignments WHERE id = ? ORDER BY key DESC LIMIT 1", (id,)
            ).fetchone()
            if row is None or row[5] != "open":
                raise StoreError("this assignment is not open", where=id, remedy="open the page again to see how it stands")
            closed = Assignment(id, row[1], row[2], by, log.now(), state)
            append_rows(connection, "assignments", rows=[_assignment_row(closed)], subject=row[1])

    def assignments(self, *events: str, coder: str | None = None) -> tuple[Assignment, ...]:
        """Open assignments of incidents with one of these events; without events, all of a coder."""
        columns = "SELECT id, event_id, coder, given_by, made_at, state, key FROM assignments"
        rows = self._rows(f"{columns} WHERE event_id IN ({{}})", events) if events else []
        if not events and coder is not None and self._has_tables:
            with explained(self._where):
                rows = self._connection.execute(f"{columns} WHERE coder = ? ORDER BY key", (coder,)).fetchall()
        last = {row[0]: row for row in rows}
        found = (Assignment(*row[:6]) for row in last.values() if row[5] == "open")
        return tuple(each for each in found if coder is None or each.coder == coder)

    # -------------------------------------------------------------- sensitivity, and reviews that are done
    def set_sensitivity(self, events: Sequence[str], *, level: SensitivityLevel, why: str, coder: str) -> None:
        """Say how sensitive the incident of these events is."""
        _check_coder(coder, where=events[0])
        made_at = log.now()
        rows = [{"event_id": event, "level": level.value, "why": why, "coder": coder, "made_at": made_at} for event in events]
        with transaction(self._connection, where=self._where) as connection:
            append_rows(connection, "sensitivities", rows=rows, subject=min(events))

    def sensitivity(self, events: Sequence[str]) -> Sensitivity | None:
        """The strictest level that holds of any of these events, None if nobody has said."""
        said: dict[str, list[Sensitivity]] = {}
        for row in self._rows("SELECT event_id, level, why, coder, made_at, key FROM sensitivities WHERE event_id IN ({})", events):
            if row[1] != "withdrawn":
                said.setdefault(row[0], []).append(Sensitivity(row[0], SensitivityLevel(row[1]), *row[2:5]))
            elif said.get(row[0]):
                said[row[0]].pop()
        order = list(SensitivityLevel)
        return max((own[-1] for own in said.values() if own), key=lambda each: (order.index(each.level), each.made_at), default=None)

    def mark(self, events: Sequence[str], *, is_done: bool, coder: str) -> None:
        """Say that the review of the incident of these events is done, or open it again. Raises StoreError without a sensitivity."""
        _check_coder(coder, where=events[0])
        if is_done and self.sensitivity(events) is None:
            raise StoreError("nobody has said how sensitive this incident is", where=events[0], remedy="choose a sensitivity first")
        made_at, state = log.now(), "done" if is_done else "reopened"
        rows = [{"event_id": event, "state": state, "coder": coder, "made_at": made_at} for event in events]
        with transaction(self._connection, where=self._where) as connection:
            append_rows(connection, "review_marks", rows=rows, subject=min(events))
            for event in events:
                requeue(connection, event)

    def state(self, events: Sequence[str]) -> ReviewState:
        """How far people have come with the incident of these events; one that joined after the review was done opens it again."""
        rows = self._rows("SELECT event, decided, contested, done FROM review_queue WHERE event IN ({})", events, order="event")
        if rows and all(done for *_, done in rows):
            return ReviewState.REVIEWED
        if any(contested for _, _, contested, _ in rows):
            return ReviewState.CONTESTED
        return ReviewState.STARTED if any(decided or done for _, decided, _, done in rows) else ReviewState.UNREVIEWED

    def _rows(self, sql: str, ids: Sequence[str], *, order: str = "key") -> list[tuple[str, ...]]:
        """Rows of a query with ``IN ({})``, a batch of ids at a time."""
        if not self._has_tables:
            return []
        found = []
        with explained(self._where):
            for start in range(0, len(ids), BATCH):
                batch = ids[start : start + BATCH]
                found += self._connection.execute(f"{sql.format(', '.join('?' * len(batch)))} ORDER BY {order}", batch).fetchall()
        return found

    def decided_today(self, coder: str) -> int:
        """How many judgements this coder made since midnight, UTC."""
        with explained(self._where):
            sql = "SELECT count(*) FROM judgements WHERE coder = ? AND made_at >= ? AND verdict != 'withdrawn'"
            number: int = self._connection.execute(sql, (coder, log.now()[:10])).fetchone()[0]
        return number

    def knows_event(self, event_id: str) -> str | None:
        """The id of the page that tells of an event, or to which it was added; None if there is no such event."""
        sql = "SELECT documents.id FROM events JOIN documents ON documents.key = document WHERE events.id = :id"
        added = " UNION SELECT document_id FROM additions WHERE id = :id AND kind = 'event'" if self._has_tables else ""
        with explained(self._where):
            row = self._connection.execute(f"{sql}{added} LIMIT 1", {"id": event_id}).fetchone()
        return row[0] if row else None


def _addition(row: tuple[str, ...]) -> Addition:
    id_, kind, document_id, record, words, state, coder, made_at = row
    said = addition_record_from_json(kind, json.loads(record))
    return Addition(id_, AdditionKind(kind), document_id, said, coder, made_at, state == "withdrawn", words)


def _addition_row(record: Attribution | AddedEvent | Claim, document_id: str, *, words: str, coder: str, made_at: str) -> Row:
    match record:
        case Attribution():
            kind, event = AdditionKind.ATTRIBUTION, None
        case AddedEvent():
            kind, event = AdditionKind.EVENT, record.id
        case Claim():
            kind, event = AdditionKind.CLAIM, record.event_id
    return {
        "id": record.id,
        "kind": kind.value,
        "document_id": document_id,
        "event_id": event,
        "record": json.dumps(addition_record_to_json(record), ensure_ascii=False, sort_keys=True),
        "words": words,
        "state": "added",
        "coder": coder,
        "made_at": made_at,
    }


def _last_state(connection: sqlite3.Connection, table: str, *, id: object, coder: str) -> str | None:
    sql = f"SELECT state FROM {table} WHERE id = ? AND coder = ? ORDER BY key DESC LIMIT 1"  # noqa: S608 - constant
    row = connection.execute(sql, (id, coder)).fetchone()
    return row[0] if row else None


def _comment_row(comment: Comment, id: str, *, state: str) -> Row:
    return {
        "id": id,
        "subject": comment.subject,
        "text": comment.text,
        "state": state,
        "coder": comment.coder,
        "made_at": comment.made_at,
    }


def _assignment_row(assignment: Assignment) -> Row:
    return {
        "id": assignment.id,
        "event_id": assignment.event_id,
        "coder": assignment.coder,
        "state": assignment.state,
        "given_by": assignment.given_by,
        "made_at": assignment.made_at,
    }


def _check_coder(coder: str, *, where: str) -> None:
    if not coder.strip():
        raise StoreError("a decision needs the name of who decides", where=where, remedy="give a coder")
