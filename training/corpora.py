"""The corpora that the weights may learn from, as ``Annotated`` texts. Which may ship is in their SOURCE.md and the model card."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from purport.train.annotated import Annotated, Asked, Labelled
from purport.train.gold import annotated, events_of
from purport.train.heads import CONFIDENCES, ENTITIES, HEADS, NAMES, PARTICIPANTS

SHARED = Path(__file__).parent.parent.parent / "shared"
Record = dict[str, Any]
#: A place of fewer characters is a broken span of that set.
SHORTEST_PLACE = 3
#: The source of event_location whose answers were lost: empty ones of it teach nothing.
EMPTIED = "Masdar_RA"
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}


def lines_of(path: Path) -> list[Record]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def gold_ids() -> frozenset[str]:
    return frozenset(r["id"] for r in lines_of(SHARED / "gold/wikinews.jsonl"))


def wikinews_text(record: Record) -> str:
    """The sentences of a tokenised article as plain text, a paragraph each."""
    return "\n".join(_plain(sentence) for sentence in record["sentences"])


def _plain(sentence: str) -> str:
    text = " ".join(_BRACKETS.get(word, word) for word in sentence.split())
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m|[.,;:!?%)\]])(?!\w)", r"\1", text)
    text = re.sub(r"([(\[$]) ", r"\1", text)
    return re.sub(r'" ([^"]*?) "', r'"\1"', text)


def polnear(half: str) -> Iterator[Annotated]:
    for record in lines_of(SHARED / f"data/polnear/polnear_{half}.jsonl"):
        found = [a for a in record["attributions"] if a["cue"] and a["content"]]
        asked = tuple(_attribution(a) for a in found)
        marks = tuple((a.anchor[0], a.anchor[1], "cue") for a in asked)
        yield Annotated(record["id"], record["text"], marks={"cue": marks}, asked={"attribution": asked})


def _attribution(record: Record) -> Asked:
    parts = ("source", "cue", "content")
    spans = tuple((s, e, part) for part in parts for s, e in record.get(part) or ())
    start, end = min(map(tuple, record["cue"]))
    return Asked((start, end), spans, frozenset(parts))


def muc(half: str) -> Iterator[Annotated]:
    """MUC-4 with every mention of a filler's words labelled."""
    for record in lines_of(SHARED / f"data/muc4/muc4_{half}.jsonl"):
        spans, confidences = set(), set()
        for template in record["templates"]:
            for kind, name, confidence in _fillers(template["simple"]):
                for start, end in occurrences(record["text"], name):
                    spans.add((start, end, kind))
                    if confidence in CONFIDENCES:
                        confidences.add((start, end, confidence))
        classes = {"confidence": tuple(sorted(confidences))}
        yield Annotated(record["id"], record["text"], spans={"participant": tuple(_longest(spans))}, classes=classes)


def _longest(spans: set[Labelled]) -> Iterator[Labelled]:
    """Of two spans of one label that overlap the longer."""
    kept: list[Labelled] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if not any(k[2] == span[2] and k[0] < span[1] and span[0] < k[1] for k in kept):
            kept.append(span)
    yield from sorted(kept)


def _fillers(simple: Record) -> Iterator[tuple[str, str, str]]:
    fields = {"perp_individuals": "perp_individual", "perp_orgs": "perp_org", "physical_targets": "physical_target", "victims": "victim",
              "instruments": "instrument"}  # fmt: skip
    assert set(fields.values()) == set(PARTICIPANTS)  # noqa: S101 - two lists of one thing
    for field, kind in fields.items():
        for filler in simple[field]:
            confidence = next((c for c in filler.get("confidence") or () if c in CONFIDENCES), "")
            for name in (*filler.get("names", ()), *filler.get("descriptions", ())):
                yield kind, name, confidence


def occurrences(text: str, name: str) -> list[tuple[int, int]]:
    words = [re.escape(w) for w in name.split()]
    return [m.span() for m in re.finditer(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", text)] if words else []


def event_location(half: str) -> Iterator[Annotated]:
    for record in lines_of(SHARED / f"data/event_location/event_location_{half}.jsonl"):
        places = [(p["start"], p["end"], "place") for p in record["locations"]]
        broken = any(e - s < SHORTEST_PLACE for s, e, _ in places)
        if not broken and record["verb"] and (places or record["source"] != EMPTIED):
            verb = record["verb"][0]
            asked = Asked((verb["start"], verb["end"]), tuple(places), frozenset({"place"}))
            yield Annotated(str(record["id"]), record["text"], asked={"event": (asked,)})


def uds(half: str) -> Iterator[Annotated]:
    for record in lines_of(SHARED / f"data/factuality/uds_ih2_{half}.jsonl"):
        starts, position = [], 0
        for token in record["tokens"]:
            starts.append(position)
            position += len(token) + 1
        scores = tuple(
            (starts[t["start_token"]], starts[t["start_token"]] + len(record["tokens"][t["start_token"]]), float(t["factuality"]))
            for t in record["targets"]
        )
        yield Annotated(record["id"], " ".join(record["tokens"]), scores={"factuality": scores})


def re3d(half: str) -> Iterator[Annotated]:
    for record in lines_of(SHARED / f"data/re3d/re3d_{half}.jsonl"):
        if "NonCommercial" not in record["licence"]:
            spans = {(e["start"], e["end"], e["type"]) for e in record["entities"] if e["type"] in ENTITIES}
            yield Annotated(record["id"], record["text"], spans={"entity": tuple(_longest(spans))})


def silver(path: Path) -> Iterator[Annotated]:
    """What ``training.silver`` wrote."""
    for record in lines_of(path):
        spans: dict[str, tuple[Labelled, ...]] = {"time": tuple(map(tuple, record["times"]))}
        if "names" in record:
            spans["name"] = tuple((s, e, k) for s, e, k in record["names"] if k in NAMES)
        if "events" not in record:
            yield Annotated(record["id"], record["text"], spans=spans)
            continue
        marks, asked = events_of(map(_in_gold_form, record["events"]), heads=HEADS)
        yield Annotated(record["id"], record["text"], spans=spans, marks={"trigger": marks}, asked={"event": asked})


def _in_gold_form(event: Record) -> Record:
    return {**event, "roles": [{"role": role, "span": [start, end]} for start, end, role in event["roles"]]}


def gold(name: str) -> Iterator[Annotated]:
    """The project's own gold: triggers and roles; its attributions are those of events only, and quoted shorter than PolNeAR's."""
    for record in lines_of(SHARED / f"gold/{name}.jsonl"):
        whole = annotated(record, heads=HEADS, is_partial=True)
        yield Annotated(whole.id, whole.text, marks={"trigger": whole.marks["trigger"]}, asked={"event": whole.asked["event"]})


#: Corpora with people's labels; the name is used on the command line.
CORPORA: dict[str, Callable[[str], Iterator[Annotated]]] = {
    "polnear": polnear, "muc": muc, "event_location": event_location, "uds": uds, "re3d": re3d,
}  # fmt: skip
