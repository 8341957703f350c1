"""Where an event happened, as its own sentence tells it."""

from collections.abc import Mapping, Sequence
from functools import cache

from purport.coding.place_signs import Named, named, signs
from purport.model import Reading, Token, Toponym
from purport.resources import yaml_of


def place_of(reading: Reading, *, trigger: Token) -> tuple[Toponym, ...]:
    """The literal place or places where the event named by ``trigger`` happened, in text order; empty if its sentence names none.

    A weighted sum of signs (parse, prepositions, distance, what the place is) decides for each toponym of the sentence; the weights were
    fitted on the training half of the event-location sentences of Halterman 2019, "Geolocating Political Events in Text" (MIT licence).
    """
    places = named(reading, reading.sentences[trigger.sentence])
    return tuple(p.toponym for p in places if p.toponym.literal and likelihood(reading, p, trigger=trigger, others=places) > threshold())


def likelihood(reading: Reading, place: Named, *, trigger: Token, others: Sequence[Named]) -> float:
    """Log odds that ``place`` is where the event happened."""
    known = weights()
    return sum(known.get(sign, 0.0) for sign in set(signs(reading, place, trigger=trigger, others=others)))


@cache
def weights() -> Mapping[str, float]:
    found: Mapping[str, float] = yaml_of("places/event_place.yaml")["weights"]
    return found


@cache
def threshold() -> float:
    """Log odds from which a place is taken; its measurement is in the file."""
    return float(yaml_of("places/event_place.yaml")["threshold"])
