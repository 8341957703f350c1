"""What stretches of a page say of their happening in comparable form, and what cannot be both."""

import math
from dataclasses import dataclass

from purport.coding.phrases import Phrases
from purport.coding.tellings import Telling
from purport.model import EntityKind, Form, Quantity, Role, Toponym

#: "north of the city" can be this far from it.
NEARBY_KM = 40.0
KM_A_DEGREE = 111.2

TELLING_KINDS = frozenset({EntityKind.ARMED_GROUP, EntityKind.GOVERNMENT, EntityKind.FORCE, EntityKind.NATIONALITY, EntityKind.PLACE})
WIDE = frozenset({"country", "region", "unknown"})


@dataclass(frozen=True, slots=True)
class Traits:
    """What a group of tellings says, in comparable form."""

    places: tuple[Toponym, ...]
    dates: tuple[str, ...]
    actors: frozenset[str]
    named_actors: frozenset[str]
    targets: frozenset[str]
    named_targets: frozenset[str]
    killed: tuple[tuple[Quantity, str | None], ...]
    words: frozenset[str]
    sentences: tuple[int, ...]
    anaphoric: bool
    headline: bool
    consequence_only: bool
    counted: bool

    @property
    def is_total(self) -> bool:
        """True for counts over a period ("300 killings this year")."""
        return bool(self.dates) and self.counted and not any(_is_day(d) for d in self.dates)

    def with_later(self, other: "Traits") -> "Traits":
        """The traits of both groups together."""
        return Traits(
            places=tuple(dict.fromkeys((*self.places, *other.places))),
            dates=tuple(dict.fromkeys((*self.dates, *other.dates))),
            actors=self.actors | other.actors,
            named_actors=self.named_actors | other.named_actors,
            targets=self.targets | other.targets,
            named_targets=self.named_targets | other.named_targets,
            killed=tuple(dict.fromkeys((*self.killed, *other.killed))),
            words=self.words | other.words,
            sentences=tuple(sorted({*self.sentences, *other.sentences})),
            anaphoric=self.anaphoric or other.anaphoric,
            headline=self.headline and other.headline,
            consequence_only=self.consequence_only and other.consequence_only,
            counted=self.counted or other.counted,
        )


def traits_of(tellings: list[Telling], *, phrases: Phrases) -> Traits:
    """The traits of a group of tellings."""
    actors, named = _keys(tellings, phrases, Role.PERPETRATOR)
    targets, named_targets = _keys(tellings, phrases, Role.TARGET)
    dates = tuple(x.edtf or x.value for t in tellings for x in t.times)
    return Traits(
        places=tuple(p for t in tellings for p in t.places),
        dates=dates,
        actors=actors,
        named_actors=named,
        targets=targets,
        named_targets=named_targets,
        killed=tuple((c.quantity, t.attribution.id if t.attribution else None) for t in tellings for c in t.tallies if c.kind == "killed"),
        words=frozenset(t.trigger.token.lemma.lower() for t in tellings),
        sentences=tuple(t.trigger.token.sentence for t in tellings),
        anaphoric=any(t.pointing_back for t in tellings),
        headline=all(t.trigger.headline for t in tellings),
        counted=any(t.tallies for t in tellings),
        consequence_only=all(t.trigger.entry.consequence for t in tellings),
    )


def _keys(tellings: list[Telling], phrases: Phrases, role: Role) -> tuple[frozenset[str], frozenset[str]]:
    every, named = set(), set()
    for telling in tellings:
        for filler in telling.fillers:
            if filler.role is not role:
                continue
            entity, mention = phrases.entity(filler.head), phrases.representative(filler.head)
            key = (entity.country or entity.id) if entity and entity.kind in TELLING_KINDS else phrases.key(filler.head)
            every.add(key)
            if mention and mention.form is Form.NAME and (mention.kind in TELLING_KINDS or role is Role.TARGET):
                named.add(key)
    return frozenset(every), frozenset(named)


def clash(a: Traits, b: Traits) -> bool:
    """True if the two cannot be one happening: other place, time, named actors or victims, another toll in one voice."""
    if places_clash(a, b) or times_clash(a, b):
        return True
    if a.named_actors and b.named_actors and not a.actors & b.actors:
        return True
    if b.consequence_only and b.actors and a.named_actors and not a.actors & b.actors:
        return True  # "troops killed 61" is no part of the rocket attacks told before
    return targets_clash(a, b) or tolls_clash(a, b)


def actors_clash(a: Traits, b: Traits) -> bool:
    """A named actor of the later one is none of those told before."""
    return bool(a.actors and b.named_actors) and not a.actors & b.actors


def targets_clash(a: Traits, b: Traits) -> bool:
    """Both name victims, and nobody is a victim of both."""
    return bool(a.named_targets and b.named_targets) and not a.targets & b.targets


def places_clash(a: Traits, b: Traits) -> bool:
    """No place in common; where both name towns or districts, those must agree."""
    exact_a, exact_b = ([p for p in t.places if p.precision not in WIDE] for t in (a, b))
    pairs = [(x, y) for x in exact_a or a.places for y in exact_b or b.places]
    return bool(pairs) and not any(near(x, y) for x, y in pairs)


def times_clash(a: Traits, b: Traits) -> bool:
    """No time in common, or a total over a period against an act of one day."""
    if not a.dates or not b.dates:
        return False
    if not any(same_time(x, y) for x in a.dates for y in b.dates):
        return True
    return (a.is_total and any(_is_day(d) for d in b.dates)) or (b.is_total and any(_is_day(d) for d in a.dates))


def _is_day(date: str) -> bool:
    return len(date) >= 10 and "/" not in date


def tolls_clash(a: Traits, b: Traits) -> bool:
    """Two exact totals of dead in one voice, neither a part nor an update of the other."""
    if b.words & {"toll", "death", "dead"} or a.headline or b.anaphoric:
        return False
    exact = [(q, v) for q, v in a.killed if not q.part_of_whole and q.low == q.high]
    return any(v == w and q.low != r.low for q, v in exact for r, w in b.killed if not r.part_of_whole and r.low == r.high) and not any(
        q.low == r.low for q, _ in exact for r, _ in b.killed
    )


def near(a: Toponym, b: Toponym) -> bool:
    """The same place, one that can lie in the other, or one told only as near the other."""
    if a.name.lower() == b.name.lower() or (a.geonames_id is not None and a.geonames_id == b.geonames_id):
        return True
    if a.country != b.country and a.country and b.country:
        return False
    if a.precision in WIDE or b.precision in WIDE:
        return True
    if "near" in (a.precision, b.precision) and _kilometres(a, b) <= NEARBY_KM:
        return True
    return bool(a.admin1 and a.admin1 == b.admin1 and "province" in (a.precision, b.precision))


def _kilometres(a: Toponym, b: Toponym) -> float:
    """Distance on a flat map, good for neighbours; infinite without coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    east = (a.longitude - b.longitude) * math.cos(math.radians((a.latitude + b.latitude) / 2))
    return KM_A_DEGREE * math.hypot(a.latitude - b.latitude, east)


def same_time(a: str, b: str) -> bool:
    """One date begins with the other ("2005-07" and "2005-07-16"), or they share a day of a range."""
    strip = str.maketrans("", "", "~?%")
    ends_a, ends_b = a.translate(strip).split("/"), b.translate(strip).split("/")
    if any(x and y and ".." not in (x, y) and (x[:10].startswith(y[:10]) or y[:10].startswith(x[:10])) for x in ends_a for y in ends_b):
        return True
    return _inside(ends_a, ends_b) or _inside(ends_b, ends_a)


def _inside(point: list[str], interval: list[str]) -> bool:
    if len(interval) != 2 or len(point) != 1 or point[0].startswith("X"):
        return False
    low, high = interval
    return (low in ("", "..") or low[: len(point[0])] <= point[0]) and (high in ("", "..") or point[0] <= high + "~")
