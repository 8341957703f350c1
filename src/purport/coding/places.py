"""Where it happened: the literal places of a trigger's clause."""

from purport.model import Reading, Token, Toponym


def place_of(reading: Reading, *, trigger: Token) -> tuple[Toponym, ...]:
    """Literal toponyms of the trigger's sentence."""
    sentence = reading.sentences[trigger.sentence]
    return tuple(t for t in reading.toponyms if t.literal and not t.adjective and sentence.span.covers(t.span))
