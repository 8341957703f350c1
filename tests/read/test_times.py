"""Time expressions: spans, TIMEX3 values, EDTF, relations and anchors. All sentences are invented."""

from dataclasses import replace
from functools import cache

import pytest

from purport.extract import document_of_text
from purport.model import Reading, TimeExpression
from purport.read.syntax import parse
from purport.read.times import find_times, plain_times
from purport.settings import Settings

WEDNESDAY = "2015-12-02"


@cache
def reading_of(text: str, published: str | None) -> Reading:
    document = document_of_text(text, published=published)
    return find_times(Reading(document, *parse(document)), settings=Settings())


def times_in(text: str, published: str | None = WEDNESDAY) -> dict[str, TimeExpression]:
    return {time.span.of(text): time for time in reading_of(text, published).times}


@pytest.mark.parametrize(
    ("text", "words", "value", "edtf"),
    [
        ("Shelling hit the market on Wednesday.", "Wednesday", "2015-12-02", "2015-12-02"),
        ("Shelling hit the market on Tuesday.", "Tuesday", "2015-12-01", "2015-12-01"),
        ("Shelling hit the market on Thursday.", "Thursday", "2015-11-26", "2015-11-26"),
        ("The council will vote on Friday.", "Friday", "2015-12-04", "2015-12-04"),
        ("The army plans to reopen the bridge on Friday.", "Friday", "2015-12-04", "2015-12-04"),
        ("A convoy was hit last Monday.", "last Monday", "2015-11-30", "2015-11-30"),
        ("The truce starts next Monday.", "next Monday", "2015-12-07", "2015-12-07"),
        ("Guards mourned the victims of Friday's blast.", "Friday", "2015-11-27", "2015-11-27"),
        ("Militants attacked the base on Tuesday night.", "Tuesday night", "2015-12-01TNI", "2015-12-01"),
        ("Rockets fell early Tuesday.", "early Tuesday", "2015-12-01", "2015-12-01"),
        ("The town was seized in January.", "January", "2015-01", "2015-01"),
        ("The court will hear the case in January.", "January", "2016-01", "2016-01"),
        ("The town was seized on 6 October.", "6 October", "2015-10-06", "2015-10-06"),
        ("The town was seized on October 6th, 2014.", "October 6th, 2014", "2014-10-06", "2014-10-06"),
        ("The town was seized on Monday, 6 October 2014.", "Monday, 6 October 2014", "2014-10-06", "2014-10-06"),
        ("Troops withdrew on 3 December last year.", "3 December last year", "2014-12-03", "2014-12-03"),
        ("Two raids took place yesterday.", "yesterday", "2015-12-01", "2015-12-01"),
        ("Two raids took place earlier today.", "earlier today", "2015-12-02", "2015-12-02"),
        ("Two raids took place last night.", "last night", "2015-12-01TNI", "2015-12-01"),
        ("The clinic reopened last month.", "last month", "2015-11", "2015-11"),
        ("The clinic reopened late last month.", "late last month", "2015-11", "2015-11"),
        ("The clinic reopened last year.", "last year", "2014", "2014"),
        ("The clinic reopened last week.", "last week", "2015-W48", "2015-11-23/2015-11-29"),
        ("The clinic was looted last weekend.", "last weekend", "2015-W48-WE", "2015-11-28/2015-11-29"),
        ("The clinic reopened two days ago.", "two days ago", "2015-11-30", "2015-11-30"),
        ("The clinic reopened two weeks ago.", "two weeks ago", "2015-11-18", "2015-11-18~"),
        ("The clinic reopened six months ago.", "six months ago", "2015-06", "2015-06~"),
        ("The clinic reopened three years ago.", "three years ago", "2012", "2012~"),
        ("Fighting reached the dam in mid-March.", "mid-March", "2015-03", "2015-03"),
        ("Fighting reached the dam in mid-2012.", "mid-2012", "2012", "2012-06/2012-08"),
        ("Fighting reached the dam in early 2012.", "early 2012", "2012", "2012-01/2012-04"),
        ("The group was formed in the 1990s.", "the 1990s", "199", "199X"),
        ("The fort dates from the 12th century.", "the 12th century", "11", "11XX"),
        ("The group was formed in the summer of 2013.", "the summer of 2013", "2013-SU", "2013-22"),
        ("Exports fell in the third quarter.", "the third quarter", "2015-Q3", "2015-35"),
        ("The blast came at 18:40 local time on Tuesday.", "18:40 local time on Tuesday", "2015-12-01T18:40", "2015-12-01"),
        ("The blast came at 0230 local time.", "0230 local time", "2015-12-02T02:30", "2015-12-02"),
        ("The blast came at 9:15 p.m. on Tuesday.", "9:15 p.m. on Tuesday", "2015-12-01T21:15", "2015-12-01"),
        ("The report is dated 2015-11-20.", "2015-11-20", "2015-11-20", "2015-11-20"),
        ("The report is dated 25/11/2015.", "25/11/2015", "2015-11-25", "2015-11-25"),
        ("The report is dated 05/11/2015.", "05/11/2015", "2015-05-11", "2015"),
        ("Protesters gathered on Christmas Day.", "Christmas Day", "2014-12-25", "2014-12-25"),
        ("Shelling has killed many over the past 24 hours.", "the past 24 hours", "PT24H", "2015-12-01/2015-12-02"),
        ("The war has emptied the valley in the last eight years.", "the last eight years", "P8Y", "2007/2015"),
        ("They were held for three days.", "three days", "P3D", None),
        ("They were held for several weeks.", "several weeks", "PXW", None),
        ("They were held for two and a half years.", "two and a half years", "P2Y6M", None),
        ("It was a four-day siege.", "four-day", "P4D", None),
        ("The road is shelled every day.", "every day", "P1D", None),
        ("The crowd meets every Friday.", "every Friday", "XXXX-WXX-5", None),
        ("Raids have increased recently.", "recently", "PAST_REF", None),
        ("The village is now empty.", "now", "PRESENT_REF", None),
    ],
)
def test_values(text: str, words: str, value: str, edtf: str | None) -> None:
    found = times_in(text)
    assert words in found, found
    assert (found[words].value, found[words].edtf) == (value, edtf)


@pytest.mark.parametrize(
    ("text", "words", "value", "edtf"),
    [
        ("Shelling hit the market on Wednesday.", "Wednesday", "XXXX-WXX-3", None),
        ("Shelling hit the market yesterday.", "yesterday", "XXXX-XX-XX", None),
        ("The town was seized on 6 October.", "6 October", "XXXX-10-06", "XXXX-10-06"),
        ("The town was seized in January.", "January", "XXXX-01", "XXXX-01"),
        ("The town was seized last year.", "last year", "XXXX", None),
        ("The town was seized two weeks ago.", "two weeks ago", "XXXX-WXX", None),
        ("Strikes have gone on since 30 September.", "30 September", "XXXX-09-30", "XXXX-09-30/.."),
        ("The town was seized in 2014.", "2014", "2014", "2014"),
        ("Shelling hit the market at dawn.", "dawn", "XXXX-XX-XXTMO", None),
        ("It was seized over the past 24 hours.", "the past 24 hours", "PT24H", None),
    ],
)
def test_undated_pages_keep_times_relative(text: str, words: str, value: str, edtf: str | None) -> None:
    found = times_in(text, None)[words]
    assert (found.value, found.edtf, found.anchor) == (value, edtf, None)


@pytest.mark.parametrize(
    ("text", "words", "relation", "edtf"),
    [
        ("Strikes have gone on since 30 September.", "30 September", "since", "2015-09-30/.."),
        ("Strikes have gone on since at least 2014.", "2014", "since", "2014/.."),
        ("Since war broke out in 2011, many have fled.", "2011", "since", "2011/.."),
        ("Many have fled since the start of the war in 2011.", "2011", "since", "2011/.."),
        ("It was the worst day since 40 people died in February.", "February", None, "2015-02"),
        ("No attack was seen since Tuesday's bombing.", "Tuesday", None, "2015-12-01"),
        ("The siege lasted until March 2013.", "March 2013", "until", "../2013-03"),
        ("The siege began around 12 May 2013.", "12 May 2013", "about", "2013-05-12~"),
        ("It happened between 3 and 5 March 2012.", "3 and 5 March 2012", "between", "2012-03-03/2012-03-05"),
        ("It lasted from June to August.", "June to August", "between", "2015-06/2015-08"),
        ("It lasted from June to August 2012.", "June to August 2012", "between", "2012-06/2012-08"),
        ("In the 2006–2007 season raids were rare.", "2006–2007", "between", "2006/2007"),
        ("It lasted from 2006 to 2009.", "2006 to 2009", "between", "2006/2009"),
        (
            "Raids on Monday evening and Tuesday morning hit the camp.",
            "Monday evening and Tuesday morning",
            "between",
            "2015-11-30/2015-12-01",
        ),
    ],
)
def test_relations_and_ranges(text: str, words: str, relation: str | None, edtf: str) -> None:
    found = times_in(text)
    assert words in found, found
    assert (found[words].relation, found[words].edtf) == (relation, edtf)


@pytest.mark.parametrize(
    "text",
    [
        "A 12-year-old boy was hurt.",
        "The man, 34, was hurt.",
        "He may go and they march on.",
        "They paid $2000 for the car.",
        "About 2000 people fled.",
        "The second soldier fell.",
        "They sat on the wall and fell asleep.",
        "Minister Jan Novak spoke.",
        "The fall of the town shocked them.",
        "Resolution 2254 was read out.",
    ],
)
def test_no_times(text: str) -> None:
    assert times_in(text) == {}


@pytest.mark.parametrize(
    ("page", "anchor"),
    [
        ("Blast in Kirkuk\nMarch 4, 2010\nA bomb went off on Monday.", "document:March 4, 2010"),
        ("Blast in Kirkuk\nThursday, 4 March 2010, 16:21\nA bomb went off on Monday.", "document:4 March 2010"),
        ("Blast in Kirkuk\nIssued on: 04/03/2010 - 15:14 Modified: 04/03/2010\nA bomb went off on Monday.", None),
        ("Blast in Kirkuk\nIssued on: 24/03/2010 - 15:14\nA bomb went off on Monday.", "document:24/03/2010"),
        ("Blast in Kirkuk\nOn March 4, 2010 a wedding was held.\nA bomb went off on Monday.", None),
    ],
)
def test_own_date_line_anchors_an_undated_page(page: str, anchor: str | None) -> None:
    document = replace(document_of_text(page), published=None)
    reading = find_times(Reading(document, *parse(document)), settings=Settings())
    assert {time.span.of(page): time.anchor for time in reading.times}["Monday"] == anchor


def test_published_is_the_anchor_of_relative_times_only() -> None:
    found = times_in("Shelling hit the market on Monday and in March 2012.")
    assert found["Monday"].anchor == "published"
    assert found["March 2012"].anchor is None


def test_later_day_is_reckoned_from_the_day_told_of() -> None:
    text = "A bomb killed three guards on 13 November 2014. Six days later another went off."
    assert times_in(text)["Six days later"].edtf == "2014-11-19"


def test_plain_times_keep_the_ends_of_a_range_apart() -> None:
    text = "It lasted from June to August."
    assert [time.span.of(text) for time in plain_times(reading_of(text, WEDNESDAY))] == ["June", "August"]


@pytest.mark.parametrize(
    "text", ["", " \n\n", "مقتل ثلاثة في 3 مارس", "a" * 200_000, "May " * 20_000, "1 " * 20_000, "twenty - " * 20_000, "between " * 20_000]
)
def test_odd_texts_are_survived(text: str) -> None:
    document = document_of_text(text)
    reading = find_times(Reading(document), settings=Settings())
    assert all(time.span.end <= len(text) for time in reading.times)


def test_input_is_untouched_and_result_repeatable() -> None:
    document = document_of_text("A bomb went off on Monday.", published=WEDNESDAY)
    reading = Reading(document, *parse(document))
    assert find_times(reading, settings=Settings()) == find_times(reading, settings=Settings())
    assert reading.times == ()
