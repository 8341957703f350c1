"""What holds of a page once people have decided."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented_reports import bomb_page, span_of
from purport.decisions import AddedEvent, Addition, AdditionKind, Reviewed, ReviewState
from purport.model import (
    Attribution,
    Change,
    Claim,
    Count,
    Event,
    EventType,
    Factuality,
    Judgement,
    Place,
    Role,
    Source,
    SourceKind,
    Stance,
    Thing,
    Value,
    Verdict,
    claim_id,
    event_id,
)
from purport.review.overlay import overlay

REPORT = bomb_page()[1]
TEXT = REPORT.document.text
BOMBING, SHELLING = REPORT.events
CLAIMS = {claim.role: claim for claim in BOMBING.claims}
EVERY = [claim for event in REPORT.events for claim in event.claims]
PLACE = CLAIMS[Role.PLACE]
HOMS = Place("Homs", "SY")
SETTLES = Change(settles=True)


def said(claim: Claim, verdict: str, coder: str = "Ada", *, value: Value | None = None, change: Change | None = None) -> Judgement:
    return Judgement("", claim.id, Verdict(verdict), value, "", coder, "2026-01-01T00:00:00+00:00", None, change)


def held(judgements: Iterable[Judgement], additions: Iterable[Addition] = ()) -> Reviewed:
    return overlay(REPORT, judgements, additions=additions)


def bombing(reviewed: Reviewed) -> Event:
    return next(event for event in reviewed.report.events if event.id == BOMBING.id)


#: The words of coders about one claim ("Ada accept"), its state, what holds, and whose word that is.
WORDS = [
    ([], "unreviewed", PLACE.value, ""),
    (["Ada accept"], "accepted", PLACE.value, "Ada"),
    (["Ada reject"], "rejected", None, "Ada"),
    (["Ada correct"], "corrected", HOMS, "Ada"),
    (["Ada accept", "Ada reject"], "rejected", None, "Ada"),
    (["Ada accept", "Ada withdrawn"], "unreviewed", PLACE.value, ""),
    (["Ada accept", "Ada reject", "Ada withdrawn"], "accepted", PLACE.value, "Ada"),
    (["Ada accept", "Ben accept"], "accepted", PLACE.value, "Ada Ben"),
    (["Ada accept", "Ben reject"], "contested", None, "Ada Ben"),
    (["Ada reject", "Ben accept"], "contested", PLACE.value, "Ada Ben"),
    (["Ada accept", "Ben reject", "Ben withdrawn"], "accepted", PLACE.value, "Ada"),
    (["Ada accept", "Ben reject", "Cem accept settles"], "accepted", PLACE.value, "Cem"),
    (["Ada accept", "Ben reject", "Cem accept settles", "Cem withdrawn"], "contested", None, "Ada Ben"),
    (["Cem accept settles", "Ben reject"], "contested", None, "Cem Ben"),
]


@pytest.mark.parametrize(("words", "state", "value", "coders"), WORDS)
def test_what_holds_of_a_claim(words: list[str], state: str, value: Value | None, coders: str) -> None:
    told = [each.split() for each in words]
    made = [said(PLACE, v, c, value=HOMS if v == "correct" else None, change=SETTLES if more else None) for c, v, *more in told]
    decided = held(made).by_claim[PLACE.id]
    assert (decided.state, " ".join(decided.coders), decided.machine) == (state, coders, PLACE)
    assert (decided.holding.value if decided.holding else None) == value


def test_a_correction_changes_what_it_names_and_keeps_the_id() -> None:
    spans = (span_of(TEXT, "Homs"),)
    change = Change(spans, "", Factuality.POSSIBLE)
    expected = {"value": HOMS, "spans": spans, "words": "Homs", "attribution_id": None, "factuality": Factuality.POSSIBLE}
    decided = held([said(PLACE, "correct", value=HOMS, change=change)]).by_claim[PLACE.id]
    assert decided.holding == replace(PLACE, **expected, confidence=1.0, origin="coder Ada")


@pytest.mark.parametrize(
    ("role", "verdict", "value", "change", "words"),
    [
        ("type", "reject", None, None, None),
        ("type", "correct", EventType("air_strike"), None, {"type": "air_strike"}),
        ("type", "correct", None, Change(attribution_id=""), {"voice": "outlet"}),
        ("type", "correct", None, Change(factuality=Factuality.POSSIBLE), {"certainty": "possible"}),
        ("type", "correct", None, Change(factuality=Factuality.UNDERSPECIFIED), {"reality": "unrealised"}),
        ("type", "correct", None, Change(factuality=Factuality.NOT_CERTAIN), {"reality": "negated"}),
        ("place", "reject", None, None, {}),
        ("count", "correct", Count("killed", 16, 16, "people"), None, {}),
    ],
)
def test_derived_words_follow(role: str, verdict: str, value: Value | None, change: Change | None, words: dict[str, object] | None) -> None:
    reviewed = held([said(CLAIMS[Role(role)], verdict, value=value, change=change)])
    if words is None:
        assert BOMBING.id not in {event.id for event in reviewed.report.events}
        assert {reviewed.by_claim[claim.id].state for claim in BOMBING.claims} == {ReviewState.REJECTED}
        return
    names = ("type", "reality", "voice", "certainty", "disputed")
    assert {name: getattr(bombing(reviewed), name) for name in names} == {**{name: getattr(BOMBING, name) for name in names}, **words}


# ------------------------------------------------------------------ what was missed
TRIGGER = (span_of(TEXT, "attack"),)
ADDED_EVENT = AddedEvent(event_id(REPORT.document.id, TRIGGER), REPORT.document.id, "armed_assault", TRIGGER)
SPEAKER = (span_of(TEXT, "Farid Haddouli"),)
VOICE = Attribution(
    "att-added",
    Source(SPEAKER, SPEAKER, None, SourceKind.WITNESS, True),
    (span_of(TEXT, "a baker"),),
    (span_of(TEXT, "was among the dead"),),
    Stance.SAYS,
)


def claim(event: str, role: Role, value: Value, words: str, *, voice: str | None = None) -> Claim:
    spans = (span_of(TEXT, words),)
    id_ = claim_id(event_id=event, role=role, value=value, spans=spans, chain=[voice])
    return Claim(id_, event, role, value, words, spans, voice, Factuality.CERTAIN, origin="coder")


TYPE = claim(ADDED_EVENT.id, Role.TYPE, EventType("armed_assault"), "attack")
BAKER = claim(BOMBING.id, Role.TARGET, Thing("a baker"), "a baker", voice=VOICE.id)


def added(record: Attribution | AddedEvent | Claim, words: str) -> Addition:
    kind = {Attribution: "attribution", AddedEvent: "event", Claim: "claim"}[type(record)]
    return Addition(record.id, AdditionKind(kind), REPORT.document.id, record, "Ada", "", False, words)


ALL_ADDED = [added(ADDED_EVENT, "attack"), added(TYPE, "attack"), added(VOICE, "Farid Haddouli … a baker"), added(BAKER, "a baker")]


def test_what_was_added_holds() -> None:
    reviewed = held([], ALL_ADDED)
    event = reviewed.report.events[-1]
    assert (event.id, event.type, event.reality, event.voice) == (ADDED_EVENT.id, "armed_assault", "actual", "outlet")
    assert event.claims == (replace(TYPE, origin="coder Ada"),)
    assert bombing(reviewed).claims[-1] == replace(BAKER, origin="coder Ada")
    assert reviewed.report.attributions[-1] == VOICE
    assert reviewed.by_claim[BAKER.id].state is ReviewState.ADDED
    assert reviewed.machine == REPORT


@pytest.mark.parametrize(
    "change",
    [
        lambda every: [replace(each, withdrawn=True) for each in every],
        lambda every: [replace(each, words="other words now") for each in every],
    ],
    ids=["taken back", "the words are no longer there"],
)
def test_what_no_longer_stands_leaves_the_machines(change: Callable[[list[Addition]], list[Addition]]) -> None:
    assert held([], change(ALL_ADDED)).report == REPORT


def test_a_claim_on_a_voice_that_was_taken_back_does_not_hold() -> None:
    assert held([], [added(BAKER, "a baker")]).report == REPORT


def test_another_coder_may_contest_what_was_added() -> None:
    reviewed = held([said(BAKER, "reject", "Ben")], ALL_ADDED)
    assert reviewed.by_claim[BAKER.id].state is ReviewState.CONTESTED
    assert BAKER.id not in {each.id for each in bombing(reviewed).claims}


def test_what_the_machine_finds_too_adds_nothing() -> None:
    event = AddedEvent(BOMBING.id, REPORT.document.id, "bombing", BOMBING.triggers)
    reviewed = held([], [added(PLACE, "Aleppo"), added(event, "car bomb")])
    assert [each.id for each in reviewed.report.events] == [each.id for each in REPORT.events]
    assert reviewed.by_claim[PLACE.id].state is ReviewState.ACCEPTED


# ------------------------------------------------------------------ anything goes, and all of it can be taken back
VALUES: dict[type, Value] = {Thing: Thing("someone"), Place: HOMS, Count: Count("killed", 1, 2), EventType: EventType("shelling")}
changes = st.builds(
    Change,
    spans=st.none() | st.just((span_of(TEXT, "market"),)),
    attribution_id=st.none() | st.sampled_from(["", REPORT.attributions[0].id, "att-unknown"]),
    factuality=st.none() | st.sampled_from(list(Factuality)),
    settles=st.booleans(),
)


@st.composite
def some_judgements(draw: st.DrawFn) -> list[Judgement]:
    made = []
    for _ in range(draw(st.integers(0, 12))):
        about, verdict = draw(st.sampled_from(EVERY)), draw(st.sampled_from(["accept", "reject", "correct"]))
        value = VALUES.get(type(about.value)) if verdict == "correct" else None
        made.append(said(about, verdict, draw(st.sampled_from(["Ada", "Ben"])), value=value, change=draw(changes)))
    return made


@settings(deadline=None)
@given(some_judgements())
def test_whatever_is_decided_holds_as_a_report(made: list[Judgement]) -> None:
    reviewed = held(made, ALL_ADDED)
    known = {link.id for link in reviewed.report.attributions}
    for event in reviewed.report.events:
        assert any(claim.role is Role.TYPE for claim in event.claims)
        for each in event.claims:
            assert each.words == " … ".join(span.of(TEXT) for span in each.spans)
            assert each.attribution_id is None or each.attribution_id in known
            assert reviewed.by_claim[each.id].holding == each


@settings(deadline=None)
@given(some_judgements())
def test_taking_everything_back_leaves_the_machines_report(made: list[Judgement]) -> None:
    back = [replace(each, verdict=Verdict.WITHDRAWN, value=None, change=None) for each in reversed(made)]
    reviewed = held([*made, *back], [replace(each, withdrawn=True) for each in ALL_ADDED])
    assert reviewed.report == REPORT
    assert all(decided.state is ReviewState.UNREVIEWED for decided in reviewed.by_claim.values())
