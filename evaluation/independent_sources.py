"""The project's own cases of origins: ``python -m evaluation.independent_sources``.

``evaluation/cases/independent_sources.yaml`` says what a case is. A case is right if every standing has as many origins as expected. In the
manner of nomenklatura's labelled pairs, cases are STRONG, MEDIUM or WEAK; every STRONG one must be right.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from purport.extract import document_of_text
from purport.incident import Incident, Origin, Standing, Telling, incident_id
from purport.incidents import with_origins
from purport.model import (
    Attribution,
    Claim,
    Count,
    Entity,
    EntityKind,
    Event,
    EventType,
    Factuality,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Stance,
    Thing,
    Value,
    claim_id,
    event_id,
    hashed_id,
)
from purport.pipeline import Pipeline
from purport.settings import Settings

CASES = Path(__file__).parent / "cases" / "independent_sources.yaml"
STRENGTHS = ("STRONG", "MEDIUM", "WEAK")
WORDS = {Standing.THIRD_PARTY: "third", Standing.UNKNOWN: "unknown", Standing.PARTY: "party", Standing.CAPTIVE: "captive"}


@dataclass(frozen=True, slots=True)
class Case:
    """Pages of one incident with the number of origins expected of each standing."""

    id: str
    strength: str
    kind: str
    type: tuple[str, ...]
    pages: tuple[Mapping[str, Any], ...]
    expected: Mapping[str, int]
    fresh: bool = False  #: written after the rules, and measured before anything was changed for it


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case with the origins that were found."""

    case: Case
    origins: tuple[Origin, ...]
    found: Mapping[str, int] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return dict(self.found) == dict(self.case.expected)


def load(path: Path = CASES) -> tuple[Case, ...]:
    """The cases in the order of the file."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
    return tuple(
        Case(r["id"], r["strength"], r["kind"], tuple(r["type"]), tuple(r["pages"]), r["expected"], r.get("fresh", False)) for r in rows
    )


def outcome(case: Case, *, pipeline: Pipeline) -> Outcome:
    """Read the case's pages and find the origins."""
    reports = [_report(page, case, number=number, pipeline=pipeline) for number, page in enumerate(case.pages)]
    tellings = tuple(Telling(e, r.document, r.attributions, r.entities) for r in reports for e in r.events if e.type in case.type)
    if not tellings:
        return Outcome(case, (), {})
    incident = with_origins(Incident(incident_id(tuple(t.event.id for t in tellings)), tellings))
    counts = Counter(WORDS[origin.standing] if origin.tells else "denying" for origin in incident.origins)
    return Outcome(case, incident.origins, dict(counts))


def _report(page: Mapping[str, Any], case: Case, *, number: int, pipeline: Pipeline) -> Report:
    if "told" in page:
        return _made_by_hand(page, case, number=number)
    return pipeline.report_of(_document(page, str(page["text"]), key=f"{case.id}-{number}"))


def _document(page: Mapping[str, Any], text: str, *, key: str) -> Any:
    from dataclasses import replace

    made = document_of_text(
        text, id=f"doc-{key}", title=page.get("title"), published=page.get("published"), url=page.get("url"), outlet=page.get("outlet")
    )
    return replace(made, byline=page.get("byline") or made.byline)


# ------------------------------------------------------------------ pages made by hand
def _made_by_hand(page: Mapping[str, Any], case: Case, *, number: int) -> Report:
    """A report of sentences with who says them, without a reader."""
    text = "\n\n".join(told["sentence"] for told in page["told"])
    document = _document(page, text, key=f"{case.id}-{number}")
    key = event_id(document.id, (Span(0, 1),))
    links: list[Attribution] = []
    claims: list[Claim] = []
    entities: list[Entity] = []
    for told in page["told"]:
        start = text.index(told["sentence"])
        entity = _entity(told, number=len(entities))
        entities += [entity] if entity else []
        link = _link(told, text, start=start, entity=entity, outer=links)
        links.append(link)
        claims += _claims(told, text, start=start, key=key, link=link, type_=case.type[0], entity=entity)
    event = Event(key, document.id, case.type[0], (Span(0, 1),), tuple(claims), voice="sources")
    return Report(document, tuple(links), (event,), tuple(entities))


def _span(words: str, text: str, *, start: int) -> Span:
    at = text.index(words, start)
    return Span(at, at + len(words))


def _entity(told: Mapping[str, Any], *, number: int) -> Entity | None:
    if "entity" not in told:
        return None
    given = told["entity"]
    return Entity(
        f"ent-{number}", given["name"], EntityKind(given["kind"]), given.get("code"), given.get("country"), given.get("party", False)
    )


def _link(told: Mapping[str, Any], text: str, *, start: int, entity: Entity | None, outer: Sequence[Attribution]) -> Attribution:
    flags = told.get("flags", ())
    spans = (_span(told["who"], text, start=start),)
    named, party, duress = ("named" in flags, "party" in flags, "duress" in flags)
    source = Source(spans, spans, entity.id if entity else None, SourceKind(told["kind"]), named, party, duress)
    content = (Span(start, start + len(told["sentence"])),)
    return Attribution(
        hashed_id("att", text, told["who"], start),
        source,
        (_span(told["cue"], text, start=start),),
        content,
        Stance(told.get("stance", "says")),
    )


def _claims(
    told: Mapping[str, Any], text: str, *, start: int, key: str, link: Attribution, type_: str, entity: Entity | None
) -> Iterable[Claim]:
    values: list[tuple[Role, Value]] = [(Role.TYPE, EventType(type_))]
    if "count" in told:
        values.append((Role.COUNT, Count("killed", told["count"], told["count"], None)))
    if "perpetrator" in told and entity:
        values.append((Role.PERPETRATOR, Thing(told["perpetrator"], entity.kind, entity.id, entity.actor_code)))
    factuality = Factuality.NOT_CERTAIN if link.stance is Stance.DENIES else Factuality.CERTAIN
    span = Span(start, start + len(told["sentence"]))
    for role, value in values:
        identity = claim_id(event_id=key, role=role, value=value, spans=(span,), chain=[link.id])
        yield Claim(identity, key, role, value, span.of(text), (span,), link.id, factuality)


# ------------------------------------------------------------------ figures
def score(cases: Iterable[Case], *, settings: Settings) -> dict[str, Any]:
    """Share of cases that are right, by strength, with what was found for those that are not."""
    pipeline = Pipeline(settings)
    outcomes = [outcome(case, pipeline=pipeline) for case in cases]
    figures: dict[str, Any] = {}
    for strength in STRENGTHS:
        own = [each for each in outcomes if each.case.strength == strength]
        figures[strength.lower()] = round(sum(each.right for each in own) / len(own), 3) if own else None
        figures[f"{strength.lower()}_cases"] = len(own)
    fresh = [each for each in outcomes if each.case.fresh]
    figures["fresh"] = round(sum(each.right for each in fresh) / len(fresh), 3) if fresh else None
    figures["fresh_cases"] = len(fresh)
    figures["cases"] = len(outcomes)
    figures["wrong"] = [described(each) for each in outcomes if not each.right]
    return figures


def described(found: Outcome) -> dict[str, Any]:
    """A case that came out wrong, for people."""
    return {
        "id": found.case.id,
        "strength": found.case.strength,
        "kind": found.case.kind,
        "expected": dict(found.case.expected),
        "found": dict(found.found),
        "origins": [f"{o.name} [{o.kind}] {o.standing.value}: {'; '.join(f.why for f in o.folded)}" for o in found.origins],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as JSON; 1 if a STRONG case is wrong."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.independent_sources", description="Cases of independent sources.")
    parser.add_argument("--strength", choices=STRENGTHS, help="only these")
    parser.add_argument("--id", help="only this case")
    chosen = parser.parse_args(arguments)
    cases = [case for case in load() if chosen.strength in (None, case.strength) and chosen.id in (None, case.id)]
    figures = score(cases, settings=Settings())
    json.dump(figures, sys.stdout, indent=1, ensure_ascii=False)
    print()
    return int(figures["strong"] not in (None, 1.0))


if __name__ == "__main__":
    sys.exit(main())
