"""What the API gives of one page: its report as people decided it or as the machine read it, masked or not."""

from dataclasses import replace
from typing import Any

from purport.export import WITHHELD, mask_report
from purport.model import EntityKind, Report
from purport.serve.api.asking import View
from purport.serve.showing import page_of
from purport.store import Store

Json = dict[str, Any]
FREE = ("note", "text")  #: fields in which people write what they like


def report_of(store: Store, document_id: str, *, view: View, machine: bool = False) -> Report:
    """The report of a page as this person may see it. Raises StoreError if there is no such page."""
    reviewed = page_of(store, document_id, masked=view.is_masked)
    return reviewed.machine if machine else reviewed.report


def header(report: Report) -> Json:
    """What a list says of a page."""
    document = report.document
    return {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published,
        "language": document.language,
        "url": document.url,
        "unread": document.unread,
        "reader": report.reader,
        "events": [event.id for event in report.events],
    }


def withheld(said: Json, report: Report) -> Json:
    """What people said about a page, without the names that are withheld on the page itself and without those of people in its value."""
    value = said.get("value")
    if isinstance(value, dict) and value.get("kind") == EntityKind.PERSON:
        said = {**said, "value": {**value, "name": WITHHELD}}
    free = [name for name in FREE if said.get(name)]
    lines = replace(report, document=replace(report.document, furniture=tuple(said[name] for name in free)))
    return {**said, **dict(zip(free, mask_report(lines).document.furniture, strict=True))}
