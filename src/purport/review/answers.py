"""Answers as they are typed, kept, shown and compared, by the form of their field."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from purport.days import days_of
from purport.errors import QueryError
from purport.model import Count, EntityKind, EventType, Place, Thing, Time, Value
from purport.resources import rows_of
from purport.review.fields import Codebook, Compare, Field, Form
from purport.timing import date_words
from purport.wording import count_range, label

UNSAID = "-"  #: typed for "the page does not say"
UNSAID_WORDS = "the page does not say"
LONGEST = 400  #: characters of one answer
RANGE = re.compile(r"(?P<low>\d{1,9})?\s*(?P<dots>\.\.|-|–|to|\+)?\s*(?P<high>\d{1,9})?", re.ASCII)
AT_LEAST, AT_MOST = re.compile(r"(?:at least|from)\s+(\d{1,9})"), re.compile(r"(?:at most|up to|until)\s+(\d{1,9})")
GEONAMES = re.compile(r"\s*#(\d{1,10})$", re.ASCII)
ARTICLE = re.compile(r"^(?:the|an?) ")
SEPARATOR = "; "

Places = Callable[[str], Place]  #: a place's answer → the place with what the gazetteer knows of it


# ------------------------------------------------------------------ as typed
@dataclass(frozen=True, slots=True)
class _Typed:
    """The field that is answered, and the codebook that it is of."""

    field: Field
    codebook: Codebook


def parsed(field: Field, typed: str, *, codebook: Codebook) -> str | None:
    """The answer as it is kept; None for "the page does not say". Raises QueryError that says how to write it."""
    words = " ".join(typed.split())
    if not words:
        raise QueryError(f"{field.label} is not answered", remedy="answer it, or say that the page does not say")
    if words == UNSAID:
        if not field.may_be_unsaid:
            raise QueryError(f"{field.label} needs an answer", remedy="choose one")
        return None
    if len(words) > LONGEST:
        raise QueryError(f"{field.label} has more than {LONGEST} characters", remedy="shorten it")
    return _BY_FORM[field.form](_Typed(field, codebook), words)


def _choice(asked: _Typed, words: str) -> str:
    field = asked.field
    if words not in field.choices.values():
        raise QueryError(f"{field.label} cannot be {words!r}", remedy=f"choose one of {', '.join(field.choices.values())}")
    return words


def _words(_asked: _Typed, words: str) -> str:
    return SEPARATOR.join(dict.fromkeys(part.strip() for part in words.split(";") if part.strip())) or words


def _place(_asked: _Typed, words: str) -> str:
    return words


def _date(asked: _Typed, words: str) -> str:
    field = asked.field
    days = days_of(words)
    if days is None or days[0] > days[1]:
        raise QueryError(f"{field.label}: {words!r} is no date", remedy="write 2022-03-07, 2022-03, 2022-03-05/2022-03-07 or 2022-03~")
    return words


def _count(asked: _Typed, words: str) -> str:
    field = asked.field
    said = asked.codebook.number_words.get(words.casefold(), words.casefold())
    said = AT_MOST.sub(r"..\1", AT_LEAST.sub(r"\1..", said)).replace(",", "")
    match = RANGE.fullmatch(said)
    low, high = (match["low"], match["high"]) if match else (None, None)
    if match is None or (low is None and high is None) or (low and high and not match["dots"]) or (low and high and int(low) > int(high)):
        raise QueryError(f"{field.label}: {words!r} is no number", remedy="write 11, 11+ for at least 11, ..20 for at most 20, or 10-20")
    if not match["dots"]:
        return str(int(low or high or 0))
    ends = [str(int(end)) if end else "" for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


_BY_FORM = {Form.CHOICE: _choice, Form.WORDS: _words, Form.PLACE: _place, Form.DATE: _date, Form.COUNT: _count}


# ------------------------------------------------------------------ as shown
def answer_words(field: Field, answer: str | None) -> str:
    """The answer for people: "at least 11", "7 March 2022", "armed assault"."""
    if answer is None:
        return UNSAID_WORDS
    match field.form:
        case Form.COUNT:
            return count_range(_counted(answer, kind=""))
        case Form.DATE:
            return date_words(answer)
        case Form.PLACE:
            return GEONAMES.sub("", answer)
        case Form.CHOICE:
            return label(answer)
        case Form.WORDS:
            return answer


# ------------------------------------------------------------------ as compared
def comparable(field: Field, answers: Sequence[str | None]) -> list[str | None]:
    """What coders said of one field of one unit, in a form that is equal where they agree; None stays None.

    A place named without its GeoNames id is the one that another coder of the unit gave an id under that name, if there is just one.
    """
    if field.compare is Compare.PLACE:
        return _places(answers)
    return [None if answer is None else _comparable(field, answer) for answer in answers]


def _comparable(field: Field, answer: str) -> str:
    match field.compare:
        case Compare.ACTOR:
            return _set(answer, lambda part: _actors().get(folded(part), folded(part)))
        case Compare.WORDS:
            return _set(answer, folded)
        case Compare.DAYS:
            return "/".join(days_of(answer) or (answer,))
        case _:
            return answer


def _set(answer: str, key: Callable[[str], str]) -> str:
    return SEPARATOR.join(sorted({key(part) for part in answer.split(";") if part.strip()}))


def _places(answers: Sequence[str | None]) -> list[str | None]:
    ids: dict[str, set[str]] = {}
    for answer in answers:
        if answer is not None and (match := GEONAMES.search(answer)):
            ids.setdefault(_bare_name(answer), set()).add(f"#{match[1]}")
    return [None if answer is None else _place_key(answer, ids) for answer in answers]


def _place_key(answer: str, ids: dict[str, set[str]]) -> str:
    if match := GEONAMES.search(answer):
        return f"#{match[1]}"
    known = ids.get(_bare_name(answer), set())
    return next(iter(known)) if len(known) == 1 else _bare_name(answer)


def _bare_name(answer: str) -> str:
    return folded(GEONAMES.sub("", answer).partition(",")[0])


def measured(field: Field, key: str) -> str | float:
    """A comparable answer as α measures it: a number for counts, where only the lower end (else the upper) has a distance."""
    if field.compare is not Compare.NUMBER:
        return key
    low, _, high = key.partition("..")
    return float(low or high)


@lru_cache(maxsize=20_000)  # the history of a round compares the same answers again and again
def folded(words: str) -> str:
    """Words without case, accents, signs and article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c)).casefold()
    return ARTICLE.sub("", " ".join(re.findall(r"\w+", plain)))


# ------------------------------------------------------------------ actors
@cache
def _actors() -> dict[str, str]:
    """Code by folded name; a name that two actors share is nobody's."""
    codes: dict[str, set[str]] = {}
    for row in rows_of("actors/actors.tsv"):
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                codes.setdefault(folded(name), set()).add(row["code"])
    return {name: next(iter(found)) for name, found in codes.items() if len(found) == 1}


@cache
def _actor_rows() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows_of("actors/actors.tsv")}


@cache
def _actor_names() -> list[tuple[str, str]]:
    """Folded name or alias, and the name to suggest."""
    rows = _actor_rows().values()
    return [(folded(name), row["name"]) for row in rows for name in (row["name"], *row["aliases"].split("|")) if name]


def suggested_actors(words: str, *, most: int = 8) -> list[str]:
    """Names of the actor list that begin with the words, or hold a word that does."""
    key = folded(words)
    if not key:
        return []
    first = (name for alias, name in _actor_names() if alias.startswith(key))
    then = (name for alias, name in _actor_names() if f" {key}" in alias)
    return list(dict.fromkeys((*first, *then)))[:most]


# ------------------------------------------------------------------ to and from claims
def answer_of(field: Field, value: Value) -> str | None:
    """The answer that a claim's value would be; None where it has none (a date that cannot be known)."""
    match value:
        case EventType(code=code):
            return code
        case Thing(name=name):
            return name
        case Place() as place:
            return place.name + (f" #{place.geonames_id}" if place.geonames_id else "")
        case Time(edtf=edtf):
            return edtf
        case Count(kind=kind) as count:
            return _range(count) if kind == field.count else None


def _range(count: Count) -> str | None:
    if count.low is None and count.high is None:
        return None
    if count.low == count.high:
        return str(count.low)
    return f"{'' if count.low is None else count.low}..{'' if count.high is None else count.high}"


def values_of(field: Field, answer: str, *, places: Places) -> tuple[Value, ...]:
    """The values of claims that an answer stands for; several where several were named. Empty for a field without a role."""
    if field.role is None:
        return ()
    match field.form:
        case Form.CHOICE:
            return (EventType(answer),)
        case Form.WORDS:
            return tuple(_thing(part.strip()) for part in answer.split(";") if part.strip())
        case Form.PLACE:
            return (places(answer),)
        case Form.DATE:
            return (Time(answer, answer),)
        case Form.COUNT:
            return (_counted(answer, kind=field.count or ""),)


def _thing(name: str) -> Thing:
    code = _actors().get(folded(name))
    kind = EntityKind(_actor_rows()[code]["kind"]) if code else EntityKind.OTHER
    return Thing(name, kind, actor_code=code)


def _counted(answer: str, *, kind: str) -> Count:
    low, dots, high = answer.partition("..")
    return Count(kind, int(low) if low else None, int(high) if high else (None if dots else int(low)))


def geonames_of(answer: str) -> int | None:
    """The GeoNames id of a place's answer."""
    match = GEONAMES.search(answer)
    return int(match[1]) if match else None


def place_name(answer: str) -> str:
    """The bare name of a place's answer: without country and id."""
    return GEONAMES.sub("", answer).partition(",")[0].strip()


def all_equal(keys: Iterable[str | None]) -> bool:
    """Whether the comparable answers are one and the same."""
    return len(set(keys)) <= 1
