"""The words of one language, as ``resources/sketch/<language>.yaml`` lists them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

from purport.resources import rows_of, yaml_of
from purport.sketch.words import Habits, Phrases, entries_of, plain_of, plain_words


@dataclass(frozen=True)
class Lexicon:
    """Phrases by what they stand for. ``casualty`` and ``counted`` give (kind, number): 1, 2, or 0 for many."""

    habits: Habits
    letters: re.Pattern[str] | None
    place_table: str | None
    capitals: bool  #: names begin with a capital letter
    months: Phrases[int]
    month_glue: Phrases[bool]
    weekdays: Phrases[int]
    relative: Phrases[int]
    past: Phrases[bool]
    numbers: Phrases[int]
    joiner: str
    least: Phrases[bool]
    some: Phrases[int]
    people: Phrases[int]
    acts: Phrases[str]
    casualties: Phrases[tuple[str, int]]
    filler: Phrases[bool]
    part: Phrases[bool]
    between: Phrases[bool]
    not_people: Phrases[bool]
    adjectives: Phrases[str]  #: by country
    place_nouns: Phrases[str]
    naming: Phrases[bool]
    locative: Phrases[bool]
    provinces: frozenset[str]
    name_heads: frozenset[str]
    ambiguous: frozenset[str]
    never: frozenset[str]
    types: Phrases[str]
    given_names: frozenset[str]
    name_parts: frozenset[str]
    function_words: frozenset[str]


#: How many a person's or casualty's word stands for.
_HOW_MANY = {"one": 1, "two": 2, "many": 0}


@cache
def languages() -> frozenset[str]:
    """The ISO 639-1 codes for which there is a lexicon."""
    names = (path.name for path in files("purport.resources").joinpath("sketch").iterdir())
    return frozenset(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language. Raises ResourceError if there is none."""
    table: dict[str, Any] = yaml_of(f"sketch/{language}.yaml")
    habits = Habits(_longest_first(table.get("clitics", ())), table.get("article", ""), _longest_first(table.get("endings", ())))
    phrases, joined = partial(_phrases, table, habits=habits), partial(_joined, table, habits=habits)
    plain = partial(_plain, table, habits=habits)
    return Lexicon(
        habits=habits,
        letters=re.compile(f"[{table['letters']}]") if "letters" in table else None,
        place_table=table.get("place_table"),
        capitals=bool(table.get("capitals")),
        months=Phrases(_months(table["months"]), habits=habits),
        month_glue=phrases("month_glue"),
        weekdays=Phrases(_numbered(table["weekdays"]), habits=habits),
        relative=Phrases(_numbered(table["relative"]), habits=habits),
        past=phrases("past"),
        numbers=Phrases(_numbered(table["numbers"]), habits=habits),
        joiner=table.get("number_joiner", ""),
        least=phrases("least"),
        some=Phrases(_numbered(table.get("some", {})), habits=habits),
        people=Phrases(((word, _HOW_MANY[key]) for word, key in entries_of(table["people"])), habits=habits),
        acts=Phrases(((word, kind) for kind, forms in table["casualties"].items() for word in forms.get("acts", ())), habits=habits),
        casualties=Phrases(_casualties(table["casualties"]), habits=habits),
        filler=phrases("filler"),
        part=phrases("part"),
        between=phrases("between"),
        not_people=phrases("not_people"),
        adjectives=Phrases(entries_of(table.get("adjectives", {})), habits=habits),
        place_nouns=Phrases(entries_of(table["place_nouns"]), habits=habits),
        naming=phrases("naming"),
        locative=phrases("locative"),
        provinces=joined("provinces"),
        name_heads=plain("name_heads"),
        ambiguous=joined("ambiguous"),
        never=joined("never"),
        types=Phrases(entries_of(table["types"]), habits=habits),
        given_names=plain("given_names"),
        name_parts=plain("name_parts"),
        function_words=plain("function_words"),
    )


def _longest_first(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def _numbered(table: Mapping[int, Iterable[str]]) -> Iterable[tuple[str, int]]:
    return ((phrase, int(number)) for number, phrases in table.items() for phrase in phrases)


def _months(table: Mapping[int, Iterable[str]]) -> Iterable[tuple[str, int]]:
    """Its own names, and those of every language as pages print them beside other text ("March 3, 2021")."""
    yield from _numbered(table)
    for row in rows_of("extract/months.tsv"):
        yield from ((name, int(row["number"])) for name in row["names"].split() if "_" not in name)


def _casualties(table: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterable[tuple[str, tuple[str, int]]]:
    for kind, forms in table.items():
        for key, number in _HOW_MANY.items():
            yield from ((word, (kind, number)) for word in forms.get(key, ()))


def _phrases(table: Mapping[str, Any], key: str, *, habits: Habits) -> Phrases[bool]:
    return Phrases(((phrase, True) for phrase in table.get(key, ())), habits=habits)


def _joined(table: Mapping[str, Any], key: str, *, habits: Habits) -> frozenset[str]:
    """Names with their words written together, as the place index has them."""
    return frozenset("".join(plain_words(phrase, habits=habits)) for phrase in table.get(key, ()))


def _plain(table: Mapping[str, Any], key: str, *, habits: Habits) -> frozenset[str]:
    return frozenset(plain_of(word, habits) for word in table.get(key, ()))
