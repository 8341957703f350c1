"""Tokens and sentences where the text is out of the ordinary, and names that somebody else found."""

import pytest

from purport.extract import document_of_text
from purport.model import Reading, Span, Tagged
from purport.read.syntax import MAX_WORDS, parse

TEXT = "Omar Haddad of the Hill Guard left Gao on Monday."


def read(text: str, names: list[Tagged] | None = None) -> Reading:
    document = document_of_text(text, id="page")
    return Reading(document, *parse(document, names=names))


def name(words: str, label: str) -> Tagged:
    return Tagged(Span(TEXT.index(words), TEXT.index(words) + len(words)), label, 0.9)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], {}),
        ([name("Gao", "GPE")], {"Gao": "GPE"}),
        ([name("Omar Haddad", "PERSON"), name("Monday", "DATE")], {"Omar": "PERSON", "Haddad": "PERSON", "Monday": "DATE"}),
        ([name("the Hill Guard", "ORG"), name("Hill", "LOC")], {"the": "ORG", "Hill": "ORG", "Guard": "ORG"}),
        ([name("Hadd", "PERSON")], {}),  # no whole word
    ],
)
def test_names_that_are_given_are_those_of_the_tokens(names: list[Tagged], expected: dict[str, str]) -> None:
    assert {token.words: token.entity for token in read(TEXT, names).tokens if token.entity} == expected


def test_the_rest_of_the_parse_does_not_hang_on_names() -> None:
    own, given = read(TEXT).tokens, read(TEXT, []).tokens
    assert any(token.entity for token in own)
    assert [(t.words, t.head, t.dep, t.tag, t.lemma) for t in own] == [(t.words, t.head, t.dep, t.tag, t.lemma) for t in given]


def test_a_sentence_without_end_is_cut() -> None:
    found = read("rebels attacked Gao and " * 300)
    assert max(s.end - s.first for s in found.sentences) <= MAX_WORDS
    assert sum(s.end - s.first for s in found.sentences) == len(found.tokens) >= 1_200
    for token in found.tokens:
        sentence = found.sentences[token.sentence]
        assert sentence.first <= token.head < sentence.end


def test_words_without_end_are_cut_and_nothing_is_lost() -> None:
    text = "Rebels shelled Gao" + "”)" * 3_000 + " on Monday."
    assert "".join(token.words for token in read(text).tokens) == text.replace(" ", "")
