"""Names withheld: everywhere, and nothing else; spans still point at what they pointed at."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented_reports import Builder, bomb_page, capture_of, document_of
from purport.export import WITHHELD, mask_report
from purport.export.masking import _named
from purport.model import Attribution, Entity, EntityKind, Report, Role, SourceKind, Span, Stance, Thing
from purport.status import quote_of, source_words

TEXT = (
    "FARID HADDOULI killed\n\nA bomb killed Farid Haddouli, a baker from Aleppo, relatives said. Haddouli's brother fled. "
    "Farida was not there. The haddouli is a dish. Farid  Haddouli was 34. Islamic State said nothing."
)


def report_of(text: str, *, words: str = "Farid Haddouli", role: Role = Role.TARGET, thing: Thing | None = None) -> Report:
    build = Builder(document_of(capture_of(text.encode()), text, title="Farid Haddouli killed"))
    said = build.says("relatives", "said", Stance.SAYS, kind=SourceKind.WITNESS) if "relatives" in text else None
    build.event("bomb", "bombing", [(role, thing or Thing(words, EntityKind.PERSON), words, said)])
    return build.report()


def test_every_mention_of_the_name_and_its_parts_is_withheld_and_no_other_word() -> None:
    masked = mask_report(report_of(TEXT))
    assert masked.document.text == (
        f"{WITHHELD} killed\n\nA bomb killed {WITHHELD}, a baker from Aleppo, relatives said. {WITHHELD}'s brother fled. "
        f"Farida was not there. The haddouli is a dish. {WITHHELD} was 34. Islamic State said nothing."
    )
    assert masked.document.title == f"{WITHHELD} killed"


def test_quotes_values_and_spans_agree_with_the_masked_text() -> None:
    report = report_of(TEXT)
    masked = mask_report(report)
    target = masked.events[0].claims[1]
    assert (target.words, target.value) == (WITHHELD, Thing(WITHHELD, EntityKind.PERSON))
    text = masked.document.text
    for event in masked.events:
        assert [span.of(text) for span in event.triggers] == ["bomb"]
        assert all(quote_of(text, claim.spans) == claim.words for claim in event.claims)
    assert [source_words(link.source, text) for link in masked.attributions] == ["relatives"]
    assert masked.attributions[0].content[0].end == masked.document.blocks[0].span.end == len(text)


def test_ids_stay() -> None:
    report = report_of(TEXT)
    masked = mask_report(report)
    assert [claim.id for claim in masked.events[0].claims] == [claim.id for claim in report.events[0].claims]
    assert masked.document.id == report.document.id


@pytest.mark.parametrize(
    ("text", "words", "masked"),
    [
        ("A bomb killed the baker Farid Haddouli.", "the baker Farid Haddouli", f"A bomb killed the baker {WITHHELD}."),
        ("A bomb killed Farid Haddouli, a baker.", "Farid Haddouli, a baker", f"A bomb killed {WITHHELD}, a baker."),
        ("A bomb killed President Omar al-Reyad. Reyad fled.", "President Omar al-Reyad", f"A bomb killed {WITHHELD}. {WITHHELD} fled."),
        ("A bomb killed Omar bin Said. The president wept.", "Omar bin Said", f"A bomb killed {WITHHELD}. The president wept."),
        ("A bomb killed Élodie O’Hara-Ny.", "Élodie O’Hara-Ny", f"A bomb killed {WITHHELD}."),
        ("A bomb killed فريد حدولي في حلب.", "فريد حدولي", f"A bomb killed {WITHHELD} في حلب."),
        ("A bomb killed a Syrian soldier. Syrian forces left.", "a Syrian soldier", None),
        ("A bomb killed an Islamic State fighter.", "an Islamic State fighter", None),
        ("A bomb killed a baker.", "a baker", None),
    ],
)
def test_which_words_of_a_victim_are_a_name(text: str, words: str, masked: str | None) -> None:
    report = report_of(text, words=words)
    assert mask_report(report).document.text == (masked or text)


def test_things_and_groups_that_were_hit_keep_their_names() -> None:
    report = report_of("A bomb hit the Syrian Army near Haddouli.", words="the Syrian Army", thing=Thing("Syrian Army", EntityKind.FORCE))
    assert mask_report(report) is report


def test_perpetrators_keep_their_names() -> None:
    report = report_of("A bomb by Farid Haddouli.", role=Role.PERPETRATOR)
    assert mask_report(report) is report


def test_a_name_on_somebodys_word_is_withheld_whatever_its_kind() -> None:
    thing = Thing("Farid Haddouli", EntityKind.OTHER)
    assert mask_report(report_of("A bomb killed Farid Haddouli.", role=Role.NAME, thing=thing)).events[0].claims[1].words == WITHHELD


def test_the_fullest_name_of_the_entity_is_withheld_too() -> None:
    report = report_of(
        "A bomb killed Haddouli. Farid Haddouli was 34.", words="Haddouli", thing=Thing("Haddouli", EntityKind.PERSON, "ent-9")
    )
    report = replace(report, entities=(Entity("ent-9", "Farid Haddouli", EntityKind.PERSON),))
    masked = mask_report(report)
    assert masked.document.text == f"A bomb killed {WITHHELD}. {WITHHELD} was 34."
    assert masked.entities[0].name == WITHHELD


def test_a_victim_who_is_also_a_source_is_withheld_in_the_chain() -> None:
    text = "A bomb hurt Farid Haddouli. It was loud, Haddouli said."
    build = Builder(document_of(capture_of(text.encode()), text))
    said = build.says("Haddouli said", "said", Stance.SAYS)
    build.event("bomb", "bombing", [(Role.TARGET, Thing("Farid Haddouli", EntityKind.PERSON), "Farid Haddouli", said)])
    masked = mask_report(build.report())
    assert source_words(masked.attributions[0].source, masked.document.text) == f"{WITHHELD} said"


@pytest.mark.parametrize(
    ("url", "left"),
    [
        ("https://courier.example/2015/farid-haddouli-killed.html", "https://courier.example/"),
        ("https://courier.example/a%20Haddouli", "https://courier.example/"),
        ("https://courier.example/2015/bomb.html", "https://courier.example/2015/bomb.html"),
        (None, None),
    ],
)
def test_an_address_that_spells_the_name_out_is_cut_down_to_its_site(url: str | None, left: str | None) -> None:
    report = report_of(TEXT)
    assert mask_report(replace(report, document=replace(report.document, url=url))).document.url == left


def test_furniture_and_byline_are_masked() -> None:
    report = report_of(TEXT)
    document = replace(report.document, furniture=("Read more on Farid Haddouli",), byline="By Haddouli's friend")
    masked = mask_report(replace(report, document=document)).document
    assert (masked.furniture, masked.byline) == ((f"Read more on {WITHHELD}",), f"By {WITHHELD}'s friend")


def test_a_report_without_victims_is_itself() -> None:
    _, report = bomb_page()
    assert mask_report(replace(report, events=report.events[1:])) == replace(report, events=report.events[1:])


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Farid Haddouli", ["Farid Haddouli"]),
        ("Dr. Farid Haddouli", ["Dr. Farid Haddouli"]),
        ("two bakers", []),
        ("the President", []),
        ("Haddouli", ["Haddouli"]),
        ("A British woman", []),
        ("President Reyad of Homs province", ["President Reyad"]),
        ("The Syrian doctor Lina Azmeh and two nurses", ["Lina Azmeh"]),
        ("", []),
        ("34", []),
        ("She", []),
        ("HE", []),
        ("He Jun", ["He Jun"]),
    ],
)
def test_names_inside_a_phrase(words: str, names: list[str]) -> None:
    assert list(_named(words)) == names


@given(
    st.lists(
        st.sampled_from(["Farid", "Haddouli", "bomb", "relatives", "said", " ", ", ", "\n", "😀", "é", "Farida", "al-Haddouli"]),
        max_size=40,
    )
)
def test_spans_move_with_their_words(pieces: list[str]) -> None:
    """Every word that is no name stands, after masking, where its span says."""
    text = "bomb Farid Haddouli " + " ".join(pieces)
    others = tuple(Span(match.start(), match.end()) for match in re.finditer("bomb|relatives|said|Farida|😀", text))
    build = Builder(document_of(capture_of(text.encode()), text))
    build.links.append(Attribution("att-1", None, others, others, Stance.SAYS))
    build.event("bomb", "bombing", [(Role.TARGET, Thing("Farid Haddouli", EntityKind.PERSON), "Farid Haddouli", None)])
    masked = mask_report(build.report())
    assert [span.of(masked.document.text) for span in masked.attributions[0].cue] == [span.of(text) for span in others]
    assert masked.events[0].claims[1].words == WITHHELD
    assert masked.document.blocks[0].span.of(masked.document.text) == masked.document.text


# ------------------------------------------------------------------ witnesses and minors
def spoken(text: str, who: str, kind: SourceKind, entity: Entity | None = None) -> Report:
    build = Builder(document_of(capture_of(text.encode()), text, title="Shelling"))
    said = build.says(who, "said", Stance.SAYS, kind=kind)
    build.event("shelling", "shelling", [(Role.TARGET, Thing("a market"), "a market", said)])
    report = build.report()
    if entity is None:
        return report
    links = tuple(replace(link, source=link.source and replace(link.source, entity_id=entity.id)) for link in report.attributions)
    return replace(report, attributions=links, entities=(entity,))


@pytest.mark.parametrize("kind", [SourceKind.WITNESS, SourceKind.VICTIM, SourceKind.CAPTIVE])
def test_names_of_those_who_saw_it_are_withheld(kind: SourceKind) -> None:
    masked = mask_report(spoken("The shelling hit a market, Samir Tawil said. Tawil fled.", "Samir Tawil", kind))
    assert masked.document.text == f"The shelling hit a market, {WITHHELD} said. {WITHHELD} fled."


@pytest.mark.parametrize("kind", [SourceKind.OFFICIAL, SourceKind.ARMED_GROUP, SourceKind.OUTLET, SourceKind.EXPERT])
def test_names_of_other_sources_stay(kind: SourceKind) -> None:
    report = spoken("The shelling hit a market, Samir Tawil said.", "Samir Tawil", kind)
    assert mask_report(report) is report


@pytest.mark.parametrize("who", ["a Tidewater witness", "two witnesses", "a resident of Gao"])
def test_witnesses_without_a_name_stay(who: str) -> None:
    report = spoken(f"The shelling hit a market, {who} said.", who, SourceKind.WITNESS)
    assert mask_report(report) is report


def test_a_body_that_saw_it_keeps_its_name() -> None:
    body = Entity("ent-1", "Orontes Rescue", EntityKind.ORGANISATION)
    report = spoken("The shelling hit a market, Orontes Rescue said.", "Orontes Rescue", SourceKind.WITNESS, body)
    assert mask_report(report) is report


@pytest.mark.parametrize(
    "words",
    [
        "Police held {} of Gao",
        "Police held {}, 12, of Gao",
        "Police held {} (9) of Gao",
        "Police held {}, aged eight, of Gao",
        "Police held {}, a 12-year-old pupil, of Gao",
        "Police held {}, a schoolboy, of Gao",
        "Police held 12-year-old {} of Gao",
        "Police held the 12-year-old Malian boy {} of Gao",
        "Police held a boy of nine, {}, of Gao",
        "Police held the teenager {} of Gao",
        "Police held a girl named {} of Gao",
        "Police held {}. {} was 16.",
        "Police held {}. {} is 16 years old.",
    ],
)
def test_names_of_minors_are_withheld(words: str) -> None:
    build = words.format(*["Samir Tawil"] * words.count("{}"))
    report = report_of(f"{build}. A bomb went off.", words="A", role=Role.INSTRUMENT, thing=Thing("bomb"))
    text = mask_report(report).document.text
    assert ("Tawil" not in text) == (words != "Police held {} of Gao")
    assert "Gao" in text or "Gao" not in words
    assert "Malian" in text or "Malian" not in words


@pytest.mark.parametrize(
    "words",
    [
        "Police held Samir Tawil, 18, of Gao",
        "Police held Samir Tawil, 45, of Gao",
        "Police held Samir Tawil, father of a girl, in Gao",
        "Police held Samir Tawil, 12 people said",
        "Police held Samir Tawil and killed a boy",
        "Police held a 12-year-old Malian boy",
        "A girl ran. Samir Tawil wept",
        "A child died in Gao, Samir Tawil said",
        "Samir Tawil, who killed a boy, fled",
        "Police held Samir Tawil on May 12, 2021",
        "Samir Tawil's boys' school closed",
    ],
)
def test_names_of_others_stay(words: str) -> None:
    report = report_of(f"{words}. A bomb went off.", words="A", role=Role.INSTRUMENT, thing=Thing("bomb"))
    assert mask_report(report) is report


def test_a_single_name_of_a_known_person() -> None:
    report = report_of("Police held Samir, 12, in Gao. A bomb went off.", words="A", role=Role.INSTRUMENT, thing=Thing("bomb"))
    assert mask_report(report) is report, "one capitalised word before a number is no name by itself"
    known = replace(report, entities=(Entity("ent-1", "Samir", EntityKind.PERSON),))
    assert "Samir" not in mask_report(known).document.text
