"""When two values of one role are one, and when they cannot both be true."""

import re
from datetime import date, timedelta
from functools import cache

from purport.distance import kilometres
from purport.incidents.origins_names import folded, is_same, shortens
from purport.model import Claim, Count, EntityKind, EventType, Place, Role, Thing, Time, Value
from purport.resources import yaml_of

VALUES = "incidents/values.yaml"
#: Places farther apart than this are two places, if both are named to the town: half an hour's drive, less than between district capitals.
SAME_PLACE_KM = 30.0
#: Days that two pages may differ by before they cannot both be right: an attack by night, a page in another time zone.
SLACK = timedelta(days=1)
STATE_CODES = re.compile(r"(?:GOV|MIL|FOR|POL|GOA)-([A-Z]{2})")
Interval = tuple[date, date]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(yaml_of(VALUES)[name], re.IGNORECASE)


def key_of(claim: Claim) -> tuple[str, ...]:
    """Claims of one role with one key give one value."""
    match claim.value:
        case EventType(code=code):
            return ("type", code)
        case Count(kind=kind, low=low, high=high, who=who):
            return ("count", kind, who_class(who), str(low), str(high))
        case Time(value=value, edtf=edtf):
            return ("time", edtf or value)
        case Place() as place:
            return ("place", str(place.geonames_id) if place.geonames_id else folded(place.name), place.precision)
        case Thing() as thing:
            return ("thing", thing.actor_code or folded(thing.name))


def who_class(who: str | None) -> str:
    """Whom a count counts: empty for everybody."""
    known = yaml_of(VALUES)
    plain = folded(who or "").removeprefix("dead ").removeprefix("other ")
    named = known["same_people"].get(plain, plain)
    return "" if named in known["everybody"] else named


def is_specific(value: Value, role: Role) -> bool:
    """False for values that say no more than that there was somebody, somewhere, at some time."""
    match value:
        case Thing(name=name, actor_code=None) if role in (Role.PERPETRATOR, Role.TARGET):
            return _pattern("general_actor").fullmatch(name) is None and name[:1] != "“"
        case Place(name=name, geonames_id=None, latitude=None):
            return _pattern("general_place").fullmatch(name) is None
        case Time(edtf=edtf):
            return edtf is not None
        case Count(low=low, high=high):
            return low is not None or high is not None
    return True


# ------------------------------------------------------------------ what cannot both be true
def conflict(first: Value, second: Value) -> str:
    """What keeps two values of one role from both being true, in words; empty if nothing does."""
    match first, second:
        case Count(), Count():
            return "" if _ranges_meet(first, second) else "none of these counts lies inside another's range"
        case Time(), Time():
            return "" if _days_meet(first, second) else "the days differ"
        case Place(), Place():
            return _places_apart(first, second)
        case Thing(), Thing():
            return "" if _may_be_one(first, second) else "two different actors"
    return ""


def _ranges_meet(first: Count, second: Count) -> bool:
    """An open end reaches as far as it may: "at least 5" and 7 can both be true."""
    low, high = max(first.low or 0, second.low or 0), [end for end in (first.high, second.high) if end is not None]
    return not high or low <= min(high)


def _days_meet(first: Time, second: Time) -> bool:
    one, other = interval(first.edtf), interval(second.edtf)
    return one is None or other is None or (one[0] <= other[1] + SLACK and other[0] <= one[1] + SLACK)


def interval(edtf: str | None) -> Interval | None:
    """First and last day that a date can mean; None if it cannot be told."""
    if not edtf:
        return None
    first, slash, last = edtf.partition("/")
    start, end = _bounds(first), _bounds(last if slash else first)
    if slash:
        opens, closes = (start[0] if start else date.min + SLACK * 2), (end[1] if end else date.max - SLACK * 2)
        return opens, closes
    return start


def _bounds(edtf: str) -> Interval | None:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?", edtf.rstrip("~?%"))
    if match is None:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if day:
            return date(year, int(month), int(day)), date(year, int(month), int(day))
        if month:
            following = date(year + int(month) // 12, int(month) % 12 + 1, 1)
            return date(year, int(month), 1), following - timedelta(days=1)
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None


def _places_apart(first: Place, second: Place) -> str:
    if first.country and second.country and first.country != second.country:
        return "they lie in different countries"
    wide = {"country", "region", "province", "district", "unknown"}
    if first.precision in wide or second.precision in wide or _same_place(first, second):
        if {first.precision, second.precision} == {"province"} and first.admin1 and second.admin1 and first.admin1 != second.admin1:
            return "they are different provinces"
        return ""
    apart = distance(first, second)
    return f"they lie {apart:.0f} km apart" if apart is not None and apart > SAME_PLACE_KM else ""


def _same_place(first: Place, second: Place) -> bool:
    return bool(first.geonames_id and first.geonames_id == second.geonames_id) or is_same(first.name, second.name)


def distance(first: Place, second: Place) -> float | None:
    """Kilometres between two places; None without coordinates."""
    if first.latitude is None or first.longitude is None or second.latitude is None or second.longitude is None:
        return None
    return kilometres((first.latitude, first.longitude), (second.latitude, second.longitude))


def _may_be_one(first: Thing, second: Thing) -> bool:
    """One actor under two names, one inside the other, or one of which too little is said."""
    if first.actor_code and second.actor_code:
        states = {match[1] if (match := STATE_CODES.match(code)) else code for code in (first.actor_code, second.actor_code)}
        return len(states) == 1 or first.actor_code == second.actor_code
    named = all(thing.actor_code or (thing.kind is EntityKind.ARMED_GROUP and thing.name[:1].isupper()) for thing in (first, second))
    names = (first.name, second.name)
    return not named or is_same(*names) or shortens(*names) or shortens(*names[::-1])


def sort_of_people(words: str) -> str:
    """ "civilians", "fighters", or empty where the words say neither or both."""
    found = [sort for sort in ("civilians", "fighters") if _pattern(sort).search(words)]
    return found[0] if len(found) == 1 else ""
