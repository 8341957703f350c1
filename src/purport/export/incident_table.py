"""CSV of incidents: one row a competing value, with who gives it, who denies it, and what a policy makes of them all."""

import csv
from collections.abc import Iterable, Iterator
from typing import IO

from purport.accounts import Account, Contest, Resolution, Resolved, Told
from purport.export.claim_table import Cell, count_words, harmless
from purport.incident import Standing
from purport.model import Count, Place, Thing, Time

COLUMNS = (
    "incident_id", "summary", "status", "status_words", "disputed", "independent_sources", "pages",
    "role", "kind", "who", "value", "low", "high", "actor_code", "edtf", "country", "latitude", "longitude",
    "affirmed", "given_by", "independent_origins", "denied_by", "first_seen", "replaced_by", "sayings", "role_disputed", "role_why",
    "policy", "policy_states", "resolved", "resolved_low", "resolved_best", "resolved_high", "resolved_why",
)  # fmt: skip


def write_incidents_csv(accounts: Iterable[tuple[Account, Resolution | None]], file: IO[str]) -> int:
    """The number of incidents written. Text that a spreadsheet would run as a formula begins with an apostrophe."""
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    number = 0
    for account, resolution in accounts:
        number += 1
        for row in _rows(account, resolution):
            writer.writerow({name: harmless(cell) for name, cell in row.items()})
    return number


def _rows(account: Account, resolution: Resolution | None) -> Iterator[dict[str, Cell]]:
    told = _incident(account)
    for contest in account.contests:
        resolved = _of(contest, resolution)
        for value in contest.values:
            yield told | _value(contest, value, account=account) | _resolved(resolved, resolution)


def _incident(account: Account) -> dict[str, Cell]:
    return {
        "incident_id": account.incident.id,
        "summary": account.summary,
        "status": account.grade.code.value,
        "status_words": account.grade.sentence,
        "disputed": _yes(bool(account.disputes)),
        "independent_sources": len(account.incident.independent_sources()),
        "pages": len(account.documents),
    }


def _value(contest: Contest, value: Told, *, account: Account) -> dict[str, Cell]:
    giving = [origin for each in value.origins() if (origin := account.origin(each))]
    denying = [origin.name for each in value.origins(denying=True) if (origin := account.origin(each))]
    independent = [origin for origin in giving if origin.standing not in (Standing.PARTY, Standing.CAPTIVE)]
    return {
        "role": contest.role.value,
        "kind": contest.kind,
        "who": contest.who,
        "affirmed": _yes(value.affirmed),
        "given_by": "; ".join(f"{origin.name} ({origin.standing.value})" for origin in giving),
        "independent_origins": len(independent),
        "denied_by": "; ".join(denying),
        "first_seen": value.first_seen,
        "replaced_by": value.replaced_by,
        "sayings": len(value.sayings),
        "role_disputed": _yes(contest.disputed),
        "role_why": contest.why,
        **_typed(value),
    }


def _typed(value: Told) -> dict[str, Cell]:
    match value.value:
        case Count() as count:
            return {"value": count_words(count), "low": count.low, "high": count.high}
        case Place() as place:
            return {"value": place.name, "country": place.country, "latitude": place.latitude, "longitude": place.longitude}
        case Time() as time:
            return {"value": time.value, "edtf": time.edtf}
        case Thing() as thing:
            return {"value": thing.name, "actor_code": thing.actor_code}
    return {"value": value.words}


def _of(contest: Contest, resolution: Resolution | None) -> Resolved | None:
    """What the policy makes of this contest."""
    place = (contest.role, contest.kind, contest.who)
    return next((each for each in (resolution.resolved if resolution else ()) if (each.role, each.kind, each.who) == place), None)


def _resolved(resolved: Resolved | None, resolution: Resolution | None) -> dict[str, Cell]:
    if resolution is None:
        return {}
    stated: dict[str, Cell] = {"policy": resolution.policy, "policy_states": resolution.stated}
    if resolved is None:
        return stated
    return stated | {
        "resolved": resolved.words,
        "resolved_low": resolved.low,
        "resolved_best": resolved.best,
        "resolved_high": resolved.high,
        "resolved_why": resolved.why,
    }


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
