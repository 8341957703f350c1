"""The JSON form of an incident with what is made of it; ``docs/incidents.md`` describes it."""

from typing import Any

from purport.accounts import Account, Contest, Leg, Resolution, Resolved, Saying, Stop, Told, TollPoint
from purport.incident import Folded, Origin
from purport.wire.writing import value_to_json

SCHEMA = "purport-incident/1"


def account_to_json(account: Account, resolution: Resolution | None = None) -> dict[str, Any]:
    """One incident; with ``resolution`` what a policy makes of it, the policy stated."""
    incident = account.incident
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "id": incident.id,
        "summary": account.summary,
        "status": account.grade.code.value,
        "status_words": account.grade.sentence,
        "disputed": bool(account.disputes),
        "independent_sources": len(incident.independent_sources()),
        "pages": [_page(document) for document in account.documents],
        "events": [event.id for event in incident.events],
        "origins": [_origin(origin) for origin in incident.origins],
        "claims": [_contest(contest) for contest in account.contests],
        "toll": [_point(point) for point in account.toll],
        "route": {"stops": [_stop(stop) for stop in account.route.stops], "legs": [_leg(leg) for leg in account.route.legs]},
    }
    return record | ({"resolution": resolution_to_json(resolution)} if resolution else {})


def resolution_to_json(resolution: Resolution) -> dict[str, Any]:
    """A policy's values, with its name, its version and what it does."""
    return {"policy": resolution.policy, "stated": resolution.stated, "values": [_resolved(each) for each in resolution.resolved]}


def _page(document: Any) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "outlet": document.outlet,
        "title": document.title,
        "published": document.published,
        "url": document.url,
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "id": origin.id,
        "name": origin.name,
        "kind": origin.kind,
        "standing": origin.standing.value,
        "standing_why": origin.standing_why,
        "tells": origin.tells,
        "actor_code": origin.actor_code,
        "pages": [_folded(each) for each in origin.folded],
    }


def _folded(folded: Folded) -> dict[str, Any]:
    return {
        "document_id": folded.document_id,
        "why": folded.why,
        "spans": [[span.start, span.end] for span in folded.spans],
        "claims": list(folded.claims),
        "via": list(folded.via),
        "copy_of": folded.parent_id,
        "share": folded.share,
    }


def _contest(contest: Contest) -> dict[str, Any]:
    return {
        "role": contest.role.value,
        "kind": contest.kind,
        "who": contest.who,
        "disputed": contest.disputed,
        "why": contest.why,
        "values": [_told(value) for value in contest.values],
    }


def _told(value: Told) -> dict[str, Any]:
    return {
        "value": value_to_json(value.value),
        "words": value.words,
        "first_seen": value.first_seen,
        "affirmed": value.affirmed,
        "origins": list(value.origins()),
        "denied_by": list(value.origins(denying=True)),
        "replaced_by": value.replaced_by,
        "sayings": [_saying(saying) for saying in value.sayings],
    }


def _saying(saying: Saying) -> dict[str, Any]:
    return {
        "claim_id": saying.claim_id,
        "document_id": saying.document_id,
        "outlet": saying.outlet,
        "published": saying.published,
        "who": saying.who,
        "stance": saying.stance.value if saying.stance else None,
        "factuality": saying.factuality.value,
        "origin": saying.origin_id,
        "words": saying.words,
        "spans": [[span.start, span.end] for span in saying.spans],
        "denies": saying.denies,
        "doubts": saying.doubts,
    }


def _point(point: TollPoint) -> dict[str, Any]:
    return {
        "day": point.day,
        "kind": point.kind,
        "low": point.low,
        "high": point.high,
        "who": point.who,
        "origin": point.origin_id,
        "source": point.source,
        "outlet": point.outlet,
        "document_id": point.document_id,
        "claim_id": point.claim_id,
    }


def _stop(stop: Stop) -> dict[str, Any]:
    standing = stop.standing.value if stop.standing else None
    return {"id": stop.id, "name": stop.name, "kind": stop.kind, "day": stop.day, "standing": standing, "document_id": stop.document_id}


def _leg(leg: Leg) -> dict[str, Any]:
    return {"from": leg.first, "to": leg.second, "why": leg.why}


def _resolved(each: Resolved) -> dict[str, Any]:
    return {
        "role": each.role.value,
        "kind": each.kind,
        "who": each.who,
        "words": each.words,
        "why": each.why,
        "value": value_to_json(each.value) if each.value else None,
        "low": each.low,
        "best": each.best,
        "high": each.high,
    }
