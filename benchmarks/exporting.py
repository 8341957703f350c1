"""``python -m benchmarks.exporting``: every format from invented, linked reports; seconds, processor seconds, peak memory.

Asked is, for 100,000 reports: under 60 s and 1,500 MB for each tabular format. Each runs as ``purport export`` does. What is measured is
written after each format; named formats take the place of their rows, the others stay if they are of a project of the same size.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.invented import reports
from benchmarks.linking import FULL, SMALL, fill
from purport import merging
from purport.export.catalogue import CATALOGUE, Shape
from purport.sharing import most_jobs
from purport.store import Store

HERE = Path(__file__).parent
TABLES = (
    *("csv", "incidents", "values", "xlsx", "parquet", "geoparquet", "ged", "acled", "gtd"),
    *("polecat", "gdelt-events", "gdelt-mentions", "ftm-statements"),
)
SECONDS, MEMORY = 60.0, 1500  #: asked of each table of 100,000 reports


@dataclass(frozen=True)
class Row:
    """One format. ``cpu_seconds`` of all processes; ``peak_mb``: of the one that writes and ``jobs`` times the largest other."""

    format: str
    records: int
    seconds: float
    cpu_seconds: float
    peak_mb: int
    mb: float

    @property
    def is_reached(self) -> bool:
        return self.seconds < SECONDS and self.peak_mb < MEMORY


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exporting", description=__doc__)
    parser.add_argument("formats", nargs="*", help="only these; else every format but the copy of the project file")
    parser.add_argument("--full", action="store_true", help=f"{FULL} reports, else {SMALL}")
    parser.add_argument("--file", type=Path, help="a linked project file of such reports, made before; it is only read")
    parser.add_argument("--alone", action="store_true", help="each report tells of an incident of its own; results/exporting-alone.md")
    parser.add_argument("--jobs", type=int, default=most_jobs(), help="processes that share the work")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(asdict(measure(args.file, args.formats[0], jobs=args.jobs))))
        return 0
    names = args.formats or [each.name for each in CATALOGUE.values() if each.shape is not Shape.COPY]
    args.out.mkdir(parents=True, exist_ok=True)
    results = args.out / f"exporting{'-alone' if args.alone else ''}.json"
    with project(FULL if args.full else SMALL, made=args.file, alone=args.alone) as file:
        report = begun(file, results, jobs=args.jobs)
        for row in measured(file, names, jobs=args.jobs):
            report["rows"] = in_order([*(each for each in report["rows"] if each["format"] != row.format), asdict(row)])
            results.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
            results.with_suffix(".md").write_text(table(report), encoding="utf-8")
    print(table(report))
    return 0


@contextmanager
def project(number: int, *, made: Path | None, alone: bool = False) -> Iterator[Path]:
    """A project file of so many reports, linked; ``alone``: some more, of which so many incidents are made though a few are joined."""
    if made is not None:
        yield made
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.purport"
        with Store(path, create=True) as store:
            fill(store, reports(number + number // 25, most=1) if alone else reports(number))
            merging.merge(store, jobs=most_jobs())
        yield path


def begun(file: Path, results: Path, *, jobs: int) -> dict[str, Any]:
    """A report with the rows that were measured before over a project of this size."""
    with Store(file, read_only=True) as store:
        size = {"reports": store.counts()["documents"], "incidents": store.count_incidents(), "jobs": jobs}
    before = json.loads(results.read_text(encoding="utf-8")) if results.is_file() else {}
    is_same = all(before.get(name) == number for name, number in size.items())
    return {"date": datetime.now(UTC).date().isoformat(), **size, "rows": before["rows"] if is_same else []}


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As the catalogue lists them."""
    names = list(CATALOGUE)
    return sorted(rows, key=lambda row: names.index(row["format"]))


def measured(file: Path, names: Sequence[str], *, jobs: int) -> Iterator[Row]:
    """One format after another, each in a process of its own, so that its peak is its own."""
    for name in names:
        command = [sys.executable, "-m", "benchmarks.exporting", name, "--one", "--file", str(file), "--jobs", str(jobs)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        row = Row(**json.loads(done.stdout))
        print(row, file=sys.stderr)
        yield row


def measure(file: Path, name: str, *, jobs: int) -> Row:
    """One format once, as the command writes it."""
    from purport.exporting import Asked, export

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / name
        began = time.perf_counter()
        with Store(file, read_only=True) as store:
            made = export(store, target, format=name, asked=Asked(jobs=jobs))
        seconds = time.perf_counter() - began
        size = sum(each.stat().st_size for each in (target.rglob("*") if target.is_dir() else [target]) if each.is_file())
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    peak = (own.ru_maxrss + (jobs * others.ru_maxrss if jobs > 1 else 0)) // 1024
    return Row(name, made.number, round(seconds, 1), round(cpu, 1), peak, round(size / 1e6, 1))


def table(report: dict[str, Any]) -> str:
    """What was measured, as Markdown."""
    full, alone = report["reports"] >= FULL, report["incidents"] > report["reports"] // 2
    command = " ".join(["python -m benchmarks.exporting", *(["--full"] if full else []), *(["--alone"] if alone else [])])
    lines = [
        f"Measured {report['date']} over {report['reports']:,} invented reports ({report['incidents']:,} incidents), names withheld,"
        f" {report['jobs']} processes, with `{command}`.",
        "",
        "| format | records | seconds | processor seconds | peak MB | MB written | asked: under 60 s and 1,500 MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in (Row(**row) for row in report["rows"]):
        asked = ("yes" if each.is_reached else "no") if each.format in TABLES and full else ""
        lines.append(
            f"| {each.format} | {each.records:,} | {each.seconds:g} | {each.cpu_seconds:g} | {each.peak_mb:,} | {each.mb:g} | {asked} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
