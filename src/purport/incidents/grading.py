"""The status of an incident as documenters grade it, with the reasons in one sentence."""

from collections.abc import Iterable, Sequence

from purport.accounts import Contest, Grade, GradeCode
from purport.incident import Incident, Origin, Standing
from purport.model import Role, Stance
from purport.resources import yaml_of

GRADES = "incidents/grades.yaml"
MOST_NAMED = 3
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def grade_of(incident: Incident, contests: Sequence[Contest]) -> Grade:
    """The first status that fits, in the order of ``resources/incidents/grades.yaml``. The incident has its origins."""
    code = _code(incident, contests)
    told, denied = _told_by(incident, code), _against(incident, contests, code=code)
    return Grade(code, f"{label_of(code)}: {'; '.join(part for part in (told, denied) if part)}.")


def label_of(code: GradeCode) -> str:
    """ "Claimed only by a party"."""
    return code.value.replace("_", " ").capitalize()


def meaning_of(code: GradeCode) -> str:
    """What the status means, as the package defines it."""
    return str(yaml_of(GRADES)["grades"][code.value])


def _code(incident: Incident, contests: Sequence[Contest]) -> GradeCode:
    realities = {telling.event.reality for telling in incident.tellings}
    telling = [origin for origin in incident.origins if origin.tells]
    if realities == {"unrealised"}:
        return GradeCode.UNREALISED
    if realities <= {"negated", "unrealised"} or (incident.origins and not telling):
        return GradeCode.DENIED
    independent = incident.independent_sources()
    if telling and not independent:
        return GradeCode.PARTY_CLAIM
    if any(contest.disputed and contest.role in (Role.TYPE, Role.PERPETRATOR) for contest in contests):
        return GradeCode.CONTESTED
    third = [origin for origin in independent if origin.standing is Standing.THIRD_PARTY]
    return _by_number(len(third), admitted=bool(_admitting(contests, incident)))


def _by_number(third: int, *, admitted: bool) -> GradeCode:
    knowledge = yaml_of(GRADES)
    if third >= knowledge["confirmed_by"] or (third >= knowledge["fair_by"] and admitted):
        return GradeCode.CONFIRMED
    return GradeCode.FAIR if third >= knowledge["fair_by"] else GradeCode.WEAK


def _admitting(contests: Iterable[Contest], incident: Incident) -> list[Origin]:
    """Parties that say themselves that they did it."""
    parties = {origin.id: origin for origin in incident.origins if origin.standing is Standing.PARTY}
    sayings = (s for c in contests if c.role in (Role.TYPE, Role.PERPETRATOR) for v in c.values for s in v.sayings)
    ids = dict.fromkeys(s.origin_id for s in sayings if s.stance is Stance.ADMITS and not s.denies and s.origin_id in parties)
    return [parties[each] for each in ids if each]


# ------------------------------------------------------------------ in words
def _told_by(incident: Incident, code: GradeCode) -> str:
    telling = [origin for origin in incident.origins if origin.tells]
    if code is GradeCode.UNREALISED:
        return f"not told as having happened; spoken of by {named(telling)}" if telling else "not told as having happened"
    third = [origin for origin in telling if origin.standing is Standing.THIRD_PARTY]
    unknown = [origin for origin in telling if origin.standing is Standing.UNKNOWN]
    parties = [origin for origin in telling if origin.standing in (Standing.PARTY, Standing.CAPTIVE)]
    parts = []
    if third:
        parts.append(
            f"{_number(len(third))} independent third {'party tells' if len(third) == 1 else 'parties tell'} of it ({named(third)})"
        )
    if unknown:
        what = "source whose standing is not known" if len(unknown) == 1 else "sources whose standing is not known"
        parts.append(f"{_number(len(unknown))} {what} ({named(unknown)})")
    if parties and (code is GradeCode.PARTY_CLAIM or not third):
        parts.append(f"told by {_sides(parties)}")
    elif parties:
        parts.append(f"also told by {_sides(parties)}")
    return "; ".join(parts) or "nobody tells of it"


def _sides(origins: Sequence[Origin]) -> str:
    captives = [origin for origin in origins if origin.standing is Standing.CAPTIVE]
    parties = [origin for origin in origins if origin.standing is Standing.PARTY]
    words = [f"{named(parties)}, {'a party' if len(parties) == 1 else 'parties'} to the conflict"] if parties else []
    return " and ".join([*words, *([f"{named(captives)}, a captive"] if captives else [])])


def _against(incident: Incident, contests: Sequence[Contest], *, code: GradeCode) -> str:
    deniers = [origin for origin in incident.origins if not origin.tells]
    reasons = [contest.why for contest in contests if contest.disputed and contest.role in (Role.TYPE, Role.PERPETRATOR)]
    if code is GradeCode.CONTESTED and reasons:
        return reasons[0].split("; ")[0]
    return f"{named(deniers)} {'denies' if len(deniers) == 1 else 'deny'} it or cannot confirm it" if deniers else ""


def named(origins: Sequence[Origin]) -> str:
    """ "the Lantern Monitor, police and 2 more"."""
    names = list(dict.fromkeys(origin.name for origin in origins))
    shown = names[:MOST_NAMED]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _number(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else str(number)
