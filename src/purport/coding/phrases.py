"""From a head word to the words that are quoted for it, and what they stand for."""

from purport.coding.tree import Tree
from purport.model import Entity, EntityKind, Form, Mention, Reading, Span, Thing, Token

#: Dependants left of a head that belong to its phrase.
LEFT = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod", "predet", "neg"})


#: Phrases of these kinds that begin with these words are replaced by the name they stand for.
COLLECTIVE = frozenset(
    {EntityKind.ARMED_GROUP, EntityKind.FORCE, EntityKind.GOVERNMENT, EntityKind.ORGANISATION, EntityKind.NGO, EntityKind.AGENCY}
)
POINTING = ("the ", "this ", "that ", "these ", "those ", "its ", "their ")


class Phrases:
    """Mentions and entities of one reading, found by head word."""

    def __init__(self, reading: Reading, tree: Tree) -> None:
        self._tree = tree
        self._text = reading.document.text
        self._entities = {e.id: e for e in reading.entities}
        self._by_head: dict[int, Mention] = {}
        for mention in sorted(reading.mentions, key=lambda m: (m.span.start, -len(m.span))):
            self._by_head.setdefault(mention.head, mention)
        self._names: dict[str, list[Mention]] = {}
        for mention in reading.mentions:
            self._names.setdefault(mention.entity_id, []).append(mention)

    def mention(self, head: Token) -> Mention | None:
        """The mention whose head word this is."""
        return self._by_head.get(head.index)

    def span(self, head: Token, last: Token | None = None) -> Span:
        """The words quoted for ``head`` (up to the end of ``last``): its mention, for a pronoun what it stands for."""
        mention = self.representative(head)
        span = mention.span if mention else self.noun_phrase(head)
        return Span(span.start, max(span.end, self.span(last).end)) if last else span

    def is_unresolved(self, head: Token) -> bool:
        """True for a pronoun that stands for nothing we know."""
        mention = self.representative(head)
        return head.pos == "PRON" and (mention is None or mention.form is Form.PRONOUN)

    def representative(self, head: Token) -> Mention | None:
        """The mention at ``head``; for a pronoun the nearest fuller mention of the same entity, and for a phrase
        that only points back ("the group") the name it stands for."""
        mention = self._by_head.get(head.index)
        if mention is None:
            return None
        if mention.form is Form.PRONOUN:
            return self._nearest(mention, {Form.NAME, Form.NOMINAL}) or mention
        if mention.form is Form.NOMINAL and mention.kind in COLLECTIVE and mention.span.of(self._text).lower().startswith(POINTING):
            return self._nearest(mention, {Form.NAME}) or mention
        return mention

    def _nearest(self, mention: Mention, forms: set[Form]) -> Mention | None:
        """The nearest mention of the same entity in one of ``forms``, before ``mention`` if there is one."""
        fuller = [m for m in self._names.get(mention.entity_id, ()) if m.form in forms]
        before = [m for m in fuller if m.span.start < mention.span.start]
        return before[-1] if before else fuller[0] if fuller else None

    def noun_phrase(self, head: Token) -> Span:
        """``head`` with its determiners, adjectives, compounds and numbers, and an "of" phrase right after it."""
        left = [t for kid in self._tree.children(head) if kid.dep in LEFT and kid.index < head.index for t in self._tree.subtree(kid)]
        start = min((t.span.start for t in left), default=head.span.start)
        return Span(start, head.span.end)

    def entity(self, head: Token) -> Entity | None:
        mention = self.representative(head)
        return self._entities.get(mention.entity_id) if mention else None

    def kind(self, head: Token) -> EntityKind:
        mention = self.representative(head)
        return mention.kind if mention else EntityKind.OTHER

    def thing(self, head: Token, last: Token | None = None) -> Thing:
        """The value of a role filled by ``head``."""
        entity = self.entity(head)
        words = self.span(head, last).of(self._text)
        if entity is None:
            return Thing(words)
        return Thing(words, kind=entity.kind, entity_id=entity.id, actor_code=entity.actor_code)

    def key(self, head: Token) -> str:
        """What makes two fillers the same: their entity, else their words."""
        entity = self.entity(head)
        return entity.id if entity else self.span(head).of(self._text).lower()
