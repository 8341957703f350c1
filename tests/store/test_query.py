"""What a search line means, and what is said about nonsense."""

import pytest

from purport.days import days_of
from purport.errors import QueryError
from purport.store.query import FIELDS, Term, Value, chances_asked, circle_asked, days_asked, numbers_asked, parse_query


def term(field: str | None, *words: str, negated: bool = False, position: int = 0, prefix: bool = False) -> Term:
    return Term(field, tuple(Value(word, prefix) for word in words), negated, position)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", ()),
        ("   ", ()),
        ("market", (term(None, "market"),)),
        ("car bomb", (term(None, "car"), term(None, "bomb", position=4))),
        ('"car bomb"', (term(None, "car bomb"),)),
        ("“car bomb”", (term(None, "car bomb"),)),
        ("-market", (term(None, "market", negated=True),)),
        ("well-known", (term(None, "well-known"),)),
        ("bomb*", (term(None, "bomb", prefix=True),)),
        ("bomb|blast", (term(None, "bomb", "blast"),)),
        ("type:bombing", (term("type", "bombing"),)),
        ("TYPE:bombing", (term("type", "bombing"),)),
        ("type:bombing|air_strike", (term("type", "bombing", "air_strike"),)),
        ('actor:"Islamic State"|Taliban', (term("actor", "Islamic State", "Taliban"),)),
        ('-actor:"Islamic State"', (term("actor", "Islamic State", negated=True),)),
        ("12:30", (term(None, "12:30"),)),
        ("date:2015-01..2015-12", (term("date", "2015-01..2015-12"),)),
        ("حلب", (term(None, "حلب"),)),
    ],
)
def test_terms(query: str, terms: tuple[Term, ...]) -> None:
    assert parse_query(query) == terms


@pytest.mark.parametrize(
    ("query", "position", "what"),
    [
        ('market "car bomb', 8, "without its partner"),
        ("market colour:red", 8, "no field 'colour'"),
        ("https://a.example", 1, "no field 'https'"),
        ("type:", 6, "nothing to look for"),
        ("market -", 9, "nothing to look for"),
        ("type:bombing|", 14, "nothing to look for"),
        ("…", 1, "nothing to look for"),
        ('""', 1, "nothing to look for"),
        ("type:bombing date:yesterday", 14, "no date or range"),
        ("date:2015-13", 1, "no date or range"),
        ("date:2015-02-30", 1, "no date or range"),
        ("date:2016..2015", 1, "no date or range"),
        ("status:true", 1, "status cannot be 'true'"),
        ("reality:real", 1, "reality cannot be"),
        ("disputed:maybe", 1, "disputed cannot be"),
        ("killed:many", 1, "no number or range"),
        ("killed:20..10", 1, "is empty"),
        ("confidence:high", 1, "no range of chances"),
        ("confidence:.6", 1, "no range of chances"),
        ("confidence:60..", 1, "no range of chances"),
        ("confidence:..1.5", 1, "no range of chances"),
        ("confidence:0.6...", 1, "no range of chances"),
        ("confidence:.9...6", 1, "is empty"),
        ("near:Aleppo", 1, "no circle"),
        ("near:91,0,5", 1, "no circle"),
        (" ".join(["a"] * 65), 129, "more than 64"),
    ],
)
def test_nonsense_is_named_with_its_position(query: str, position: int, what: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert caught.value.where == f"query, character {position}"
    assert what in caught.value.what
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2015-12-02", ("2015-12-02", "2015-12-02")),
        ("2015-02", ("2015-02-01", "2015-02-28")),
        ("2016-02", ("2016-02-01", "2016-02-29")),
        ("2015", ("2015-01-01", "2015-12-31")),
        ("201X", ("2010-01-01", "2019-12-31")),
        ("2015-1X", ("2015-01-01", "2015-12-31")),
        ("2015-12-XX", ("2015-12-01", "2015-12-31")),
        ("2015-21", ("2015-03-01", "2015-05-31")),
        ("2015-24", ("2015-12-01", "2016-02-29")),
        ("2006-07~", ("2006-07-01", "2006-07-31")),
        ("2006-07?/2006-09%", ("2006-07-01", "2006-09-30")),
        ("2015-09-30/..", ("2015-09-30", "9999-12-31")),
        ("../2015", ("0001-01-01", "2015-12-31")),
        ("2015-12-02T14:00", ("2015-12-02", "2015-12-02")),
        ("2015-12-02TNI", ("2015-12-02", "2015-12-02")),
        ("9999-24", ("9999-12-01", "9999-12-31")),
        ("XXXX-10-06", None),
        ("2015-13", None),
        ("2015-02-30", None),
        ("2015-00", None),
        ("0000", None),
        ("../..", None),
        ("2015/Friday", None),
        ("P3D", None),
        ("", None),
        (None, None),
    ],
)
def test_days_of_edtf(edtf: str | None, days: tuple[str, str] | None) -> None:
    assert days_of(edtf) == days


@pytest.mark.parametrize(
    ("words", "range_"), [("10", (10, 10)), ("10..20", (10, 20)), ("10..", (10, None)), ("..20", (0, 20)), ("0", (0, 0))]
)
def test_numbers(words: str, range_: tuple[int, int | None]) -> None:
    assert numbers_asked(term("killed"), Value(words)) == range_


@pytest.mark.parametrize(
    ("words", "range_"),
    [
        (".6..", (0.6, 1.0)),
        ("0.6..0.9", (0.6, 0.9)),
        (".6...9", (0.6, 0.9)),
        ("...4", (0.0, 0.4)),
        ("..0.4", (0.0, 0.4)),
        ("0..1", (0.0, 1.0)),
        ("1..", (1.0, 1.0)),
        ("..1.0", (0.0, 1.0)),
        ("0.625..0.625", (0.625, 0.625)),
    ],
)
def test_chances(words: str, range_: tuple[float, float]) -> None:
    assert chances_asked(term("confidence"), Value(words)) == range_


@pytest.mark.parametrize(("words", "circle"), [("36.2,37.1,50", (36.2, 37.1, 50.0)), ("-1.6,29.2,10km", (-1.6, 29.2, 10.0))])
def test_circles(words: str, circle: tuple[float, float, float]) -> None:
    assert circle_asked(term("near"), Value(words)) == circle


def test_open_ranges_of_days() -> None:
    assert days_asked(term("date"), Value("2015..")) == ("2015-01-01", "9999-12-31")
    assert days_asked(term("date"), Value("..2015")) == ("0001-01-01", "2015-12-31")


def test_every_field_says_what_it_asks() -> None:
    assert all(words and not words.endswith(".") for words in FIELDS.values())
