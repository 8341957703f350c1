"""The tables of place names hold what the hand-written ones say, and nothing that is no place."""

import pytest

from purport.resources import rows_of

TABLES = ("ar", "cyrillic", "he", "latin")


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_places(table: str) -> None:
    rows = list(rows_of(f"sketch/places_{table}.tsv"))
    assert len(rows) > 1000
    for row in rows:
        assert row["names"] and row["name"], row
        assert -90 <= float(row["latitude"]) <= 90 and -180 <= float(row["longitude"]) <= 180, row
        assert row["kind"] in {"country", "city", "region", "province", "district", "exact"}, row


@pytest.mark.parametrize("table", ["ar", "latin"])
def test_every_hand_written_row_is_in_its_table(table: str) -> None:
    made = {(row["names"], row["kind"] == "country") for row in rows_of(f"sketch/places_{table}.tsv")}
    written = {(row["names"], row["kind"] == "country") for row in rows_of(f"sketch/{table}_places.tsv")}
    assert written <= made, sorted(written - made)[:3]
