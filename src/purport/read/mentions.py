"""Reading → Reading with mentions: every phrase that names, describes or points to an actor, a person or a thing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from purport.model import Entity, EntityKind, Form, Mention, Reading, Span, Token
from purport.read.actors import Actor, index_for
from purport.read.mentions_kinds import NO_MENTION_LABELS, kind_of_noun
from purport.read.mentions_lexicon import abstract_nouns, word_set
from purport.read.mentions_names import Name, Names, find_names
from purport.read.mentions_phrases import Tree, phrase_end, phrase_start, span_of, tree_of
from purport.settings import Settings

#: Labels of a number or an adjective that stands for people ("two were killed", "the wounded").
ARGUMENT_LABELS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "attr"})


#: Kinds that are mentions of their own before a noun that is none ("drone attack").
INNER_KINDS = frozenset(
    {EntityKind.WEAPON, EntityKind.VEHICLE, EntityKind.FORCE, EntityKind.ARMED_GROUP, EntityKind.GROUP_OF_PEOPLE, EntityKind.PERSON}
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention before it has an id."""

    first: int
    end: int
    head: int
    kind: EntityKind
    form: Form
    name: Name | None = None
    actor: Actor | None = None  #: whom a description names ("Turkish forces")


def find_mentions(reading: Reading, *, settings: Settings) -> Reading:
    """The reading with a mention for each phrase, in order of the text; each is an entity of its own until ``resolve`` joins them."""
    names = find_names(reading, index_for(settings))
    drafts = sorted({(d.first, d.end, d.head): d for d in _drafts(reading.tokens, names)}.values(), key=lambda d: (d.first, -d.end, d.head))
    mentions, entities = [], []
    for number, draft in enumerate(drafts, start=1):
        entity_id = f"ent-{number}"
        span = span_of(reading.tokens, draft.first, draft.end)
        mentions.append(Mention(span, draft.head, draft.kind, draft.form, entity_id))
        entities.append(_entity(entity_id, draft, span=span, text=reading.document.text))
    return replace(reading, mentions=tuple(mentions), entities=tuple(entities))


def _entity(entity_id: str, draft: Draft, *, span: Span, text: str) -> Entity:
    if draft.actor is not None:
        actor = draft.actor
        return Entity(entity_id, span.of(text), draft.kind, actor.code, actor.country, actor.party)
    name = draft.name
    if name is None:
        return Entity(entity_id, span.of(text), draft.kind)
    return Entity(entity_id, name.title or span.of(text), draft.kind, name.code, name.country, name.party)


def _drafts(tokens: Sequence[Token], found: Names) -> Iterator[Draft]:
    tree = tree_of(tokens)
    named = {i: name for name in found.names for i in range(name.first, name.end)}
    for name in found.names:
        head = _head_of(tokens, name)
        yield Draft(name.first, name.end, head, name.kind, Form.NAME, name)
        if name.kind is EntityKind.PERSON:
            yield from _title(tree, name, head=head)
        if name.kind is EntityKind.NATIONALITY:
            yield from _people_of(tree, name)
    for token in tokens:
        draft = None if token.index in named else _pronoun(token) or _nominal(tree, token, actor=found.described.get(token.index))
        if draft is not None:
            yield draft


def _head_of(tokens: Sequence[Token], name: Name) -> int:
    """The token of the name that hangs on something outside it; the last one if there are several."""
    outside = [i for i in range(name.first, name.end) if not name.first <= tokens[i].head < name.end or tokens[i].head == i]
    return outside[-1] if outside else name.end - 1


def _people_of(tree: Tree, name: Name) -> Iterator[Draft]:
    """A nationality counted or described as people: "two Iranians", "an Iraqi"."""
    last = name.end - 1
    start = phrase_start(tree, last)
    if tree.tokens[last].dep in ARGUMENT_LABELS and start < name.first:
        kind = EntityKind.GROUP_OF_PEOPLE if tree.tokens[last].tag in {"NNS", "NNPS"} else EntityKind.PERSON
        yield Draft(start, name.end, last, kind, Form.NOMINAL)


def _title(tree: Tree, name: Name, *, head: int) -> Iterator[Draft]:
    """What stands right before a person's name and says who it is: "the Lebanese prime minister", "Colonel"."""
    last = name.first - 1
    if last < 0 or tree.tokens[last].sentence != tree.tokens[head].sentence or tree.tokens[last].head not in range(name.first, name.end):
        return
    if kind_of_noun(tree.tokens, last) is EntityKind.PERSON:
        yield Draft(min(phrase_start(tree, head), last), name.first, last, EntityKind.PERSON, Form.NOMINAL)


def _pronoun(token: Token) -> Draft | None:
    if token.words.lower() not in word_set("pronouns") or token.pos not in {"PRON", "DET"}:
        return None
    return Draft(token.index, token.index + 1, token.index, EntityKind.OTHER, Form.PRONOUN)


def _nominal(tree: Tree, token: Token, *, actor: Actor | None) -> Draft | None:
    kind = _noun_kind(tree, token) if token.pos in {"NOUN", "PROPN"} else _people_kind(tree, token)
    if actor is not None and kind in {None, EntityKind.OTHER}:
        kind = actor.kind
    if kind is None:
        return None
    return Draft(phrase_start(tree, token.index), phrase_end(tree, token.index), token.index, kind, Form.NOMINAL, None, actor)


def _noun_kind(tree: Tree, token: Token) -> EntityKind | None:
    """Kind of the phrase that a noun heads; None if it heads no mention."""
    if token.entity in NO_MENTION_LABELS - {"QUANTITY"} or not any(map(str.isalnum, token.words)):
        return None
    known = kind_of_noun(tree.tokens, token.index)
    if token.dep == "compound":
        return known if known in INNER_KINDS and _stands_alone(tree, token) else None
    return known or (None if token.lemma.lower() in abstract_nouns() else EntityKind.OTHER)


def _stands_alone(tree: Tree, token: Token) -> bool:
    """The noun it modifies is a happening ("drone attack", "army offensive") or unknown."""
    return kind_of_noun(tree.tokens, token.head) in {None, EntityKind.OTHER}


def _people_kind(tree: Tree, token: Token) -> EntityKind | None:
    """A number, quantifier or adjective that stands for people: "two were killed", "the wounded"."""
    if token.dep not in ARGUMENT_LABELS or token.entity in NO_MENTION_LABELS:
        return None
    if token.pos == "NUM" or (token.words.lower() in word_set("people_pronouns") and token.pos in {"PRON", "DET", "ADJ"}):
        return EntityKind.GROUP_OF_PEOPLE
    known = kind_of_noun(tree.tokens, token.index) if token.pos == "ADJ" else None
    if known is EntityKind.PERSON:
        return known
    opened = any(tree.tokens[c].words.lower() == "the" for c in tree.children[token.index] if c < token.index)
    return EntityKind.GROUP_OF_PEOPLE if token.pos in {"ADJ", "VERB"} and opened else None
