"""Where an event happened, as its own sentence tells it."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import log

from purport.coding.place_signs import Named, named, signs
from purport.model import Reading, Span, Token, Toponym
from purport.resources import yaml_of

#: Names of one list that are looked at.
MOST_LISTED = 40
#: How much of the encoder's log odds is added to those of the signs, and from which sum a place is taken: on event-location dev F of
#: characters .675 by signs alone, .72 with both, .750 with sites that are no toponyms; on the gold .5 and -1.5 cost .015 of source f.
ENCODER_SHARE = 0.35
LEAST_WITH_ENCODER = -1.0
#: With the encoder beside them the signs count no more than this either way: .750 without a bound, .759 at 2, the gold the same.
MOST_BY_SIGNS = 2.0
#: No chance counts as nearer to 0 or 1 than this.
CERTAIN = 1e-4


def place_of(reading: Reading, *, trigger: Token) -> tuple[Toponym, ...]:
    """The literal place or places where the event named by ``trigger`` happened, in text order; empty if its sentence names none.

    A weighted sum of signs (parse, prepositions, distance, what the place is) decides for each toponym of the sentence; the weights were
    fitted on the training half of the event-location sentences of Halterman 2019, "Geolocating Political Events in Text" (MIT licence).
    """
    places = named(reading, reading.sentences[trigger.sentence])
    least = threshold() if reading.tags is None else LEAST_WITH_ENCODER
    likely = [p for p in places if p.toponym.literal and odds(reading, p, trigger=trigger, others=places) > least]
    heads = {p.head.index for p in likely}
    return tuple(p.toponym for p in places if p in likely or (p.toponym.literal and _coordinated(reading, p.head) & heads))


def spans_of(reading: Reading, *, trigger: Token) -> tuple[Span, ...]:
    """The words that say where the event happened: whole names, and what is no toponym ("the eastern suburbs") as the encoder sees it.

    By rules alone the toponyms as they stand.
    """
    toponyms = place_of(reading, trigger=trigger)
    sites = _sites(reading, trigger)
    whole = {_whole(reading, toponym, sites=sites) for toponym in toponyms}
    return tuple(sorted(whole | {s for s in sites if not any(t.span.overlaps(s) for t in reading.toponyms)}))


def _sites(reading: Reading, trigger: Token) -> tuple[Span, ...]:
    if reading.tags is None:
        return ()
    (found,) = reading.tags.asked("event", [trigger.span])
    sentence = reading.sentences[trigger.sentence].span
    return tuple(f.span for f in found if f.label == "place" and sentence.covers(f.span))


def _whole(reading: Reading, toponym: Toponym, *, sites: Sequence[Span]) -> Span:
    """The site that a name of the gazetteer is part of ("Mosul University"), unless it only adds common words ("Idlib countryside")."""
    text = reading.document.text
    for site in sites:
        added = text[site.start : toponym.span.start] + text[toponym.span.end : site.end]
        if site.covers(toponym.span) and not any(word[0].islower() for word in added.split()):
            return site
    return toponym.span


def odds(reading: Reading, place: Named, *, trigger: Token, others: Sequence[Named]) -> float:
    """Log odds by the signs, and by the encoder where there is one."""
    by_signs = likelihood(reading, place, trigger=trigger, others=others)
    if reading.tags is None:
        return by_signs
    chance = reading.tags.chance("event", "place", span=place.toponym.span, anchor=trigger.span)
    bounded = min(max(chance, CERTAIN), 1 - CERTAIN)
    return min(max(by_signs, -MOST_BY_SIGNS), MOST_BY_SIGNS) + ENCODER_SHARE * log(bounded / (1 - bounded))


def _coordinated(reading: Reading, token: Token) -> set[int]:
    """Indexes of the words that ``token`` follows in one list ("in Homs, Hama and Idlib")."""
    found: set[int] = set()
    while token.dep == "conj" and len(found) < MOST_LISTED:
        token = reading.tokens[token.head]
        found.add(token.index)
    return found


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
