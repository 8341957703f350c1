"""Senses of calendar dates: days of months, months, years, decades, quarters, seasons, feasts."""

import re
from datetime import date

from purport.read.timex.calendar import easter_of, nth_weekday, quarter_of, safe_date
from purport.read.timex.grammar import Match
from purport.read.timex.meaning import Meaning, Moment, day_meaning, edge_of

#: A bare day and month further ahead than this many days is taken for the last one, unless the tense says future ("Dec. 15" in a page of
#: November is next month's in half the cases of TimeBank, "Sept. 30" is always the last one).
NEAR_DAYS = 120
#: The same beside a verb in the past ("extended its offer to Nov. 16").
SOON_DAYS = 45
TWO_DIGIT_PIVOT = 50
YEARS = {"last": -1, "this": 0, "next": 1}


def iso_date(match: Match, moment: Moment) -> Meaning | None:
    year, month, day = (int(part) for part in match.word("value")[:10].split("-"))
    found = safe_date(year, month, day)
    return day_meaning(found, anchored=False) if found else None


def slashed_date(match: Match, moment: Moment) -> Meaning | None:
    """ "02/13/98": month first unless that cannot be; where both can be and differ, the day is unknown."""
    first, second, year = (int(part) for part in re.split(r"[/.]", match.word("value")))
    full = year if year > 99 else year + (1900 if year > TWO_DIGIT_PIVOT else 2000)
    american, european = safe_date(full, first, second), safe_date(full, second, first)
    if "." in match.word("value"):
        american = None
    if american and european and american != european:
        return Meaning("DATE", american.isoformat(), period=f"{full:04}")
    found = american or european
    return day_meaning(found, anchored=False) if found else None


def day_of_month(match: Match, moment: Moment) -> Meaning | None:
    month, day = int(match.value_of("month", "MONTH")), match.ordinal("day") or 0
    if not 1 <= day <= 31:
        return None
    if match.has("year"):
        found = safe_date(int(match.word("year")), month, day)
        return day_meaning(found, anchored=False) if found else None
    if match.has("year_of") and moment.published:
        return day_meaning(safe_date(moment.published.year + YEARS[match.word("year_of")], month, day))
    return day_meaning(
        near_day(month, day, moment=moment, weekday=int(match.value_of("weekday", "WEEKDAY") or 0)), unknown=f"XXXX-{month:02}-{day:02}"
    )


def day_range(match: Match, moment: Moment) -> Meaning | None:
    """ "3-5 March": both days in one expression, the value an ISO 8601 interval."""
    month, first, last = int(match.value_of("month", "MONTH")), match.ordinal("d1") or 0, match.ordinal("d2") or 0
    if not 1 <= first < last <= 31:
        return None
    year = int(match.word("year")) if match.has("year") else None
    end = safe_date(year, month, last) if year else near_day(month, last, moment=moment)
    start = safe_date(end.year, month, first) if end else None
    edges = [start.isoformat(), end.isoformat()] if start and end else [f"XXXX-{month:02}-{day:02}" for day in (first, last)]
    return Meaning("DATE", "/".join(edges), anchored=end is not None and year is None, period="/".join(edges), day=end)


def month_range(match: Match, moment: Moment) -> Meaning | None:
    """ "June to August 2012"; a first month after the last is of the year before."""
    first, last, year = int(match.value_of("m1", "MONTH")), int(match.value_of("m2", "MONTH")), int(match.word("year"))
    value = f"{year - (first > last):04}-{first:02}/{year:04}-{last:02}"
    return Meaning("DATE", value, period=value)


def near_day(month: int, day: int, *, moment: Moment, weekday: int = 0) -> date | None:
    """The day meant by a month and day without a year."""
    published = moment.published
    if published is None:
        return None
    days = [found for year in (-1, 0, 1) if (found := safe_date(published.year + year, month, day))]
    if weekday and (agreeing := [found for found in days if found.isoweekday() == weekday]):
        return min(agreeing, key=lambda found: abs(found - published))
    before = [found for found in days if found <= published]
    after = [found for found in days if found >= published]
    if moment.direction == "future" and after:
        return after[0]
    limit = SOON_DAYS if moment.direction == "past" else NEAR_DAYS
    if after and (not before or (after[0] - published).days <= min(limit, (published - before[-1]).days)):
        return after[0]
    return before[-1] if before else None


def month(match: Match, moment: Moment) -> Meaning | None:
    number, edge = int(match.value_of("month", "MONTH")), edge_of(match.word("edge"))
    if match.has("year"):
        return Meaning("DATE", f"{int(match.word('year')):04}-{number:02}", edge=edge)
    year = month_year(number, which=match.word("which"), year_named="year" in match.words, moment=moment)
    if year is None:
        return Meaning("DATE", f"XXXX-{number:02}", edge=edge)
    return Meaning("DATE", f"{year:04}-{number:02}", anchored=True, edge=edge)


def month_year(number: int, *, which: str, year_named: bool, moment: Moment) -> int | None:
    """The year of a month without one: that of its last occurrence, or of its next one for the future."""
    published = moment.published
    if published is None:
        return None
    if year_named:
        return published.year + {"last": -1, "next": 1}.get(which, 0)
    if which == "last":
        return published.year - (number >= published.month)
    if which == "next":
        return published.year + (number <= published.month)
    if which == "this":
        return published.year
    if moment.direction == "future":
        return published.year + (number < published.month)
    return published.year - (number > published.month)


def year(match: Match, moment: Moment) -> Meaning | None:
    words = match.word("year")
    return Meaning("DATE", "2000" if words == "two thousand" else words, edge=edge_of(match.word("edge")))


def spoken_year(match: Match, moment: Moment) -> Meaning | None:
    number = match.number("year")
    return Meaning("DATE", f"{int(number):04}") if number and 1000 < number < 2100 else None


def short_year(match: Match, moment: Moment) -> Meaning | None:
    number = int(match.word("year")[1:])
    return Meaning("DATE", str(number + (1900 if number > TWO_DIGIT_PIVOT else 2000)))


def decade(match: Match, moment: Moment) -> Meaning | None:
    words, edge = match.word("decade"), edge_of(match.word("edge"))
    spoken = match.value_of("decade", "SPOKEN_DECADE")
    digits = re.sub(r"\D", "", words)
    century = "19" if len(digits) == 2 else ""
    return Meaning("DATE", str(spoken) if spoken else (century + digits)[:3], edge=edge)


def century(match: Match, moment: Moment) -> Meaning | None:
    number = match.ordinal("n")
    return Meaning("DATE", f"{number - 1:02}", edge=edge_of(match.word("edge"))) if number else None


def quarter_year(match: Match, *, moment: Moment) -> int | None:
    if match.has("year"):
        return int(match.word("year"))
    if moment.published is None:
        return None
    return moment.published.year + {"last": -1, "next": 1}.get(match.word("which"), 0)


def quarter(match: Match, moment: Moment) -> Meaning | None:
    """ "third-quarter", "the 1988 quarter", "the year-earlier third quarter"."""
    published, number = moment.published, match.ordinal("n") or (moment.quarter or (0, 0))[1]
    if match.has("year") and not number:
        return Meaning("DATE", match.word("year"))
    if not number:
        return Meaning("DATE", f"{published.year - 1:04}", anchored=True) if published and match.has("past") else None
    year = quarter_year(match, moment=moment)
    if year is None:
        return Meaning("DATE", f"XXXX-Q{number}")
    named = match.has("year") or match.has("which") or "this" in match.words
    if not named and published and number > quarter_of(published)[1] and moment.direction != "future":
        year -= 1
    year -= match.has("past")
    told = None if match.has("past") or (match.has("year") and published and year < published.year) else (year, number)
    return Meaning("DATE", f"{year:04}-Q{number}", anchored=not match.has("year"), quarter=told)


def recent_quarter(match: Match, moment: Moment) -> Meaning | None:
    """ "the quarter": the one told of last, else the one that ended last; "this quarter", "last quarter", "next quarter"."""
    if moment.published is None:
        return Meaning("DATE", "XXXX-QX")
    year, number = quarter_of(moment.published)
    shift = {"last": -1, "previous": -1, "next": 1}.get(match.word("which"))
    if shift is None and {"this", "current"} & set(match.words):
        shift = 0
    if shift is None and moment.quarter:
        return Meaning("DATE", "{:04}-Q{}".format(*moment.quarter), anchored=True)
    return _shifted_quarter(year * 4 + number - 1 + (-1 if shift is None else shift))


def _shifted_quarter(count: int) -> Meaning:
    year, number = count // 4, count % 4 + 1
    return Meaning("DATE", f"{year:04}-Q{number}", anchored=True, quarter=(year, number))


def half(match: Match, moment: Moment) -> Meaning | None:
    year, number = quarter_year(match, moment=moment), 1 if match.word("n") == "first" else 2
    return Meaning("DATE", f"{year:04}-H{number}" if year else f"XXXX-H{number}", anchored=not match.has("year"))


def season(match: Match, moment: Moment) -> Meaning | None:
    code, edge = match.value_of("season", "SEASON"), edge_of(match.word("edge"))
    if match.has("year"):
        return Meaning("DATE", f"{match.word('year')}-{code}", edge=edge)
    published = moment.published
    if published is None:
        return Meaning("DATE", f"XXXX-{code}", edge=edge)
    starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[str(code)]
    year = month_year(starts, which="", year_named=False, moment=moment) or published.year
    if match.word("which") == "last" and starts <= published.month < starts + 3:
        year -= 1
    if match.word("which") == "this" or match.words[0] == "this":
        year = published.year if code != "WI" or published.month > 2 else published.year - 1
    return Meaning("DATE", f"{year:04}-{code}", anchored=True, edge=edge)


def named_day(match: Match, moment: Moment) -> Meaning | None:
    name = str(match.value_of("day", "NAMED_DAY")) if match.has("day") else ("12-31" if match.word("eve") == "eve" else "01-01")
    if match.has("day") and match.has("eve"):
        name = "12-24" if name == "12-25" else "10-31"
    return _feast(name, match=match, moment=moment)


def election_day(match: Match, moment: Moment) -> Meaning | None:
    return _feast("election", match=match, moment=moment)


def _feast(name: str, *, match: Match, moment: Moment) -> Meaning | None:
    if match.has("year"):
        return day_meaning(feast_of(name, year=int(match.word("year"))), anchored=False)
    published = moment.published
    if published is None:
        return day_meaning(None, unknown=f"XXXX-{name}" if name[0].isdigit() else "XXXX-XX-XX")
    days = [feast_of(name, year=published.year + shift) for shift in (-1, 0, 1)]
    future = match.word("which") in ("next", "this") or moment.direction == "future"
    return day_meaning(next(day for day in days if day >= published) if future else [day for day in days if day <= published][-1])


def feast_of(name: str, *, year: int) -> date:
    """The day of a feast in a year; ``name`` is "12-25" or the name of a movable one. Movable ones are those of the United States."""
    if name == "easter":
        return easter_of(year)
    if name == "thanksgiving":
        return nth_weekday(year, 11, weekday=4, n=4)
    if name == "election":
        return date.fromordinal(nth_weekday(year, 11, weekday=1, n=1).toordinal() + 1)
    return date.fromisoformat(f"{year:04}-{name}")
