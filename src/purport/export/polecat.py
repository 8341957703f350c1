"""POLECAT: one tab-separated line an event, in PLOVER's categories."""

from collections.abc import Iterable
from typing import IO

from purport.export.case import Written, columns_of
from purport.export.claim_table import Cell
from purport.export.crosswalk import country_code, country_of_actor, crosswalk, sector_of
from purport.export.event_words import actors_of, contexts_of, days_told, place_of, plover_of, told_events
from purport.export.facts import PROVINCE_CODE
from purport.export.tables import Row, write_tabbed_row
from purport.model import EntityKind, Event, Place, Report, Role, Thing
from purport.software import software

NOTHING = "None"  #: what POLECAT writes where it has no value
ORGANISATIONS = frozenset(
    {EntityKind.ORGANISATION, EntityKind.ARMED_GROUP, EntityKind.GOVERNMENT, EntityKind.FORCE, EntityKind.NGO, EntityKind.INTERGOVERNMENTAL}
)


def write_polecat(reports: Iterable[Report], file: IO[str]) -> Written:
    """The table, with what was left out."""
    written = Written()
    columns = columns_of("polecat")
    write_tabbed_row(file, columns)
    for report, event in told_events(reports):
        row = polecat_row(event, report)
        if row is None:
            written.left_out[f"no such event in PLOVER: {event.type}"] += 1
            continue
        write_tabbed_row(file, (_shown(row.get(column)) for column in columns))
        written.number += 1
    return written


def _shown(cell: Cell) -> Cell:
    return NOTHING if cell is None or cell == "" else cell


def polecat_row(event: Event, report: Report) -> Row | None:
    """One line; None for a type that PLOVER has not."""
    code = plover_of(event)
    if code is None:
        return None
    category, mode, quad = code
    days = days_told(event)
    row: Row = {
        "Event ID": event.id,
        "Event Date": days[0] if days else (report.document.published or "")[:10],
        "Event Type": category,
        "Event Mode": mode,
        "Quad Code": quad,
        "Contexts": "; ".join(contexts_of(event)),
        "Version": software(),
    }
    return row | _side(event, Role.PERPETRATOR, word="Actor") | _side(event, Role.TARGET, word="Recipient") | _where(event) | _page(report)


def _side(event: Event, role: Role, *, word: str) -> Row:
    actors = actors_of(event, role)
    sectors = [sector for thing in actors if (sector := sector_of(thing, "sectors"))]
    return {
        f"{word} Name": _listed(thing.name for thing in actors),
        f"{word} Country": _listed(country_code(country_of_actor(thing), "iso3") for thing in actors),
        f"Primary {word} Sector": sectors[0] if sectors else None,
        f"{word} Sectors": _listed(sectors),
        f"{word} Name Raw": _listed(claim.words for claim in actors.values()),
    }


def _listed(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))


def _where(event: Event) -> Row:
    found = place_of(event)
    if found is None:
        return {}
    place, claim = found
    return {
        "Placename": place.name,
        "City": place.name if place.precision == "exact" else None,
        "Province": place.admin1 if place.admin1 and not PROVINCE_CODE.fullmatch(place.admin1) else None,
        "Country": country_code(place.country, "iso3"),
        "Latitude": place.latitude,
        "Longitude": place.longitude,
        "GeoNames ID": place.geonames_id,
        "Raw Placename": claim.words,
    }


def _page(report: Report) -> Row:
    places = (claim.value.name for event in report.events for claim in event.claims if isinstance(claim.value, Place))
    return {
        "Source": report.document.outlet,
        "Publication Date": (report.document.published or "")[:10],
        "Story Organizations": _listed(entity.name for entity in report.entities if entity.kind in ORGANISATIONS),
        "Story Locations": _listed(places),
        "Language": report.document.language,
    }


def actor_code_of(thing: Thing) -> str:
    """PLOVER's three letters for the country that an actor belongs to, or for a body that belongs to none."""
    return country_code(country_of_actor(thing), "iso3") or str(crosswalk("plover_actors").get(thing.kind.value, ""))
