"""Tokens and sentences where the text is out of the ordinary."""

from purport.extract import document_of_text
from purport.model import Reading
from purport.read.syntax import MAX_WORDS, parse


def read(text: str, *, with_names: bool = True) -> Reading:
    document = document_of_text(text, id="page")
    return Reading(document, *parse(document, with_names=with_names))


def test_the_rest_of_the_parse_does_not_hang_on_names() -> None:
    text = "Omar Haddad of the Hill Guard left Gao on Monday."
    own, without = read(text).tokens, read(text, with_names=False).tokens
    assert any(token.entity for token in own)
    assert not any(token.entity for token in without)
    assert [(t.words, t.head, t.dep, t.tag, t.lemma) for t in own] == [(t.words, t.head, t.dep, t.tag, t.lemma) for t in without]


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


def test_verbs_that_the_parser_shortens_have_their_own_lemma() -> None:
    found = read("Soldiers raped three women near Gao. The guards waterboarded a prisoner, who hoped for help.").tokens
    assert [token.lemma for token in found if token.pos == "VERB"] == ["rape", "waterboard", "hope"]
