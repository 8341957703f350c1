"""How many, with every wording, and of whom (codebook rule 9)."""

import pytest
from coded import counts_of, gap

Row = tuple[str, int | None, int | None, str | None]

#: Text and all counts of the page: kind, low, high, the noun counted (None for people without a word of their own).
ROWS: list[tuple[str, list[Row]]] = [
    ("Three farmers were reported to have been killed in Basra on Monday.", [("killed", 3, 3, "farmers")]),
    ("At least four farmers were reported killed in an airstrike on Basra.", [("killed", 4, None, "farmers")]),
    ("About 20 farmers were killed and wounded in airstrikes on Basra on Monday.", [("casualties", 20, 20, "farmers")]),
    ("Two farmers were killed and five wounded in Basra on Monday.", [("killed", 2, 2, "farmers"), ("injured", 5, 5, "wounded")]),
    ("A bomb killed 16 people in Basra on Monday.", [("killed", 16, 16, None)]),
    ("A bomb killed at least 16 people in Basra on Monday.", [("killed", 16, None, None)]),
    ("Militiamen killed more than 30 villagers in Beni on Monday.", [("killed", 31, None, "villagers")]),
    ("Militiamen killed over 40 villagers in Beni on Monday.", [("killed", 41, None, "villagers")]),
    ("Air strikes killed up to 50 fighters near Marib on Monday.", [("killed", None, 50, "fighters")]),
    ("Air strikes killed as many as 50 fighters near Marib on Monday.", [("killed", None, 50, "fighters")]),
    ("Shelling killed nearly 100 civilians in Saada on Monday.", [("killed", None, 100, "civilians")]),
    ("Shelling killed almost 100 civilians in Saada on Monday.", [("killed", None, 100, "civilians")]),
    ("Shelling killed fewer than ten civilians in Saada on Monday.", [("killed", None, 9, "civilians")]),
    ("Shelling killed about 20 policemen in Saada on Monday.", [("killed", 20, 20, "policemen")]),
    ("Shelling killed around 60 policemen in Saada on Monday.", [("killed", 60, 60, "policemen")]),
    ("Shelling killed some 60 policemen in Saada on Monday.", [("killed", 60, 60, "policemen")]),
    ("Shelling wounded several children in Saada on Monday.", [("injured", 3, 9, "children")]),
    ("Shelling wounded a few children in Saada on Monday.", [("injured", 3, 9, "children")]),
    ("A blast wounded dozens of worshippers in Quetta on Friday.", [("injured", 24, 99, "worshippers")]),
    ("A blast wounded scores of recruits in Kabul on Friday.", [("injured", 40, 99, "recruits")]),
    ("Militants abducted hundreds of schoolgirls in Borno in April.", [("abducted", 200, 999, "schoolgirls")]),
    ("The shelling displaced thousands of villagers in Saada in April.", [("displaced", 2000, 9999, "villagers")]),
    ("The shelling displaced tens of thousands of villagers in Saada in April.", [("displaced", 20000, 99999, "villagers")]),
    ("Militants killed a soldier in Arish on Monday.", [("killed", 1, 1, "soldier")]),
    ("One child was killed by a mine in Hodeidah on Monday.", [("killed", 1, 1, "child")]),
    ("Between 12 and 15 miners were killed by gunmen in Zamfara on Monday.", [("killed", 12, 15, "miners")]),
    ("Gunmen killed 12 to 15 miners in Zamfara on Monday.", [("killed", 12, 15, "miners")]),
    ("Gunmen killed a dozen miners in Zamfara on Monday.", [("killed", 12, 12, "miners")]),
    ("Gunmen killed half a dozen miners in Zamfara on Monday.", [("killed", 6, 6, "miners")]),
    ("Gunmen killed twenty-one miners in Zamfara on Monday.", [("killed", 21, 21, "miners")]),
    ("Gunmen killed no fewer than 25 miners in Zamfara on Monday.", [("killed", 25, None, "miners")]),
    ("Gunmen killed a couple of miners in Zamfara on Monday.", [("killed", 2, 2, "miners")]),
    ("Rockets hit a depot in Eilat on Monday, but no civilians were killed.", [("killed", 0, 0, "civilians")]),
    ("Shelling killed two women and three children in Taiz on Monday.", [("killed", 2, 2, "women"), ("killed", 3, 3, "children")]),
    ("Shelling killed 14 people, including three children, in Taiz on Monday.", [("killed", 14, 14, None), ("killed", 3, 3, "children")]),
    ("A blast killed 12 people, among them two nurses, in Taiz on Monday.", [("killed", 12, 12, None), ("killed", 2, 2, "nurses")]),
    ("A woman and her two children were killed by a shell in Taiz on Monday.", [("killed", 1, 1, "woman"), ("killed", 2, 2, "children")]),
    ("A car bomb exploded in Kirkuk on Monday, killing three and wounding 11.", [("injured", 11, 11, None), ("killed", 3, 3, None)]),
    (
        "A car bomb exploded in Kirkuk on Monday, killing 12 people and injuring more than 30 others.",
        [("injured", 31, None, None), ("killed", 12, 12, None)],
    ),
    ("A bomb went off in Lahore on Monday. The death toll rose to 98 on Tuesday.", [("killed", 98, 98, None)]),
    gap(
        "A bomb in Lahore left three people dead and 14 injured on Monday.",
        [("injured", 14, 14, None), ("killed", 3, 3, None)],
        why="the word that counts the victims is taken for who they are",
    ),
    gap(
        "The attack on a base near Gao caused 14 casualties on Monday.",
        [("casualties", 14, 14, None)],
        why="the word that counts the victims is taken for who they are",
    ),
    gap(
        "Militants attacked a village near Bosso on Monday and five people are missing.",
        [("missing", 5, 5, None)],
        why="missing as a predicate is not met",
    ),
    ("Police arrested 40 protesters in Minsk on Sunday.", [("detained", 40, 40, "protesters")]),
    ("Militants kidnapped 276 girls in Borno in April.", [("abducted", 276, 276, "girls")]),
    ("The fighting displaced 12,000 people in Kachin State in May.", [("displaced", 12000, 12000, None)]),
    ("Fighting in Kachin State has displaced 1.2 million people since May.", [("displaced", 1200000, 1200000, None)]),
    ("About 300 families fled the shelling of Saada on Monday.", [("displaced", 300, 300, "families")]),
    ("Police released 15 students in Cairo on Monday.", []),
    ("Militants killed Omar Haddad in Deir al-Zor on Monday.", []),
    ("Two trucks were destroyed in an air strike near Marib on Monday.", []),
    ("The army shelled 12 villages in Saada on Monday.", []),
    ("A three-year-old boy was killed by a mine in Hodeidah on Monday.", [("killed", 1, 1, "boy")]),
    ("Nine other people were hurt when a grenade exploded in Bujumbura on Monday.", [("injured", 9, 9, None)]),
    gap(
        "An explosion claimed the lives of 11 people in Quetta on Friday when a suicide bomber struck.",
        [("killed", 11, 11, None)],
        why="claimed the lives of is no wording of the lexicon",
    ),
    ("The bodies of 30 men killed by militants were found in a mass grave near Tikrit in April.", [("killed", 30, 30, "men")]),
    (
        "Two soldiers and 15 militants were killed in clashes near Arish on Monday.",
        [("killed", 15, 15, "militants"), ("killed", 2, 2, "soldiers")],
    ),
    ("At least 40 people, most of them women, were killed by shelling in Taiz on Monday.", [("killed", 40, None, None)]),
    ("The 22 March bombing in Brussels killed 32 people.", [("killed", 32, 32, None)]),
    ("Gunmen on five motorcycles killed 17 farmers in Zamfara on 3 May.", [("killed", 17, 17, "farmers")]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_counts(text: str, expected: list[Row]) -> None:
    assert counts_of(text) == sorted(expected, key=str)
