"""A search line → a query: words, "phrases", ``field:value``, ``a|b`` for either, ``-`` before any of them to exclude."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from purport.days import days_of
from purport.errors import QueryError
from purport.status import StatusCode

#: field → what it asks, for documentation and for the message about an unknown one
FIELDS = {
    "type": "type of the event, as in the codebook",
    "actor": "perpetrator or target",
    "perpetrator": "who did it",
    "target": "to whom",
    "instrument": "with what",
    "name": "a person's name given on somebody's word",
    "source": "anybody in the chain that tells it",
    "place": "place, province or country of the event",
    "near": "latitude,longitude,kilometres from the event's place",
    "date": "day, month, year or range (2015-01..2015-03) of the event",
    "status": "on whose word: " + ", ".join(StatusCode),
    "reality": "actual, negated or unrealised",
    "voice": "outlet or sources",
    "certainty": "certain, probable or possible",
    "disputed": "yes or no",
    "confidence": "range (.6.., 0.6..0.9) of the chance that the event is read right: the greatest of the claims that it happened",
    "killed": "number or range (10..20, 10..) of people killed",
    "injured": "number or range of people injured",
    "casualties": "number or range of killed and injured in one figure",
    "missing": "number or range of missing people",
    "detained": "number or range of people detained",
    "abducted": "number or range of people abducted",
    "displaced": "number or range of people displaced",
    "outlet": "outlet of the page",
    "title": "headline of the page",
    "language": "language of the page, two letters",
    "published": "day, month, year or range in which the page was published",
}
CHOICES = {
    "status": frozenset(StatusCode),
    "reality": frozenset({"actual", "negated", "unrealised"}),
    "voice": frozenset({"outlet", "sources"}),
    "certainty": frozenset({"certain", "probable", "possible"}),
    "disputed": frozenset({"yes", "no"}),
}
COUNT_KINDS = frozenset({"killed", "injured", "casualties", "missing", "detained", "abducted", "displaced"})
DAY_FIELDS = frozenset({"date", "published"})
WORD_FIELDS = frozenset({"actor", "perpetrator", "target", "instrument", "name", "source", "place", "outlet", "title"})
PAGE_FIELDS = frozenset({"outlet", "title", "language", "published"})
MOST_TERMS = 64  #: SQLite's own limit for a tree of conditions is 1,000

QUOTES = str.maketrans("“”„«»", '"""""')
FIELD = re.compile(r"(?P<minus>-?)(?:(?P<field>[A-Za-z_]+):)?")
VALUE = re.compile(r'"(?P<phrase>[^"]*)"(?P<star>\*?)|(?P<bare>[^\s"|]+)')
STRAY = re.compile("[\ud800-\udfff]")  #: half of a surrogate pair, as a broken terminal may hand over
SPACE = re.compile(r"\s*")
CHANCES = re.compile(r"([01]|[01]?\.\d{1,6})?\.\.([01]|[01]?\.\d{1,6})?", re.ASCII)
POINT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?),(\d+(?:\.\d+)?)(?:km)?")


@dataclass(frozen=True, slots=True)
class Value:
    """One alternative: the words, and whether a word may go on (``bomb*``)."""

    words: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One condition; ``field`` None: words of the page. ``position`` is its first character in the query."""

    field: str | None
    values: tuple[Value, ...]
    negated: bool
    position: int


def parse_query(text: str) -> tuple[Term, ...]:
    """The conditions, all of which must hold. Raises QueryError with the position of what makes no sense."""
    if stray := STRAY.search(text):
        raise QueryError("a character that is not Unicode", where=_at(stray.start()), remedy="type it again")
    terms = tuple(_terms(text.translate(QUOTES)))
    if len(terms) > MOST_TERMS:
        raise QueryError(f"more than {MOST_TERMS} conditions", where=_at(terms[MOST_TERMS].position), remedy="ask in several searches")
    for term in terms:
        _check(term)
    return terms


def _terms(text: str) -> Iterator[Term]:
    position = _skip(text, 0)
    while position < len(text):
        term, position = _term(text, position)
        yield term
        position = _skip(text, position)


def _skip(text: str, position: int) -> int:
    match = SPACE.match(text, position)
    return match.end() if match else position


def _term(text: str, start: int) -> tuple[Term, int]:
    head = FIELD.match(text, start)
    assert head is not None  # noqa: S101 - the pattern matches the empty string
    values: list[Value] = []
    position = head.end()
    while True:
        value, position = _value(text, position)
        values.append(value)
        if not text.startswith("|", position):
            break
        position += 1
    field = head["field"].lower() if head["field"] else None
    return Term(field, tuple(values), bool(head["minus"]), start), position


def _value(text: str, position: int) -> tuple[Value, int]:
    if text.startswith('"', position) and text.find('"', position + 1) < 0:
        raise QueryError("a quotation mark without its partner", where=_at(position), remedy='close it with "')
    match = VALUE.match(text, position)
    if match is None:
        raise QueryError("nothing to look for", where=_at(position), remedy="put a word after the sign before it")
    if match["bare"] is None:
        return Value(match["phrase"], bool(match["star"])), match.end()
    bare = match["bare"]
    return Value(bare.rstrip("*"), bare.endswith("*")), match.end()


def _at(position: int) -> str:
    return f"query, character {position + 1}"


def _check(term: Term) -> None:
    if term.field is not None and term.field not in FIELDS:
        remedy = f"fields are {', '.join(FIELDS)}; put quotation marks around words with a colon"
        raise QueryError(f"no field {term.field!r}", where=_at(term.position), remedy=remedy)
    for value in term.values:
        _check_value(term, value)


def _check_value(term: Term, value: Value) -> None:
    if not any(character.isalnum() for character in value.words):
        raise QueryError(f"nothing to look for in {value.words!r}", where=_at(term.position), remedy="give a word")
    if term.field in CHOICES and value.words not in CHOICES[term.field]:
        choices = ", ".join(sorted(CHOICES[term.field]))
        raise QueryError(f"{term.field} cannot be {value.words!r}", where=_at(term.position), remedy=f"use one of {choices}")
    if term.field in DAY_FIELDS:
        days_asked(term, value)
    elif term.field in COUNT_KINDS:
        numbers_asked(term, value)
    elif term.field == "confidence":
        chances_asked(term, value)
    elif term.field == "near":
        circle_asked(term, value)


def days_asked(term: Term, value: Value) -> tuple[str, str]:
    """First and last day of a day, month, year or range with ``..``. Raises QueryError."""
    start, dots, end = value.words.partition("..")
    days = days_of(f"{start}/{end}" if dots else start)
    if days is None or days[0] > days[1]:
        raise QueryError(
            f"no date or range: {value.words!r}", where=_at(term.position), remedy="write 2015, 2015-01, 2015-01-31 or 2015-01..2015-03"
        )
    return days


def numbers_asked(term: Term, value: Value) -> tuple[int, int | None]:
    """Lowest and highest number of ``10``, ``10..20``, ``10..`` or ``..20``; None for no limit. Raises QueryError."""
    match = re.fullmatch(r"(\d{0,9})(\.\.)?(\d{0,9})", value.words, re.ASCII)
    if match is None or (match[2] is None and match[3]):
        raise QueryError(f"no number or range: {value.words!r}", where=_at(term.position), remedy="write 10, 10..20 or 10..")
    low = int(match[1] or 0)
    high = low if match[2] is None else (int(match[3]) if match[3] else None)
    if high is not None and high < low:
        raise QueryError(f"the range {value.words!r} is empty", where=_at(term.position), remedy="put the lower number first")
    return low, high


def chances_asked(term: Term, value: Value) -> tuple[float, float]:
    """Least and greatest chance (0 to 1) of ``.6..``, ``.6...9`` or ``..0.4``; a single number is refused. Raises QueryError."""
    match = CHANCES.fullmatch(value.words)
    low, high = (float(match[1] or 0), float(match[2] or 1)) if match else (1.0, 0.0)
    if match is None or high > 1:
        what = f"no range of chances from 0 to 1: {value.words!r}"
        raise QueryError(what, where=_at(term.position), remedy="write .6.. for at least .6, ..0.4 for at most .4, or 0.4..0.6")
    if high < low:
        raise QueryError(f"the range {value.words!r} is empty", where=_at(term.position), remedy="put the lower number first")
    return low, high


def circle_asked(term: Term, value: Value) -> tuple[float, float, float]:
    """Latitude, longitude (degrees) and radius (kilometres). Raises QueryError."""
    match = POINT.fullmatch(value.words)
    if match is None or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
        raise QueryError(
            f"no circle: {value.words!r}", where=_at(term.position), remedy="write near:36.2,37.1,50 (latitude, longitude, kilometres)"
        )
    return float(match[1]), float(match[2]), float(match[3])
