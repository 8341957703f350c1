"""What the API gives of one page: its report as people decided it or as the machine read it, masked or not."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from purport.export import WITHHELD, mask_words
from purport.model import EntityKind, Report
from purport.serve.api.asking import View
from purport.serve.showing import page_of
from purport.store import Store

Json = dict[str, Any]


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


def withheld(said: Json, names: Collection[str]) -> Json:
    """What people said about a page, without the names that are withheld on the page itself and without those of people in its value."""
    value = said.get("value")
    if isinstance(value, dict) and value.get("kind") == EntityKind.PERSON:
        said = {**said, "value": {**value, "name": WITHHELD}}
    hidden: Json = without_names(said, names)
    return hidden


def without_names(said: Any, names: Collection[str]) -> Any:
    """The same values; in every text of them these names are withheld, as :func:`~purport.withholding.names_around` gives them."""
    texts = tuple(dict.fromkeys(_texts(said)))
    return _exchanged(said, dict(zip(texts, mask_words(texts, names), strict=True)))


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping | list | tuple):
        for each in said.values() if isinstance(said, Mapping) else said:
            yield from _texts(each)


def _exchanged(said: Any, texts: Mapping[str, str]) -> Any:
    if isinstance(said, str):
        return texts[said]
    if isinstance(said, Mapping):
        return {name: _exchanged(each, texts) for name, each in said.items()}
    return [_exchanged(each, texts) for each in said] if isinstance(said, list | tuple) else said
