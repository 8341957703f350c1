"""Mentions: spans, kinds and actor codes."""

import pytest

from purport.extract import document_of_text
from purport.model import EntityKind, Form, Reading
from purport.read.actors import actor_index
from purport.read.mentions import find_mentions
from purport.read.syntax import parse
from purport.settings import Settings

K = EntityKind


def reading_of(text: str) -> Reading:
    document = document_of_text(text)
    return find_mentions(Reading(document, *parse(document)), settings=Settings())


def kinds_of(text: str) -> dict[str, EntityKind]:
    return {m.span.of(text): m.kind for m in reading_of(text).mentions}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("A senior Kurdish official said the road was closed.", "A senior Kurdish official", K.PERSON),
        ("At least 16 people were killed near the bridge.", "At least 16 people", K.GROUP_OF_PEOPLE),
        ("Gunmen attacked a checkpoint on Monday.", "Gunmen", K.ARMED_GROUP),
        ("The rebels fired mortars at the hospital.", "mortars", K.WEAPON),
        ("The rebels fired mortars at the hospital.", "the hospital", K.FACILITY),
        ("A drone attack destroyed a fuel truck.", "drone", K.VEHICLE),
        ("A drone attack destroyed a fuel truck.", "a fuel truck", K.VEHICLE),
        ("A car bomb exploded in the market.", "A car bomb", K.WEAPON),
        ("A video released on Friday showed three captives.", "A video", K.ARTEFACT),
        ("A video released on Friday showed three captives.", "three captives", K.GROUP_OF_PEOPLE),
        ("The army denied it.", "The army", K.FORCE),
        ("Members of the local council met Reuters.", "Members of the local council", K.GROUP_OF_PEOPLE),
        ("Two Iranians and an Iraqi were wounded.", "Two Iranians", K.GROUP_OF_PEOPLE),
        ("Turkish airstrikes hit the village.", "Turkish", K.NATIONALITY),
        ("The Northern Herald newspaper said so.", "The Northern Herald newspaper", K.OUTLET),
    ],
)
def test_phrase_and_kind(text: str, words: str, kind: EntityKind) -> None:
    assert kinds_of(text).get(words) is kind


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Fighters of IS entered the town.", "IS", "ARM-IS"),
        ("Daesh claimed the attack.", "Daesh", "ARM-IS"),
        ("Al-Qaida denied it.", "Al-Qaida", "ARM-AQ"),
        ("The FMLN attacked the barracks.", "FMLN", "ARM-FMLN"),
        ("Turkish forces shelled the village.", "Turkish forces", "MIL-TR"),
        ("Two US soldiers were killed.", "Two US soldiers", "MIL-US"),
        ("The Kenyan police said so.", "The Kenyan police", "POL-KE"),
        ("The M-19 guerrillas left.", "M-19", "ARM-M19"),
        ("According to Reuters, the town is quiet.", "Reuters", "AGY-REUTERS"),
        ("The state agency SANA reported it.", "SANA", "AGY-SANA"),
        ("Türkiye is a country; Da'esh is not.", "Da'esh", "ARM-IS"),
    ],
)
def test_actor_code(text: str, words: str, code: str) -> None:
    reading = reading_of(text)
    codes = {e.id: e.actor_code for e in reading.entities}
    assert {codes[m.entity_id] for m in reading.mentions if m.span.of(text) == words} == {code}


@pytest.mark.parametrize("text", ["This is the road.", "He told us nothing.", "Who asked them?", "The amal of the day was sana."])
def test_short_acronyms_are_not_words(text: str) -> None:
    assert not [e for e in reading_of(text).entities if e.actor_code]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ankara denied the report.", K.GOVERNMENT),
        ("A bomb went off in Ankara.", K.PLACE),
        ("The town was shelled by Russia.", K.GOVERNMENT),
    ],
)
def test_capital_is_government_where_it_acts(text: str, kind: EntityKind) -> None:
    assert kind in {m.kind for m in reading_of(text).mentions if m.span.of(text) in {"Ankara", "Russia"}}


def test_title_and_name_are_two_mentions() -> None:
    text = "Former Lebanese Prime Minister Karim Daoud was killed."
    found = {m.span.of(text): m.form for m in reading_of(text).mentions}
    assert found["Karim Daoud"] is Form.NAME
    assert found["Former Lebanese Prime Minister"] is Form.NOMINAL


def test_relative_clause_is_left_out() -> None:
    assert "A group that fights the army" not in kinds_of("A group that fights the army seized a hill.")
    assert "A group" in kinds_of("A group that fights the army seized a hill.")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a" * 5000, "שלום عليكم e\u0301te\u0301", "(((((", "The the the of of."])
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for mention in reading_of(text).mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)


def test_same_text_same_mentions() -> None:
    text = "Reuters said Turkish forces and the YPG fought near Kobani, where 12 civilians were hurt."
    assert reading_of(text) == reading_of(text)


def test_hits_name_the_longest_alias() -> None:
    document = document_of_text("The Syrian Observatory for Human Rights and the Syrian Democratic Forces disagreed.")
    tokens, _ = parse(document)
    assert [hit.actor.code for hit in actor_index().hits(tokens)] == ["NGO-SOHR", "ARM-SDF"]
