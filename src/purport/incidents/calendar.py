"""Days as numbers, and what a day without a year or a weekday means beside a publication."""

import re
from datetime import date, timedelta

from purport.days import days_of

Days = tuple[int, int]  #: first and last day, proleptic Gregorian ordinals

WIDEST = 62  #: days; a wider span says too little to compare by
ADDRESS = re.compile(r"(?<!\d)(20[0-3]\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?!\d)")
ADDRESS_PLAIN = re.compile(r"(?<![\dA-Za-z%])(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
NO_YEAR = re.compile(r"XXXX-(\d\d)-(\d\d)")


def ordinal_days(days: tuple[str, str] | None) -> Days | None:
    """ISO dates as numbers; None for none."""
    return (date.fromisoformat(days[0]).toordinal(), date.fromisoformat(days[1]).toordinal()) if days else None


def iso_days(days: Days) -> tuple[str, str]:
    """Numbers as ISO dates."""
    return date.fromordinal(days[0]).isoformat(), date.fromordinal(days[1]).isoformat()


def narrow(days: Days) -> bool:
    """Known to a few days."""
    return days[1] - days[0] <= 3


def day_in_address(url: str | None) -> Days | None:
    """The day that stands in an address ("/2021/11/24/"), as news sites put the day of publication there."""
    for pattern in (ADDRESS, ADDRESS_PLAIN):
        for match in pattern.finditer((url or "").partition("?")[0]):
            try:
                day = date(int(match[1]), int(match[2]), int(match[3])).toordinal()
            except ValueError:
                continue
            return day, day
    return None


def window_before(days: Days, *, before: int, after: int) -> Days:
    """The days from some before to some after."""
    return days[0] - before, days[1] + after


def resolved(value: str, edtf: str | None, *, weak: Days | None) -> Days | None:
    """The days of a stated time; a weekday or a day without a year is the last such day that the publication allows."""
    found = ordinal_days(days_of(edtf))
    if found:
        return found if found[1] - found[0] <= WIDEST else None
    if weak is None:
        return None
    weekday, no_year = WEEKDAY.match(value), NO_YEAR.match(edtf or value)
    if weekday:
        return _last_weekday(int(weekday[1]), until=weak[1])
    return _last_of_year(int(no_year[1]), int(no_year[2]), until=weak[1]) if no_year else None


def weekday_of(value: str) -> int | None:
    """The number of a weekday without a date, Monday 1."""
    found = WEEKDAY.match(value)
    return int(found[1]) if found else None


def day_of_year(value: str) -> str | None:
    """Month and day of a date without a year, "04-09"."""
    found = NO_YEAR.match(value)
    return f"{found[1]}-{found[2]}" if found else None


def _last_weekday(number: int, *, until: int) -> Days:
    day = date.fromordinal(until)
    found = day - timedelta(days=(day.isoweekday() - number) % 7)
    return found.toordinal(), found.toordinal()


def _last_of_year(month: int, day: int, *, until: int) -> Days | None:
    last = date.fromordinal(until)
    for year in (last.year, last.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= last:
            return found.toordinal(), found.toordinal()
    return None
