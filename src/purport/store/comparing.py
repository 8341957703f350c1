"""First step of linking: a page's events into blocks, and each compared with its neighbours there.

Blocks are walked as in the sorted-neighbourhood method (Hernández and Stolfo 1995): in each block an event meets the ``window`` events
before and after it, so that the work for one event does not grow with the block. The order inside a block is that of the events
themselves, so that the pairs met do not depend on the order of arrival: an event that comes between two others may part them again.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from purport.linkage import BlockKey, Linker, Pair, Prepared, Sketcher, pair_of
from purport.model import Report
from purport.store.reading import load_report
from purport.store.sketches import keep_sketch, load_sketch

BEFORE = "SELECT profile, event, place FROM block_keys WHERE block = ? AND (place, event) < (?, ?) ORDER BY place DESC, event DESC LIMIT ?"
AFTER = "SELECT profile, event, place FROM block_keys WHERE block = ? AND (place, event) > (?, ?) ORDER BY place, event LIMIT ?"
BETWEEN = "SELECT count(*) FROM (SELECT 1 FROM block_keys WHERE block = ? AND (place, event) > (?, ?) AND (place, event) < (?, ?) LIMIT ?)"
SHARED = (
    "SELECT one.block, one.place, one.event, two.place, two.event FROM block_keys AS one JOIN block_keys AS two ON two.block = one.block"
    " WHERE one.profile = ? AND two.profile = ?"
)

Laid = Callable[[Report], Report]  #: lays the events that people added over a page's report
Neighbour = tuple[int, str, int]  #: key of a profile, id of its event, its place


@dataclass(frozen=True, slots=True)
class Kept:
    """A profile that is in the file."""

    key: int
    event: str
    document: int
    record: str


def stale_pages(connection: sqlite3.Connection, label: str) -> list[int]:
    """Keys of the documents whose current reading this linker has not seen."""
    rows = connection.execute(
        "SELECT document FROM unlinked UNION SELECT document FROM linked_pages WHERE linker < ?"
        " UNION SELECT document FROM linked_pages WHERE linker > ? ORDER BY document",
        (label, label),
    )
    return [key for (key,) in rows]


def compare_pages(
    connection: sqlite3.Connection,
    documents: Iterable[int],
    *,
    linker: Linker,
    sketcher: Sketcher | None,
    laid: Laid | None = None,
) -> set[Pair]:
    """Bring the blocks and pairs of pages up to date, in the open transaction; the pairs that fell away come out."""
    blocks = _Blocks(connection, linker)
    for document in documents:
        _compare_page(connection, document, blocks=blocks, linker=linker, sketcher=sketcher, laid=laid)
    return {pair for pair in blocks.fallen if not blocks.has(pair)}


def retire_page(connection: sqlite3.Connection, document: int, *, linker: Linker) -> set[Pair]:
    """Take a page's events out of blocks and pairs, in the open transaction, as if it had never been; pairs that fell away come out."""
    blocks = _Blocks(connection, linker)
    for kept in list(_kept_of(connection, document)):
        blocks.retire(kept)
    return {pair for pair in blocks.fallen if not blocks.has(pair)}


def _compare_page(
    connection: sqlite3.Connection, document: int, *, blocks: "_Blocks", linker: Linker, sketcher: Sketcher | None, laid: Laid | None
) -> None:
    report = load_report(connection, document)
    report = laid(report) if laid else report
    sketch_page(connection, document, report=report, sketcher=sketcher)
    prepared = linker.prepare(report, sketch=load_sketch(connection, document))
    known = {kept.event: kept for kept in _kept_of(connection, document)}
    same = _is_linked_by(connection, document, label=linker.label)
    stay = {p.id for p in prepared if same and p.id in known and known[p.id].record == p.record}
    for kept in known.values():
        if kept.event not in stay:
            blocks.retire(kept)
    for new in prepared:
        if new.id not in stay:
            blocks.place(new, document=document)
    connection.execute(
        "INSERT OR REPLACE INTO linked_pages (document, reading, linker) SELECT key, reading, ? FROM documents WHERE key = ?",
        (linker.label, document),
    )
    connection.execute("DELETE FROM unlinked WHERE document = ?", (document,))


def sketch_page(connection: sqlite3.Connection, document: int, *, report: Report, sketcher: Sketcher | None) -> None:
    """Keep the sketch of a page that is not read."""
    sketch = sketcher(report.document) if sketcher and report.document.unread else None
    keep_sketch(connection, document, sketch=sketch)


def _kept_of(connection: sqlite3.Connection, document: int) -> Iterator[Kept]:
    for row in connection.execute(
        "SELECT key, event, document, record FROM profiles WHERE document = ? ORDER BY key", (document,)
    ).fetchall():
        yield Kept(*row)


def _is_linked_by(connection: sqlite3.Connection, document: int, *, label: str) -> bool:
    row = connection.execute("SELECT linker FROM linked_pages WHERE document = ?", (document,)).fetchone()
    return row is not None and row[0] == label


class _Blocks:
    """The blocks of the file while events go in and out, within one transaction; what was read once is remembered."""

    def __init__(self, connection: sqlite3.Connection, linker: Linker) -> None:
        self._connection = connection
        self._linker = linker
        self._kept: dict[int, Kept] = {}
        self._partners: dict[int, set[int]] = {}
        self.fallen: set[Pair] = set()

    def place(self, new: Prepared, *, document: int) -> None:
        """Put an event in its blocks and compare it with its neighbours."""
        kept = self._insert(new, document=document)
        met: set[int] = set()
        for key in new.keys:
            before, after = self._neighbours(kept, key)
            met.update(profile for profile, _, place in (*before, *after) if not place & key.place & 1)
            for one, other in self._across(before, after):
                self._forget_if_apart(one, other)
        for other_key in sorted(met):
            self._compare(kept, self._load(other_key))

    def retire(self, kept: Kept) -> None:
        """Take an event out of its blocks; those it stood between may now meet."""
        keys = [BlockKey(*row) for row in self._connection.execute("SELECT block, place FROM block_keys WHERE profile = ?", (kept.key,))]
        self._connection.execute("DELETE FROM block_keys WHERE profile = ?", (kept.key,))
        for other in sorted(self._partners_of(kept.key)):
            self._forget(kept, self._load(other))
        self._connection.execute("DELETE FROM profiles WHERE key = ?", (kept.key,))
        self._unsettle(kept)
        for key in keys:
            for one, two in self._across(*self._neighbours(kept, key)):
                if not one[2] & two[2] & 1:
                    self._compare(self._load(one[0]), self._load(two[0]))

    def has(self, pair: Pair) -> bool:
        """Whether a pair of events is scored."""
        sql = (
            "SELECT 1 FROM scored_pairs JOIN profiles AS one ON one.key = profile JOIN profiles AS two ON two.key = other"
            " WHERE one.event = ? AND two.event = ?"
        )
        return self._connection.execute(sql, pair).fetchone() is not None

    def _insert(self, new: Prepared, *, document: int) -> Kept:
        row = (new.id, document, new.record, new.first_day, new.last_day)
        cursor = self._connection.execute("INSERT INTO profiles (event, document, record, first_day, last_day) VALUES (?, ?, ?, ?, ?)", row)
        kept = Kept(int(cursor.lastrowid or 0), new.id, document, new.record)
        self._kept[kept.key], self._partners[kept.key] = kept, set()
        keys = [(key.block, key.place, kept.event, kept.key) for key in new.keys]
        self._connection.executemany("INSERT OR IGNORE INTO block_keys VALUES (?, ?, ?, ?)", keys)
        self._unsettle(kept)
        return kept

    def _neighbours(self, kept: Kept, key: BlockKey) -> tuple[list[Neighbour], list[Neighbour]]:
        at = (key.block, key.place, kept.event, self._linker.window)
        before, after = (self._connection.execute(sql, at).fetchall() for sql in (BEFORE, AFTER))
        return before, after

    def _across(self, before: list[Neighbour], after: list[Neighbour]) -> Iterable[tuple[Neighbour, Neighbour]]:
        """Pairs that are neighbours just if the event between them is not there."""
        window = self._linker.window
        if len(before) + len(after) <= window:
            return []
        return [(before[i], after[window - 1 - i]) for i in range(len(before)) if window - 1 - i < len(after)]

    def _compare(self, one: Kept, other: Kept) -> None:
        if other.document == one.document or other.key in self._partners_of(one.key):
            return
        first, second = (one, other) if one.event < other.event else (other, one)
        score = self._linker.score(first.record, second.record)
        if score < self._linker.least:
            return
        rows = [(one.key, other.key, score), (other.key, one.key, score)]
        self._connection.executemany("INSERT OR REPLACE INTO scored_pairs VALUES (?, ?, ?)", rows)
        self._partners_of(one.key).add(other.key)
        self._partners_of(other.key).add(one.key)
        self._unsettle(one, other)

    def _unsettle(self, *kept: Kept) -> None:
        self._connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(one.event,) for one in kept])

    def _load(self, key: int) -> Kept:
        if key not in self._kept:
            row = self._connection.execute("SELECT key, event, document, record FROM profiles WHERE key = ?", (key,)).fetchone()
            self._kept[key] = Kept(*row)
        return self._kept[key]

    def _partners_of(self, key: int) -> set[int]:
        if key not in self._partners:
            rows = self._connection.execute("SELECT other FROM scored_pairs WHERE profile = ?", (key,))
            self._partners[key] = {other for (other,) in rows}
        return self._partners[key]

    def _forget_if_apart(self, one: Neighbour, other: Neighbour) -> None:
        """Forget a pair that is in no block within the window any more."""
        if other[0] in self._partners_of(one[0]) and not self._are_near(one[0], other[0]):
            self._forget(self._load(one[0]), self._load(other[0]))

    def _are_near(self, one: int, other: int) -> bool:
        window = self._linker.window
        for block, *ends in self._connection.execute(SHARED, (one, other)).fetchall():
            low, high = sorted(((ends[0], ends[1]), (ends[2], ends[3])))
            if low[0] & high[0] & 1:
                continue
            if self._connection.execute(BETWEEN, (block, *low, *high, window)).fetchone()[0] < window:
                return True
        return False

    def _forget(self, one: Kept, other: Kept) -> None:
        pairs = [(one.key, other.key), (other.key, one.key)]
        self._connection.executemany("DELETE FROM scored_pairs WHERE profile = ? AND other = ?", pairs)
        self._partners_of(one.key).discard(other.key)
        self._partners_of(other.key).discard(one.key)
        self._unsettle(one, other)
        self.fallen.add(pair_of(one.event, other.event))
