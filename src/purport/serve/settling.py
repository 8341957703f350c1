"""Settled answers of a round become judgements and additions, so that they lie over the machine's like any other decision."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from purport.decisions import Round
from purport.errors import StoreError
from purport.model import Change, Claim, Event, Place, Report, Verdict
from purport.read.gazetteer import Row, gazetteer
from purport.read.places import PRECISION
from purport.read.toponym_names import fold
from purport.review.answers import geonames_of, place_name
from purport.review.rounds import Settled
from purport.review.rulings import NO_ROLE, Ruling, Rulings, rulings_of
from purport.reviewing import reviewed_page
from purport.settings import Settings
from purport.store import Store
from purport.verdicts import standing_words
from purport.wording import country_name

MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What became of settled answers: numbers of judgements and additions, and what could not be made a claim, with the reason."""

    judged: int = 0
    added: int = 0
    left: tuple[tuple[Settled, str], ...] = ()


def take_over(store: Store, round_: Round, *, settled: Iterable[Settled], by: str) -> TakenOver:
    """Judge the claims of the events as settled, in the name of ``by``; what this person has said already is not said again."""
    units = {unit.event_id: unit for unit in store.rounds.units(round_.id)}
    judged, added, left = 0, 0, []
    for each in settled:
        found, report = _rulings(store, each, document_id=units[each.event_id].document_id)
        judged += sum(_judge(store, ruling, each=each, round_=round_, by=by) for ruling in found.judgements)
        added += sum(_add(store, claim, report=report, by=by) for claim in found.added if report)
        if found.left and found.left != NO_ROLE:
            left.append((each, found.left))
    return TakenOver(judged, added, tuple(left))


def _rulings(store: Store, settled: Settled, *, document_id: str) -> tuple[Rulings, Report | None]:
    try:
        page = reviewed_page(store, document_id)
    except StoreError:
        return Rulings(left="its page is gone"), None
    event = _event(page.report, settled.event_id) or _event(page.machine, settled.event_id)
    if event is None:
        return Rulings(left="the page is no longer read as telling of it"), None
    return rulings_of(settled, event=event, report=page.report, places=place_of), page.report


def _event(report: Report, event_id: str) -> Event | None:
    return next((event for event in report.events if event.id == event_id), None)


def _judge(store: Store, ruling: Ruling, *, each: Settled, round_: Round, by: str) -> bool:
    change = replace(ruling.change or Change(), settles=True)
    own = [word for word in standing_words(store.judgements(ruling.claim_id)) if word.coder == by]
    if own and (own[-1].verdict, own[-1].value, own[-1].change) == (ruling.verdict, ruling.value, change):
        return False
    store.judge(ruling.claim_id, ruling.verdict, coder=by, value=ruling.value, note=note_of(each, round_), change=change)
    return True


def note_of(settled: Settled, round_: Round) -> str:
    """Why: who agreed, or what the adjudicator gave as the reason."""
    if settled.is_agreed:
        return f"agreed by {' and '.join(settled.coders)} in round “{round_.name}”"
    why = f": {settled.answer.note}" if settled.answer.note else ""
    return f"settled in round “{round_.name}”{why}"


def _add(store: Store, claim: Claim, *, report: Report, by: str) -> bool:
    known = {claim.id for event in report.events for claim in event.claims}
    if claim.id in known:
        store.judge(claim.id, Verdict.ACCEPT, coder=by, change=Change(settles=True))
        return False
    store.reviews.add(report.document.id, claim, coder=by, words=[claim.words])
    return True


# ------------------------------------------------------------------ places
def place_of(answer: str) -> Place:
    """The place of an answer with what the gazetteer knows of it; the bare name if it has no GeoNames id or another one."""
    name, wanted = place_name(answer), geonames_of(answer)
    row = next((row for row, _ in _named(name) if row.geonames_id == wanted and wanted is not None), None)
    if row is None:
        return Place(name)
    precision = PRECISION.get(row.kind, row.kind)
    return Place(name, row.country, row.admin1, row.geonames_id, row.latitude, row.longitude, precision)


def suggested_places(words: str) -> list[str]:
    """Places of that name as answers, the most populous first."""
    found = [row for row, _ in _named(place_name(words)) if row.geonames_id is not None]
    told = (f"{row.name}, {_within(row)}{country_name(row.country or '')} #{row.geonames_id}" for row in found)
    return list(dict.fromkeys(told))[:MOST_PLACES]


def _within(row: Row) -> str:
    return "" if row.kind in ("country", "admin0") or not row.admin1 or "." in row.admin1 else f"{row.admin1}, "


def _named(name: str) -> tuple[tuple[Row, int], ...]:
    return gazetteer(Settings()).named(fold(name))
