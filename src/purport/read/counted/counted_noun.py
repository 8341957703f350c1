"""What a number counts, and when it counts nothing: measures, money, ages, names with a number in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from purport.model import Token
from purport.read.counted.bounds import Bounded
from purport.read.counted.wording import vague_starts, words_of

#: Words that may stand between a number and its noun ("12 suspected Islamist insurgents", "20 other people").
INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "VERB", "NUM"})
MAX_NOUN_DISTANCE = 8
_YEAR_LIKE = re.compile(r"(?:1[5-9]|20)\d\d")
_PRONOUNS = frozenset({"them", "whom", "which", "these", "those", "us", "you"})


@dataclass(frozen=True, slots=True)
class Counted:
    """``head``: the token counted or None; ``end``: where the phrase ends."""

    head: Token | None
    end: int
    pronoun: bool = False


def counted_by(number: Bounded, *, tokens: Sequence[Token], limit: int) -> Counted | None:
    """What ``number`` counts; None if it is no count at all."""
    if _names_something(number, tokens=tokens) or _is_age(number, tokens=tokens, limit=limit):
        return None
    found = _partitive(number, tokens=tokens, limit=limit) or _noun_after(number, tokens=tokens, limit=limit)
    if found.head and _is_measure(found.head):
        return None
    if number.end < limit and _opens_measure(tokens[number.end]):
        return None
    if found.head and not found.pronoun:
        found = replace(found, end=_end_of_phrase(found.head, tokens=tokens, limit=limit))
    if number.figure.single:
        return _single(number, found, tokens=tokens)
    if found.head is None and _stands_alone(number, tokens=tokens):
        return None
    if found.head is None and _is_year(number, tokens=tokens):
        return None
    return found


def _end_of_phrase(head: Token, *, tokens: Sequence[Token], limit: int) -> int:
    """The phrase with what identifies it: "members of the council", "journalists and executives"."""
    end = head.index + 1
    if end + 1 >= limit:
        return end
    joint = tokens[end]
    if joint.words == "of" and joint.head == head.index and _is_person(head):
        found = _noun_from(end + 1, tokens=tokens, limit=limit)
        return _with_quote(end, found.end, tokens=tokens, limit=limit) if found else end
    if joint.words == "and" and head.tag == "NNS":
        found = _noun_from(end + 1, tokens=tokens, limit=limit)
        plain = tokens[end + 1].pos not in ("DET", "NUM", "PRON") and tokens[end + 1].words.lower() not in vague_starts()
        return found.end if found and found.head and plain and found.head.head == head.index and found.head.tag in ("NNS", "NN") else end
    return end


def _with_quote(start: int, end: int, *, tokens: Sequence[Token], limit: int) -> int:
    """The end with the closing mark of a quotation that began after ``start``."""
    opened = any(token.words in ("“", '"', "‘") for token in tokens[start:end]) and not any(
        t.words in ("”", "’") for t in tokens[start:end]
    )
    return end + 1 if opened and end < limit and tokens[end].words in ("”", '"', "’") else end


def _is_measure(token: Token) -> bool:
    return token.words.lower() in words_of("measures")


def _opens_measure(token: Token) -> bool:
    return _is_measure(token) and token.words.lower() not in ("per", "least", "m", "second", "time", "point")


def _stands_alone(number: Bounded, *, tokens: Sequence[Token]) -> bool:
    """A figure that is the whole sentence: the number of a list or page."""
    sentence = tokens[number.first].sentence
    before = number.first and tokens[number.first - 1].sentence == sentence
    after = number.end < len(tokens) and tokens[number.end].sentence == sentence and tokens[number.end].words not in (".", ")")
    return not before and not after


def _is_year(number: Bounded, *, tokens: Sequence[Token]) -> bool:
    return number.end == number.first + 1 and bool(_YEAR_LIKE.fullmatch(tokens[number.first].words))


def _names_something(number: Bounded, *, tokens: Sequence[Token]) -> bool:
    """ "Resolution 2254", "$ 5 million", "No. 3", "AK - 47"."""
    first = number.figure.first
    if not first or tokens[first - 1].sentence != tokens[first].sentence:
        return False
    before = tokens[first - 1]
    word = before.words.lower()
    if word in words_of("money") or word in words_of("numbered"):
        return number.first == first
    glued = before.span.end == tokens[first].span.start and (word in ("-", "/", ".", "(", "+", "#", ":") or before.words.isalpha())
    if glued and word != "(":
        return True
    if word in ("(", "[") and number.end < len(tokens) and tokens[number.end].words in (")", "]", "of"):
        return True
    if _follows_a_name(first, tokens=tokens):
        return True
    digits = tokens[first].words[:1].isdigit()
    return digits and before.pos == "PROPN" and tokens[first].head == before.index and tokens[first].dep in ("nummod", "appos", "npadvmod")


def _follows_a_name(first: int, *, tokens: Sequence[Token]) -> bool:
    """ "resolutions 2139 and 2254"."""
    words = [token.words.lower() for token in tokens[max(0, first - 3) : first]]
    return len(words) == 3 and words[0] in words_of("numbered") and words[1].isdigit() and words[2] in ("and", ",", "or")


def _is_age(number: Bounded, *, tokens: Sequence[Token], limit: int) -> bool:
    """ "Sara Haddad, 25, said"; "a 12 - year - old"."""
    end = number.end
    following = [token.words.lower() for token in tokens[end : min(end + 2, limit)]]
    if len(following) == 2 and following[0] == "-" and following[1] in words_of("compounds"):
        return True
    if number.first < 2 or number.first != number.figure.first:
        return False
    comma, name = tokens[number.first - 1], tokens[number.first - 2]
    closes = end >= limit or tokens[end].words in (",", ".", ")", ";", "and")
    return comma.words == "," and name.pos == "PROPN" and closes and number.high is not None and number.high < 120


def _partitive(number: Bounded, *, tokens: Sequence[Token], limit: int) -> Counted | None:
    """ "three of them", "dozens of people", "40 of its fighters"."""
    end = number.end
    if end >= limit or tokens[end].words.lower() != "of" or number.figure.low == 0:
        return None
    if end + 1 < limit and tokens[end + 1].words.lower() in _PRONOUNS:
        return Counted(None, end + 2, pronoun=True)
    return _noun_from(end + 1, tokens=tokens, limit=limit)


def _noun_after(number: Bounded, *, tokens: Sequence[Token], limit: int) -> Counted:
    return _noun_from(number.end, tokens=tokens, limit=limit) or Counted(None, number.end)


def _noun_from(start: int, *, tokens: Sequence[Token], limit: int) -> Counted | None:
    """The noun of the phrase that begins at ``start``: the last noun before the phrase breaks off."""
    head: Token | None = None
    for index in range(start, min(start + MAX_NOUN_DISTANCE, limit)):
        token = tokens[index]
        if _joins_compound(token, tokens=tokens, limit=limit):
            continue
        if head is not None and not _carries_on(head, token):
            break
        if (
            token.pos in ("NOUN", "PROPN")
            or _is_substantive(token)
            or (token.words.lower() in words_of("states") and _stands_for_people(token, tokens=tokens, limit=limit))
        ):
            head = token
        elif not _may_stand_inside(token, tokens=tokens, limit=limit):
            break
    return Counted(head, head.index + 1) if head else None


def _carries_on(head: Token, token: Token) -> bool:
    """A compound goes on ("rebel" → "leaders"), a hyphen too; a name after a plural noun does not."""
    if token.words == "-" or head.words == "-":
        return True
    compound = head.head == token.index or head.dep in ("compound", "amod", "nmod", "npadvmod")
    return token.pos in ("NOUN", "PROPN") and ((compound and head.tag != "NNS") or (head.lemma in ("woman", "man") and token.tag == "NNS"))


def _is_substantive(token: Token) -> bool:
    """An adjective that stands for a person ("a civilian sustained injuries", "a Briton")."""
    return token.pos == "ADJ" and _is_person(token) and token.dep not in ("amod", "compound", "nmod", "npadvmod")


def _joins_compound(token: Token, *, tokens: Sequence[Token], limit: int) -> bool:
    """The participle of "Kurdish-led" when a noun follows."""
    hyphen = tokens[token.index - 1].words == "-" and token.tag in ("VBN", "VBG", "JJ", "VBD")
    return hyphen and token.index + 1 < limit and tokens[token.index + 1].pos in ("NOUN", "PROPN", "ADJ")


def _may_stand_inside(token: Token, *, tokens: Sequence[Token], limit: int) -> bool:
    if token.words in ("-", "“", '"', "”", "'", "‘", "’", "'s", "’s"):
        return True
    if token.pos in ("ADJ", "DET", "PRON", "NUM") or token.tag in ("PRP$", "VBG", "VBN", "JJ"):
        return token.words.lower() not in ("who", "that", "which", "whom") and _leads_to_noun(token, tokens=tokens, limit=limit)
    return token.pos == "ADV" and token.dep == "advmod" and tokens[token.head].pos in ("ADJ", "VERB") and token.head > token.index


def _leads_to_noun(token: Token, *, tokens: Sequence[Token], limit: int) -> bool:
    """An adjective, participle or determiner that belongs to a noun further on."""
    head = tokens[token.head]
    return (
        token.head > token.index
        and token.head < limit
        and head.pos in ("NOUN", "PROPN", "ADJ", "VERB")
        and token.dep not in ("nsubj", "nsubjpass", "dobj")
    )


def _stands_for_people(token: Token, *, tokens: Sequence[Token], limit: int) -> bool:
    """ "12 wounded" as a noun phrase, not "12 wounded in the attack were" read as a verb with its subject, nor "20 other people"."""
    if token.dep in ("amod", "compound") and token.head > token.index:
        return False
    if token.pos == "VERB":
        return _is_participle_noun(token, before=tokens[token.index - 1])
    following = tokens[token.index + 1] if token.index + 1 < limit else None
    return not (following is not None and following.pos in ("NOUN", "PROPN") and token.head == following.index)


def _is_participle_noun(token: Token, *, before: Token) -> bool:
    """ "were treating 75 wounded": a participle that the parse hangs on the number, or takes for a clause in the place of an object."""
    inside = token.dep in ("ccomp", "dobj", "pobj", "conj", "appos") and before.dep in ("nsubj", "nsubjpass", "nummod")
    return token.tag == "VBN" and (inside or (token.dep == "acl" and token.head == before.index))


def _single(number: Bounded, found: Counted, *, tokens: Sequence[Token]) -> Counted | None:
    """ "a soldier", "no casualties", "another was killed"; other things that "a" stands before are not counted."""
    word = tokens[number.figure.first].words.lower()
    if word in words_of("none"):
        return found if found.head and (_is_person(found.head) or found.head.lemma in words_of("harms")) else None
    if found.pronoun:
        return found if word in ("one", "another") else None
    if found.head is None:
        return _bare_one(number, found, tokens=tokens)
    if word in ("a", "an"):
        return found if _is_one_person(found.head, tokens=tokens) else None
    return found


def _bare_one(number: Bounded, found: Counted, *, tokens: Sequence[Token]) -> Counted | None:
    token = tokens[number.figure.first]
    before = tokens[token.index - 1].words.lower() if token.index else ""
    if (
        token.words.lower() not in ("one", "another")
        or token.tag == "PRP"
        or before in ("no", "this", "that", "the", "each", "every", "which", "any", "one", "not")
    ):
        return None
    return found if token.dep in ("nsubj", "nsubjpass", "dobj", "conj", "appos", "pobj") else None


def _is_one_person(head: Token, *, tokens: Sequence[Token]) -> bool:
    after = tokens[head.index + 1].words if head.index + 1 < len(tokens) else ""
    alone = head.dep not in ("amod", "compound", "nmod", "poss") and after not in ("-", "'s", "’s")
    return (_is_person(head) or head.lemma in words_of("harms")) and head.tag in ("NN", "NNP", "JJ") and alone and head.lemma != "police"


def _is_person(token: Token) -> bool:
    lemma = token.lemma.lower()
    return lemma in words_of("persons") or lemma.endswith(("man", "woman", "person")) or token.entity == "NORP"
