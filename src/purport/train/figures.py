"""How well weights do on pages that they have not learnt from: the heads alone, and the whole reading with them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from purport.assignment import assigned
from purport.extract import document_of_text
from purport.goldform import gold_record
from purport.model import Span, Tagged
from purport.pipeline import Pipeline
from purport.read.encoder import Encoder
from purport.read.tags import PageTags
from purport.scoring import Figure, is_same_mention
from purport.settings import Settings
from purport.train.gold import events_of
from purport.train.heads import Heads

Record = Mapping[str, Any]
Pair = tuple[int, int]
#: Figures of the heads in the order of a table.
HEAD_FIGURES = ("trigger", "trigger_typed", "role", "source")


def read_pages(records: Iterable[Record], *, settings: Settings) -> list[dict[str, Any]]:
    """What the whole reading says of gold pages, their answers unseen, in the form of the gold."""
    pipeline = Pipeline(settings=settings)
    return [_read(record, pipeline=pipeline) for record in records]


def _read(record: Record, *, pipeline: Pipeline) -> dict[str, Any]:
    beside = {name: record.get(name) for name in ("title", "published", "url")}
    return gold_record(pipeline.report_of(document_of_text(record["text"], id=record["id"], **beside)))


def head_figures(records: Iterable[Record], *, folder: Path, heads: Heads) -> dict[str, Figure]:
    """What the heads of the weights in ``folder`` find: triggers, roles when asked about the gold's triggers, sources about its cues."""
    encoder = Encoder(folder)
    tallies = {name: Counter[str]() for name in HEAD_FIGURES}
    for record in records:
        tags = PageTags(record["text"], encoder=encoder)
        _tally_triggers(record, tags, tallies=tallies, heads=heads)
        for event in record["events"]:
            tallies["role"] += _roles(event, tags, text=record["text"], heads=heads)
            tallies["source"] += _sources(event, tags, text=record["text"])
    return {name: Figure(t["hits"], t["read"], t["gold"]) for name, t in tallies.items()}


def _tally_triggers(record: Record, tags: PageTags, *, tallies: dict[str, Counter[str]], heads: Heads) -> None:
    wanted, _ = events_of(record["events"], heads=heads)
    marks = tags.marks("trigger")
    places = {start for start, _, _ in wanted}
    tallies["trigger"] += _counted({m.span.start for m in marks}, places)
    tallies["trigger_typed"] += _counted({(m.span.start, m.label) for m in marks}, {(start, label) for start, _, label in wanted})


def _counted(found: Set[object], wanted: Set[object]) -> Counter[str]:
    return Counter({"hits": len(found & wanted), "read": len(found), "gold": len(wanted)})


def _roles(event: Record, tags: PageTags, *, text: str, heads: Heads) -> Counter[str]:
    """The roles of one event, asked about all its triggers."""
    _, asked = events_of([event], heads=heads)
    wanted = sorted({span for one in asked for span in one.spans})
    answers = tags.asked("event", [Span(*one.anchor) for one in asked])
    found = sorted({(t.span.start, t.span.end, t.label) for answer in answers for t in answer})
    return _compared(wanted, found, text=text)


def _sources(event: Record, tags: PageTags, *, text: str) -> Counter[str]:
    links = [link for link in event.get("attributions", []) if link.get("cue") and link["chain"]]
    counted = Counter[str]()
    for link, answer in zip(links, tags.asked("attribution", [Span(*link["cue"]) for link in links]), strict=True):
        wanted = [(*_pair(link["chain"][-1]), "source")]
        counted += _compared(wanted, [(t.span.start, t.span.end, t.label) for t in _best(answer)], text=text)
    return counted


def _pair(span: Sequence[int]) -> Pair:
    return span[0], span[1]


def _best(answer: Sequence[Tagged]) -> list[Tagged]:
    sources = [t for t in answer if t.label == "source"]
    return [max(sources, key=lambda t: t.score)] if sources else []


def _compared(wanted: Sequence[tuple[int, int, str]], found: Sequence[tuple[int, int, str]], *, text: str) -> Counter[str]:
    def weight(i: int, j: int) -> float:
        a, b = wanted[i], found[j]
        return float(a[2] == b[2] and is_same_mention(a[:2], b[:2], text=text))

    hits = len(assigned(len(wanted), len(found), weight=weight))
    return Counter({"hits": hits, "read": len(found), "gold": len(wanted)})
