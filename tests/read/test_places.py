"""Toponyms of short invented texts: what is found, what is not, and what it stands for."""

import pytest

from purport.extract import document_of_text
from purport.model import Reading, Toponym
from purport.read.places import find_toponyms
from purport.read.syntax import parse
from purport.settings import Settings


def toponyms(text: str, settings: Settings | None = None) -> tuple[Toponym, ...]:
    document = document_of_text(text)
    return find_toponyms(Reading(document, *parse(document)), settings=settings or Settings()).toponyms


def proper(text: str) -> dict[str, Toponym]:
    return {t.name: t for t in toponyms(text) if not t.adjective}


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1", "precision"),
    [
        ("A car bomb exploded in Raqqa on Friday.", "Raqqa", "SY", "SY.04", "exact"),
        ("Shells fell on the town of Tel Rifaat near the Turkish border.", "Tel Rifaat", "SY", "SY.09", "exact"),
        ("Fighters stormed the city of Kobani at dawn.", "Kobani", "SY", "SY.09", "exact"),
        ("Two soldiers died in Paris, Texas, police said.", "Paris", "US", "US.TX", "exact"),
        ("Clashes broke out in Sinjar, Iraq, on Monday.", "Sinjar", "IQ", "IQ.15", "exact"),
        ("Violence spread across Darfur last week.", "Darfur", "SD", None, "region"),
        ("Air strikes hit the Gaza Strip overnight.", "Gaza Strip", "PS", None, "province"),
        ("The war in Syria has lasted for years.", "Syria", "SY", None, "country"),
        ("Residents of Anbar province fled the fighting.", "Anbar", "IQ", "IQ.01", "province"),
    ],
)
def test_resolves(text: str, name: str, country: str, admin1: str | None, precision: str) -> None:
    found = proper(text)[name]
    assert (found.country, found.precision) == (country, precision)
    assert found.latitude is not None and found.longitude is not None
    assert admin1 is None or found.admin1 == admin1


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Rebels shelled a convoy north of Aleppo on Sunday.", "Aleppo", "north of"),
        ("A mine killed a shepherd near Mosul.", "Mosul", "near"),
        ("Gunmen hid on the outskirts of Kirkuk for days.", "Kirkuk", "outskirts of"),
        ("A drone crashed in the countryside of Idlib.", "Idlib", "countryside of"),
        ("A bus was ambushed 20 kilometers south of Hama.", "Hama", "20 kilometers south of"),
    ],
)
def test_near_with_the_words_that_loosen_it(text: str, name: str, words: str) -> None:
    found = proper(text)[name]
    assert found.precision == "near"
    assert found.relation is not None and found.relation.of(text) == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jordan Miller, a farmer, said he saw nothing.", "Jordan"),
        ("The Washington Post reported the story first.", "Washington"),
        ("George Washington was quoted twice in the speech.", "Washington"),
        ("On Friday the police said nothing.", "Friday"),
        ("He told the court that he would not speak.", "Court"),
        ("Paris Hilton walked past the cameras.", "Paris"),
    ],
)
def test_names_of_people_and_outlets_are_no_toponyms(text: str, name: str) -> None:
    assert name not in proper(text)


@pytest.mark.parametrize(("word", "country"), [("Russian", "RU"), ("Syrian", "SY"), ("Iraqi", "IQ"), ("Saudi", "SA"), ("French", "FR")])
def test_adjectives_are_kept_apart(word: str, country: str) -> None:
    [found] = toponyms(f"Three {word} soldiers were wounded.")
    assert found.adjective and not found.literal and found.country == country


@pytest.mark.parametrize(
    ("text", "name", "literal"),
    [
        ("Moscow said it had no troops there.", "Moscow", False),
        ("Washington accused Tehran of arming the group.", "Tehran", False),
        ("The talks between Ankara and Damascus failed.", "Damascus", False),
        ("A bomb exploded in Moscow.", "Moscow", True),
        ("Thousands marched through Tehran.", "Tehran", True),
    ],
)
def test_a_capital_that_stands_for_its_government_is_not_literal(text: str, name: str, literal: bool) -> None:
    assert proper(text)[name].literal is literal


@pytest.mark.parametrize(
    "spelling",
    [
        "Deir ez-Zor",
        "Deir Ezzor",
        "Dayr az-Zawr",
        "Deir al-Zour",
        "Hassakeh",
        "al-Hasakah",
        "Latakia",
        "Lattakia",
        "Kobanê",
        "Qamishlo",
        "Douma",
    ],
)
def test_transliterations_lead_to_one_country(spelling: str) -> None:
    assert proper(f"Heavy fighting was reported in {spelling} on Monday.")[spelling].country == "SY"


def test_an_unknown_village_is_kept_without_a_point() -> None:
    found = proper("Armed men attacked the village of Zorvanqel before dawn.")["Zorvanqel"]
    assert (found.geonames_id, found.latitude, found.precision) == (None, None, "unknown")


def test_one_name_means_one_place_all_through_a_page_and_rivals_are_kept() -> None:
    text = "Police in Tripoli, Lebanon, closed two roads. A man was shot in Tripoli hours later."
    found = [t for t in toponyms(text) if t.name == "Tripoli"]
    assert [t.country for t in found] == ["LB", "LB"]
    assert "LY" in {c.country for c in found[0].candidates}


def test_home_country_breaks_ties_only() -> None:
    text = "A fire broke out in Springfield."
    assert toponyms(text, Settings(home_country="US"))[0].country == "US"
    assert [t.country for t in toponyms("A fire broke out in Paris.", Settings(home_country="US"))] == ["FR"]


@pytest.mark.parametrize("text", ["", " \n ", "!!! ???", "١٢٣ مرحبا", "Al-", "The - Of", "A" * 5000])
def test_odd_texts_give_spans_equal_to_their_words(text: str) -> None:
    assert all(t.span.of(text) == t.name for t in toponyms(text))


def test_is_deterministic_and_in_text_order() -> None:
    text = "Shells hit Homs, Hama and Idlib, and troops left Daraa for Damascus, Russian officials said."
    once, again = toponyms(text), toponyms(text)
    assert once == again
    assert [t.span.start for t in once] == sorted(t.span.start for t in once)
