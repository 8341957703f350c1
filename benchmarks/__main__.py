"""``python -m benchmarks``: every stage on one core, as documents and words a second, and as a share of spaCy's plain pipeline."""

import argparse
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from purport import attribution, coding, extract, ingest
from purport.model import Capture, Document, Reading
from purport.read import reading as reading_room
from purport.read.syntax import parse, pipeline
from purport.settings import Settings

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "src" / "purport" / "resources" / "examples" / "pages"
SETTINGS = Settings()


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
    parser.add_argument("--out", type=Path, default=HERE / "results")
    args = parser.parse_args()
    pin_to_one_core()
    rows = measure(pages() * args.copies, rounds=args.rounds)
    report = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": platform.python_version(),
        "machine": platform.machine(),
        "peak_memory_mb": peak_memory_mb(),
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


def pages() -> list[Capture]:
    """The example pages as captures; the ones in English, since only those are read."""
    found = [c for c in ingest.captures([str(EXAMPLES)], settings=SETTINGS) if isinstance(c, Capture)]
    if not found:
        sys.exit(f"no example pages in {EXAMPLES}")
    return found


def measure(captures: list[Capture], *, rounds: int) -> list[Row]:
    documents = [d for d in (extracted(c) for c in captures) if d is not None and not d.unread]
    words = sum(len(d.text.split()) for d in documents)
    plain = best(lambda: list(pipeline().pipe([d.text for d in documents])), rounds)
    parsed = [Reading(d, *parse(d)) for d in documents]
    before = fuller(parsed)
    readings = [reading_room.read(d, settings=SETTINGS) for d in documents]
    attributed = [attribution.attribute(r, settings=SETTINGS) for r in readings]
    stages: list[tuple[str, Callable[[], Any]]] = [
        ("spaCy plain pipeline (yardstick)", lambda: list(pipeline().pipe([d.text for d in documents]))),
        ("extract", lambda: [extracted(c) for c in captures]),
        ("read: parse", lambda: [parse(d) for d in documents]),
        *((f"read: {f.__name__}", partial(run_stage, f, before[f.__name__])) for f in reading_room.STAGES),
        ("attribution", lambda: [attribution.attribute(r, settings=SETTINGS) for r in readings]),
        ("coding", lambda: [coding.code(a, settings=SETTINGS) for a in attributed]),
        ("whole reading", lambda: [whole(c) for c in captures]),
    ]
    return [row(name, len(documents), words, best(work, rounds), plain) for name, work in stages]


def fuller(readings: list[Reading]) -> dict[str, list[Reading]]:
    """By stage of the read room, the readings as the stages before it leave them."""
    found = {}
    for stage in reading_room.STAGES:
        found[stage.__name__] = readings
        readings = run_stage(stage, readings)
    return found


def run_stage(stage: Callable[..., Reading], readings: list[Reading]) -> list[Reading]:
    return [stage(r, settings=SETTINGS) for r in readings]


def extracted(capture: Capture) -> Document | None:
    return extract.document(capture, settings=SETTINGS)


def whole(capture: Capture) -> Any:
    document = extract.document(capture, settings=SETTINGS)
    reading = reading_room.read(document, settings=SETTINGS)
    return coding.code(attribution.attribute(reading, settings=SETTINGS), settings=SETTINGS)


def best(work: Callable[[], Any], rounds: int) -> float:
    """The shortest time of so many rounds, in seconds."""
    return min(timed(work) for _ in range(rounds))


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def row(name: str, documents: int, words: int, seconds: float, plain: float) -> Row:
    return Row(name, documents, words, round(seconds, 3), round(documents / seconds, 1), round(words / seconds), round(plain / seconds, 2))


def peak_memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def table(report: dict[str, Any]) -> str:
    lines = [f"Measured {report['date']}, Python {report['python']}, one core, peak memory {report['peak_memory_mb']} MB.", ""]
    lines += ["| stage | documents/s | words/s | of spaCy's speed |", "|---|---|---|---|"]
    rows: Iterable[dict[str, Any]] = report["rows"]
    lines += [f"| {r['stage']} | {r['documents_per_second']} | {r['words_per_second']} | {r['share_of_spacy']} |" for r in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
