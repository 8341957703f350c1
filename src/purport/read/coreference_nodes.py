"""What coreference knows of every mention: its words, number, gender, place in the sentence; and the sets being brought together."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from purport.model import Entity, EntityKind, Form, Mention, Reading, Token
from purport.read.actors import fold
from purport.read.mentions_lexicon import first_names, titles, word_set

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
#: Kinds that act as one: a definite noun like "the group", "it" and "they" can stand for them.
BODIES = frozenset(
    {EntityKind.ARMED_GROUP, EntityKind.GOVERNMENT, EntityKind.FORCE, EntityKind.AGENCY, EntityKind.OUTLET, EntityKind.NGO,
     EntityKind.INTERGOVERNMENTAL, EntityKind.PARTY, EntityKind.ORGANISATION}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """One mention as coreference sees it."""

    index: int
    mention: Mention
    entity: Entity
    first: int
    end: int
    head: Token
    words: tuple[str, ...]  #: folded, without article
    plural: bool
    gender: str
    opener: str  #: first word in lower case
    quote: int = -1  #: number of the quotation that it stands in, -1 outside

    @property
    def is_name(self) -> bool:
        return self.mention.form is Form.NAME

    @property
    def is_pronoun(self) -> bool:
        return self.mention.form is Form.PRONOUN

    @property
    def is_subject(self) -> bool:
        return self.head.dep in SUBJECTS

    @property
    def is_definite(self) -> bool:
        return self.opener in DEFINITE


OPENING = frozenset("“«")
CLOSING = frozenset("”»")


def quotes_of(reading: Reading) -> tuple[int, ...]:
    """The quotation that every token stands in, -1 outside. A straight mark opens and closes in turn.

    A paragraph ends what it left open; the next one goes on with the same quotation if it opens with a mark of its own.
    """
    quotes, number, inside, block, unclosed = [], 0, False, -1, False
    for token in reading.tokens:
        if reading.sentences[token.sentence].block != block:
            block, inside, unclosed = reading.sentences[token.sentence].block, False, inside
        closes = token.words in CLOSING or (token.words in {'"', "''"} and inside)
        opens = token.words in OPENING or (token.words in {'"', "``"} and not inside)
        if opens:
            number, inside, unclosed = number + (0 if inside or unclosed else 1), True, False
        quotes.append(number if inside else -1)
        if closes:
            inside = False
    return tuple(quotes)


def nodes_of(reading: Reading) -> tuple[Node, ...]:
    starts = [token.span.start for token in reading.tokens]
    entities = {entity.id: entity for entity in reading.entities}
    quotes = quotes_of(reading)
    return tuple(
        _node(index, mention, tokens=reading.tokens, starts=starts, entity=entities[mention.entity_id], quote=quotes[mention.head])
        for index, mention in enumerate(reading.mentions)
    )


def _node(index: int, mention: Mention, *, tokens: Sequence[Token], starts: Sequence[int], entity: Entity, quote: int) -> Node:
    first, end = bisect_left(starts, mention.span.start), bisect_left(starts, mention.span.end)
    head = tokens[mention.head]
    words = tuple(fold(t.words) for t in tokens[first:end] if t.words.lower() not in {"the", "a", "an"} and t.words[0].isalnum())
    return Node(
        index=index,
        mention=mention,
        entity=entity,
        first=first,
        end=end,
        head=head,
        words=words,
        plural=_is_plural(mention, head),
        gender=_gender(tokens, first=first, end=end, mention=mention),
        opener=tokens[first].words.lower(),
        quote=quote,
    )


def _is_plural(mention: Mention, head: Token) -> bool:
    if mention.form is Form.PRONOUN:
        return head.words.lower() in {"they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"}
    if mention.form is Form.NAME:
        return head.tag == "NNPS" and mention.kind in {EntityKind.NATIONALITY, EntityKind.GROUP_OF_PEOPLE}
    return (
        head.tag in {"NNS", "NNPS"}
        or head.lemma in {"people", "police", "family", "couple", "crowd"}
        or (mention.kind is EntityKind.GROUP_OF_PEOPLE and head.pos in {"NUM", "ADJ", "DET", "VERB"})
    )


def _gender(tokens: Sequence[Token], *, first: int, end: int, mention: Mention) -> str:
    head = tokens[mention.head].lemma.lower()
    if mention.form is Form.PRONOUN:
        word = tokens[mention.head].words.lower()
        return "male" if word in MALE else "female" if word in FEMALE else ""
    if mention.form is Form.NOMINAL:
        words = {token.words.lower() for token in tokens[first:end]} | {head}
        return "female" if head in word_set("female_nouns") or "pregnant" in words else "male" if head in word_set("male_nouns") else ""
    if mention.kind is not EntityKind.PERSON:
        return ""
    title = titles().get(tokens[first - 1].words.lower(), "") if first else ""
    return title or (first_names().get(fold(tokens[first].words), "") if end - first > 1 else "")


class Sets:
    """Disjoint sets of mentions; a set is known by its first mention."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low

    def joined(self, one: int, other: int) -> bool:
        return self.root(one) == self.root(other)

    def members(self) -> Iterator[list[int]]:
        """The sets in order of their first mention."""
        groups: dict[int, list[int]] = {}
        for index in range(len(self._parent)):
            groups.setdefault(self.root(index), []).append(index)
        yield from (groups[root] for root in sorted(groups))
