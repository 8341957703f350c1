"""Who did it or whom it struck, said in words that do not name the act."""

import pytest
from coded import bare, claims_of, event_of, innermost, reported, source_words

from purport.model import Role

SHOT = "A judge was shot dead in Gao on Monday. "
BLAST = "A bomb killed nine people at a market in Gao on Monday. "
#: Text, type of its event, role, the words that fill it and on whose word.
POINTED = [
    (
        SHOT + "The interior minister said Islamist militants were the likely suspects.",
        "killing|armed_assault",
        Role.PERPETRATOR,
        "islamist militants",
        "interior minister",
    ),
    (
        BLAST + '"This seems to have been done by some foreign group," the governor said.',
        "bombing",
        Role.PERPETRATOR,
        "foreign group",
        "governor",
    ),
    (BLAST + "Officials believe the target was General Omar Keita.", "bombing", Role.TARGET, "omar keita", "officials"),
    (BLAST + "Most of the victims were women, a nurse said.", "bombing", Role.TARGET, "women", "nurse"),
    (BLAST + "The mayor said two Swiss tourists were among the wounded.", "bombing", Role.TARGET, "two swiss tourists", "mayor"),
    (
        "Shelling killed Omar Haddad in Idlib on Monday. A local monitor wrote that Haddad owned a shop in the town.",
        "shelling",
        Role.TARGET,
        "haddad",
        "local monitor",
    ),
]
#: Nothing of the kind is said: another target, a denial, nobody's victim, an act that the sentence names itself.
SILENT = [
    (BLAST + "The minister said the target was to build ten schools.", Role.TARGET, "minister"),
    (BLAST + "Police said the two men were not suspects.", Role.PERPETRATOR, "police"),
    (BLAST + "The mayor said the market was a ruin.", Role.PERPETRATOR, "mayor"),
    (BLAST + "Omar Keita, who owned a shop, said that he was a teacher.", Role.TARGET, "omar keita"),
]


@pytest.mark.parametrize(("text", "type_", "role", "words", "source"), POINTED)
def test_who_is_pointed_at(text: str, type_: str, role: Role, words: str, source: str) -> None:
    report = reported(text)
    chains = {(bare(c.words), report.chain(c.attribution_id)) for c in claims_of(event_of(text, type_), role)}
    said = {(words, source_words(next((a for a in reversed(links) if a.source), None), text)) for words, links in chains}
    assert any(w.endswith(words) and s == source for w, s in said), said


@pytest.mark.parametrize(("text", "role", "source"), SILENT)
def test_who_is_not(text: str, role: Role, source: str) -> None:
    report = reported(text)
    assert source not in {source_words(innermost(report, c), text) for e in report.events for c in claims_of(e, role)}


def test_another_figure_for_what_was_counted_is_a_count_on_that_source() -> None:
    text = "A bomb killed nine people in Kano, according to reports, although Reuters puts the number at 12."
    report = reported(text)
    counts = {(bare(c.words), source_words(innermost(report, c), text)) for c in claims_of(event_of(text, "bombing"), Role.COUNT)}
    assert counts == {("nine people", "reports"), ("12", "reuters")}
    assert event_of(text, "bombing").disputed


def test_a_hedge_on_those_suspected_of_a_deed_is_theirs() -> None:
    text = "A judge was shot dead in Lahore on Monday. The party accused the mayor of helping the militants suspected of the killing."
    report = reported(text)
    laid = [c for e in report.events for c in claims_of(e, Role.PERPETRATOR) if "militants" in c.words]
    assert laid and all((a := innermost(report, c)) is not None and a.source is None for c in laid)


def test_threats_of_two_named_speakers_are_two() -> None:
    text = "Ali Reza vowed on Monday to attack Israel. General Dan Cohen threatened on Tuesday to strike Iran."
    threats = [e for e in reported(text).events if e.type == "threat"]
    assert len(threats) == 2
