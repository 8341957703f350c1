"""Dates as pages print them → ISO dates; None where the day cannot be known for certain."""

import re
from datetime import date
from functools import cache

from purport.resources import rows_of

EARLIEST = date(1900, 1, 1)

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?\s*(?:of |de |/|-)?\s*([^\W\d_]+(?:_[^\W\d_]+)?)\.?,?\s*(?:de |del |/|-)?\s*(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2}) ([A-Z]{3,4}) (\d{2})(?!\d)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_YEAR_ZERO_OF_SHORT = 1900


@cache
def months() -> dict[str, int]:
    """Month numbers by name and short form, lower case, in the languages of ``resources/extract/months.tsv``."""
    return {name: int(row["number"]) for row in rows_of("extract/months.tsv") for name in row["names"].split()}


def date_in(text: str) -> str | None:
    """The first full date in a short text as ISO date. "03/04/2020" is None: which is the month cannot be known."""
    text = (
        text.translate(_DIGITS)
        .replace("كانون الثاني", "كانون_الثاني")
        .replace("كانون الأول", "كانون_الأول")
        .replace("تشرين ال", "تشرين_ال")
    )
    readings = (_iso(text), _named(text), _compact(text), _numeric(text), _short(text))
    return next((found for found in readings if found), None)


def _iso(text: str) -> str | None:
    found = _ISO.search(text)
    return checked(*map(int, found.groups())) if found else None


def _compact(text: str) -> str | None:
    found = _COMPACT.search(text)
    return checked(*map(int, found.groups())) if found else None


def _numeric(text: str) -> str | None:
    found = _NUMERIC.search(text)
    if not found:
        return None
    one, two, year = map(int, found.groups())
    if one > 12 or one == two:
        return checked(year, two, one)
    return checked(year, one, two) if two > 12 else None


def _named(text: str) -> str | None:
    for pattern, day, month in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        for found in pattern.finditer(text):
            number = months().get(found[month].lower())
            if number and (iso := checked(int(found[3]), number, int(found[day]))):
                return iso
    return None


def _short(text: str) -> str | None:
    found = _SHORT_YEAR.search(text)
    number = months().get(found[2].lower()) if found else None
    return checked(_YEAR_ZERO_OF_SHORT + int(found[3]), number, int(found[1])) if found and number and int(found[3]) > 30 else None


def checked(year: int, month: int, day: int) -> str | None:
    """The ISO date, or None if there is no such day or no news could bear it."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if found >= EARLIEST and found.year < 2100 else None


_DATE_LINE = re.compile(
    r"(?:(?P<cue>published|posted|first published|date|issued|created|publié|veröffentlicht|publicado|pubblicato"
    r"|updated|last updated|modified|last modified)"
    r"(?: on| at| le| am| el| il)?:?\s+)?(?:on )?(?P<rest>.{6,60})$",
    re.IGNORECASE,
)
_REST_OF_DATE = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|\b(?:at|on|gmt|utc|bst|est|edt|et|cet"
    r"|local time|am|pm|a\.m\.|p\.m\.|[+-]\d{4}|ist|eet|eest|msk|z|of|(?:last )?(?:updated|modified))\b"
    r"|\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?|(?<=\d)(?:modified|updated)\b|\d|st\b|nd\b|rd\b|th\b|[\s,./|•·:()–—-]",
    re.IGNORECASE,
)


def date_line(line: str) -> tuple[str | None, bool] | None:
    """For a line that is nothing but a date ("Published: 3 March 2020 14:05 GMT"): its ISO date, and False if it is one of change
    ("Updated …"). None for any other line."""
    if len(line) > 90 or not any(character.isdigit() for character in line):
        return None
    found = _DATE_LINE.match(line.strip())
    if not found or not _is_only_date(found["rest"]):
        return None
    return date_in(found["rest"]), not (found["cue"] or "").lower().endswith(("updated", "modified"))


def _is_only_date(words: str) -> bool:
    left = re.findall(r"[^\W\d_]+", _REST_OF_DATE.sub(" ", words.translate(_DIGITS)))
    has_year = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", words.translate(_DIGITS))
    return bool(has_year) and all(word.lower() in months() for word in left)
