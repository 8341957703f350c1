"""Who did it to whom, with what: roles through voices, clauses, appositions and nouns."""

import pytest
from coded import event_of, gap, words_match, words_of

from purport.model import Role

Roles = dict[str, set[str]]

#: Text, type of the event meant, and what must fill the roles named, no more and no less (bare words; "|" joins wordings that are as good).
ROWS: list[tuple[str, str, Roles]] = [
    ("Taliban spokesman Omar Wardak claimed responsibility for the bombing in Kunduz on Monday.", "bombing", {"perpetrator": {"taliban"}}),
    ("A rally of nurses blocked the bridge in Leeds on Friday.", "protest", {"perpetrator": {"nurses"}}),
    ("Thirty people died in the Lyon bombing on Monday.", "bombing", {"perpetrator": set()}),
    ("A bomb went off in Basra on Monday, killing seven and injuring 48 others.", "bombing", {"instrument": {"bomb"}, "target": set()}),
    ("The mayor blamed the attack in Goma on Monday on the M23 rebels.", "armed_assault", {"perpetrator": {"m23 rebels"}}),
    (
        "Gunmen armed with rifles stormed a school near Yala on Monday.",
        "armed_assault",
        {"perpetrator": {"gunmen"}, "instrument": {"rifles"}, "target": {"school"}},
    ),
    (
        "The army launched an offensive against the rebels in Malakal on Friday.",
        "armed_clash",
        {"perpetrator": {"army"}, "target": {"rebels"}},
    ),
    ("A ceasefire agreed last week between Sudan, Chad and Libya holds.", "ceasefire", {"perpetrator": {"sudan", "chad", "libya"}}),
    ("Rebels attacked a police post near Gao on Monday.", "armed_assault", {"perpetrator": {"rebels"}, "target": {"police post"}}),
    (
        "Two monks were killed by soldiers in Mrauk-U on Friday.",
        "killing|armed_assault",
        {"perpetrator": {"soldiers"}, "target": {"two monks"}},
    ),
    (
        "Militants attacked a convoy with rockets near Rafah on Monday.",
        "shelling|armed_assault",
        {"perpetrator": {"militants"}, "target": {"convoy"}, "instrument": {"rockets"}},
    ),
    (
        "The killing of a judge by militiamen in Basra on Friday angered his tribe.",
        "killing",
        {"perpetrator": {"militiamen"}, "target": {"judge"}},
    ),
    ("Turkish shelling near Afrin killed two shepherds on Monday.", "shelling", {"perpetrator": {"turkish"}, "target": {"two shepherds"}}),
    ("The army's shelling of a hospital in Hama on Monday was filmed.", "shelling", {"perpetrator": {"army"}, "target": {"hospital"}}),
    ("Police arrested the man who stabbed a rabbi in Lyon on Sunday.", "armed_assault", {"perpetrator": {"man"}, "target": {"rabbi"}}),
    ("Police arrested the man who stabbed a rabbi in Lyon on Sunday.", "detention", {"perpetrator": {"police"}, "target": {"man"}}),
    (
        "Soldiers and militiamen raided a monastery near Bunia on Monday.",
        "armed_assault",
        {"perpetrator": {"soldiers", "militiamen"}, "target": {"monastery"}},
    ),
    (
        "Gunmen killed a teacher and a pupil in Yala on Monday.",
        "killing|armed_assault",
        {"perpetrator": {"gunmen"}, "target": {"teacher", "pupil"}},
    ),
    (
        "The army clashed with Kachin rebels near Laiza on Monday.",
        "armed_clash",
        {"perpetrator": {"army", "kachin rebels"}, "target": set()},
    ),
    (
        "Fighting between the army and rebels in Malakal resumed on Friday.",
        "armed_clash",
        {"perpetrator": {"army", "rebels"}, "target": set()},
    ),
    (
        "Rebels captured Maaloula from the army on Sunday.",
        "territorial_change",
        {"perpetrator": {"rebels"}, "target": {"army"}, "place": {"maaloula"}},
    ),
    (
        "The army lost Maaloula to the rebels on Sunday.",
        "territorial_change",
        {"perpetrator": {"rebels"}, "target": {"army"}, "place": {"maaloula"}},
    ),
    ("Maaloula fell to the rebels on Sunday.", "territorial_change", {"perpetrator": {"rebels"}, "place": {"maaloula"}}),
    (
        "Fighters fired mortars at a barracks in Gao on Monday.",
        "shelling",
        {"perpetrator": {"fighters"}, "instrument": {"mortars"}, "target": {"barracks"}},
    ),
    ("A car bomb exploded outside a court in Hilla on Monday.", "bombing", {"perpetrator": set(), "instrument": {"car bomb"}}),
    gap(
        "A young woman detonated an explosive belt at a market in Maiduguri on Monday.",
        "bombing",
        {"perpetrator": {"young woman"}, "instrument": {"explosive belt"}},
        why="who detonates something is not taken for a perpetrator",
    ),
    (
        "About 4,000 villagers fled Kachin State in March.",
        "displacement",
        {"perpetrator": set(), "target": {"about 4,000 villagers|4,000 villagers|villagers"}},
    ),
    ("Students rallied against the junta in Yangon on Sunday.", "protest", {"perpetrator": {"students"}}),
    (
        "The government signed a ceasefire with the rebels in Juba on Monday.",
        "ceasefire",
        {"perpetrator": {"government", "rebels"}, "target": set()},
    ),
    ("The militia released two nuns in Maaloula on Sunday.", "release", {"perpetrator": {"militia"}, "target": {"two nuns"}}),
    (
        "Boko Haram carried out an attack on a church in Damaturu on Sunday.",
        "armed_assault",
        {"perpetrator": {"boko haram"}, "target": {"church"}},
    ),
    gap(
        "A police station in Jos came under rocket attack on Monday.",
        "shelling",
        {"perpetrator": set(), "target": {"police station"}},
        why="came under attack: the subject is not taken for the target",
    ),
    ("A coalition air strike hit a clinic in Mokha on Monday.", "air_strike", {"perpetrator": {"coalition"}, "target": {"clinic"}}),
    (
        "Russian missiles struck a clinic in Mariupol on Friday.",
        "shelling",
        {"perpetrator": {"russian"}, "instrument": {"missiles|russian missiles"}, "target": {"clinic"}},
    ),
    (
        "Gunmen attacked a bus near Minya on Friday, killing three pilgrims.",
        "armed_assault",
        {"perpetrator": {"gunmen"}, "target": {"bus", "three pilgrims"}},
    ),
    (
        "Militants killed Omar Haddad, a journalist, in Deir al-Zor on Monday.",
        "killing",
        {"perpetrator": {"militants"}, "target": {"omar haddad"}},
    ),
    (
        "Fighters backed by Iran attacked a base near Deir al-Zor on Monday.",
        "armed_assault",
        {"perpetrator": {"fighters"}, "target": {"base"}},
    ),
    (
        "Gunmen killed a judge in Quetta on Monday. The Pakistani Taliban denied involvement.",
        "killing|armed_assault",
        {"perpetrator": {"gunmen"}, "target": {"judge"}},
    ),
    (
        "Prosecutors accused the general of ordering the killing of a journalist in Istanbul in May.",
        "killing",
        {"perpetrator": {"general"}, "target": {"journalist"}},
    ),
    (
        "A shepherd shot by border guards near Van on Monday was buried on Tuesday.",
        "armed_assault|killing",
        {"perpetrator": {"border guards"}, "target": {"shepherd"}},
    ),
    (
        "A soldier was killed in an attack by the militia in Beni on Monday.",
        "armed_assault",
        {"perpetrator": {"militia"}, "target": {"soldier"}},
    ),
    gap(
        "The bombardment of a hospital by government jets in Aleppo went on for an hour on Monday.",
        "air_strike",
        {"perpetrator": {"government jets|government"}, "target": {"hospital"}},
        why="agents of a noun do not tell its type and are lost behind a place",
    ),
    (
        "An assault on the police headquarters in Herat by gunmen began on Monday.",
        "armed_assault",
        {"perpetrator": {"gunmen"}, "target": {"police headquarters"}},
    ),
    (
        "The militia entered Kanyabayonga on Monday. They killed two farmers.",
        "killing|armed_assault",
        {"perpetrator": {"militia"}, "target": {"two farmers"}},
    ),
    ("They killed two farmers in Beni on Monday.", "killing|armed_assault", {"perpetrator": set(), "target": {"two farmers"}}),
    gap(
        "A man armed with a knife attacked a guard in Nice on Friday.",
        "armed_assault",
        {"perpetrator": {"man"}, "target": {"guard"}, "instrument": {"knife"}},
        why="armed with a knife: clause misread, roles lost",
    ),
    (
        "Soldiers attacked the camp near Homs using tanks on Monday.",
        "armed_assault|shelling",
        {"perpetrator": {"soldiers"}, "target": {"camp"}, "instrument": {"tanks"}},
    ),
    gap(
        "A man rammed a truck into a market in Berlin on Monday.",
        "armed_assault",
        {"perpetrator": {"man"}, "instrument": {"truck"}},
        why="what is rammed into something is the instrument, not the target",
    ),
    (
        "A suicide bomber killed nine worshippers in Quetta on Friday.",
        "bombing",
        {"perpetrator": {"suicide bomber"}, "target": {"nine worshippers"}},
    ),
    (
        "An ambush in which rebels killed four policemen took place near Bo on Monday.",
        "armed_assault",
        {"perpetrator": {"rebels"}, "target": {"four policemen"}},
    ),
    (
        "Separatists shot down a military helicopter near Slovyansk on Tuesday.",
        "armed_assault|shelling|destruction|armed_clash",
        {"perpetrator": {"separatists"}, "target": {"military helicopter"}},
    ),
    gap(
        "Soldiers forced ten villagers to dig graves before shooting them dead near Inn Din in May.",
        "killing|armed_assault",
        {"perpetrator": {"soldiers"}, "target": {"ten villagers"}},
        why="the subject of an -ing clause after 'before' is taken for its victim",
    ),
    (
        "The kidnapping of two nurses by bandits in Kaduna took place on Monday.",
        "abduction",
        {"perpetrator": {"bandits"}, "target": {"two nurses"}},
    ),
    (
        "Two nurses abducted by bandits in Kaduna last week were freed on Monday.",
        "abduction",
        {"perpetrator": {"bandits"}, "target": {"two nurses"}},
    ),
    (
        "Islamic State fighters blew up a temple in Palmyra in August.",
        "bombing|destruction",
        {"perpetrator": {"islamic state fighters|islamic state"}, "target": {"temple"}},
    ),
    ("The army bombarded Douma from the air on Monday.", "air_strike", {"perpetrator": {"army"}, "place": {"douma"}}),
    (
        "In Gao, rebels shot and wounded a priest on Monday.",
        "armed_assault",
        {"perpetrator": {"rebels"}, "target": {"priest"}, "place": {"gao"}},
    ),
    gap(
        "Police in Tunis beat a lawyer with batons on Monday.",
        "abuse",
        {"perpetrator": {"police"}, "target": {"lawyer"}, "instrument": {"batons"}},
        why="batons are no weapon of the lexicon",
    ),
]


@pytest.mark.parametrize(("text", "type_", "roles"), ROWS)
def test_roles(text: str, type_: str, roles: Roles) -> None:
    event = event_of(text, type_)
    for role, expected in roles.items():
        found = words_of(event, Role(role))
        assert words_match(found, expected), (role, found)
