"""EDTF (levels 0 to 2, as the codebook uses it) → the first and last day it can mean."""

import calendar
import re

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
DATE = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2}))?(?:-(?P<day>[0-9X]{2}))?(?:T.*)?")
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
MARKS = str.maketrans("", "", "?~%")  #: uncertain, approximate, both: the days stay those of the date

Days = tuple[str, str]


def days_of(edtf: str | None) -> Days | None:
    """First and last day as ISO dates, ``None`` if the year is unknown or it is no EDTF. An open end is the first or last day of all."""
    if not edtf:
        return None
    plain = edtf.strip().translate(MARKS)
    if "/" in plain:
        return _interval(*plain.split("/", 1))
    return _date(plain)


def _interval(start: str, end: str) -> Days | None:
    first = (FIRST_DAY, FIRST_DAY) if start in ("", "..") else _date(start)
    last = (LAST_DAY, LAST_DAY) if end in ("", "..") else _date(end)
    if first is None or last is None or (start in ("", "..") and end in ("", "..")):
        return None
    return first[0], last[1]


def _date(text: str) -> Days | None:
    match = DATE.fullmatch(text)
    if match is None or match["year"].startswith("XX") or "X" in match["year"].rstrip("X"):
        return None
    first_year, last_year = int(match["year"].replace("X", "0")), int(match["year"].replace("X", "9"))
    months = _months(match["month"])
    if months is None or first_year == 0 or not _is_day(match, month=months[1]):
        return None
    return _day(first_year, months[0], day=match["day"], last=False), _day(last_year, months[1], day=match["day"], last=True)


def _months(text: str | None) -> tuple[int, int] | None:
    if text is None or "X" in text:
        return 1, 12
    number = int(text)
    if number in SEASONS:
        return SEASONS[number]
    return (number, number) if 1 <= number <= 12 else None


def _is_day(match: re.Match[str], *, month: int) -> bool:
    """Whether there is such a day; a day of an unknown month or year need only be one of some month."""
    if match["day"] is None or "X" in match["day"]:
        return True
    known = "X" not in match["year"] + match["month"] and month <= 12
    return 1 <= int(match["day"]) <= (_length(int(match["year"]), month) if known else 31)


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _day(year: int, month: int, *, day: str | None, last: bool) -> str:
    """A winter ends in the next year, unless years end before."""
    if month > 12:
        if year == 9999:
            return LAST_DAY
        year, month = year + 1, month - 12
    length = _length(year, month)
    number = (length if last else 1) if day is None or "X" in day else min(int(day), length)
    return f"{year:04}-{month:02}-{number:02}"
