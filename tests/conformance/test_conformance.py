"""Every stage keeps the same promises on odd input: deterministic, input untouched, spans inside the text and equal to their words."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from purport import attribution, coding, extract
from purport.errors import PurportError
from purport.model import Block, Capture, Claim, Document, Reading, Report, Span, Token, digest_of
from purport.pipeline import Pipeline
from purport.read import read
from purport.read.coreference import resolve
from purport.read.mentions import find_mentions
from purport.read.places import find_toponyms
from purport.read.quantities import find_quantities
from purport.read.syntax import parse
from purport.read.times import find_times
from purport.settings import Settings

SETTINGS = Settings(max_text_chars=3_000_000)
REPORT = (
    "Rebels attacked a convoy near Gao on Monday, killing three soldiers, police said. "
    "“We will avenge them,” the militia’s leader, Omar Haddad, told the Tidewater Agency. He denied shelling Timbuktu."
)
TEXTS = {
    "empty": "",
    "white space": " \n\t \r\n\u00a0\u2003\n\n ",
    "one word": "Killed",
    "one character": "x",
    "a report": REPORT,
    "right to left": "قال الجيش إن ثلاثة جنود قتلوا في هجوم قرب كركوك يوم الاثنين. הצבא הודיע כי שלושה חיילים נהרגו.",
    "right to left inside": "The army said “ثلاثة جنود قتلوا” near كركوك on Monday, \u202ekilling\u202c two \u200fmen\u200e.",
    "combining characters": "Rebels shelled Ka\u0301rbala\u0302 on Monday, killing three so\u0308ldiers\u0301\u0301\u0301, police said.",
    "starts with a combining character": "\u0301Rebels shelled Gao on Monday.",
    "emoji": "💥 Rebels 🧑‍🤝‍🧑 shelled 🇸🇾 Gao on Monday, killing three 👩🏽‍⚕️ nurses, police 👮🏿‍♀️ said. 🔥🔥🔥",
    "NULs": "Rebels\0 shelled \0Gao\0 on Monday, killing\0three soldiers.\0\0\0",
    "control characters": "Rebels \x01shelled\x07 Gao\x1b[31m on\x7f Monday\x85\u2028police said.\u2029",
    "lone surrogates": "Rebels \ud800shelled Gao\udfff on Monday, killing three soldiers, \udc80police said.",
    "CRLF": REPORT.replace(". ", ".\r\n\r\n"),
    "CR": REPORT.replace(". ", ".\r\r"),
    "wide and other digits": "Rebels killed ３ soldiers and ١٢ men near Gao on ２０１６-05-16, and ² more, ½ of them boys.",
    "outside the basic plane": "𝐑𝐞𝐛𝐞𝐥𝐬 shelled 𐎠𐎼 on Monday. Rebels shelled Gao, 𠀀 said.",
    "zero width": "\ufeffRe\u200bbels shel\u00adled G\u2060ao on Mon\u200dday, killing three\u200csoldiers.",
    "marks only": "“ ” ‘ ’ \" ' '' : – “ … ((((( ))))) ---- //// \\\\\\ %s {} $$ &amp; <b>",
    "capitals": REPORT.upper(),
    "no spaces": REPORT.replace(" ", ""),
    "one word a line": REPORT.replace(" ", "\n"),
    "markup": "<p>Rebels <b>shelled</b> Gao</p><script>alert(1)</script> on Monday &mdash; police said.",
    "no full stop": "rebels attacked Gao and " * 60,
    "one token": "bomb" * 2_000,
    "numbers": "1,000 2.000 3e9 " + "9" * 400 + " people were killed, 12-14-16 of them on 31 February 2016 at 25:61.",
    "years that cannot be": "The army shelled Gao on 99 May 0000, in 10000 BC, in the year 99999 and on 2016-13-45.",
}


@dataclass(frozen=True)
class Stage:
    """One step: what it is handed for a text, and what it makes of that."""

    given: Callable[[str], Any]
    run: Callable[[Any], Any]


def document_of(text: str) -> Document:
    return extract.document_of_text(text, id="odd", published="2016-05-18")


def capture_of(text: str, media_type: str) -> Capture:
    content = text.encode("utf-8", "surrogatepass")
    return Capture("cap-1", "odd page", digest_of(content), content, media_type, hints={"title": "Odd page"})


def html_of(text: str) -> Capture:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return capture_of(f"<html><body><article><h1>Odd page</h1>{paragraphs}</article></body></html>", "text/html")


READ_STAGES = {
    "find_toponyms": find_toponyms,
    "find_times": find_times,
    "find_quantities": find_quantities,
    "find_mentions": find_mentions,
    "resolve": resolve,
}


@cache
def before(text: str, stage: str) -> Reading:
    """The reading as a stage of the read room is handed it."""
    earlier = list(READ_STAGES)[: list(READ_STAGES).index(stage)]
    if not earlier:
        return parsed(document_of(text))
    return READ_STAGES[earlier[-1]](before(text, earlier[-1]), settings=SETTINGS)


@cache
def read_once(text: str) -> Reading:
    return read(document_of(text), settings=SETTINGS)


def parsed(document: Document) -> Reading:
    return Reading(document, *parse(document))


def read_stage(name: str) -> Stage:
    return Stage(lambda text: before(text, name), lambda reading: READ_STAGES[name](reading, settings=SETTINGS))


PIPELINE = Pipeline(SETTINGS)
STAGES = {
    "extract text": Stage(lambda text: text, document_of),
    "extract plain": Stage(lambda text: capture_of(text, "text/plain"), lambda capture: extract.document(capture, settings=SETTINGS)),
    "extract html": Stage(html_of, lambda capture: extract.document(capture, settings=SETTINGS)),
    "parse": Stage(document_of, parsed),
    **{name: read_stage(name) for name in READ_STAGES},
    "read": Stage(document_of, lambda document: read(document, settings=SETTINGS)),
    "attribute": Stage(read_once, lambda reading: attribution.attribute(reading, settings=SETTINGS)),
    "code": Stage(
        lambda text: attribution.attribute(read_once(text), settings=SETTINGS), lambda given: coding.code(given, settings=SETTINGS)
    ),
    "pipeline, plain": Stage(lambda text: capture_of(text, "text/plain"), PIPELINE.report),
    "pipeline, html": Stage(html_of, PIPELINE.report),
}


def records_in(value: object) -> Iterator[object]:
    """``value`` and every record inside it, however deep."""
    if is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in fields(value):
            yield from records_in(getattr(value, field.name))
    elif isinstance(value, (tuple, list, frozenset, set)):
        for item in value:
            yield from records_in(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from records_in(item)


def text_of(found: Any) -> str:
    """The text that the spans of a result are counted in."""
    found = getattr(found, "reading", found)
    return getattr(found, "document", found).text


def assert_exact(found: object) -> None:
    """Every span lies in the text and is not empty; whatever quotes the text does so exactly."""
    text = text_of(found)
    for record in records_in(found):
        if isinstance(record, Span):
            assert 0 <= record.start < record.end <= len(text)
        elif isinstance(record, Token):
            assert record.words == record.span.of(text)
        elif isinstance(record, Claim):
            assert record.spans and record.words == " ".join(span.of(text) for span in record.spans)
        elif isinstance(record, Block):
            assert record.span.of(text).strip()


#: What breaks which stages today.
BROKEN: dict[str, tuple[str, set[str]]] = {}


def pairs() -> Iterator[Any]:
    """Every stage with every text; those known to break it are expected to."""
    for stage in STAGES:
        for name in TEXTS:
            why, stages = BROKEN.get(name, ("", set()))
            marks = [pytest.mark.xfail(strict=True, reason=why)] if stage in stages else []
            yield pytest.param(STAGES[stage], TEXTS[name], id=f"{stage}-{name}", marks=marks)


@pytest.mark.parametrize(("stage", "text"), list(pairs()))
def test_a_stage_keeps_its_promises(stage: Stage, text: str) -> None:
    handed = stage.given(text)
    kept = deepcopy(handed)
    try:
        found = stage.run(handed)
    except PurportError as error:
        assert error.what and error.remedy
        assert handed == kept
        return
    assert stage.run(handed) == found
    assert handed == kept
    assert_exact(found)


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in BROKEN])
def test_given_text_is_never_refused_nor_changed(name: str) -> None:
    assert PIPELINE.report_of(document_of(TEXTS[name])).document.text == TEXTS[name]


@pytest.mark.parametrize("name", ["empty", "white space", "marks only"])
def test_where_nothing_is_told_nothing_is_found(name: str) -> None:
    report = PIPELINE.report_of(document_of(TEXTS[name]))
    assert (report.events, report.attributions) == ((), ())


@pytest.mark.parametrize("name", ["CRLF", "CR", "emoji", "combining characters"])
def test_odd_characters_do_not_hide_the_event(name: str) -> None:
    report = PIPELINE.report_of(document_of(TEXTS[name]))
    assert any(e.type in ("armed_assault", "shelling") for e in report.events)


@pytest.mark.parametrize("mark", ["\r\n", "\r"])
def test_line_ends_make_no_difference(mark: str) -> None:
    paragraphs = REPORT.split(". ")
    plain, other = (PIPELINE.report_of(document_of(f".{end}{end}".join(paragraphs))) for end in ("\n", mark))
    assert told(plain) == told(other)


def told(report: Report) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(event.type, [(claim.role.value, claim.words) for claim in event.claims]) for event in report.events]


# ------------------------------------------------------------------ a megabyte
CALM = "The market by the river opened again this week, and traders from the hill towns came early. "
MEGABYTE = 1_000_000
#: What a line of this length is made of in the wild: very long words, and news every now and then.
FILLER = " ".join("q" * 180 + str(n) for n in range(4)) + " "
PARAGRAPH = CALM + FILLER
LONG = {
    "many short paragraphs": "\n\n".join(REPORT if n % 40 == 0 else PARAGRAPH for n in range(MEGABYTE // len(PARAGRAPH) + 30)),
    "one line": "".join(REPORT + " " if n % 40 == 0 else PARAGRAPH for n in range(MEGABYTE // len(PARAGRAPH) + 30)),
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_megabyte_is_read_in_bounded_time(text: str) -> None:
    assert len(text) >= MEGABYTE
    document = document_of(text)
    reading = read(document, settings=SETTINGS)
    attributed = attribution.attribute(reading, settings=SETTINGS)
    report = coding.code(attributed, settings=SETTINGS)
    assert report.events and report.attributions
    for found in (document, reading, attributed, report):
        assert_exact(found)


@pytest.mark.timeout(120)
def test_a_megabyte_of_one_word_is_read_in_bounded_time() -> None:
    assert_exact(PIPELINE.report_of(document_of("bomb" * (MEGABYTE // 4))))


# ------------------------------------------------------------------ anything at all
WORDS = st.sampled_from([*REPORT.split(), "\n\n", "\r\n", "”", "“", "-", "12", "٣", "IS", "\0", "\u0301", "🔥", "قتل", "May", "'s"])
ANYTHING = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS, max_size=60).map("".join))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(ANYTHING)
@example("said said: “said, said”")
def test_no_text_breaks_the_reading(text: str) -> None:
    report = PIPELINE.report_of(document_of(text))
    assert PIPELINE.report_of(document_of(text)) == report
    assert_exact(report)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.one_of(st.binary(max_size=400), ANYTHING.map(lambda text: text.encode("utf-8", "surrogatepass"))), st.booleans())
def test_no_bytes_break_the_pipeline(content: bytes, html: bool) -> None:
    capture = Capture("cap-1", "odd bytes", digest_of(content), content, "text/html" if html else "text/plain")
    try:
        assert_exact(PIPELINE.report(capture))
    except PurportError as error:
        assert error.what and error.remedy
