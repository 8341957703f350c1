"""What the words around a place name do to it: loosen it ("north of", "countryside of") or turn it into a government ("Moscow said")."""

import re

from purport.model import Reading, Span, Token
from purport.read.toponym_spans import Candidate, words

_PLACE_NOUN = "city|town|village|towns|villages|camp|capital|border|area|district|district town|region|province"
_KIND_OF = rf"(?:(?:the |its |their )?(?:[a-z-]+ )?(?:{_PLACE_NOUN})(?: of)? )?(?:the )?"
_DIRECTION = r"(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?"
_UNIT = r"(?:km|kilomet(?:er|re)s?|miles?|m|met(?:er|re)s?)"
_DISTANCE = rf"(?:(?:just|some|about|around|roughly|nearly)? ?(?:[\d.,]+|several|a few) ?{_UNIT}\.?(?: \([^)]{{1,20}}\))? )?"
_SURROUNDINGS = "outskirts|countryside|suburbs?|vicinity|edges?|surroundings|environs|hinterland|rural parts"
_LOOSE_BEFORE = re.compile(
    rf"\b({_DISTANCE}(?:{_DIRECTION}(?: side)?|outside|{_SURROUNDINGS}|not far) (?:of |from )"
    rf"|(?:close|next|adjacent) to |near |nearby |outside |around |off ){_KIND_OF}$",
    re.IGNORECASE,
)
_LOOSE_AFTER = re.compile(rf"^(?:['’]s?)? ?((?:[a-z]+ern )?(?:{_SURROUNDINGS}))\b", re.IGNORECASE)
_PART_BEFORE = re.compile(
    rf"\b((?:(?:far|mid|rural|central|downtown|upper|lower|greater)[- ])?(?:{_DIRECTION}|central|rural)"
    rf"(?:(?: and | or |, ){_DIRECTION})?)(?: (?:part|parts|side) of(?: the)?)?[ -]$",
    re.IGNORECASE,
)
REACH = 90


def loosened(reading: Reading, candidate: Candidate) -> Span | None:
    """The words that put an event near a place rather than at it, or None."""
    sentence = reading.sentences[reading.tokens[candidate.first].sentence].span
    start = max(sentence.start, candidate.span.start - REACH)
    before = _LOOSE_BEFORE.search(reading.document.text[start : candidate.span.start])
    if before:
        words_before = before.group(1)
        first = start + before.start(1) + len(words_before) - len(words_before.lstrip())
        return Span(first, first + len(words_before.strip()))
    after = _LOOSE_AFTER.match(reading.document.text[candidate.span.end : sentence.end])
    return Span(candidate.span.end + after.start(1), candidate.span.end + after.end(1)) if after else None


def part(reading: Reading, candidate: Candidate) -> Span | None:
    """The words that name a part of it ("northern" in "northern Syria"), or None."""
    sentence = reading.sentences[reading.tokens[candidate.first].sentence].span
    start = max(sentence.start, candidate.span.start - 40)
    found = _PART_BEFORE.search(reading.document.text[start : candidate.span.start])
    return Span(start + found.start(1), start + found.end(1)) if found else None


def is_literal(reading: Reading, candidate: Candidate) -> bool:
    """False where the name stands for a government or its forces: the agent of a verb, the object of blame, a side of talks."""
    tokens = reading.tokens
    head = _head(tokens, candidate)
    while head.dep == "conj" and tokens[head.head].pos == "PROPN" and head.head < head.index:
        head = tokens[head.head]
    governor = tokens[head.head]
    if head.dep == "nsubj" and governor.pos == "VERB":
        return governor.lemma in words().agentless_verbs
    if head.dep == "dobj" and governor.lemma in words().addressed:
        return False
    if head.dep in ("compound", "nmod", "poss") and governor.lemma in words().government:
        return False
    if head.dep == "pobj":
        return not _stands_for_a_side(tokens, governor)
    return True


def _stands_for_a_side(tokens: tuple[Token, ...], preposition: Token) -> bool:
    above = tokens[preposition.head]
    if preposition.dep == "agent" or preposition.lemma in ("by", "according"):
        return True
    return preposition.lemma in ("with", "between", "against", "to", "from") and above.lemma in words().between


def _head(tokens: tuple[Token, ...], candidate: Candidate) -> Token:
    """The token of the name whose head lies outside it."""
    for index in range(candidate.end - 1, candidate.first - 1, -1):
        if not candidate.first <= tokens[index].head < candidate.end or tokens[index].head == index:
            return tokens[index]
    return tokens[candidate.end - 1]
