"""Capture → Document: main text, headline, byline, dateline, caption, date, rights line, language."""

from purport.extract.page import document
from purport.extract.text import document_of_text

__all__ = ["document", "document_of_text"]
