"""Whether a candidate is a place name here: a sum of signs from the tagger, the words around it and the gazetteer."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from purport.model import Reading, Token
from purport.read.gazetteer import TRANSLITERATED
from purport.read.toponym_spans import Candidate, after_place_noun, words

#: Signs and what each adds; a candidate is a toponym if they add up to more than 0. Set by hand while reading
#: errors on LGL, TR-News and both halves of event-location; no held-out figure exists yet.
TAGGED = {
    "GPE": 2.6,
    "LOC": 2.0,
    "FAC": 0.8,
    "NORP": 0.0,
    "ORG": -1.0,
    "PERSON": -2.0,
    "": -0.9,
    "EVENT": -1.5,
    "WORK_OF_ART": -1.5,
    "LAW": -2.0,
}
#: Words after which the tagger's person or organisation is mostly a place that it does not know: "in Maryin Gubay".
STRICTLY_LOCATIVE = frozenset({"in", "near", "inside", "outside", "at"})
MISTAGGED = -0.5
#: Verbs whose object is as often a person.
TAKES_PEOPLE = frozenset({"capture", "leave", "visit", "reach", "seize", "fall"})
OTHER_TAG = -1.5  #: dates, amounts, products, languages
LOCATIVE_BEFORE = 1.6
OF_BEFORE = 0.5
DIRECTION_BEFORE = 1.5
PLACE_WORD_BESIDE = 1.2
PLACE_NOUN_OF = 4.5  #: "the village of"
SUFFIX = 1.2
PREFIX = 2.4  #: "Tal", "Kafr", "Deir" before the rest of the name
PLACE_NOUN_AFTER = 2.2  #: "X district"
OBJECT_OF_TAKING = 1.0  #: "captured", "shelling of"
BESIDE_PLACE = 1.2  #: joined to a name that is surely a place
COMMA_PLACE = 2.4  #: "Paris, Texas": between a place and the larger place that holds it
NAME_BEFORE = -3.2  #: a capitalised word before it that is no direction: "George Washington"
NAME_AFTER = -2.2  #: a capitalised word after it: "Washington Post"
PART_OF_NAME = -4.0  #: the same, and the parser makes one name of the two: "Jordan Miller"
TITLE_BEFORE = -3.0
INSTITUTION_AFTER = -2.5
NOT_A_NAME = -2.0  #: the parser sees a common word
COUNTRY = 2.2
DIVISION = 1.0
LARGE = 0.55  #: for each power of ten of people above ten thousand
SMALL = -0.7  #: no place of the name has as many as 2,000 people
UNKNOWN = -0.6  #: not in the gazetteer
SEVERAL_WORDS = 0.8
IN_CONFLICT_NEWS = 0.4  #: its most populous place lies where names are transliterated: rarely an English word or surname
OTHER_NAME = -0.8  #: known only as another name of something
AGAIN = 1.0  #: accepted elsewhere in the page with better evidence


def evidence(reading: Reading, candidate: Candidate, *, neighbours: dict[int, Candidate]) -> float:
    """The sum of the signs; ``neighbours`` are the candidates by first and by last token."""
    return sum(_signs(reading, candidate, neighbours=neighbours))


def _signs(reading: Reading, candidate: Candidate, *, neighbours: dict[int, Candidate]) -> Iterator[float]:
    tokens = reading.tokens
    yield _tag_sign(tokens, candidate)
    yield from _before(tokens, candidate)
    yield from _after(tokens, candidate, neighbours=neighbours)
    yield from _gazetteer_signs(candidate)
    head = tokens[candidate.end - 1]
    if head.pos not in ("PROPN", "X") and head.entity not in ("GPE", "LOC", "FAC"):
        yield NOT_A_NAME


def _tag_sign(tokens: tuple[Token, ...], candidate: Candidate) -> float:
    labels = [tokens[i].entity for i in range(candidate.first, candidate.end)]
    label = labels[-1] or labels[0]
    sign = TAGGED.get(label, OTHER_TAG)
    if (
        label in ("PERSON", "ORG", "PRODUCT")
        and _stands_alone(tokens, candidate, label=label)
        and _in_before(tokens, candidate, label=label)
    ):
        return max(sign, MISTAGGED)
    return sign


def _stands_alone(tokens: tuple[Token, ...], candidate: Candidate, *, label: str) -> bool:
    """Whether the tagger's entity is this name and no more."""
    return not any(
        0 <= i < len(tokens)
        and tokens[i].entity == label
        and tokens[i].sentence == tokens[candidate.first].sentence
        and tokens[i].words != "the"
        for i in (candidate.first - 1, candidate.end)
    )


def _in_before(tokens: tuple[Token, ...], candidate: Candidate, *, label: str) -> bool:
    index = candidate.first - 1
    if index < 0:
        return False
    taken = words().into_names - TAKES_PEOPLE if label == "PERSON" else words().into_names
    return tokens[index].words.lower() in STRICTLY_LOCATIVE or tokens[index].lemma in taken


def _previous(tokens: tuple[Token, ...], index: int, *, sentence: int) -> Token | None:
    return tokens[index] if index >= 0 and tokens[index].sentence == sentence else None


def _before(tokens: tuple[Token, ...], candidate: Candidate) -> Iterator[float]:
    sentence = tokens[candidate.first].sentence
    before = _previous(tokens, candidate.first - 1, sentence=sentence)
    if before is not None and before.words in ("the", "The"):
        before = _previous(tokens, candidate.first - 2, sentence=sentence)
    if before is None:
        return
    word = before.words
    if after_place_noun(tokens, candidate.first):
        yield PLACE_NOUN_OF
    elif before.lemma in words().into_names or (word == "of" and _previous_lemma(tokens, before) in words().into_names):
        yield OBJECT_OF_TAKING
    if word in words().titles:
        yield TITLE_BEFORE
    elif word in words().directions:
        yield DIRECTION_BEFORE
    elif word == "of":
        yield OF_BEFORE
    elif word.lower() in words().locative:
        yield LOCATIVE_BEFORE
    elif (
        before.words[:1].isupper() and before.pos == "PROPN" and before.index == candidate.first - 1 and before.head == candidate.end - 1
    ) or (before.entity == "PERSON" and tokens[candidate.end - 1].entity == "PERSON"):
        yield NAME_BEFORE


def _previous_lemma(tokens: tuple[Token, ...], token: Token) -> str:
    return tokens[token.index - 1].lemma if token.index else ""


def _after(tokens: tuple[Token, ...], candidate: Candidate, *, neighbours: dict[int, Candidate]) -> Iterator[float]:
    end = candidate.end
    if end >= len(tokens) or tokens[end].sentence != tokens[candidate.first].sentence:
        return
    after = tokens[end]
    if after.words in words().institutions:
        yield INSTITUTION_AFTER
    elif after.words in words().place_nouns:
        yield PLACE_NOUN_AFTER
    elif after.words in words().generic:
        yield PLACE_WORD_BESIDE
    elif after.pos == "PROPN" and after.words[:1].isupper() and after.words not in words().never:
        yield PART_OF_NAME if tokens[end - 1].dep == "compound" and tokens[end - 1].head >= end else NAME_AFTER
    if after.words == "," and _holds(neighbours.get(end + 1), candidate):
        yield COMMA_PLACE


def _holds(outer: Candidate | None, inner: Candidate) -> bool:
    """Whether some place named by ``outer`` is the country or division of some place named by ``inner``."""
    return outer is not None and bool(holders(outer) & {key for row, _ in inner.places[:40] for key in (row.country, row.admin1) if key})


def holders(candidate: Candidate) -> set[str]:
    """Codes of the countries ("SY") and divisions ("SY.09") that this name may stand for."""
    found = set()
    for row, _ in candidate.places[:40]:
        if row.kind == "country" and row.country:
            found.add(row.country)
        elif row.kind == "admin1" and row.admin1:
            found.add(row.admin1)
    return found


def _gazetteer_signs(candidate: Candidate) -> Iterator[float]:
    if candidate.suffixed:
        yield SUFFIX
    if " " in candidate.words and candidate.words.split()[0] in words().prefixes:
        yield PREFIX
    if not candidate.places:
        yield UNKNOWN
        return
    kinds = {row.kind for row, _ in candidate.places}
    most = max(row.population for row, _ in candidate.places)
    if "country" in kinds:
        yield COUNTRY
    elif kinds - {"city", "admin2", "admin3"}:
        yield DIVISION
    elif most < 2_000 and "admin2" not in kinds:
        yield SMALL
    if candidate.places[0][0].country in TRANSLITERATED and candidate.words not in words().titles:
        yield IN_CONFLICT_NEWS
    yield LARGE * max(0.0, math.log10(max(most, 1)) - 4)
    if " " in candidate.words or "-" in candidate.words:
        yield SEVERAL_WORDS
    if candidate.by_sound or not any(main == 2 for _, main in candidate.places):
        yield OTHER_NAME


_POSTAL = re.compile(r"[A-Z]{2}|[A-Z][a-z]{0,3}\.|(?:[A-Z]\. ?){2,3}|ACT|NSW|Qld|W\.Va\.?|PEI|NWT")


def accepted(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The candidates that are place names, or adjectives of place, in text order. A name accepted once is easier accepted again."""
    neighbours = {candidate.first: candidate for candidate in found}
    scores = {c.first: evidence(reading, c, neighbours=neighbours) for c in found if not c.adjective}
    sure = {c.words for c in found if scores.get(c.first, 0) > 1}
    for c in found:
        if not c.adjective:
            scores[c.first] += AGAIN if c.words in sure else 0.0
    _favour_company(reading, [c for c in found if not c.adjective], scores=scores)
    return [c for c in found if c.adjective or _is_place(reading, c, score=scores[c.first], neighbours=neighbours)]


_LISTED = re.compile(r"\s*(?:,|,? and|,? or|and the|/|,)\s*(?:the |in |at |near )?")


def _favour_company(reading: Reading, found: list[Candidate], *, scores: dict[int, float]) -> None:
    """More for a name listed beside one that is surely a place: "Qoryoley and Bula Marer", forward and then backward."""
    for order in (found, found[::-1]):
        for one, two in pairwise(order):
            left, right = (one, two) if one.first < two.first else (two, one)
            between = reading.document.text[left.span.end : right.span.start]
            if scores[one.first] > 1 >= scores[two.first] and len(between) < 12 and _LISTED.fullmatch(between):
                scores[two.first] += BESIDE_PLACE


def _is_place(reading: Reading, candidate: Candidate, *, score: float, neighbours: dict[int, Candidate]) -> bool:
    if _POSTAL.fullmatch(candidate.words) and not any(row.kind == "country" for row, _ in candidate.places):
        return _after_town(reading, candidate, neighbours=neighbours)
    return score > 0


def _after_town(reading: Reading, candidate: Candidate, *, neighbours: dict[int, Candidate]) -> bool:
    """ "KY", "Ga.", "Mass." are places only after a town and a comma."""
    first = candidate.first
    if first < 2 or reading.tokens[first - 1].words != ",":
        return candidate.words.count(".") > 1
    return any(c.end == first - 1 for c in (neighbours.get(i) for i in range(max(0, first - 6), first - 1)) if c is not None)
