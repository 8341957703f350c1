"""Quoted stretches of a page, paired within paragraphs and carried over them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from purport.model import READ_KINDS, Document, Span

#: Double marks, and single ones that stand where a quote can open or close. PolNeAR and older wires print '' for a double mark.
MARK = re.compile(r"[“”„«»\"]|''|``|(?<![^\s(\[—–“\"])[‘'](?=[^\s'])|(?<=[^\s'])[’'](?![\w'])")
DOUBLE = frozenset('“”„«»"') | {"''", "``"}
ALWAYS_OPEN = frozenset("„«") | {"``"}
ALWAYS_CLOSED = frozenset("»")
#: Marks that close wherever they stand after an open quote.
CLOSING = ("”", "»", "''")

#: What stands before a mark that opens though it looks as if it closed, and after it.
SAID = re.compile(r"\b(?:said|says|added|adds|stated|wrote|replied|declared|told \w+)[,:]?$")
#: The longest stretch in which such a verb is looked for.
LOOK_BACK = 30
CAPITAL = re.compile(r"\s*[\[A-Z]")
#: Blocks over which an open quote is followed to the mark that closes it, where no block opens it anew.
MAX_CARRIED = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch with its marks. ``runs_on``: its paragraph ends without a closing mark; ``carries_on``: the one before it did so."""

    span: Span
    block: int
    runs_on: bool = False
    carries_on: bool = False


def find_quotes(document: Document) -> tuple[Quote, ...]:
    """Outermost quotes in text order."""
    found: list[Quote] = []
    blocks = [(index, block.span) for index, block in enumerate(document.blocks) if block.kind in READ_KINDS]
    for number, (index, span) in enumerate(blocks):
        carried = bool(found) and found[-1].runs_on and found[-1].block == (blocks[number - 1][0] if number else -1)
        start = span.start
        if carried:
            inner = _carried_over(document.text, [s for _, s in blocks[number : number + MAX_CARRIED]])
            if inner is not None:
                found.append(Quote(inner, index, runs_on=inner.end == span.end and not _ends_closed(document.text, inner), carries_on=True))
                start, carried = inner.end, False
        found.extend(_of_block(document.text, Span(start, span.end), index=index, carried=carried))
    return tuple(found)


def _carried_over(text: str, spans: list[Span]) -> Span | None:
    """What of the first span belongs to a quote that is open before it and that a later mark closes; None if a mark opens it anew or
    nothing closes it (line breaks inside a speech: “He came.⏎They shot him.”)."""
    for span in spans:
        mark = next((m for m in MARK.finditer(text, span.start, span.end) if m.group() in DOUBLE), None)
        if mark is None:
            continue
        closing = mark.group() in CLOSING or (mark.group() in '"' and not text[mark.start() - 1].isspace() and mark.start() > span.start)
        if not closing:
            return None
        return Span(span.start, mark.end()) if span is spans[0] else spans[0]
    return None


def _ends_closed(text: str, span: Span) -> bool:
    return text.endswith((*CLOSING, '"'), span.start, span.end)


def _of_block(text: str, span: Span, *, index: int, carried: bool) -> Iterator[Quote]:
    opened: re.Match[str] | None = None
    for mark in MARK.finditer(text, span.start, span.end):
        if opened is None:
            if _may_open(text, mark, end=span.end):
                opened = mark
        elif _closes(text, mark, opened=opened):
            yield Quote(Span(opened.start(), mark.end()), index, carries_on=carried and opened.start() == span.start)
            opened = None
    if opened is not None and opened.group() in DOUBLE:
        yield Quote(Span(opened.start(), span.end), index, runs_on=True, carries_on=carried and opened.start() == span.start)


def _may_open(text: str, mark: re.Match[str], *, end: int) -> bool:
    if (
        mark.group() in '”"'
        and SAID.search(text[max(0, mark.start() - LOOK_BACK) : mark.start()]) is not None
        and CAPITAL.match(text, mark.end(), end)
    ):
        return mark.group() in text[mark.end() : end]  # said” The foreigners …”
    if mark.group() in ALWAYS_CLOSED or mark.group() == "’" or mark.end() >= end:
        return False
    if mark.group() in ALWAYS_OPEN:
        return True
    return not text[mark.end()].isspace() or mark.group() == "“"


def _closes(text: str, mark: re.Match[str], *, opened: re.Match[str]) -> bool:
    if (mark.group() in DOUBLE) != (opened.group() in DOUBLE):
        return False
    if opened.group() not in DOUBLE:
        return mark.group() in "’'" and not text[mark.start() - 1].isspace()
    return mark.group() not in ALWAYS_OPEN
