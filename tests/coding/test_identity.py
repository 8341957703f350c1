"""Claims and events keep their ids, every claim has its words, and roles are filled with values of their kind."""

from dataclasses import replace
from typing import Any

import pytest
from coded import PUBLISHED, reported
from test_claims_of_deeds import NAMES, OWNERS, THREATS
from test_counts import ROWS as COUNTS
from test_happenings import ROWS as HAPPENINGS
from test_roles import ROWS as ROLES
from test_standing import DISPUTES
from test_standing import ROWS as STANDING
from test_triggers import EVENTS, NO_EVENT

from purport.extract import document_of_text
from purport.model import Claim, Count, EventType, Place, Report, Role, Thing, Time, claim_id, event_id
from purport.pipeline import Pipeline


def first_of(row: Any) -> str:
    """The text of a table's row, alone, in a tuple or wrapped by ``pytest.param``."""
    values = row.values if hasattr(row, "values") else row
    return values if isinstance(values, str) else str(values[0])


TABLES: tuple[list[Any], ...] = (EVENTS, NO_EVENT, ROLES, COUNTS, HAPPENINGS, STANDING, DISPUTES, THREATS, OWNERS, NAMES)
TEXTS = sorted({first_of(row) for table in TABLES for row in table})
KINDS = {
    Role.TYPE: EventType,
    Role.PERPETRATOR: Thing,
    Role.TARGET: Thing,
    Role.INSTRUMENT: Thing,
    Role.PLACE: Place,
    Role.TIME: Time,
    Role.COUNT: Count,
    Role.NAME: Thing,
}
PAGE = (
    "Car bomb kills nine in Basra\n\nA car bomb killed nine people in Basra on Monday, police said. "
    "The Islamic State claimed responsibility for the attack.\n\nOn Tuesday, rebels shelled a school in Taiz, according to the governor."
)


def read(text: str, *, id: str = "invented") -> Report:
    return Pipeline().report_of(document_of_text(text, id=id, published=PUBLISHED))


def claims(report: Report) -> list[Claim]:
    return [claim for event in report.events for claim in event.claims]


@pytest.mark.parametrize("text", TEXTS)
def test_no_span_no_claim(text: str) -> None:
    report = reported(text)
    known = {a.id for a in report.attributions}
    for event in report.events:
        assert event.triggers and all(0 <= s.start < s.end <= len(text) for s in event.triggers)
        assert any(c.role is Role.TYPE and c.value == EventType(event.type) for c in event.claims)
        for claim in event.claims:
            assert claim.spans and claim.words
            assert claim.words == " ".join(span.of(text) for span in claim.spans)
            assert isinstance(claim.value, KINDS[claim.role])
            assert claim.attribution_id is None or claim.attribution_id in known
            assert 0 < claim.confidence <= 1


@pytest.mark.parametrize("text", TEXTS)
def test_ids_say_what_they_are_of_and_are_not_shared(text: str) -> None:
    report = reported(text)
    assert len({e.id for e in report.events}) == len(report.events)
    assert len({c.id for c in claims(report)}) == len(claims(report))
    for event in report.events:
        assert event.id == event_id("invented", event.triggers)
        assert {claim.event_id for claim in event.claims} <= {event.id}


def test_reading_again_gives_the_same_ids() -> None:
    first, second = read(PAGE), read(PAGE)
    assert first.events and [c.id for c in claims(first)] == [c.id for c in claims(second)]
    assert first.events == second.events


def test_another_document_has_ids_of_its_own() -> None:
    first, second = read(PAGE), read(PAGE, id="another")
    assert not {c.id for c in claims(first)} & {c.id for c in claims(second)}
    assert not {e.id for e in first.events} & {e.id for e in second.events}


def test_origin_and_confidence_do_not_change_the_id() -> None:
    report = read(PAGE)
    for claim in claims(report):
        other = replace(claim, origin="people", confidence=0.1)
        chain = [
            [(s.start, s.end) for s in (a.source.spans if a.source else ())] + [a.stance.value] for a in report.chain(other.attribution_id)
        ]
        assert claim.id == claim_id(event_id=other.event_id, role=other.role, value=other.value, spans=other.spans, chain=chain)


def test_what_is_added_below_leaves_the_claims_above_alone() -> None:
    longer = read(PAGE + "\n\nThe harvest near Basra was good this year.")
    assert {c.id for c in claims(read(PAGE))} <= {c.id for c in claims(longer)}
