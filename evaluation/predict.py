"""Predictions for one task: gold file in, prediction file out, answers hidden from the reader."""

import importlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from evaluation.hiding import Record, hide
from purport.errors import InputError
from purport.settings import Settings

TASKS = (
    "attributed_events",
    "attribution",
    "muc",
    "times",
    "places",
    "event_places",
    "entities",
    "factuality",
    "incidents",
    "toll",
    "main_text",
)
#: Tasks of ``python -m evaluation all`` that predict over all records together and score themselves.
OWN_TASKS = ("ecbplus",)


def read_jsonl(path: Path) -> list[Record]:
    """The records of a JSON Lines file. Raises InputError naming the line that is not JSON."""
    records = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    records.append(json.loads(line))
                except json.JSONDecodeError as error:
                    raise InputError(f"line {number} is not JSON: {error}", where=str(path), remedy="mend or remove that line") from error
    return records


def predictor_of_all(task: str) -> Callable[..., list[Record]] | None:
    """The task's ``predict_all(records, *, settings, progress)`` if it must see all records at once, else None."""
    found: Callable[..., list[Record]] | None = getattr(importlib.import_module(f"evaluation.tasks.{task}"), "predict_all", None)
    return found


def predictor(task: str) -> Callable[..., Record]:
    """The task's ``predict(record, *, settings)``."""
    found: Callable[..., Record] = importlib.import_module(f"evaluation.tasks.{task}").predict
    return found


def predictions(
    task: str, records: Iterable[Record], *, folder: Path, settings: Settings, progress: Callable[[], None] = lambda: None
) -> Iterator[Record]:
    """One prediction a record, in order; ``progress`` is called for each record that is read."""
    together = predictor_of_all(task)
    if together:
        yield from together([hide(record, task=task, folder=folder) for record in records], settings=settings, progress=progress)
        return
    predict = predictor(task)
    for record in records:
        yield predict(hide(record, task=task, folder=folder), settings=settings)
        progress()


def predict_file(task: str, gold: Path, pred: Path, *, settings: Settings | None = None) -> dict[str, Any]:
    """Write predictions for every record of ``gold`` to ``pred``, with progress on standard error; what was done and how long it took."""
    records = read_jsonl(gold)
    started = time.perf_counter()
    columns = (TextColumn(task), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    pred.parent.mkdir(parents=True, exist_ok=True)
    with Progress(*columns, console=Console(stderr=True)) as progress, pred.open("w", encoding="utf-8") as out:
        bar = progress.add_task(task, total=len(records))
        told = lambda: progress.advance(bar)  # noqa: E731 - a name for one call
        for line in predictions(task, records, folder=gold.parent, settings=settings or Settings(), progress=told):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return {"task": task, "records": len(records), "seconds": round(time.perf_counter() - started, 1)}
