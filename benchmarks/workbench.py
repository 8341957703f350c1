"""``python -m benchmarks.workbench``: the workbench over invented reports; how long people wait, alone and in a crowd.

Everything is asked over HTTP on this machine by a process of its own, so that a figure is what a browser would wait for; the first paint of
the map is measured in Chromium. What is asked of each figure stands beside it.
"""

import argparse
import json
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import httpx

from benchmarks.crowd import CODERS, READERS, crowd, lost
from benchmarks.finding import queries
from benchmarks.invented import reports
from benchmarks.linking import FULL, SMALL, fill
from benchmarks.long_page import keys_pressed
from benchmarks.map_paint import first_paints
from benchmarks.serving import browser, let_in, workbench
from purport import merging
from purport.decisions import PersonRole
from purport.store import IncidentFilter, Store

HERE = Path(__file__).parent
SEARCHES, INCIDENTS, STEPS, STARTS, PAINTS = 120, 120, 60, 3, 5
SECONDS, FULL_SECONDS = 20.0, 300.0
EDITOR = "the editor"
CLAIM = re.compile(r'data-claim="([^"]+)"')


@dataclass(frozen=True)
class Row:
    """One figure: the 95th percentile unless ``what`` says otherwise; ``asked`` in the same unit."""

    what: str
    value: float
    unit: str
    asked: float
    median: float | None = None

    @property
    def is_reached(self) -> bool:
        return self.value <= self.asked


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workbench", description=__doc__)
    parser.add_argument(
        "--full", action="store_true", help=f"{FULL} reports and a crowd for {FULL_SECONDS:.0f} s; else {SMALL} and {SECONDS:.0f}"
    )
    parser.add_argument("--reports", type=int, help="so many reports")
    parser.add_argument("--seconds", type=float, help="so long a crowd")
    parser.add_argument("--file", type=Path, help="a linked project file of such reports, made before; it is copied")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    args = parser.parse_args()
    with project(args.reports or (FULL if args.full else SMALL), made=args.file) as file:
        report = measured(file, seconds=args.seconds or (FULL_SECONDS if args.full else SECONDS))
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "workbench.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (args.out / "workbench.md").write_text(table(report), encoding="utf-8")
    print(table(report))
    return int(bool(report["faults"] or report["lost"]))


@contextmanager
def project(number: int, *, made: Path | None) -> Iterator[Path]:
    """A project file of so many reports, linked, with the people who will work on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.purport"
        if made is not None:
            shutil.copy(made, path)
        with Store(path, create=True) as store:
            if made is None:
                fill(store, reports(number))
                merging.merge(store)
        let_in(path, EDITOR, role=PersonRole.EDITOR)
        let_in(path, *(f"coder {n}" for n in range(CODERS)), role=PersonRole.CODER)
        let_in(path, *(f"reader {n}" for n in range(READERS)), role=PersonRole.READER)
        yield path


def measured(file: Path, *, seconds: float) -> dict[str, Any]:
    """All figures of one run."""
    starts = [started(file) for _ in range(STARTS)]
    with Store(file, read_only=True) as store:
        counts, incidents, claims = store.counts(), some_incidents(store), some_claims(store)
    asked = searches()
    with workbench(file) as (address, _):
        with browser(address, EDITOR) as client:
            first = waited(client, "/find")
            decided, shown = steps(client, STEPS)
            rows = [
                row("search with facets", [waited(client, each) for each in asked], asked=150),
                row("incident page", [waited(client, f"/incident/{each}") for each in incidents], asked=200),
                row("review: a decision is acknowledged", decided, asked=100),
                row("review: the next event of the queue", shown, asked=100),
            ]
            say(rows)
            paints = first_paints(address, EDITOR, times=PAINTS)
        rows += [Row("map of all incidents, to its first paint", round(max(paints)), "ms", 1000, round(sorted(paints)[len(paints) // 2]))]
        rows += [
            Row("start, to the first answer", round(sorted(starts)[STARTS // 2], 2), "s", 2),
            Row("the first search after the start", round(first), "ms", 2000),
        ]
        keys = keys_pressed()
        rows += [
            row("review of an event of a page of 60,000 characters: a key", keys["review"], asked=100),
            row("that page itself, from mark to mark: a key", keys["marks"], asked=100),
        ]
        say(rows[-5:])
        pages = [*asked[:40], *(f"/incident/{each}" for each in incidents[:60]), "/queue"]
        seen = crowd(address, seconds=seconds, pages=pages, claims=claims)
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "reports": counts["documents"],
        "incidents": counts["incidents"],
        "rows": [asdict(each) | {"reached": each.is_reached} for each in rows],
        "crowd": {kind: spread(times) for kind, times in sorted(seen.milliseconds.items())},
        "seconds": seconds,
        "judgements": len(seen.kept),
        "faults": seen.faults[:20],
        "lost": lost(file, seen),
    }


def say(rows: Sequence[Row]) -> None:
    for each in rows:
        print(f"{each.what}: {each.value} {each.unit} (asked {each.asked:g})", file=sys.stderr, flush=True)


# ------------------------------------------------------------------ what is asked
def searches() -> list[str]:
    """Searches by words, fields, facets, area and days, no two alike, as people narrow them down; the worst cases among them."""
    return [f"/find?{query}" for query in queries(SEARCHES)]


def some_incidents(store: Store) -> list[str]:
    """A third of them those with the most pages, the rest from anywhere."""
    total = store.count_incidents(IncidentFilter())
    large = [entry.id for entry in store.incidents(limit=INCIDENTS // 3)]
    others = [next(store.incidents(limit=1, offset=at)).id for at in random.Random(6).sample(range(total), INCIDENTS - len(large))]
    return large + others


def some_claims(store: Store) -> list[str]:
    """More claims than a crowd can judge."""
    every = (claim.id for report in islice(store.reports("killed:2.."), 3000) for event in report.events for claim in event.claims)
    return list(islice(every, 10_000))


def started(file: Path) -> float:
    with workbench(file) as (_, seconds):
        return seconds


def waited(client: httpx.Client, address: str) -> float:
    """Milliseconds to the whole answer. Raises RuntimeError for any that is not the page."""
    started = time.perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code} {answer.text[:200]}")
    return (time.perf_counter() - started) * 1000


def steps(client: httpx.Client, number: int) -> tuple[list[float], list[float]]:
    """Milliseconds until a decision is acknowledged, and until the next event of the queue is there."""
    decided, shown = [], []
    page = client.get("/queue/next", follow_redirects=True)
    for _ in range(number):
        event, claim = page.url.path.rpartition("/")[2], CLAIM.findall(page.text)[0]
        started = time.perf_counter()
        answer = client.post(f"/review/{event}/judge", data={"claim": claim, "verdict": "accept"}, headers={"Accept": "application/json"})
        between = time.perf_counter()
        page = client.get(f"/queue/next?after={event}", follow_redirects=True)
        if not answer.is_success or not page.is_success:
            raise RuntimeError(f"a step in the queue: {answer.status_code}, {page.status_code} {answer.text[:200]}")
        decided.append((between - started) * 1000)
        shown.append((time.perf_counter() - between) * 1000)
    return decided, shown


# ------------------------------------------------------------------ figures
def spread(times: Sequence[float]) -> dict[str, float]:
    """How many, and the milliseconds of the middle one and of the 95th of a hundred."""
    ordered = sorted(times)
    return {"requests": len(ordered), "median_ms": round(ordered[len(ordered) // 2]), "p95_ms": round(ordered[int(len(ordered) * 0.95)])}


def row(what: str, times: Sequence[float], *, asked: float) -> Row:
    found = spread(times)
    return Row(what, found["p95_ms"], "ms", asked, found["median_ms"])


def table(report: dict[str, Any]) -> str:
    """The figures as Markdown."""
    lines = [
        f"Measured {report['date']} over {report['reports']:,} invented reports ({report['incidents']:,} incidents); server and all"
        " who ask share one machine with two cores.",
        "",
        "| figure (95 of 100) | measured | median | asked | reached |",
        "|---|---|---|---|---|",
    ]
    for each in report["rows"]:
        median = "" if each["median"] is None else f"{each['median']:g} {each['unit']}"
        lines.append(
            f"| {each['what']} | {each['value']:g} {each['unit']} | {median} | < {each['asked']:g} {each['unit']} |"
            f" {'yes' if each['reached'] else 'no'} |"
        )
    crowd_lines = [
        f"| {kind} | {told['requests']} | {told['median_ms']} ms | {told['p95_ms']} ms |" for kind, told in report["crowd"].items()
    ]
    outcome = f"{len(report['faults'])} errors, {len(report['lost'])} decisions lost"
    lines += [
        "",
        f"{READERS} readers and {CODERS} coders at once for {report['seconds']:g} s: {report['judgements']} judgements acknowledged,"
        f" {outcome}.",
        "",
        "| in the crowd | requests | median | 95 of 100 |",
        "|---|---|---|---|",
        *crowd_lines,
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
