"""Cells of outside tables as values: dates in the common forms, numbers, degrees, countries."""

import re
from datetime import date, timedelta
from functools import cache

from purport.resources import rows_of

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]{3,})[-/. ,]+(\d{4})(?:[ T].*)?")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,})\.? (\d{1,2}),? (\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
NOTHING = frozenset({"", "na", "n/a", "nan", "none", "null", "-", "unknown", "."})


def plain(name: str) -> str:
    """A column's name as names are compared."""
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def days_between(first: str, last: str, *, slack: int) -> tuple[str | None, str | None]:
    """The days from the first cell to the last, ``slack`` days wider on both sides; None without. Raises ValueError for what is no date."""
    start, end = _days(first), _days(last)
    if start is None and end is None:
        return None, None
    days = [*(start or ()), *(end or ())]
    return (min(days) - timedelta(days=slack)).isoformat(), (max(days) + timedelta(days=slack)).isoformat()


def _days(cell: str) -> tuple[date, date] | None:
    words = cell.strip()
    if words.lower() in NOTHING:
        return None
    if found := _MONTH.fullmatch(words):
        start = _date(found[1], found[2], day="1", words=words)
        return start, (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    day = _day(words)
    return day, day


def _day(words: str) -> date:
    if found := _ISO.fullmatch(words) or _COMPACT.fullmatch(words):
        return _date(found[1], found[2], day=found[3], words=words)
    if found := _DAY_FIRST.fullmatch(words):
        return _date(found[3], found[2], day=found[1], words=words)
    if found := _MONTH_FIRST.fullmatch(words):
        return _date(found[3], found[1], day=found[2], words=words)
    raise ValueError(f"no date that we can read: {words[:40]!r}; write 2024-05-31")


def _date(year: str, month: str, *, day: str, words: str) -> date:
    number = int(month) if month.isdigit() else _months().get(month.lower(), 0)
    try:
        return date(int(year), number, int(day))
    except ValueError as error:
        raise ValueError(f"no date that there is: {words[:40]!r} (days come before months where neither is a name)") from error


@cache
def _months() -> dict[str, int]:
    return {name: int(row["number"]) for row in rows_of("extract/months.tsv") for name in row["names"].split()}


def as_number(cell: str) -> float | None:
    """A number, None for an empty cell. Raises ValueError for what is none."""
    words = cell.strip().replace("\N{MINUS SIGN}", "-")
    if words.lower() in NOTHING:
        return None
    bare = words.replace(" ", "")
    try:
        number = float(bare.replace(",", "" if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare) else "."))
    except ValueError as error:
        raise ValueError(f"no number: {cell[:40]!r}") from error
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(f"no number: {cell[:40]!r}")
    return number


def whole(cell: str) -> int | None:
    """A count. Raises ValueError for a negative or broken one."""
    number = as_number(cell)
    if number is not None and (number < 0 or number != int(number)):
        raise ValueError(f"no count of people: {cell[:40]!r}")
    return None if number is None else int(number)


def degrees(cell: str, *, most: int) -> float | None:
    """Decimal degrees. Raises ValueError beyond ``most``."""
    number = as_number(cell)
    if number is not None and abs(number) > most:
        raise ValueError(f"no degrees of the earth: {cell[:40]!r}")
    return number


def country_code(name: str) -> str:
    """The ISO alpha-2 code of a country by code or English name ("Syria", "Myanmar (Burma)"); the name itself if it is none we know."""
    words = re.sub(r"\s*\(.*?\)", "", name).strip()
    return _countries().get(words.lower(), words)


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows_of("places/countries.tsv"):
        for name in (row["iso"], row["name"], *row["aliases"].split("|")):
            if name:
                found.setdefault(name.lower(), row["iso"])
    return found
