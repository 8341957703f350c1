"""People's decisions that two events are, or are not, one incident: appended, never changed."""

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from purport.errors import StoreError
from purport.incident import LinkJudgement, LinkVerdict
from purport.linkage import Pair, Verdicts, pair_of
from purport.model import hashed_id
from purport.store import log

COLUMNS = "id, first, second, verdict, note, coder, made_at, previous_id"
BATCH = 400  #: ids asked for at once


@dataclass(frozen=True, slots=True)
class Judged(Verdicts):
    """The verdicts that hold, and every pair about which anything was ever said."""

    judged: frozenset[Pair] = frozenset()


def judge_link(connection: sqlite3.Connection, pair: Pair, *, verdict: LinkVerdict, coder: str, note: str = "") -> LinkJudgement:
    """Append a judgement inside the open transaction. Raises StoreError for an unknown event or nothing to withdraw."""
    first, second = pair_of(*pair)
    before = judgements_of_pair(connection, (first, second))
    _check(connection, (first, second), verdict=verdict, coder=coder, before=before)
    previous, made_at = before[-1].id if before else None, log.now()
    identity = hashed_id("ljd", first, second, verdict.value, note, coder, made_at, previous)
    judgement = LinkJudgement(identity, first, second, verdict, note, coder, made_at, previous)
    entry = log.append(connection, "judge link", subject=f"{first} {second}", detail=asdict(judgement))
    connection.execute(
        f"INSERT INTO link_judgements ({COLUMNS}, log) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
        (*asdict(judgement).values(), entry),
    )
    connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(first,), (second,)])
    return judgement


def judgements_of_pair(connection: sqlite3.Connection, pair: Pair) -> tuple[LinkJudgement, ...]:
    """All judgements of a pair, oldest first."""
    sql = f"SELECT {COLUMNS} FROM link_judgements WHERE first = ? AND second = ? ORDER BY key"  # noqa: S608 - constant
    return tuple(judgement_of(row) for row in connection.execute(sql, pair_of(*pair)))


def judgements_about(connection: sqlite3.Connection, events: Iterable[str]) -> tuple[LinkJudgement, ...]:
    """All judgements about pairs with one of these events, oldest first."""
    found: dict[int, LinkJudgement] = {}
    events = sorted(set(events))
    for start in range(0, len(events), BATCH):
        batch = events[start : start + BATCH]
        marks = ", ".join("?" * len(batch))
        sql = f"SELECT key, {COLUMNS} FROM link_judgements WHERE first IN ({marks}) OR second IN ({marks})"  # noqa: S608 - marks
        found |= {row[0]: judgement_of(row[1:]) for row in connection.execute(sql, (*batch, *batch))}
    return tuple(found[key] for key in sorted(found))


def verdicts_about(connection: sqlite3.Connection, events: Iterable[str]) -> Judged:
    """What holds of the pairs with one of these events: of each coder the last word not taken back, and of those the last."""
    judgements = judgements_about(connection, events)
    holding = {pair: words[-1].verdict for pair, words in standing_words(judgements).items()}
    return Judged(
        same=frozenset(pair for pair, verdict in holding.items() if verdict is LinkVerdict.SAME),
        different=frozenset(pair for pair, verdict in holding.items() if verdict is LinkVerdict.DIFFERENT),
        judged=frozenset((judgement.first, judgement.second) for judgement in judgements),
    )


def standing_words(judgements: Iterable[LinkJudgement]) -> dict[Pair, list[LinkJudgement]]:
    """By pair the last word of each coder, the latest last; ``WITHDRAWN`` takes one word back, so that the one before stands again."""
    said: dict[Pair, dict[str, list[tuple[int, LinkJudgement]]]] = {}
    for at, judgement in enumerate(judgements):
        own = said.setdefault((judgement.first, judgement.second), {}).setdefault(judgement.coder, [])
        if judgement.verdict is not LinkVerdict.WITHDRAWN:
            own.append((at, judgement))
        elif own:
            own.pop()
    last = {pair: sorted((own[-1] for own in coders.values() if own), key=lambda each: each[0]) for pair, coders in said.items()}
    return {pair: [judgement for _, judgement in words] for pair, words in last.items() if words}


def judgement_of(row: tuple[str, ...]) -> LinkJudgement:
    """A judgement from its row (``COLUMNS``)."""
    identity, first, second, verdict, *rest = row
    return LinkJudgement(identity, first, second, LinkVerdict(verdict), *rest)


def _check(connection: sqlite3.Connection, pair: Pair, *, verdict: LinkVerdict, coder: str, before: tuple[LinkJudgement, ...]) -> None:
    where = " ".join(pair)
    if pair[0] == pair[1]:
        raise StoreError("an event is one incident with itself", where=where, remedy="give two events")
    for event in pair:
        if not connection.execute("SELECT 1 FROM memberships WHERE event = ?", (event,)).fetchone():
            raise StoreError("no such event in any incident", where=event, remedy="run `purport merge` first, or look the id up")
    if not coder.strip():
        raise StoreError("a judgement needs the name of who judges", where=where, remedy="give a coder")
    held = [word for words in standing_words(before).values() for word in words if word.coder == coder]
    if verdict is LinkVerdict.WITHDRAWN and not held:
        raise StoreError(f"{coder} has decided nothing about these two", where=where, remedy="name the coder whose judgement it is")
