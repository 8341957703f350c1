"""Profile → the blocks in which it meets others, and where in each block's order it stands.

Keys of several widths: a day with a cell of the map, a place name, a province, an actor or a figure; without a day a name, a figure or a
few like words. A day goes into two buckets of two days each, so that neighbours across midnight meet; a point goes into every cell that
its precision reaches. In each block an event meets its neighbours only (``linkage.Linker.window``), so that pairs stay linear in events.
"""

import hashlib
import math
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from purport.incidents.calendar import Days
from purport.incidents.likeness import Point
from purport.incidents.profile import Profile
from purport.linkage import BlockKey

CELL_DEGREES = 0.25  #: about 28 km: larger than the precision of a named town, so that it falls into four cells at most
CELLS = 4
GROUP_BITS, BLOCK_BITS = 20, 43  #: of a block's number: days since year 1 need 20 until the year 2870
DAYS = 4  #: buckets of the two most precise days
SIGNATURES = 3  #: like words, by the smallest of their numbers under so many orders (MinHash)
PER_SIGNATURE = 2
PLACES = 3
NAMES = 4
TITLE_WORDS = 6


def keys_of(profile: Profile) -> tuple[BlockKey, ...]:
    """The blocks of a profile, sorted; those of threats and plans are apart from those of deeds."""
    world = "unrealised" if profile.reality == "unrealised" else "real"
    toll, day = _toll_of(profile), _day_of(profile)
    shy = 1 if day else 0  # events with a day meet in the blocks of their day; elsewhere they wait for those without
    places = (
        (_dated(profile), 2 * (day * 1_000_000 + toll)),
        (_alike(profile), 2 * (day * 1_000_000 + toll)),
        (_undated(profile), 2 * (toll * 10_000_000 + day) + shy),
    )
    found = {BlockKey(_block(world, parts), place) for blocks, place in places for parts in blocks}
    return tuple(sorted(found, key=lambda key: (key.block, key.place)))


def _dated(profile: Profile) -> Iterator[tuple[object, ...]]:
    """Blocks for which a day must be known, at least of publication."""
    for day in _buckets(profile):
        yield from ((day, *where) for where in _wheres(profile))
        yield from ((day, "actor", actor) for actor in (*profile.perpetrators, *profile.targets)[:PLACES])


def _alike(profile: Profile) -> Iterator[tuple[object, ...]]:
    """Blocks of a name or of like words, where even events of different days meet: one of the days may be wrong."""
    yield from (("name", name) for name in profile.names[:NAMES])
    yield from (("words", *signature) for signature in _signatures(profile.words, turns=SIGNATURES))
    yield from (("title", *signature) for signature in _signatures(profile.title, turns=SIGNATURES - 1))


def _undated(profile: Profile) -> Iterator[tuple[object, ...]]:
    """Blocks in which an event that tells no day meets others."""
    own = [("cell", *cells[0]) for point in profile.points[:PLACES] if (cells := _cells(point))]
    yield from (("where", where) for where in own)
    yield from (("two places", *pair) for pair in combinations(sorted(set(own)), 2))
    for kind, toll in (("killed", profile.killed), ("injured", profile.injured)):
        yield from ((kind, figure, where) for figure in toll for where in own)
    yield from (("said of", word, where) for word in sorted(profile.title)[:TITLE_WORDS] for where in own[:1])


def _buckets(profile: Profile) -> Iterator[tuple[object, ...]]:
    """Each day in the buckets that begin with it and with the day before; wider spans by their month; days without a year by themselves."""
    spans = profile.days[:2] or ((profile.weak,) if profile.weak else ())
    for first, last in spans:
        if last - first <= DAYS:
            yield from (("day", day) for day in range(first - 1, last + 1))
        else:
            yield from (("month", month) for month in _months((first, last)))
    yield from (("day of year", day) for day in _days_of_year(profile))


def _days_of_year(profile: Profile) -> set[str]:
    told = {date.fromordinal(first).isoformat()[5:] for first, last in profile.days[:2] if first == last}
    return told | set(profile.month_days[:2])


def _months(days: Days) -> Iterator[int]:
    yield from range(days[0] // 31, days[1] // 31 + 1)


def _wheres(profile: Profile) -> Iterator[tuple[object, ...]]:
    for point in profile.points[:PLACES]:
        yield from (("cell", *cell) for cell in _cells(point))
    yield from (("place", name) for name in profile.place_names[:PLACES])
    yield from (("province", province) for province in profile.provinces[:2])
    if not profile.provinces:
        yield from (("country", country) for country in profile.countries[:1])


def _cells(point: Point) -> list[tuple[int, int]]:
    """The cells that a point reaches, its own first."""
    latitude, longitude, radius = point
    tall = min(radius, CELL_DEGREES * 111 / 2) / 111.0
    wide = tall / max(math.cos(math.radians(latitude)), 0.1)
    rows = dict.fromkeys(math.floor(value / CELL_DEGREES) for value in (latitude, latitude - tall, latitude + tall))
    columns = dict.fromkeys(math.floor(value / CELL_DEGREES) for value in (longitude, longitude - wide, longitude + wide))
    return [(row, column) for row in rows for column in columns][:CELLS]


def _signatures(words: frozenset[int], *, turns: int) -> Iterator[tuple[int, ...]]:
    """The smallest numbers of a set under several orders: sets that share many members share some of these (Broder 1997)."""
    if len(words) < PER_SIGNATURE * 3:
        return
    for turn in range(turns):
        salt = 0x9E3779B1 * (2 * turn + 1)
        smallest = sorted(((word ^ (salt & 0xFFFFFFFF)) * 0x85EBCA6B & 0xFFFFFFFF, word) for word in words)[:PER_SIGNATURE]
        yield (turn, *(word for _, word in smallest))


def _day_of(profile: Profile) -> int:
    """The first stated day, else that of publication, else 0. Never more than 22 bits, as the toll has 20."""
    return profile.days[0][0] if profile.days else profile.weak[0] if profile.weak else 0


def _toll_of(profile: Profile) -> int:
    killed, injured = (max(toll, default=0) for toll in (profile.killed, profile.injured))
    return min(killed, 999) * 1000 + min(injured, 999)


def _block(world: str, parts: tuple[object, ...]) -> int:
    """A number of 63 bits. Blocks of one day, or of one place, stand together: pages that come together touch few leaves of the index."""
    group = parts[0][1] if isinstance(parts[0], tuple) and isinstance(parts[0][1], int) else _hashed(parts[-1], bits=GROUP_BITS)
    return (int(group) % (1 << GROUP_BITS)) << BLOCK_BITS | _hashed(world, *parts, bits=BLOCK_BITS)


def _hashed(*parts: object, bits: int) -> int:
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=8).digest(), "big") >> (64 - bits)
