"""What people ask of Find, as addresses: for the figures of ``benchmarks.workbench``.

Words and facets are those of ``benchmarks.invented``. No two addresses are alike, since answers to one question are remembered.
"""

import random
from collections.abc import Iterator

import httpx

from benchmarks.invented import FIRST_DAY, TARGETS, TYPES

COUNTRIES = ("SY", "IQ", "YE", "NG", "ML", "SD")
ORDERS = ("newest", "oldest", "pages", "sources", "killed")
#: In nearly every page; in a quarter of them; phrases and beginnings of words, which FTS5 must look up in the pages one by one.
WORST = ("the", "said", '"was closed"', "mar*", "police|monitor", "-market", "killed:1..", "date:2012..2022")


def queries(number: int = 120, *, seed: int = 5) -> list[str]:
    """Query strings for ``/find``, the first of them everything and the worst cases, then people narrowing down."""
    chance = random.Random(seed)
    made = ["", *(encoded(q=words) for words in WORST), *(encoded(q=words, sort="best") for words in WORST[:2]), *whole_facets()]
    while len(made) < number:
        made += [each for each in narrowing(chance, page=len(made)) if each not in made]
    return made[:number]


def whole_facets() -> Iterator[str]:
    """Everything but for one condition of each kind."""
    yield encoded(country="SY")
    yield encoded(disputed="yes")
    yield encoded(box="30,0,45,37")
    yield encoded(since=f"{FIRST_DAY.year}", until=f"{FIRST_DAY.year + 5}")
    yield encoded(page="20")


def narrowing(chance: random.Random, *, page: int) -> Iterator[str]:
    """One person's search: words first, then a facet more with each step, or another order."""
    asked: dict[str, str] = {"q": chance.choice(TARGETS)}
    steps = [
        {"type": chance.choice(TYPES)},
        {"country": chance.choice(COUNTRIES)},
        {"since": f"{FIRST_DAY.year + page % 12}-{chance.randrange(1, 13):02}"},
        {"q": f"{asked['q']} killed:{chance.randrange(1, 20)}.. place:{chance.choice(COUNTRIES)}"},
        {"sort": chance.choice(ORDERS)},
    ]
    yield encoded(**asked)
    for step in chance.sample(steps, 3):
        asked |= step
        yield encoded(**asked)


def encoded(**asked: str) -> str:
    """The query string of an address."""
    return str(httpx.QueryParams(asked))
