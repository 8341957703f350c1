"""Whether it happened, on whose voice, how sure, and whether it is disputed (codebook rules 1, 8, 11, 12, 15)."""

import pytest
from coded import event_of, gap, reported

#: Text, type of the event meant, reality, voice, certainty.
ROWS = [
    ("Gunmen ambushed a patrol near Gao on Monday.", "armed_assault", "actual", "outlet", "certain"),
    ("Police said gunmen ambushed a patrol near Gao on Monday.", "armed_assault", "actual", "sources", "certain"),
    ("Gunmen ambushed a patrol near Gao on Monday, according to police.", "armed_assault", "actual", "sources", "certain"),
    ("“Soldiers burned our mosque in Inn Din on Monday,” a villager said.", "destruction", "actual", "sources", "certain"),
    (
        "The Tidewater Agency, citing a police officer, said gunmen ambushed a patrol near Gao on Monday.",
        "armed_assault",
        "actual",
        "sources",
        "certain",
    ),
    # hearsay and hedges
    ("Gunmen allegedly ambushed a patrol near Gao on Monday.", "armed_assault", "actual", "sources", "possible"),
    ("Gunmen reportedly ambushed a patrol near Gao on Monday.", "armed_assault", "actual", "sources", "possible"),
    gap(
        "Soldiers may have killed two monks in Mrauk-U in May.",
        "killing|armed_assault",
        "actual",
        "sources",
        "possible",
        why="a hedge of the outlet itself counts as the outlet's voice (rule 12 asks for unhedged)",
    ),
    ("Soldiers are believed to have killed two monks in Mrauk-U in May.", "killing|armed_assault", "actual", "sources", "probable"),
    ("The army probably shelled Saraqib on Monday, a monitor said.", "shelling", "actual", "sources", "probable"),
    gap(
        "An apparent drone strike hit a convoy near Marib on Monday.",
        "air_strike",
        "actual",
        "sources",
        "probable",
        why="'apparent' on the noun is lost beside its flat verb",
    ),
    ("Rebels accused the army of killing 12 farmers in Rastan on Monday.", "killing|armed_assault", "actual", "sources", None),
    ("A video purporting to show the beheading of a pilot in Raqqa was released on Tuesday.", "killing", "actual", "sources", "possible"),
    (
        "Rebels said they had captured Maaloula on Sunday. The report could not be verified.",
        "territorial_change",
        "actual",
        "sources",
        "certain",
    ),
    # a hedge on one role only
    ("Suspected rebels ambushed a patrol near Gao on Monday.", "armed_assault", "actual", "outlet", "certain"),
    ("A bomb exploded in Kano on Monday, killing at least nine people.", "bombing", "actual", "outlet", "certain"),
    # taken for granted
    ("The minister condemned the bombing of a church in Cairo on Sunday.", "bombing", "actual", "outlet", "certain"),
    ("The minister said the bombing of a church in Cairo on Sunday had shocked him.", "bombing", "actual", "sources", "certain"),
    # headline and body
    (
        "Army kills 12 civilians in Saraqib\n\nThe army may have killed 12 civilians in Saraqib on Monday, a monitor said.",
        "killing|armed_assault",
        "actual",
        "sources",
        "possible",
    ),
    (
        "Army shells Saraqib\n\nThe army allegedly shelled Saraqib on Monday, wounding two bakers.",
        "shelling",
        "actual",
        "sources",
        "possible",
    ),
    (
        "Rebels ambush patrol near Gao\n\nRebels ambushed a patrol near Gao on Monday, wounding two drivers.",
        "armed_assault",
        "actual",
        "outlet",
        "certain",
    ),
    # pointing back does not make it more certain
    (
        "Rebels allegedly attacked a convoy near Gao on Monday. The attack was filmed by a driver.",
        "armed_assault",
        "actual",
        "sources",
        "possible",
    ),
    # the strongest voice counts
    (
        "The army may have shelled Saraqib on Monday, a monitor said. A resident said that the army had shelled Saraqib on Monday.",
        "shelling",
        "actual",
        "sources",
        "certain",
    ),
    # negated
    ("The army did not shell Saraqib on Monday.", "shelling", "negated", "outlet", "certain"),
    ("The governor said the army had not shelled Saraqib on Monday.", "shelling", "negated", "sources", "certain"),
    ("The army denied shelling Saraqib on Monday.", "shelling", "negated", "sources", "certain"),
    gap(
        "The army never attacked the hospital in Hama, the general said on Monday.",
        "armed_assault",
        "negated",
        "sources",
        "certain",
        why="an army that attacks is read as a clash",
    ),
    # unrealised
    ("Rebels planned to attack a barracks in Gao on Friday.", "armed_assault", "unrealised", "outlet", None),
    ("Police foiled an attack on a church in Lahore on Sunday.", "armed_assault", "unrealised", "outlet", None),
    ("Gunmen tried to kill the mayor of Zamboanga on Friday.", "killing|armed_assault", "unrealised", "outlet", None),
    ("Residents fear that the army will shell Rastan on Friday.", "shelling", "unrealised", "sources", None),
    ("If rebels attack Goma on Friday, the mission will leave.", "armed_assault", "unrealised", "outlet", None),
    ("The junta will execute two activists in Yangon on Friday.", "killing", "unrealised", "outlet", None),
    ("Rebels could attack Goma next week, analysts said.", "armed_assault", "unrealised", "sources", None),
    ("A court in Minya sentenced 12 men to death in April.", "killing", "unrealised", "outlet", None),
    ("An eighth bomb, which did not go off, was recovered in Jaipur on Monday.", "bombing", "unrealised", "outlet", None),
    ("Two poets face long jail terms in Minya over a song.", "detention", "unrealised", "outlet", None),
    ("The general urged his troops to storm Rastan on Friday.", "armed_assault", "unrealised", None, None),
    ("Soldiers prevented an attack on a market in Kano on Sunday.", "armed_assault", "unrealised", "outlet", None),
]


@pytest.mark.parametrize(("text", "type_", "reality", "voice", "certainty"), ROWS)
def test_standing(text: str, type_: str, reality: str, voice: str | None, certainty: str | None) -> None:
    event = event_of(text, type_)
    found = (event.reality, voice and event.voice, certainty and event.certainty)
    assert found == (reality, voice, certainty)


#: Text, type of the event meant, whether it is disputed.
DISPUTES = [
    ("A blast killed 14 people in Basra on Monday, although the hospital put the toll at 18.", "bombing", True),
    ("Rebels said the army killed 12 farmers in Rastan on Monday. The army denied killing the farmers.", "killing|armed_assault", True),
    ("The army shelled Saraqib on Monday. The army denied shelling Saraqib.", "shelling", True),
    ("Police said four people were killed by a blast in Lahore on Monday. A doctor said 15 people were killed.", "bombing", True),
    ("Police said at least four people were killed by a blast in Lahore on Monday. A doctor said 15 people were killed.", "bombing", False),
    gap(
        "Police said four people were killed by a blast in Lahore on Monday. Police later said the toll had risen to six.",
        "bombing",
        False,
        why="an older figure replaced by the same source counts as a dispute",
    ),
    ("A blast killed four people in Lahore on Monday, police said.", "bombing", False),
    ("Rebels said they had captured Maaloula on Sunday. The report could not be verified.", "territorial_change", False),
    ("Gunmen killed a judge in Quetta on Monday. A spokesman declined to comment.", "killing|armed_assault", False),
]


@pytest.mark.parametrize(("text", "type_", "expected"), DISPUTES)
def test_disputed(text: str, type_: str, expected: bool) -> None:
    events = [e for e in reported(text).events if e.type in type_.split("|")]
    assert events and any(e.disputed for e in events) is expected
