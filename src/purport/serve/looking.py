"""What is looked for, out of an address and back into one."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from purport.cards import FACETS
from purport.codebook import in_use
from purport.errors import QueryError
from purport.listing import DAY
from purport.serve.finding import SORTS, Asked, Box
from purport.wording import country_name, label

NUMBER = re.compile(r"\d{1,7}", re.ASCII)
#: What is asked beside facets, as it is told above the list.
CONDITIONS = {
    "q": "words",
    "box": "area",
    "since": "from",
    "until": "until",
    "min_pages": "least number of pages",
    "min_sources": "least number of independent sources",
}
MOST_CHOSEN = 50  #: values of one facet
MOST_QUERY = 2_000  #: characters


def asked_of(parameters: QueryParams) -> Asked:
    """What an address asks for; empty fields ask nothing. Raises QueryError for a day, area or order that is none."""
    chosen = {name: tuple(filter(None, parameters.getlist(name)))[:MOST_CHOSEN] for name in FACETS}
    sort = parameters.get("sort") or "newest"
    if sort not in SORTS:
        raise QueryError(f"no order {sort!r}", where="sort", remedy=f"use one of {', '.join(SORTS)}")
    return Asked(
        query=parameters.get("q", "").strip()[:MOST_QUERY],
        chosen={name: values for name, values in chosen.items() if values},
        box=box_of(parameters.get("box", "")),
        since=_day(parameters.get("since", ""), name="since", end="-01-01"),
        until=_day(parameters.get("until", ""), name="until", end="-12-31"),
        sort=sort,
        min_pages=max(_number(parameters.get("min_pages", ""), name="min_pages"), 1),
        min_sources=_number(parameters.get("min_sources", ""), name="min_sources"),
    )


def _number(words: str, *, name: str) -> int:
    words = words.strip()
    if words and not NUMBER.fullmatch(words):
        raise QueryError(f"no number: {words[:20]!r}", where=name, remedy="write it in digits")
    return int(words or 0)


def box_of(words: str) -> Box | None:
    """West, south, east and north of ``"35,36,38.5,37"``. Raises QueryError."""
    if not words.strip():
        return None
    try:
        west, south, east, north = (float(part) for part in words.split(","))
    except ValueError:
        west, south, east, north = 0.0, 1.0, 0.0, 0.0
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise QueryError(
            f"no area: {words[:60]!r}", where="box", remedy="write west,south,east,north in degrees, for example 35,36,38.5,37"
        )
    return west, south, east, north


def _day(words: str, *, name: str, end: str) -> str | None:
    words = words.strip()
    if not words:
        return None
    if not DAY.fullmatch(words):
        raise QueryError(f"no date: {words[:20]!r}", where=name, remedy="write it as 2015-12-02, 2015-12 or 2015")
    if len(words) == 7:
        return f"{words}-01" if end == "-01-01" else f"{words}-{_last_of(words)}"
    return words if len(words) == 10 else f"{words}{end}"


def _last_of(month: str) -> int:
    from calendar import monthrange

    year, number = map(int, month.split("-"))
    return monthrange(year, number)[1] if 1 <= number <= 12 and year >= 1 else 28


def pairs_of(asked: Asked) -> Iterator[tuple[str, str]]:
    """The fields of an address that asks the same."""
    if asked.query:
        yield "q", asked.query
    for name, values in asked.chosen.items():
        yield from ((name, value) for value in values)
    if asked.box:
        yield "box", ",".join(f"{side:g}" for side in asked.box)
    if asked.since:
        yield "since", asked.since
    if asked.until:
        yield "until", asked.until
    if asked.min_pages > 1:
        yield "min_pages", str(asked.min_pages)
    if asked.min_sources > 0:
        yield "min_sources", str(asked.min_sources)
    if asked.sort != "newest":
        yield "sort", asked.sort


def address_of(asked: Asked, *, without: tuple[str, str] | None = None, **more: str) -> str:
    """The query string that asks the same, one field left out, others added."""
    pairs = [pair for pair in pairs_of(asked) if pair != without and pair[0] not in more]
    return urlencode([*pairs, *more.items()])


def words_of(facet: str, value: str) -> str:
    """A value of a facet in words."""
    if facet == "country":
        return country_name(value)
    if facet == "own_status":
        return next((status.label for status in in_use().statuses if status.code == value), label(value))
    return value if facet in ("actor", "province", "outlet") else label(value)


def applied(asked: Asked) -> list[dict[str, str]]:
    """Every condition in words, with the address without it."""
    found = []
    for name, value in pairs_of(asked):
        if name == "sort":
            continue
        told = CONDITIONS.get(name) or FACETS[name]
        words = words_of(name, value) if name in FACETS else value
        found.append({"name": told, "words": words, "without": address_of(asked, without=(name, value))})
    return found
