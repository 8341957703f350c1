"""Invented pages through the whole reader: what each is mainly about, and its civilian toll."""

from functools import cache

import pytest

from purport.extract import document_of_text
from purport.incidents.main_event import MainEvent, day_in, main_event
from purport.pipeline import Pipeline
from purport.settings import Settings

DAY = "2024-05-03"


@cache
def pipeline() -> Pipeline:
    return Pipeline(Settings())


def told(text: str, *, title: str | None = None, published: str | None = "2024-05-04") -> MainEvent | None:
    document = document_of_text(text, id="invented", title=title, published=published)
    return main_event(pipeline().report_of(document))


def killed(text: str) -> tuple[int | None, int | None] | None:
    found = told(text)
    return (found.killed.low, found.killed.high) if found and found.killed else None


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("An airstrike killed six people in Homs on 3 May 2024.", (6, 6)),
        ("An airstrike killed six people, including two children and a woman, in Homs on 3 May 2024.", (6, 6)),
        ("At least six people were killed in an airstrike on Homs.", (6, None)),
        ("At least six people were killed in an airstrike on Homs. The Levant Monitor said nine people were killed.", (6, 9)),
        ("Up to nine people were killed in an airstrike on Homs. The Levant Monitor said eight people were killed.", (8, 9)),
        ("Between four and five civilians were killed in an airstrike on Homs.", (4, 5)),
        ("Shelling in Tadef killed ten people. The Levant Monitor reported eleven killed.", (10, 11)),
        ("Initial reports said two people were killed in the shelling of Tadef. Later seven people were confirmed killed.", (7, 7)),
        ("A woman and her four sons were killed in an airstrike on Homs.", (5, 5)),
        ("Ten members of the Haddouli family and nine members of the Karim family were killed when shelling hit their homes.", (19, 19)),
        ("A woman was killed by shelling in Homs.", (1, 1)),
        ("Shelling killed four people, including two civilians, in Homs.", (2, 2)),
        ("Three people were reported to have been killed in an airstrike on Homs.", (3, 3)),
        ("A number of people were killed in an airstrike on Homs.", (2, None)),
        ("Three soldiers were killed by shelling near Homs.", None),
        ("Shelling hit a market in Homs.", None),
    ],
)
def test_the_civilian_toll_of_the_main_event(text: str, toll: tuple[int | None, int | None] | None) -> None:
    assert killed(text) == toll


def test_killed_and_wounded_told_as_one_figure_are_not_all_dead() -> None:
    assert killed("About 20 people were killed and wounded on Friday in airstrikes near Homs.") is None or killed(
        "About 20 people were killed and wounded on Friday in airstrikes near Homs."
    ) != (20, 20)


def test_the_toll_names_the_claims_that_it_rests_on() -> None:
    found = told("At least six people were killed in an airstrike on Homs. The Levant Monitor said nine people were killed.")
    assert found is not None and found.killed is not None
    assert [c.words for c in found.killed.claims] == ["At least six people", "nine people"]


def test_a_later_figure_of_the_next_days_widens_the_range() -> None:
    text = (
        "At least two people were killed by shelling in Homs on 3 May 2024.\n\n"
        "On 5 May 2024 the Levant Monitor put the death toll of the shelling at four."
    )
    found = told(text, title="Homs, 3 May 2024")
    assert found is not None and found.killed is not None
    assert (found.killed.low, found.killed.high) == (2, 4)


def test_another_days_event_adds_nothing() -> None:
    found = told(
        "On 3 May 2024 shelling killed two people in Homs. On 12 April 2024 an airstrike killed three people in Tadef.",
        title="Homs, 3 May 2024",
    )
    assert found is not None and found.killed is not None
    assert (found.killed.low, found.killed.high, found.day, found.day_from) == (2, 2, DAY, "title")


@pytest.mark.parametrize(
    ("title", "text", "published", "day"),
    [
        ("Shelling of Homs, May 3, 2024", "Shelling killed two people in Homs.", "2024-05-09", (DAY, "title")),
        (None, "Shelling killed two people in Homs on 3 May 2024.", "2024-05-09", (DAY, "claim")),
        (None, "Shelling killed two people in Homs.", "2024-05-09", ("2024-05-09", "published")),
        (None, "Shelling killed two people in Homs.", None, (None, None)),
    ],
)
def test_the_day_and_where_it_stands(title: str | None, text: str, published: str | None, day: tuple[str | None, str | None]) -> None:
    found = told(text, title=title, published=published)
    assert found is not None
    assert (found.day, found.day_from) == day


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("K12 – October 7, 2023", "2023-10-07"),
        ("Raid on 7th October 2023", "2023-10-07"),
        ("Raid on the 7th of October, 2023", "2023-10-07"),
        ("May 2023 in review", None),
        ("", None),
    ],
)
def test_days_in_titles(title: str, day: str | None) -> None:
    assert day_in(title) == day


def test_printed_coordinates_are_the_place() -> None:
    found = told(
        "An airstrike hit a house in Homs on 3 May 2024, killing two people.\n\nThe coordinates of the house are 34.7298, 36.7184."
    )
    assert found is not None and found.place is not None
    assert (found.place.latitude, found.place.longitude, found.place.precision) == (34.7298, 36.7184, "exact")


@pytest.mark.parametrize("text", ["The ministers met in Homs.", "Rebels threatened to shell Homs.", ""])
def test_a_page_without_harm_has_no_main_event(text: str) -> None:
    assert told(text) is None
