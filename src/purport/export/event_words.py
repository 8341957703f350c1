"""What an event of one page says in codes: for the formats whose rows are events."""

from collections.abc import Iterable

from purport.codebook import own_codes, package_type
from purport.days import FIRST_DAY, LAST_DAY, days_of
from purport.export.crosswalk import code_of_type, crosswalk
from purport.model import Claim, Event, Place, Report, Role, Thing, Time
from purport.status import NEGATIVE

FINENESS = ("exact", "near", "district", "province", "region", "country")


def affirmed(event: Event, role: Role) -> list[Claim]:
    """Claims of a role that are not given as untrue, those most likely read right first."""
    found = [claim for claim in event.claims if claim.role is role and claim.factuality not in NEGATIVE]
    return sorted(found, key=lambda claim: -claim.confidence)


def actors_of(event: Event, role: Role) -> dict[Thing, Claim]:
    """The things claimed for a role, each with the first claim of it."""
    found: dict[Thing, Claim] = {}
    for claim in affirmed(event, role):
        if isinstance(claim.value, Thing):
            found.setdefault(claim.value, claim)
    return found


def place_of(event: Event) -> tuple[Place, Claim] | None:
    """The finest place claimed."""
    found = [(claim.value, claim) for claim in affirmed(event, Role.PLACE) if isinstance(claim.value, Place)]
    return min(found, key=lambda each: _fineness(each[0]), default=None)


def _fineness(place: Place) -> int:
    return FINENESS.index(place.precision) if place.precision in FINENESS else len(FINENESS)


def days_told(event: Event) -> tuple[str, str] | None:
    """First and last day of the narrowest time claimed."""
    times = (claim.value for claim in affirmed(event, Role.TIME) if isinstance(claim.value, Time))
    found = [days for time in times if (days := days_of(time.edtf)) and days[0] != FIRST_DAY and days[1] != LAST_DAY]
    return min(found, key=lambda days: (_width(days), days), default=None)


def _width(days: tuple[str, str]) -> int:
    return sum((int(days[1][part]) - int(days[0][part])) * weight for part, weight in WEIGHTS)


WEIGHTS = ((slice(0, 4), 372), (slice(5, 7), 31), (slice(8, 10), 1))


def plover_of(event: Event) -> tuple[str, str, int] | None:
    """Category, mode and quad of PLOVER; None for a type that it has not."""
    code = code_of_type(event.type, "plover")
    if not code:
        return None
    category, mode, quad = code
    if package_type(event.type) == "bombing" and not own_codes(event.type, "plover")[0] and is_suicide(event):
        mode = crosswalk("suicide_plover")
    return str(category), str(mode), int(quad)


def is_suicide(event: Event) -> bool:
    words = " ".join(claim.words.casefold() for claim in affirmed(event, Role.INSTRUMENT))
    return any(word in words for word in crosswalk("suicide"))


def contexts_of(event: Event) -> list[str]:
    """PLOVER's contexts for what is not told as having happened."""
    if event.reality == "negated":
        return ["negation"]
    return ["hypothetical"] if event.reality == "unrealised" and package_type(event.type) != "threat" else []


def told_events(reports: Iterable[Report]) -> Iterable[tuple[Report, Event]]:
    """Every event with its page."""
    return ((report, event) for report in reports for event in report.events)
