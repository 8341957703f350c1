"""Pages built to break parsers: read or refused, in bounded time and memory, never a crash."""

import time

import pytest
from made_captures import html, plain

from purport.errors import PurportError
from purport.settings import Settings

WORDS = "<p>The army said three soldiers were killed in an attack on a checkpoint north of the city on Monday.</p>"
#: Seconds; the slowest takes 2 on an idle core, and the machine may be busy.
BOUND = 30.0

READ = {
    "10,000 nested elements": "<html><body>" + "<div>" * 10_000 + WORDS + "</div>" * 10_000,
    "300 nested elements": "<html><body>" + "<div>" * 300 + WORDS,
    "entity bomb": '<!DOCTYPE l [<!ENTITY a "lol">' + "".join(f'<!ENTITY b{i} "{"&a;" * 10}">' for i in range(9)) + "]><p>&b8;</p>" + WORDS,
    "one line of a megabyte": "<p>" + "The army said so. " * 60_000 + "</p>",
    "one word of a megabyte": "<p>" + "a" * 1_000_000 + "</p>" + WORDS,
    "tags without end": "<b></b>" * 700_000 + WORDS,
    "comments": "<!-- x -->" * 200_000 + WORDS,
    "a comment that never closes": WORDS + "<!--" * 500_000,
    "scripts that never close": WORDS + "<script>" * 200_000,
    "one long attribute": "<div x='" + "y" * 6_000_000 + "'>" + WORDS,
    "100,000 attributes": "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + ">" + WORDS,
    "a long script": "<script>" + "if (a<b) c=1;" * 400_000 + "</script>" + WORDS,
    "NUL bytes": "\0" + WORDS.replace("army", "ar\0my"),
    "numeric entities of no character": WORDS + "<p>&#0; &#1; &#xD800; end of it</p>",
    "a title of a megabyte": "<title>" + "x - " * 250_000 + "</title>" + WORDS * 4,
}


@pytest.mark.parametrize("source", READ.values(), ids=READ.keys())
def test_html_is_read_in_bounded_time(source: str) -> None:
    started = time.monotonic()
    found = html(source)
    assert time.monotonic() - started < BOUND
    assert "army said" in found.text
    assert "\0" not in found.text


PLAIN = {
    "one line": "The army said so. " * 60_000,
    "200,000 lines": "The army said it\n" * 100_000,
    "blank lines": "\n" * 1_000_000 + "army",
    "capitals": "A" * 1_000_000,
    "brackets": "(" * 300_000 + "AFP)",
    "dashes": "X - " * 200_000,
    "rights": ("a" * 200 + " all rights ") * 2000,
    "only digits": "2020 " * 200_000,
}


@pytest.mark.parametrize("source", PLAIN.values(), ids=PLAIN.keys())
def test_plain_text_is_read_or_refused_in_bounded_time(source: str) -> None:
    started = time.monotonic()
    try:
        assert plain(source, settings=Settings(max_text_chars=5_000_000)).text
    except PurportError as error:
        assert error.remedy
    assert time.monotonic() - started < BOUND


@pytest.mark.parametrize("content", [b"\xff\xfe\xfd" * 100, bytes(range(256)) * 20, b"<html", b"<", b"&#", b"<p>\xc3"])
def test_broken_bytes_never_crash(content: bytes) -> None:
    for read in (html, plain):
        try:
            assert read(content).text
        except PurportError as error:
            assert error.remedy
