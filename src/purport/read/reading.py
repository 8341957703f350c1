"""Document → Reading: the order of the read room's stages."""

from dataclasses import replace

from purport.model import Document, Reading
from purport.read.coreference import resolve
from purport.read.mentions import find_mentions
from purport.read.places import find_toponyms
from purport.read.quantities import find_quantities
from purport.read.syntax import parse
from purport.read.tags import find_tags
from purport.read.times import find_times
from purport.settings import Settings

#: The stages in their order; each takes a reading and returns a fuller one.
STAGES = (find_toponyms, find_times, find_quantities, find_mentions, resolve)


def read(document: Document, *, settings: Settings) -> Reading:
    """Sentences, tokens, mentions with coreference, times, places and quantities.

    Empty for a page that is not read (``document.unread``).
    """
    if document.unread:
        return Reading(document)
    tokens, sentences = parse(document)
    reading = Reading(document, tokens, sentences)
    reading = replace(reading, tags=find_tags(reading, settings=settings))
    for stage in STAGES:
        reading = stage(reading, settings=settings)
    return reading
