"""One event: what, on whose word, and each claim with its quote and its chain."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from purport.model import Claim, Event, Factuality, Report
from purport.status import status_code, status_of
from purport.terminal.screen import NARROW
from purport.terminal.styles import CHAIN, QUIET, ROLE, STATUS, quoted, words
from purport.wording import (
    adds_to_quote,
    chain_words,
    claim_role,
    claims_in_order,
    confidence_words,
    how_words,
    label,
    likeliest,
    reality_words,
    stance_words,
    status_label,
    value_words,
)

INDENT, ROLE_COLUMN, GAP = 3, 11, 2  #: columns


class EventView:
    """An event as rich prints it; narrow terminals get the chain under the quote rather than beside it."""

    def __init__(self, event: Event, report: Report, *, number: int, with_ids: bool = False) -> None:
        self._event, self._report, self._number, self._with_ids = event, report, number, with_ids

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield event_title(self._event, self._report, number=self._number)
        body: list[RenderableType] = [words(f"{status_of(self._event, self._report)}."), self._claims(options.max_width)]
        yield Padding(Group(*body, *([words(self._event.id, QUIET)] if self._with_ids else [])), (0, 0, 1, INDENT))

    def _claims(self, columns: int) -> Table:
        """Role, value with its quotes, and who says it, in a table as wide as the terminal allows."""
        is_narrow, rest = columns < NARROW, columns - INDENT - ROLE_COLUMN - GAP
        what_columns = rest if is_narrow else (rest - GAP) * 11 // 20
        table = Table.grid(padding=(0, GAP))
        for width in (ROLE_COLUMN, what_columns, *([] if is_narrow else [rest - GAP - what_columns])):
            table.add_column(width=width)
        for role, claims in groupby(
            merged(claims_in_order(self._event), self._report), key=lambda pair: claim_role(pair[0], self._event.type)
        ):
            for position, (claim, quotes, sure) in enumerate(claims):
                what = self._what(claim, quotes, columns=what_columns)
                who = who_says(claim, self._report).append_text(words(f" · {sure}", QUIET))
                table.add_row(words("" if position else role, ROLE), *([Group(what, who)] if is_narrow else [what, who]))
        return table

    def _what(self, claim: Claim, quotes: list[str], *, columns: int) -> Text:
        """Value, quotes and maybe the id in one line if they fit, else one under the other."""
        parts = [words(value_words(claim))] if adds_to_quote(claim) else []
        parts.append(Text(" ").join(quoted(quote) for quote in quotes))
        parts += [words(claim.id, QUIET)] if self._with_ids else []
        fits = sum(part.cell_len + 2 for part in parts) - 2 <= columns
        return Text("  " if fits else "\n").join(parts)


def event_title(event: Event, report: Report, *, number: int) -> Text:
    """ "1  killing — actual, possible · claimed", the status in its colour."""
    code = status_code(event, report)
    style = STATUS[code]
    reality = reality_words(event)
    told = [] if label(code) in reality.split(", ") else [(" · ", QUIET), (status_label(event, report), style)]
    return Text.assemble((f"{number}  ", QUIET), (label(event.type).upper(), style), "  ", reality, *told)


def merged(claims: list[Claim], report: Report) -> Iterator[tuple[Claim, list[str], str]]:
    """Claims that say the same on the same word, once: the first, all their quotes, and the greatest of their confidences ("62%")."""
    same: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        chain = chain_words(claim.attribution_id, report)
        key = (claim.role, value_words(claim).casefold(), chain, stance_words(claim, report), claim.factuality)
        same.setdefault(key, []).append(claim)
    for together in same.values():
        yield together[0], list(dict.fromkeys(claim.words for claim in together)), confidence_words(likeliest(together))


def who_says(claim: Claim, report: Report) -> Text:
    """ "The captive (under duress) ← NBC · admits"; only "the outlet itself" for its own plain voice."""
    chain = words(chain_words(claim.attribution_id, report), CHAIN if claim.attribution_id else QUIET)
    if claim.attribution_id is None and claim.factuality is Factuality.CERTAIN:
        return chain
    return Text.assemble(chain, words(f" · {how_words(claim, report)}", QUIET))
