"""A second reader behind an OpenAI-compatible endpoint of the user's choice: it only ever suggests, in exact words of the page."""

from purport.second.asking import Client, Endpoint
from purport.second.suggesting import Suggested, Suggestion, suggest

__all__ = ["Client", "Endpoint", "Suggested", "Suggestion", "suggest"]
