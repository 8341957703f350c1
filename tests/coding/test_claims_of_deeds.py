"""Threats, claims and denials of responsibility, blame, and names on somebody's word."""

import pytest
from coded import bare, claims_of, event_of, gap, innermost, reported, source_words, types_of, words_of

from purport.model import Role

#: Text, who threatens, whom, and the types of all events that the page talks of (a threat is an event once uttered, rule 8).
THREATS = [
    ("The rebels threatened to attack an embassy in Kabul.", {"rebels"}, None, ["armed_assault", "threat"]),
    gap(
        "“We will avenge our brothers,” the militia said in a statement on Monday.",
        {"militia"},
        None,
        ["threat"],
        why="who utters a quoted promise is not its perpetrator; the avenged are taken for the threatened",
    ),
    ("The commander vowed to crush the rebels in Idlib.", {"commander"}, None, ["threat"]),
    (
        "The president warned on Tuesday that the army would strike Kobani within days.",
        {"president"},
        None,
        ["air_strike|armed_assault|armed_clash|shelling", "threat"],
    ),
    ("Militants issued a death threat against a judge in Lahore on Monday.", {"militants"}, {"judge"}, ["threat"]),
    ("The general threatened Lebanon with war on Tuesday.", {"general"}, {"lebanon"}, ["threat"]),
    ("The militia threatened to kill the hostages.", {"militia"}, None, ["threat"]),
    ("The Islamic State has threatened the governor of Kirkuk.", {"islamic state"}, {"governor|governor of kirkuk"}, ["threat"]),
]


@pytest.mark.parametrize(("text", "who", "whom", "types"), THREATS)
def test_threats(text: str, who: set[str], whom: set[str] | None, types: list[str]) -> None:
    threat = event_of(text, "threat")
    assert (threat.reality, words_of(threat, Role.PERPETRATOR)) == ("actual", who)
    assert whom is None or ({w for w in words_of(threat, Role.TARGET)} <= set("|".join(whom).split("|")) and words_of(threat, Role.TARGET))
    found = types_of(text)
    assert len(found) == len(types) and all(any(f in t.split("|") for t in types) for f in found)
    assert all(event.reality == "unrealised" for event in reported(text).events if event.type != "threat")


#: Text, type of the event meant, and of each perpetrator on somebody's word: who, on whose, with what stance ("-" before a denied one).
OWNERS = [
    (
        "A bomb killed nine people in Kano on Monday. Boko Haram claimed responsibility.",
        "bombing",
        [("boko haram", "boko haram", "admits")],
    ),
    (
        "A bomb killed nine people in Kano on Monday. Boko Haram claimed responsibility for the attack.",
        "bombing",
        [("boko haram", "boko haram", "admits")],
    ),
    (
        "A bomb killed nine people in Kano on Monday. Responsibility for the blast was claimed by Boko Haram.",
        "bombing",
        [("boko haram", "boko haram", "admits")],
    ),
    gap(
        "A bomb killed nine people in Kano on Monday. The attack was claimed by Boko Haram.",
        "bombing",
        [("boko haram", "boko haram", "admits")],
        why="'was claimed by' does not make the claimant a perpetrator",
    ),
    (
        "A bomb killed nine people in Kano on Monday. Boko Haram denied responsibility.",
        "bombing",
        [("-boko haram", "boko haram", "denies")],
    ),
    ("A bomb killed nine people in Kano on Monday. Boko Haram denied involvement.", "bombing", [("-boko haram", "boko haram", "denies")]),
    ("A bomb killed nine people in Kano on Monday. The governor blamed Boko Haram.", "bombing", [("boko haram", "governor", "accuses")]),
    (
        "A bomb killed nine people in Kano on Monday. The governor blamed Boko Haram for the attack.",
        "bombing",
        [("boko haram", "governor", "accuses")],
    ),
    (
        "A bomb killed nine people in Kano on Monday. Police suspect Boko Haram.",
        "bombing",
        [("boko haram", "police", "believes")],
    ),
    ("A bomb killed nine people in Kano on Monday. No group claimed responsibility.", "bombing", []),
    ("A bomb killed nine people in Kano on Monday. There was no claim of responsibility.", "bombing", []),
    (
        "The army accused Boko Haram of bombing a market in Kano on Monday.",
        "bombing|air_strike",
        [("boko haram", "army", "accuses")],
    ),
    gap(
        "Two brothers confessed to the murder of a judge in Quetta in May.",
        "killing",
        [("two brothers", "two brothers", "admits")],
        why="who confesses to a deed is not taken for its perpetrator",
    ),
    (
        "The police chief said that the Pakistani Taliban had shot dead a judge in Quetta on Monday.",
        "killing",
        [("pakistani taliban", "police chief", "says")],
    ),
]


@pytest.mark.parametrize(("text", "type_", "expected"), OWNERS)
def test_who_did_it_on_whose_word(text: str, type_: str, expected: list[tuple[str, str, str]]) -> None:
    report, found = reported(text), set()
    for claim in event_of(text, type_).claims:
        attribution = innermost(report, claim)
        if claim.role is Role.PERPETRATOR and attribution is not None:
            sign = "-" if claim.factuality.value.endswith("-") else ""
            found.add((sign + bare(claim.words), source_words(attribution, text), attribution.stance.value))
    assert found == set(expected)


#: Text, type of the event meant, the name of a victim, and on whose word (None: the outlet's own).
NAMES = [
    (
        "A journalist was kidnapped in Mogadishu on Monday. Police identified the journalist as Asha Warsame.",
        "abduction",
        {("asha warsame", "police")},
    ),
    (
        "A soldier was killed by a mine near Gao on Monday. His mother named him as Ibrahim Coulibaly.",
        "bombing",
        {("ibrahim coulibaly", "mother")},
    ),
    (
        "Militants beheaded a hostage near Raqqa on Monday. The hostage was identified as Karim Saleh by the Tidewater Agency.",
        "killing",
        {("karim saleh", "tidewater agency")},
    ),
    ("Rebels fired a missile at a tower in Marib on Monday. The missile was identified as a Scud.", "shelling", set()),
    ("Gunmen shot dead a judge in Quetta on Monday. The provincial minister is named Naveed Baloch.", "killing", set()),
]


@pytest.mark.parametrize(("text", "type_", "expected"), NAMES)
def test_names_on_somebodys_word(text: str, type_: str, expected: set[tuple[str, str | None]]) -> None:
    report = reported(text)
    found = {(bare(c.words), source_words(innermost(report, c), text)) for c in claims_of(event_of(text, type_), Role.NAME)}
    assert found == expected


def test_what_a_captive_confesses_bears_on_who_he_is() -> None:
    text = "Militants beheaded a prisoner near Raqqa on Monday. In the video, the prisoner confessed that he had spied for Russia."
    report = reported(text)
    grounds = [innermost(report, c) for c in claims_of(event_of(text, "killing"), Role.TARGET)]
    confessed = [a for a in grounds if a is not None and a.stance.value == "admits"]
    assert [a.source.duress for a in confessed if a.source] == [True]
