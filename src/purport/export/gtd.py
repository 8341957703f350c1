"""Claim columns in the manner of the Global Terrorism Database: who claims it, who else does, and what is doubted."""

from collections.abc import Iterable
from typing import IO

from purport.accounts import Told
from purport.export.acled import notes_of
from purport.export.case import Case, Written
from purport.export.crosswalk import country_words, crosswalk, number_of_type
from purport.export.facts import Facts
from purport.export.tables import Row, write_comma_table
from purport.incident import Origin
from purport.model import Document, Factuality, Role, SourceKind, Stance, Thing

NOT_APPLICABLE = -9
UNKNOWN, VIDEO = 10, 6  #: GTD's numbers for the way of claiming
NOT_KNOWN_WHERE = 5
CLAIMING = (Stance.ADMITS, Stance.CLAIMS)
MADE_BY = "purport"


def write_gtd(cases: Iterable[Case], file: IO[str]) -> Written:
    """The table, with what was left out."""
    return write_comma_table(cases, file, name="gtd", row_of=gtd_row)


def gtd_row(facts: Facts) -> Row | str:
    """One row; or why GTD has none."""
    if not facts.is_real:
        return "denied or unrealised"
    attack = number_of_type(facts.type, "gtd")
    if attack is None:
        return f"no attack in GTD: {facts.type}"
    what: Row = {
        "eventid": facts.account.incident.id,
        "summary": notes_of(facts),
        "doubtterr": NOT_APPLICABLE,
        "attacktype1": attack,
        "attacktype1_txt": crosswalk("gtd_attacks")[attack],
        "target1": facts.target.name if facts.target else None,
        "nkill": facts.killed.best if facts.killed else None,
        "nwound": facts.injured.best if facts.injured else None,
        "addnotes": "; ".join(f"{each.role.value}: {each.why}" for each in facts.account.disputes),
        "dbsource": MADE_BY,
    }
    return what | _when(facts) | _where(facts) | _who(facts) | _pages(facts.account.documents)


def _when(facts: Facts) -> Row:
    """Zero for what is not known, as there; the days in words where they are more than one."""
    first, last = facts.first or "", facts.last or ""
    same = [first[part] == last[part] and bool(first) for part in (slice(0, 4), slice(0, 7), slice(0, 10))]
    return {
        "iyear": int(first[:4]) if same[0] else 0,
        "imonth": int(first[5:7]) if same[1] else 0,
        "iday": int(first[8:10]) if same[2] else 0,
        "approxdate": f"{first} to {last}" if first != last else None,
    }


def _where(facts: Facts) -> Row:
    place = facts.place
    if place is None:
        return {"city": "Unknown", "specificity": NOT_KNOWN_WHERE}
    return {
        "country_txt": country_words(place.country),
        "provstate": facts.province,
        "city": place.name if place.precision in ("exact", "near") else "Unknown",
        "latitude": place.latitude,
        "longitude": place.longitude,
        "specificity": crosswalk("specificity").get(place.precision, NOT_KNOWN_WHERE),
    }


# ------------------------------------------------------------------ who claims it
def _who(facts: Facts) -> Row:
    """Up to three perpetrators, each with whether it claims the deed itself."""
    named = [told for told in facts.values(Role.PERPETRATOR) if told.affirmed and isinstance(told.value, Thing)]
    named.sort(key=lambda told: told.value != facts.perpetrator)
    claims = [_mode(told, facts) for told in named]
    number = sum(mode is not None for mode in claims)
    row: Row = {"gname": "Unknown", "claimed": 0, "compclaim": NOT_APPLICABLE if number == 0 else int(number > 1)}
    for place, (told, mode) in enumerate(zip(named[:3], claims[:3], strict=True), start=1):
        row |= _one(told, mode, place=place, facts=facts)
    return row


def _one(told: Told, mode: int | None, *, place: int, facts: Facts) -> Row:
    tail = "" if place == 1 else str(place)
    assert isinstance(told.value, Thing)  # noqa: S101 - _who asks for nothing else
    contest = facts.contests.get((Role.PERPETRATOR, "", ""))
    hedged = all(saying.factuality is not Factuality.CERTAIN for saying in told.sayings)
    row: Row = {
        f"gname{tail}": told.value.name,
        f"guncertain{place}": int(mode is None and (hedged or bool(contest and contest.disputed))),
        "claimed" if place == 1 else f"claim{place}": int(mode is not None),
        f"claimmode{tail}": mode,
    }
    return row | ({"claimmode_txt": crosswalk("gtd_modes")[mode]} if place == 1 and mode is not None else {})


def _mode(told: Told, facts: Facts) -> int | None:
    """How a perpetrator claims the deed; None if it does not."""
    for saying in told.sayings:
        origin = facts.account.origin(saying.origin_id)
        if origin and saying.stance in CLAIMING and not saying.denies and _is_self(origin, told):
            return VIDEO if origin.kind == SourceKind.ARTEFACT else UNKNOWN
    return None


def _is_self(origin: Origin, told: Told) -> bool:
    assert isinstance(told.value, Thing)  # noqa: S101 - _who asks for nothing else
    by_code = origin.actor_code is not None and origin.actor_code == told.value.actor_code
    return by_code or origin.name.casefold() == told.value.name.casefold()


def _pages(pages: Iterable[Document]) -> Row:
    cited = (f"“{page.title or 'untitled'},” {page.outlet or 'outlet not known'}, {page.published or 'undated'}" for page in pages)
    return {f"scite{place}": words for place, words in zip((1, 2, 3), cited, strict=False)}
