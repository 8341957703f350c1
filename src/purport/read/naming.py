"""Names as the encoder sees them, held to words tagged as proper. The parser's own names would take half of its time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from purport.model import EntityKind, Tags, Token
from purport.read.actors import actor_index
from purport.read.mentions_lexicon import noun_classes

#: Labels whose names are printed with capitals; the others (days, numbers, money) are taken as the encoder marks them.
NAMING = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE")
#: A word with a capital that is tagged as common counts as part of a name from here.
LEAST_COMMON = 0.5
#: Common words between two parts of a name belong to it from here, and at most so many ("Centre for Human Rights", "Court to Try Them").
LEAST_SMALL = 0.4
LONGEST_BRIDGE = 3
#: Proper words without a capital are such as "al" and "bin"; longer ones are tagged so by mistake ("interior minister").
LONGEST_SMALL = 3
#: Words at the ends of a run of proper words belong to the name from here; a run gets no label below.
LEAST_EDGE = 0.2
#: Nouns for stretches of land: what stands before them is a place's name ("the Rahma valley").
GROUND = "ground"

Chances = Mapping[str, Sequence[float]]


def named(tokens: Sequence[Token], *, tags: Tags) -> tuple[Token, ...]:
    """The tokens, each with the label of the name that it lies in, or none."""
    chances = tags.chances("name", [t.span for t in tokens])
    if not chances:
        return tuple(tokens)
    labels = _of_marks(tokens, tags=tags)
    for first, end in _runs(tokens, _belief(chances, len(tokens)), taken=labels):
        label = "ORG" if _is_listed(tokens[first:end]) else _label(chances, first=first, end=end)
        if label in ("FAC", "LOC") and _is_told_by_a_noun(tokens, end, label=label):
            continue  # "the Rahma market": a market of that name, and no place called Rahma
        labels.update(dict.fromkeys(range(first, end), label))
    return tuple(replace(t, entity=labels.get(t.index, "")) for t in tokens)


def _of_marks(tokens: Sequence[Token], *, tags: Tags) -> dict[int, str]:
    """Labels of days, numbers and the like by index of the word."""
    starts = {t.span.start: t.index for t in tokens}
    found: dict[int, str] = {}
    for mark in tags.spans("name"):
        index = None if mark.label in NAMING else starts.get(mark.span.start)
        while index is not None and index < len(tokens) and mark.span.covers(tokens[index].span):
            found[index] = mark.label
            index += 1
    return found


def _belief(chances: Chances, number: int) -> list[float]:
    """For each word the chance of its likeliest naming label."""
    return [max((chances[label][n] for label in NAMING if label in chances), default=0.0) for n in range(number)]


def _runs(tokens: Sequence[Token], belief: Sequence[float], *, taken: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Stretches ``[first, end)`` of words that make a name, without words at its ends that do not belong to it."""
    inside = [t.index not in taken and _is_part(t, belief[t.index]) for t in tokens]
    _bridge(tokens, inside, belief=belief)
    for (within, _), group in groupby(tokens, key=lambda t: (inside[t.index], t.sentence)):
        run = [t.index for t in group]
        while within and run and belief[run[0]] < LEAST_EDGE:
            run.pop(0)
        while within and run and belief[run[-1]] < LEAST_EDGE:
            run.pop()
        if within and run:
            yield run[0] - _has_article(tokens, run[0], belief=belief), run[-1] + 1


def _has_article(tokens: Sequence[Token], first: int, *, belief: Sequence[float]) -> bool:
    """Whether "the" before a name is part of it, as the corpora that labels come from have it ("the United Nations")."""
    before = tokens[first - 1] if first else None
    return (
        before is not None
        and before.words.lower() == "the"
        and before.sentence == tokens[first].sentence
        and belief[first - 1] >= LEAST_EDGE
    )


def _is_part(token: Token, belief: float) -> bool:
    if token.pos == "PROPN" and (not token.words.islower() or len(token.words) <= LONGEST_SMALL):
        return True
    return token.words[:1].isupper() and not token.words.isupper() and belief >= LEAST_COMMON and token.pos in ("ADJ", "NOUN", "X")


def _bridge(tokens: Sequence[Token], inside: list[bool], *, belief: Sequence[float]) -> None:
    """Take in hyphens without spaces, and common words between two parts of one name."""
    parts = [t.index for t in tokens if inside[t.index]]
    for before, after in pairwise(parts):
        between = tokens[before + 1 : after]
        if len(between) > LONGEST_BRIDGE or tokens[before].sentence != tokens[after].sentence:
            continue
        if all(belief[t.index] >= LEAST_SMALL and t.pos != "PUNCT" for t in between) or _is_hyphen(tokens[before : after + 1]):
            inside[before + 1 : after] = [True] * len(between)


def _is_hyphen(around: Sequence[Token]) -> bool:
    """Three tokens that are a hyphen and what it joins without spaces."""
    return (
        len(around) == 3
        and around[1].words in "-–‑"
        and around[0].span.end == around[1].span.start
        and around[1].span.end == around[2].span.start
    )


def _is_told_by_a_noun(tokens: Sequence[Token], end: int, *, label: str) -> bool:
    """Whether a common noun right behind a name has it as a part; behind what looks like a place, a noun for a facility."""
    noun = tokens[end] if end < len(tokens) else None
    if noun is None or noun.pos != "NOUN" or not noun.words.islower() or tokens[end - 1].head != noun.index:
        return False
    known = noun_classes().get(noun.lemma.lower())
    return label == "FAC" or (known is not None and known.kind is EntityKind.FACILITY and known.name != GROUND)


def _is_listed(name: Sequence[Token]) -> bool:
    """An armed group of the actor list; towns share names with some ("al-Shabab")."""
    actor = actor_index().named(" ".join(t.words for t in name))
    return actor is not None and actor.kind is EntityKind.ARMED_GROUP


def _label(chances: Chances, *, first: int, end: int) -> str:
    """The label that most of the words speak for."""
    return max((label for label in NAMING if label in chances), key=lambda label: sum(chances[label][first:end]))
