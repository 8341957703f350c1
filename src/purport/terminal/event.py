"""One event: what, on whose word, and each claim with its quote and its chain."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from purport.model import Claim, Event, Report
from purport.status import status_code, status_of
from purport.terminal.screen import NARROW
from purport.terminal.styles import CHAIN, QUIET, ROLE, STATUS, quoted, words
from purport.wording import (
    adds_to_quote,
    chain_words,
    claims_in_order,
    label,
    reality_words,
    role_label,
    stance_words,
    surety_words,
    value_words,
)

INDENT = 3


class EventView:
    """An event as rich prints it; narrow terminals get the chain under the quote rather than beside it."""

    def __init__(self, event: Event, report: Report, *, number: int, with_ids: bool = False) -> None:
        self._event, self._report, self._number, self._with_ids = event, report, number, with_ids

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield event_title(self._event, self._report, number=self._number)
        body: list[RenderableType] = [words(f"{status_of(self._event, self._report)}."), self._claims(narrow=options.max_width < NARROW)]
        yield Padding(Group(*body, *([words(self._event.id, QUIET)] if self._with_ids else [])), (0, 0, 1, INDENT))

    def _claims(self, *, narrow: bool) -> Table:
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(width=11, no_wrap=True)
        table.add_column(ratio=11)
        if not narrow:
            table.add_column(ratio=9)
        for role, claims in groupby(merged(claims_in_order(self._event), self._report), key=lambda pair: role_label(pair[0].role)):
            for position, (claim, quotes) in enumerate(claims):
                what, who = self._what(claim, quotes), who_says(claim, self._report)
                cells = [Group(what, who)] if narrow else [what, who]
                table.add_row(words("" if position else role, ROLE), *cells)
        return table

    def _what(self, claim: Claim, quotes: list[str]) -> Text:
        text = words(value_words(claim) + "  ") if adds_to_quote(claim) else Text()
        text.append_text(Text(" ").join(quoted(quote) for quote in quotes))
        return text.append_text(words(f"  {claim.id}", QUIET)) if self._with_ids else text


def event_title(event: Event, report: Report, *, number: int) -> Text:
    """ "1  killing — actual, possible · claimed", the status in its colour."""
    code = status_code(event, report)
    style = STATUS[code]
    return Text.assemble(
        (f"{number}  ", QUIET),
        (label(event.type).upper(), style),
        ("  ", ""),
        (reality_words(event), ""),
        (" · ", QUIET),
        (label(code), style),
    )


def merged(claims: list[Claim], report: Report) -> Iterator[tuple[Claim, list[str]]]:
    """Claims that say the same on the same word, once, with all their quotes."""
    same: dict[tuple[object, ...], tuple[Claim, list[str]]] = {}
    for claim in claims:
        chain = chain_words(claim.attribution_id, report)
        key = (claim.role, value_words(claim).casefold(), chain, stance_words(claim, report), claim.factuality)
        _, quotes = same.setdefault(key, (claim, []))
        if claim.words not in quotes:
            quotes.append(claim.words)
    yield from same.values()


def who_says(claim: Claim, report: Report) -> Text:
    """ "The captive (under duress) ← NBC · admits, certain"."""
    chain = words(chain_words(claim.attribution_id, report), CHAIN if claim.attribution_id else QUIET)
    if claim.attribution_id is None and surety_words(claim) == "certain":
        return chain
    return Text.assemble(chain, words(f" · {stance_words(claim, report)}, {surety_words(claim)}", QUIET))
