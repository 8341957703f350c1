"""What the words around a time make of it: "since", "until", "about", …, also over a clause ("since war broke out in 2011")."""

from collections.abc import Sequence
from functools import cache

from purport.model import Span, Token
from purport.read.timex.lexer import Lexemes
from purport.read.timex.tense import Tenses
from purport.resources import yaml_of

#: Words that may stand between "since" and the time ("since at least 2014").
MAX_BETWEEN = 3
MAX_CLIMB = 6
MODIFIERS = frozenset({"compound", "nummod", "amod", "nmod", "poss"})


@cache
def _words_of(name: str) -> frozenset[str]:
    return frozenset(yaml_of("relations.yaml")[name])


def relation_of(first: int, *, end: int, lexemes: Lexemes, tenses: Tenses) -> str | None:
    """The relation of the time at words ``[first, end)``; None where the time only qualifies a noun ("since Tuesday's attack")."""
    if end < len(lexemes.words) and lexemes.words[end] in ("'s", "’s"):
        return None
    span = Span(lexemes.starts[first], lexemes.ends[end - 1])
    token = tenses.last_token_of(span)
    bare_year = lexemes.words[end - 1].isdigit() and first > 0 and lexemes.words[first - 1] in _words_of("relations")
    if token is not None and not bare_year and _qualifies(token, tokens=tenses.tokens, span=span):
        return None
    return _from_word_before(lexemes.words[max(0, first - MAX_BETWEEN) : first]) or (_from_clause(token, tenses=tenses) if token else None)


def _qualifies(token: Token, *, tokens: Sequence[Token], span: Span) -> bool:
    head = tokens[token.head]
    return token.dep in MODIFIERS and head.span.start >= span.end and head.pos in ("NOUN", "PROPN")


def _from_word_before(words: Sequence[str]) -> str | None:
    for word in reversed(words):
        if word in _words_of("relations"):
            return str(yaml_of("relations.yaml")["relations"][word])
        if word not in _words_of("between"):
            return None
    return None


def _from_clause(token: Token, *, tenses: Tenses) -> str | None:
    """ "since" if the clause of the time is one of "since", or what it tells of is a start that "since" governs."""
    for _ in range(MAX_CLIMB):
        head = tenses.tokens[token.head]
        if token.dep == "pobj" and head.words.lower() == "since" and token.lemma in _words_of("starts"):
            return "since"
        if token.pos in ("VERB", "AUX"):
            return "since" if token.index in tenses.since_clauses and token.lemma in _words_of("starts") else None
        if head.index == token.index:
            return None
        token = head
    return None
