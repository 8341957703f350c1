"""Who says what of an incident, as a table: a row a role or count, a column an origin, third parties first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from purport.accounts import Account, Contest, Saying, Told
from purport.incident import Origin, Standing
from purport.model import Count, Span
from purport.timing import date_words
from purport.wording import FACTUALITIES, STANCES, contest_label, count_range

GROUPS = (
    (Standing.THIRD_PARTY.value, "Independent third parties"),
    (Standing.UNKNOWN.value, "Unknown standing"),
    (Standing.PARTY.value, "Parties to the conflict"),
    (Standing.CAPTIVE.value, "Captives"),
    ("none", "Resting on nobody named"),
)
MOST_SAYINGS = 2  #: of one value in a cell, spelt out; the others fold away


@dataclass(frozen=True, slots=True)
class Quote:
    """One saying as a cell shows it; ``href`` leads to the exact place in the page."""

    words: str
    href: str
    outlet: str
    day: str
    who: str
    how: str
    document_id: str
    claim_id: str


@dataclass(frozen=True, slots=True)
class CellValue:
    """One value on the word of one origin."""

    words: str
    denied: bool
    replaced_by: str | None
    quotes: tuple[Quote, ...]

    @property
    def first(self) -> tuple[Quote, ...]:
        return self.quotes[:MOST_SAYINGS]

    @property
    def rest(self) -> tuple[Quote, ...]:
        return self.quotes[MOST_SAYINGS:]


@dataclass(frozen=True, slots=True)
class Column:
    """One origin, or None for what rests on nobody named. ``group`` names its standing."""

    origin: Origin | None
    group: str

    @property
    def name(self) -> str:
        return self.origin.name if self.origin else "the outlet, or a source that is not named"


@dataclass(frozen=True, slots=True)
class Row:
    """One role or count; ``cells`` stand in the order of the columns."""

    title: str
    contest: Contest
    cells: tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True, slots=True)
class SayingsTable:
    """The whole table. ``groups``: key, title and number of columns of each standing that is there."""

    columns: tuple[Column, ...]
    groups: tuple[tuple[str, str, int], ...]
    rows: tuple[Row, ...]


def sayings_table(account: Account) -> SayingsTable:
    """All that is said of an incident, none of it left out: every saying stands in exactly one cell."""
    columns = tuple(_columns(account))
    counts = {key: sum(column.group == key for column in columns) for key, _ in GROUPS}
    groups = tuple((key, title, counts[key]) for key, title in GROUPS if counts[key])
    return SayingsTable(columns, groups, tuple(_row(contest, columns, account=account) for contest in account.contests))


def _columns(account: Account) -> Iterator[Column]:
    """Origins that say something in a contest, by standing, then by how many pages rest on them."""
    sayings = [saying for contest in account.contests for value in contest.values for saying in value.sayings]
    said = {saying.origin_id for saying in sayings}
    known = {origin.id for origin in account.incident.origins}
    for key, _ in GROUPS:
        yield from (Column(origin, key) for origin in account.incident.origins if origin.standing.value == key and origin.id in said)
    if said - known:
        yield Column(None, "none")


def _row(contest: Contest, columns: Sequence[Column], *, account: Account) -> Row:
    named = {column.origin.id for column in columns if column.origin}
    cells = []
    for column in columns:
        values = []
        for told in contest.values:
            own = [s for s in told.sayings if (s.origin_id == column.origin.id if column.origin else s.origin_id not in named)]
            if own:
                values.append(_value(told, own))
        cells.append(tuple(values))
    return Row(contest_label(contest, account), contest, tuple(cells))


def value_title(told: Told) -> str:
    """A value in words; of a count only its range, since the row says what is counted."""
    return count_range(told.value) if isinstance(told.value, Count) else told.words


def _value(told: Told, sayings: Sequence[Saying]) -> CellValue:
    return CellValue(value_title(told), all(s.denies for s in sayings), told.replaced_by, tuple(map(quote_of_saying, sayings)))


def quote_of_saying(saying: Saying) -> Quote:
    """One saying with its stance and certainty in words, and the address of its evidence."""
    stance = STANCES[saying.stance] if saying.stance else "tells"
    how = f"{stance}, {FACTUALITIES[saying.factuality]}"
    day = date_words(saying.published) if saying.published else "undated"
    return Quote(saying.words, address_of(saying), saying.outlet, day, saying.who, how, saying.document_id, saying.claim_id)


def address_of(saying: Saying) -> str:
    """Where its evidence stands."""
    return place_address(saying.document_id, saying.spans[0] if saying.spans else None)


def place_address(document_id: str, span: Span | None) -> str:
    """The address of a place in a page."""
    return f"/document/{document_id}" + (f"#s{span.start}-{span.end}" if span else "")
