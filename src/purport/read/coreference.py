"""Mentions of one thing brought together, by rules, names first, then descriptions, then pronouns: precision before recall.

A wrong pronoun puts words in somebody's mouth, so whatever is not clear stays an entity of its own. The order of the sieves follows
Lee et al. 2013, "Deterministic coreference resolution based on entity-centric, precision-ranked rules"."""

from collections.abc import Sequence
from dataclasses import replace

from purport.model import Entity, EntityKind, Form, Mention, Reading, representative
from purport.read.coreference_names import link_names
from purport.read.coreference_nodes import Node, Sets, nodes_of
from purport.read.coreference_nominals import link_nominals
from purport.read.coreference_pronouns import link_possessed, link_pronouns
from purport.settings import Settings


def resolve(reading: Reading, *, settings: Settings) -> Reading:
    """The reading with one entity for all mentions of one thing; ids ``ent-1``, ``ent-2`` … by order of first mention."""
    nodes = nodes_of(reading)
    sets = Sets(len(nodes))
    link_names(nodes, sets, tokens=reading.tokens)
    link_nominals(nodes, sets)
    link_pronouns(nodes, sets, reading=reading)
    link_possessed(nodes, sets)
    return _with_entities(reading, [[nodes[i] for i in members] for members in sets.members()])


def antecedent(reading: Reading, mention: Mention) -> Mention | None:
    """The mention that a pronoun or a bare definite stands for: a name if there is one, else a description; None if unknown."""
    found = representative(reading, mention.entity_id, before=mention.span.start)
    return None if found is None or found == mention else found


def _with_entities(reading: Reading, groups: Sequence[Sequence[Node]]) -> Reading:
    mentions = list(reading.mentions)
    entities = []
    for number, group in enumerate(groups, start=1):
        entity = _entity(f"ent-{number}", group)
        entities.append(entity)
        for node in group:
            kind = entity.kind if node.is_pronoun else node.mention.kind
            mentions[node.index] = replace(node.mention, entity_id=entity.id, kind=kind)
    return replace(reading, mentions=tuple(mentions), entities=tuple(entities))


def _entity(entity_id: str, group: Sequence[Node]) -> Entity:
    """The entity of a set: named by its actor, else its longest name, else its first description."""
    actor = next((n for n in sorted(group, key=lambda n: not n.is_name) if n.entity.actor_code), None)
    named = sorted((n for n in group if n.is_name), key=lambda n: (-(n.end - n.first), n.index))
    best = actor or (named[0] if named else next((n for n in group if n.mention.form is Form.NOMINAL), group[0]))
    kind = best.mention.kind
    if kind is EntityKind.OTHER:
        kind = next((n.mention.kind for n in group if n.mention.kind is not EntityKind.OTHER), kind)
    country = best.entity.country or next((n.entity.country for n in group if n.entity.country and n.mention.kind is kind), None)
    return Entity(entity_id, best.entity.name, kind, best.entity.actor_code, country, any(n.entity.party for n in group))
