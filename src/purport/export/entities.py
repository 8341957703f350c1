"""FollowTheMoney: incidents, articles and known actors as entities; and claims as statements, one value on one source's word."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from purport.export.case import Case, Terms, Written
from purport.export.crosswalk import country_of_actor
from purport.export.facts import Facts, facts_of
from purport.model import Claim, Count, Document, EntityKind, EventType, Place, Report, Role, Thing, Time, hashed_id
from purport.print_safe import json_safe
from purport.status import NEGATIVE
from purport.wording import capital, chain_words, count_words, label

DATASET = "purport"
DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
PUBLIC = (EntityKind.GOVERNMENT, EntityKind.FORCE)
#: Columns of a file of statements, as FollowTheMoney writes it.
STATEMENT_COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value", "external",
    "first_seen", "last_seen", "id",
)  # fmt: skip
PROPERTY_TYPES = {"id": "id", "name": "name", "date": "date", "country": "country", "involved": "entity", "proof": "entity"}


def write_entities(cases: Iterable[Case], file: IO[str], *, terms: Terms) -> Written:
    """JSON Lines: an Event an incident, an Article a page, an Organization or PublicBody a known actor, each once."""
    written = Written()
    known: set[str] = set()
    for case in cases:
        for entity in _entities(facts_of(case), terms):
            if entity["id"] not in known:
                known.add(entity["id"])
                file.write(json_safe(json.dumps(entity, ensure_ascii=False)) + "\n")
        written.number += 1
    return written


def _entities(facts: Facts, terms: Terms) -> Iterator[dict[str, Any]]:
    documents = facts.account.documents
    actors = {_actor_id(thing): thing for role in (Role.PERPETRATOR, Role.TARGET) for thing in facts.things(role) if thing.actor_code}
    yield from (_article(document) for document in documents)
    yield from (_actor(id, thing) for id, thing in actors.items())
    yield _event(facts, terms, involved=list(actors))


def _event(facts: Facts, terms: Terms, *, involved: list[str]) -> dict[str, Any]:
    account, place = facts.account, facts.place
    documents = account.documents
    notes = [f"{each.kind or each.role.value} disputed: {each.why}" for each in account.disputes]
    said = [(role, facts.said(role)) for role in (Role.PERPETRATOR, Role.TARGET, Role.INSTRUMENT)]
    notes += [f"{role.value}: {words}" for role, words in said if words]
    notes += [words for words in (facts.counts_said("killed"), facts.counts_said("injured")) if words]
    single = facts.first if facts.first == facts.last else None
    return _entity(
        account.incident.id,
        "Event",
        name=[f"{capital(label(facts.type))}{f', {place.name}' if place else ''}"],
        date=[single],
        startDate=[None if single else facts.first],
        endDate=[None if single else facts.last],
        location=[place.name if place else None],
        country=[place.country.lower() if place and place.country else None],
        involved=involved,
        summary=[account.summary],
        description=[account.grade.sentence],
        notes=[*notes, terms.in_a_line()],
        keywords=[label(facts.type), account.grade.code.value],
        proof=[document.id for document in documents],
        recordId=[account.incident.id],
    )


def _article(document: Document) -> dict[str, Any]:
    return _entity(
        document.id,
        "Article",
        title=[document.title],
        publisher=[document.outlet],
        publishedAt=[document.published],
        sourceUrl=[document.url],
    )


def _actor_id(thing: Thing) -> str:
    return f"actor-{thing.actor_code}"


def _actor(id: str, thing: Thing) -> dict[str, Any]:
    country = country_of_actor(thing)
    schema = "PublicBody" if thing.kind in PUBLIC else "Organization"
    return _entity(id, schema, name=[thing.name], country=[country.lower() or None])


def _entity(id: str, schema: str, **properties: list[Any]) -> dict[str, Any]:
    """An entity without empty values."""
    kept = {name: list(dict.fromkeys(str(value) for value in values if value)) for name, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: values for name, values in kept.items() if values}, "datasets": [DATASET]}


# ------------------------------------------------------------------ statements
def write_statements(cases: Iterable[Case], file: IO[str], *, terms: Terms) -> Written:
    """CSV of statements about incidents: ``origin`` is who says it, ``first_seen`` when the page was published."""
    written = Written()
    writer = csv.DictWriter(file, STATEMENT_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for case in cases:
        for row in _statements(case):
            writer.writerow(row)
            written.number += 1
    return written


def _statements(case: Case) -> Iterator[dict[str, str]]:
    id = case.id
    yield _statement(id, "id", value=id, said=("", None, id))
    yield _statement(id, "name", value=case.account.summary, said=("", None, id))
    for telling in case.account.incident.tellings:
        report = telling.report
        yield _statement(id, "proof", value=report.document.id, said=("", report.document.published, report.document.id))
        for claim in telling.event.claims:
            said = (chain_words(claim.attribution_id, report), report.document.published, claim.id)
            for prop, value in _values(claim, report):
                yield _statement(id, prop, value=value, said=said) | {"original_value": claim.words}


def _values(claim: Claim, report: Report) -> Iterator[tuple[str, str]]:
    """What a claim says as properties of an Event; what is given as untrue stands under notes."""
    if claim.factuality in NEGATIVE:
        yield "notes", f"denied: {claim.role.value}: {claim.words}"
        return
    match claim.value:
        case Place(name=name, country=country):
            yield "location", name
            yield from [("country", country.lower())] if country else []
        case Time(edtf=edtf, value=value):
            yield ("date", edtf) if edtf and DATE.fullmatch(edtf) else ("notes", f"time: {edtf or value}")
        case Count() as count:
            yield "notes", count_words(count)
        case EventType(code=code):
            yield "keywords", label(code)
        case Thing() as thing:
            is_known = thing.actor_code and claim.role in (Role.PERPETRATOR, Role.TARGET)
            yield ("involved", _actor_id(thing)) if is_known else ("notes", f"{claim.role.value}: {thing.name}")


def _statement(entity: str, prop: str, *, value: str, said: tuple[str, str | None, str]) -> dict[str, str]:
    origin, seen, of = said
    return {
        "canonical_id": entity,
        "entity_id": entity,
        "prop": prop,
        "prop_type": PROPERTY_TYPES.get(prop, "string"),
        "schema": "Event",
        "value": value,
        "dataset": DATASET,
        "origin": origin,
        "external": "f",
        "first_seen": seen or "",
        "last_seen": seen or "",
        "id": hashed_id("stm", entity, prop, value, of),
    }
