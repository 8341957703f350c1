"""Places by their names in the script of a language."""

from functools import cache
from typing import NamedTuple

from purport.resources import rows_of
from purport.sketch.words import Habits, plain_words

#: Words of the longest name that is looked up.
MOST_WORDS = 4


class Row(NamedTuple):
    """One place of a table ``resources/sketch/places_*.tsv``. ``kind``: country, city, or the precision of a supplement row."""

    geonames_id: int | None
    name: str
    country: str | None
    admin1: str | None
    latitude: float
    longitude: float
    population: int
    kind: str


Index = dict[str, tuple[Row, ...]]


@cache
def index_of(table: str, habits: Habits) -> Index:
    """Places by their names, the words of a name written together; the most populous first."""
    found: dict[str, list[Row]] = {}
    for cells in rows_of(f"sketch/places_{table}.tsv"):
        row = _row(cells)
        for name in {"".join(plain_words(name, habits=habits)) for name in cells["names"].split("|")}:
            if len(name) > 1 and not any(_is_same(row, other) for other in found.get(name, ())):
                found.setdefault(name, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _row(cells: dict[str, str]) -> Row:
    return Row(
        int(cells["geonames_id"]) if cells["geonames_id"] else None,
        cells["name"],
        cells["country"] or None,
        cells["admin1"] or None,
        float(cells["latitude"]),
        float(cells["longitude"]),
        int(cells["population"] or 0),
        cells["kind"],
    )


def _is_same(one: Row, other: Row) -> bool:
    """Two rows for one place: the hand-written one stands first and is kept."""
    return one.country == other.country and abs(one.latitude - other.latitude) < 0.12 and abs(one.longitude - other.longitude) < 0.12
