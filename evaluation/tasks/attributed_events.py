"""The project's own gold: the events of one page, each on whose word (``purport.goldform``)."""

from typing import Any

from purport import attribution, coding
from purport import read as read_room
from purport.extract import document_of_text
from purport.goldform import gold_record
from purport.model import Reading, Report
from purport.settings import Settings

Record = dict[str, Any]


def predict(record: Record, *, settings: Settings) -> Record:
    """The events of one page as a gold record."""
    return gold_record(report_of(record, settings=settings))


def report_of(record: Record, *, settings: Settings) -> Report:
    """The report of a record's text as it stands."""
    return report_from(reading_of(record, settings=settings), settings=settings)


def reading_of(record: Record, *, settings: Settings) -> Reading:
    """The reading of a record's text as it stands."""
    document = document_of_text(record["text"], id=record["id"], title=record.get("title"), published=record.get("published"))
    return read_room.read(document, settings=settings)


def report_from(reading: Reading, *, settings: Settings) -> Report:
    """Attributions and events of a reading."""
    return coding.code(attribution.attribute(reading, settings=settings), settings=settings)
