"""Silver labels: what the rule reader and the parser say of plain news text, one JSON line a text.

``python -m training.silver CORPUS OUT.jsonl`` where CORPUS is wikinews, muc or polnear; a few minutes each. Texts in capitals have no names
(the parser does not know them); PolNeAR gets names and times only, its attributions being annotated by people and its news not of violence.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from purport import attribution, coding
from purport import read as read_room
from purport.extract import document_of_text
from purport.model import Event, Reading, Role
from purport.settings import Settings
from training.corpora import SHARED, gold_ids, lines_of, wikinews_text

Record = dict[str, Any]


def texts(corpus: str) -> Iterator[tuple[str, str]]:
    """Ids and texts of the training half of ``corpus``, without the articles of the gold."""
    if corpus == "wikinews":
        known = gold_ids()
        for record in lines_of(SHARED / "data/tdg_wikinews/tdg_train.jsonl"):
            if f"wikinews-{record['id']}" not in known:
                yield f"wikinews-{record['id']}", wikinews_text(record)
        return
    name = {"muc": "muc4/muc4_train.jsonl", "polnear": "polnear/polnear_train.jsonl"}[corpus]
    for record in lines_of(SHARED / "data" / name):
        yield str(record["id"]), record["text"]


def silver(ident: str, text: str, *, with_events: bool, with_names: bool) -> Record:
    """One text with names, times, triggers and roles, in characters."""
    reading = read_room.read(document_of_text(text, id=ident), settings=Settings())
    record: Record = {"id": ident, "text": text, "times": [[t.span.start, t.span.end, t.kind] for t in reading.times]}
    if with_names:
        record["names"] = list(_names(reading))
    if with_events:
        report = coding.code(attribution.attribute(reading, settings=Settings()), settings=Settings())
        record["events"] = [_event(e) for e in report.events]
    return record


def _names(reading: Reading) -> Iterator[list[Any]]:
    run: list[int] = []
    for token in (*reading.tokens, None):
        joined = token is not None and run and token.entity and token.entity == reading.tokens[run[-1]].entity
        if run and not (joined and token is not None and token.index == run[-1] + 1):
            tokens = [reading.tokens[n] for n in run]
            yield [tokens[0].span.start, tokens[-1].span.end, tokens[0].entity]
            run = []
        if token is not None and token.entity:
            run.append(token.index)


def _event(event: Event) -> Record:
    roles = [[s.start, s.end, c.role.value] for c in event.claims if c.role not in (Role.TYPE, Role.NAME) for s in c.spans]
    return {"type": event.type, "triggers": [[s.start, s.end] for s in event.triggers], "roles": roles}


def main() -> None:
    corpus, target = sys.argv[1:3]
    with Path(target).open("w", encoding="utf-8") as file:
        for ident, text in texts(corpus):
            record = silver(ident, text, with_events=corpus != "polnear", with_names=corpus != "muc")
            print(json.dumps(record, ensure_ascii=False), file=file)


if __name__ == "__main__":
    main()
