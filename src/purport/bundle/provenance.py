"""Where everything comes from, as W3C PROV in PROV-JSON: retrieval, extraction and reading, merging, people's decisions.

Source: PROV-DM, W3C Recommendation of 30 April 2013; the PROV-JSON Serialization, W3C Member Submission of 24 April 2013.
"""

from collections.abc import Mapping
from typing import Any

from purport.bundle.warc import utc_of
from purport.model import hashed_id

Json = dict[str, Any]

PREFIXES = {"pp": "urn:purport:", "purport": "urn:purport:terms:"}


class Provenance:
    """Collects statements; the same statements give the same record."""

    def __init__(self) -> None:
        self._said: dict[str, Json] = {}

    def entity(self, id: str, kind: str, **more: object) -> str:
        """Something that there is."""
        return self._thing("entity", id, kind=kind, more=more)

    def activity(self, id: str, kind: str, *, at: str | None = None) -> str:
        """Something that was done; ``at``: when it ended, ISO 8601."""
        name = self._thing("activity", id, kind=kind, more={})
        if at:
            self._said["activity"][name]["prov:endTime"] = utc_of(at)
        return name

    def software(self, label: str) -> str:
        """A reader or linker; its label carries name, version and the fingerprint of its weights."""
        return self._agent(label, kind="prov:SoftwareAgent")

    def person(self, name: str) -> str:
        """Somebody who decided."""
        return self._agent(name, kind="prov:Person")

    def _agent(self, label: str, *, kind: str) -> str:
        name = f"pp:{hashed_id('agent', kind, label)}"
        self._said.setdefault("agent", {})[name] = {"prov:type": {"$": kind, "type": "prov:QUALIFIED_NAME"}, "prov:label": label}
        return name

    def _thing(self, section: str, id: str, *, kind: str, more: Mapping[str, object]) -> str:
        name = f"pp:{id}"
        told = {f"purport:{key}": value for key, value in more.items() if value not in (None, "")}
        self._said.setdefault(section, {})[name] = {"prov:type": {"$": f"purport:{kind}", "type": "prov:QUALIFIED_NAME"}, **told}
        return name

    def relation(self, kind: str, **ends: str) -> None:
        """A relation of PROV (``wasDerivedFrom`` …) between what its ends name."""
        relations = self._said.setdefault(kind, {})
        told = {f"prov:{end}": name for end, name in ends.items()}
        if told not in relations.values():
            relations[f"_:{kind}{len(relations) + 1}"] = told

    def record(self) -> Json:
        """All that was said."""
        return {"prefix": PREFIXES, **self._said}


def add_page(to: Provenance, page: Json) -> None:
    """Retrieval of a page and every reading of it. ``page``: as ``captures.json`` has it."""
    capture = to.entity(page["capture_id"], "Capture", digest=page["digest"], mediaType=page["media_type"])
    seen = page["sightings"][0] if page["sightings"] else {}
    retrieval = to.activity(f"retrieval:{page['capture_id']}", "Retrieval", at=seen.get("retrieved_at") or page["kept_at"])
    to.relation("wasGeneratedBy", entity=capture, activity=retrieval)
    if seen.get("url"):
        address = to.entity(hashed_id("url", seen["url"]), "WebAddress", address=seen["url"])
        to.relation("used", activity=retrieval, entity=address)
        to.relation("wasDerivedFrom", generatedEntity=capture, usedEntity=address)
    text = to.entity(f"text:{page['document_id']}", "Text", path=page["text"], digest=page["text_digest"])
    for reading in page["readings"]:
        add_reading(to, reading, capture=capture, text=text if reading["current"] else None)


def add_reading(to: Provenance, reading: Json, *, capture: str, text: str | None) -> None:
    """Extraction and reading are one step, by one reader; a superseded reading's text is not in the bundle."""
    report = to.entity(reading["id"], "Report", digest=reading["digest"], isCurrent=reading["current"])
    step = to.activity(f"reading:{reading['id']}", "ExtractionAndReading", at=reading["made_at"])
    reader = to.software(reading["reader"])
    to.relation("wasAssociatedWith", activity=step, agent=reader)
    to.relation("used", activity=step, entity=capture)
    to.relation("wasGeneratedBy", entity=report, activity=step)
    to.relation("wasAttributedTo", entity=report, agent=reader)
    to.relation("wasDerivedFrom", generatedEntity=report, usedEntity=text or capture)
    if text:
        to.relation("wasGeneratedBy", entity=text, activity=step)
        to.relation("wasDerivedFrom", generatedEntity=text, usedEntity=capture)


def add_claim(to: Provenance, claim: str, *, report: str) -> str:
    """A claim that a reading made; ``report``: the reading's id."""
    made = to.entity(claim, "Claim")
    to.relation("wasDerivedFrom", generatedEntity=made, usedEntity=f"pp:{report}")
    return made


def add_decision(to: Provenance, decision: Json, *, kind: str, about: str | None) -> str:
    """What a person decided (``verdict``, where there is one) in an activity of review, and what about."""
    entity = to.entity(decision["id"], kind, verdict=decision.get("verdict"), subject=decision.get("subject"))
    person = to.person(decision["coder"])
    step = to.activity(f"review:{decision['id']}", "Review", at=decision["made_at"])
    to.relation("wasAssociatedWith", activity=step, agent=person)
    to.relation("wasGeneratedBy", entity=entity, activity=step)
    to.relation("wasAttributedTo", entity=entity, agent=person)
    if about:
        to.relation("used", activity=step, entity=about)
    return entity


def add_telling(to: Provenance, incident: str, *, path: str, told_as: str, decisions: list[str]) -> None:
    """An incident as it is told in a file: by what the reader read, or by what people decided. ``decisions``: names of entities."""
    told = to.entity(f"{incident}:{told_as}", "Telling", path=path, toldAs=told_as)
    to.relation("wasDerivedFrom", generatedEntity=told, usedEntity=f"pp:{incident}")
    for decision in decisions:
        to.relation("wasInfluencedBy", influencee=told, influencer=decision)


def add_merging(to: Provenance, incident: str, *, readings: list[str], steps: list[Json], decisions: list[str]) -> None:
    """How an incident came to be. ``steps``: entry, time and linker of each entry of the log that changed who belongs to it."""
    made = to.entity(incident, "Incident")
    for step in steps:
        merging = to.activity(f"merging:{step['entry']}", "Merging", at=step["at"])
        to.relation("wasAssociatedWith", activity=merging, agent=to.software(step["linker"]))
        to.relation("wasGeneratedBy", entity=made, activity=merging)
        for reading in readings:
            to.relation("used", activity=merging, entity=f"pp:{reading}")
    for reading in readings:
        to.relation("wasDerivedFrom", generatedEntity=made, usedEntity=f"pp:{reading}")
    for decision in decisions:
        to.relation("wasInfluencedBy", influencee=made, influencer=f"pp:{decision}")
