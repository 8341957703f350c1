"""A report as MUC-4 incident templates: codebook types mapped, targets split into people and things, attributions as confidence."""

from typing import Any

from evaluation.tasks.attributed_events import reading_of, report_from
from evaluation.tasks.muc_names import bare
from evaluation.tasks.muc_organisations import ORGANISATIONS, Page, responsible
from evaluation.tasks.muc_participants import templates_of
from purport.model import Claim, EntityKind, Event, Report, Role, SourceKind, Stance, Tags, Thing
from purport.settings import Settings

Record = dict[str, Any]

TYPES = {
    "killing": "ATTACK",
    "armed_assault": "ATTACK",
    "shelling": "ATTACK",
    "bombing": "BOMBING",
    "abduction": "KIDNAPPING",
    "destruction": "ATTACK",
    "chemical_attack": "ATTACK",
    "air_strike": "BOMBING",
}
#: Characters around a trigger in which a group is taken to be meant.
WINDOW = 500
#: Templates a page: gold pages with any have 1.7 on average (MUC-4 train).
MOST = 3
#: Words that make a destruction an arson.
FIRE = ("burn", "torch", "set fire", "arson", "ablaze", "alight", "set on fire", "fire")
PEOPLE = frozenset({EntityKind.PERSON, EntityKind.GROUP_OF_PEOPLE, EntityKind.NATIONALITY, EntityKind.FORCE})
THINGS = frozenset(
    {EntityKind.FACILITY, EntityKind.VEHICLE, EntityKind.OTHER, EntityKind.ORGANISATION, EntityKind.OUTLET, EntityKind.GOVERNMENT}
)
FIGHTERS = ("guerrilla", "rebel", "terrorist", "subversive", "insurgent", "militant", "urban commando", "extremist")


def predict(record: Record, *, settings: Settings) -> Record:
    """Templates of the page's violent events that somebody suffered."""
    reading = reading_of(record, settings=settings)
    report = report_from(reading, settings=settings)
    if reading.tags is not None:
        found = _with_participants(report, reading.tags)
    else:
        found = [template for event in report.events if (template := _template(event, report)) is not None]
    return {"id": record["id"], "incidents": fullest(found)}


def _with_participants(report: Report, tags: Tags) -> list[Record]:
    places: dict[str, list[int]] = {}
    for event in _violent(report):
        places.setdefault(TYPES[event.type], []).extend(t.start for t in event.triggers)
    organisations = responsible(page_of(report, tags))
    return templates_of(report.document.text, tags, places=places, organisations=organisations)


def page_of(report: Report, tags: Tags) -> Page:
    """What the choice of organisations goes by."""
    events = _violent(report)
    perpetrators = [c for event in events for c in event.claims if c.role is Role.PERPETRATOR]
    triggers = [t.start for event in events for t in event.triggers]
    return Page(report.document.text, tags, report.entities, tuple(triggers), tuple(perpetrators))


def _violent(report: Report) -> list[Event]:
    return [event for event in report.events if event.type in TYPES and event.reality != "negated"]


def fullest(templates: list[Record]) -> list[Record]:
    """The templates with most fillers, at most ``MOST`` a page and one a type and victim, in their order."""
    ranked = sorted(range(len(templates)), key=lambda n: (-sum(len(v) for v in templates[n].values() if isinstance(v, list)), n))
    return [templates[n] for n in sorted(ranked[:MOST])]


def _template(event: Event, report: Report) -> Record | None:
    kind = TYPES.get(event.type)
    if kind is None or event.reality == "negated":
        return None
    if event.type == "destruction" and any(word in t.of(report.document.text).lower() for t in event.triggers for word in FIRE):
        kind = "ARSON"
    perpetrators = [c for c in event.claims if c.role is Role.PERPETRATOR and isinstance(c.value, Thing)]
    targets = [c for c in event.claims if c.role in (Role.TARGET, Role.NAME) and isinstance(c.value, Thing)]
    people, things = _split(targets)
    if not (people or things):
        return None  # a template without a victim or target is seldom an incident of its own
    return {
        "type": kind,
        "perp_individuals": _names(c for c in perpetrators if c.value.kind in PEOPLE and c.value.actor_code is None),
        "perp_orgs": _organisations(perpetrators, report) or _behind(perpetrators, event, report),
        "physical_targets": _names(things),
        "victims": _names(people),
        "instruments": _names(c for c in event.claims if c.role is Role.INSTRUMENT),
    }


def _split(targets: list[Claim]) -> tuple[list[Claim], list[Claim]]:
    people = [c for c in targets if c.role is Role.NAME or c.value.kind in PEOPLE]
    return people, [c for c in targets if c not in people and c.value.kind in THINGS]


def _names(claims: Any) -> list[str]:
    return list(dict.fromkeys(name for c in claims if (name := bare(c.words))))


def _organisations(claims: list[Claim], report: Report) -> list[Record]:
    found: dict[str, Record] = {}
    for claim in claims:
        if claim.value.kind in ORGANISATIONS and claim.value.actor_code is not None:
            name = bare(claim.words)
            found.setdefault(name, {"name": name, "confidence": confidence(claim, report)})
    return list(found.values())


def _behind(claims: list[Claim], event: Event, report: Report) -> list[Record]:
    """For nameless fighters the armed group that the page speaks of most; for nobody the one named beside the trigger."""
    groups = [e for e in report.entities if e.kind is EntityKind.ARMED_GROUP and e.actor_code is not None]
    nameless = [c for c in claims if any(word in c.words.lower() for word in FIGHTERS)]
    text = report.document.text.upper()
    near = " ".join(text[max(0, t.start - WINDOW) : t.end + WINDOW] for t in event.triggers)
    known = groups if nameless else [e for e in groups if e.name.upper() in near]
    if not known or (claims and not nameless):
        return []
    most = max(known, key=lambda e: (text.count(e.name.upper()), e.name))
    return [{"name": bare(most.name), "confidence": confidence(nameless[0], report) if nameless else _said_of(event, report)}]


def _said_of(event: Event, report: Report) -> str:
    """The confidence of the type claims that the event rests on; a group only named beside it is possible at most."""
    kinds = [confidence(c, report) for c in event.claims if c.role is Role.TYPE]
    return next((k for k in kinds if k != "REPORTED AS FACT"), "POSSIBLE")


def confidence(claim: Claim, report: Report) -> str:
    """MUC-4's confidence of a perpetrator from the attribution that the claim rests on."""
    links = report.chain(claim.attribution_id)
    if not links:
        return "POSSIBLE" if claim.factuality.value.startswith("PS") else "REPORTED AS FACT"
    stance, source = links[-1].stance, links[-1].source
    if stance in (Stance.ADMITS, Stance.CLAIMS):
        return "CLAIMED OR ADMITTED"
    if stance in (Stance.ACCUSES, Stance.BELIEVES):
        return "SUSPECTED OR ACCUSED BY AUTHORITIES" if source and source.kind is SourceKind.OFFICIAL else "SUSPECTED OR ACCUSED"
    return "REPORTED AS FACT"
