"""Reading → AttributedReading: finders, then sources, stances and nesting."""

from purport.attribution.according_to import according_to
from purport.attribution.factuality import mark_factuality
from purport.attribution.hearsay import hearsay_relations
from purport.attribution.nesting import nested
from purport.attribution.nominal import noun_relations
from purport.attribution.quotes import find_quotes
from purport.attribution.relation import Relation
from purport.attribution.sources import Register, register_of, source_of
from purport.attribution.speech import with_quotes
from purport.attribution.stance import stance_of
from purport.attribution.syntactic import verb_relations
from purport.attribution.tree import Tree, tree_of
from purport.model import AttributedReading, Attribution, Reading, hashed_id
from purport.settings import Settings


def attribute(reading: Reading, *, settings: Settings) -> AttributedReading:
    """Every source, cue and content of a page, nested, with stance."""
    tree = tree_of(reading)
    register = register_of(tree)
    attributions = [attribution_of(tree, relation, register=register) for relation in relations_of(tree)]
    found = nested(attributions)
    return AttributedReading(reading, found, mark_factuality(reading, found, settings=settings))


def relations_of(tree: Tree) -> tuple[Relation, ...]:
    """What all finders see, in text order."""
    quotes = find_quotes(tree.reading.document)
    found = [*with_quotes(tree, verb_relations(tree), quotes=quotes), *according_to(tree), *hearsay_relations(tree), *noun_relations(tree)]
    return tuple(sorted(found, key=lambda r: (r.cue[0], r.pattern)))


def attribution_of(tree: Tree, relation: Relation, *, register: Register) -> Attribution:
    """One relation as a record with its source and stance."""
    source = source_of(tree, relation.source, register=register) if relation.source is not None else None
    spans = source.spans if source else ()
    ident = hashed_id("att", tree.reading.document.id, relation.cue, relation.content, spans)
    return Attribution(ident, source, relation.cue, relation.content, stance_of(tree, relation, source=source))
