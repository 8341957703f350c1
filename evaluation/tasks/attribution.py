"""PolNeAR attributions: the whole noun phrase as source, every relation with content."""

from typing import Any

from purport.attribution.attribute import broad_relations_of
from purport.attribution.learned import told
from purport.attribution.relation import Relation
from purport.attribution.tree import Tree, tree_of
from purport.extract import document_of_text
from purport.model import Reading, Spans
from purport.read import read
from purport.settings import Settings

Record = dict[str, Any]


def predict(record: Record, *, settings: Settings) -> Record:
    """One prediction line."""
    document = document_of_text(record["text"], id=record["id"], title=record.get("title"))
    return answer(read(document, settings=settings))


def answer(reading: Reading) -> Record:
    if reading.tags is not None:
        return {"id": reading.document.id, "attributions": [_spans(t.source, t.cue, t.content) for t in told(reading)]}
    tree = tree_of(reading)
    return {"id": reading.document.id, "attributions": [_line(tree, r) for r in broad_relations_of(reading)]}


def _line(tree: Tree, relation: Relation) -> Record:
    source = tree.spans(tree.subtree(relation.source)) if relation.source is not None else ()
    return _spans(source, relation.cue, relation.content)


def _spans(source: Spans, cue: Spans, content: Spans) -> Record:
    parts = (("source", source), ("cue", cue), ("content", content))
    return {name: [[s.start, s.end] for s in spans] for name, spans in parts}
