"""Capture → Document: main text, headline, byline, dateline, caption, date, rights line, language."""

from purport.extract.text import document_of_text

__all__ = ["document_of_text"]
