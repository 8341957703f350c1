"""Incidents made of one-event reports by hand, about invented happenings, without any reader."""

from purport.incident import Incident, Telling, incident_id
from purport.model import (
    Claim,
    Count,
    Document,
    Event,
    Factuality,
    Place,
    Role,
    Span,
    Thing,
    Time,
    Value,
    claim_id,
    event_id,
    hashed_id,
)

Spot = tuple[str, str, float, float]  #: name, country, latitude, longitude
HOMS: Spot = ("Homs", "SY", 34.73, 36.71)
ALEPPO: Spot = ("Aleppo", "SY", 36.2, 37.16)
MOSUL: Spot = ("Mosul", "IQ", 36.34, 43.12)


def telling(
    number: int,
    *,
    day: str | None = None,
    spot: Spot | None = None,
    killed: tuple[int | None, int | None] | None = None,
    by: str = "",
    published: str | None = None,
    reality: str = "actual",
    precision: str = "exact",
) -> Telling:
    """One page's telling of an event; what is not given is not claimed."""
    text = f"Report {number}."
    document = Document(hashed_id("doc", number), "cap", text, title=f"Report {number}", outlet="The Tidewater Post", published=published)
    spans = (Span(0, 6),)
    event = event_id(document.id, spans)
    said: list[tuple[Role, Value, str]] = []
    if day:
        said.append((Role.TIME, Time(day, day), day))
    if spot:
        said.append((Role.PLACE, Place(spot[0], spot[1], latitude=spot[2], longitude=spot[3], precision=precision), spot[0]))
    if killed:
        said.append((Role.COUNT, Count("killed", *killed), str(killed[0])))
    if by:
        said.append((Role.PERPETRATOR, Thing(by), by))
    claims = tuple(
        Claim(
            claim_id(event_id=event, role=role, value=value, spans=spans, chain=()),
            event,
            role,
            value,
            words,
            spans,
            None,
            Factuality.CERTAIN,
        )
        for role, value, words in said
    )
    return Telling(Event(event, document.id, "bombing", spans, claims, reality=reality), document)


def incident(*tellings: Telling) -> Incident:
    """The incident of some tellings."""
    return Incident(incident_id(tuple(t.event.id for t in tellings)), tellings)
