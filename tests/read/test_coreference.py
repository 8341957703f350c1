"""Who is who in one page: names, descriptions, pronouns; and what is left alone."""

import pytest

from purport.extract import document_of_text
from purport.model import Mention, Reading
from purport.read.coreference import antecedent, resolve
from purport.read.mentions import find_mentions
from purport.read.syntax import parse
from purport.settings import Settings


def reading_of(text: str) -> Reading:
    document = document_of_text(text)
    return resolve(find_mentions(Reading(document, *parse(document)), settings=Settings()), settings=Settings())


def nth(reading: Reading, words: str, number: int = 0) -> Mention:
    return [m for m in reading.mentions if m.span.of(reading.document.text) == words][number]


def same(text: str, one: str, other: str) -> bool:
    reading = reading_of(text)
    return nth(reading, one).entity_id == nth(reading, other, -1).entity_id


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Colonel Sami Haddad spoke on Monday. Haddad denied the raid.", "Sami Haddad", "Haddad"),
        ("The Free Syrian Army (FSA) left. The FSA said nothing.", "Free Syrian Army", "FSA"),
        ("The Free Valley Congress (FVC) met in Lima. FVC members left early.", "Free Valley Congress", "FVC"),
        ("ISIS took the town. Daesh lost it again.", "ISIS", "Daesh"),
        ("The Islamic State (IS) group said it. IS later denied it.", "The Islamic State (IS) group", "IS"),
        ("Hezbollah fired rockets. The group denied it.", "Hezbollah", "The group"),
        ("A captive was shown in a video. The captive gave his name.", "A captive", "The captive"),
        ("Two men were shown. The men were killed later.", "Two men", "The men"),
        ("The Turkish army shelled the village. The army said it hit rebels.", "The Turkish army", "The army"),
        ("The mayor, Lena Orlova, fled. Orlova had been threatened.", "The mayor", "Orlova"),
        ("President Omar Deeb arrived. The president left at noon.", "Omar Deeb", "The president"),
        ("Lena Orlova was arrested. She had written about the war.", "Lena Orlova", "She"),
        ("Hezbollah said one of its fighters died.", "Hezbollah", "its"),
        ("A man who saw the attack spoke to Reuters.", "A man", "who"),
        ("Villagers fled after the shelling. They walked all night.", "Villagers", "They"),
        ("A prisoner spoke in the clip. The captive gave his name. The detainee was then shot.", "A prisoner", "The detainee"),
        ("The video came with a warning to Russia that its forces will be hit.", "Russia", "its"),
        ("The agency published footage. The video shows a street.", "footage", "The video"),
    ],
)
def test_one_thing(text: str, one: str, other: str) -> None:
    assert same(text, one, other)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Sami Haddad met Karim Haddad. Haddad left.", "Sami Haddad", "Haddad"),
        ("Two Turkish soldiers died. Turkish forces replied.", "Two Turkish soldiers", "Turkish forces"),
        ("Beirut (AFP) is quiet. AFP said so.", "Beirut", "AFP"),
        ("The PKK denied it. A PKK-linked group admitted it.", "PKK", "A PKK-linked group"),
        ("Hamas and Hezbollah signed. The group left.", "Hamas", "The group"),
        ("Lena Orlova met the general. He denied it.", "Lena Orlova", "He"),
        ("The army shelled the town. It was clear that many had fled.", "The army", "It"),
        ("Sami Haddad said: “He was a spy.”", "Sami Haddad", "He"),
        ("The first video shows a man. A second video shows a woman.", "The first video", "A second video"),
        ("Sami Haddad told him to stop.", "Sami Haddad", "him"),
    ],
)
def test_left_alone(text: str, one: str, other: str) -> None:
    assert not same(text, one, other)


def test_antecedent_of_a_pronoun_is_the_name() -> None:
    text = "Lena Orlova was arrested on Friday. She had written about the war."
    reading = reading_of(text)
    found = antecedent(reading, nth(reading, "She"))
    assert found is not None
    assert found.span.of(text) == "Lena Orlova"
    assert antecedent(reading, nth(reading, "Lena Orlova")) is None


def test_ids_follow_the_text() -> None:
    reading = reading_of("Hamas fired. Israel replied. Hamas denied it.")
    assert [e.id for e in reading.entities] == [f"ent-{n}" for n in range(1, len(reading.entities) + 1)]
    assert nth(reading, "Hamas").entity_id == nth(reading, "Hamas", 1).entity_id


def test_every_mention_has_its_entity() -> None:
    reading = reading_of("He said she said it. The two men and their 3 children left Aleppo, AFP reported.")
    assert {m.entity_id for m in reading.mentions} == {e.id for e in reading.entities}
