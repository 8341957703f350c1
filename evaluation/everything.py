"""Predict and score every task on its development data; write the table; hold the floors."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from evaluation import cases, independent_sources
from evaluation.predict import predict_file
from evaluation.tasks import ecbplus
from purport.settings import Settings

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
RESULTS = HERE / "RESULTS.md"
#: The same by rules alone, the yardstick of the learned reader.
BY_RULES = HERE / "RESULTS-rules.md"
#: Tasks that score themselves: the shared scorer knows nothing of them, and a prediction is made from all records together.
OWN = {"ecbplus": ecbplus.measure}
#: A figure may fall this far below its floor before it counts as a loss: rounding, not the reader.
SLACK = 0.0005


@dataclass(frozen=True)
class Figure:
    """One measured number. ``asked`` is ">= .50" or None; ``better`` is "up" or "down"."""

    run: str
    name: str
    value: float | None
    asked: str | None

    @property
    def better(self) -> str:
        down = self.name in ("told_as_fact", "fact_as_talk", "invented_facts", "mae") or (self.asked or "").startswith("<")
        return "down" if down else "up"

    @property
    def reached(self) -> bool | None:
        if self.asked is None or self.value is None:
            return None
        sign, bound = self.asked.split()
        return self.value >= float(bound) if sign == ">=" else self.value <= float(bound)


def run(shared: Path, *, only: Iterable[str] | None, raise_floors: bool, settings: Settings | None = None) -> int:
    """Measure, print and write the table (for the default reader and all tasks). 1 if a figure fell below its floor, 2 without the data."""
    if not shared.is_dir():
        print(f"evaluation: {shared} is not here; this run needs the annotated corpora", file=sys.stderr)
        return 2
    settings = settings or Settings()
    chosen = {name: spec for name, spec in suite().items() if not only or spec["task"] in only}
    figures = [f for name, spec in chosen.items() for f in measure(name, spec, shared=shared, settings=settings)]
    if not only:
        figures += case_figures(settings)
    lost = below_floors(figures)
    if not only and settings in (Settings(), Settings(reader="rules")):
        target = RESULTS if settings == Settings() else BY_RULES
        target.write_text(table(figures, reader=settings.reader), encoding="utf-8")
    if raise_floors:
        FLOORS.write_text(json.dumps(raised(figures), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(table(figures, reader=settings.reader))
    for line in lost:
        print(line, file=sys.stderr)
    return 1 if lost else 0


def suite() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HERE / "suite.yaml").read_text(encoding="utf-8"))["runs"]
    return found


def measure(name: str, spec: Mapping[str, Any], *, shared: Path, settings: Settings) -> list[Figure]:
    """Predictions and score of one run; its figures."""
    if spec["task"] in OWN:
        answer: Mapping[str, Any] = OWN[spec["task"]](shared / spec["gold"][0], settings=settings)
        return [Figure(name, key, pick(answer, key), asked) for key, asked in spec["figures"].items()]
    work = HERE / "work"
    work.mkdir(exist_ok=True)
    gold, pred = work / f"{name}.gold.jsonl", work / f"{name}.pred.jsonl"
    parts = [shared / path for path in spec["gold"]]
    if len(parts) == 1:
        gold = parts[0]
    else:
        gold.write_text("".join(part.read_text(encoding="utf-8") for part in parts), encoding="utf-8")
    done = predict_file(spec["task"], gold, pred, settings=settings)
    print(f"{name}: {done['records']} records in {done['seconds']} s", file=sys.stderr)
    command = [sys.executable, str(shared / "scorers" / "score.py"), spec["task"], str(gold), str(pred)]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return [Figure(name, key, pick(answer, key), asked) for key, asked in spec["figures"].items()]


def pick(answer: Mapping[str, Any], key: str) -> float | None:
    """The number at a dotted path of the scorer's answer."""
    found: Any = answer
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def case_figures(settings: Settings) -> list[Figure]:
    """The project's own cases: of talk and fact, and of independent sources."""
    report = cases.score(cases.load(), settings=settings)
    asked = {"told_as_fact": "<= .03", "fact_as_talk": "<= .05", "recall": None}
    origins = independent_sources.score(independent_sources.load(), settings=settings)
    of_origins = {"strong": ">= 1", "medium": None, "weak": None, "fresh": None}
    return [Figure("cases", key, report[key], bound) for key, bound in asked.items()] + [
        Figure("independent_sources", key, origins[key], bound) for key, bound in of_origins.items()
    ]


def floors() -> dict[str, float]:
    return json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def below_floors(figures: Iterable[Figure]) -> list[str]:
    """A line for every figure that is worse than its floor."""
    held, lost = floors(), []
    for figure in figures:
        key = f"{figure.run}.{figure.name}"
        if key in held and figure.value is not None and _worse(figure, held[key]):
            lost.append(f"{key} is {figure.value}, its floor is {held[key]}")
    return lost


def _worse(figure: Figure, floor: float) -> bool:
    value = figure.value or 0.0
    return value < floor - SLACK if figure.better == "up" else value > floor + SLACK


def raised(figures: Iterable[Figure]) -> dict[str, float]:
    """The floors, each raised to what was measured if that is better."""
    held = floors()
    for figure in figures:
        key = f"{figure.run}.{figure.name}"
        if figure.value is not None and (key not in held or not _worse(figure, held[key])):
            held[key] = figure.value
    return held


def table(figures: Iterable[Figure], *, reader: str) -> str:
    """The figures as a Markdown table with date and commit."""
    date = f"{datetime.now(UTC):%Y-%m-%d}"
    command = "make evaluate" if reader == Settings().reader else f"python -m evaluation all --reader {reader}"
    lines = [
        "# Accuracy on development data",
        "",
        f"Measured {date} at commit `{commit()}` with `{command}`.",
        "",
    ]
    lines += ["| run | figure | value | asked | reached |", "|---|---|---|---|---|"]
    for f in figures:
        reached = {True: "yes", False: "no", None: ""}[f.reached]
        lines.append(f"| {f.run} | {f.name} | {'–' if f.value is None else format(f.value, '.3f')} | {f.asked or ''} | {reached} |")
    return "\n".join(lines) + "\n"


def commit() -> str:
    """The short hash of the checkout's commit, with "+" if files differ from it; "unknown" outside git."""
    try:
        return _git("rev-parse", "--short", "HEAD") + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], capture_output=True, text=True, check=True, cwd=HERE).stdout.strip()
