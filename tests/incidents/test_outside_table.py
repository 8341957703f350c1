from pathlib import Path

import pytest

from purport.errors import InputError, SettingsError
from purport.incidents.outside_cells import as_number, country_code, days_between
from purport.incidents.outside_table import outside_table

GED = "id,relid,side_a,side_b,where_prec,where_coordinates,latitude,longitude,country,date_prec,date_start,date_end,best,high,low\n"
ACLED = "event_id_cnty,event_date,time_precision,actor1,actor2,country,location,latitude,longitude,geo_precision,fatalities\n"


def written(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_ucdp(tmp_path: Path) -> None:
    line = "1,SYR-1,Government of Syria,Insurgents,2,Tadef,36.35,37.53,Syria,4,2024-05-01 00:00:00,2024-05-31 00:00:00,3,5,2\n"
    table = outside_table(written(tmp_path, GED + line))
    (row,) = table.rows
    assert table.form == "UCDP GED"
    assert (row.id, row.line, row.first, row.last) == ("SYR-1", 2, "2024-05-01", "2024-05-31")
    assert (row.low, row.best, row.high, row.radius_km, row.country) == (2, 3, 5, 25.0, "SY")
    assert row.actors == ("Government of Syria", "Insurgents")


@pytest.mark.parametrize(
    ("precision", "days"), [("1", ("2024-05-10", "2024-05-10")), ("2", ("2024-05-07", "2024-05-13")), ("3", ("2024-04-25", "2024-05-25"))]
)
def test_acled_widens_a_date_by_its_precision(tmp_path: Path, precision: str, days: tuple[str, str]) -> None:
    table = outside_table(written(tmp_path, ACLED + f"SYR1,10 May 2024,{precision},ISIS,Civilians,Syria,Tadef,36.3,37.5,3,7\n"))
    (row,) = table.rows
    assert table.form == "ACLED"
    assert (row.first, row.last) == days
    assert (row.low, row.best, row.high, row.radius_km) == (7, 7, 7, 150.0)


def test_other_columns_by_name(tmp_path: Path) -> None:
    table = outside_table(
        written(tmp_path, "Tag;Ort;Tote\n03.05.2024;Homs;12\n"), columns={"date": "Tag", "place": "Ort", "killed": "Tote"}
    )
    (row,) = table.rows
    assert (row.first, row.place, row.best, row.id) == ("2024-05-03", "Homs", 12, "line 2")


def test_bad_lines_are_reported_with_their_numbers_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        "date,place,deaths",
        "2024-05-03,Homs,1",
        "2024-13-03,Homs,1",
        "2024-05-03,Homs",
        "",
        "2024-05-03,Homs,many",
        "2024-05-03,Homs,-4",
        '2024-05-04,"Tadef, the market",2',
        "soon,Homs,1",
    ]
    table = outside_table(written(tmp_path, "\n".join(lines) + "\n"))
    assert [r.place for r in table.rows] == ["Homs", "Tadef, the market"]
    assert [f.where.rpartition("#")[2] for f in table.failures] == ["3", "4", "6", "7", "9"]
    assert all(f.what and f.remedy for f in table.failures)


def test_a_quote_that_is_never_closed_is_a_failure_of_its_line(tmp_path: Path) -> None:
    table = outside_table(written(tmp_path, 'date,place\n2024-05-03,Homs\n2024-05-04,"Tadef\n'))
    assert len(table.rows) == 1
    assert len(table.failures) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (row,) = outside_table(written(tmp_path, "date\tplace\n2024-05-03\tZürich\n", encoding=encoding)).rows
    assert row.place == "Zürich"


@pytest.mark.parametrize("text", ["", "\n\n", "name,colour\nx,red\n", "date,colour\n2024-05-03,red\n", "a\0b,c\n"])
def test_what_is_no_table_of_incidents_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as error:
        outside_table(written(tmp_path, text))
    assert error.value.remedy


@pytest.mark.parametrize("columns", [{"colour": "place"}, {"place": "Town"}])
def test_columns_that_there_are_not_are_refused(tmp_path: Path, columns: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        outside_table(written(tmp_path, "date,place\n2024-05-03,Homs\n"), columns=columns)


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("2024-05-03", ("2024-05-03", "2024-05-03")),
        ("2024/5/3", ("2024-05-03", "2024-05-03")),
        ("20240503", ("2024-05-03", "2024-05-03")),
        ("3 May 2024", ("2024-05-03", "2024-05-03")),
        ("03-MAY-2024", ("2024-05-03", "2024-05-03")),
        ("May 3, 2024", ("2024-05-03", "2024-05-03")),
        ("03/05/2024", ("2024-05-03", "2024-05-03")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("n/a", (None, None)),
    ],
)
def test_dates(cell: str, days: tuple[str | None, str | None]) -> None:
    assert days_between(cell, "", slack=0) == days


@pytest.mark.parametrize(("cell", "number"), [("12", 12), ("1,234", 1234), ("36,5", 36.5), ("-3.5", -3.5), ("", None), ("NA", None)])
def test_numbers(cell: str, number: float | None) -> None:
    assert as_number(cell) == number


@pytest.mark.parametrize(
    ("name", "code"), [("Syria", "SY"), ("syria", "SY"), ("SY", "SY"), ("Myanmar (Burma)", "MM"), ("Ruritania", "Ruritania")]
)
def test_countries(name: str, code: str) -> None:
    assert country_code(name) == code
