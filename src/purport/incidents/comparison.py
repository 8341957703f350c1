"""Two profiles → how each of their parts compares, as one named level a part (comparison levels as in Fellegi and Sunter 1969)."""

from collections.abc import Callable, Iterable
from datetime import date

from purport.distance import kilometres
from purport.incidents.calendar import Days, narrow
from purport.incidents.likeness import Point, are_kin, cosine
from purport.incidents.profile import Profile

UNKNOWN = "unknown"  #: a part that one of the two does not tell
SLACK_KM = 10.0  #: two points nearer than this are one place, if their precision allows
KM_PER_DEGREE = 111.0
NEAR_KM = 20.0  #: two stated points that far apart may be one happening on the roads between two towns
DISTRICT_KM = 60.0

Level = str


SAME_PLACE = frozenset({"same first and more", "same first", "several", "same name"})
OTHER_PLACE = frozenset({"apart", "district", "other country"})
SAME_DAY = frozenset({"same", "same day, no year", "fits publication", "among them"})
SAME_FIGURE = frozenset({"same, many", "same, some", "among them, many"})


def levels_of(one: Profile, other: Profile) -> dict[str, Level]:
    """Part → level."""
    found = {name: compare(one, other) for name, compare in PARTS.items()}
    found[TOGETHER] = together(found)
    return found


def together(levels: dict[str, Level]) -> Level:
    """Parts that agree at once say more, or less, than each for itself."""
    place, day = levels["place"] in SAME_PLACE, levels["day"] in SAME_DAY
    figure = levels["killed"] in SAME_FIGURE or levels["injured"] in SAME_FIGURE
    told = [name for name, holds in (("day", day), ("place", place), ("figure", figure)) if holds]
    if place and not day and levels["day"] == "same weekday":
        told.insert(0, "weekday")
    if len(told) > 1 and not (place and day) and (levels["place"] in OTHER_PLACE or levels["day"] == "far apart"):
        told.append("elsewhere" if levels["place"] in OTHER_PLACE else "another day")
    return ", ".join(told) if len(told) > 1 else UNKNOWN


# ------------------------------------------------------------------ type
def _type(one: Profile, other: Profile) -> Level:
    if not one.types or not other.types:
        return UNKNOWN
    if set(one.types[:2]) & set(other.types[:2]):
        return "same"
    if set(one.types) & set(other.types):
        return "among them"
    return "kin" if any(are_kin(a, b) for a in one.types for b in other.types) else "other"


# ------------------------------------------------------------------ day
def _day(one: Profile, other: Profile) -> Level:
    if one.days and other.days:
        return _stated(one, other)
    if (one.month_days and other.days) or (other.month_days and one.days):
        return _without_year(one, other)
    if set(one.month_days) & set(other.month_days):
        return "same day, no year"
    if one.weak and other.weak and not one.days and not other.days:
        return _published(one.weak, other.weak)
    if one.weekdays and other.weekdays:
        return "same weekday" if set(one.weekdays[:1]) & set(other.weekdays[:1]) else "other weekday"
    if (one.weekdays and other.days) or (other.weekdays and one.days):
        return _by_weekday(one, other)
    stated, weak = (one.days, other.weak) if one.days else (other.days, one.weak)
    return _against_publication(stated, weak) if stated and weak else UNKNOWN


def _stated(one: Profile, other: Profile) -> Level:
    pairs = [(a, b) for a in one.days for b in other.days]
    gaps = [_gap(a, b) for a, b in pairs]
    if min(gaps) == 0:
        exact = any(gap == 0 and narrow(a) and narrow(b) for gap, (a, b) in zip(gaps, pairs, strict=True))
        if exact and _gap(one.days[0], other.days[0]) == 0:
            return "same"
        return "among them" if exact else "loosely same"
    if min(gaps) == 1:
        return "a day apart"
    return "days apart" if min(gaps) <= 4 else "far apart"


def _gap(one: Days, other: Days) -> int:
    """Days between two spans; 0 if they overlap."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def _without_year(one: Profile, other: Profile) -> Level:
    partial, stated = (one.month_days, other.days) if one.month_days else (other.month_days, one.days)
    told = {date.fromordinal(day).isoformat()[5:] for days in stated if narrow(days) for day in range(days[0], days[1] + 1)}
    return "same day, no year" if told & set(partial) else "other day, no year"


def _by_weekday(one: Profile, other: Profile) -> Level:
    weekdays, stated = (one.weekdays, other.days) if one.weekdays else (other.weekdays, one.days)
    told = [date.fromordinal(days[0]).isoweekday() for days in stated[:1] if days[0] == days[1]]
    return UNKNOWN if not told else "same weekday" if told[0] in weekdays else "other weekday"


def _against_publication(stated: Iterable[Days], weak: Days) -> Level:
    gap = min(_gap(days, weak) for days in stated)
    if gap == 0:
        return "fits publication"
    return "near publication" if gap <= 4 else "far from publication"


def _published(one: Days, other: Days) -> Level:
    apart = abs(one[0] - other[0])
    if apart == 0:
        return "published together"
    return "published a day apart" if apart == 1 else "published days apart" if apart <= 4 else "published far apart"


# ------------------------------------------------------------------ place
def _place(one: Profile, other: Profile) -> Level:
    shared = _shared_points(one.points, other.points)
    if shared:
        return shared
    if set(one.place_names) & set(other.place_names):
        return "same name"
    if one.points and other.points:
        nearest = min(kilometres(a, b) - max(a[2] + b[2] - SLACK_KM, 0.0) for a in one.points for b in other.points)
        return "near" if nearest <= NEAR_KM else _widely(one, other) if nearest > DISTRICT_KM else "district"
    return _widely(one, other)


def _shared_points(mine: tuple[Point, ...], theirs: tuple[Point, ...]) -> Level | None:
    """Points that are one within what their precision allows: how many, and whether the first of both are among them."""
    near = [(i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs) if _are_one(a, b)]
    if not near:
        return None
    first = (0, 0) in near
    several = len({i for i, _ in near}) >= 2
    return "same first and more" if first and several else "same first" if first else "several" if several else "one among several"


def _are_one(one: Point, other: Point) -> bool:
    slack = min(one[2] + other[2], SLACK_KM)
    return abs(one[0] - other[0]) * KM_PER_DEGREE <= slack and kilometres(one, other) <= slack


def _widely(one: Profile, other: Profile) -> Level:
    """By province or country, where nothing closer is shared."""
    mine, theirs = one.points or one.wide_points, other.points or other.wide_points
    if (not one.points or not other.points) and any(_are_one(a, b) for a in one.wide_points for b in other.wide_points):
        return "town of a province"
    if set(one.provinces[:2]) & set(other.provinces[:2]):
        return "province" if not (one.points and other.points) else "apart in a province"
    if mine and theirs:
        return "apart"
    if one.countries and other.countries:
        return "country" if set(one.countries) & set(other.countries) else "other country"
    return UNKNOWN


# ------------------------------------------------------------------ who
def _perpetrator(one: Profile, other: Profile) -> Level:
    mine, theirs = one.perpetrators or one.actors, other.perpetrators or other.actors
    if not mine or not theirs:
        return UNKNOWN
    if set(mine) & set(theirs):
        return "same"
    return (
        "named elsewhere" if set(mine) & set((*other.targets, *other.actors)) or set(theirs) & set((*one.targets, *one.actors)) else "other"
    )


def _target(one: Profile, other: Profile) -> Level:
    if not one.targets or not other.targets:
        return UNKNOWN
    return "same" if set(one.targets) & set(other.targets) else "other"


def _name(one: Profile, other: Profile) -> Level:
    """Names of persons; that other names are told is no sign against, since each page may name other victims."""
    if not one.names or not other.names:
        return UNKNOWN
    return "same" if any(_same_name(a, b) for a in one.names for b in other.names) else "other"


def _same_name(one: str, other: str) -> bool:
    mine, theirs = one.split(), other.split()
    shared = len(set(mine) & set(theirs))
    return shared >= 2 and shared >= min(len(mine), len(theirs)) - 1


# ------------------------------------------------------------------ how many
def _killed(one: Profile, other: Profile) -> Level:
    return _numbers(one.killed, other.killed)


def _injured(one: Profile, other: Profile) -> Level:
    return _numbers(one.injured, other.injured)


def _numbers(mine: tuple[int, ...], theirs: tuple[int, ...]) -> Level:
    """Equal figures say more the larger they are; figures within a half of each other are those of a rising toll."""
    if not mine or not theirs:
        return UNKNOWN
    if mine[0] == theirs[0]:
        return "same, many" if mine[0] >= 5 else "same, some" if mine[0] >= 2 else "same, one"
    shared = max(set(mine) & set(theirs), default=0)
    if shared >= 2:
        return "among them, many" if shared >= 5 else "among them, some"
    low, high = sorted((mine[0], theirs[0]))
    return "close" if low and high <= 1.5 * low + 1 else "unlike"


# ------------------------------------------------------------------ words
def _words(one: Profile, other: Profile) -> Level:
    if one.language != other.language or not one.words or not other.words:
        return UNKNOWN
    return _likeness(cosine(one.words, other.words), steps=(0.55, 0.35, 0.25, 0.15))


def _title(one: Profile, other: Profile) -> Level:
    if one.language != other.language or not one.title or not other.title:
        return UNKNOWN
    return _likeness(cosine(one.title, other.title), steps=(0.6, 0.4, 0.25, 0.1))


def _likeness(value: float, *, steps: tuple[float, float, float, float]) -> Level:
    names = ("copy", "very like", "like", "a little like")
    return next((name for step, name in zip(steps, names, strict=True) if value >= step), "unlike")


PARTS: dict[str, Callable[[Profile, Profile], Level]] = {
    "day": _day,
    "place": _place,
    "killed": _killed,
    "injured": _injured,
    "type": _type,
    "perpetrator": _perpetrator,
    "target": _target,
    "name": _name,
    "words": _words,
    "title": _title,
}
ORDER = tuple(PARTS)  #: the cheapest that tell most come first
TOGETHER = "together"  #: the part that follows from the others
