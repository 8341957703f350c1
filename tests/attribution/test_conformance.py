"""The attribution stage keeps its promises on odd input: deterministic, spans inside the text, parents that exist, no cycles."""

import pytest

from purport.attribution.attribute import attributions_of
from purport.extract import document_of_text
from purport.model import Attribution, Reading, Span, chain_of
from purport.read import read
from purport.settings import Settings

TEXTS = {
    "empty": "",
    "one word": "Said",
    "cues only": "said said: said, said, according to according to allegedly allegedly",
    "marks only": "“ ” ‘ ’ \" ' '' : – “",
    "right to left": "قال الجيش إن ثلاثة جنود قتلوا. The army said “ثلاثة جنود قتلوا” on Monday.",
    "combining": "Général Ndiayé said the ca\u0301mp was ‘ta\u0301ken’, according to L’É\u0301cho.",
    "capitals": "REBELS SAID THE ARMY HAD KILLED TEN VILLAGERS, ACCORDING TO A LOCAL RADIO STATION.",
    "nested": "He said she said they said he claimed she denied that they reported that it was said that the army fled, he said.",
    "many": "The army said that rebels fled. " * 300,
    "one long quote": "“" + "The army said that rebels fled. " * 100,
}


def reading(text: str) -> Reading:
    return read(document_of_text(text), settings=Settings())


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_keeps_its_promises(text: str) -> None:
    given = reading(text)
    found = attributions_of(given)
    assert found == attributions_of(given)
    assert len({a.id for a in found}) == len(found)
    for attribution in found:
        assert attribution.cue and attribution.content and 0 < attribution.confidence <= 1
        assert all(0 <= s.start < s.end <= len(text) for s in spans_of(attribution))
        assert attribution.parent_id is None or attribution.parent_id in {a.id for a in found}
        assert chain_of(found, attribution.id)[0].parent_id is None


def spans_of(attribution: Attribution) -> list[Span]:
    source = attribution.source
    named = [*source.spans, *source.named_spans] if source else []
    return [*attribution.cue, *attribution.content, *named]


@pytest.mark.parametrize(
    ("text", "cue", "duress"),
    [
        ("The captive said he was a farmer.", "said", True),
        ("The freed hostage said he was a farmer.", "said", False),
        ("The man confessed in police custody that he planted the bomb.", "confessed", True),
        ("The minister said he was a farmer.", "said", False),
    ],
)
def test_knows_who_speaks_in_somebodys_hands(text: str, cue: str, duress: bool) -> None:
    (found,) = [a for a in attributions_of(reading(text)) if a.cue[0].of(text) == cue and a.source]
    assert found.source is not None and found.source.duress is duress


@pytest.mark.parametrize(
    ("text", "kind", "party"),
    [
        ("The rebels said they left.", "armed_group", True),
        ("A spokesman for the rebels said they left.", "armed_group", True),
        ("A villager said they left.", "witness", False),
        ("An analyst said they left.", "expert", False),
        ("The footage showed they left.", "artefact", False),
        ("The minister said they left.", "official", False),
        ("Reuters said they left.", "agency", False),
        ("The prisoner said they left.", "captive", False),
        ("His mother said they left.", "victim", False),
        ("Sources said they left.", "unknown", False),
    ],
)
def test_knows_the_kind_of_a_source(text: str, kind: str, party: bool) -> None:
    found = next(a for a in attributions_of(reading(text)) if a.source)
    assert found.source is not None
    assert (found.source.kind.value, found.source.party) == (kind, party)
