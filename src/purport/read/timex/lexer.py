"""Text → words with their places; each word stands as one character, so that patterns run over a string as short as the text has words."""

import re
from dataclasses import dataclass

from purport.read.timex.lexicon import Lexicon

_LEXEME = re.compile(
    r"(?P<ISO>\b(?:1[0-9]|20)\d\d-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?\b)"
    r"|(?P<NUMDATE>\b\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b|\b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b)"
    r"|(?P<CLOCK>\b\d{1,2}:\d\d(?::\d\d)?(?!\d))"
    r"|(?P<ORDNUM>\b\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<DECADE>\b(?:1[0-9]|20)\d0['’]?s\b|['’`]\d0s\b)"
    r"|(?P<TENS_OF_YEARS>\b[2-9]0s\b)"
    r"|(?P<SHORTYEAR>['’`]\d\d\b)"
    r"|(?P<HALF>\b1/2\b|½)"
    r"|(?P<NUMBER>\d[\d,]*\d(?:\.\d+)?|\d(?:\.\d+)?)"
    r"|(?P<AMPM>(?<![^\W\d_])(?:[ap]\.m\b\.?|[apAP]\.?[mM]\b\.?|[AP]\.M\b\.?))"
    r"|(?P<POSSESSIVE>['’]s\b)"
    r"|(?P<WORD>[^\W\d_]+)"
    r"|(?P<BREAK>\n[ \t]*\n\s*)"
    r"|(?P<MARK>[^\s\w])"
)
#: Marks that are read as another: dashes as hyphens, the Arabic comma as a comma.
SAME_MARKS = {"–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "،": ","}


@dataclass(frozen=True, slots=True)
class Lexemes:
    """The words of a text in lower case, where each starts and ends, and ``code``: one character a word."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    code: str


def lexemes_of(text: str, *, lexicon: Lexicon) -> Lexemes:
    """The words of ``text`` in the alphabet of ``lexicon``."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    code: list[str] = []
    for found in _LEXEME.finditer(text):
        words.append(SAME_MARKS.get(found[0]) or found[0].lower())
        starts.append(found.start())
        ends.append(found.end())
        code.append(_code_of(found, lexicon=lexicon))
    return Lexemes(tuple(words), tuple(starts), tuple(ends), "".join(code))


def _code_of(found: re.Match[str], *, lexicon: Lexicon) -> str:
    shape = str(found.lastgroup)
    if shape == "WORD":
        return lexicon.code_of(found[0])
    if shape == "MARK":
        return lexicon.code_of(SAME_MARKS.get(found[0], found[0]))
    if shape == "POSSESSIVE":
        return lexicon.code_of("'s")
    return lexicon.shapes[_number_shape(found[0]) if shape == "NUMBER" else shape]


def _number_shape(figures: str) -> str:
    if not figures.isdigit():
        return "FIGURE"
    value = int(figures)
    if len(figures) == 4:
        return "YEAR" if 1500 <= value <= 2100 else "THOUSANDS" if value < 2400 and value % 100 < 60 else "FIGURE"
    if len(figures) > 2:
        return "FIGURE"
    return next(shape for shape, limit in (("ZERO", 0), ("D12", 12), ("D24", 24), ("D31", 31), ("D99", 99)) if value <= limit)
