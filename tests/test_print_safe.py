"""Text fit for a screen."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.print_safe import HARMFUL, STAND_IN, json_safe, print_safe

CASES = [
    ("plain words, «quotes» and – dashes", "plain words, «quotes» and – dashes"),
    ("tab\tand\nline", "tab and line"),
    ("\x1b[31mred\x1b[0m", f"{STAND_IN}[31mred{STAND_IN}[0m"),
    ("\x9b31mred", f"{STAND_IN}31mred"),
    ("bell\x07, null\x00, delete\x7f", f"bell{STAND_IN}, null{STAND_IN}, delete{STAND_IN}"),
    ("\u202egnp.exe\u202c", f"{STAND_IN}gnp.exe{STAND_IN}"),
    ("\u2066isolate\u2069", f"{STAND_IN}isolate{STAND_IN}"),
    ("lone \ud800 half", f"lone {STAND_IN} half"),
    ("tag \U000e0041", f"tag {STAND_IN}"),
    ("نافذة\u200f النهر \u200c", "نافذة\u200f النهر \u200c"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[ascii(text) for text, _ in CASES])
def test_harmful_characters_are_shown_and_do_nothing(text: str, expected: str) -> None:
    assert print_safe(text) == expected


@given(st.text(st.characters()))
def test_the_length_stays_so_that_spans_fit(text: str) -> None:
    safe = print_safe(text)
    assert len(safe) == len(text)
    assert not HARMFUL.search(safe)


def test_line_breaks_are_kept_where_asked() -> None:
    assert print_safe("a\nb\rc", keep_lines=True) == "a\nb c"


@given(st.text(st.characters()))
def test_json_keeps_its_value_and_nothing_for_a_terminal_to_obey(text: str) -> None:
    line = json_safe(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(line) == json.loads(json.dumps({"text": text}))
    assert not HARMFUL.search(line)
