"""Capture → Document."""

import trafilatura

from purport.errors import InputError
from purport.extract.text import document_of_text
from purport.model import Capture, Document
from purport.settings import Settings


def document(capture: Capture, *, settings: Settings) -> Document:
    """The main text of a capture. Raises InputError for a page without words."""
    raw = capture.content.decode("utf-8", "replace").replace("\0", "")
    text = trafilatura.extract(raw, include_comments=False, include_tables=False) if capture.media_type == "text/html" else raw
    if not text or not text.strip():
        raise InputError("no words in this page", where=capture.origin, remedy="check that the page is an article and not a script-only shell")
    return document_of_text(text, published=settings.published, url=capture.url, outlet=settings.outlet)
