"""A report as it lies in the file: its JSON without the text, compressed; the text is kept once beside it."""

import json
import zlib
from typing import Any

from purport.errors import StoreError
from purport.model import Report
from purport.wire import canonical, report_from_json, report_to_json

COMPRESSION = 6
MOST_BYTES = 1 << 30  #: no record or page is longer; a damaged file shall not fill the memory


def record_of(report: Report) -> bytes:
    """The report's canonical JSON without its text; the text's digest stands in it."""
    return canonical(_without_text(report_to_json(report)))


def _without_text(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "document": {**record["document"], "text": None}}


def report_of(record: bytes, text: str) -> Report:
    """The report that :func:`record_of` wrote. Raises InputError for a broken record."""
    content = json.loads(record)
    return report_from_json({**content, "document": {**content["document"], "text": text}})


def compressed(content: bytes) -> bytes:
    return zlib.compress(content, COMPRESSION)


def inflated(content: bytes, *, subject: str) -> bytes:
    """What :func:`compressed` was given. Raises StoreError if it is damaged or expands without end."""
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(content, MOST_BYTES)
    except zlib.error as error:
        raise StoreError(f"damaged: {error}", where=subject, remedy="take the file from a backup") from error
    if not inflater.eof:
        raise StoreError("damaged: it is cut short or too long", where=subject, remedy="take the file from a backup")
    return plain
