"""How likely a claim is read right: which signs it has, and what the weights make of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pytest
from coded import reported
from hypothesis import given
from hypothesis import strategies as st

from invented_reports import bomb_page
from purport.coding.confidence import ASKED, MOST_ASKED, Surroundings, chance, signs, weights, with_confidence
from purport.coding.ontology import ontology
from purport.model import Attribution, Claim, Count, Event, Factuality, Place, Report, Role, Span, Stance, Tagged, Time
from purport.settings import Settings

CAPTURE, REPORT = bomb_page()
BOMBING, SHELLING = REPORT.events
#: Claims of the bombing by role, each on the governor's, the group's (by way of an agency) or a witness's word.
BOMB_CLAIMS = {claim.role: claim for claim in BOMBING.claims}


@dataclass(frozen=True)
class GivenTags:
    """What an encoder said, as numbers that the test gives: by head and label, whatever span is asked about."""

    chances: Mapping[tuple[str, str], float] = field(default_factory=dict)
    by_anchor: Mapping[Span, float] = field(default_factory=dict)

    def spans(self, head: str) -> tuple[Tagged, ...]:
        return ()

    def marks(self, head: str, *, least: float = 0.5) -> tuple[Tagged, ...]:
        return ()

    def asked(self, head: str, anchors: Sequence[Span]) -> tuple[tuple[Tagged, ...], ...]:
        return tuple(() for _ in anchors)

    def chance(self, head: str, label: str, *, span: Span, anchor: Span | None = None) -> float:
        return self.by_anchor.get(anchor or span, self.chances.get((head, label), 0.0))

    def number(self, head: str, span: Span) -> float:
        return 0.0


def attribution_of(claim: Claim) -> Attribution | None:
    return REPORT.attribution(claim.attribution_id) if claim.attribution_id else None


def signs_of(claim: Claim, *, event: Event = BOMBING, tags: GivenTags | None = None) -> dict[str, float]:
    return signs(claim, Surroundings(event), attribution_of(claim), tags=tags)


def changed(role: Role, **changes: Any) -> Claim:
    return replace(BOMB_CLAIMS[role], **changes)


def moved(role: Role, distance: int) -> Claim:
    """The claim so many characters after the trigger."""
    start = BOMBING.triggers[0].end + distance
    return changed(role, spans=(Span(start, start + 1),))


SIGNS: list[tuple[Claim, set[str], set[str]]] = [
    (BOMB_CLAIMS[Role.TYPE], {"role=type", "type=bombing", "rivals=1", "triggers=1", "beside", "stance=says"}, {"far", "near", "unreal"}),
    (BOMB_CLAIMS[Role.PERPETRATOR], {"role=perpetrator", "stance=admits", "named", "nested"}, {"unnamed", "outlet", "hearsay"}),
    (BOMB_CLAIMS[Role.TARGET], {"unnamed", "stance=says", "attribution"}, {"named", "nested"}),
    (BOMB_CLAIMS[Role.COUNT], {"role=count", "count=killed"}, {"unresolved", "undated"}),
    (changed(Role.COUNT, value=Count("injured", 3, 3)), {"count=injured"}, {"count=killed"}),
    (BOMB_CLAIMS[Role.PLACE], {"role=place"}, {"unresolved"}),
    (changed(Role.PLACE, value=Place("the village")), {"unresolved"}, set()),
    (BOMB_CLAIMS[Role.TIME], {"role=time"}, {"undated"}),
    (changed(Role.TIME, value=Time("XXXX-WXX-2", None)), {"undated"}, set()),
    (changed(Role.TYPE, factuality=Factuality.POSSIBLE), {"factuality=PS+"}, {"factuality=CT+"}),
    (moved(Role.PLACE, 0), {"beside"}, {"near", "far"}),
    (moved(Role.PLACE, 40), {"beside"}, {"near", "far"}),
    (moved(Role.PLACE, 41), {"near"}, {"beside", "far"}),
    (moved(Role.PLACE, 150), {"near"}, {"beside", "far"}),
    (moved(Role.PLACE, 151), {"far"}, {"beside", "near"}),
    (changed(Role.TYPE, attribution_id=None), {"outlet", "always"}, {"attribution", "named", "unnamed", "hearsay", "nested"}),
]


@pytest.mark.parametrize(("claim", "has", "lacks"), SIGNS)
def test_signs(claim: Claim, has: set[str], lacks: set[str]) -> None:
    found = set(signs_of(claim))
    assert has <= found and not lacks & found


def test_a_claim_without_an_attribution_has_no_sign_of_one() -> None:
    found = signs_of(changed(Role.TYPE, attribution_id=None), tags=GivenTags())
    assert not [name for name in found if name.startswith("stance=")]
    assert not {"attribution", "cue", "content", "source"} & set(found)


def test_hearsay_names_nobody() -> None:
    claim = BOMB_CLAIMS[Role.TYPE]
    said = attribution_of(claim)
    assert said is not None
    found = signs(claim, Surroundings(BOMBING), replace(said, source=None), tags=GivenTags({("cue", "cue"): 0.9}))
    assert "hearsay" in found and not {"named", "unnamed", "cue", "content", "source"} & set(found)


@pytest.mark.parametrize(("copies", "sign"), [(1, "rivals=1"), (2, "rivals=2"), (3, "rivals=3"), (4, "rivals=4"), (9, "rivals=4")])
def test_claims_of_one_role_rival_each_other(copies: int, sign: str) -> None:
    event = replace(BOMBING, claims=(BOMB_CLAIMS[Role.TYPE],) * copies)
    assert [name for name in signs_of(BOMB_CLAIMS[Role.TYPE], event=event) if name.startswith("rivals=")] == [sign]


def test_an_event_that_is_not_told_as_having_happened() -> None:
    assert "unreal" in signs_of(SHELLING.claims[0], event=SHELLING)


# ------------------------------------------------------------------ what an encoder says
SAID = GivenTags(
    {
        ("trigger", "bombing"): 0.9,
        ("event", "perpetrator"): 0.8,
        ("cue", "cue"): 0.7,
        ("attribution", "content"): 0.6,
        ("attribution", "source"): 0.5,
    }
)


@pytest.mark.parametrize(
    ("role", "figures"),
    [
        (Role.PERPETRATOR, {"trigger": 0.9, "asked": 0.8, "cue": 0.7, "content": 0.6, "source": 0.5}),
        (Role.TARGET, {"trigger": 0.9, "asked": 0.0, "cue": 0.7, "content": 0.6, "source": 0.5}),
        (Role.TYPE, {"trigger": 0.9, "cue": 0.7, "content": 0.6, "source": 0.5}),
        (Role.NAME, {"trigger": 0.9, "cue": 0.7, "content": 0.6, "source": 0.5}),
    ],
)
def test_signs_from_tags(role: Role, figures: dict[str, float]) -> None:
    found, without = signs_of(BOMB_CLAIMS[role], tags=SAID), signs_of(BOMB_CLAIMS[role])
    assert {name: value for name, value in found.items() if name not in without} == figures
    assert without.items() <= found.items()


def test_of_several_triggers_the_one_that_the_encoder_is_surest_of_counts() -> None:
    first, second = BOMBING.triggers[0], Span(60, 66)
    event = replace(BOMBING, triggers=(first, second))
    found = signs_of(BOMB_CLAIMS[Role.PLACE], event=event, tags=GivenTags(by_anchor={first: 0.2, second: 0.7}))
    assert (found["trigger"], found["asked"]) == (0.7, 0.7)


SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 12))


@given(st.lists(SPANS, min_size=1, max_size=20), SPANS)
def test_the_nearest_trigger(triggers: list[Span], span: Span) -> None:
    around = Surroundings(replace(BOMBING, triggers=tuple(triggers)))
    assert around.apart(span) == min(max(0, span.start - t.end, t.start - span.end) for t in triggers)
    nearest = around.nearest(span)
    assert len(nearest) == min(len(triggers), MOST_ASKED) and set(nearest) <= set(triggers)


@pytest.mark.parametrize("number", [0, 3, 50, 97, 99])
def test_of_very_many_triggers_those_around_the_claim_are_asked_about(number: int) -> None:
    triggers = tuple(Span(10 * n, 10 * n + 5) for n in range(100))
    assert triggers[number] in Surroundings(replace(BOMBING, triggers=triggers)).nearest(Span(10 * number + 6, 10 * number + 8))


# ------------------------------------------------------------------ from signs to a chance
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({}, 0.5),
        ({"unheard": 5.0}, 0.5),
        ({"up": 1.0}, 0.731),
        ({"down": 1.0}, 0.269),
        ({"up": 1.0, "down": 1.0}, 0.5),
        ({"up": 0.5}, 0.622),
    ],
)
def test_chances_from_log_odds(found: dict[str, float], expected: float) -> None:
    assert chance(found, {"up": 1.0, "down": -1.0}) == expected


@pytest.mark.parametrize("reader", ["rules", "learned"])
def test_more_weight_is_more_likely(reader: str) -> None:
    known = weights(reader)
    base = signs_of(BOMB_CLAIMS[Role.PERPETRATOR])
    for name in known:
        lower, same, higher = (chance(base | {name: 1.0}, {**known, name: weight}) for weight in (-2.0, 0.0, 2.0))
        assert 0 < lower < same < higher < 1


def test_the_surer_the_encoder_is_of_a_role_the_likelier_is_its_claim() -> None:
    by_certainty = [with_confidence(REPORT, tags=GivenTags({("event", "perpetrator"): sure})) for sure in (0.0, 0.3, 0.6, 1.0)]
    chances = [next(c.confidence for c in report.events[0].claims if c.role is Role.PERPETRATOR) for report in by_certainty]
    assert all(less < more for less, more in pairwise(chances))


def test_a_chain_of_several_is_less_likely_right_than_one_source() -> None:
    for reader in ("rules", "learned"):
        assert weights(reader)["nested"] < 0 < weights(reader)["outlet"]


@pytest.mark.parametrize("reader", ["rules", "learned"])
def test_weights_are_those_of_signs_that_there_are(reader: str) -> None:
    known = {name.partition("=")[2]: name.partition("=")[0] for name in weights(reader) if "=" in name}
    roles, types = ({value for value, kind in known.items() if kind == wanted} for wanted in ("role", "type"))
    assert roles == {role.value for role in Role}
    assert types <= set(ontology().types)
    assert {value for value, kind in known.items() if kind == "factuality"} <= {value.value for value in Factuality}
    assert {value for value, kind in known.items() if kind == "stance"} <= {stance.value for stance in Stance}


def test_each_reader_has_its_weights() -> None:
    from_tags = {"trigger", "asked", "cue", "content", "source"}
    assert from_tags <= set(weights("learned"))
    assert not from_tags & set(weights("rules"))
    assert set(ASKED) == set(Role) - {Role.TYPE, Role.NAME}


# ------------------------------------------------------------------ reports
def plain(report: Report) -> Report:
    """The report with every claim as sure as the next, and by nobody."""
    events = (replace(event, claims=tuple(replace(claim, confidence=1.0, origin="") for claim in event.claims)) for event in report.events)
    return replace(report, events=tuple(events))


@pytest.mark.parametrize("tags", [None, SAID], ids=["rules", "learned"])
def test_nothing_but_the_confidence_and_the_origin_changes(tags: GivenTags | None) -> None:
    sure = with_confidence(REPORT, tags=tags)
    assert plain(sure) == plain(REPORT)
    known = weights("rules" if tags is None else "learned")
    for event in sure.events:
        for claim in event.claims:
            assert claim.confidence == chance(signs_of(claim, event=event, tags=tags), known)
            assert claim.origin == ("rules" if tags is None else "learned")


def test_both_readers_weigh_the_same_signs_differently() -> None:
    by_rules, learned = (with_confidence(REPORT, tags=tags) for tags in (None, SAID))
    assert [c.confidence for c in by_rules.events[0].claims] != [c.confidence for c in learned.events[0].claims]


def test_what_is_read_carries_it() -> None:
    report = reported(
        "A car bomb killed nine people in Basra on Monday, police said. Rebels threatened to shell Taiz.", settings=Settings(reader="rules")
    )
    assert report.events and with_confidence(report, tags=None) == report
    assert len({claim.confidence for event in report.events for claim in event.claims}) > 3
