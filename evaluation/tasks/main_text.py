"""Task main_text: the article's own words, read from the page file."""

import gzip
from pathlib import Path
from typing import Any

from purport.errors import PurportError
from purport.extract import document
from purport.model import BlockKind, Capture, Document, digest_of
from purport.settings import Settings

#: What the gold of this task counts as the article's text: neither the headline, nor bylines, captions and credits.
COUNTED = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.DATELINE})


def predict(record: dict[str, Any], *, settings: Settings) -> dict[str, Any]:
    """Text, title and date of the page file ``html_path``; empty text for a page that cannot be read."""
    content = page_bytes(Path(record["html_path"]))
    capture = Capture(record["id"], record["html_path"], digest_of(content), content, "text/html", url=record.get("url"))
    try:
        found = document(capture, settings=settings)
    except PurportError:
        return {"id": record["id"], "text": ""}
    return {"id": record["id"], "text": counted_text(found), "title": found.title, "date": found.published}


def page_bytes(path: Path) -> bytes:
    """The bytes of a page file, unzipped if its name says so."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def counted_text(found: Document) -> str:
    """The paragraphs that hold a block the gold counts, in order, list numbers and datelines included."""
    counted = [block.span.start for block in found.blocks if block.kind in COUNTED]
    kept, at = [], 0
    for paragraph in found.text.split("\n\n"):
        end = at + len(paragraph)
        if any(at <= start < end for start in counted):
            kept.append(paragraph)
        at = end + 2
    return "\n\n".join(kept)
