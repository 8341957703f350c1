"""``python -m benchmarks.exporting FILE``: seconds, processor seconds and peak MB of each format on a copy of a project file."""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from purport.export.catalogue import CATALOGUE, Shape
from purport.exporting import Asked, export
from purport.store import Store


def main() -> int:
    """Each format in a process of its own, so that its peak is its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exporting", description=__doc__)
    parser.add_argument("file", type=Path, help="a project file; it is copied first")
    parser.add_argument("formats", nargs="*", help="only these")
    parser.add_argument("--mask-names", action="store_true", help="withhold names as well")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.file, args.formats[0], mask_names=args.mask_names)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / args.file.name
        shutil.copy(args.file, copy)
        with Store(copy):  # brings a file of an older version up to date
            pass
        for name in args.formats or [each.name for each in CATALOGUE.values() if each.shape is not Shape.COPY]:
            command = [sys.executable, "-m", "benchmarks.exporting", str(copy), name, "--one"]
            subprocess.run([*command, *(["--mask-names"] if args.mask_names else [])], check=True)
    return 0


def measure(file: Path, name: str, *, mask_names: bool) -> dict[str, object]:
    """One format once."""
    with tempfile.TemporaryDirectory() as folder, Store(file, read_only=True) as store:
        began, worked = time.perf_counter(), time.process_time()
        made = export(store, Path(folder) / name, format=name, asked=Asked(mask_names=mask_names))
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"format": name, "records": made.number, "seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1), "peak_mb": peak}


if __name__ == "__main__":
    sys.exit(main())
