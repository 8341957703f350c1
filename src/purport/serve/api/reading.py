"""What the API gives of one page: its report, masked or not, and parts of it."""

from typing import Any

from purport.export import mask_report
from purport.model import Report
from purport.serve.api.asking import View
from purport.store import Store

Json = dict[str, Any]


def report_of(store: Store, document_id: str, *, view: View) -> Report:
    """The report of a page as this person may see it. Raises StoreError if there is no such page."""
    report = store.report(document_id)
    return mask_report(report) if view.is_masked else report


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
