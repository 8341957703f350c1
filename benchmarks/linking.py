"""``python -m benchmarks.linking``: invented reports into a project file and linked there; time, memory and quality against the truth.

Reports come in batches, as pages do; the cost of a page is that of its batch, so that it can be seen whether it grows with the file. What
``purport merge`` does at the end, describing incidents for lists and exports with as many processes as there are cores, is told apart.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.invented import Told, reports
from benchmarks.memory import Memory
from purport import finding
from purport.incidents.linking import PageLinker
from purport.merging import merge
from purport.sharing import most_jobs
from purport.store import Store
from purport.store.connection import transaction
from purport.store.writing import add_report

HERE = Path(__file__).parent
FULL, SMALL = 100_000, 10_000


@dataclass(frozen=True)
class Batch:
    """``pages`` in the file after it; cost of one of its own. ``describing``: seconds for cards and rows, beside the others."""

    pages: int
    seconds: float
    describing: float
    ms_per_page: float
    cpu_ms_per_page: float
    pairs_per_page: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linking", description=__doc__)
    parser.add_argument("--full", action="store_true", help=f"{FULL} reports instead of {SMALL}")
    parser.add_argument("--reports", type=int, help="so many reports")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    args = parser.parse_args()
    number = args.reports or (FULL if args.full else SMALL)
    report = measured(number)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "linking.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (args.out / "linking.md").write_text(table(report), encoding="utf-8")
    print(table(report))
    return 0


def measured(number: int) -> dict[str, Any]:
    """All figures of one run."""
    told = reports(number)
    step = max(number // 10, 1000)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "bench.purport", create=True) as store, Memory() as watch:
        batches = []
        for start in range(0, number, step):
            fill(store, told[start : start + step])
            batches.append(linked(store, pages=min(start + step, number), own=len(told[start : start + step])))
            print(
                f"{batches[-1].pages} pages: {batches[-1].ms_per_page} ms a page, {batches[-1].cpu_ms_per_page} of the processor",
                file=sys.stderr,
                flush=True,
            )
        single = one_by_one(store, reports(number + 20, seed=8)[-20:])
        quality = scored(store, told)
        proposals = sum(1 for _ in store.proposals())
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "reports": number,
        "seconds": round(sum(batch.seconds for batch in batches), 1),
        "describing": round(sum(batch.describing for batch in batches), 1),
        "cpu_seconds": round(sum(batch.cpu_ms_per_page * step / 1000 for batch in batches), 1),
        "peak_memory_mb": round(watch.peak_mb()),
        "ms_for_one_page_more": single,
        "proposals": proposals,
        **quality,
        "batches": [asdict(batch) for batch in batches],
    }


def fill(store: Store, told: Iterable[Told]) -> None:
    """Keep reports, all in one transaction: what is measured is linking, not the disk."""
    with transaction(store._connection, where=str(store.path)) as connection:
        for page in told:
            add_report(connection, page.capture, report=page.report, options={})


def linked(store: Store, *, pages: int, own: int) -> Batch:
    """Link what is new, and describe what has changed."""
    started, busy = time.perf_counter(), time.process_time()
    run = store.link(PageLinker())
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    started = time.perf_counter()
    finding.refresh(store, jobs=most_jobs())
    describing = round(time.perf_counter() - started, 1)
    links = round((run.joined + run.proposed) / own, 2)
    return Batch(pages, round(seconds, 1), describing, round(1000 * seconds / own, 2), round(1000 * busy / own, 2), links)


def one_by_one(store: Store, told: list[Told]) -> float:
    """Milliseconds of the processor for linking one page more and describing its incident, the median of twenty."""
    seconds = []
    for page in told:
        fill(store, [page])
        started = time.process_time()
        merge(store)
        seconds.append(time.process_time() - started)
    return round(1000 * sorted(seconds)[len(seconds) // 2], 1)


def scored(store: Store, told: Iterable[Told]) -> dict[str, float]:
    """Pairs of pages in one incident: how many of those found are true, how many of the true ones are found; and B³."""
    truth = {page.report.events[0].id: page.incident for page in told}
    found = {event: entry.id for entry in store.incidents() for event in entry.event_ids if event in truth}
    both = Counter((found[event], incident) for event, incident in truth.items())
    pairs = {
        "tp": sum(n * (n - 1) // 2 for n in both.values()),
        "found": sum(n * (n - 1) // 2 for n in Counter(found.values()).values()),
        "true": sum(n * (n - 1) // 2 for n in Counter(truth.values()).values()),
    }
    sizes: dict[str, Counter[Any]] = defaultdict(Counter)
    for event, incident in truth.items():
        sizes["found"][found[event]] += 1
        sizes["true"][incident] += 1
    precision = sum(both[found[e], i] / sizes["found"][found[e]] for e, i in truth.items()) / len(truth)
    recall = sum(both[found[e], i] / sizes["true"][i] for e, i in truth.items()) / len(truth)
    return {
        "pair_precision": round(pairs["tp"] / max(pairs["found"], 1), 3),
        "pair_recall": round(pairs["tp"] / max(pairs["true"], 1), 3),
        "b_cubed_precision": round(precision, 3),
        "b_cubed_recall": round(recall, 3),
    }


def table(report: dict[str, Any]) -> str:
    """The figures as Markdown."""
    lines = [
        f"Measured {report['date']}: {report['reports']} invented reports linked in {report['seconds']} s ({report['cpu_seconds']} s of one"
        f" processor), and their incidents described in {report['describing']} s more; peak memory of all processes"
        f" {report['peak_memory_mb']} MB; one page more {report['ms_for_one_page_more']} ms.",
        f"Pairs: precision {report['pair_precision']}, recall {report['pair_recall']}; B³: precision {report['b_cubed_precision']}, recall"
        f" {report['b_cubed_recall']}; {report['proposals']} proposals.",
        "",
        "| pages in the file | ms a page | of the processor | links a page | s for describing |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {b['pages']} | {b['ms_per_page']} | {b['cpu_ms_per_page']} | {b['pairs_per_page']} | {b['describing']} |"
        for b in report["batches"]
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
