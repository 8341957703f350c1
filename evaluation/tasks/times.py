"""TIMEX3 expressions with values."""

from typing import Any

from purport.extract import document_of_text
from purport.model import Reading
from purport.read.syntax import parse
from purport.read.times import plain_times
from purport.settings import Settings


def predict(record: dict[str, Any], *, settings: Settings) -> dict[str, Any]:
    """One line for the ``times`` scorer. Ranges stay two expressions here, as TIMEX3 has it."""
    document = document_of_text(record["text"], id=record["id"], published=record.get("dct") or record.get("published"))
    reading = Reading(document, *parse(document))
    return {"id": record["id"], "times": [{"start": t.span.start, "end": t.span.end, "value": t.value} for t in plain_times(reading)]}
