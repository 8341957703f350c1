"""Quoted stretches: marks of all kinds, nested, unclosed, carried over paragraphs."""

import pytest

from purport.attribution.quotes import find_quotes
from purport.extract import document_of_text


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said "go now" and left.', ['"go now"']),
        ("He said “go now” and left.", ["“go now”"]),
        ("He said ''go now'' and left.", ["''go now''"]),
        ("He said 'go now' and left.", ["'go now'"]),
        ("He said ‘go now’ and left.", ["‘go now’"]),
        ("He said «go now» and left.", ["«go now»"]),
        ("The rebels' leader didn't speak.", []),
        ("The soldiers’ camp isn’t far.", []),
        ("“He told me ‘go now’ and left,” she said.", ["“He told me ‘go now’ and left,”"]),
        ('"One," he said, "two."', ['"One,"', '"two."']),
        ("No marks at all.", []),
        ("", []),
    ],
)
def test_finds_outermost_quotes(text: str, quotes: list[str]) -> None:
    assert [q.span.of(text) for q in find_quotes(document_of_text(text))] == quotes


def test_a_quote_without_closing_mark_runs_on_into_the_next_paragraph() -> None:
    text = "“The town is ours.\n\n“Nobody will take it back,” he said."
    first, second = find_quotes(document_of_text(text))
    assert (first.span.of(text), first.runs_on) == ("“The town is ours.", True)
    assert (second.span.of(text), second.carries_on) == ("“Nobody will take it back,”", True)


def test_an_unclosed_quote_stays_in_its_paragraph() -> None:
    text = "He said “the town is ours.\n\nThe army denied it."
    (quote,) = find_quotes(document_of_text(text))
    assert quote.span.of(text) == "“the town is ours."


def test_line_breaks_inside_a_speech_do_not_end_it() -> None:
    text = "A man said: “They came at dawn.\n\nThey shot the mayor.\n\nWe ran.” Then he left."
    assert [q.span.of(text) for q in find_quotes(document_of_text(text))] == ["“They came at dawn.", "They shot the mayor.", "We ran.”"]
    assert [q.carries_on for q in find_quotes(document_of_text(text))] == [False, True, True]
