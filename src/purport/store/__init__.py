"""Everything in one SQLite file: captures, reports, judgements, search, and a log that shows what was done to it."""

from purport.store.incidents import IncidentEntry, IncidentFilter
from purport.store.query import FIELDS
from purport.store.reading import KeptReading, Sighting
from purport.store.rereading import Difference
from purport.store.search import Found, Hit, Snippet
from purport.store.show import Shown
from purport.store.store import Store
from purport.store.verify import Broken
from purport.store.writing import Outcome

__all__ = [
    "FIELDS",
    "Broken",
    "Difference",
    "Found",
    "Hit",
    "IncidentEntry",
    "IncidentFilter",
    "KeptReading",
    "Outcome",
    "Shown",
    "Sighting",
    "Snippet",
    "Store",
]
