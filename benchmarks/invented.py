"""Invented reports with known truth: incidents from templates, each told by one or more pages that leave out, blur or mistake some of it.

Places, people and outlets are made up; armed actors are codes of the package. Everything follows from the seed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from purport.model import (
    Block,
    BlockKind,
    Capture,
    Claim,
    Count,
    Document,
    EntityKind,
    Event,
    EventType,
    Factuality,
    Place,
    Report,
    Role,
    Span,
    Thing,
    Time,
    Value,
    claim_id,
    digest_of,
    event_id,
    hashed_id,
)

FIRST_DAY = date(2012, 1, 1)
ONSETS, MIDDLES, ENDS = (
    ["b", "d", "f", "g", "h", "k", "l", "m", "n", "r", "s", "t", "z", "sh", "kh"],
    ["a", "e", "i", "o", "u", "ai"],
    ["n", "r", "l", "m", "d", "sa", "ra", "ba", "ta"],
)
TYPES = ("shelling", "air_strike", "bombing", "armed_assault", "killing", "abduction", "detention")
KIN = {"shelling": "air_strike", "air_strike": "shelling", "bombing": "killing", "armed_assault": "killing", "killing": "armed_assault"}
ACTORS = ("ARM-IS", "ARM-SHABAAB", "ARM-BOKO", "ARM-AQAP", "MIL-SY", "MIL-RU", "MIL-TR", "ARM-JNIM", "MIL-NG", "MIL-SD")
TARGETS = ("market", "school", "checkpoint", "convoy", "farm", "clinic", "bus", "bakery", "camp", "bridge")
SAID = ("residents said", "the governor said", "police said", "a monitor reported", "an official told the agency", "witnesses said")
ASIDES = ("The road was closed.", "No group claimed it.", "Shops stayed shut.", "Funerals were held at noon.", "Searches went on at dusk.")


@dataclass(frozen=True)
class Town:
    name: str
    country: str
    province: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Truth:
    """One invented incident."""

    id: int
    day: date
    town: Town
    type: str
    actor: str
    target: str
    killed: int
    injured: int
    victim: str


@dataclass(frozen=True)
class Told:
    """A page, and the incident that it tells of."""

    capture: Capture
    report: Report
    incident: int


def reports(number: int, *, seed: int = 7, most: int = 12) -> list[Told]:
    """So many pages in the order in which they were published: one to ``most`` to an incident, three on average if that is twelve."""
    chance = random.Random(seed)
    towns = [_town(chance) for _ in range(max(60, number // 60))]
    days = max(200, number // 12)
    pages: list[Told] = []
    while len(pages) < number:
        truth = _truth(len(pages), towns, days=days, chance=chance)
        size = min(1 + int(chance.expovariate(0.45)), most)
        pages += [_told(truth, page, chance=chance) for page in range(size)]
    return sorted(pages[:number], key=lambda page: (page.report.document.published or "", page.report.document.id))


def _name(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(ONSETS) + chance.choice(MIDDLES) for _ in range(syllables)).capitalize() + chance.choice(ENDS)


def _town(chance: random.Random) -> Town:
    country = chance.choice(("SY", "IQ", "YE", "NG", "ML", "SD"))
    province = f"{country}.{chance.randrange(1, 12):02}"
    return Town(_name(chance, chance.choice((1, 2, 2, 3))), country, province, chance.uniform(5, 37), chance.uniform(0, 45))


def _truth(number: int, towns: list[Town], *, days: int, chance: random.Random) -> Truth:
    """Violence clusters: a fifth of the towns see half of it."""
    town = chance.choice(towns[: len(towns) // 5]) if chance.random() < 0.5 else chance.choice(towns)
    return Truth(
        id=number,
        day=FIRST_DAY + timedelta(days=chance.randrange(days)),
        town=town,
        type=chance.choice(TYPES),
        actor=chance.choice(ACTORS),
        target=chance.choice(TARGETS),
        killed=min(int(chance.expovariate(0.25)), 80),
        injured=min(int(chance.expovariate(0.12)), 150),
        victim=f"{_name(chance, 2)} {_name(chance, 2)}",
    )


def _told(truth: Truth, page: int, *, chance: random.Random) -> Told:
    """One page's telling of an incident, with its own gaps and errors."""
    published = truth.day + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2)))
    code = KIN.get(truth.type, truth.type) if chance.random() < 0.15 else truth.type
    killed = max(truth.killed + chance.choice((0, 0, 0, 0, 1, -1, 2)), 0)
    injured = max(truth.injured + chance.choice((0, 0, 0, 2, -2, 5)), 0)
    title = f"{killed} killed in {truth.town.name} {truth.target} attack" if killed else f"{truth.target} hit in {truth.town.name}"
    lead = f"The {truth.target} in {truth.town.name} was hit on {truth.day:%d %B}, {chance.choice(SAID)}."
    toll = f"They counted {killed} dead and {injured} hurt; {truth.victim} was among them."
    text = f"{title}\n\n{lead} {toll} {chance.choice(ASIDES)} {chance.choice(ASIDES)} Page {truth.id}-{page}."
    content = text.encode()
    digest = digest_of(content)
    capture = Capture("cap-" + digest[7:23], f"invented/{truth.id}-{page}.txt", digest, content, "text/plain")
    document = Document(
        id=hashed_id("doc", capture.id),
        capture_id=capture.id,
        text=text,
        title=title,
        outlet=f"The {_name(chance, 2)} Post",
        published=published.isoformat(),
        blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH),),
    )
    claims = list(_claims(truth, killed, injured=injured, chance=chance))
    return Told(capture, Report(document, (), (_event(document, code, claims=claims),), (), "invented 1"), truth.id)


def _claims(truth: Truth, killed: int, *, injured: int, chance: random.Random) -> Iterator[tuple[Role, Value, str]]:
    town = truth.town
    if chance.random() < 0.85:
        blurred = chance.random() < 0.15
        off = 0.1 if blurred else 0.0
        spot = (town.latitude + chance.uniform(-off, off), town.longitude + chance.uniform(-off, off))
        yield Role.PLACE, Place(town.name, town.country, town.province, None, *spot, "near" if blurred else "exact"), town.name
    else:
        yield Role.PLACE, Place(town.province, town.country, town.province, None, None, None, "province"), town.name
    if chance.random() < 0.75:
        day = truth.day + timedelta(days=chance.choice((0,) * 12 + (1,)))
        yield Role.TIME, Time(day.isoformat(), day.isoformat()), f"{truth.day:%d %B}"
    if chance.random() < 0.7:
        yield Role.PERPETRATOR, Thing(truth.actor, EntityKind.ARMED_GROUP, None, truth.actor), truth.target
    yield Role.TARGET, Thing(f"the {truth.target}", EntityKind.FACILITY), truth.target
    if killed and chance.random() < 0.85:
        yield Role.COUNT, Count("killed", killed, killed), str(killed)
    if injured and chance.random() < 0.6:
        yield Role.COUNT, Count("injured", injured, injured), str(injured)
    if chance.random() < 0.2:
        yield Role.NAME, Thing(truth.victim, EntityKind.PERSON), truth.victim


def _event(document: Document, code: str, *, claims: list[tuple[Role, Value, str]]) -> Event:
    trigger = _span(document.text, "hit")
    key = event_id(document.id, (trigger,))
    made = tuple(_claim(key, document.text, *claim) for claim in [(Role.TYPE, EventType(code), "hit"), *claims])
    return Event(key, document.id, code, (trigger,), made)


def _claim(key: str, text: str, role: Role, value: Value, words: str) -> Claim:
    spans = (_span(text, words),)
    identity = claim_id(event_id=key, role=role, value=value, spans=spans, chain=[])
    return Claim(identity, key, role, value, words, spans, None, Factuality.CERTAIN, 0.8)


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
