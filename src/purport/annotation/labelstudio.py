"""Label Studio's JSON: one task a page, labels on regions, choices and text for each region, relations between them.

Offsets are UTF-16 units, as the program's editor counts; exports that count code points are recognised by the words they hold.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from purport.annotation.goldgraph import FEATURES, HEADER, LABELS
from purport.annotation.graph import Edge, Node, Page
from purport.annotation.offsets import Offsets
from purport.errors import InputError
from purport.model import Span

Json = dict[str, Any]
LABEL_NAME, TEXT_NAME = "mention", "text"
REMEDY = "export the project from Label Studio as JSON"


def written(pages: list[Page]) -> str:
    """A file of tasks to import, each with its annotations."""
    return json.dumps([_task(page) for page in pages], ensure_ascii=False, indent=1) + "\n"


def _task(page: Page) -> Json:
    offsets = Offsets(page.text)
    result = [part for node in page.nodes for part in _parts(node, page.text, offsets=offsets)]
    result += [
        {"type": "relation", "from_id": edge.first, "to_id": edge.second, "direction": "right", "labels": [edge.label]}
        for edge in page.edges
    ]
    return {"data": {"id": page.id, "text": page.text, **page.header}, "annotations": [{"result": result}]}


def _parts(node: Node, text: str, *, offsets: Offsets) -> Iterator[Json]:
    place = {"start": offsets.units(node.span.start), "end": offsets.units(node.span.end), "text": node.span.of(text)}
    common = {"id": node.id, "to_name": TEXT_NAME}
    yield {**common, "from_name": LABEL_NAME, "type": "labels", "value": {**place, "labels": [node.label]}}
    for name, value in node.features.items():
        yield {**common, "from_name": name, "type": "textarea", "value": {**place, "text": [value]}}


def config() -> str:
    """A labelling configuration with the labels, values and links of the codebook."""
    labels = "\n".join(f'    <Label value="{label}"/>' for label in LABELS)
    shown = f'toName="{TEXT_NAME}" perRegion="true" whenTagName="{LABEL_NAME}"'
    values = "\n".join(
        f'  <TextArea name="{name}" {shown} whenLabelValue="{label}" placeholder="{name}"/>'
        for label, names in FEATURES.items()
        for name in names
    )
    links = "\n".join(f'    <Relation value="{link}"/>' for link in _links())
    return (
        f'<View>\n  <Relations>\n{links}\n  </Relations>\n  <Labels name="{LABEL_NAME}" toName="{TEXT_NAME}">\n{labels}\n  </Labels>\n'
        f'  <Text name="{TEXT_NAME}" value="$text" granularity="word"/>\n{values}\n</View>\n'
    )


def _links() -> tuple[str, ...]:
    roles = ("perpetrator", "target", "instrument", "place", "time")
    return ("trigger", *roles, "count", "told_by", *(f"source_{n}" for n in range(1, 6)), "on_the_word_of")


# ------------------------------------------------------------------ in
def parsed(content: str, *, where: str) -> list[Page]:
    """The pages of an export; of each the last annotation that was not cancelled. Raises InputError for what is not in the form."""
    try:
        tasks = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(f"no JSON: {error}", where=where, remedy=REMEDY) from error
    if not isinstance(tasks, list):
        raise InputError("no list of tasks", where=where, remedy=REMEDY)
    return [_page(task, where=f"{where}, task {number}") for number, task in enumerate(tasks, start=1)]


def _page(task: Json, *, where: str) -> Page:
    try:
        text = task["data"]["text"]
        given = [each for each in task.get("annotations", []) if not each.get("was_cancelled")]
        result = given[-1]["result"] if given else []
        header = {name: task["data"][name] for name in HEADER if task["data"].get(name)}
        id_ = str(task["data"].get("id") or task.get("id") or "")
        nodes = _nodes(result, text, where=where)
        edges = [
            Edge(part["labels"][0], part["from_id"], part["to_id"]) for part in result if part["type"] == "relation" and part.get("labels")
        ]
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise InputError(f"not in the form of Label Studio ({error!r})", where=where, remedy=REMEDY) from error
    if not id_ or not isinstance(text, str):
        raise InputError("a task without an id or text", where=where, remedy=REMEDY)
    return Page(id_, text, tuple(nodes), tuple(edges), header)


def _nodes(result: list[Json], text: str, *, where: str) -> list[Node]:
    features: dict[str, dict[str, str]] = {}
    for part in result:
        for kind in ("textarea", "choices"):
            if part["type"] == kind:
                said = part["value"].get("choices" if kind == "choices" else "text", [])
                features.setdefault(part["id"], {})[part["from_name"]] = said[0] if isinstance(said, list) and said else str(said or "")
    offsets = Offsets(text)
    return [
        Node(part["id"], part["value"]["labels"][0], _span(part["value"], text, offsets=offsets, where=where), features.get(part["id"], {}))
        for part in result
        if part["type"] == "labels"
    ]


def _span(value: Mapping[str, Any], text: str, *, offsets: Offsets, where: str) -> Span:
    start, end = int(value["start"]), int(value["end"])
    spans = [Span(start, end)]
    if offsets.units(len(text)) != len(text):
        spans.insert(0, _in_points(start, end, offsets=offsets, where=where) or spans[0])
    words = value.get("text")
    for span in spans:
        if 0 <= span.start < span.end <= len(text) and (words is None or span.of(text) == words):
            return span
    raise InputError(f"the text has other words at {start} to {end} than {str(words)[:60]!r}", where=where, remedy=REMEDY)


def _in_points(start: int, end: int, *, offsets: Offsets, where: str) -> Span | None:
    try:
        return Span(offsets.point(start, where=where), offsets.point(end, where=where))
    except InputError:
        return None
