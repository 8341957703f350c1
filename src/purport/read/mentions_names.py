"""Names in a reading: actors of the list, places, the parser's named entities, and runs of proper nouns that it left unlabelled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from purport.model import EntityKind, Reading, Token
from purport.read.actors import ActorHit, ActorIndex
from purport.read.casing import is_capitals
from purport.read.mentions_kinds import KIND_OF_LABEL, NO_MENTION_LABELS, kind_of_name
from purport.read.mentions_lexicon import titles

#: Endings and openers that no name keeps.
TRIMMED = frozenset({"the", "a", "an", "'s", "’s", "'", "’", ",", ".", ":", ";", "-", "–", "—", '"', "“", "”", "(", ")", "and", "&"})
#: A place name with one of these labels to its verb acts or speaks, so a government is meant.
ACTING_LABELS = frozenset({"nsubj", "agent"})


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``[first, end)`` of one name."""

    first: int
    end: int
    kind: EntityKind
    code: str | None = None
    title: str | None = None  #: what the actor list calls it
    country: str | None = None
    party: bool = False


def find_names(reading: Reading, index: ActorIndex) -> tuple[Name, ...]:
    """Names in order of the text; none overlaps another."""
    taken: dict[int, Name] = {}
    hits = tuple(index.hits(reading.tokens, capitals=_capital_sentences(reading)))
    for name in (*_of_actors(hits, reading), *_of_toponyms(reading), *_of_labels(reading.tokens), *_of_proper_nouns(reading.tokens)):
        if not any(i in taken for i in range(name.first, name.end)):
            taken.update(dict.fromkeys(range(name.first, name.end), name))
    return tuple(dict.fromkeys(taken[i] for i in sorted(taken)))


def _capital_sentences(reading: Reading) -> frozenset[int]:
    return frozenset(s.index for s in reading.sentences if is_capitals(s.span.of(reading.document.text)))


def _of_actors(hits: Iterable[ActorHit], reading: Reading) -> Iterator[Name]:
    """Actors by the list; a longer name of a person or a thing around a hit keeps its words ("Hamas Street")."""
    places = {s for t in reading.toponyms if t.literal and not t.adjective for s in range(t.span.start, t.span.end)}
    for hit in hits:
        tokens = reading.tokens
        actor = hit.actor
        if hit.metonym and not _acts(tokens, hit, literal=tokens[hit.first].span.start in places, known=bool(reading.toponyms)):
            yield Name(hit.first, hit.end, EntityKind.PLACE, None, None, actor.country)
        else:
            yield Name(hit.first, hit.end, actor.kind, actor.code, actor.name, actor.country, actor.party)


def _acts(tokens: Sequence[Token], hit: ActorHit, *, literal: bool, known: bool) -> bool:
    """The name of a place stands for its government: as the places stage says, else where it acts."""
    head = tokens[hit.end - 1]
    if known:
        return not literal
    if head.dep == "pobj":
        return tokens[head.head].dep == "agent"
    return head.dep in ACTING_LABELS and tokens[head.head].pos == "VERB"


def _of_toponyms(reading: Reading) -> Iterator[Name]:
    starts = {token.span.start: token.index for token in reading.tokens}
    ends = {token.span.end: token.index + 1 for token in reading.tokens}
    for toponym in reading.toponyms:
        first, end = starts.get(toponym.span.start), ends.get(toponym.span.end)
        if first is not None and end is not None:
            kind = EntityKind.NATIONALITY if toponym.adjective else EntityKind.PLACE if toponym.literal else EntityKind.GOVERNMENT
            yield Name(first, end, kind, None, None, toponym.country)


def _of_labels(tokens: Sequence[Token]) -> Iterator[Name]:
    position = 0
    while position < len(tokens):
        end = position + 1
        label = tokens[position].entity
        if label:
            while end < len(tokens) and tokens[end].entity == label and tokens[end].sentence == tokens[position].sentence:
                end += 1
        if label in KIND_OF_LABEL:
            yield from _trimmed(tokens, position, end)
        position = end


def _of_proper_nouns(tokens: Sequence[Token]) -> Iterator[Name]:
    position = 0
    while position < len(tokens):
        end = position
        while end < len(tokens) and tokens[end].pos == "PROPN" and tokens[end].sentence == tokens[position].sentence:
            end += 1
        if end > position and not any(token.entity in NO_MENTION_LABELS for token in tokens[position:end]):
            yield from _trimmed(tokens, position, end)
        position = max(end, position + 1)


def _trimmed(tokens: Sequence[Token], first: int, end: int) -> Iterator[Name]:
    """The name without articles, titles and the possessive; nothing if nothing is left."""
    while first < end and tokens[first].words.lower() in TRIMMED:
        first += 1
    while first < end and tokens[end - 1].words.lower() in TRIMMED:
        end -= 1
    if first == end:
        return
    kind = kind_of_name(tokens, first, end)
    if kind in {EntityKind.PERSON, EntityKind.OTHER}:
        while first < end - 1 and tokens[first].words.lower() in titles():
            first += 1
            kind = EntityKind.PERSON
    yield Name(first, end, kind)
