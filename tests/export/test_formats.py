"""JSON Lines, CSV and GeoJSON of invented pages."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from invented_reports import bomb_page, plain_page
from purport.errors import SettingsError
from purport.export import FORMATS, write
from purport.export.claim_table import count_words, harmless
from purport.model import Count, Report, Thing
from purport.wire import report_from_json

BOMB, PLAIN = bomb_page()[1], plain_page(1)[1]


def exported(*reports: Report, format: str, mask_names: bool = False) -> tuple[int, str]:
    file = io.StringIO(newline="")
    return write(reports, file, format=format, mask_names=mask_names), file.getvalue()


def rows(*reports: Report, mask_names: bool = False) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(*reports, format="csv", mask_names=mask_names)[1], newline="")))


def features(*reports: Report) -> list[dict[str, Any]]:
    collection = json.loads(exported(*reports, format="geojson")[1])
    assert collection["type"] == "FeatureCollection"
    return list(collection["features"])


def test_json_lines_come_back_as_reports() -> None:
    number, text = exported(BOMB, PLAIN, format="jsonl")
    assert number == 2
    assert [report_from_json(json.loads(line)) for line in text.splitlines()] == [BOMB, PLAIN]


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_to_write_is_a_whole_file(format: str) -> None:
    number, text = exported(format=format)
    assert number == 0
    assert text == "" or text.endswith("\n")


def test_csv_has_a_row_for_each_claim() -> None:
    found = rows(BOMB, PLAIN)
    assert [row["claim_id"] for row in found] == [claim.id for report in (BOMB, PLAIN) for event in report.events for claim in event.claims]
    assert all(None not in row and None not in row.values() for row in found)


@pytest.mark.parametrize(
    ("role", "cells"),
    [
        ("type", {"value": "bombing", "words": "car bomb", "chain": "the governor", "stance": "says", "source_kind": "official"}),
        (
            "perpetrator",
            {
                "value": "Islamic State",
                "chain": "the Tidewater Agency > The Islamic State",
                "party": "yes",
                "duress": "no",
                "actor_code": "IS",
            },
        ),
        ("place", {"value": "Aleppo", "country": "SY", "latitude": "36.20124", "longitude": "37.16117", "precision": "exact"}),
        ("time", {"value": "2015-03-03", "edtf": "2015-03-03", "words": "3 March 2015"}),
        ("count", {"value": "12..", "count_kind": "killed", "low": "12", "high": "", "who": "people"}),
        ("target", {"value": "Farid Haddouli", "thing_kind": "person", "named": "no"}),
    ],
)
def test_csv_cells(role: str, cells: dict[str, str]) -> None:
    row = next(row for row in rows(BOMB) if row["role"] == role)
    assert row | cells == row
    assert row | {"outlet": "The Harbour Courier", "status": "claimed", "reality": "actual", "disputed": "no"} == row


def test_the_outlets_own_word_has_an_empty_chain() -> None:
    row = rows(PLAIN)[0]
    assert (row["chain"], row["stance"], row["status_words"]) == ("", "", "reported by the outlet as fact")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("", ""),
        (-37.5, -37.5),
        (None, None),
    ],
)
def test_formulas_are_made_harmless_and_numbers_stay_numbers(cell: str | float | None, written: str | float | None) -> None:
    assert harmless(cell) == written


def test_a_formula_in_a_headline_or_a_name_is_no_formula_in_the_file() -> None:
    event = BOMB.events[0]
    claim = replace(event.claims[1], value=Thing('=HYPERLINK("x")'), words="@x")
    report = replace(BOMB, document=replace(BOMB.document, title='=cmd|"/c calc"!A1'), events=(replace(event, claims=(claim,)),))
    row = rows(report)[0]
    assert [row[name][:2] for name in ("title", "value", "words")] == ["'=", "'=", "'@"]


def test_cells_with_line_breaks_and_quotes_survive() -> None:
    report = replace(PLAIN, document=replace(PLAIN.document, title='He said "no",\nthen\r\nleft'))
    assert rows(report)[0]["title"] == 'He said "no",\nthen\r\nleft'


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count("killed", 12, 12), "12"),
        (Count("killed", 12, 20), "12..20"),
        (Count("killed", 12, None), "12.."),
        (Count("killed", None, 20), "..20"),
        (Count("killed", 0, 0), "0"),
    ],
)
def test_counts_are_ranges(count: Count, words: str) -> None:
    assert count_words(count) == words


def test_geojson_has_a_feature_for_each_place_with_its_chain() -> None:
    aleppo, homs = features(BOMB, PLAIN)
    assert aleppo["geometry"] == {"type": "Point", "coordinates": [37.16117, 36.20124]}
    assert homs["geometry"] is None
    properties = aleppo["properties"]
    assert [link["words"] for link in properties["chain"]] == ["the governor"]
    assert properties["status_words"] == "said by the governor; not independently reported"
    assert properties["precision"] == "exact"
    assert properties["perpetrators"] == [{"value": "The Islamic State", "chain": "the Tidewater Agency > The Islamic State"}]
    assert properties["counts"] == [{"value": "12.. killed (people)", "chain": "the governor"}]
    assert properties["times"] == [{"value": "2015-03-03", "chain": "the governor"}]
    assert homs["properties"]["status"] == "unrealised"


def test_another_format_is_refused() -> None:
    with pytest.raises(SettingsError, match="no format 'xlsx'"):
        exported(format="xlsx")


@pytest.mark.parametrize("format", FORMATS)
def test_masked_files_hold_no_name(format: str) -> None:
    assert "Haddouli" in exported(BOMB, format="jsonl")[1]
    text = exported(BOMB, format=format, mask_names=True)[1]
    assert "Haddouli" not in text
    assert "Farid" not in text
    assert ("[name withheld]" in text) or format == "geojson"
