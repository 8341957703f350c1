"""Every stage keeps its promises on odd input, whoever reads: deterministic, input untouched, spans inside the text, words exact."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from purport import attribution, coding, extract
from purport.errors import PurportError
from purport.model import Block, Capture, Claim, Document, Reading, Report, Span, Tagged, Token, digest_of
from purport.pipeline import Pipeline
from purport.read import read
from purport.read.coreference import resolve
from purport.read.encoder import encoder
from purport.read.mentions import find_mentions
from purport.read.places import find_toponyms
from purport.read.quantities import find_quantities
from purport.read.syntax import parse
from purport.read.tags import PageTags, find_tags
from purport.read.times import find_times
from purport.settings import Settings
from readers import READERS, settings_for

SETTINGS = {reader: settings_for(reader) for reader in READERS}
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


def parsed(document: Document) -> Reading:
    return Reading(document, *parse(document))


def tagged(reading: Reading, *, settings: Settings) -> Reading:
    return replace(reading, tags=find_tags(reading, settings=settings))


#: The stages of the read room that are handed a reading; the tags are compared by themselves, in ``Said``.
READ_STAGES: dict[str, Callable[..., Reading]] = {
    "find_tags": tagged,
    "find_toponyms": find_toponyms,
    "find_times": find_times,
    "find_quantities": find_quantities,
    "find_mentions": find_mentions,
    "resolve": resolve,
}


@cache
def before(text: str, stage: str, reader: str) -> Reading:
    """The reading as a stage of the read room is handed it."""
    earlier = list(READ_STAGES)[: list(READ_STAGES).index(stage)]
    if not earlier:
        return parsed(document_of(text))
    return READ_STAGES[earlier[-1]](before(text, earlier[-1], reader), settings=SETTINGS[reader])


@cache
def read_once(text: str, reader: str) -> Reading:
    return read(document_of(text), settings=SETTINGS[reader])


def read_stage(name: str, reader: str) -> Stage:
    return Stage(lambda text: before(text, name, reader), lambda reading: READ_STAGES[name](reading, settings=SETTINGS[reader]))


@dataclass(frozen=True)
class Said:
    """Everything that the encoder says of a text."""

    document: Document
    spans: dict[str, tuple[Tagged, ...]]
    marks: dict[str, tuple[Tagged, ...]]
    asked: dict[str, tuple[tuple[Tagged, ...], ...]]
    chances: tuple[float, ...]


def said_of(reading: Reading, reader: str) -> Said | Reading:
    """What the encoder says, every fifth word asked about by each anchored head; the reading itself for the rules."""
    tags = find_tags(reading, settings=SETTINGS[reader])
    if tags is None:
        return reading
    heads, anchors = tags._encoder.heads, [token.span for token in reading.tokens[::5]]
    kinds = {kind: [h for h in heads.values() if h.answer == kind and not h.anchored] for kind in ("spans", "marks", "class", "score")}
    return Said(
        reading.document,
        {h.name: tags.spans(h.name) for h in kinds["spans"]},
        {h.name: tags.marks(h.name, least=0.2) for h in kinds["marks"]},
        {h.name: tags.asked(h.name, anchors) for h in heads.values() if h.anchored},
        (*chances(tags, anchors, heads=kinds["class"]), *(tags.number(h.name, span) for h in kinds["score"] for span in anchors)),
    )


def chances(tags: PageTags, anchors: list[Span], *, heads: list[Any]) -> Iterator[float]:
    yield from (tags.chance(h.name, label, span=span) for h in heads for label in h.labels for span in anchors)


PIPELINES = {reader: Pipeline(settings) for reader, settings in SETTINGS.items()}
PIPELINE = PIPELINES["rules"]
#: What happens before anybody reads.
UNREAD_STAGES = {
    "extract text": Stage(lambda text: text, document_of),
    "extract plain": Stage(lambda text: capture_of(text, "text/plain"), lambda c: extract.document(c, settings=SETTINGS["rules"])),
    "extract html": Stage(html_of, lambda capture: extract.document(capture, settings=SETTINGS["rules"])),
    "parse": Stage(document_of, parsed),
}


def stages_of(reader: str) -> dict[str, Stage]:
    """Every stage of a reader, under its name."""
    settings, pipeline = SETTINGS[reader], PIPELINES[reader]
    return {
        "tags": Stage(lambda text: before(text, "find_tags", reader), lambda reading: said_of(reading, reader)),
        **{name: read_stage(name, reader) for name in READ_STAGES},
        "read": Stage(document_of, lambda document: read(document, settings=settings)),
        "attribute": Stage(lambda text: read_once(text, reader), lambda reading: attribution.attribute(reading, settings=settings)),
        "code": Stage(
            lambda text: attribution.attribute(read_once(text, reader), settings=settings),
            lambda given: coding.code(given, settings=settings),
        ),
        "pipeline, plain": Stage(lambda text: capture_of(text, "text/plain"), pipeline.report),
        "pipeline, html": Stage(html_of, pipeline.report),
    }


STAGES = UNREAD_STAGES | {f"{name}, {reader}": stage for reader in READERS for name, stage in stages_of(reader).items()}


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


whoever_reads = pytest.mark.parametrize("reader", READERS)


@whoever_reads
@pytest.mark.parametrize("name", [name for name in TEXTS if name not in BROKEN])
def test_given_text_is_never_refused_nor_changed(name: str, reader: str) -> None:
    assert PIPELINES[reader].report_of(document_of(TEXTS[name])).document.text == TEXTS[name]


@whoever_reads
@pytest.mark.parametrize("name", ["empty", "white space", "marks only"])
def test_where_nothing_is_told_nothing_is_found(name: str, reader: str) -> None:
    report = PIPELINES[reader].report_of(document_of(TEXTS[name]))
    assert (report.events, report.attributions) == ((), ())


@whoever_reads
@pytest.mark.parametrize("name", ["CRLF", "CR", "emoji", "combining characters"])
def test_odd_characters_do_not_hide_the_event(name: str, reader: str) -> None:
    report = PIPELINES[reader].report_of(document_of(TEXTS[name]))
    assert any(e.type in ("armed_assault", "shelling") for e in report.events)


@whoever_reads
@pytest.mark.parametrize("mark", ["\r\n", "\r"])
def test_line_ends_make_no_difference(mark: str, reader: str) -> None:
    paragraphs = REPORT.split(". ")
    plain, other = (PIPELINES[reader].report_of(document_of(f".{end}{end}".join(paragraphs))) for end in ("\n", mark))
    assert told(plain) == told(other)


@whoever_reads
def test_a_page_reads_the_same_alone_and_between_others(reader: str) -> None:
    """Also by a reader that was just loaded."""
    among = [PIPELINES[reader].report_of(document_of(text)) for text in TEXTS.values()]
    encoder.cache_clear()
    again = [Pipeline(SETTINGS[reader]).report_of(document_of(text)) for text in reversed(TEXTS.values())]
    assert among == again[::-1]


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


@whoever_reads
@pytest.mark.timeout(240)
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_megabyte_is_read_in_bounded_time(text: str, reader: str) -> None:
    assert len(text) >= MEGABYTE
    document = document_of(text)
    reading = read(document, settings=SETTINGS[reader])
    attributed = attribution.attribute(reading, settings=SETTINGS[reader])
    report = coding.code(attributed, settings=SETTINGS[reader])
    assert report.events and report.attributions
    for found in (document, reading, attributed, report):
        assert_exact(found)


@whoever_reads
@pytest.mark.timeout(120)
def test_a_megabyte_of_one_word_is_read_in_bounded_time(reader: str) -> None:
    assert_exact(PIPELINES[reader].report_of(document_of("bomb" * (MEGABYTE // 4))))


DEEP = {
    "quotes in quotes": "“He said: " * 5_000 + "rebels shelled Gao" + "”" * 5_000,
    "brackets around quotes": "(“" * 5_000 + "Rebels shelled Gao, police said." + "”)" * 5_000,
    "quotes that never end": "“" * 5_000 + "Rebels shelled Gao, police said. " * 20,
}


@whoever_reads
@pytest.mark.timeout(120)
@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_quotes_however_deep_are_read_in_bounded_time(text: str, reader: str) -> None:
    assert_exact(PIPELINES[reader].report_of(document_of(text)))


# ------------------------------------------------------------------ anything at all
WORDS = st.sampled_from([*REPORT.split(), "\n\n", "\r\n", "”", "“", "-", "12", "٣", "IS", "\0", "\u0301", "🔥", "قتل", "May", "'s"])
ANYTHING = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS, max_size=60).map("".join))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(ANYTHING, st.sampled_from(READERS))
@example("said said: “said, said”", READERS[-1])
def test_no_text_breaks_the_reading(text: str, reader: str) -> None:
    report = PIPELINES[reader].report_of(document_of(text))
    assert PIPELINES[reader].report_of(document_of(text)) == report
    assert_exact(report)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.one_of(st.binary(max_size=400), ANYTHING.map(lambda text: text.encode("utf-8", "surrogatepass"))), st.booleans())
def test_no_bytes_break_the_pipeline(content: bytes, html: bool) -> None:
    capture = Capture("cap-1", "odd bytes", digest_of(content), content, "text/html" if html else "text/plain")
    try:
        assert_exact(PIPELINE.report(capture))
    except PurportError as error:
        assert error.what and error.remedy
