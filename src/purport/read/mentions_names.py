"""Names in a reading: actors of the list, places, the parser's named entities, and runs of proper nouns that it left unlabelled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from purport.model import EntityKind, Reading, Token
from purport.read.actors import Actor, ActorHit, ActorIndex, country_of_adjective, fold
from purport.read.casing import is_capitals
from purport.read.mentions_kinds import KIND_OF_LABEL, NO_MENTION_LABELS, kind_of_name
from purport.read.mentions_lexicon import first_names, noun_classes, titles, word_set

#: A place name with one of these labels to its verb acts or speaks, so a government is meant.
ACTING_LABELS = frozenset({"nsubj", "agent"})
#: Kinds that the parser gives to names that it does not know.
UNSURE_KINDS = frozenset({EntityKind.ORGANISATION, EntityKind.OTHER, EntityKind.ARTEFACT, EntityKind.FACILITY})
#: A longer name is no person's, whatever it begins with.
MAX_NAME_WORDS = 5
#: Kinds that the places stage or the parser settles for every mention by itself.
SETTLED_KINDS = frozenset({EntityKind.PLACE, EntityKind.NATIONALITY, EntityKind.GOVERNMENT})


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


@dataclass(frozen=True, slots=True)
class Names:
    """Names in order of the text, none overlapping another; and the actors that descriptions name ("Turkish forces"), by head token."""

    names: tuple[Name, ...] = ()
    described: Mapping[int, Actor] = field(default_factory=dict)


def find_names(reading: Reading, index: ActorIndex) -> Names:
    taken: dict[int, Name] = {}
    hits = tuple(index.hits(reading.tokens, capitals=_capital_sentences(reading)))
    described = {hit.end - 1: hit.actor for hit in hits if hit.descriptive}
    proper = [hit for hit in hits if not hit.descriptive]
    for name in (*_of_actors(proper, reading), *_of_toponyms(reading), *_of_labels(reading.tokens), *_of_proper_nouns(reading.tokens)):
        free = _free_part(name, taken)
        if free is not None:
            taken.update(dict.fromkeys(range(free.first, free.end), free))
    agreed = tuple(_agreed(_in_order(taken), reading.tokens))
    return Names((*agreed, *_surnames(agreed, taken, tokens=reading.tokens)), described)


def _in_order(taken: Mapping[int, Name]) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(taken[i] for i in sorted(taken)))


def _surnames(names: Iterable[Name], taken: Mapping[int, Name], *, tokens: Sequence[Token]) -> Iterator[Name]:
    """Surnames that are common nouns too ("Hall"), where the full name stands elsewhere in the page."""
    known = {tokens[n.end - 1].words for n in names if n.kind is EntityKind.PERSON and n.end - n.first > 1}
    for token in tokens:
        if token.words in known and token.index not in taken and token.words[:1].isupper() and token.pos in {"PROPN", "NOUN"}:
            yield Name(token.index, token.index + 1, EntityKind.PERSON)


def _free_part(name: Name, taken: Mapping[int, Name]) -> Name | None:
    """What of the name is not taken yet, after the last token that is: "Tobias Ellwood" of "Middle East Tobias Ellwood"."""
    first = max((i + 1 for i in range(name.first, name.end) if i in taken), default=name.first)
    if first == name.first:
        return name
    return replace(name, first=first) if first < name.end and name.kind is EntityKind.PERSON else None


def _is_person(words: Sequence[str], single: set[str]) -> bool:
    """A full name that begins with a first name, or ends with what stands alone as a person's name elsewhere in the page."""
    return len(words) > 1 and (words[-1] in single or (words[0] in first_names() and len(words) < MAX_NAME_WORDS))


def _agreed(names: Sequence[Name], tokens: Sequence[Token]) -> Iterator[Name]:
    """One kind for one name in a page: what most of its mentions say; a surname alone is a person if the full name is."""
    votes: dict[tuple[str, ...], Counter[EntityKind]] = {}
    surnames: set[str] = set()
    single: set[str] = set()
    for name in names:
        words = tuple(fold(t.words) for t in tokens[name.first : name.end])
        votes.setdefault(words, Counter())[name.kind] += 1
        if name.kind is EntityKind.PERSON and len(words) > 1:
            surnames.add(words[-1])
        elif name.kind is EntityKind.PERSON:
            single.add(words[-1])
    for name in names:
        words = tuple(fold(t.words) for t in tokens[name.first : name.end])
        if name.code is not None or name.country is not None or name.kind in SETTLED_KINDS:
            yield name
        elif (len(words) == 1 and words[0] in surnames) or (name.kind in UNSURE_KINDS and _is_person(words, single)):
            yield replace(name, kind=EntityKind.PERSON)
        else:
            yield replace(name, kind=votes[words].most_common(1)[0][0])


def _capital_sentences(reading: Reading) -> frozenset[int]:
    return frozenset(s.index for s in reading.sentences if is_capitals(s.span.of(reading.document.text)))


def _of_actors(hits: Iterable[ActorHit], reading: Reading) -> Iterator[Name]:
    tokens = reading.tokens
    literal = {t.span.start: t.literal for t in reading.toponyms if not t.adjective}
    for hit in hits:
        actor = hit.actor
        if not hit.metonym:
            yield Name(hit.first, hit.end, actor.kind, actor.code, actor.name, actor.country, actor.party)
        elif _acts(tokens, hit, literal=literal.get(tokens[hit.first].span.start)):
            yield Name(hit.first, hit.end, EntityKind.GOVERNMENT, actor.code, actor.name, actor.country, actor.party)
        else:
            yield Name(hit.first, hit.end, EntityKind.PLACE, None, None, actor.country)


def _acts(tokens: Sequence[Token], hit: ActorHit, *, literal: bool | None) -> bool:
    """The name of a place stands for its government: as the places stage says, else where it acts."""
    if literal is not None:
        return not literal
    head = tokens[hit.end - 1]
    if head.dep == "pobj":
        return tokens[head.head].dep == "agent"
    return head.dep in ACTING_LABELS and tokens[head.head].pos == "VERB"


def _of_toponyms(reading: Reading) -> Iterator[Name]:
    starts = {token.span.start: token.index for token in reading.tokens}
    ends = {token.span.end: token.index + 1 for token in reading.tokens}
    for toponym in reading.toponyms:
        first, end = starts.get(toponym.span.start), ends.get(toponym.span.end)
        if first is not None and end is not None and first < end:
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
    """The name without articles, titles and the possessive; nothing if nothing is left, or only a common noun in capitals."""
    trimmed = word_set("trimmed")
    while first < end and tokens[first].words.lower() in trimmed:
        first += 1
    while first < end and tokens[end - 1].words.lower() in trimmed:
        end -= 1
    if first == end or is_common(tokens, first, end):
        return
    kind = kind_of_name(tokens, first, end)
    if kind in {EntityKind.PERSON, EntityKind.OTHER}:
        while first < end - 1 and tokens[first].words.lower() in titles():
            first += 1
            kind = EntityKind.PERSON
    country = country_of_adjective(fold(tokens[end - 1].words)) if kind is EntityKind.NATIONALITY else None
    yield Name(first, end, kind, None, None, country)


def is_common(tokens: Sequence[Token], first: int, end: int) -> bool:
    """A common noun printed with capitals ("the Army", "Prime Minister"): no name."""
    words = " ".join(token.words.lower() for token in tokens[first:end])
    return words in noun_classes() or (end - first == 1 and (tokens[first].lemma.lower() in noun_classes() or words in titles()))
