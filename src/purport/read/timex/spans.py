"""Senses of stretches of time: this and last week, so long ago, durations, sets, vague words."""

from datetime import date

from purport.read.timex.calendar import quarter_of, shift_days, shift_months, week_of
from purport.read.timex.dates import near_day
from purport.read.timex.grammar import Match
from purport.read.timex.lexicon import lexicon
from purport.read.timex.meaning import Meaning, Moment, day_meaning, edge_of

WHICH = {"last": -1, "previous": -1, "preceding": -1, "past": -1, "next": 1, "following": 1, "coming": 1}
MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
DAYS_IN = {"D": 1, "W": 7, "N": 1, "2W": 14}
UNKNOWN = {
    "D": "XXXX-XX-XX",
    "N": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "M": "XXXX-XX",
    "Y": "XXXX",
    "Q": "XXXX-QX",
    "WE": "XXXX-WXX-WE",
    "E": "XXX",
    "C": "XX",
}


def unit_code(match: Match, part: str = "unit") -> str:
    """TIMEX3's letter for a unit in the singular or plural; TH, TM and TS for hours, minutes and seconds."""
    return str(match.value_of(part, "UNIT") or match.value_of(part, "UNITS"))


def shifted(day: date, count: int, *, unit: str) -> date | None:
    """``day`` moved by ``count`` units; None beyond the calendar."""
    if unit in MONTHS_IN:
        return shift_months(day, count * MONTHS_IN[unit])
    return shift_days(day, count * DAYS_IN.get(unit, 7 if unit == "WE" else 0))


def name_of(day: date | None, *, unit: str) -> str:
    """The TIMEX3 value of the week, month, … that holds ``day``."""
    if day is None:
        return UNKNOWN.get(unit, "XXXX-XX-XX")
    names = {
        "W": week_of(day),
        "2W": week_of(day),
        "WE": week_of(day) + "-WE",
        "M": f"{day:%Y-%m}",
        "Y": f"{day.year:04}",
        "Q": "{:04}-Q{}".format(*quarter_of(day)),
        "E": f"{day.year // 10:03}",
        "C": f"{day.year // 100:02}",
    }
    return names.get(unit, day.isoformat())


def unit_meaning(day: date | None, *, unit: str, edge: str | None = None) -> Meaning:
    is_day = unit in ("D", "N")
    return Meaning("DATE", name_of(day, unit=unit), anchored=day is not None, edge=edge, day=day if is_day else None)


def unit_around(match: Match, moment: Moment) -> Meaning | None:
    """ "last week", "early next year", "the end of this month": around the page's date."""
    unit, which = unit_code(match), match.word("which").split(" ")
    shift = 0 if "this" in which and "past" not in which else next((WHICH[word] for word in which if word in WHICH), 0)
    day = moment.published
    if unit == "WE" and "this" in which and "past" in which:
        shift = -1
    return unit_meaning(shifted(day, shift, unit=unit) if day else None, unit=unit, edge=edge_of(match.word("edge")))


def unit_narrated(match: Match, moment: Moment) -> Meaning | None:
    """ "the following month", "that day": around the day the story stands at."""
    unit, day = unit_code(match), moment.told
    return unit_meaning(
        shifted(day, WHICH.get(match.word("which"), 0), unit=unit) if day else None, unit=unit, edge=edge_of(match.word("edge"))
    )


def weekend(match: Match, moment: Moment) -> Meaning | None:
    """ "the weekend": the last one, the coming one for the future."""
    if moment.published is None:
        return Meaning("DATE", UNKNOWN["WE"])
    back = moment.direction != "future" and moment.published.isoweekday() < 6
    return unit_meaning(shift_days(moment.published, -7 if back else 0), unit="WE")


def week_of_day(match: Match, moment: Moment) -> Meaning | None:
    day = near_day(int(match.value_of("month", "MONTH")), match.ordinal("day") or 0, moment=moment)
    return unit_meaning(day, unit="W")


def year_end(match: Match, moment: Moment) -> Meaning | None:
    return Meaning("DATE", name_of(moment.published, unit="Y"), anchored=moment.published is not None, edge="END")


def period_named(match: Match, moment: Moment) -> Meaning | None:
    """ "the year", "the week": how long, not when; "the full year": the current one."""
    if "full" in match.words:
        return unit_meaning(moment.published, unit="Y")
    return Meaning("DURATION", f"P1{unit_code(match)}")


def year_ago(match: Match, moment: Moment) -> Meaning | None:
    """ "a year earlier": in a report on a quarter, the same quarter of the year before."""
    if moment.quarter:
        return Meaning("DATE", f"{moment.quarter[0] - 1:04}-Q{moment.quarter[1]}", anchored=True)
    day = moment.published
    return Meaning("DATE", name_of(shifted(day, -1, unit="Y") if day else None, unit="Y"), anchored=day is not None, loose=True)


def count_of(match: Match) -> float | None:
    """How many units; None for "a few", "several", …."""
    words = match.word("n")
    if words in ("a", "an", ""):
        return 1.0
    if words == "a couple of":
        return 2.0
    if words.startswith("half"):
        return 0.5
    return match.number("n")


def units_ago(match: Match, moment: Moment) -> Meaning | None:
    """ "two weeks ago": the day, week, month or year then; "years ago" is just past."""
    unit, count, day = unit_code(match), count_of(match), moment.published
    if count is None or not match.has("n"):
        return Meaning("DATE", "PAST_REF")
    if unit.startswith("T"):
        return day_meaning(day if day and count < 6 else None, edge=None)
    if unit == "E":
        unit, count = "Y", count * 10
    return _then(day, -count, unit=unit)


def units_after(match: Match, moment: Moment) -> Meaning | None:
    """ "six days earlier", "a week later": from the day the story stands at; "two years from now" from the page's."""
    unit, count = unit_code(match), count_of(match)
    now = match.word("way") == "from now"
    sign = -1 if match.word("way") in ("earlier", "before") else 1
    if count is None or unit.startswith("T"):
        return Meaning("DATE", "FUTURE_REF" if sign > 0 and now else "PAST_REF")
    return _then(moment.published if now else moment.told, sign * count, unit=unit)


def _then(day: date | None, count: float, *, unit: str) -> Meaning | None:
    target = shifted(day, int(count), unit=unit) if day else None
    if unit == "W" and target:
        return Meaning("DATE", target.isoformat(), anchored=True, loose=True, day=target)
    loose = unit not in ("D", "N")
    return Meaning("DATE", name_of(target, unit=unit), anchored=target is not None, loose=loose, day=None if loose else target)


def ordinal_day(match: Match, moment: Moment) -> Meaning | None:
    """ "the second day": of what, the words do not say."""
    return None


def written_count(count: float) -> str:
    return str(int(count)) if count == int(count) else f"{count:g}"


def duration_value(count: float | None, *, unit: str) -> str:
    """ "P3D", "PT2H", "PXY"; two and a half years are P2Y6M."""
    time, letter = ("T", unit[1]) if unit.startswith("T") else ("", unit)
    if letter in ("N", "WE"):
        letter = "D"
    if letter == "2W":
        count, letter = (count or 1) * 2, "W"
    if count is None:
        return f"P{time}X{letter}"
    if letter in ("E", "C", "L"):
        return f"P{written_count(count * {'E': 10, 'C': 100, 'L': 1000}[letter])}Y"
    whole, rest = int(count), count - int(count)
    smaller = {"Y": (12, "M"), "H": (60, "M"), "M": (60, "S")}.get(letter)
    if rest == 0.5 and smaller and (time or letter == "Y"):
        return f"P{time}" + (f"{whole}{letter}" if whole else "") + f"{smaller[0] // 2}{smaller[1]}"
    return f"P{time}{written_count(count)}{letter}"


def duration(match: Match, moment: Moment) -> Meaning | None:
    count = count_of(match)
    if count is None:
        return None
    return Meaning("DURATION", duration_value(count + 0.5 * match.has("half"), unit=unit_code(match)))


def vague_duration(match: Match, moment: Moment) -> Meaning | None:
    couple = match.word("n").startswith("couple")
    return Meaning("DURATION", duration_value(2.0 if couple else None, unit=unit_code(match)))


def counted_span(match: Match, moment: Moment) -> Meaning | None:
    """ "the past two weeks": a duration that ends (or begins) now; "the first two days" only a duration."""
    count = match.number("n") if match.has("n") else 1.0
    unit = unit_code(match)
    period = around_now(count, unit=unit, which=match.word("which"), day=moment.published) if count else None
    return Meaning("DURATION", duration_value(count, unit=unit), anchored=period is not None, period=period)


def around_now(count: float, *, unit: str, which: str, day: date | None) -> str | None:
    """EDTF interval of the last or next so many units, in days for hours and weeks, else in the unit itself."""
    if day is None or which in ("first", "final", "latest", "previous", "preceding", "following"):
        return None
    steps, step = (max(1, round(count / 24)), "D") if unit == "TH" else (int(count * 10), "Y") if unit == "E" else (int(count), unit)
    other = shifted(day, (-steps if which in ("last", "past") else steps), unit=step)
    if other is None or unit in ("TM", "TS", "C", "L"):
        return None
    grain = "M" if step in ("M", "Q") else "Y" if step == "Y" else "D"
    return "/".join(name_of(edge, unit=grain) for edge in sorted((other, day)))


def recent_units(match: Match, moment: Moment) -> Meaning | None:
    """ "recent weeks", "coming months", "past years"."""
    unit, which = unit_code(match), match.word("which")
    if which in ("past", "future") or unit == "Y":
        return Meaning("DATE", "PAST_REF" if which in ("recent", "past") else "FUTURE_REF")
    return Meaning("DURATION", duration_value(None, unit=unit))


def fixed_set(match: Match, moment: Moment) -> Meaning | None:
    return Meaning("SET", str(lexicon().values["DAILY"][match.word("word")]))


def repeated_unit(match: Match, moment: Moment) -> Meaning | None:
    words = match.word("n")
    count = 2.0 if words in ("other", "second") else count_of(match)
    return Meaning("SET", duration_value(count, unit=unit_code(match))) if count else None


def repeated_month(match: Match, moment: Moment) -> Meaning | None:
    return Meaning("SET", f"XXXX-{int(match.value_of('month', 'MONTH')):02}")


def repeated_season(match: Match, moment: Moment) -> Meaning | None:
    return Meaning("SET", f"XXXX-{match.value_of('season', 'SEASON')}")


def vague(match: Match, moment: Moment) -> Meaning | None:
    """What the rule itself gives: PRESENT_REF, PAST_REF, FUTURE_REF, PXX."""
    return Meaning(match.rule.kind, match.rule.value)
