"""Days as numbers, and what a weekday or a day without a year means beside a publication."""

from datetime import date

import pytest

from purport.incidents.calendar import day_in_address, day_of_year, iso_days, resolved, weekday_of

WEAK = (date(2022, 7, 21).toordinal(), date(2022, 7, 24).toordinal())  # published on Saturday 23 July 2022


@pytest.mark.parametrize(
    ("value", "edtf", "expected"),
    [
        ("2022-07-22", "2022-07-22", ("2022-07-22", "2022-07-22")),
        ("2022-07", "2022-07", ("2022-07-01", "2022-07-31")),
        ("2022", "2022", None),  # a year says too little to compare by
        ("XXXX-WXX-5", None, ("2022-07-22", "2022-07-22")),
        ("XXXX-07-20", "XXXX-07-20", ("2022-07-20", "2022-07-20")),
        ("XXXX-12-24", "XXXX-12-24", ("2021-12-24", "2021-12-24")),
        ("XXXX-02-29", "XXXX-02-29", None),
        ("PRESENT_REF", None, None),
    ],
)
def test_a_time_beside_its_publication(value: str, edtf: str | None, expected: tuple[str, str] | None) -> None:
    found = resolved(value, edtf, weak=WEAK)
    assert (iso_days(found) if found else None) == expected


def test_without_publication_a_weekday_is_a_weekday() -> None:
    assert resolved("XXXX-WXX-5", None, weak=None) is None
    assert (weekday_of("XXXX-WXX-5"), weekday_of("2022-07-22")) == (5, None)
    assert (day_of_year("XXXX-07-20"), day_of_year("2022-07-20")) == ("07-20", None)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://harbour.example/2021/11/24/strike", "2021-11-24"),
        ("https://harbour.example/news/2021-1-4-strike", "2021-01-04"),
        ("https://harbour.example/live/20220202-strike", "2022-02-02"),
        ("https://harbour.example/2021/02/30/strike", None),
        ("https://harbour.example/a?when=2021-11-24", None),  # what a page was reached by says nothing of it
        ("https://harbour.example/archives/606461", None),
        (None, None),
    ],
)
def test_the_day_in_an_address(url: str | None, day: str | None) -> None:
    found = day_in_address(url)
    assert (iso_days(found)[0] if found else None) == day
