"""brat's standoff format: ``NAME.txt`` with ``NAME.ann``. Offsets are code points; values that are no labels stand in notes.

The format is that of brat's manual ("standoff format"): text-bound annotations T, relations R, attributes A, notes #.
"""

import json
import re
from collections.abc import Iterator, Mapping

from purport.annotation.goldgraph import FEATURES, LABELS
from purport.annotation.graph import Edge, Node, Page
from purport.errors import InputError
from purport.model import Span

NOTE = "AnnotatorNotes"
TEXT_BOUND = re.compile(r"(?P<label>\S+) (?P<pieces>\d+ \d+(?:;\d+ \d+)*)", re.ASCII)
RELATION = re.compile(r"(?P<label>\S+) Arg1:(?P<first>\S+) Arg2:(?P<second>\S+)")
REMEDY = "export the pages from brat again, the .txt and .ann files together"


def written(page: Page) -> str:
    """The ``.ann`` file of a page."""
    lines = [_text_bound(node, page.text) for node in page.nodes]
    lines += [f"R{n}\t{edge.label} Arg1:{edge.first} Arg2:{edge.second}" for n, edge in enumerate(page.edges, start=1)]
    noted = (node for node in page.nodes if node.features)
    lines += [f"#{n}\t{NOTE} {node.id}\t{_note(node.features)}" for n, node in enumerate(noted, start=1)]
    return "".join(f"{line}\n" for line in lines)


def _text_bound(node: Node, text: str) -> str:
    pieces = list(_pieces(node.span, text))
    offsets = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
    return f"{node.id}\t{node.label} {offsets}\t{' '.join(piece.of(text) for piece in pieces)}"


def _pieces(span: Span, text: str) -> Iterator[Span]:
    """A span cut where lines end, since brat shows none that crosses one."""
    for found in re.finditer(r"[^\n]+", span.of(text)):
        yield Span(span.start + found.start(), span.start + found.end())


def _note(features: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in features.items())


def config() -> str:
    """An ``annotation.conf`` with the labels and links of the codebook, to put beside the pages."""
    entities = "\n".join(LABELS)
    roles = "\n".join(f"{label.lower()} Arg1:Event, Arg2:{label}" for label in ("Trigger", *_role_labels(), "Count"))
    words = "\n".join(f"on_the_word_of Arg1:{label}, Arg2:Attribution" for label in (*_role_labels(), "Count"))
    sources = "\n".join(f"source_{n} Arg1:Attribution, Arg2:Source" for n in range(1, 6))
    links = f"{roles}\ntold_by Arg1:Event, Arg2:Attribution\n{sources}\n{words}"
    overlaps = "<OVERLAP> Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>"
    return f"[entities]\n{entities}\n\n[relations]\n{overlaps}\n{links}\n\n[events]\n\n[attributes]\n"


def _role_labels() -> tuple[str, ...]:
    return tuple(label for label in LABELS if label not in ("Event", "Trigger", "Count", "Attribution", "Source"))


# ------------------------------------------------------------------ in
def parsed(annotations: str, *, text: str, id: str, where: str) -> Page:
    """The page of a ``.txt`` and its ``.ann``. Raises InputError with the line for what is not in the form or not in the text."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for number, line in enumerate(annotations.split("\n"), start=1):
        place = f"{where}, line {number}"
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            nodes[key] = _node(key, rest, text=text, where=place)
        elif key.startswith("R"):
            edges.append(_edge(rest, where=place))
        elif key.startswith(("A", "M", "#")):
            _feature(key, rest, nodes=nodes, where=place)
        elif line.strip() and not key.startswith(("E", "*", "N")):
            raise InputError(f"no annotation of brat: {line[:60]!r}", where=place, remedy=REMEDY)
    _check(nodes, edges, where=where)
    return Page(id, text, tuple(nodes.values()), tuple(edges))


def _node(key: str, rest: str, *, text: str, where: str) -> Node:
    head, _, words = rest.partition("\t")
    found = TEXT_BOUND.fullmatch(head)
    if found is None:
        raise InputError(f"no label with offsets: {head[:60]!r}", where=where, remedy=REMEDY)
    pieces = [Span(*map(int, piece.split())) for piece in found["pieces"].split(";")]
    span = Span(pieces[0].start, pieces[-1].end)
    if " ".join(piece.of(text) for piece in pieces) != words or not 0 <= span.start < span.end <= len(text):
        raise InputError(f"the text has other words at {span.start} to {span.end} than {words[:60]!r}", where=where, remedy=REMEDY)
    return Node(key, found["label"], span)


def _edge(rest: str, *, where: str) -> Edge:
    found = RELATION.match(rest)
    if found is None:
        raise InputError(f"no relation: {rest[:60]!r}", where=where, remedy=REMEDY)
    return Edge(found["label"], found["first"], found["second"])


def _feature(key: str, rest: str, *, nodes: dict[str, Node], where: str) -> None:
    """Attributes ("type T1 killing") and notes; those of anything that is no text-bound annotation are passed over."""
    if key.startswith("#"):
        head, _, note = rest.partition("\t")
        kind, _, target = head.partition(" ")
        added = _noted(note, where=where) if kind == NOTE and target in nodes else {}
    else:
        name, target, value = (*rest.split(" ", 2), "true", "", "")[:3] if rest.count(" ") >= 2 else (*rest.split(" "), "true")
        added = {name.lower(): value}
    if target in nodes and added:
        node = nodes[target]
        nodes[target] = Node(node.id, node.label, node.span, {**node.features, **added})


def _noted(note: str, *, where: str) -> dict[str, str]:
    """The values of a note that holds some; a remark of a coder holds none."""
    names = {name for features in FEATURES.values() for name in features}
    found: dict[str, str] = {}
    position = 0
    while match := re.compile(r"\s*(\w+)=").match(note, position):
        if match[1] not in names:
            break
        try:
            value, length = json.JSONDecoder().raw_decode(note[match.end() :])
        except ValueError:
            raise InputError(f"the value of {match[1]} is not in quotation marks", where=where, remedy=f'write {match[1]}="…"') from None
        found[match[1]] = str(value)
        position = match.end() + length
        position += note.startswith(";", position)
    return found


def _check(nodes: Mapping[str, Node], edges: list[Edge], *, where: str) -> None:
    for edge in edges:
        for end in (edge.first, edge.second):
            if end.startswith("T") and end not in nodes:
                raise InputError(f"a relation points at {end}, which is not there", where=where, remedy=REMEDY)
