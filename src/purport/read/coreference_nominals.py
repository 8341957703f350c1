"""Definite descriptions: "the captive", "the two men", "the group", "the army", "the president"."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from purport.model import EntityKind, Form
from purport.read.actors import fold
from purport.read.coreference_nodes import BODIES, Node, Sets
from purport.read.mentions_lexicon import WORDS
from purport.resources import yaml_of

#: How many sentences back a description may look for the same noun, and for a name of its kind.
SAME_NOUN_WINDOW = 20
NAME_WINDOW = 3
#: How many sentences back it may look for another noun of the same meaning.
SYNONYM_WINDOW = 4
#: Nouns that stand for any body of these kinds named shortly before.
KINDS_OF_NOUN = {
    "group": frozenset({EntityKind.ARMED_GROUP, EntityKind.ORGANISATION, EntityKind.NGO}),
    "movement": frozenset({EntityKind.ARMED_GROUP, EntityKind.PARTY, EntityKind.ORGANISATION}),
    "organisation": frozenset({EntityKind.ARMED_GROUP, EntityKind.ORGANISATION, EntityKind.NGO, EntityKind.INTERGOVERNMENTAL}),
    "organization": frozenset({EntityKind.ARMED_GROUP, EntityKind.ORGANISATION, EntityKind.NGO, EntityKind.INTERGOVERNMENTAL}),
    "militia": frozenset({EntityKind.ARMED_GROUP}),
    "agency": frozenset({EntityKind.AGENCY}),
    "newspaper": frozenset({EntityKind.OUTLET}),
    "daily": frozenset({EntityKind.OUTLET}),
    "broadcaster": frozenset({EntityKind.OUTLET}),
    "channel": frozenset({EntityKind.OUTLET}),
    "monitor": frozenset({EntityKind.NGO}),
    "watchdog": frozenset({EntityKind.NGO}),
    "charity": frozenset({EntityKind.NGO}),
    "observatory": frozenset({EntityKind.NGO}),
    "party": frozenset({EntityKind.PARTY}),
    "alliance": frozenset({EntityKind.FORCE, EntityKind.ARMED_GROUP}),
}


def link_nominals(nodes: Sequence[Node], sets: Sets) -> None:
    earlier: dict[str, list[Node]] = {}
    names: list[Node] = []
    for node in nodes:
        if node.mention.form is Form.NOMINAL:
            key = synonym_of(node.head.lemma.lower())
            if _may_refer(node):
                found = _same_noun(node, earlier.get(key, ()), sets) or _name_of_kind(node, names, sets)
                if found is not None:
                    sets.join(found.index, node.index)
            earlier.setdefault(key, []).append(node)
        elif node.is_name and node.mention.kind in BODIES:
            names.append(node)


@cache
def synonym_of(lemma: str) -> str:
    """The first of the nouns that one thing is called in turn ("footage" → "video"), or the noun itself."""
    return next((group[0] for group in yaml_of(WORDS)["synonyms"] if lemma in group), lemma)


def _may_refer(node: Node) -> bool:
    return node.is_definite and node.mention.kind not in {EntityKind.OTHER, EntityKind.FACILITY, EntityKind.PLACE}


def _same_noun(node: Node, candidates: Sequence[Node], sets: Sets) -> Node | None:
    """The last phrase with the same noun that says at least as much; if several things would do, only one in this sentence or the last."""
    fitting = [
        other
        for other in candidates[bisect_left(candidates, node.head.sentence - SAME_NOUN_WINDOW, key=_sentence) :]
        if (other.head.lemma == node.head.lemma or node.head.sentence - other.head.sentence <= SYNONYM_WINDOW)
        and other.plural == node.plural
        and _modifiers(node) <= _modifiers(other)
    ]
    if not fitting or (other_than_last(fitting, sets) and node.head.sentence - fitting[-1].head.sentence > 1):
        return None
    return fitting[-1]


def _sentence(node: Node) -> int:
    return node.head.sentence


def other_than_last(nodes: Sequence[Node], sets: Sets) -> bool:
    return len({sets.root(n.index) for n in nodes}) > 1


def _modifiers(node: Node) -> frozenset[str]:
    return frozenset(node.words) - {fold(node.head.words), fold(node.head.lemma)} - {"same", "this", "that", "these", "those", "latter"}


def _name_of_kind(node: Node, names: Sequence[Node], sets: Sets) -> Node | None:
    """The only body of the right kind named in the sentences just before ("the group"); None if there are two."""
    kinds = KINDS_OF_NOUN.get(node.head.lemma.lower())
    if kinds is None or node.plural or len(node.words) > 1:
        return None
    near = [n for n in _before(names, node) if n.mention.kind in kinds]
    return near[-1] if len({sets.root(n.index) for n in near}) == 1 else None


def _before(names: Sequence[Node], node: Node) -> Sequence[Node]:
    return names[bisect_left(names, node.head.sentence - NAME_WINDOW, key=_sentence) :]
