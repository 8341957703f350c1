"""EDTF dates (levels 0 to 2, as the codebook uses them) in words for people, and how precise they are."""

import re
from calendar import month_name

SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter", "33": "1st quarter of", "34": "2nd quarter of"}
SEASONS |= {"35": "3rd quarter of", "36": "4th quarter of", "37": "1st third of", "38": "2nd third of", "39": "last third of"}
SEASONS |= {"40": "1st half of", "41": "2nd half of"}
PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}
DATE = re.compile(r"(?P<year>-?[0-9X]{4,})(?:-(?P<month>[0-9X]{2}))?(?:-(?P<day>[0-9X]{2}))?(?:T.*)?")
MARKS = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
OPEN = frozenset({"", ".."})


def date_words(edtf: str, *, timex: str = "") -> str:
    """ "2 December 2015", "about July 2006", "since 30 September 2015"; what is no EDTF comes back as it is.

    ``timex`` adds the part of the day that EDTF cannot say (``2015-12-02TNI``).
    """
    first, slash, last = edtf.partition("/")
    if slash:
        return _interval(first, last)
    part = re.search(r"T(MO|MI|AF|EV|NI|DT)$", timex)
    return _date(edtf) + (f", {PARTS[part[1]]}" if part else "")


def precision_of(edtf: str) -> str:
    """ "day", "month", "season", "decade", "year" or "period"; empty for what is no EDTF."""
    if "/" in edtf:
        return "period"
    match = DATE.fullmatch(edtf.rstrip("~?%"))
    if match is None:
        return ""
    if match["day"] and "X" not in match["day"]:
        return "day"
    if match["month"] and "X" not in match["month"]:
        return "season" if match["month"] in SEASONS else "month"
    return "decade" if match["year"].endswith("X") else "year"


def _interval(first: str, last: str) -> str:
    if first in OPEN:
        return f"until {_date(last)}"
    return f"since {_date(first)}" if last in OPEN else f"{_date(first)} to {_date(last)}"


def _date(edtf: str) -> str:
    plain = edtf.rstrip("~?%")
    match = DATE.fullmatch(plain)
    if match is None:
        return edtf
    mark = MARKS.get(edtf[len(plain) :], "")
    return f"{mark}{_day(match['day'])}{_month(match['month'])}{_year(match['year'])}"


def _day(day: str | None) -> str:
    return f"{int(day)} " if day and "X" not in day else ""


def _month(month: str | None) -> str:
    if not month or "X" in month:
        return ""
    if month in SEASONS:
        return f"{SEASONS[month]} "
    return f"{month_name[int(month)]} " if 1 <= int(month) <= 12 else ""


def _year(year: str) -> str:
    if year == "XXXX":
        return "of an unknown year"
    if year.endswith("XX"):
        return f"{year[:-2]}00s"
    return f"{year[:-1]}0s" if year.endswith("X") else year
