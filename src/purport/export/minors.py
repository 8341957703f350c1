"""Names of people under eighteen in a page, as far as the words right beside the name say so."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from purport.model import EntityKind, Report
from purport.resources import yaml_of

ADULT = 18
NEAR = 70  #: characters on either side of a name in which an age or a word for a minor is looked for
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
TOKEN = re.compile(r"[^\W\d_]+|\d+")
JOINT = re.compile(r"[ \u00a0.'’\-\u2010\u2011]{1,2}")  #: between two words of one name


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words in a row, where they stand."""

    start: int
    end: int
    words: int


def names_of_minors(report: Report) -> Iterator[str]:
    """Names beside which the text gives an age under eighteen, or calls the person a child, schoolgirl, teenager …"""
    text = report.document.text
    signs = [match.start() for match in TOKEN.finditer(text) if _is_sign(match.group())]
    if not signs:
        return
    people = {word for e in report.entities if e.kind is EntityKind.PERSON for word in WORD.findall(e.name)}
    for run in _runs(text):
        if bisect_left(signs, run.start - NEAR) == bisect_left(signs, run.end + NEAR):
            continue
        name = text[run.start : run.end]
        before, after = _sentence_before(text, run.start), text[run.end : run.end + NEAR]
        known = run.words > 1 or name in people
        if _is_noun_next(after):
            continue  # "a 12-year-old Syrian boy": no name
        if (known and (_aged_before().search(before) or _aged_after(after))) or _called_before().search(before):
            yield name


def _is_sign(word: str) -> bool:
    """A word for a minor, or an age: one of them stands near every name that is looked for."""
    low = word.casefold()
    return low in _signs() or (low.isdecimal() and len(low) < 3)


@cache
def _signs() -> frozenset[str]:
    return _set("minors") | frozenset(yaml_of("masking.yaml")["ages"])


def _runs(text: str) -> Iterator[_Run]:
    run: _Run | None = None
    for match in WORD.finditer(text):
        word = match.group()
        joined = run is not None and JOINT.fullmatch(text, run.end, match.start()) is not None
        if run is not None and not (joined and (_is_capitalised(word) or word.casefold() in _set("particles"))):
            yield _trimmed(run, text)
            run = None
        if run is not None:
            run = _Run(run.start, match.end(), run.words + 1)
        elif _is_capitalised(word) and word.casefold() not in _set("breaks") and word.casefold() not in _set("minors"):
            run = _Run(match.start(), match.end(), 1)
    if run is not None:
        yield _trimmed(run, text)


def _trimmed(run: _Run, text: str) -> _Run:
    """Without particles at its end ("Farid de")."""
    words = list(WORD.finditer(text, run.start, run.end))
    while len(words) > 1 and not _is_capitalised(words[-1].group()):
        words.pop()
    return _Run(run.start, words[-1].end(), len(words))


def _is_capitalised(word: str) -> bool:
    return word[0].isupper()


def _sentence_before(text: str, start: int) -> str:
    before = text[max(0, start - NEAR) : start]
    return re.split(r"[.!?]\s|\n", before)[-1]


def _is_noun_next(after: str) -> bool:
    match = re.match(r"\s+([^\W\d_]+)", after)
    return match is not None and match[1].casefold().rstrip("s") in _set("minors")


def _aged_after(after: str) -> bool:
    match = _after().match(after)
    if match is None:
        return False
    age = match["age"] or match["age2"]
    return age is None or _years(age) < ADULT


def _years(age: str) -> int:
    return int(age) if age.isdigit() else int(yaml_of("masking.yaml")["ages"][age.casefold()])


@cache
def _set(kind: str) -> frozenset[str]:
    return frozenset(str(word) for word in yaml_of("masking.yaml")[kind])


@cache
def _age() -> str:
    """An age under eighteen, in digits or words."""
    return rf"(?:1[0-7]|[1-9]|{'|'.join(yaml_of('masking.yaml')['ages'])})"


@cache
def _minor() -> str:
    return rf"(?:{'|'.join(sorted(_set('minors')))})"


@cache
def _aged_before() -> re.Pattern[str]:
    """ "12-year-old ", "a boy of nine, ", "the girl, "; a word or two may stand between."""
    between = r"(?:[ -](?!and\b|of\b)[^\W\d]+){0,2}"
    return re.compile(
        rf"\b(?:{_age()}[ -](?:years?|months?)[ -]old{between}|{_minor()}(?: of {_age()})?),? (?:named |called |known as )?$", re.IGNORECASE
    )


@cache
def _called_before() -> re.Pattern[str]:
    """A word for a minor right before: "schoolgirl Farida"; here one word is enough of a name."""
    return re.compile(rf"\b{_minor()},? (?:named |called |known as )?$", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    """ ", 12,", " (9)", ", aged eight", ", a 12-year-old pupil", ", a schoolboy", " was 12"."""
    other = "|".join(sorted(_set("not_the_minor")))
    describing = rf"(?:(?!(?:{other})\b)[^\W\d]+[ -]){{0,3}}"
    number = rf"(?P<age>1?\d|{'|'.join(yaml_of('masking.yaml')['ages'])})"
    return re.compile(
        rf"(?:,? ?\(?(?:aged? )?(?:an? |the |only |just )?{number}(?=\s*[,.;)\]]|\s*$|[ -](?:years?|months?)[ -]old)"
        rf"|,? (?:was|is) (?:only |just )?(?:aged )?{number.replace('age>', 'age2>')}(?=[.,;]|\s*$| years? old)"
        rf"|, (?:an? |the |his |her |their )?{describing}{_minor()}\b)",
        re.IGNORECASE,
    )
