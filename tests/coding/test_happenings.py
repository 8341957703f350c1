"""Which tellings of a page are one happening and which are two (codebook rules 7 and 10)."""

import pytest
from coded import gap, types_of

#: Text and the types of its events in any order ("|" joins types that the codebook leaves open).
ROWS = [
    # one happening, told twice
    (
        "Car bomb kills nine in Basra\n\nA car bomb exploded in a market in Basra on Monday, killing nine people, police said.",
        ["bombing"],
    ),
    ("A car bomb exploded in Basra on Monday. The blast killed nine people.", ["bombing"]),
    ("Gunmen attacked a bus near Minya on Friday. The attack left three people dead.", ["armed_assault"]),
    ("Police opened fire on a crowd in Khartoum on Sunday, killing four people.", ["armed_assault"]),
    ("Troops clashed with rebels near Laiza on Monday. Six soldiers died in the fighting.", ["armed_clash"]),
    ("Omar Haddad was shot dead in Quetta on Monday. His murder was condemned by the union.", ["killing"]),
    ("A man drove a car into a checkpoint in Marib on Monday and detonated it.", ["bombing"]),
    ("A bomb killed ten people in Lahore on Monday. The death toll later rose to 14.", ["bombing"]),
    ("Militants kidnapped two engineers in Zinjibar on Monday. The two men were seized on their way to work.", ["abduction"]),
    ("The army shelled Saraqib on Monday. The shelling lasted for two hours.", ["shelling"]),
    ("Nine soldiers were killed in an ambush near Gao on Monday. The ambush was the work of bandits.", ["armed_assault"]),
    ("Warplanes struck a clinic in Maarat on Monday. Two nurses died when the bombs hit the ward.", ["air_strike"]),
    ("Rebels captured Bambari on Sunday. The capture of the town came after a week of calm.", ["territorial_change"]),
    # two happenings
    ("A bomb killed three people in Basra on Monday. Another blast killed two in Mosul.", ["bombing", "bombing"]),
    ("A bomb exploded in Basra on Monday. On 3 March 2014, a bomb killed 12 people in the city.", ["bombing", "bombing"]),
    ("Warplanes bombed Douma on Monday. Warplanes bombed Harasta on Tuesday.", ["air_strike", "air_strike"]),
    ("Rebels captured Maaloula on Sunday. The army shelled Yabroud on Monday.", ["shelling", "territorial_change"]),
    ("A bomb killed three people in Istanbul on Monday. Police arrested five suspects on Tuesday.", ["bombing", "detention"]),
    (
        "Attackers stormed a hotel in Bamako on Friday and killed five guests. Special forces later shot dead two of the attackers.",
        ["armed_assault", "killing|armed_assault"],
    ),
    ("Gunmen shot dead a judge in Quetta on Monday. A lawyer was shot dead in Lahore on Tuesday.", ["killing", "killing"]),
    gap(
        "A grenade attack wounded two people in Bujumbura on Monday, a week after a similar attack in the city killed four.",
        ["bombing", "bombing"],
        why="'a similar attack' does not take its type from the attack it is like",
    ),
    (
        "Gunmen attacked a church in Jos on Sunday. An earlier attack on a mosque in Kano killed six people.",
        ["armed_assault", "armed_assault"],
    ),
    ("Omar Haddad was shot dead in Quetta on Monday. Salim Khan was shot dead in Quetta on Monday.", ["killing", "killing"]),
    # a wave: its total and each act with its own place, time or count
    gap(
        "A series of bombings killed 40 people in Baghdad on Monday. One, in Karrada, killed 12. Another, in Sadr City, killed nine.",
        ["bombing", "bombing", "bombing"],
        why="parts of a wave that name no act do not take its type",
    ),
    (
        "Air strikes killed 70 people in Saada in April. A strike on a wedding tent on 12 April killed 20 of them.",
        ["air_strike", "air_strike"],
    ),
    # what happened and what is only talked about are never one
    ("Rebels attacked Goma on Monday. The rebels plan to attack Bukavu next week.", ["armed_assault", "armed_assault"]),
    ("The army shelled Saraqib on Monday. It will shell Idlib on Friday, the general said.", ["shelling", "shelling"]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_tellings_are_brought_together(text: str, expected: list[str]) -> None:
    found = types_of(text)
    assert len(found) == len(expected), found
    for types in expected:
        fitting = [type_ for type_ in found if type_ in types.split("|")]
        assert fitting, (types, found)
        found = [*found]
        found.remove(fitting[0])
