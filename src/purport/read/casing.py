"""Sentence case for pages printed in capitals, so that the parser meets the case it was trained on. Length never changes."""

import re
from collections.abc import Sequence
from functools import cache

from purport.read.actors import actor_index, fold
from purport.read.mentions_lexicon import first_names, titles
from purport.resources import text_of, yaml_of

#: A stretch counts as capitals if at least this share of its letters is upper case (MUC-4 pages: .99; ordinary news: below .15).
CAPITALS_SHARE = 0.7
MIN_LETTERS = 20
LOWER_CASE = "lexicon/lower_case.txt"
CALENDAR = "lexicon/calendar.yaml"
WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]\b)*(?:['’](?!S\b)[^\W\d_]+)?|\d+")
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")
#: What stands before the first word of a sentence: a full stop, a dash after a dateline, a tag of the wire ("[TEXT]").
SENTENCE_END = re.compile(
    r"(?:(?<!\.[A-Za-z])[.!?][\"”')]*\s+|\[(?:text|report|excerpts?|editorial|commentary|article|summary)\]\s*|--\s+|\A\W*)[\"“‘'(\[]*\Z",
    re.IGNORECASE,
)
#: How much text before a word is looked at for the end of a sentence.
LOOK_BACK = 16
#: Endings that a listed word may carry, with what they replace.
ENDINGS = (
    ("ings", ("", "e")),
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("ly", ("",)),
    ("er", ("", "e")),
    ("ers", ("", "e")),
)
PREFIXES = ("anti", "counter", "un", "re", "non", "mis", "over", "dis", "pre")
MIN_STEM = 3


def is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= MIN_LETTERS and sum(c.isupper() for c in letters) / len(letters) >= CAPITALS_SHARE


def recase(text: str) -> str:
    """``text`` with the same length, in sentence case if it is printed in capitals, else as it is.

    Actors get the spelling of the actor list; a word that is not listed as a common word of English is taken for a name.
    """
    if not is_capitals(text):
        return text
    words = list(WORD.finditer(text))
    spelled = _spelled_actors([m.group() for m in words])
    out = [_lower(c) for c in text]
    for number, match in enumerate(words):
        printed = spelled.get(number, "")
        if len(printed) != len(match.group()):
            printed = _spell(words, number, text=text)
        out[match.start() : match.end()] = printed
    return "".join(out)


def _lower(char: str) -> str:
    """Lower case if that is one character too ("İ" is two)."""
    low = char.lower()
    return low if len(low) == 1 else char


def _spelled_actors(words: Sequence[str]) -> dict[int, str]:
    """The words of listed actors as the list prints them, by their number."""
    spelled: dict[int, str] = {}
    folded = [fold(word) for word in words]
    position = 0
    while position < len(words):
        printed = actor_index().spelling(folded, position)
        if printed and (len(printed) > 1 or folded[position] not in lower_case_words()):
            spelled.update(zip(range(position, position + len(printed)), printed, strict=True))
        position += max(1, len(printed))
    return spelled


def _spell(words: Sequence[re.Match[str]], number: int, *, text: str) -> str:
    word = words[number].group()
    low = "".join(map(_lower, word))
    if word.isdigit():
        return word
    if len(word) == 1 and word != "I":
        return word if _is_initial(words[number], text) else low
    if word == "I" or DOTTED.fullmatch(word + text[words[number].end() : words[number].end() + 1]) or _in_brackets(words[number], text):
        return word
    if _is_name(words, number) or SENTENCE_END.search(text[max(0, words[number].start() - LOOK_BACK) : words[number].start()]):
        return word[0] + low[1:]
    return low


def _is_initial(match: re.Match[str], text: str) -> bool:
    """One letter that opens a sentence, or stands for a name ("J. Pérez"); not the article, not the possessive "'S"."""
    before = text[max(0, match.start() - LOOK_BACK) : match.start()]
    return not before.endswith(("'", "’")) and (text[match.end() : match.end() + 1] == "." or bool(SENTENCE_END.search(before)))


def _in_brackets(match: re.Match[str], text: str) -> bool:
    """A short word alone in brackets is an acronym: "[FMLN]"."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    return before in {"(", "["} and after in {")", "]"} and len(match.group()) <= 8 and match.group().lower() not in lower_case_words()


def _is_name(words: Sequence[re.Match[str]], number: int) -> bool:
    low = words[number].group().lower()
    calendar = yaml_of(CALENDAR)
    if low in calendar["always"]:
        return True
    around = [words[i].group() for i in (number - 1, number + 1) if 0 <= i < len(words)]
    if low in calendar["beside_numbers"]:
        return any(word.isdigit() for word in around)
    if not is_lower_case(low):
        return True
    following = words[number + 1].group().lower() if number + 1 < len(words) else "the"
    return (low in titles() or low in first_names()) and len(following) > 1 and following.isalpha() and not is_lower_case(following)


@cache
def lower_case_words() -> frozenset[str]:
    """Common words of English."""
    return frozenset(word for line in text_of(LOWER_CASE).splitlines() if not line.startswith("#") for word in line.split())


@cache
def is_lower_case(word: str) -> bool:
    """A common word of English, with its regular endings and prefixes."""
    word = word.replace("’", "'")
    listed = lower_case_words()
    if word in listed or "'" in word:
        return True
    stems = [word[: -len(ending)] + new for ending, news in ENDINGS if word.endswith(ending) for new in news]
    stems += [word[len(prefix) :] for prefix in PREFIXES if word.startswith(prefix) and len(word) - len(prefix) > MIN_STEM]
    return any(len(stem) >= MIN_STEM and stem in listed for stem in stems)
