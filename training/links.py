"""Fits the weights by which pages are linked: ``python -m training.links [--pages FILE] [--write]``.

Reads the pages of the development set of incidents as ``evaluation.tasks.incidents`` does (``--pages`` keeps what was read for the next
time), compares the pairs that blocking brings together, and fits a logistic regression over the levels of comparison. Prints, for folds by
connected component of incidents, the figures of the scorer and the Brier score of pairs; ``--write`` fits on all and writes
``resources/incidents/weights.yaml``. Invented reports (``benchmarks.invented``) are added for what those pages do not show, such as
publication dates: they are a small part, so that they say something only where the pages say nothing.

Of two pages of one incident that tell several events, only the likeliest pair of events is taken as that incident, by the weights of the
round before; a page's other events are mostly background.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.invented import reports as invented_reports
from evaluation.hiding import hide
from evaluation.predict import read_jsonl
from evaluation.tasks.incidents import Page, main_events, page_of
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from purport.incidents.clustering import grouped
from purport.incidents.comparison import levels_of
from purport.incidents.linking import ENOUGH, PageLinker, candidates
from purport.incidents.profile import Profile, profiles_of
from purport.incidents.scoring import can_be_one, chance, odds_of
from purport.linkage import Pair, Verdicts, page_member, pair_of
from purport.pipeline import Pipeline
from purport.settings import Settings
from purport.wire import line_of, report_from_json, sketch_from_json, sketch_to_json
from training.corpora import SHARED

sys.path.append(str(SHARED / "scorers"))
import score as scorer  # type: ignore[import-not-found]

GOLD = SHARED / "data" / "syria_incidents" / "dev" / "documents.jsonl"
TARGET = Path(__file__).parent.parent / "src/purport/resources/incidents/weights.yaml"
FOLDS = 10
#: Inverse strength of the penalty on weights. B³ and pairwise f for held-out pages: .5 .691 .428, 1 .704 .458 (enough .4).
PENALTY = 1.0
ROUNDS = 3
INVENTED = 400  #: invented reports
INVENTED_WEIGHT = 0.05  #: of one of their pairs, beside 1 for a pair of real pages
HEADER = """# Log odds by which the linker tells one incident from two: parts of a comparison, and what was found of each.
# version: 1 (2026-11)
# source: logistic regression by training/links.py on 359 pages on 164 incidents in Syria (Airwars' sources) and on invented ones
# licence: Apache-2.0
"""

Levels = Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """A pair that blocking brings together. ``pages``: of which two pages it is; the pairs of two pages of one incident compete."""

    levels: Levels
    same: bool
    pages: Pair
    folds: frozenset[int]
    weight: float = 1.0


@dataclass(frozen=True)
class Model:
    bias: float
    weights: Mapping[tuple[str, str], float]

    def log_odds(self, levels: Levels) -> float:
        return self.bias + sum(self.weights.get(item, 0.0) for item in levels.items())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.links", description=__doc__)
    parser.add_argument("--pages", type=Path, help="keep and take the pages as read in this file")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    args = parser.parse_args()
    gold = {record["id"]: record["incident_ids"] for record in read_jsonl(GOLD)}
    pages = pages_of(args.pages)
    profiles = {profile.id: profile for report, sketch in pages for profile in profiles_of(report, sketch=sketch)}
    folds = folds_of(gold)
    examples = real_examples(pages, profiles, gold=gold, folds=folds)
    extra = invented_examples()
    models = [fitted([e for e in examples if fold not in e.folds] + extra) for fold in range(FOLDS)]
    report(models, pages=pages, profiles=profiles, gold=gold, folds=folds)
    if args.write:
        write(fitted(examples + extra))


def pages_of(kept: Path | None) -> list[Page]:
    """The pages as read, from the file if it is there."""
    if kept and kept.exists():
        lines = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
        return [(report_from_json(one["report"]), sketch_from_json(one["sketch"]) if one["sketch"] else None) for one in lines]
    settings = Settings()
    pipeline = Pipeline(settings)
    records = [hide(record, task="incidents", folder=GOLD.parent) for record in read_jsonl(GOLD)]
    pages = [page_of(record, pipeline=pipeline, settings=settings) for record in records]
    if kept:
        lines = [{"report": json.loads(line_of(report)), "sketch": sketch_to_json(sketch) if sketch else None} for report, sketch in pages]
        kept.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return pages


def folds_of(gold: Mapping[str, list[str]]) -> dict[str, int]:
    """A fold for each page; pages that hang together through incidents are in one."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for page, incidents in gold.items():
        for incident in incidents:
            parent[root(page)] = root(incident)
    return {page: int(hashlib.sha256(root(page).encode()).hexdigest(), 16) % FOLDS for page in gold}


def real_examples(
    pages: Iterable[Page], profiles: Mapping[str, Profile], *, gold: Mapping[str, list[str]], folds: Mapping[str, int]
) -> list[Example]:
    """The pairs of the pages that are read."""
    linker = PageLinker()
    prepared = [made for report, sketch in pages for made in linker.prepare(report, sketch=sketch)]
    found = []
    for first, second in sorted(candidates(prepared, window=linker.window)):
        one, other = profiles[first], profiles[second]
        if "unrealised" in (one.reality, other.reality):
            continue
        same = bool(set(gold[one.document_id]) & set(gold[other.document_id]))
        both = pair_of(one.document_id, other.document_id)
        found.append(Example(levels_of(one, other), same, both, frozenset(folds[page] for page in both)))
    return found


def invented_examples() -> list[Example]:
    """Pairs of invented reports, light."""
    linker = PageLinker()
    told = invented_reports(INVENTED, seed=1)
    profiles = {page.report.events[0].id: profiles_of(page.report)[0] for page in told}
    incident = {page.report.events[0].id: page.incident for page in told}
    pairs = sorted(candidates([made for page in told for made in linker.prepare(page.report, sketch=None)], window=linker.window))
    return [
        Example(levels_of(profiles[a], profiles[b]), incident[a] == incident[b], (a, b), frozenset(), INVENTED_WEIGHT) for a, b in pairs
    ]


def fitted(examples: list[Example]) -> Model:
    """The regression, in rounds that each keep the likeliest pair of two pages of one incident."""
    columns = {item: at for at, item in enumerate(sorted({i for e in examples for i in e.levels.items() if i[1] != "unknown"}))}
    rows = [[columns[item] for item in example.levels.items() if item in columns] for example in examples]
    ends = np.cumsum([0] + [len(row) for row in rows])
    matrix = csr_matrix((np.ones(ends[-1]), [at for row in rows for at in row], ends), shape=(len(rows), len(columns)))
    same, weights = np.array([e.same for e in examples]), np.array([e.weight for e in examples])
    kept = np.ones(len(examples), bool)
    for _ in range(ROUNDS):
        model = LogisticRegression(C=PENALTY, max_iter=2000).fit(matrix[kept], same[kept], sample_weight=weights[kept])
        kept = likeliest(examples, matrix @ model.coef_[0])
    return Model(float(model.intercept_[0]), {item: float(model.coef_[0][at]) for item, at in columns.items()})


def likeliest(examples: list[Example], scores: Any) -> Any:
    """All pairs of different incidents, and of each two pages of one incident the likeliest."""
    best: dict[Pair, int] = {}
    for at, example in enumerate(examples):
        if example.same and (example.pages not in best or scores[at] > scores[best[example.pages]]):
            best[example.pages] = at
    kept = np.array([not example.same for example in examples])
    kept[list(best.values())] = True
    return kept


def report(
    models: list[Model], *, pages: list[Page], profiles: Mapping[str, Profile], gold: Mapping[str, list[str]], folds: Mapping[str, int]
) -> None:
    """Figures for held-out pages: a pair has the mean log odds of the two models that have not seen one of its pages."""
    known: dict[Pair, float] = {}

    def odds(first: str, second: str) -> float | None:
        one, other = profiles[first], profiles[second]
        if not can_be_one(one, other):
            return None if one.document_id == other.document_id else -12.0
        pair = pair_of(first, second)
        if pair not in known:
            levels = levels_of(profiles[pair[0]], profiles[pair[1]])
            known[pair] = float(np.mean([models[folds[page]].log_odds(levels) for page in (one.document_id, other.document_id)]))
        return known[pair]

    linker = PageLinker()
    pairs = candidates([made for page, sketch in pages for made in linker.prepare(page, sketch=sketch)], window=linker.window)
    scores = {pair: chance(value) for pair in pairs if (value := odds(*pair)) is not None}
    for enough in (0.2, 0.3, ENOUGH, 0.5, 0.6):
        asked = odds_of(enough)
        groups = grouped(
            profiles,
            scores=scores,
            odds=lambda a, b, asked=asked: None if (value := odds(a, b)) is None else value - asked,  # type: ignore[misc]
            enough=enough,
            verdicts=Verdicts(),
            by="",
        ).groups
        print(f"enough {enough}:", json.dumps(figures(groups, pages=pages, gold=gold)))
    calibration(scores, profiles=profiles, gold=gold)


def figures(groups: Iterable[tuple[str, ...]], *, pages: list[Page], gold: Mapping[str, list[str]]) -> dict[str, Any]:
    """What the scorer says."""
    home = {event: group[0] for group in groups for event in group}
    said = []
    for page, _ in pages:
        members = [page_member(page.document.id)] if page.document.unread else main_events(page)
        found = sorted({home[event] for event in members if event in home})
        said.append({"id": page.document.id, "incident_ids": found or [page.document.id]})
    answer: dict[str, Any] = scorer.incidents([{"id": page, "incident_ids": incidents} for page, incidents in gold.items()], said)
    return {name: answer[name] for name in ("b_cubed", "pairwise")}


def calibration(scores: Mapping[Pair, float], *, profiles: Mapping[str, Profile], gold: Mapping[str, list[str]]) -> None:
    """Given and true share of pairs by given chance, each two pages by their likeliest pair."""
    best: dict[Pair, float] = {}
    for (first, second), score in scores.items():
        pages = pair_of(profiles[first].document_id, profiles[second].document_id)
        best[pages] = max(best.get(pages, 0.0), score)
    told = np.array([(score, bool(set(gold[a]) & set(gold[b]))) for (a, b), score in best.items()])
    print("Brier", round(float(np.mean((told[:, 0] - told[:, 1]) ** 2)), 4), "of the mean", round(float(np.var(told[:, 1])), 4))
    for low, high in ((0, 0.05), (0.05, 0.15), (0.15, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        inside = told[(told[:, 0] >= low) & (told[:, 0] < high)]
        if len(inside):
            print(f"{low:.2f}–{high:.2f}: {len(inside)} pairs, given {inside[:, 0].mean():.2f}, true {inside[:, 1].mean():.2f}")


def write(model: Model) -> None:
    """The weights as YAML."""
    parts: dict[str, dict[str, float]] = {}
    for (part, level), weight in sorted(model.weights.items()):
        parts.setdefault(part, {})[level] = round(weight, 2)
    lines = [f"{part}: {{{', '.join(f'{json.dumps(level)}: {weight}' for level, weight in told.items())}}}" for part, told in parts.items()]
    TARGET.write_text(f"{HEADER}bias: {model.bias:.2f}\nparts:\n" + "".join(f"  {line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
