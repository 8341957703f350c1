"""Own sentences: cue, stance, chain and content of what is said in them."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from purport.attribution.attribute import attributions_of
from purport.extract import document_of_text
from purport.model import Attribution, chain_of
from purport.read import read
from purport.settings import Settings

CASES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
ROWS = [(case["text"], row) for case in CASES for row in case["expect"]]


@cache
def attributions(text: str) -> tuple[Attribution, ...]:
    return attributions_of(read(document_of_text(text), settings=Settings()))


def chain(text: str, attribution: Attribution) -> str:
    links = chain_of(attributions(text), attribution.id)
    return " > ".join(link.source.named_spans[0].of(text) for link in links if link.source is not None) or "-"


def shown(text: str) -> list[tuple[str, str, str, str]]:
    return [
        (
            " ".join(s.of(text) for s in a.cue),
            a.stance.value,
            chain(text, a),
            " … ".join(s.of(text) for s in a.content),
        )
        for a in attributions(text)
    ]


@pytest.mark.parametrize(("text", "row"), ROWS)
def test_reads_what_is_said(text: str, row: str) -> None:
    cue, stance, links, content = (part.strip().removeprefix("\\") for part in row.split("|"))
    found = shown(text)
    assert any(
        c.split()[: len(cue.split())] == cue.split() or cue in c for c, s, k, w in found if (s, k) == (stance, links) and content in w
    ), found


@pytest.mark.parametrize(
    "text",
    [
        "No group immediately claimed responsibility for the attack.",
        "The rebels have not claimed responsibility for the attack.",
        "The troops are going to the coast.",
        "The town lies north of the river.",
        "The area witnesses frequent shelling.",
        "The prisoner released by the rebels was shown on television.",
        "What began as a quarrel over cattle ended in an attack on the village.",
        "Asked whether he would resign over the killing of the students, the minister walked away.",
        "A burned tank near the village of Azaz – North Press/archive",
    ],
)
def test_nobody_speaks_where_nothing_is_said(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('Rebels killed the teacher on Monday; "he was fearless," a colleague said.', '"he was fearless,"'),
        ("The governor said three children were dead and accused the rebels of shelling the school.", "three children were dead"),
        ("The captive says he was beaten by guards, according to Channel Nine.", "he was beaten by guards"),
    ],
)
def test_a_content_ends_where_the_speech_ends(text: str, content: str) -> None:
    assert content in [words for _, _, _, words in shown(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kosovo's prime minister called for calm on Sunday after a policeman was shot dead near Banjska.", "a policeman was shot dead"),
        ("Soldiers continued the search for missing hostages near Gao.", "missing hostages"),
        ("The base was hit by four missiles, the army said.", "the army"),
    ],
)
def test_keeps_to_itself_what_nobody_said(text: str, words: str) -> None:
    assert not any(words in content for *_, content in shown(text))
