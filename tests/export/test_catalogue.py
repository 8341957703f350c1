"""Every format of the catalogue on a project: written, stated, held against its publisher's columns and validators, read back."""

import csv
import io
import json
import runpy
import struct
from pathlib import Path
from typing import Any

import followthemoney
import frictionless
import openpyxl
import pyarrow.parquet as pq
import pytest
from followthemoney.statement.serialize import read_csv_statements
from lxml import etree

from purport.cli.export import FORMATS
from purport.errors import SettingsError
from purport.export.acled import interaction_of
from purport.export.case import Terms, columns_of, mapping_of
from purport.export.catalogue import CASES, CATALOGUE, Shape
from purport.export.claim_table import harmless
from purport.export.crosswalk import sector_of
from purport.export.gdelt import fraction_of
from purport.export.ged import priogrid_cell
from purport.export.polecat import actor_code_of
from purport.export.rows import rows_of
from purport.export.spreadsheet import write_xlsx
from purport.export.tables import number_of, write_tabbed_row
from purport.export.xml_text import xml_safe
from purport.exporting import META, Asked, export
from purport.listing import Wanted
from purport.model import EntityKind, Thing
from purport.store import Store

DOCS = Path(__file__).parents[2] / "docs"
COUNTS = {"ged": 49, "acled": 31, "gdelt_events": 61, "gdelt_mentions": 16, "polecat": 40}
WRITABLE = [name for name, format in CATALOGUE.items() if format.shape is not Shape.COPY]


def made(project_file: Path, folder: Path, name: str, **asked: Any) -> Path:
    """The project in one format."""
    target = folder / name
    with Store(project_file, read_only=True) as store:
        export(store, target, format=name, asked=Asked(**asked))
    return target


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# ------------------------------------------------------------------ the catalogue itself
@pytest.mark.parametrize(("name", "number"), COUNTS.items())
def test_a_format_has_as_many_columns_as_its_publisher_says(name: str, number: int) -> None:
    assert len(columns_of(name)) == number


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_format_is_described_and_in_the_help(name: str) -> None:
    described = CATALOGUE[name].described()
    assert described["source"] and described["left_out"] and described["cannot"]
    assert described["checked"].startswith(("2026-11-23: ", "purport's own"))
    assert name in FORMATS


@pytest.mark.parametrize(
    ("first", "second", "is_alone", "interaction"),
    [
        ("State forces", "Civilians", False, "State forces-Civilians"),
        ("Civilians", "State forces", False, "State forces-Civilians"),
        ("Protesters", "State forces", False, "State forces-Protesters"),
        ("State forces", "State forces", False, "State forces-State forces"),
        ("Protesters", None, True, "Protesters only"),
        ("State forces", None, False, None),
        (None, "Civilians", False, None),
    ],
)
def test_who_meets_whom_stands_in_acled_s_order(first: str | None, second: str | None, is_alone: bool, interaction: str | None) -> None:
    assert interaction_of(first, second, is_alone=is_alone) == interaction


@pytest.mark.parametrize(
    ("kind", "code", "sector"), [(EntityKind.NGO, "NGO", "SOC"), (EntityKind.INTERGOVERNMENTAL, "IGO", ""), (EntityKind.FORCE, "", "MIL")]
)
def test_bodies_of_no_country_have_an_actor_code_of_plover(kind: EntityKind, code: str, sector: str) -> None:
    thing = Thing("the observers", kind)
    assert (actor_code_of(thing), sector_of(thing, "sectors")) == (code, sector)


@pytest.mark.parametrize("name", WRITABLE)
def test_every_format_is_written_twice_alike(project_file: Path, tmp_path: Path, name: str) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    one, two = (made(project_file, tmp_path / folder, name) for folder in ("one", "two"))
    if name not in ("xlsx", "parquet"):  # a workbook holds the time at which it was made
        assert one.read_bytes() == two.read_bytes()
    assert one.exists() and not list(tmp_path.glob("*/.*"))


@pytest.mark.parametrize("name", [name for name in WRITABLE if CATALOGUE[name].needs_header])
def test_what_has_no_room_for_its_terms_has_them_beside_it(project_file: Path, tmp_path: Path, name: str) -> None:
    path = made(project_file, tmp_path, name)
    stated = json.loads(path.with_name(path.name + META).read_text(encoding="utf-8"))
    assert stated["names"] == "names of victims withheld"
    assert stated["policy"].startswith(CATALOGUE[name].policy or "none")
    assert stated["what it cannot say"]


@pytest.mark.parametrize("name", WRITABLE)
def test_names_are_withheld(project_file: Path, tmp_path: Path, name: str) -> None:
    path = made(project_file, tmp_path, name, mask_names=True)
    files = list(path.iterdir()) if path.is_dir() else [path]
    assert not any(b"Haddouli" in file.read_bytes() for file in files)


@pytest.mark.parametrize(
    ("name", "asked", "what"),
    [
        ("xml", {}, "no format"),
        ("csv", {"policy": "ucdp"}, "without a policy"),
        ("ged", {"policy": "best"}, "no policy"),
        ("sqlite", {"mask_names": True}, "holds every name"),
        ("sqlite", {"mask_names": False, "query": "x"}, "copied whole"),
    ],
)
def test_what_cannot_be_is_refused(project_file: Path, tmp_path: Path, name: str, asked: dict[str, Any], what: str) -> None:
    with pytest.raises(SettingsError, match=what):
        made(project_file, tmp_path, name, **asked)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_stays(project_file: Path, tmp_path: Path) -> None:
    made(project_file, tmp_path, "parquet")
    with pytest.raises(SettingsError, match="is there already"):
        made(project_file, tmp_path, "parquet")


# ------------------------------------------------------------------ tables of the field
@pytest.mark.parametrize("name", ["ged", "acled", "gtd", "incidents"])
def test_a_table_has_its_columns_and_no_others(project_file: Path, tmp_path: Path, name: str) -> None:
    rows = table(made(project_file, tmp_path, name))
    assert rows and all(tuple(row) == columns_of(name) for row in rows)
    empty = [column for column, holds in mapping_of(name)["columns"].items() if not holds]
    assert all(row[column] == "" for row in rows for column in empty)


def test_ged_estimates_are_in_order(project_file: Path, tmp_path: Path) -> None:
    for row in table(made(project_file, tmp_path, "ged")):
        assert 0 <= int(row["low"]) <= int(row["best"]) <= int(row["high"])
        assert int(row["best"]) == int(row["deaths_civilians"] or 0) + int(row["deaths_unknown"])
        assert row["where_prec"] in "1234567" and row["date_prec"] in "12345"
        assert int(row["id"]) == number_of(row["relid"])


def test_acled_notes_say_who_says_what(project_file: Path, tmp_path: Path) -> None:
    rows = table(made(project_file, tmp_path, "acled"))
    assert all(row["time_precision"] in "123" and row["geo_precision"] in "123" for row in rows)
    assert any("(" in row["notes"] for row in rows)


@pytest.mark.parametrize("name", ["ged", "acled"])
def test_a_table_is_read_back_by_compare(project_file: Path, tmp_path: Path, name: str) -> None:
    from purport import compare

    path = made(project_file, tmp_path, name)
    with Store(project_file, read_only=True) as store:
        compared = compare(list(store.incidents_in_bulk(store.incident_ids())), path)
    assert compared.form == {"ged": "UCDP GED", "acled": "ACLED"}[name]
    dated = [row for row in table(path) if row.get("date_start") or row.get("event_date")]
    assert dated and len(compared.matched) == len(dated) and not compared.missing


def test_only_what_is_asked(project_file: Path, tmp_path: Path) -> None:
    every = table(made(project_file, tmp_path, "incidents"))
    (tmp_path / "some").mkdir()
    type = every[0]["type"]
    some = table(made(project_file, tmp_path / "some", "incidents", wanted=Wanted(type=type)))
    assert 0 < len(some) < len(every)
    assert all(type.replace("_", " ") in row["types"] for row in some)


@pytest.mark.parametrize(("name", "columns"), [("gdelt-events", 61), ("gdelt-mentions", 16), ("polecat", 40)])
def test_tabbed_lines_have_as_many_cells_as_columns(project_file: Path, tmp_path: Path, name: str, columns: int) -> None:
    text = made(project_file, tmp_path, name).read_text(encoding="utf-8")
    assert {line.count("\t") + 1 for line in text.splitlines()} == {columns}


def test_mentions_are_of_events_in_the_event_table(project_file: Path, tmp_path: Path) -> None:
    events, mentions = (made(project_file, tmp_path, f"gdelt-{name}").read_text().splitlines() for name in ("events", "mentions"))
    assert [line.split("\t")[0] for line in events] == [line.split("\t")[0] for line in mentions]


def test_plover_keeps_reality_attribution_and_words(project_file: Path, tmp_path: Path) -> None:
    records = lines(made(project_file, tmp_path, "plover"))
    with Store(project_file, read_only=True) as store:
        claims = {claim.id: claim for report in store.reports() for event in report.events for claim in event.claims}
    told = [claim for record in records for claim in record["purport"]["claims"]]
    assert {claim["id"] for claim in told} == set(claims)
    assert {record["event"][0] for record in records} <= {"ASSAULT", "COERCE", "PROTEST", "THREATEN", "RETREAT"}
    assert all(record["quad_code"] in (1, 2, 3, 4) for record in records)


# ------------------------------------------------------------------ spreadsheets and columns
def test_a_workbook_reads_back_and_goes_on_in_the_next_sheet(project_file: Path, tmp_path: Path) -> None:
    path = made(project_file, tmp_path, "xlsx")
    book = openpyxl.load_workbook(path.rename(path.with_suffix(".xlsx")))
    assert book.sheetnames == ["About", "Incidents", "Claims"]
    ids = [row[0] for row in book["Incidents"].iter_rows(min_row=2, values_only=True)]
    (tmp_path / "csv").mkdir()
    assert ids == [row["incident_id"] for row in table(made(project_file, tmp_path / "csv", "incidents"))]


def test_a_long_table_takes_several_sheets(tmp_path: Path, project_file: Path) -> None:
    from purport import exporting

    with Store(project_file, read_only=True) as store:
        asked = Asked()
        cases = [rows_of(case) for case in exporting.cases(store, asked, policy="ucdp", leaving=exporting.Leaving(store, asked))]
    write_xlsx(cases, tmp_path / "x.xlsx", terms=Terms("xlsx", "purport", True), most_rows=5)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert "Claims 2" in book.sheetnames
    assert sum(book[name].max_row - 1 for name in book.sheetnames if name.startswith("Incidents")) == len(cases)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1"])
def test_no_cell_is_a_formula(cell: str, tmp_path: Path) -> None:
    assert str(harmless(cell)).startswith("'")
    with (tmp_path / "t").open("w", encoding="utf-8") as file:
        write_tabbed_row(file, [cell])
    assert not (tmp_path / "t").read_text(encoding="utf-8").startswith(("=", "+", "-", "@", "\t"))


def test_the_data_package_is_valid(project_file: Path, tmp_path: Path) -> None:
    folder = made(project_file, tmp_path, "parquet")
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert frictionless.Package.metadata_validate is not None
    assert list(frictionless.Package.metadata_validate(descriptor)) == []
    for resource in descriptor["resources"]:
        found = pq.read_table(folder / resource["path"])
        assert [field["name"] for field in resource["schema"]["fields"]] == found.column_names
        key = resource["schema"]["primaryKey"]
        rows = list(zip(*(found[name].to_pylist() for name in ([key] if isinstance(key, str) else key)), strict=True))
        assert len(set(rows)) == len(rows)


def test_geoparquet_says_what_its_points_are(project_file: Path, tmp_path: Path) -> None:
    found = pq.ParquetFile(made(project_file, tmp_path, "geoparquet")).read()
    geo = json.loads(found.schema.metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    column = geo["columns"]["geometry"]
    assert column["encoding"] == "WKB" and column["geometry_types"] == ["Point"]
    points = [
        (struct.unpack("<BIdd", shape)[2:], (x, y))
        for shape, x, y in zip(*(found[name].to_pylist() for name in ("geometry", "longitude", "latitude")), strict=True)
        if shape
    ]
    assert points and all(shape == pair for shape, pair in points)
    west, south, east, north = column["bbox"]
    assert all(west <= x <= east and south <= y <= north for (x, y), _ in points)


# ------------------------------------------------------------------ maps and graphs
def test_kml_follows_its_schema(project_file: Path, tmp_path: Path) -> None:
    """Rules of OGC KML 2.2: the order of a placemark's parts, longitude before latitude, ids that are XML names, begin before end."""
    tree = etree.parse(str(made(project_file, tmp_path, "kml")))
    space = "{http://www.opengis.net/kml/2.2}"
    marks = tree.findall(f".//{space}Placemark")
    assert marks
    order = [f"{space}{name}" for name in ("name", "description", "TimeSpan", "ExtendedData", "Point")]
    for mark in marks:
        places = [order.index(part.tag) for part in mark]
        assert places == sorted(places)
        x, y = map(float, mark.findtext(f"{space}Point/{space}coordinates", "").split(","))
        assert -180 <= x <= 180 and -90 <= y <= 90


def test_gexf_follows_its_schema(project_file: Path, tmp_path: Path) -> None:
    """Rules of GEXF 1.3: ids are unique, edges lead between nodes, values are of attributes that are declared."""
    tree = etree.parse(str(made(project_file, tmp_path, "gexf")))
    space = "{http://gexf.net/1.3}"
    nodes = [node.get("id") for node in tree.iter(f"{space}node")]
    assert nodes and len(set(nodes)) == len(nodes)
    declared = {each.get("id") for each in tree.iter(f"{space}attribute")}
    assert {each.get("for") for each in tree.iter(f"{space}attvalue")} <= declared
    for edge in tree.iter(f"{space}edge"):
        assert edge.get("source") in nodes and edge.get("target") in nodes and int(edge.get("weight", "0")) > 0


def test_geojson_of_incidents_has_a_feature_each(project_file: Path, tmp_path: Path) -> None:
    found = json.loads(made(project_file, tmp_path, "incident-geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection" and found["purport"]["policy"].startswith("ucdp")
    assert all(feature["properties"]["incident_id"] == feature["id"] for feature in found["features"])


def test_xml_takes_any_text() -> None:
    assert etree.fromstring(f"<a>{xml_safe(chr(0) + chr(0xD800) + chr(0xFFFF) + 'a')}</a>").text == "\ufffd\ufffd\ufffda"


# ------------------------------------------------------------------ entities and claims
def test_ftm_takes_every_entity(project_file: Path, tmp_path: Path) -> None:
    entities = [followthemoney.model.get_proxy(record) for record in lines(made(project_file, tmp_path, "ftm"))]
    ids = {entity.id for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        entity.schema.validate(entity.to_dict())
        for prop, value in entity.itervalues():
            assert prop.type.name != "entity" or value in ids


def test_ftm_takes_every_statement(project_file: Path, tmp_path: Path) -> None:
    path = made(project_file, tmp_path, "ftm-statements")
    statements = list(read_csv_statements(io.BytesIO(path.read_bytes())))
    schema = followthemoney.model.get("Event")
    assert schema is not None and statements
    for statement in statements:
        assert statement.prop == "id" or statement.prop in schema.properties
        assert statement.prop == "id" or schema.properties[statement.prop].type.name == statement.prop_type
    assert len({statement.id for statement in statements}) == len(statements)


def test_schema_org_claims_say_whose_they_are(project_file: Path, tmp_path: Path) -> None:
    head, *claims = lines(made(project_file, tmp_path, "schema-org"))
    assert head["@type"] == "Dataset" and "ucdp" in head["description"]
    assert claims and all(claim["@type"] == "Claim" and claim["author"]["name"] and claim["appearance"]["@id"] for claim in claims)


def test_the_project_file_is_copied_whole(project_file: Path, tmp_path: Path) -> None:
    copy = made(project_file, tmp_path, "sqlite", mask_names=False)
    with Store(copy, read_only=True) as store, Store(project_file, read_only=True) as original:
        assert store.verify() == ()
        assert list(store.reports()) == list(original.reports())


# ------------------------------------------------------------------ figures
@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"), [(-90, -180, 1), (-89.9, 179.9, 720), (0.1, 0.1, 180 * 720 + 361), (90, 180, 360 * 720)]
)
def test_priogrid_cells(latitude: float, longitude: float, cell: int) -> None:
    assert priogrid_cell(latitude, longitude) == cell


@pytest.mark.parametrize(("day", "fraction"), [("2015-01-01", "2015.0849"), ("", ""), ("2015-13-01", "")])
def test_the_fraction_of_a_year(day: str, fraction: str) -> None:
    assert fraction_of(day) == fraction


def test_bulk_reads_what_one_by_one_reads(project_file: Path) -> None:
    from dataclasses import replace

    with Store(project_file, read_only=True) as store:
        bulk = list(store.incidents_in_bulk(store.incident_ids()))
        assert bulk == [replace(store.incident(each.id), links=()) for each in bulk]
        assert [each.id for each in bulk] == [entry.id for entry in store.incidents()]


def test_incident_formats_take_cases() -> None:
    assert all((format.policy != "") == (format.takes == CASES) for format in CATALOGUE.values())


def test_the_page_of_exports_is_fresh() -> None:
    made = runpy.run_path(str(DOCS / "make_exports_reference.py"))["page"]()
    assert (DOCS / "exports.md").read_text(encoding="utf-8") == made, "stale: run docs/make_exports_reference.py"
