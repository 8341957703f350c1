"""Senses of days and hours: weekdays, today and yesterday, parts of days, the clock."""

import re
from datetime import date

from purport.read.timex.calendar import safe_date, shift_days, weekday_near
from purport.read.timex.dates import near_day
from purport.read.timex.grammar import Match
from purport.read.timex.lexicon import lexicon
from purport.read.timex.meaning import Meaning, Moment, day_meaning, edge_of


def weekday(match: Match, moment: Moment) -> Meaning | None:
    number = int(match.value_of("day", "WEEKDAY"))
    part = str(match.value_of("part", "PART")) if match.has("part") else _part_of_hours(match)
    day = weekday_day(number, which=match.word("which"), moment=moment)
    return day_meaning(day, part=part, unknown=f"XXXX-WXX-{number}", edge=edge_of(match.word("edge")))


def _part_of_hours(match: Match) -> str:
    """ "the early hours of Friday" is its morning."""
    return "MO" if "hours" in match.words and "late" not in match.words else ""


def weekday_day(number: int, *, which: str, moment: Moment) -> date | None:
    """The day meant by a weekday: the last one (or the page's own day), the next one for the future."""
    published = moment.published
    if published is None:
        return None
    if which in ("the previous", "the following") and moment.narrated:
        return weekday_near(moment.narrated, number, back=which == "the previous", strictly=True)
    if which in ("next", "this coming", "the following"):
        return weekday_near(published, number, back=False, strictly=True)
    if which in ("last", "past", "this past", "the past", "the previous"):
        return weekday_near(published, number, back=True, strictly=True)
    return weekday_near(published, number, back=moment.direction != "future")


def repeated_weekday(match: Match, moment: Moment) -> Meaning | None:
    plural = match.value_of("day", "WEEKDAYS")
    number = plural or match.value_of("day", "WEEKDAY")
    part = match.value_of("part", "PARTS") or match.value_of("part", "PART")
    return Meaning("SET", f"XXXX-WXX-{number}" + (f"T{part}" if part else ""))


def day_word(match: Match, moment: Moment) -> Meaning | None:
    shift = int(match.value_of("day", "DAYWORD"))
    part = "NI" if match.word("day") == "tonight" else str(match.value_of("part", "PART"))
    return day_meaning(moved(moment.published, shift), part=part, edge=edge_of(match.word("edge")))


def moved(day: date | None, days: int) -> date | None:
    return shift_days(day, days) if day else None


def day_before_yesterday(match: Match, moment: Moment) -> Meaning | None:
    return day_meaning(moved(moment.published, -2 if match.word("edge") == "before" else 2))


def part_of_today(match: Match, moment: Moment) -> Meaning | None:
    """ "this morning"; "last night" is the night of the day before."""
    day = moved(moment.published, -1 if match.has("last") else 0)
    return day_meaning(day, part=str(match.value_of("part", "PART")), edge=edge_of(match.word("edge")))


def part_of_day(match: Match, moment: Moment) -> Meaning | None:
    """ "the next morning", "that night", "at dawn": of the day the story stands at."""
    shift = {"next": 1, "following": 1, "previous": -1}.get(match.word("which"), 0)
    return day_meaning(moved(moment.told, shift), part=str(match.value_of("part", "PART")), edge=edge_of(match.word("edge")))


def overnight(match: Match, moment: Moment) -> Meaning | None:
    return day_meaning(_named_day(match, moment=moment) or moment.told, part="NI")


def _named_day(match: Match, *, moment: Moment) -> date | None:
    if match.has("word"):
        return moved(moment.published, int(match.value_of("word", "DAYWORD")))
    if match.has("day"):
        return weekday_day(int(match.value_of("day", "WEEKDAY")), which="", moment=moment)
    if match.has("date"):
        return _dated(match, moment=moment)
    return None


def _dated(match: Match, *, moment: Moment) -> date | None:
    month, day = int(match.value_of("month", "MONTH")), match.ordinal("date") or 0
    if match.has("year"):
        return safe_date(int(match.word("year")), month, day)
    return near_day(month, day, moment=moment)


def clock(match: Match, moment: Moment) -> Meaning | None:
    """ "10 p.m. Wednesday", "0230 local time": of the day named, else of the day the story stands at."""
    time = clock_of(match)
    if time is None or (match.has("date") and _dated(match, moment=moment) is None and moment.published):
        return None
    named = match.has("word") or match.has("day") or match.has("date")
    day = _named_day(match, moment=moment) if named else moment.told
    return day_meaning(day, part=time)


def clock_of(match: Match) -> str | None:
    """ "22:00" for the words of a clock time, None if there is no such time."""
    words = match.word("time")
    digits = re.findall(r"\d+", words)
    if not digits:
        return None
    hour, minute = (int(digits[0][:-2]), digits[0][-2:]) if len(digits[0]) == 4 else (int(digits[0]), digits[1] if len(digits) > 1 else "")
    afternoon = bool(re.search(r"p\.?m", words)) or str(match.value_of("part", "PART")) in ("AF", "EV")
    hour = hour % 12 + 12 * afternoon if re.search(r"[ap]\.?m", words) else hour + 12 * (afternoon and hour < 12)
    return f"{hour:02}:{minute or '00'}" if hour <= 24 and int(minute or 0) < 60 else None


def point_of_day(match: Match, moment: Moment) -> Meaning | None:
    time = str(lexicon().values["POINT"][match.word("point")])
    named = match.has("word") or match.has("day")
    day = _named_day(match, moment=moment) if named else moment.told
    return day_meaning(day, part=time)
