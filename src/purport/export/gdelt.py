"""GDELT 2.0: the event table and the mentions table, tab-separated, without header lines, as GDELT has them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import IO
from urllib.parse import urlsplit

from purport.codebook import package_type
from purport.export.case import Written, columns_of
from purport.export.crosswalk import code_of_type, country_code, country_of_actor, country_words, crosswalk, sector_of
from purport.export.event_words import actors_of, affirmed, days_told, place_of, told_events
from purport.export.tables import Row, number_of, write_tabbed_row
from purport.model import BlockKind, Event, Report, Role

LEADS = (BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.PARAGRAPH)  #: the first of each is where a root event stands
WEB = 1  #: MentionType of a page of the web
NOT_TOLD = "neither told as having happened nor threatened"


def write_gdelt_events(reports: Iterable[Report], file: IO[str]) -> Written:
    """The event table, with what was left out."""
    return _write(reports, file, name="gdelt_events", row_of=event_row)


def write_gdelt_mentions(reports: Iterable[Report], file: IO[str]) -> Written:
    """The mentions table of the same events."""
    return _write(reports, file, name="gdelt_mentions", row_of=mention_row)


def _write(reports: Iterable[Report], file: IO[str], *, name: str, row_of: Callable[[Event, Report], Row]) -> Written:
    written = Written()
    columns = columns_of(name)
    for report, event in told_events(reports):
        if event.reality == "negated" or (event.reality == "unrealised" and package_type(event.type) != "threat"):
            written.left_out[NOT_TOLD] += 1
            continue
        row = row_of(event, report)
        write_tabbed_row(file, (row.get(column) for column in columns))
        written.number += 1
    return written


def event_row(event: Event, report: Report) -> Row:
    """One row of the event table."""
    return (
        _when(event, report)
        | _what(event, report)
        | _actor(event, Role.PERPETRATOR, number=1)
        | _actor(event, Role.TARGET, number=2)
        | _where(event)
    )


def _when(event: Event, report: Report) -> Row:
    days = days_told(event)
    published = (report.document.published or "")[:10]
    day = days[0] if days else published
    return {
        "GlobalEventID": number_of(event.id),
        "Day": day.replace("-", ""),
        "MonthYear": day[:7].replace("-", ""),
        "Year": day[:4],
        "FractionDate": fraction_of(day),
        "DATEADDED": _added(report),
        "SOURCEURL": report.document.url,
    }


def fraction_of(day: str) -> str:
    """The year with the share of it that has passed: (month × 30 + day) / 365, as the codebook counts it."""
    try:
        at = date.fromisoformat(day)
    except ValueError:
        return ""
    return f"{at.year + (at.month * 30 + at.day) / 365:.4f}"


def _added(report: Report) -> str:
    day = (report.document.published or "")[:10].replace("-", "")
    return f"{day}000000" if len(day) == 8 else ""


def _what(event: Event, report: Report) -> Row:
    code = code_of_type(event.type, "cameo")
    if not code:
        return {"IsRootEvent": int(_leads(event, report)), "NumMentions": 1, "NumSources": 1, "NumArticles": 1}
    cameo, goldstein, quad = code
    return {
        "IsRootEvent": int(_leads(event, report)),
        "EventCode": cameo,
        "EventBaseCode": cameo[:3],
        "EventRootCode": cameo[:2],
        "QuadClass": quad,
        "GoldsteinScale": goldstein,
        "NumMentions": 1,
        "NumSources": 1,
        "NumArticles": 1,
    }


def _leads(event: Event, report: Report) -> bool:
    firsts = (next((block.span for block in report.document.blocks if block.kind is kind), None) for kind in LEADS)
    return any(first is not None and first.covers(trigger) for first in firsts for trigger in event.triggers)


def _actor(event: Event, role: Role, *, number: int) -> Row:
    thing = next(iter(actors_of(event, role)), None)
    if thing is None:
        return {}
    country, kind = country_code(country_of_actor(thing), "iso3"), sector_of(thing, "cameo_actors")
    return {
        f"Actor{number}Code": country + kind,
        f"Actor{number}Name": thing.name.upper(),
        f"Actor{number}CountryCode": country,
        f"Actor{number}Type1Code": kind,
    }


def _where(event: Event) -> Row:
    found = place_of(event)
    if found is None:
        return {"ActionGeo_Type": 0}
    place = found[0]
    names = dict.fromkeys(name for name in (place.name, country_words(place.country)) if name)
    return {
        "ActionGeo_Type": crosswalk("geo_type").get(place.precision, 0),
        "ActionGeo_Fullname": ", ".join(names),
        "ActionGeo_CountryCode": country_code(place.country, "fips"),
        "ActionGeo_Lat": place.latitude,
        "ActionGeo_Long": place.longitude,
        "ActionGeo_FeatureID": place.geonames_id,
    }


def mention_row(event: Event, report: Report) -> Row:
    """One row of the mentions table."""
    document = report.document
    types = affirmed(event, Role.TYPE)
    return {
        "GlobalEventID": number_of(event.id),
        "EventTimeDate": _added(report),
        "MentionTimeDate": _added(report),
        "MentionType": WEB,
        "MentionSourceName": (urlsplit(document.url).hostname if document.url else None) or document.outlet,
        "MentionIdentifier": document.url or document.id,
        "Actor1CharOffset": _offset(event, Role.PERPETRATOR),
        "Actor2CharOffset": _offset(event, Role.TARGET),
        "ActionCharOffset": event.triggers[0].start if event.triggers else -1,
        "InRawText": 1,
        "Confidence": round(100 * min((claim.confidence for claim in types), default=0)),
        "MentionDocLen": len(document.text),
    }


def _offset(event: Event, role: Role) -> int:
    claim = next(iter(actors_of(event, role).values()), None)
    return claim.spans[0].start if claim and claim.spans else -1
