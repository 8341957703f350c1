"""``python -m benchmarks``: every stage on one core, as documents and words a second, and as a share of spaCy's plain pipeline."""

import argparse
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from purport import attribution, coding, extract, ingest
from purport.model import Capture, Reading
from purport.pipeline import Pipeline
from purport.read import reading as reading_room
from purport.read.syntax import parse, pipeline
from purport.read.tags import find_tags
from purport.settings import READERS, Settings

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "src" / "purport" / "resources" / "examples" / "pages"


@dataclass(frozen=True)
class Row:
    """One stage: ``seconds`` the best of the rounds, ``share`` its words a second over spaCy's (1 is as fast)."""

    stage: str
    documents: int
    words: int
    seconds: float
    documents_per_second: float
    words_per_second: float
    share_of_spacy: float | None = None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many rounds is kept")
    parser.add_argument("--copies", type=int, default=8, help="how often the example pages are repeated")
    parser.add_argument("--reader", choices=READERS, default=Settings().reader, help="who reads")
    parser.add_argument("--models", type=Path, help="folder with weights for the learned reader")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    args = parser.parse_args()
    pin_to_one_core()
    settings = Settings(reader=args.reader, models_dir=args.models)
    captures = pages(settings) * args.copies
    for capture in captures:  # one after the other, as a long run reads them: its memory, before the stages keep all pages at once
        Pipeline(settings).report(capture)
    memory = peak_memory_mb()
    rows = measure(captures, rounds=args.rounds, settings=settings)
    report = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": platform.python_version(),
        "machine": platform.machine(),
        "reader": args.reader,
        "peak_memory_mb": memory,
        "rows": [asdict(r) for r in rows],
    }
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "latest.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (args.out / "latest.md").write_text(table(report), encoding="utf-8")
    print(table(report))
    return 0


def pin_to_one_core() -> None:
    """Keep the process on one core where the system lets us."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def pages(settings: Settings) -> list[Capture]:
    """The example pages as captures; the ones in English, since only those are read."""
    found = [c for c in ingest.captures([str(EXAMPLES)], settings=settings) if isinstance(c, Capture)]
    if not found:
        sys.exit(f"no example pages in {EXAMPLES}")
    return found


def measure(captures: list[Capture], *, rounds: int, settings: Settings) -> list[Row]:
    documents = [d for d in (extract.document(c, settings=settings) for c in captures) if not d.unread]
    words = sum(len(d.text.split()) for d in documents)
    plain = best(lambda: list(pipeline().pipe([d.text for d in documents])), rounds)
    before = fuller([Reading(d, *parse(d)) for d in documents], settings=settings)
    readings = [reading_room.read(d, settings=settings) for d in documents]
    attributed = [attribution.attribute(r, settings=settings) for r in readings]
    whole = Pipeline(settings)
    stages: list[tuple[str, Callable[[], Any]]] = [
        ("spaCy plain pipeline (yardstick)", lambda: list(pipeline().pipe([d.text for d in documents]))),
        ("extract", lambda: [extract.document(c, settings=settings) for c in captures]),
        ("read: parse", lambda: [parse(d) for d in documents]),
        *((f"read: {name}", partial(run_stage, stage, before[name], settings=settings)) for name, stage in stages_of(settings).items()),
        ("attribution", lambda: [attribution.attribute(r, settings=settings) for r in readings]),
        ("coding", lambda: [coding.code(a, settings=settings) for a in attributed]),
        ("whole reading", lambda: [whole.report(c) for c in captures]),
    ]
    return [row(name, len(documents), words, best(work, rounds), plain) for name, work in stages]


def tagged(reading: Reading, *, settings: Settings) -> Reading:
    """With what the encoder says; the heads that are asked about a word are part of attribution and coding."""
    return replace(reading, tags=find_tags(reading, settings=settings))


def stages_of(settings: Settings) -> dict[str, Callable[..., Reading]]:
    """The stages of the read room after the parse, by name."""
    encoder = {"encoder pass": tagged} if settings.reader == "learned" else {}
    return {**encoder, **{stage.__name__: stage for stage in reading_room.STAGES}}


def fuller(readings: list[Reading], *, settings: Settings) -> dict[str, list[Reading]]:
    """By stage of the read room, the readings as the stages before it leave them."""
    found = {}
    for name, stage in stages_of(settings).items():
        found[name] = readings
        readings = run_stage(stage, readings, settings=settings)
    return found


def run_stage(stage: Callable[..., Reading], readings: list[Reading], *, settings: Settings) -> list[Reading]:
    return [stage(r, settings=settings) for r in readings]


def best(work: Callable[[], Any], rounds: int) -> float:
    """The shortest time of so many rounds, in seconds."""
    return min(timed(work) for _ in range(rounds))


def timed(work: Callable[[], Any]) -> float:
    """Seconds of the processor, so that what else the machine does counts less."""
    started = time.process_time()
    work()
    return time.process_time() - started


def row(name: str, documents: int, words: int, seconds: float, plain: float) -> Row:
    return Row(name, documents, words, round(seconds, 3), round(documents / seconds, 1), round(words / seconds), round(plain / seconds, 2))


def peak_memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def table(report: dict[str, Any]) -> str:
    how = f"reader {report['reader']}, Python {report['python']}, one core, peak memory {report['peak_memory_mb']} MB"
    lines = [f"Measured {report['date']}, {how}.", ""]
    lines += ["| stage | documents/s | words/s | of spaCy's speed |", "|---|---|---|---|"]
    rows: Iterable[dict[str, Any]] = report["rows"]
    lines += [f"| {r['stage']} | {r['documents_per_second']} | {r['words_per_second']} | {r['share_of_spacy']} |" for r in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
