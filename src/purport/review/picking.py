"""From what a person selected in a browser, or typed, to exact spans of a page's text; pure.

A browser counts in UTF-16 units from the beginning of a block; spans count in code points of the whole text.
"""

import re

from purport.errors import InputError
from purport.model import Span, Spans
from purport.print_safe import print_safe

PIECE = re.compile(r"(\d+):(\d+)-(\d+):(\d+)", re.ASCII)
MOST_PIECES = 12
BLANKS = re.compile(r"\s+")
REMEDY = "select the words in the text again"


def picked(text: str, *, where: str, words: str, near: int = 0) -> Spans:
    """The spans of a selection. ``where``: ``block:units-block:units`` for each piece, joined by commas; blocks by their first code point.

    Without it ``words`` are looked up in the text as they are written; of several places the one nearest to ``near`` is meant. Pieces
    are parted by `` … ``. Raises InputError if nothing was selected, or words that the text has not.
    """
    spans = tuple(_piece(text, piece) for piece in where.split(",")) if where.strip() else ()
    if not spans:
        return tuple(_found(text, piece.strip(), near=near) for piece in words.split(" … ") if piece.strip()) or _nothing()
    if len(spans) > MOST_PIECES:
        raise InputError(f"more than {MOST_PIECES} pieces", where="selection", remedy="select less")
    if words.strip() and _plain(" … ".join(span.of(text) for span in spans)) != _plain(words):
        raise InputError("the words are not those of the page", where="selection", remedy="open the page again and select them once more")
    return spans


def code_points(text: str, units: int) -> int:
    """How many code points the first ``units`` UTF-16 units of ``text`` are; half a pair counts as none, what lies beyond as all."""
    for index, character in enumerate(text):
        units -= 2 if ord(character) > 0xFFFF else 1
        if units < 0:
            return index
    return len(text)


def _piece(text: str, piece: str) -> Span:
    match = PIECE.fullmatch(piece.strip())
    if not match:
        raise InputError(f"no place in a text: {piece!r}", where="selection", remedy=REMEDY)
    block, units, last_block, last_units = map(int, match.groups())
    start = block + code_points(text[block:], units)
    end = last_block + code_points(text[last_block:], last_units)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if not 0 <= start < end <= len(text):
        _nothing()
    return Span(start, end)


def _found(text: str, words: str, *, near: int) -> Span:
    pattern = r"\s+".join(re.escape(part) for part in words.split())
    places = [Span(*match.span()) for match in re.finditer(pattern, text)]
    if not places:
        raise InputError("the page has no such words", where=words, remedy="copy them from the text exactly as they stand there")
    return min(places, key=lambda span: abs(span.start - near))


def _nothing() -> Spans:
    raise InputError("no words were selected", where="selection", remedy="select the words of the page that say so")


def _plain(words: str) -> str:
    return BLANKS.sub(" ", print_safe(words, keep_lines=True)).strip()
