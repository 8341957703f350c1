"""A gold record (``docs/codebook.md``, "Record") as spans and links, and back.

An event stands on its first trigger, an attribution on its cue (without one on its innermost source, without that on the trigger); every
role, count and source has a span of its own. Links: event → "trigger", role, "count" and "told by"; attribution → "source 1", "source 2"
… from the outlet inwards; role or count → attribution "on the word of".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from purport.annotation.graph import Edge, Node, Page
from purport.errors import InputError
from purport.model import Span

Record = dict[str, Any]

EVENT, TRIGGER, COUNT, ATTRIBUTION, SOURCE = "Event", "Trigger", "Count", "Attribution", "Source"
ROLE_LABELS = {role: role.capitalize() for role in ("perpetrator", "target", "instrument", "place", "time")}
ALSO, COUNTS, TOLD, WORD = "trigger", "count", "told_by", "on_the_word_of"
SOURCES = "source_"  #: and its number in the chain, from 1
LABELS = (EVENT, TRIGGER, *ROLE_LABELS.values(), COUNT, ATTRIBUTION, SOURCE)
HEADER = ("title", "published", "url")
NO_CUE, NO_SOURCE = "none", "none"  #: value of the feature "anchor" of an attribution without a cue

#: Features by label, as the codebook names them; those with choices first.
FEATURES: Mapping[str, tuple[str, ...]] = {
    EVENT: ("type", "reality", "voice", "certainty", "disputed"),
    ROLE_LABELS["place"]: ("name", "country"),
    ROLE_LABELS["time"]: ("edtf",),
    COUNT: ("kind", "low", "high", "who"),
    ATTRIBUTION: ("stance", "about", "anchor"),
}
DEFAULTS = {"reality": "actual", "voice": "outlet", "certainty": "certain", "disputed": "false", "stance": "says", "about": "event"}


# ------------------------------------------------------------------ record → page
def page_of(record: Record) -> Page:
    """The spans and links of a gold record."""
    making = _Making()
    for event in record["events"]:
        making.event(event)
    header = {name: record[name] for name in HEADER if record.get(name)}
    return Page(record["id"], record["text"], tuple(making.nodes), tuple(making.edges), header)


class _Making:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []

    def event(self, event: Record) -> None:
        features = {name: _written(event[name]) for name in FEATURES[EVENT]}
        made = self._node(EVENT, event["triggers"][0], features=features)
        for trigger in event["triggers"][1:]:
            self._link(ALSO, made, second=self._node(TRIGGER, trigger))
        told = [self._attribution(each, made) for each in event.get("attributions", [])]
        for role in event.get("roles", []):
            self._mention(role, made, label=ROLE_LABELS[role["role"]], link=role["role"], told=told)
        for count in event.get("counts", []):
            self._mention(count, made, label=COUNT, link=COUNTS, told=told)

    def _mention(self, said: Record, event: Node, *, label: str, link: str, told: list[Node]) -> None:
        features = {name: _written(said[name]) for name in FEATURES.get(label, ()) if said.get(name) is not None}
        node = self._node(label, said["span"], features=features)
        self._link(link, event, second=node)
        if said.get("att") is not None:
            self._link(WORD, node, second=told[said["att"]])

    def _attribution(self, said: Record, event: Node) -> Node:
        features = {name: _written(said[name]) for name in ("stance", "about")}
        anchor = said["cue"] or (said["chain"][-1] if said["chain"] else [event.span.start, event.span.end])
        node = self._node(ATTRIBUTION, anchor, features=features if said["cue"] else {**features, "anchor": NO_CUE})
        self._link(TOLD, event, second=node)
        for number, source in enumerate(said["chain"], start=1):
            self._link(f"{SOURCES}{number}", node, second=self._node(SOURCE, source))
        return node

    def _node(self, label: str, span: list[int], *, features: Mapping[str, str] | None = None) -> Node:
        self.nodes.append(Node(f"T{len(self.nodes) + 1}", label, Span(*span), features or {}))
        return self.nodes[-1]

    def _link(self, label: str, first: Node, *, second: Node) -> None:
        self.edges.append(Edge(label, first.id, second.id))


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# ------------------------------------------------------------------ page → record
def record_of(page: Page, *, where: str) -> Record:
    """The gold record of a page. Raises InputError, with ``where``, for a number that is none or a role that no event has."""
    events = sorted((node for node in page.nodes if node.label == EVENT), key=lambda node: node.span)
    _check_links(page, where=where)
    record: Record = {"id": page.id, "text": page.text, "events": [_event(page, event, where=where) for event in events]}
    return record | {name: page.header[name] for name in HEADER if name in page.header}


def _check_links(page: Page, *, where: str) -> None:
    """Every mention belongs to an event, or it would be lost without a word."""
    linked = {edge.second for edge in page.edges}
    for node in page.nodes:
        if node.label in LABELS and node.label != EVENT and node.id not in linked:
            what = f"{node.label} {node.span.of(page.text)!r} at {node.span.start} is linked to nothing"
            remedy = "link it from its event (a source from its attribution) or remove it"
            raise InputError(what, where=where, remedy=remedy)


def _event(page: Page, event: Node, *, where: str) -> Record:
    linked = list(page.leaving(event))
    told = [node for label, node in linked if label == TOLD]
    numbers = {node.id: number for number, node in enumerate(told)}
    features = {name: event.features.get(name) or DEFAULTS.get(name, "") for name in FEATURES[EVENT]}
    if not features["type"]:
        what = f"the event {event.span.of(page.text)!r} at {event.span.start} has no type"
        raise InputError(what, where=where, remedy="give it one of the codebook's")
    return {
        **features,
        "disputed": features["disputed"] == "true",
        "triggers": [_pair(event), *(_pair(node) for label, node in linked if label == ALSO)],
        "roles": [_role(page, node, numbers=numbers) for label, node in linked if label in ROLE_LABELS],
        "counts": [_count(page, node, numbers=numbers, where=where) for label, node in linked if label == COUNTS],
        "attributions": [_attribution(page, node) for node in told],
    }


def _role(page: Page, node: Node, *, numbers: Mapping[str, int]) -> Record:
    role = next(role for role, label in ROLE_LABELS.items() if label == node.label)
    valued = {name: node.features.get(name) for name in FEATURES.get(node.label, ())}
    return {"role": role, "span": _pair(node), "att": _word(page, node, numbers=numbers), **valued}


def _count(page: Page, node: Node, *, numbers: Mapping[str, int], where: str) -> Record:
    kind, low, high, who = (node.features.get(name) for name in FEATURES[COUNT])
    ends = {name: _number(said, name=name, node=node, where=where) for name, said in (("low", low), ("high", high))}
    return {"kind": kind or "killed", "span": _pair(node), **ends, "who": who, "att": _word(page, node, numbers=numbers)}


def _number(said: str | None, *, name: str, node: Node, where: str) -> int | None:
    if not said:
        return None
    if not said.isascii() or not said.isdigit():
        what = f"{name} of the count at {node.span.start} is no number: {said!r}"
        raise InputError(what, where=where, remedy="give digits, or nothing for an open end")
    return int(said)


def _word(page: Page, node: Node, *, numbers: Mapping[str, int]) -> int | None:
    return next((numbers[other.id] for label, other in page.leaving(node) if label == WORD and other.id in numbers), None)


def _attribution(page: Page, node: Node) -> Record:
    sources = sorted(_chain(page, node))
    return {
        "chain": [_pair(source) for _, _, source in sources],
        "cue": None if node.features.get("anchor") == NO_CUE else _pair(node),
        "stance": node.features.get("stance") or DEFAULTS["stance"],
        "about": node.features.get("about") or DEFAULTS["about"],
    }


def _chain(page: Page, node: Node) -> Iterator[tuple[int, int, Node]]:
    for order, (label, source) in enumerate(page.leaving(node)):
        number = label.removeprefix(SOURCES)
        if label.startswith(SOURCES) and number.isascii() and number.isdigit():
            yield int(number), order, source


def _pair(node: Node) -> list[int]:
    return [node.span.start, node.span.end]
