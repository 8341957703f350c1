"""The commonest sentence of the wires, "…, X said.": whatever the parse makes of it, the act is told by X. Invented."""

from itertools import product

import pytest

from purport.api import read_text
from purport.settings import Settings

ACTS = (
    "A bomb killed at least 11 people",
    "Shelling killed three farmers",
    "Gunmen shot dead two soldiers",
    "Unidentified attackers wounded a police officer",
    "An air strike killed nine civilians and wounded 20 others",
)
WHERE = ("at a market in Kirkuk on Monday", "in the town of Raqqa late on Tuesday", "near Gao")
WHO = (
    "police said",
    "a Western diplomat confirmed",
    "two security sources told reporters",
    "residents said",
    "the interior ministry reported",
)


@pytest.mark.parametrize(("act", "where", "who"), list(product(ACTS, WHERE, WHO)))
def test_the_act_rests_on_who_closes_the_sentence(act: str, where: str, who: str) -> None:
    text = f"{act} {where}, {who}."
    report = read_text(text, published="2015-12-02", settings=Settings(reader="rules"))
    told = {s.of(text) for a in report.attributions if a.source is not None for s in a.source.spans}
    assert any(source and who.startswith(source) for source in told), told
    assert [e.voice for e in report.events] and {e.voice for e in report.events} == {"sources"}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed two soldiers near Gao, and the army fled.",
        "Police, who had been warned, reported.",
        "When the rebels attacked the town, residents, soldiers and police.",
    ],
)
def test_other_ends_of_sentences_tell_nothing(text: str) -> None:
    report = read_text(text, published="2015-12-02", settings=Settings(reader="rules"))
    assert not report.attributions
