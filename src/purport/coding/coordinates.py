"""Coordinates printed in the text ("31.4502, 34.3929"): the place of the happening of their paragraph, else of the page's first one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from purport.coding.tellings import Telling
from purport.coding.tree import Tree
from purport.model import Span, Toponym

#: Decimal degrees with at least three places, so that no pair of figures or prices is taken for a point on the earth.
PAIR = re.compile(
    r"(?<![\d.,])(?P<lat>[-−+]?\d{1,2}\.\d{3,})\s?°?\s?(?P<ns>[NS])?\s?[,;/]\s?(?P<lon>[-−+]?\d{1,3}\.\d{3,})\s?°?\s?(?P<ew>[EW])?(?![\d])"
)
#: What a point is not printed for.
NOWHERE = frozenset({"threat", "ceasefire", "release", "detention", "displacement", "protest", "riot", "territorial_change"})


def with_coordinates(tellings: Sequence[Telling], *, tree: Tree) -> list[Telling]:
    """The tellings; each printed point added to the last one before it in its block, else to the first of the page."""
    found = list(tellings)
    able = [n for n, t in enumerate(found) if t.trigger.type not in NOWHERE and t.reality == "actual"]
    for point in points_of(tree) if able else ():
        block = _block(tree, point.span)
        before = [n for n in able if block.start <= found[n].trigger.token.span.start < point.span.start and not found[n].pointing_back]
        number = before[-1] if before else able[0]
        found[number] = replace(found[number], places=(*found[number].places, point))
    return found


def points_of(tree: Tree) -> Iterator[Toponym]:
    """Each printed point as an exact toponym, named as the last place named before it in its block."""
    text = tree.reading.document.text
    for match in PAIR.finditer(text):
        latitude, longitude = _degrees(match["lat"], match["ns"]), _degrees(match["lon"], match["ew"])
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            span = Span(match.start(), match.end())
            name = _name_before(tree, span) or match.group()
            yield Toponym(span, name, latitude=latitude, longitude=longitude, precision="exact")


def _degrees(words: str, side: str | None) -> float:
    value = float(words.replace("−", "-"))
    return -abs(value) if side in ("S", "W") else value


def _name_before(tree: Tree, span: Span) -> str | None:
    block = _block(tree, span)
    names = [t.name for t in tree.reading.toponyms if block.start <= t.span.start and t.span.end <= span.start and not t.adjective]
    return names[-1] if names else None


def _block(tree: Tree, span: Span) -> Span:
    return next((b.span for b in tree.reading.document.blocks if b.span.covers(span)), Span(0, span.end))
