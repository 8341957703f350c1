"""Statements and tellings brought to the right happening: fitted signs, clustering of bundles, claims of responsibility, condemnation."""

from functools import cache

import pytest
from coded import PUBLISHED, bare, reported, source_words

from purport import attribution, read
from purport.coding.bundles import Bundle, bundles_of, stem
from purport.coding.clusters import FIRST_MEMBERS, LAST_MEMBERS, Cluster, Clustering, nearest_acts
from purport.coding.coreference import Coreference, Model, coreference, signs
from purport.coding.grounds import Grounds
from purport.coding.phrases import Phrases
from purport.coding.tellings import find_tellings
from purport.coding.tree import Tree
from purport.coding.triggers import find_triggers
from purport.extract import document_of_text
from purport.model import Event, Role, Stance
from purport.resources import yaml_of
from purport.settings import Settings


@cache
def bundles(text: str) -> tuple[Bundle, ...]:
    document = document_of_text(text, id="invented", published=PUBLISHED)
    attributed = attribution.attribute(read.read(document, settings=Settings()), settings=Settings())
    tree = Tree(attributed.reading)
    grounds, phrases = Grounds(attributed, tree=tree), Phrases(attributed.reading, tree)
    tellings = find_tellings(tree, grounds, triggers=find_triggers(tree))
    return tuple(bundles_of(tellings, tree=tree, phrases=phrases, grounds=grounds))


#: Text of two bundles, signs that it must give, signs that it must not.
SIGNS = [
    (
        "A car bomb exploded in Basra on Monday. The bomb attack in Basra shocked the town.",
        {"type_same", "definite", "place_same", "near_1", "nearest_act"},
        {"place_other", "time_other", "other"},
    ),
    (
        "A car bomb exploded in Basra on Monday. A car bomb exploded in Mosul on Tuesday.",
        {"place_other", "time_other", "clash"},
        {"place_same"},
    ),
    ("A car bomb exploded in Basra. Another bombing followed.", {"other"}, {"definite"}),
    ("Gunmen shot at a bus in Kano. Rebels captured Bambari.", {"type_other"}, {"type_same", "type_open"}),
    ("A blast killed 17 people in Basra. The explosion left 17 people dead.", {"count_same", "count_same_large"}, {"count_other"}),
    ("Rebels shelled Taiz on Monday. Rebels had shelled the port in 2009.", {"past_perfect", "time_other"}, {"time_same"}),
]


@pytest.mark.parametrize(("text", "present", "absent"), SIGNS)
def test_signs(text: str, present: set[str], absent: set[str]) -> None:
    a, b = bundles(text)[0], bundles(text)[-1]
    found = signs(a, b, nearest=True)
    assert present <= found.keys()
    assert not absent & found.keys()
    assert all(isinstance(value, float) and value for value in found.values())


def test_an_encoder_adds_a_sign_of_its_own() -> None:
    a, b = bundles("Rebels shelled Taiz on Monday. The shelling went on for hours.")[:2]
    assert "similar" not in signs(a, b)
    assert signs(a, b, similar=0.75).items() >= {"similar": 0.75, "similar_known": 1.0}.items()
    assert signs(a, b, similar=0.0)["similar_known"] == 1.0


def test_likeness_by_an_encoder_reaches_the_models() -> None:
    found = list(bundles("Gunmen shot at a bus in Kano. Gunmen raided a farm in Jos. Gunmen stormed a bank in Abuja."))
    models = Coreference(Model(-1.0, {"similar": 4.0}), Model(0.0, {"max": 1.0}), threshold=0.0)
    apart = Clustering(found, models=models, similar=lambda a, b: 0.0).run()
    together = Clustering(found, models=models, similar=lambda a, b: 1.0).run()
    unknown = Clustering(found, models=models, similar=lambda a, b: None).run()
    assert (len(apart), len(together), len(unknown)) == (len(found), 1, len(found))


def test_every_weight_is_of_a_sign_that_exists() -> None:
    known = {name for text, _, _ in SIGNS for a in bundles(text)[:1] for b in bundles(text)[1:] for name in signs(a, b)}
    pair, join = coreference().pair.weights, coreference().join.weights
    assert len(known & pair.keys()) > 20
    assert join.keys() <= {"max", "mean", "min", "last", "first", "size", "place", "time", "actor", "target", "toll", "newest"}
    assert pair["clash"] < 0 < pair["definite"]
    assert coreference().threshold == yaml_of("ontology/coreference.yaml")["threshold"]


def test_only_the_ends_of_a_long_cluster_are_compared() -> None:
    first = bundles(SIGNS[0][0])[0]
    cluster = Cluster(list(range(100)), first.traits, first.reality)
    assert cluster.compared() == [*range(FIRST_MEMBERS), *range(100 - LAST_MEMBERS, 100)]
    assert Cluster([3, 5], first.traits, first.reality).compared() == [3, 5]


def test_nearest_acts_are_of_a_like_type() -> None:
    found = list(bundles("Gunmen shot at a bus in Kano. Rebels captured Bambari. Police shot at a crowd in Jos."))
    assert [b.type for b in found] == ["armed_assault", "territorial_change", "armed_assault"]
    assert nearest_acts(found) == [None, None, 0]


@pytest.mark.parametrize(
    ("words", "same"),
    [(("bombing", "bomb"), True), (("killing", "kill"), True), (("explosion", "explode"), True), (("attack", "raid"), False)],
)
def test_stems(words: tuple[str, str], same: bool) -> None:
    assert (stem(words[0]) == stem(words[1])) is same


#: Text, and of the event at the first word given: who stands behind it on whose word.
BOUND = [
    pytest.param(
        "A suicide bomber blew up a market in Kano on Monday. The bombing killed nine people. Police shot dead a looter near the market. "
        "Boko Haram claimed responsibility.",
        "bombing",
        "boko haram",
        Stance.ADMITS,
        id="the bombing told most, not the shooting told last",
    ),
    pytest.param(
        "A car bomb killed four people in Aden on Sunday. The Houthis denied responsibility.",
        "bombing",
        "houthis",
        Stance.DENIES,
        id="denied",
    ),
]


def event_at(text: str, type_: str) -> Event:
    return next(e for e in reported(text).events if e.type == type_)


@pytest.mark.parametrize(("text", "type_", "source", "stance"), BOUND)
def test_claims_of_responsibility_are_bound(text: str, type_: str, source: str, stance: Stance) -> None:
    report = reported(text)
    found = {
        (source_words(report.attribution(c.attribution_id), text), report.attribution(c.attribution_id).stance, e.type)
        for e in report.events
        for c in e.claims
        if c.role is Role.PERPETRATOR and c.attribution_id
    }
    assert (source, stance, type_) in found
    assert {t for s, _, t in found if s == source} == {type_}


#: Text, and the sources on whose word it is that the happening took place.
GRANTED = [
    ("A car bomb killed four people in Aden on Sunday. The mayor and the governor both condemned the bombing.", set()),
    ("A car bomb killed four people in Aden on Sunday. The mayor called the bombing inhumane.", set()),
    ("A car bomb killed four people in Aden on Sunday. The mayor called the bombing a massacre.", {"mayor"}),
    ("A car bomb killed four people in Aden on Sunday. The mayor described the bombing as the worst in years.", {"mayor"}),
]


@pytest.mark.parametrize(("text", "sources"), GRANTED)
def test_who_says_what_kind_of_happening_it_was(text: str, sources: set[str]) -> None:
    report = reported(text)
    claims = [c for e in report.events if e.type in ("bombing", "killing") for c in e.claims if c.role is Role.TYPE]
    found = {source_words(report.attribution(c.attribution_id), text) for c in claims if c.attribution_id}
    assert {bare(s or "") for s in found} == sources
    assert event_at(text, "bombing").told_as_fact()


#: Text, and whether somebody is blamed for the bombing in it.
BLAMED = [
    ("A bomb killed nine people in Kano on Monday. The mayor blamed the militia.", True),
    ("A bomb killed nine people in Kano on Monday. The mayor accused the militia of having struck a deal with smugglers.", False),
    ("A bomb killed nine people in Kano on Monday. The mayor blamed the government for the bad roads.", False),
]


@pytest.mark.parametrize(("text", "blamed"), BLAMED)
def test_blame_for_something_else_is_no_blame_for_the_happening(text: str, blamed: bool) -> None:
    claims = event_at(text, "bombing").claims
    assert any(c.role is Role.PERPETRATOR and c.attribution_id for c in claims) is blamed


#: Text of a page with one event of detention or bombing, and whether the page itself vouches for it.
VOUCHED = [
    ("Two arrests were announced on Wednesday. “We have arrested two men in Jaipur,” said the minister.", False),
    ("Two men were arrested in Jaipur on Wednesday. “We have arrested two men in Jaipur,” said the minister.", True),
]


@pytest.mark.parametrize(("text", "vouched"), VOUCHED)
def test_an_announcement_is_somebodys_word(text: str, vouched: bool) -> None:
    assert (event_at(text, "detention").voice == "outlet") is vouched


#: Text, and whether the group's claim makes the page vouch for the attacks.
CLAIMED = [
    ("The Lions Brigade claimed responsibility for several bombings in Kirkuk.", "sources"),
    ("The Lions Brigade claimed responsibility for the bombing in Kirkuk on Monday.", "outlet"),
]


@pytest.mark.parametrize(("text", "voice"), CLAIMED)
def test_only_a_known_deed_is_taken_for_granted(text: str, voice: str) -> None:
    assert event_at(text, "bombing").voice == voice


def test_who_is_described_behind_the_name_is_quoted_by_name() -> None:
    text = "Omar Haddad, a nurse, fled the town on Monday. He said rebels had shelled the clinic in Taiz on Sunday."
    report = reported(text)
    found = {source_words(report.attribution(c.attribution_id), text) for c in event_at(text, "shelling").claims if c.attribution_id}
    assert found == {"omar haddad"}


#: Text, and how many happenings of the type it tells.
ADDED = [
    ("Rebels shelled a camp in Taiz on Monday. Residents said rebels also shelled a school.", "shelling", 2),
    ("Rebels shelled a camp in Taiz on Monday. Residents said the rebels shelled the camp for hours.", "shelling", 1),
    ("A car bomb exploded in Basra on Monday. Witnesses said a second explosion killed two people.", "bombing", 2),
]


@pytest.mark.parametrize(("text", "type_", "number"), ADDED)
def test_what_is_added_is_another_happening(text: str, type_: str, number: int) -> None:
    assert sum(e.type == type_ for e in reported(text).events) == number
