"""EDTF in words."""

import pytest

from purport.timing import date_words, precision_of

CASES = [
    ("2015-12-02", "", "2 December 2015", "day"),
    ("2015-12", "", "December 2015", "month"),
    ("2015", "", "2015", "year"),
    ("2015-21", "", "spring 2015", "season"),
    ("2015-34", "", "2nd quarter of 2015", "season"),
    ("201X", "", "2010s", "decade"),
    ("19XX", "", "1900s", "decade"),
    ("2006-07~", "", "about July 2006", "month"),
    ("2006?", "", "perhaps 2006", "year"),
    ("XXXX-10-06", "", "6 October of an unknown year", "day"),
    ("2009-06/2009-08", "", "June 2009 to August 2009", "period"),
    ("2015-09-30/..", "", "since 30 September 2015", "period"),
    ("../2015", "", "until 2015", "period"),
    ("2015-12-02", "2015-12-02TNI", "2 December 2015, night", "day"),
    ("2015-12-02", "2015-12-02T09:00", "2 December 2015", "day"),
    ("sometime", "", "sometime", ""),
]


@pytest.mark.parametrize(("edtf", "timex", "words", "precision"), CASES)
def test_dates_in_words(edtf: str, timex: str, words: str, precision: str) -> None:
    assert date_words(edtf, timex=timex) == words
    assert precision_of(edtf) == precision
