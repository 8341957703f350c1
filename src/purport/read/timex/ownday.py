"""The day a page speaks from: its publication date, else a full date that its own date line prints."""

import re
from dataclasses import dataclass
from datetime import date

from purport.model import Document
from purport.read.timex.calendar import safe_date
from purport.read.timex.lexicon import lexicon

#: Lines of a page among which its date line is looked for, and how long such a line may be.
HEAD_LINES = 12
MAX_LINE = 120
_MONTHS = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FULL_DATE = re.compile(
    rf"\b(?:{_MONTHS}\s+{_DAY},?\s+{_YEAR}|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|(?P<slashed>\d\d/\d\d/(?:19|20)\d\d))\b", re.IGNORECASE
)
_FULL_DATE_DAY_FIRST = re.compile(rf"\b{_DAY}\s+{_MONTHS},?\s+{_YEAR}\b", re.IGNORECASE)
_LABEL = re.compile(r"\b(?:published|updated|issued(?:\s+on)?|posted|modified|last\s+updated|date)\b\s*(?:on|:|at)?\s*:?", re.IGNORECASE)
_EXTRAS = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b\d{1,2}:\d\d(?::\d\d)?\b|\b[ap]\.?m\.?(?!\w)|\b(?:gmt|utc|est|edt|bst|cet|at|by|on)\b"
    r"|[\s,.|–—:;()+-]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """``day`` None: the page is undated. ``anchor``: "published" or "document:" and the words of the date line."""

    day: date | None = None
    anchor: str | None = None


def own_day_of(document: Document) -> OwnDay:
    """The page's own day. Only a line that is nothing but a full date (with label, weekday, hour) counts, or a date with a label."""
    if document.published:
        found = re.match(r"(\d{4})-(\d\d)-(\d\d)", document.published)
        day = safe_date(*(int(part) for part in found.groups())) if found else None
        return OwnDay(day, "published" if day else None)
    return _from_date_line(document.text)


def _from_date_line(text: str) -> OwnDay:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines[:HEAD_LINES]:
        for pattern in (_FULL_DATE, _FULL_DATE_DAY_FIRST):
            found = pattern.search(line)
            if found and (day := _day_of(found)) and _is_date_line(line, found=found):
                return OwnDay(day, f"document:{found[0]}")
    return OwnDay()


def _is_date_line(line: str, *, found: re.Match[str]) -> bool:
    """Nothing but the date and its trimmings; or the date follows a label ("Issued on: 02/02/2022")."""
    if _LABEL.search(line[: found.start()]) and _LABEL.sub("", line[: found.start()]).strip(" :,|") == "":
        return True
    rest = line[: found.start()] + " " + line[found.end() :]
    return len(line) <= MAX_LINE and not _EXTRAS.sub("", _LABEL.sub("", rest))


def _day_of(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    if parts.get("iso"):
        return safe_date(*(int(part) for part in str(parts["iso"]).split("-")))
    if parts.get("slashed"):
        first, second, year = (int(part) for part in str(parts["slashed"]).split("/"))
        days = {day for day in (safe_date(year, first, second), safe_date(year, second, first)) if day}
        return days.pop() if len(days) == 1 else None
    month = lexicon().values["MONTH"][str(parts["month"]).lower()]
    return safe_date(int(parts["year"]), int(month), int(parts["day"]))
