"""Document → Reading: the order of the read room's stages."""

from purport.model import Document, Reading
from purport.read.coreference import resolve
from purport.read.mentions import find_mentions
from purport.read.naming import named
from purport.read.places import find_toponyms
from purport.read.quantities import find_quantities
from purport.read.syntax import parse
from purport.read.tags import find_tags
from purport.read.times import find_times
from purport.settings import Settings

#: From how many characters on the encoder's names stand in for the parser's own, which cost half of its time. Development sets, parser's →
#: encoder's: places to 161 km .811 → .818 and .681 → .690, entities .737 → .740, times the same. It was trained on pages, and in single
#: sentences it misses names ("Maaloula fell to the rebels", "al-Shabab").
NAMED_BY_ENCODER_FROM = 600
#: The stages in their order; each takes a reading and returns a fuller one.
STAGES = (find_toponyms, find_times, find_quantities, find_mentions, resolve)


def read(document: Document, *, settings: Settings) -> Reading:
    """Sentences, tokens, mentions with coreference, times, places and quantities.

    Empty for a page that is not read (``document.unread``).
    """
    if document.unread:
        return Reading(document)
    tags = find_tags(Reading(document), settings=settings)
    by_encoder = tags is not None and len(document.text) >= NAMED_BY_ENCODER_FROM
    tokens, sentences = parse(document, with_names=not by_encoder)
    if tags is not None and by_encoder:
        tokens = named(tokens, tags=tags)
    reading = Reading(document, tokens, sentences, tags=tags)
    for stage in STAGES:
        reading = stage(reading, settings=settings)
    return reading
