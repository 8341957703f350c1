"""What a row can say of an incident: each field once, as the policy resolves it, for all the formats with rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from purport.accounts import Account, Contest, Resolution, Resolved, Told
from purport.accounts import GradeCode as Code
from purport.days import FIRST_DAY, LAST_DAY, days_of
from purport.export.case import Case
from purport.incident import Origin
from purport.model import Count, EventType, Place, Role, Thing, Time
from purport.wording import count_range

FINENESS = ("exact", "near", "district", "province", "region", "country", "unknown")
PROVINCE_CODE = re.compile(r"[A-Z]{2}\.\w+")
UNREAL = (Code.DENIED, Code.UNREALISED)


@dataclass(frozen=True, slots=True)
class Facts:
    """One incident, resolved. Days are ISO dates, None where they cannot be known."""

    account: Account
    resolution: Resolution
    contests: dict[tuple[Role, str, str], Contest]
    type: str
    place: Place | None
    place_words: str
    first: str | None
    last: str | None
    perpetrator: Thing | None
    target: Thing | None
    killed: Resolved | None
    injured: Resolved | None

    @property
    def is_real(self) -> bool:
        """Whether somebody tells it as having happened."""
        return self.account.grade.code not in UNREAL

    @property
    def days(self) -> int | None:
        """How many days it may be."""
        return None if self.first is None or self.last is None else _ordinal(self.last) - _ordinal(self.first) + 1

    @property
    def province(self) -> str:
        """The name of the province; a bare code of the gazetteer is none."""
        name = self.place.admin1 if self.place else None
        return "" if not name or PROVINCE_CODE.fullmatch(name) else name

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Those that tell of it."""
        return tuple(origin for origin in self.account.incident.origins if origin.tells)

    def values(self, role: Role, kind: str = "", *, who: str = "") -> tuple[Told, ...]:
        """Every value of a role or count."""
        contest = self.contests.get((role, kind, who))
        return contest.values if contest else ()

    def things(self, role: Role) -> tuple[Thing, ...]:
        """Actors that somebody names for a role, those of most origins first."""
        return tuple(told.value for told in self.values(role) if told.affirmed and isinstance(told.value, Thing))

    def said(self, role: Role, kind: str = "", *, who: str = "") -> str:
        """Every value with who gives and who denies it, in one cell."""
        names = {origin.id: origin.name for origin in self.account.incident.origins}
        return "; ".join(_said(told, names) for told in self.values(role, kind, who=who))

    def counts_said(self, kind: str) -> str:
        """Every count of a kind, of everybody and of parts, with who gives it."""
        found = (self.said(role, kind, who=who) for role, each, who in self.contests if role is Role.COUNT and each == kind)
        return "; ".join(found)


def facts_of(case: Case) -> Facts:
    """The facts of one case."""
    contests = {(each.role, each.kind, each.who): each for each in case.account.contests}
    resolution = case.resolution
    place, words = _place(resolution.of(Role.PLACE), contests.get((Role.PLACE, "", "")))
    first, last = _days(resolution.of(Role.TIME), contests.get((Role.TIME, "", "")))
    return Facts(
        case.account,
        resolution,
        contests,
        _type(case, contests),
        place,
        words,
        first,
        last,
        _thing(resolution.of(Role.PERPETRATOR)),
        _thing(resolution.of(Role.TARGET)),
        resolution.of(Role.COUNT, "killed"),
        resolution.of(Role.COUNT, "injured"),
    )


def _type(case: Case, contests: dict[tuple[Role, str, str], Contest]) -> str:
    """The policy's type; where it gives none (every value side by side), the one of most origins."""
    resolved = case.resolution.of(Role.TYPE)
    if resolved and isinstance(resolved.value, EventType):
        return resolved.value.code
    contest = contests.get((Role.TYPE, "", ""))
    told = contest.values[0].value if contest and contest.values else None
    return told.code if isinstance(told, EventType) else case.account.incident.events[0].type


def _thing(resolved: Resolved | None) -> Thing | None:
    return resolved.value if resolved and isinstance(resolved.value, Thing) else None


# ------------------------------------------------------------------ the finest value inside what the policy gives
def _place(resolved: Resolved | None, contest: Contest | None) -> tuple[Place | None, str]:
    """The policy's place, or a finer one inside it that is claimed too: "Raqqa" rather than "Syria"."""
    if resolved is None or not isinstance(resolved.value, Place) or contest is None:
        return None, ""
    chosen = resolved.value
    inside = [told for told in _standing(contest) if isinstance(told.value, Place) and _is_inside(told.value, chosen)]
    finest = min(inside, key=lambda told: (_fineness(told.value), -len(told.origins())), default=None)
    if finest is not None and isinstance(finest.value, Place) and _fineness(finest.value) < _fineness(chosen):
        return finest.value, _words_of(finest)
    own = next((told for told in contest.values if told.value == chosen), None)
    return chosen, _words_of(own) if own else chosen.name


def _words_of(told: Told) -> str:
    return "; ".join(dict.fromkeys(saying.words for saying in told.sayings))


def _standing(contest: Contest) -> Iterable[Told]:
    return (told for told in contest.values if told.affirmed and not told.replaced_by)


def _fineness(value: object) -> int:
    return FINENESS.index(value.precision) if isinstance(value, Place) and value.precision in FINENESS else len(FINENESS)


def _is_inside(place: Place, wider: Place) -> bool:
    same_country = place.country is not None and place.country == wider.country
    return same_country and (wider.precision == "country" or (wider.admin1 is not None and place.admin1 == wider.admin1))


def _days(resolved: Resolved | None, contest: Contest | None) -> tuple[str | None, str | None]:
    """The days of the policy's time, or of a narrower one inside it that is claimed too."""
    chosen = days_of(resolved.value.edtf) if resolved and isinstance(resolved.value, Time) else None
    if chosen is None or contest is None:
        return None, None
    others = [days for told in _standing(contest) if isinstance(told.value, Time) and (days := days_of(told.value.edtf))]
    inside = [days for days in others if chosen[0] <= days[0] and days[1] <= chosen[1]]
    first, last = min(inside, key=lambda days: (_ordinal(days[1]) - _ordinal(days[0]), days), default=chosen)
    return (None, None) if FIRST_DAY in (first, last) or LAST_DAY in (first, last) else (first, last)


def _ordinal(day: str) -> int:
    from datetime import date

    return date.fromisoformat(day).toordinal()


# ------------------------------------------------------------------ in words
def _said(told: Told, names: dict[str, str]) -> str:
    giving = [names[each] for each in told.origins() if each in names]
    denying = [names[each] for each in told.origins(denying=True) if each in names]
    parts = [", ".join(giving)] if giving else []
    parts += [f"denied by {', '.join(denying)}"] if denying else []
    parts += [f"later {told.replaced_by}"] if told.replaced_by else []
    return f"{_value(told)} ({'; '.join(parts)})" if parts else _value(told)


def _value(told: Told) -> str:
    if not isinstance(told.value, Count):
        return told.words
    who = f" ({told.value.who})" if told.value.who else ""
    return f"{count_range(told.value)} {told.value.kind}{who}"
