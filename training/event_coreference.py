"""Fit ``resources/ontology/coreference.yaml``: ``python -m training.event_coreference GOLD.jsonl... [--check] [--seed N]``.

GOLD is attributed events in the project's own format. Gold names only the clearest triggers of an event, so a telling is labelled by its
trigger, and without one by the counts and roles that stand in it. Two logistic models are fitted (``coding/coreference.py``): one for two
bundles of a page, one for a cluster and a bundle, the second on what the first says of pages that it was not fitted on. ``--check`` prints
pairwise F and B-cubed F over labelled bundles, in sample and cross-validated by article, and writes nothing. About half a minute.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from purport import attribution
from purport import read as read_room
from purport.coding.bundles import Bundle, bundles_of
from purport.coding.clusters import Cluster, Clustering
from purport.coding.coreference import Coreference, Model
from purport.coding.grounds import Grounds
from purport.coding.phrases import Phrases
from purport.coding.tellings import Telling, find_tellings
from purport.coding.threats import with_threats
from purport.coding.tree import Tree
from purport.coding.triggers import find_triggers
from purport.extract import document_of_text
from purport.model import AttributedReading, Role, Span
from purport.settings import Settings

TARGET = Path(__file__).parents[1] / "src/purport/resources/ontology/coreference.yaml"
HEADER = """\
# One happening or two: weights of the signs of coding/coreference.py (log odds), and the log odds from which a bundle joins a cluster.
# version: 1
# source: fitted by training/event_coreference.py on the development gold (42 pages); figures in evaluation/experiments.md
# licence: Apache-2.0
"""
#: Penalties on squared weights and the threshold; see evaluation/experiments.md for what others gave.
PAIR_PENALTY, JOIN_PENALTY, THRESHOLD = 2.5, 3.3, -0.6
#: Parts that the gold is cut into, by article, for cross-validation and for the scores that the second model is fitted on.
OUTER, INNER = 7, 5
#: Signs of fewer pairs tell of their pages only (three bundles more or less: no figure moved by more than .01).
MIN_COUNT = 15
#: Weights below this are left out of the file.
SMALLEST = 0.01
#: What a trigger, a count, a role filler, a time or a place in common with a gold event tells of a telling being about it.
EVIDENCE = {"trigger": 4.0, "count": 3.0, "filler": 1.5, "time": 1.0, "place": 1.0}

Row = dict[str, float]
Rows = list[tuple[Row, bool]]
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Page:
    """The bundles of one article with the gold event that each is about (None: none, or nobody knows)."""

    bundles: list[Bundle]
    labels: list[int | None]

    def pairs(self) -> Rows:
        """Signs of every two labelled bundles, and whether they are one event."""
        told = Clustering(self.bundles, models=NO_MODELS)
        known = [n for n, label in enumerate(self.labels) if label is not None]
        return [(told.pair(i, j), self.labels[i] == self.labels[j]) for j in known for i in known if i < j]


NO_MODELS = Coreference(Model(0.0, {}), Model(0.0, {"max": 1.0}), 0.0)


def page_of(record: dict[str, Any], *, attributed: AttributedReading) -> Page:
    """The bundles of a gold record as the reader finds them, labelled."""
    tree = Tree(attributed.reading)
    grounds, phrases = Grounds(attributed, tree=tree), Phrases(attributed.reading, tree)
    triggers = with_threats(find_triggers(tree), tree=tree, grounds=grounds)
    tellings = find_tellings(tree, grounds, triggers=triggers)
    bundles = bundles_of(tellings, tree=tree, phrases=phrases, grounds=grounds)
    return Page(bundles, [_label(bundle, record["events"]) for bundle in bundles])


def _label(bundle: Bundle, events: list[dict[str, Any]]) -> int | None:
    votes = [n for n in (_event_of(telling, events) for telling in bundle.tellings) if n is not None]
    return Counter(votes).most_common(1)[0][0] if votes else None


def _event_of(telling: Telling, events: list[dict[str, Any]]) -> int | None:
    """The gold event that a telling is about; None if two are as likely and neither names its trigger."""
    scores = [_evidence(telling, event) for event in events]
    best = max(scores, default=0.0)
    unsure = best == 0 or (scores.count(best) > 1 and best < EVIDENCE["trigger"])
    return None if unsure else scores.index(best)


def _evidence(telling: Telling, event: dict[str, Any]) -> float:
    spans = {role: [r["span"] for r in event["roles"] if r["role"] == role] for role in ("time", "place", *Role)}
    found = EVIDENCE["trigger"] * _meets(telling.trigger.span, event["triggers"])
    found += sum(EVIDENCE["count"] for t in telling.tallies for c in event["counts"] if _meets(t.quantity.span, [c["span"]]))
    found += sum(EVIDENCE["time"] for t in telling.times if _meets(t.span, spans["time"]))
    found += sum(EVIDENCE["place"] for p in telling.places if _meets(p.span, spans["place"]))
    return found + sum(EVIDENCE["filler"] for f in telling.fillers if _meets(f.head.span, spans[f.role.value]))


def _meets(span: Span, others: list[list[int]]) -> bool:
    return any(span.start < end and start < span.end for start, end in others)


# ------------------------------------------------------------------ fitting
def fit(rows: Rows, weights: Vector, *, penalty: float) -> Model:
    """Logistic regression with a ridge penalty, by Newton's method."""
    seen = Counter(name for row, _ in rows for name in row)
    names = sorted(name for name in seen if seen[name] >= MIN_COUNT)
    columns = {name: column for column, name in enumerate(names)}
    design = np.zeros((len(rows), len(names) + 1))
    design[:, -1] = 1
    for number, (row, _) in enumerate(rows):
        for name in row.keys() & columns.keys():
            design[number, columns[name]] = row[name]
    wanted = np.array([one for _, one in rows], float)
    ridge = np.diag(np.append(np.full(len(names), penalty), 1e-6))
    solved = np.zeros(len(names) + 1)
    for _ in range(25):
        odds = 1 / (1 + np.exp(-design @ solved))
        slope = design.T @ (weights * (odds - wanted)) + ridge @ solved
        bend = (design * (weights * odds * (1 - odds))[:, None]).T @ design + ridge
        solved -= np.linalg.solve(bend, slope)
    return Model(float(solved[-1]), dict(zip(names, map(float, solved[:-1]), strict=True)))


def fit_pair(pages: list[Page]) -> Model:
    """The first model; a page counts by the square root of its pairs."""
    cut = [page.pairs() for page in pages]
    rows = [row for rows in cut for row in rows]
    weights = np.concatenate([np.full(len(rows), 1 / np.sqrt(len(rows))) for rows in cut if rows])
    return fit(rows, weights / weights.mean(), penalty=PAIR_PENALTY)


def fit_models(pages: list[Page], *, seed: int) -> Coreference:
    """Both models; the second is fitted on clusters as the gold has them, then also on clusters as it makes them itself."""
    order = np.random.RandomState(seed).permutation(len(pages))
    scored: list[tuple[Page, Model]] = []
    for part in range(INNER):
        held = set(order[part::INNER].tolist())
        model = fit_pair([page for n, page in enumerate(pages) if n not in held])
        scored += [(pages[n], model) for n in sorted(held)]
    rows = [row for page, pair in scored for row in joins(page, Coreference(pair, NO_MODELS.join, 0.1), led=True)]
    join = fit(rows, np.ones(len(rows)), penalty=JOIN_PENALTY)
    rows += [row for page, pair in scored for row in joins(page, Coreference(pair, join, -0.2), led=False)]
    return Coreference(fit_pair(pages), fit(rows, np.ones(len(rows)), penalty=JOIN_PENALTY), THRESHOLD)


def joins(page: Page, models: Coreference, *, led: bool) -> Rows:
    """Signs of each labelled bundle and each labelled cluster before it, and whether it belongs there; ``led``: by the gold's hand."""
    told, found = Clustering(page.bundles, models=models), Rows()
    for number, label in enumerate(page.labels):
        candidates = told.candidates(number)
        best = told.best(number)
        if label is not None:
            majority = {n: _majority(told.clusters[n], page) for n, _ in candidates}
            found += [(row, majority[n] == label) for n, row in candidates if majority[n] is not None]
        if led and label is not None:
            best = next((c for c in told.clusters if label in {page.labels[i] for i in c.members}), None)
        told.place(number, best)
    return found


def _majority(cluster: Cluster, page: Page) -> int | None:
    votes = Counter(page.labels[n] for n in cluster.members if page.labels[n] is not None)
    return votes.most_common(1)[0][0] if votes else None


# ------------------------------------------------------------------ checking
def cross_validated(pages: list[Page], *, seed: int) -> list[Coreference]:
    """For each page the models fitted on the parts that it is not in."""
    order = np.random.RandomState(seed).permutation(len(pages))
    found: dict[int, Coreference] = {}
    for part in range(OUTER):
        held = set(order[part::OUTER].tolist())
        models = fit_models([page for n, page in enumerate(pages) if n not in held], seed=seed)
        found.update(dict.fromkeys(held, models))
    return [found[n] for n in range(len(pages))]


def figures(pages: list[Page], models: list[Coreference]) -> str:
    """Pairwise F and B-cubed F over labelled bundles."""
    hit = said = true = 0
    precision = recall = 0.0
    total = 0
    for page, model in zip(pages, models, strict=True):
        ours = {n: k for k, c in enumerate(Clustering(page.bundles, models=model).run()) for n in c.members}
        known = [n for n, label in enumerate(page.labels) if label is not None]
        for i in known:
            same = {j for j in known if ours[j] == ours[i]}
            gold = {j for j in known if page.labels[j] == page.labels[i]}
            hit, said, true = hit + len(same & gold) - 1, said + len(same) - 1, true + len(gold) - 1
            precision, recall, total = precision + len(same & gold) / len(same), recall + len(same & gold) / len(gold), total + 1
    p, r = precision / total, recall / total
    return f"pairs f {2 * hit / (said + true):.3f}, B-cubed p {p:.3f} r {r:.3f} f {2 * p * r / (p + r):.3f} over {total} bundles"


def pages_of(paths: list[Path]) -> list[Page]:
    """The pages of gold files, read afresh."""
    found = []
    for line in (line for path in paths for line in path.read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        document = document_of_text(record["text"], id=record["id"], title=record.get("title"), published=record.get("published"))
        attributed = attribution.attribute(read_room.read(document, settings=Settings()), settings=Settings())
        found.append(page_of(record, attributed=attributed))
    return found


def written(models: Coreference) -> str:
    """The text of the data file."""
    lines = [HEADER, f"threshold: {models.threshold}\n"]
    for name, model in (("pair", models.pair), ("join", models.join)):
        kept = {sign: round(weight, 3) for sign, weight in model.weights.items() if abs(weight) >= SMALLEST}
        lines += [f"{name}:\n  bias: {round(model.bias, 3)}\n  weights:\n", *(f"    {sign}: {kept[sign]}\n" for sign in sorted(kept))]
    return "".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.event_coreference", description="Fit the models of event coreference.")
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true", help="print how well they do, in sample and cross-validated, and write nothing")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    pages = pages_of(arguments.gold)
    models = fit_models(pages, seed=arguments.seed)
    if not arguments.check:
        TARGET.write_text(written(models), encoding="utf-8")
        return
    print("in sample       ", figures(pages, [models] * len(pages)))
    for seed in range(arguments.seed, arguments.seed + 3):
        print(f"by article ({seed})  ", figures(pages, cross_validated(pages, seed=seed)))


if __name__ == "__main__":
    main()
