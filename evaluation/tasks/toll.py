"""One page's civilian toll: the product's main event of the page, in the names of the gold."""

import gzip
from pathlib import Path
from typing import Any

from evaluation.tasks.attributed_events import report_of
from purport import extract
from purport.incidents.main_event import MainEvent, main_event
from purport.incidents.toll_range import Toll
from purport.model import Capture, Report, digest_of
from purport.pipeline import Pipeline
from purport.settings import Settings

Record = dict[str, Any]
#: Words by which a page names a party, as the annotated incidents name it.
PARTIES = {
    "israel": "Israeli Military",
    "russia": "Russian Military",
    "turk": "Turkish Military",
    "coalition": "U.S.-led Coalition",
    "syrian democratic": "YPG",
}


def predict(record: Record, *, settings: Settings) -> Record:
    """The toll of the page's main event; what the page does not say is None."""
    return answer(record, _report(record, settings))


def answer(record: Record, report: Report) -> Record:
    """One prediction line from a report."""
    event = main_event(report)
    if event is None:
        return {"id": record["id"], "killed": None, "injured": None, "date": None, "belligerents": [], "lat": None, "lon": None}
    return {
        "id": record["id"],
        "killed": closed(event.killed),
        "injured": closed(event.injured),
        "date": event.day,
        "belligerents": _parties(event),
        "lat": event.place.latitude if event.place else None,
        "lon": event.place.longitude if event.place else None,
    }


def closed(toll: Toll | None) -> list[int | None] | None:
    """Both ends of a range as the gold writes it, which knows no open end: "at least 12" with no higher figure is 12 to 12."""
    if toll is None:
        return None
    return [toll.low if toll.low is not None else toll.high, toll.high if toll.high is not None else toll.low]


def _parties(event: MainEvent) -> list[str]:
    words = " ".join(c.words.lower() for c in event.blamed)
    return [name for key, name in PARTIES.items() if key in words]


def _report(record: Record, settings: Settings) -> Report:
    if "html_path" not in record:
        return report_of(record, settings=settings)
    content = Path(record["html_path"]).read_bytes()
    capture = Capture(
        "cap-" + digest_of(content)[7:23], record["html_path"], digest_of(content), _unzipped(content), "text/html", url=record.get("url")
    )
    return Pipeline(settings).report_of(extract.document(capture, settings=settings))


def _unzipped(content: bytes) -> bytes:
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
