"""One page's civilian toll: the main event of its report as a killed and an injured range, date, parties and place."""

import gzip
from pathlib import Path
from typing import Any

from evaluation.tasks.attributed_events import report_of
from purport import extract
from purport.model import Capture, Count, Event, Place, Report, Role, Time, digest_of
from purport.pipeline import Pipeline
from purport.settings import Settings

Record = dict[str, Any]
#: Words by which a page names a party, as the annotated incidents name it.
PARTIES = {
    "israel": "Israeli Military",
    "russia": "Russian Military",
    "turk": "Turkish Military",
    "syrian regime": "Syrian Regime",
    "coalition": "US-led Coalition",
}


def predict(record: Record, *, settings: Settings) -> Record:
    """The toll of the page's main event; open ends and unknown values are None."""
    report = _report(record, settings)
    event = main_event(report)
    answer: Record = {"id": record["id"], "killed": None, "injured": None, "date": None, "belligerents": [], "lat": None, "lon": None}
    if event is None:
        return answer
    latitude, longitude = _position(event)
    return answer | {
        "killed": total(event, "killed"),
        "injured": total(event, "injured"),
        "date": _date(event, report),
        "belligerents": _parties(event),
        "lat": latitude,
        "lon": longitude,
    }


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


def main_event(report: Report) -> Event | None:
    """The actual event with the most claims among those that tell a toll, else the first violent one."""
    actual = [e for e in report.events if e.reality == "actual" and e.type not in ("threat", "ceasefire", "protest")]
    tolls = [e for e in actual if any(isinstance(c.value, Count) for c in e.claims)]
    return max(tolls or actual, key=lambda e: len(e.claims), default=None)


def total(event: Event, kind: str) -> list[int | None] | None:
    """The range over the event's counts of one kind that are no part of another: the largest figure told, low to high."""
    counts = [c.value for c in event.claims if isinstance(c.value, Count) and c.value.kind == kind]
    if not counts:
        return None
    largest = max(counts, key=lambda c: c.low if c.low is not None else c.high or 0)
    return [largest.low, largest.high]


def _date(event: Event, report: Report) -> str | None:
    days = [
        c.value.edtf
        for c in event.claims
        if isinstance(c.value, Time) and c.value.edtf and len(c.value.edtf) == 10 and "X" not in c.value.edtf
    ]
    return days[0] if days else report.document.published


def _position(event: Event) -> tuple[float | None, float | None]:
    places = [c.value for c in event.claims if isinstance(c.value, Place) and c.value.latitude is not None]
    exact = [p for p in places if p.precision in ("exact", "near", "district")]
    found = (exact or places or [None])[0]
    return (found.latitude, found.longitude) if found else (None, None)


def _parties(event: Event) -> list[str]:
    words = " ".join(c.words.lower() for c in event.claims if c.role is Role.PERPETRATOR)
    return [name for key, name in PARTIES.items() if key in words]
