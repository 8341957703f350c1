"""The alphabet of time words (``resources/times.yaml``): each known word is a character of a private alphabet, a class a set of them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from purport.errors import ResourceError
from purport.resources import yaml_of

SOURCE = "times.yaml"
#: Shapes of numbers and marks that the lexer tells apart; each is one character.
SHAPES = (
    "ISO",
    "NUMDATE",
    "CLOCK",
    "ORDNUM",
    "DECADE",
    "TENS_OF_YEARS",
    "SHORTYEAR",
    "HALF",
    "AMPM",
    "BREAK",
    "YEAR",
    "THOUSANDS",
    "ZERO",
    "D12",
    "D24",
    "D31",
    "D99",
    "FIGURE",
)
#: Classes made of shapes.
SHAPE_CLASSES = {
    "DAYNUM": ("D12", "D24", "D31"),
    "HOUR": ("ZERO", "D12", "D24"),
    "DIGITS": ("ZERO", "D12", "D24", "D31", "D99", "FIGURE", "THOUSANDS"),
    "DAYSHAPE": ("D12", "D24", "D31", "ORDNUM"),
}
UNKNOWN = "x"
#: A name may stand in several branches of a pattern; the groups are told apart by what follows this mark.
REPEAT = "__"
_FIRST_CODE = 0xE000
_PIECE = re.compile(r"[a-z]\w*=|[()|?*+]|\\.|[^\s()|?*+=]+")


@dataclass(frozen=True)
class Lexicon:
    """``codes``: word → character; ``classes``: class → characters; ``values``: class → word → value."""

    codes: Mapping[str, str]
    classes: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]]
    shapes: Mapping[str, str]
    cased: frozenset[str]
    macros: Mapping[str, str]

    def code_of(self, word: str) -> str:
        lower = word.lower()
        if lower in self.cased and word[:1].islower():
            return UNKNOWN
        return self.codes.get(lower, UNKNOWN)

    def set_of(self, name: str) -> str:
        """The characters of a class. Raises ResourceError for a name that is none."""
        if name not in self.classes:
            raise ResourceError("no such class of words", where=f"{SOURCE}: {name}", remedy="define it under classes")
        return self.classes[name]


@cache
def lexicon() -> Lexicon:
    """The lexicon of ``times.yaml``. Raises ResourceError if the file breaks its format."""
    table = yaml_of(SOURCE)
    words = sorted(set(_words_of(table)))
    names = [*words, *SHAPES]
    characters = {name: chr(_FIRST_CODE + number) for number, name in enumerate(names)}
    shapes = {shape: characters[shape] for shape in SHAPES}
    classes = {name: "".join(characters[str(word)] for word in members) for name, members in table["classes"].items()}
    classes |= shapes | {name: "".join(shapes[shape] for shape in members) for name, members in SHAPE_CLASSES.items()}
    values = {name: members for name, members in table["classes"].items() if isinstance(members, dict)}
    return Lexicon({w: characters[w] for w in words}, classes, values, shapes, frozenset(table["cased"]), table["macros"])


def _words_of(table: Mapping[str, Any]) -> Iterator[str]:
    for members in table["classes"].values():
        yield from (str(word) for word in members)
    written = [rule[key] for rule in table["rules"] for key in ("pattern", "after", "not_after") if key in rule]
    for pattern in [*table["macros"].values(), *written]:
        yield from (piece.removeprefix("\\") for piece in _PIECE.findall(pattern) if not _is_mark(piece) and not piece.isupper())
    yield "'s"


def _is_mark(piece: str) -> bool:
    return piece in "()|?*+" or piece.endswith("=")


def pieces_of(pattern: str, *, macros: Mapping[str, str]) -> Iterator[str]:
    """The pieces of a pattern with its macros written out."""
    for piece in _PIECE.findall(pattern):
        if piece in macros:
            yield from pieces_of(macros[piece], macros=macros)
        else:
            yield piece


def expression_of(pattern: str, *, lexicon: Lexicon) -> str:
    """The regular expression over the private alphabet that a pattern stands for."""
    written: list[str] = []
    seen: Counter[str] = Counter()
    opening = ""
    for piece in pieces_of(pattern, macros=lexicon.macros):
        if piece.endswith("="):
            seen[piece] += 1
            opening = f"(?P<{piece[:-1]}{REPEAT}{seen[piece]}>"
            continue
        if piece == "(":
            written.append(opening or "(?:")
        elif piece in ")|?*+":
            written.append(piece)
        else:
            atom = _atom(piece, lexicon=lexicon)
            written.append(f"{opening}{atom})" if opening else atom)
        opening = ""
    return "".join(written)


def _atom(piece: str, *, lexicon: Lexicon) -> str:
    if piece.isupper():
        return f"[{lexicon.set_of(piece)}]"
    return lexicon.codes[piece.removeprefix("\\")]
