"""Arithmetic on days, weeks, months, quarters and years, and the names that TIMEX3 gives them."""

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta

QUARTER_MONTHS = 3


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_days(day: date, days: int) -> date | None:
    """``day`` moved by ``days``, None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day: date, months: int) -> date | None:
    """The same day of the month ``months`` away, or the last one of a shorter month; None beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week_of(day: date) -> str:
    """ISO week: "1998-W08"."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter (1 to 4)."""
    return day.year, (day.month - 1) // QUARTER_MONTHS + 1


def weekday_near(day: date, weekday: int, *, back: bool, strictly: bool = False) -> date | None:
    """The closest ``weekday`` (1 Monday to 7 Sunday) at or before ``day``, or at or after it; ``strictly`` leaves out ``day`` itself."""
    distance = (day.isoweekday() - weekday) % 7 if back else (weekday - day.isoweekday()) % 7
    distance = distance or (7 if strictly else 0)
    return shift_days(day, -distance if back else distance)


def easter_of(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous Gregorian algorithm; Meeus 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * el) // 433
    month = (h + el - 7 * m + 90) // 25
    return date(year, month, (h + el - 7 * m + 33 * month + 19) % 32)


def nth_weekday(year: int, month: int, *, weekday: int, n: int) -> date:
    """The n-th ``weekday`` (1 Monday) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (n - 1))
