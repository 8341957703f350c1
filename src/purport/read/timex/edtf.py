"""TIMEX3 value → EDTF (levels 0 to 2), None where nothing can be known from it."""

import re
from datetime import date

from purport.read.timex.meaning import Meaning

#: Sub-year groupings of EDTF level 2 and seasons of level 1.
SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24, "Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36, "H1": 40, "H2": 41}
#: Months of the early, middle and late part of a year (the codebook's own example: "mid-2009" is June to August).
PART_MONTHS = {"START": (1, 4), "MID": (6, 8), "END": (9, 12)}


def edtf_of(meaning: Meaning) -> str | None:
    """The EDTF of a meaning: its own period, else what its value gives; "~" if it is loose."""
    if meaning.period is not None:
        return meaning.period
    if meaning.kind not in ("DATE", "TIME"):
        return None
    found = _of_value(meaning.value.partition("T")[0] if meaning.kind == "TIME" else meaning.value, edge=meaning.edge)
    return f"{found}~" if found and meaning.loose and "/" not in found else found


def _of_value(value: str, *, edge: str | None) -> str | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d|\d{4}-\d\d|XXXX-\d\d-\d\d|XXXX-\d\d", value):
        return value
    if re.fullmatch(r"\d{4}", value):
        return "{0}-{1:02}/{0}-{2:02}".format(value, *PART_MONTHS[edge]) if edge else value
    if re.fullmatch(r"\d{3}|\d\d", value):
        return value.ljust(4, "X")
    if found := re.fullmatch(r"(\d{4}|XXXX)-(SP|SU|FA|WI|[QH]\d)", value):
        return f"{found[1]}-{SEASONS[found[2]]}"
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        return _week(int(found[1]), int(found[2]), weekend=bool(found[3]))
    return None


def _week(year: int, week: int, *, weekend: bool) -> str:
    return f"{date.fromisocalendar(year, week, 6 if weekend else 1)}/{date.fromisocalendar(year, week, 7)}"


def bounded_edtf(edtf: str | None, *, relation: str | None) -> str | None:
    """What a relation makes of an EDTF: "since" and "until" open one end, "about" makes it approximate, the others leave it."""
    if edtf is None:
        return None
    first, _, last = edtf.partition("/")
    if relation == "since":
        return f"{first}/.."
    if relation == "until":
        return f"../{last or first}"
    return f"{edtf}~" if relation == "about" and not last and not edtf.endswith("~") else edtf
