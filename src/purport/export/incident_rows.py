"""One row an incident: purport's own table, which CSV, XLSX, Parquet, GeoParquet, GeoJSON and KML share."""

from collections.abc import Iterable
from typing import IO

from purport.export.case import Case, Written
from purport.export.facts import Facts
from purport.export.tables import Row, write_comma_table, yes
from purport.model import Role, Thing

#: Columns that hold numbers; all others hold words.
WHOLE = ("geonames_id", "killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high", "independent_sources")
WHOLE_NUMBERS = frozenset((*WHOLE, "pages"))
DECIMALS = frozenset({"latitude", "longitude"})


def write_incident_rows(cases: Iterable[Case], file: IO[str]) -> Written:
    """The table as CSV."""
    return write_comma_table(cases, file, name="incidents", row_of=incident_row)


def incident_row(facts: Facts) -> Row:
    """One row."""
    return _what(facts) | _where(facts) | _who(facts) | _counts(facts) | _told(facts)


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
