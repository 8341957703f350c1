"""Reading → Reading with mentions: every phrase that names, describes or points to an actor, a person or a thing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from purport.model import Entity, EntityKind, Form, Mention, Reading, Span, Token
from purport.read.actors import index_for
from purport.read.mentions_kinds import NO_MENTION_LABELS, kind_of_noun
from purport.read.mentions_lexicon import abstract_nouns
from purport.read.mentions_names import Name, find_names
from purport.read.mentions_phrases import Tree, phrase_end, phrase_start, span_of, tree_of
from purport.settings import Settings

#: Pronouns that can point to an actor or a thing.
PRONOUNS = frozenset(
    {"he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "theirs", "themselves", "it", "its", "itself",
     "i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "who", "whom", "whose"}
)  # fmt: skip
#: Pronouns without a noun that stand for people.
PEOPLE_PRONOUNS = frozenset(
    {
        "others",
        "other",
        "many",
        "some",
        "several",
        "most",
        "all",
        "both",
        "few",
        "everyone",
        "everybody",
        "somebody",
        "someone",
        "nobody",
        "anyone",
        "those",
        "none",
        "one",
        "another",
    }
)
#: Labels of a number or an adjective that stands for people ("two were killed", "the wounded").
ARGUMENT_LABELS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "attr"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention before it has an id."""

    first: int
    end: int
    head: int
    kind: EntityKind
    form: Form
    name: Name | None = None


def find_mentions(reading: Reading, *, settings: Settings) -> Reading:
    """The reading with a mention for each phrase, in order of the text, each an entity of its own until ``resolve`` brings them together."""
    tokens = reading.tokens
    names = find_names(reading, index_for(settings))
    drafts = sorted(_drafts(tokens, names), key=lambda d: (d.first, -d.end))
    mentions, entities = [], []
    for number, draft in enumerate(drafts, start=1):
        entity_id = f"ent-{number}"
        span = span_of(tokens, draft.first, draft.end)
        mentions.append(Mention(span, draft.head, draft.kind, draft.form, entity_id))
        entities.append(_entity(entity_id, draft, span=span, text=reading.document.text))
    return replace(reading, mentions=tuple(mentions), entities=tuple(entities))


def _entity(entity_id: str, draft: Draft, *, span: Span, text: str) -> Entity:
    name = draft.name
    if name is None:
        return Entity(entity_id, span.of(text), draft.kind)
    return Entity(entity_id, name.title or span.of(text), draft.kind, name.code, name.country, name.party)


def _drafts(tokens: Sequence[Token], names: Sequence[Name]) -> Iterator[Draft]:
    tree = tree_of(tokens)
    named = {i: name for name in names for i in range(name.first, name.end)}
    for name in names:
        yield Draft(name.first, name.end, _head_of(tokens, name), name.kind, Form.NAME, name)
    for token in tokens:
        draft = _nominal(tree, token, named=named)
        if draft is not None:
            yield draft


def _head_of(tokens: Sequence[Token], name: Name) -> int:
    """The token of the name that hangs on something outside it; the last one if there are several."""
    outside = [i for i in range(name.first, name.end) if not name.first <= tokens[i].head < name.end or tokens[i].head == i]
    return outside[-1] if outside else name.end - 1


def _nominal(tree: Tree, token: Token, *, named: Mapping[int, Name]) -> Draft | None:
    if token.index in named:
        return None
    if token.words.lower() in PRONOUNS and token.pos in {"PRON", "DET"}:
        return Draft(token.index, token.index + 1, token.index, EntityKind.OTHER, Form.PRONOUN)
    kind = _nominal_kind(tree, token)
    if kind is None:
        return None
    return Draft(phrase_start(tree, token.index), phrase_end(tree, token.index), token.index, kind, Form.NOMINAL)


def _nominal_kind(tree: Tree, token: Token) -> EntityKind | None:
    """Kind of the phrase that a noun, number or adjective heads; None if it heads no mention."""
    tokens = tree.tokens
    if token.pos in {"NOUN", "PROPN"} and token.dep != "compound":
        if token.entity in NO_MENTION_LABELS - {"QUANTITY"}:
            return None
        known = kind_of_noun(tokens, token.index)
        return known or (None if token.lemma.lower() in abstract_nouns() else EntityKind.OTHER)
    if token.dep not in ARGUMENT_LABELS or token.entity in NO_MENTION_LABELS:
        return None
    if token.pos == "NUM" or (token.words.lower() in PEOPLE_PRONOUNS and token.pos in {"PRON", "DET", "ADJ", "NOUN"}):
        return EntityKind.GROUP_OF_PEOPLE
    if token.pos in {"ADJ", "VERB"} and any(tokens[c].words.lower() == "the" for c in tree.children[token.index] if c < token.index):
        return EntityKind.GROUP_OF_PEOPLE
    return None
