"""UCDP GED: one row an incident of which a death is claimed."""

from collections.abc import Iterable
from math import floor
from typing import IO

from purport.export.case import Case, Written
from purport.export.claim_table import Cell
from purport.export.crosswalk import country_words, crosswalk, is_armed_group, is_civilian, is_state, number_of_type
from purport.export.facts import Facts
from purport.export.tables import Row, number_of, write_comma_table
from purport.model import Place, Role, Thing

CIVILIANS = "Civilians"
CIVILIAN_COUNT = "civilians"  #: whom a count of them counts (purport.accounts.Contest.who)
CELLS, HALF_DEGREE = 720, 0.5  #: PRIO-GRID: cells of half a degree, 720 a row, numbered from the south-west corner (Tollefsen et al. 2012)
DATE_PRECISIONS = ((1, 1), (6, 2), (7, 3), (31, 4))  #: most days, code; wider is 5
WEEK = 7


def write_ged(cases: Iterable[Case], file: IO[str]) -> Written:
    """The table, with what was left out."""
    return write_comma_table(cases, file, name="ged", row_of=ged_row)


def ged_row(facts: Facts) -> Row | str:
    """One row; or why GED has none."""
    if not facts.is_real:
        return "denied or unrealised"
    killed = facts.killed
    if killed is None or not max(killed.low or 0, killed.best or 0, killed.high or 0):
        return "no death claimed"
    return _identity(facts) | _sides(facts) | _sources(facts) | _where(facts) | _when(facts) | _deaths(facts)


def _identity(facts: Facts) -> Row:
    id = facts.account.incident.id
    return {
        "id": number_of(id),
        "relid": id,
        "year": int(facts.first[:4]) if facts.first else None,
        "code_status": _code_status(facts),
    }


def _code_status(facts: Facts) -> str:
    wanting = [contest.kind or contest.role.value for contest in facts.account.disputes]
    wanting += ["place not known"] if facts.place is None else []
    wanting += ["date not known"] if facts.first is None else []
    return f"Check {', '.join(dict.fromkeys(wanting))}" if wanting else "Clear"


def type_of_violence(facts: Facts) -> int | None:
    """1 state-based, 2 non-state, 3 one-sided; None where the sides do not tell."""
    said = number_of_type(facts.type, "ucdp")
    if said is not None:
        return said
    first, second = facts.perpetrator, facts.target
    if (is_state(first) or is_armed_group(first)) and is_civilian(second):
        return 3
    if is_armed_group(first) and is_armed_group(second):
        return 2
    both = (is_state(first) or is_armed_group(first)) and (is_state(second) or is_armed_group(second))
    return 1 if both else None


def _sides(facts: Facts) -> Row:
    side_a = facts.perpetrator.name if facts.perpetrator else None
    side_b = CIVILIANS if is_civilian(facts.target) else facts.target.name if facts.target else None
    return {
        "type_of_violence": type_of_violence(facts),
        "dyad_name": f"{side_a} - {side_b}" if _is_listed(facts.perpetrator) and _is_listed(facts.target) else None,
        "side_a": side_a,
        "side_b": side_b,
    }


def _is_listed(thing: Thing | None) -> bool:
    """Whether a side is an actor of the actor list, rather than "14 policemen"."""
    return thing is not None and thing.actor_code is not None


def _sources(facts: Facts) -> Row:
    pages = facts.account.documents
    articles = ((page.outlet or "outlet not known", page.published or "undated", page.title or "") for page in pages)
    return {
        "number_of_sources": len(pages),
        "source_article": ";".join(f'"{outlet},{day},{title}"' for outlet, day, title in articles),
        "source_office": _listed(page.outlet for page in pages),
        "source_date": _listed(page.published for page in pages),
        "source_headline": _listed(page.title for page in pages),
        "source_original": _listed(origin.name for origin in facts.origins),
        "event_clarity": 1 if facts.days and facts.days <= WEEK else 2,
    }


def _listed(names: Iterable[str | None]) -> str:
    return ";".join(dict.fromkeys(name for name in names if name))


def _where(facts: Facts) -> Row:
    place = facts.place
    if place is None:
        return {}
    return {
        "where_prec": crosswalk("where_prec").get(place.precision),
        "where_coordinates": place.name,
        "where_description": facts.place_words,
        "adm_1": facts.province,
        "country": country_words(place.country),
        **_point(place),
    }


def _point(place: Place) -> dict[str, Cell]:
    if place.latitude is None or place.longitude is None:
        return {}
    return {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geom_wkt": f"POINT ({place.longitude:g} {place.latitude:g})",
        "priogrid_gid": priogrid_cell(place.latitude, place.longitude),
    }


def priogrid_cell(latitude: float, longitude: float) -> int:
    """The number of the PRIO-GRID cell in which a point lies."""
    row = min(floor((latitude + 90) / HALF_DEGREE), CELLS // 2 - 1)
    column = min(floor((longitude + 180) / HALF_DEGREE), CELLS - 1)
    return row * CELLS + column + 1


def _when(facts: Facts) -> Row:
    days = facts.days
    if days is None:
        return {}
    precision = next((code for most, code in DATE_PRECISIONS if days <= most), 5)
    return {"date_prec": precision, "date_start": facts.first, "date_end": facts.last}


def _deaths(facts: Facts) -> Row:
    killed = facts.killed
    assert killed is not None  # noqa: S101 - ged_row saw to it
    found: Row = {"low": killed.low, "best": killed.best, "high": killed.high}
    key = (Role.COUNT, "killed", CIVILIAN_COUNT)
    civilians = next((each for each in facts.resolution.resolved if (each.role, each.kind, each.who) == key), None)
    if killed.best is None:
        return found
    known = civilians.best if civilians and civilians.best is not None and civilians.best <= killed.best else None
    return found | {"deaths_civilians": known, "deaths_unknown": killed.best - (known or 0)}
