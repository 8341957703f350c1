"""The wording of numbers (``resources/quantities.yaml``) in a shape that is quick to look up."""

from collections.abc import Mapping
from functools import cache

from purport.resources import yaml_of

SOURCE = "quantities.yaml"
Phrase = tuple[str, ...]


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of the file."""
    return frozenset(str(word) for word in yaml_of(SOURCE)[name])


@cache
def bounds_before() -> Mapping[Phrase, str]:
    """Words before a number → least, above, most, below or about."""
    return {tuple(phrase.split()): bound for phrase, bound in yaml_of(SOURCE)["before"].items()}


@cache
def bounds_after() -> Mapping[Phrase, str]:
    return {tuple(phrase.split()): bound for phrase, bound in yaml_of(SOURCE)["after"].items()}


@cache
def vague_numbers() -> Mapping[Phrase, tuple[int, int]]:
    """Phrases such as "tens of thousands" → low and high."""
    return {tuple(phrase.split()): (low, high) for phrase, (low, high) in yaml_of(SOURCE)["vague"].items()}


@cache
def vague_starts() -> Mapping[str, tuple[Phrase, ...]]:
    """First word → the vague phrases that it may begin, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for phrase in vague_numbers():
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in found.items()}


@cache
def longest_bound() -> int:
    return max(len(phrase) for phrase in bounds_before())
