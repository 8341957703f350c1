"""The invented pages of the package, and what a person codes from them: every expectation is a test of its own."""

import re
from collections import Counter
from importlib.resources import files

import pytest
from expectations import Expectation, expectations, known_gaps, pages, phrases

from purport import ingest
from purport.model import Capture, Failure, Report
from purport.pipeline import Pipeline
from purport.settings import Settings

FOLDER = files("purport.resources").joinpath("examples/pages")
EXPECTATIONS = expectations()
#: Share of the expectations that the reader meets; it only rises.
MET = 0.92
MOST_GAPS = 0.075
#: Words of text without which a page shows nothing.
FEWEST_WORDS = 40


@pytest.fixture(scope="session")
def reports() -> dict[str, Report]:
    """Every page read once; a row of a table under ``file#row``."""
    pipeline = Pipeline()
    return {name: pipeline.report(capture) for name, capture in captures().items()}


def captures() -> dict[str, Capture]:
    found: dict[str, Capture] = {}
    for path in sorted(str(page) for page in FOLDER.iterdir()):
        rows = list(ingest.captures([path], settings=Settings()))
        name = path.rpartition("/")[2]
        assert not any(isinstance(row, Failure) for row in rows), rows
        found |= {name if len(rows) == 1 else f"{name}#{n}": row for n, row in enumerate(rows, start=1) if isinstance(row, Capture)}
    return found


def marked(expectation: Expectation) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=expectation.gap)] if expectation.gap else []
    return pytest.param(expectation, marks=marks, id=expectation.id)


@pytest.mark.parametrize("expectation", [marked(e) for e in EXPECTATIONS])
def test_page_shows_what_a_person_codes(expectation: Expectation, reports: dict[str, Report]) -> None:
    found = expectation.missing(reports[expectation.page])
    assert found is None, found


def test_share_of_expectations_met(reports: dict[str, Report]) -> None:
    unmet = [e.id for e in EXPECTATIONS if e.missing(reports[e.page])]
    met = 1 - len(unmet) / len(EXPECTATIONS)
    print(f"{len(EXPECTATIONS) - len(unmet)} of {len(EXPECTATIONS)} expectations met: {met:.3f}")
    assert met >= MET, unmet


def test_every_page_is_coded_and_every_coded_page_is_there(reports: dict[str, Report]) -> None:
    assert set(reports) == set(pages())
    assert len(reports) >= 18
    assert len({report.document.outlet for report in reports.values()} - {None}) >= 6


@pytest.mark.parametrize("page", pages())
def test_what_is_quoted_stands_in_the_page(page: str, reports: dict[str, Report]) -> None:
    text = reports[page].document.text
    missing = [words for words in phrases(pages()[page]) if words not in text]
    assert not missing
    assert len(text.split()) >= FEWEST_WORDS


@pytest.mark.parametrize("page", sorted({name.partition("#")[0] for name in pages()}))
def test_page_says_that_it_is_invented(page: str) -> None:
    assert b"Invented page for the purport examples" in FOLDER.joinpath(page).read_bytes()


def test_names_of_expectations_are_their_own_and_gaps_name_them() -> None:
    names = Counter(e.id for e in EXPECTATIONS)
    assert [name for name, times in names.items() if times > 1] == []
    assert set(known_gaps()) <= set(names)
    assert len(known_gaps()) <= MOST_GAPS * len(names)


def test_two_pages_lie_about_their_charset() -> None:
    windows = FOLDER.joinpath("a3-market-bombing-copy-lying-charset.html").read_bytes()
    unicode = FOLDER.joinpath("f1-town-retaken-lying-charset.html").read_bytes()
    assert b"charset=utf-8" in windows and b'charset="iso-8859-1"' in unicode
    assert "Málaga" in unicode.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        windows.decode("utf-8")


def test_one_page_has_more_furniture_than_text(reports: dict[str, Report]) -> None:
    name = "d2-aid-workers-claim-bulky-furniture.html"
    shown = re.sub(r"<!--.*?-->|<head>.*?</head>|<[^>]+>", " ", FOLDER.joinpath(name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(shown.split()) > 2 * len(reports[name].document.text.split())
