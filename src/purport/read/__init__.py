"""Document → Reading: sentences, tokens, mentions, coreference, times, places and quantities."""

from purport.read.reading import read

__all__ = ["read"]
