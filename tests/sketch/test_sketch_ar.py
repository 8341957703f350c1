"""Sketches of Arabic pages. All sentences, people and happenings are invented; places are real."""

import pytest

from purport.incident import Sketch
from purport.model import Document, Quantity
from purport.settings import Settings
from purport.sketch import sketch_of


def sketched(text: str, *, published: str | None = "2023-06-15", language: str = "ar", url: str | None = None) -> Sketch:
    return sketch_of(Document("doc-1", "cap-1", text, published=published, language=language, url=url), settings=Settings())


def days(text: str, **settings: str | None) -> list[tuple[str, str | None]]:
    return [(t.span.of(text), t.edtf) for t in sketched(text, **settings).times]  # type: ignore[arg-type]


def tolls(text: str) -> list[tuple[str, str, int | None, int | None]]:
    return [(q.span.of(text), q.unit, q.low, q.high) for q in sketched(text).quantities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقع الانفجار في مدينة الباب", [("الباب", "Al-Bab", "exact")]),
        ("وقف الرجل عند الباب", []),  # "at the door"
        ("قصف على بلدة سرمين بريف إدلب الشرقي", [("سرمين", "Sarmin", "exact"), ("إدلب", "Idlib", "province")]),
        ("شمالي سراقب", [("سراقب", "Saraqib", "near")]),
        ("هجوم بدير الزور", [("دير الزور", "Deir ez-Zor", "exact")]),
        ("هجوم في ديرالزور", [("ديرالزور", "Deir ez-Zor", "exact")]),
        ("محافظة حلب", [("حلب", "Aleppo", "province")]),
        ("من قرية تل الزنبق", [("تل الزنبق", "تل الزنبق", "unknown")]),
        ("إلى غزة وبيروت والموصل", [("غزة", "Gaza Strip", "region"), ("بيروت", "Beirut", "exact"), ("الموصل", "Mosul", "exact")]),
        ("يوم الخميس في سوريا", [("سوريا", "Syria", "country")]),  # Thursday is also a town
    ],
)
def test_places(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(p.span.of(text), p.name, p.precision) for p in sketched(text).places] == expected


def test_a_place_of_two_is_chosen_by_the_country_named() -> None:
    lebanon = sketched("في لبنان، بين مدينة صيدا ومدينة صور وبيروت").places
    assert {p.country for p in lebanon} == {"LB"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في ١٢ آذار ٢٠٢٣", [("١٢ آذار ٢٠٢٣", "2023-03-12")]),
        ("يوم 12 من آذار/مارس 2023", [("12 من آذار/مارس 2023", "2023-03-12")]),
        ("في 4 تشرين الأول", [("4 تشرين الأول", "2022-10-04")]),
        ("بتاريخ 23/03/2023", [("23/03/2023", "2023-03-23")]),
        ("وقع اليوم الخميس", [("اليوم الخميس", "2023-06-15")]),
        ("أمس الأربعاء", [("أمس الأربعاء", "2023-06-14")]),
        ("الاثنين الماضي", [("الاثنين الماضي", "2023-06-12")]),
        ("الخميس الماضي", [("الخميس الماضي", "2023-06-08")]),
        ("اليوم الأربعاء 14 حزيران", [("اليوم الأربعاء 14 حزيران", "2023-06-14")]),
        ("في 31 شباط 2023", [("31 شباط 2023", "XXXX-02-31")]),
    ],
)
def test_days(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقع اليوم الخميس", [("اليوم الخميس", None)]),  # no day is known, none is made up
        ("في 4 تشرين الأول", [("4 تشرين الأول", "XXXX-10-04")]),
        (
            "اليوم الأربعاء 4 تشرين الأول، وكان ذلك منذ 5 أيار 2023",
            [("اليوم الأربعاء 4 تشرين الأول", "2023-10-04"), ("5 أيار 2023", "2023-05-05")],
        ),
        ("3 آب 2022\nقصف اليوم على المدينة", [("3 آب 2022", "2022-08-03"), ("اليوم", "2022-08-03")]),
    ],
)
def test_days_of_a_page_without_a_date(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert days(text, published=None) == expected


def test_the_address_dates_a_page() -> None:
    assert days("قصف اليوم", published=None, url="https://example.org/2021/09/19/x") == [("اليوم", "2021-09-19")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مقتل 4 مدنيين وإصابة ثلاثة آخرين", [("4 مدنيين", "killed", 4, 4), ("ثلاثة آخرين", "injured", 3, 3)]),
        ("استشهد طفل وأصيبت امرأتان", [("طفل", "killed", 1, 1), ("امرأتان", "injured", 2, 2)]),
        ("خمسة قتلى و7 جرحى", [("خمسة قتلى", "killed", 5, 5), ("و7 جرحى", "injured", 7, 7)]),
        ("قتيلان وجريح في انفجار", [("قتيلان", "killed", 2, 2), ("وجريح", "injured", 1, 1)]),
        ("مقتل وإصابة 8 أشخاص", [("8 أشخاص", "casualties", 8, 8)]),
        ("مقتل ما لا يقل عن 12 شخصا", [("12 شخصا", "killed", 12, None)]),
        ("إصابة خمسة وعشرين مدنيا", [("خمسة وعشرين مدنيا", "injured", 25, 25)]),
        ("استشهاد رجل وامرأة وطفلين", [("رجل وامرأة وطفلين", "killed", 4, 4)]),
        ("إصابة عدد من المدنيين", [("عدد من المدنيين", "injured", 2, None)]),
        ("ثلاثة مدنيين قتلوا", [("ثلاثة مدنيين", "killed", 3, 3)]),
        ("مقتل 3 مدنيين وإصابة أكثر من 11 آخرين", [("3 مدنيين", "killed", 3, 3), ("11 آخرين", "injured", 11, None)]),
        ("أصيب اثنان آخران", [("اثنان آخران", "injured", 2, 2)]),
        ("يبلغ من العمر 16 عاما", []),
        ("سقوط 50 قذيفة على البلدة", []),
        ("اعتقال ثلاثة شبان", [("ثلاثة شبان", "detained", 3, 3)]),
        ("مـ ـقـ ـتـ ـل 3 مدنيين", [("3 مدنيين", "killed", 3, 3)]),  # drawn apart to get past filters
    ],
)
def test_tolls(text: str, expected: list[tuple[str, str, int | None, int | None]]) -> None:
    assert tolls(text) == expected


def test_some_of_them_are_a_part() -> None:
    first, second = sketched("مقتل 6 مدنيين بينهم طفلان").quantities
    assert (first.part_of_whole, second.part_of_whole) == (False, True)
    assert isinstance(second, Quantity)


def test_whose_forces_act_is_kept_apart_from_places() -> None:
    text = "قصفت القوات التركية وقوات النظام بلدة سرمين"
    assert [(p.span.of(text), p.country) for p in sketched(text).places if p.adjective] == [("التركية", "TR"), ("وقوات النظام", "SY")]


def test_names_and_type_words() -> None:
    text = "استهدفت غارة جوية منزل محمد سالم الزعفران في البلدة"
    found = sketched(text)
    assert [n.of(text) for n in found.names] == ["محمد سالم الزعفران"]
    assert ("غارة جوية", "air_strike") in [(w.span.of(text), w.type) for w in found.type_words]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_letters_tell_the_language_of_a_page_that_was_not_looked_at(language: str) -> None:
    assert sketched("قصف على مدينة إدلب", language=language).language == "ar"


def test_another_language_gives_an_empty_sketch() -> None:
    assert sketched("Ein Angriff auf Aleppo", language="xx") == Sketch("doc-1", "xx")


@pytest.mark.parametrize("text", ["", " ", "،", "و", "ال" * 1000, "1/1/1", "اليوم" * 3])
def test_any_text_is_sketched(text: str) -> None:
    assert sketched(text).document_id == "doc-1"
