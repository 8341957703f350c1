"""Which way a time without a year or week points: from the tense of the verb that governs it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache

from purport.model import Reading, Span, Token
from purport.resources import yaml_of

PAST, FUTURE = "past", "future"
MAX_CLIMB = 12


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of ``tense.yaml``."""
    return frozenset(yaml_of("tense.yaml")[name])


class Tenses:
    """The tense around a place in a reading; built once per reading."""

    def __init__(self, reading: Reading) -> None:
        self.tokens = reading.tokens
        self.starts = [token.span.start for token in reading.tokens]
        self.helpers = _helpers(reading.tokens)
        self.since_clauses = frozenset(token.head for token in reading.tokens if token.dep == "mark" and token.words.lower() == "since")

    def last_token_of(self, span: Span) -> Token | None:
        """The last token that begins inside ``span``, None if it lies outside what is parsed."""
        index = bisect_right(self.starts, span.end - 1) - 1
        return self.tokens[index] if index >= 0 and self.tokens[index].span.end > span.start else None

    def direction_at(self, offset: int) -> str | None:
        """ "past", "future" or None at a character of the text."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or offset >= self.tokens[index].span.end:
            return None
        return direction_of(self.tokens[index], tokens=self.tokens, helpers=self.helpers)


def _helpers(tokens: Sequence[Token]) -> Mapping[int, list[Token]]:
    found: dict[int, list[Token]] = {}
    for token in tokens:
        if token.dep in ("aux", "auxpass"):
            found.setdefault(token.head, []).append(token)
    return found


def direction_of(token: Token, *, tokens: Sequence[Token], helpers: Mapping[int, list[Token]]) -> str | None:
    """Climbs to the first verb that shows a tense; words such as "scheduled" or "due" on the way point ahead."""
    for _ in range(MAX_CLIMB):
        if token.lemma in words_of("ahead") or token.words.lower() in words_of("ahead"):
            return PAST if any(aid.words.lower() == "had" for aid in helpers.get(token.index, ())) else FUTURE
        if token.pos in ("VERB", "AUX"):
            found = _tense_of(token, helpers=helpers.get(token.index, ()), governor=tokens[token.head])
            if found:
                return found
        if token.head == token.index:
            return None
        if token.dep == "pcomp" and tokens[token.head].words.lower() in words_of("behind"):
            return PAST
        token = tokens[token.head]
    return None


def _tense_of(verb: Token, *, helpers: Sequence[Token], governor: Token) -> str | None:
    aids = {aid.words.lower() for aid in helpers}
    if aids & words_of("future_aids"):
        return FUTURE
    if any(aid.tag in ("VBD", "VBP", "VBZ") for aid in helpers) and verb.tag == "VBN":
        return PAST
    if any(aid.tag == "VBD" for aid in helpers) or verb.tag in ("VBD", "VBN"):
        return PAST
    if verb.tag == "VB" and "to" in aids:
        return None if governor.lemma in words_of("implicative") else FUTURE
    if verb.tag in ("VBZ", "VBP") or any(aid.tag in ("VBZ", "VBP") for aid in helpers):
        return "present"
    return None
