"""Sketches: what can be told of a page in a language that is not read, by lexicon and gazetteer alone."""

from purport.sketch.page import sketch_of

__all__ = ["sketch_of"]
