"""What all annotation programs can hold: labelled spans with features, and labelled links between them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from purport.model import Span


@dataclass(frozen=True, slots=True)
class Node:
    """A labelled stretch of text, in code points. ``features`` are strings, in the order in which they are written."""

    id: str
    label: str
    span: Span
    features: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A labelled link from one node to another, by their ids."""

    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page with its annotations. ``header``: title, published and url as far as they are known."""

    id: str
    text: str
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)

    def leaving(self, node: Node) -> Iterator[tuple[str, Node]]:
        """What a node links to, with the link's label, in order."""
        by_id = {other.id: other for other in self.nodes}
        return ((edge.label, by_id[edge.second]) for edge in self.edges if edge.first == node.id and edge.second in by_id)
