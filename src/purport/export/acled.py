"""ACLED: one row an incident of a type that it lists; who says what stands in the notes."""

from collections.abc import Iterable, Sequence
from typing import IO

from purport.codebook import own_codes, package_type
from purport.export.case import Case, Written
from purport.export.crosswalk import code_of_type, country_code, country_words, crosswalk, is_civilian
from purport.export.facts import Facts
from purport.export.tables import Row, write_comma_table
from purport.model import Role, Thing

CIVILIANS = "Civilians"
TIME_PRECISIONS = ((1, 1), (7, 2), (31, 3))  #: most days, code; nothing where it is wider


def write_acled(cases: Iterable[Case], file: IO[str]) -> Written:
    """The table, with what was left out."""
    return write_comma_table(cases, file, name="acled", row_of=acled_row)


def acled_row(facts: Facts) -> Row | str:
    """One row; or why ACLED has none."""
    if not facts.is_real:
        return "denied or unrealised"
    if not code_of_type(facts.type, "acled"):
        return f"no such event in ACLED: {facts.type}"
    if facts.first is None:
        return "no day claimed"
    return _what(facts) | _actors(facts) | _where(facts) | _told(facts)


def _what(facts: Facts) -> Row:
    civilians = is_civilian(facts.target)
    codes = (_of_civilians(facts.type) if civilians else ()) or code_of_type(facts.type, "acled")
    disorder, event_type, sub_event = codes
    return {
        "event_id_cnty": facts.account.incident.id,
        "event_date": facts.first,
        "year": int((facts.first or "")[:4]),
        "time_precision": next((code for most, code in TIME_PRECISIONS if facts.days and facts.days <= most), None),
        "disorder_type": disorder,
        "event_type": event_type,
        "sub_event_type": _sub_event(facts, str(sub_event)),
        "civilian_targeting": "Civilian targeting" if civilians else None,
    }


def _of_civilians(type: str) -> Sequence[str]:
    """Another code where people are the target; what the codebook says of a type holds for every target, unless it says both."""
    return () if own_codes(type, "acled")[0] and not own_codes(type, "civilians")[0] else code_of_type(type, "civilians")


def _sub_event(facts: Facts, usual: str) -> str:
    if own_codes(facts.type, "acled")[0]:
        return usual
    if package_type(facts.type) == "territorial_change":
        return str(crosswalk("territory").get(facts.perpetrator.kind.value, "")) if facts.perpetrator else ""
    return str(crosswalk("suicide_acled")) if package_type(facts.type) == "bombing" and is_suicide(facts) else usual


def is_suicide(facts: Facts) -> bool:
    """Whether an instrument of a bombing is one that its bearer dies with."""
    words = " ".join(told.words.casefold() for told in facts.values(Role.INSTRUMENT) if told.affirmed)
    return any(word in words for word in crosswalk("suicide"))


def _actors(facts: Facts) -> Row:
    first, second = _inter(facts.perpetrator, facts.type), _inter(facts.target, "")
    return {
        "actor1": _name(facts.perpetrator),
        "assoc_actor_1": _others(facts, Role.PERPETRATOR, chosen=facts.perpetrator),
        "inter1": first,
        "actor2": _name(facts.target),
        "assoc_actor_2": _others(facts, Role.TARGET, chosen=facts.target),
        "inter2": second,
        "interaction": interaction_of(first, second, is_alone=facts.target is None),
    }


def interaction_of(first: str | None, second: str | None, *, is_alone: bool) -> str | None:
    """Both kinds in ACLED's order, whoever is actor 1; one "only" where nobody else takes part; None where either is not known."""
    if first and second:
        return "-".join(sorted((first, second), key=list(crosswalk("inter_order")).index))
    return f"{first} only" if first and is_alone else None


def _name(thing: Thing | None) -> str | None:
    return CIVILIANS if is_civilian(thing) else thing.name if thing else None


def _inter(thing: Thing | None, type: str) -> str | None:
    if thing is None:
        return None
    crowd = crosswalk("crowd").get(package_type(type)) if is_civilian(thing) else None
    found: str | None = crowd or crosswalk("inter").get(thing.kind.value)
    return found


def _others(facts: Facts, role: Role, *, chosen: Thing | None) -> str:
    names = (thing.name for thing in facts.things(role) if chosen is None or thing != chosen)
    own = [chosen.name] if chosen and is_civilian(chosen) else []
    return "; ".join(dict.fromkeys([*own, *names]))


def _where(facts: Facts) -> Row:
    place = facts.place
    if place is None:
        return {}
    return {
        "iso": country_code(place.country, "isonumeric"),
        "country": country_words(place.country),
        "admin1": facts.province,
        "location": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geo_precision": crosswalk("geo_precision").get(place.precision),
    }


def _told(facts: Facts) -> Row:
    account = facts.account
    disputes = "; ".join(f"{each.role.value} disputed: {each.why}" for each in account.disputes)
    sources = len(account.incident.independent_sources())
    return {
        "source": "; ".join(dict.fromkeys(page.outlet for page in account.documents if page.outlet)),
        "notes": notes_of(facts),
        "fatalities": facts.killed.best if facts.killed else 0,
        "tags": "; ".join(filter(None, [f"status={account.grade.code.value}", f"independent sources={sources}", disputes])),
    }


def notes_of(facts: Facts) -> str:
    """The summary, then every value with who gives and who denies it."""
    said = [
        ("perpetrator", facts.said(Role.PERPETRATOR)),
        ("target", facts.said(Role.TARGET)),
        ("instrument", facts.said(Role.INSTRUMENT)),
        ("killed", facts.counts_said("killed")),
        ("injured", facts.counts_said("injured")),
    ]
    parts = [f"{name.capitalize()}: {words}." for name, words in said if words]
    return " ".join([facts.account.summary, *parts, facts.account.grade.sentence])
