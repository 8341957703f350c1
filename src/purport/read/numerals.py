"""Numbers as printed: digits with commas, decimals, and English number words."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from purport.resources import yaml_of

#: Longest run of words that is read as one number ("one hundred and twenty-five thousand three hundred and ten").
MAX_WORDS = 14
_DIGITS = re.compile(r"\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@cache
def simple_words() -> Mapping[str, int]:
    """Words below a hundred by value."""
    table = yaml_of("numerals.yaml")
    return {**table["ones"], **table["tens"]}


@cache
def multipliers() -> Mapping[str, int]:
    """ "dozen", "hundred", "thousand", … by value."""
    return dict(yaml_of("numerals.yaml")["multipliers"])


@cache
def ordinals() -> Mapping[str, int]:
    """ "first", "second", … by value."""
    return dict(yaml_of("numerals.yaml")["ordinals"])


def figure_of(word: str) -> float | None:
    """The value of digits ("1,200", "3.5"), None for anything else."""
    if not _DIGITS.fullmatch(word):
        return None
    return float(re.sub(r"[,  ]", "", word))


def ordinal_of(word: str) -> int | None:
    """The value of an ordinal ("third", "21st"), None for anything else."""
    found = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word)
    return int(found[1]) if found else ordinals().get(word)


def number_of(words: Sequence[str]) -> float | None:
    """The value of lower-case words that are one number, hyphens as words of their own ("twenty", "-", "five"); None if they are not.

    "nineteen ninety-six" is read as a year, 1996.
    """
    parts = [word for word in words if word not in ("-", "and", "")]
    if not parts or len(words) > MAX_WORDS:
        return None
    return _year_in_words(parts) or _sum_of(parts)


def _year_in_words(parts: Sequence[str]) -> float | None:
    table = simple_words()
    if len(parts) not in (2, 3) or not all(part in table for part in parts):
        return None
    first, rest = table[parts[0]], [table[part] for part in parts[1:]]
    return float(first * 100 + sum(rest)) if 13 <= first <= 20 and rest[0] >= 10 else None


def _sum_of(parts: Sequence[str]) -> float | None:
    total, group, fresh = 0.0, 0.0, True
    for part in parts:
        value = _value_of(part)
        if part in multipliers():
            factor = multipliers()[part]
            group = (group or 1.0) * factor
            total, group = (total + group, 0.0) if factor >= 1000 else (total, group)
            fresh = True
        elif value is None or not (fresh or _joins(group, value)):
            return None
        else:
            group, fresh = group + value, False
    return total + group


def _joins(group: float, value: float) -> bool:
    """ "twenty" takes "five", "five" takes nothing."""
    return value < 10 and 20 <= group % 100 <= 90 and group % 10 == 0


def _value_of(part: str) -> float | None:
    if part == "a":
        return 1.0
    simple = simple_words().get(part)
    return float(simple) if simple is not None else figure_of(part)
