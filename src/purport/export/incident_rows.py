"""One row an incident: purport's own table, which CSV, XLSX, Parquet, GeoParquet, GeoJSON and KML share."""

from collections.abc import Iterable
from typing import IO

from purport.codebook import group_of, in_use, incident_status
from purport.export.case import Case, Written
from purport.export.facts import Facts
from purport.export.tables import Row, write_comma_table, yes
from purport.model import Role, Thing
from purport.wording import label

#: Columns that hold numbers; all others hold words.
WHOLE = ("geonames_id", "killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high", "independent_sources")
WHOLE_NUMBERS = frozenset((*WHOLE, "pages"))
DECIMALS = frozenset({"latitude", "longitude"})


def write_incident_rows(cases: Iterable[Case], file: IO[str]) -> Written:
    """The table as CSV."""
    return write_comma_table(cases, file, name="incidents", row_of=incident_row)


def incident_row(facts: Facts) -> Row:
    """One row."""
    return _what(facts) | _where(facts) | _who(facts) | _counts(facts) | _told(facts) | _own(facts)


def _what(facts: Facts) -> Row:
    account = facts.account
    return {
        "incident_id": account.incident.id,
        "summary": account.summary,
        "type": facts.type,
        "types": facts.said(Role.TYPE),
        "status": account.grade.code.value,
        "status_words": account.grade.sentence,
        "disputed": yes(bool(account.disputes)),
        "disputes": "; ".join(f"{each.kind or each.role.value}: {each.why}" for each in account.disputes),
        "first_day": facts.first,
        "last_day": facts.last,
    }


def _own(facts: Facts) -> Row:
    """What a project's own codebook adds."""
    if not in_use():
        return {}
    status, group = incident_status(facts.account), in_use().groups.get(group_of(facts.type))
    counts = {row.code: facts.counts_said(row.count) for row in in_use().roles.values() if row.fills is Role.COUNT}
    return {
        "type_label": label(facts.type),
        "type_group": group.label if group else None,
        "own_status": status.code if status else None,
        "own_roles": "; ".join(f"{code}: {said}" for code, said in (_roles(facts) | counts).items() if said),
    }


def _roles(facts: Facts) -> dict[str, str]:
    """Every value of each role of the codebook, with who gives it."""
    named = [each for each in in_use().roles.values() if each.fills not in (None, Role.COUNT) and (not each.of or facts.type in each.of)]
    return {each.code: facts.said(each.fills) for each in named if each.fills is not None}


def _where(facts: Facts) -> Row:
    place = facts.place
    if place is None:
        return {}
    return {
        "place": place.name,
        "place_precision": place.precision,
        "country": place.country,
        "admin1": place.admin1,
        "geonames_id": place.geonames_id,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _who(facts: Facts) -> Row:
    return {
        "perpetrator": _name(facts.perpetrator),
        "perpetrator_code": facts.perpetrator.actor_code if facts.perpetrator else None,
        "perpetrators": facts.said(Role.PERPETRATOR),
        "target": _name(facts.target),
        "targets": facts.said(Role.TARGET),
        "instruments": facts.said(Role.INSTRUMENT),
    }


def _name(thing: Thing | None) -> str | None:
    return thing.name if thing else None


def _counts(facts: Facts) -> Row:
    row: Row = {"killed_said": facts.counts_said("killed")}
    for kind, resolved in (("killed", facts.killed), ("injured", facts.injured)):
        if resolved:
            row |= {f"{kind}_low": resolved.low, f"{kind}_best": resolved.best, f"{kind}_high": resolved.high}
    return row


def _told(facts: Facts) -> Row:
    account = facts.account
    pages = account.documents
    return {
        "independent_sources": len(account.incident.independent_sources()),
        "origins": "; ".join(f"{origin.name} ({origin.standing.value})" for origin in facts.origins),
        "pages": len(pages),
        "outlets": "; ".join(dict.fromkeys(page.outlet for page in pages if page.outlet)),
        "first_published": next((page.published for page in pages if page.published), None),
        "urls": " ".join(page.url for page in pages if page.url),
        "event_ids": " ".join(event.id for event in account.incident.events),
        "policy": facts.resolution.policy,
    }
