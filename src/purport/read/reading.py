"""Document → Reading: the order of the read room's stages."""

from purport.model import Document, Reading
from purport.read.coreference import resolve
from purport.read.mentions import find_mentions
from purport.read.places import find_toponyms
from purport.read.quantities import find_quantities
from purport.read.syntax import parse
from purport.read.tags import find_tags
from purport.read.times import find_times
from purport.settings import Settings

#: Whether the encoder's names stand in for the parser's own, which cost 40 % of its time. Development sets, parser's → encoder's: places to
#: 161 km .811 → .827 and .681 → .690, entities .737 → .740, times the same; but source f .481 → .477, and names in single sentences are
#: lost ("Maaloula fell to the rebels", "al-Shabab").
NAMED_BY_ENCODER = False
#: The stages in their order; each takes a reading and returns a fuller one.
STAGES = (find_toponyms, find_times, find_quantities, find_mentions, resolve)


def read(document: Document, *, settings: Settings) -> Reading:
    """Sentences, tokens, mentions with coreference, times, places and quantities.

    Empty for a page that is not read (``document.unread``).
    """
    if document.unread:
        return Reading(document)
    tags = find_tags(Reading(document), settings=settings)
    tokens, sentences = parse(document, names=tags.spans("name") if tags and NAMED_BY_ENCODER else None)
    reading = Reading(document, tokens, sentences, tags=tags)
    for stage in STAGES:
        reading = stage(reading, settings=settings)
    return reading
