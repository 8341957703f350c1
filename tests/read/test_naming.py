"""Names as the encoder sees them, on the words that are tagged as proper. Invented text; the encoder's chances are given by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from purport.extract import document_of_text
from purport.model import Span, Tagged, Token
from purport.read.naming import named
from purport.read.syntax import parse

Beliefs = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Given:
    """Tags with known chances: by word of the text, by label."""

    text: str
    beliefs: Beliefs

    def chances(self, head: str, spans: Sequence[Span]) -> Mapping[str, tuple[float, ...]]:
        labels = ("PERSON", "ORG", "GPE", "LOC", "DATE") if head == "name" else ()
        return {label: tuple(self.beliefs.get(s.of(self.text), {}).get(label, 0.0) for s in spans) for label in labels}

    def spans(self, head: str) -> tuple[Tagged, ...]:
        found = ((self.text.index(w), w, b["DATE"]) for w, b in self.beliefs.items() if b.get("DATE", 0) > 0.5)
        return tuple(Tagged(Span(at, at + len(w)), "DATE", chance) for at, w, chance in sorted(found))


def labels(text: str, beliefs: Beliefs) -> dict[str, str]:
    tokens, _ = parse(document_of_text(text, id="page"), with_names=False)
    found: tuple[Token, ...] = named(tokens, tags=Given(text, beliefs))  # type: ignore[arg-type]
    return {t.words: t.entity for t in found if t.entity}


@pytest.mark.parametrize(
    ("text", "beliefs", "expected"),
    [
        pytest.param("Guards left Gao.", {"Gao": {"GPE": 0.6}}, {"Gao": "GPE"}, id="a name"),
        pytest.param("Guards left Gao.", {"Gao": {"GPE": 0.1}}, {}, id="a proper word that the encoder takes for none"),
        pytest.param("Guards left the town.", {"town": {"GPE": 0.9}}, {}, id="a common noun is none"),
        pytest.param(
            "Omar Haddad left Gao.",
            {"Omar": {"PERSON": 0.9}, "Haddad": {"PERSON": 0.4, "ORG": 0.6}, "Gao": {"GPE": 0.9}},
            {"Omar": "PERSON", "Haddad": "PERSON", "Gao": "GPE"},
            id="one name has one label",
        ),
        pytest.param(
            "Gen. Omar Haddad left.",
            {"Omar": {"PERSON": 0.9}, "Haddad": {"PERSON": 0.9}},
            {"Omar": "PERSON", "Haddad": "PERSON"},
            id="edges",
        ),
        pytest.param(
            "The Centre for Human Rights left.",
            {"Centre": {"ORG": 0.9}, "for": {"ORG": 0.8}, "Human": {"ORG": 0.9}, "Rights": {"ORG": 0.9}},
            {"Centre": "ORG", "for": "ORG", "Human": "ORG", "Rights": "ORG"},
            id="small words inside",
        ),
        pytest.param(
            "Fighters of al-Nusra left.",
            {"al": {"ORG": 0.5}, "Nusra": {"ORG": 0.9}},
            {"al": "ORG", "-": "ORG", "Nusra": "ORG"},
            id="a hyphen inside",
        ),
        pytest.param(
            "They left al-Shabab.", {"al": {"GPE": 0.9}, "Shabab": {"GPE": 0.9}}, {"al": "ORG", "-": "ORG", "Shabab": "ORG"}, id="listed"
        ),
        pytest.param(
            "They left Gao on Monday.",
            {"Gao": {"GPE": 0.9}, "Monday": {"DATE": 0.9}},
            {"Gao": "GPE", "Monday": "DATE"},
            id="days as marked",
        ),
        pytest.param("They left the Rahma market.", {"Rahma": {"FAC": 0.9}}, {}, id="what a common noun tells of is no place of its own"),
        pytest.param("They left the Rahma market.", {"Rahma": {"LOC": 0.9}}, {}, id="nor is it if it looks like a place"),
        pytest.param("They left the Rahma valley.", {"Rahma": {"LOC": 0.9}}, {"Rahma": "LOC"}, id="but a valley has a place's name"),
    ],
)
def test_names(text: str, beliefs: Beliefs, expected: dict[str, str]) -> None:
    assert labels(text, beliefs) == expected


def test_weights_without_such_a_head_leave_the_tokens() -> None:
    class Nothing(Given):
        def chances(self, head: str, spans: Sequence[Span]) -> Mapping[str, tuple[float, ...]]:
            return {}

    tokens, _ = parse(document_of_text("Guards left Gao.", id="page"), with_names=False)
    assert named(tokens, tags=Nothing("", {})) == tokens  # type: ignore[arg-type]
