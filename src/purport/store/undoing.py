"""Taking back the last decision of a coder, at any depth: each is followed by one that withdraws it, none is removed."""

import sqlite3
from collections import Counter
from collections.abc import Iterator

from purport.decisions import Undone
from purport.incident import LinkVerdict
from purport.model import Verdict
from purport.store import judging, link_judging, log
from purport.store.appending import append_rows
from purport.store.queueing import EVENTS_OF_CLAIM, queue_additions, requeue, requeue_claim, withdrawing_row

#: Every decision of a coder that can be taken back, the last first: entry of the log, table, what it is about, what was said.
DEEDS = (
    "SELECT log, 'judge' AS what, claim_id AS subject, verdict AS said FROM judgements WHERE coder = :coder"
    " UNION ALL SELECT log, 'add', id, state FROM additions WHERE coder = :coder"
    " UNION ALL SELECT log, 'link', first || ' ' || second, verdict FROM link_judgements WHERE coder = :coder"
    " UNION ALL SELECT log, 'sensitivity', event_id, level FROM sensitivities WHERE coder = :coder"
    " UNION ALL SELECT log, 'review', event_id, state FROM review_marks WHERE coder = :coder"
    " ORDER BY log DESC"
)
Deed = tuple[int, str, str, str]


def undo(connection: sqlite3.Connection, coder: str) -> Undone | None:
    """Withdraw the last decision of a coder that stands, in the open transaction."""
    rows = list(_last(connection, coder))
    if not rows:
        return None
    what, said, subjects = rows[0][1], rows[0][3], [row[2] for row in rows]
    match what:
        case "judge":
            event = _undo_judgement(connection, subjects[0], coder=coder)
        case "add":
            event = _undo_additions(connection, subjects, coder=coder)
        case "link":
            event = _undo_links(connection, subjects, coder=coder)
        case _:
            event = _undo_rows(connection, "sensitivities" if what == "sensitivity" else "review_marks", events=subjects, coder=coder)
    return Undone(what, tuple(subjects), event, said)


def _last(connection: sqlite3.Connection, coder: str) -> Iterator[Deed]:
    """The rows of the last decision that stands. Links that were decided alike one right after the other are one decision."""
    withdrawn: Counter[tuple[str, str]] = Counter()
    first: Deed | None = None
    for log_entry, what, subject, said in connection.execute(DEEDS, {"coder": coder}):
        if first is not None and not _is_same(first, (log_entry, what, subject, said)):
            return
        if said == "withdrawn":
            withdrawn[what, subject] += 1
        elif withdrawn[what, subject]:
            withdrawn[what, subject] -= 1
        else:
            first = (log_entry, what, subject, said)
            yield first


def _is_same(one: Deed, other: Deed) -> bool:
    is_next_link = one[1] == other[1] == "link" and one[3] == other[3] and one[0] - other[0] == 1
    return one[0] == other[0] or is_next_link


def _undo_judgement(connection: sqlite3.Connection, claim: str, *, coder: str) -> str | None:
    judging.judge(connection, claim, verdict=Verdict.WITHDRAWN, coder=coder)
    requeue_claim(connection, claim)
    row = connection.execute(EVENTS_OF_CLAIM, {"id": claim}).fetchone()
    return row[0] if row else None


def _undo_additions(connection: sqlite3.Connection, ids: list[str], *, coder: str) -> str | None:
    rows = [withdrawing_row(connection, id_, coder=coder) for id_ in ids]
    append_rows(connection, "additions", rows=rows, subject=str(rows[0]["document_id"]))
    queue_additions(connection, rows)
    return next((str(row["event_id"]) for row in rows if row["event_id"]), None)


def _undo_links(connection: sqlite3.Connection, pairs: list[str], *, coder: str) -> str | None:
    for pair in pairs:
        first, second = pair.split()
        link_judging.judge_link(connection, (first, second), verdict=LinkVerdict.WITHDRAWN, coder=coder)
    return pairs[0].split()[0]


def _undo_rows(connection: sqlite3.Connection, table: str, *, events: list[str], coder: str) -> str | None:
    said = {"level": "withdrawn", "why": ""} if table == "sensitivities" else {"state": "withdrawn"}
    made_at = log.now()
    append_rows(connection, table, rows=[{"event_id": e, **said, "coder": coder, "made_at": made_at} for e in events], subject=min(events))
    for event in events:
        requeue(connection, event)
    return events[0]
