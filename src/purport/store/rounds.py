"""Rounds of coding: what is coded by whom, every answer ever given, and what is hidden from whom meanwhile."""

import json
import random
import sqlite3
from collections.abc import Mapping, Sequence

from purport.decisions import Answer, Coding, Round, Unit
from purport.errors import StoreError
from purport.model import hashed_id
from purport.store import log
from purport.store.connection import explained, schema_of, transaction
from purport.store.hiding import Hidden, ids_about
from purport.store.round_rows import (
    CODING_COLUMNS,
    ROUND_COLUMNS,
    append_coding,
    coding_of,
    end_round,
    insert_round,
    no_unit,
    round_of,
    spans_of,
    units_now,
)
from purport.store.search import matching_event_ids

MOST_UNITS = 5_000  #: of one round; more cannot be coded twice by hand


class Rounds:
    """The rounds of one project file. All methods raise StoreError if it cannot be read or written."""

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._connection = connection
        self._where = where

    # -------------------------------------------------------------- choosing and making
    def matching(self, query: str) -> tuple[str, ...]:
        """The events that a search finds, page by page. Raises QueryError if it makes no sense."""
        with explained(self._where):
            return tuple(matching_event_ids(self._connection, query))

    def make(
        self, name: str, units: Sequence[str], *, fields: Sequence[str], coders: Sequence[str], blind: bool, made_by: str, chosen: str = ""
    ) -> Round:
        """A new round over these events. Raises StoreError for an unknown event, or a round without name, events, fields or coders."""
        units = tuple(dict.fromkeys(units))
        _check_round(name, units, fields=fields, coders=coders)
        with transaction(self._connection, where=self._where) as connection:
            known = units_now(connection, units)
            made_at = log.now()
            last = connection.execute("SELECT max(entry) FROM log").fetchone()[0]
            round_id = hashed_id("rnd", name, units, list(fields), list(coders), blind, made_by, made_at, last)
            made = Round(round_id, name, units, tuple(fields), tuple(coders), blind, made_by, made_at, chosen=chosen)
            insert_round(connection, made, units=known)
        return made

    # -------------------------------------------------------------- reading
    def all(self) -> tuple[Round, ...]:
        """Every round, the newest first."""
        with explained(self._where):
            if schema_of(self._connection) < 3:
                return ()
            rows = self._connection.execute(f"SELECT {ROUND_COLUMNS} FROM rounds ORDER BY key DESC").fetchall()  # noqa: S608 - constant
            return tuple(round_of(self._connection, row) for row in rows)

    def find(self, round_id: str) -> Round:
        """The round with this id. Raises StoreError."""
        with explained(self._where):
            row = self._connection.execute(f"SELECT {ROUND_COLUMNS} FROM rounds WHERE id = ?", (round_id,)).fetchone()  # noqa: S608
            if row is None:
                raise StoreError("no such round", where=round_id, remedy="choose one from the list of rounds")
            return round_of(self._connection, row)

    def unit(self, round_id: str, event_id: str) -> Unit:
        """One event of a round, as it stood when the round was made. Raises StoreError."""
        return next(iter(self._units(round_id, "AND event = ?", event_id)), None) or no_unit(event_id)

    def units(self, round_id: str) -> tuple[Unit, ...]:
        """All events of a round, in the order of coding."""
        return self._units(round_id, "")

    def codings(self, round_id: str) -> tuple[Coding, ...]:
        """All codings and adjudications of a round, oldest first."""
        with explained(self._where):
            sql = f"SELECT {CODING_COLUMNS} FROM codings JOIN rounds ON rounds.key = round WHERE rounds.id = ? ORDER BY codings.key"  # noqa: S608
            return tuple(coding_of(row) for row in self._connection.execute(sql, (round_id,)))

    def _units(self, round_id: str, condition: str, *parameters: str) -> tuple[Unit, ...]:
        with explained(self._where):
            sql = (
                "SELECT event, document, triggers FROM round_units JOIN rounds ON rounds.key = round"  # noqa: S608 - a constant
                f" WHERE rounds.id = ? {condition} ORDER BY round_units.key"
            )
            rows = self._connection.execute(sql, (round_id, *parameters)).fetchall()
        return tuple(Unit(event, document, spans_of(json.loads(triggers))) for event, document, triggers in rows)

    # -------------------------------------------------------------- coding
    def code(
        self,
        round_id: str,
        event_id: str,
        *,
        coder: str,
        answers: Mapping[str, Answer],
        is_event: bool = True,
        comment: str = "",
        seconds: float = 0.0,
    ) -> Coding:
        """Append what a coder says of one unit. Raises StoreError for who is not in the round, has handed in, or if it is closed."""
        with transaction(self._connection, where=self._where) as connection:
            round_ = self.find(round_id)
            _check_may_code(round_, coder)
            given = Coding("", round_id, event_id, coder, answers if is_event else {}, log.now(), seconds, False, is_event, comment)
            return append_coding(connection, round_, given=given)

    def adjudicate(self, round_id: str, event_id: str, *, coder: str, answers: Mapping[str, Answer], comment: str = "") -> Coding:
        """Append how some fields of a unit are settled. Raises StoreError if this coder still codes the round, or it is closed."""
        with transaction(self._connection, where=self._where) as connection:
            round_ = self.find(round_id)
            _check_open(round_)
            if coder in round_.coders and coder not in round_.handed_in:
                raise StoreError(f"{coder} still codes this round", where=round_.name, remedy="hand in first, then settle what differs")
            given = Coding("", round_id, event_id, coder, answers, log.now(), is_adjudication=True, comment=comment)
            return append_coding(connection, round_, given=given)

    def hand_in(self, round_id: str, *, coder: str) -> None:
        """A coder is done: the answers stand, and the machine's may be shown. Raises StoreError while a unit is not coded."""
        with transaction(self._connection, where=self._where) as connection:
            round_ = self.find(round_id)
            _check_may_code(round_, coder)
            done = {coding.event_id for coding in self.codings(round_id) if coding.coder == coder and not coding.is_adjudication}
            if missing := len(set(round_.units) - done):
                raise StoreError(f"{missing} of its events are not coded yet", where=round_.name, remedy="code them first")
            end_round(connection, round_, coder=coder, by=coder)

    def close(self, round_id: str, *, by: str) -> None:
        """Nobody codes or settles any more, and nothing of the round is hidden. Raises StoreError if it is closed already."""
        with transaction(self._connection, where=self._where) as connection:
            round_ = self.find(round_id)
            _check_open(round_)
            end_round(connection, round_, coder=None, by=by)

    # -------------------------------------------------------------- blindness
    def hidden_from(self, name: str) -> Hidden:
        """What this person may not see: everything about pages with events of blind rounds in which the person still codes."""
        blind = self._open_and_blind(name)
        if not blind:
            return Hidden()
        with explained(self._where):
            units = [unit for round_ in blind for unit in self.units(round_.id)]
            return Hidden({round_.id: round_.name for round_ in blind}, ids_about(self._connection, units))

    def _open_and_blind(self, name: str) -> tuple[Round, ...]:
        with explained(self._where):
            if schema_of(self._connection) < 3:
                return ()
            sql = (
                f"SELECT {ROUND_COLUMNS} FROM rounds WHERE blind AND EXISTS (SELECT 1 FROM json_each (coders) WHERE value = ?)"  # noqa: S608
                " AND NOT EXISTS (SELECT 1 FROM round_ends WHERE round = rounds.key AND (coder IS NULL OR coder = ?))"
            )
            return tuple(round_of(self._connection, row) for row in self._connection.execute(sql, (name, name)).fetchall())


# ------------------------------------------------------------------ choosing
def drawn(units: Sequence[str], *, size: int, seed: int) -> tuple[str, ...]:
    """So many of the events, drawn at random, the same for the same seed; in their old order, so that a page is read once."""
    if size >= len(units):
        return tuple(units)
    chosen = set(random.Random(seed).sample(sorted(units), size))
    return tuple(event for event in units if event in chosen)


def _check_round(name: str, units: Sequence[str], *, fields: Sequence[str], coders: Sequence[str]) -> None:
    wanting = [
        (not name.strip(), "a round needs a name", "give one"),
        (not units, "a round needs events", "choose a search that finds some"),
        (len(units) > MOST_UNITS, f"a round has at most {MOST_UNITS:,} events", "draw a sample"),
        (not fields, "a round needs fields", "tick at least one"),
        (not coders or not all(coder.strip() for coder in coders), "a round needs coders", "name at least one"),
        (len(set(coders)) < len(coders), "a coder is named twice", "name each coder once"),
    ]
    for is_so, what, remedy in wanting:
        if is_so:
            raise StoreError(what, remedy=remedy)


# ------------------------------------------------------------------ checks
def _check_open(round_: Round) -> None:
    if round_.is_closed:
        raise StoreError("this round is closed", where=round_.name, remedy="make a new one")


def _check_may_code(round_: Round, coder: str) -> None:
    _check_open(round_)
    if coder not in round_.coders:
        raise StoreError(f"{coder} is not in this round", where=round_.name, remedy="ask an editor to make a round with you")
    if coder in round_.handed_in:
        raise StoreError(f"{coder} has handed in; the answers stand", where=round_.name, remedy="tell who settles what differs")
