"""Query → SQL conditions with parameters. Words only ever reach FTS5 inside quotation marks, values only as parameters."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from purport.distance import kilometres
from purport.model import Role
from purport.store.query import COUNT_KINDS, PAGE_FIELDS, Term, Value, chances_asked, circle_asked, days_asked, numbers_asked

KM_PER_DEGREE = 111.195  #: of latitude, on a sphere of 6,371 km
WORD_COLUMNS = {"actor": "{perpetrator target}"} | {
    name: name for name in ("perpetrator", "target", "instrument", "name", "source", "place")
}
EVENT_COLUMNS = frozenset({"type", "status", "reality", "voice", "certainty"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL with its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Conditions:
    """``words``: the FTS5 expression that pages must match, None without words; the rest on ``documents`` and on ``events``."""

    words: str | None
    on_documents: tuple[Condition, ...]
    on_events: tuple[Condition, ...]


def conditions_of(terms: Iterable[Term]) -> Conditions:
    """The SQL of a query."""
    terms = tuple(terms)
    plain = [term for term in terms if term.field is None]
    wanted = [_body(term) for term in plain if not term.negated]
    unwanted = [_body(term) for term in plain if term.negated]
    on_documents = [_negatable(_on_document(term), term) for term in terms if term.field in PAGE_FIELDS]
    if unwanted and not wanted:
        on_documents.append(Condition("documents.key NOT IN (SELECT rowid FROM page_words WHERE page_words MATCH ?)", (_either(unwanted),)))
    on_events = [_negatable(_on_event(term), term) for term in terms if term.field is not None and term.field not in PAGE_FIELDS]
    return Conditions(_words(wanted, unwanted), tuple(on_documents), tuple(on_events))


def _words(wanted: list[str], unwanted: list[str]) -> str | None:
    if not wanted:
        return None
    all_wanted = " AND ".join(wanted)
    return f"({all_wanted}) NOT ({_either(unwanted)})" if unwanted else all_wanted


def _either(expressions: Iterable[str]) -> str:
    return " OR ".join(expressions)


def _body(term: Term) -> str:
    return f"{{title body}} : ({_quoted(term)})"


def _quoted(term: Term) -> str:
    return _either(quoted(value) for value in term.values)


def quoted(value: Value) -> str:
    """One FTS5 phrase; quotation marks inside it are doubled, so nothing in it is an operator."""
    doubled = value.words.replace('"', '""').replace("\0", " ")
    return f'"{doubled}"' + (" *" if value.prefix else "")


def _negatable(condition: Condition, term: Term) -> Condition:
    return Condition(f"NOT ({condition.sql})", condition.parameters) if term.negated else condition


def _any(conditions: Iterable[Condition]) -> Condition:
    conditions = tuple(conditions)
    return Condition(" OR ".join(c.sql for c in conditions), tuple(p for c in conditions for p in c.parameters))


def _on_document(term: Term) -> Condition:
    match term.field:
        case "language":
            return Condition(f"documents.language IN ({_marks(term)})", tuple(value.words.lower() for value in term.values))
        case "published":
            return _any(_published(*days_asked(term, value)) for value in term.values)
    expression = f"{term.field} : ({_quoted(term)})"
    return Condition("documents.key IN (SELECT rowid FROM page_words WHERE page_words MATCH ?)", (expression,))


#: The last day that a publication date can mean, whole or known to the month or year.
PUBLISHED_UNTIL = (
    "CASE length(documents.published) WHEN 4 THEN documents.published || '-12-31' WHEN 7 THEN documents.published || '-31'"
    " ELSE substr(documents.published, 1, 10) END"
)


def _published(first: str, last: str) -> Condition:
    """An undated page was published on no day that is asked for."""
    return Condition(f"coalesce(substr(documents.published, 1, 10) <= ? AND {PUBLISHED_UNTIL} >= ?, 0)", (last, first))


def _marks(term: Term) -> str:
    return ", ".join("?" for _ in term.values)


def _on_event(term: Term) -> Condition:
    field = term.field or ""
    if field in EVENT_COLUMNS:
        return Condition(f"events.{field} IN ({_marks(term)})", tuple(value.words for value in term.values))
    if field in WORD_COLUMNS:
        expression = f"{WORD_COLUMNS[field]} : ({_quoted(term)})"
        return Condition("events.key IN (SELECT rowid FROM event_words WHERE event_words MATCH ?)", (expression,))
    if field in COUNT_KINDS:
        ranges = [numbers_asked(term, value) for value in term.values]
        return _any(_counted(field, low, high=high) for low, high in ranges)
    return _any(SPECIAL[field](term, value) for value in term.values)


def _disputed(_term: Term, value: Value) -> Condition:
    return Condition("events.disputed = ?", (value.words == "yes",))


def _dated(term: Term, value: Value) -> Condition:
    """An event counts if one of its times can lie in the days asked for; one without a known time does not."""
    first, last = days_asked(term, value)
    return Condition("events.key IN (SELECT event FROM claims WHERE first_day <= ? AND last_day >= ?)", (last, first))


def _counted(kind: str, low: int, *, high: int | None) -> Condition:
    """A count matches if it can lie in the range; open ends reach as far as they may."""
    sql = "SELECT event FROM claims WHERE kind = ? AND (claims.high IS NULL OR claims.high >= ?)"
    if high is None:
        return Condition(f"events.key IN ({sql})", (kind, low))
    return Condition(f"events.key IN ({sql} AND coalesce(claims.low, 0) <= ?)", (kind, low, high))


def _confident(term: Term, value: Value) -> Condition:
    """The greatest confidence of the claims that the event happened, as it is shown; the range holds its ends."""
    sql = "(SELECT coalesce(max(confidence), 0) FROM claims WHERE claims.event = events.key AND role = ?) BETWEEN ? AND ?"
    return Condition(sql, (Role.TYPE.value, *chances_asked(term, value)))


def _near(term: Term, value: Value) -> Condition:
    latitude, longitude, radius = circle_asked(term, value)
    tall = radius / KM_PER_DEGREE
    wide = tall / max(math.cos(math.radians(min(abs(latitude) + tall, 89.9))), 0.01)
    west, east = longitude - wide, longitude + wide
    if west < -180 or east > 180:
        west, east = -180.0, 180.0  # over the date line: every longitude, the distance decides
    sql = (
        "events.key IN (SELECT claims.event FROM place_boxes JOIN claims ON claims.key = place_boxes.key"
        " WHERE north >= ? AND south <= ? AND east >= ? AND west <= ? AND distance_km (?, ?, south, west) <= ?)"
    )
    return Condition(sql, (latitude - tall, latitude + tall, west, east, latitude, longitude, radius))


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Kilometres between two points, as SQL calls it."""
    return kilometres((latitude, longitude), (other_latitude, other_longitude))


SPECIAL: Mapping[str, Callable[[Term, Value], Condition]] = {
    "disputed": _disputed,
    "date": _dated,
    "confidence": _confident,
    "near": _near,
}
