"""Incidents built by hand from short invented pages, so that what is made of them is tested without any reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from invented_reports import Builder, capture_of, document_of
from purport.incident import Incident, Telling, incident_id
from purport.model import (
    Claim,
    Count,
    Entity,
    EntityKind,
    Factuality,
    Place,
    Report,
    Role,
    SourceKind,
    Stance,
    Thing,
    Time,
    Value,
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a page and what it claims; ``who`` and ``cue`` stand in it, None for the outlet's own voice."""

    sentence: str
    who: str | None = None
    cue: str = "said"
    kind: SourceKind = SourceKind.OFFICIAL
    stance: Stance = Stance.SAYS
    flags: tuple[str, ...] = ()
    values: tuple[tuple[Role, Value, str], ...] = ()
    entity: Entity | None = None
    denied: bool = False
    tells: bool = True  #: makes a claim of the type as well


@dataclass(frozen=True, slots=True)
class PageSpec:
    outlet: str | None
    said: tuple[Said, ...]
    published: str | None = "2022-03-07"
    header: dict[str, str] = field(default_factory=dict)


MONITOR = Said(
    "Nine people were killed, the Orontes Casualty Monitor said.", "the Orontes Casualty Monitor", kind=SourceKind.NGO, flags=("named",)
)
ARMY = Entity("ent-army", "Syrian Arab Army", EntityKind.FORCE, "MIL-SY", "SY", True)


def killed(low: int | None, high: int | None, words: str, who: str | None = None) -> tuple[Role, Value, str]:
    return Role.COUNT, Count("killed", low, high, who), words


def place(name: str, words: str = "", **known: object) -> tuple[Role, Value, str]:
    return Role.PLACE, Place(name, **known), words or name  # type: ignore[arg-type]


def day(edtf: str | None, words: str) -> tuple[Role, Value, str]:
    return Role.TIME, Time(edtf or "", edtf), words


def by(name: str, code: str | None = None, kind: EntityKind = EntityKind.ARMED_GROUP, words: str = "") -> tuple[Role, Value, str]:
    return Role.PERPETRATOR, Thing(name, kind, None, code), words or name


def page(spec: PageSpec, *, type: str = "bombing", reality: str = "actual") -> Telling:
    """The telling of one page; its first word is its trigger."""
    text = "Attack. " + " ".join(said.sentence for said in spec.said)
    document = replace(
        document_of(capture_of(f"{spec.outlet}{spec.published}{text}".encode()), text, title="Attack"), url=None, furniture=()
    )
    document = replace(document, outlet=spec.outlet, published=spec.published, **spec.header)  # type: ignore[arg-type]
    build = Builder(document)
    build.entities = tuple(said.entity for said in spec.said if said.entity)
    claims: list[tuple[Role, Value, str, str | None]] = []
    links: dict[str, Said] = {}
    for said in spec.said:
        link = _link(build, said)
        if link:
            links[link] = said
        own = [(role, value, words, link) for role, value, words in said.values]
        claims += own
    event = build.event("Attack", type, claims, reality=reality, word=next(iter(links), None))
    extra = [_type_claim(event.claims[0], link) for link in list(links)[1:] if links[link].tells]
    denied = {link for link, said in links.items() if said.denied}
    made = [replace(c, factuality=Factuality.NOT_CERTAIN) if c.attribution_id in denied else c for c in (*event.claims, *extra)]
    event = replace(event, claims=tuple(made))
    report = build.report()
    return Telling(event, report.document, report.attributions, report.entities)


def _type_claim(claim: Claim, link: str) -> Claim:
    return replace(claim, id=f"clm-{link[4:]}", attribution_id=link)


def _link(build: Builder, said: Said) -> str | None:
    if said.who is None:
        return None
    link = build.says(said.who, said.cue, said.stance, kind=said.kind, **dict.fromkeys(said.flags, True))
    if said.entity:
        last = build.links[-1]
        assert last.source is not None
        build.links[-1] = replace(last, source=replace(last.source, entity_id=said.entity.id))
    return link


def incident(specs: Sequence[PageSpec], *, type: str = "bombing", reality: str = "actual") -> Incident:
    """The incident that all these pages tell of."""
    tellings = tuple(page(spec, type=type, reality=reality) for spec in specs)
    return Incident(incident_id(tuple(t.event.id for t in tellings)), tellings)


def report_of(telling: Telling) -> Report:
    return telling.report


ADMITTED = Said(
    "Islamic State claimed it.",
    "Islamic State",
    "claimed",
    SourceKind.ARMED_GROUP,
    Stance.ADMITS,
    ("named", "party"),
    (by("Islamic State", "ARM-IS"),),
)
