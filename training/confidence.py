"""Fits the confidence of claims on the development gold, pages left out in turn: ``python -m training.confidence [--models FOLDER]``.

Prints, for held-out pages, the Brier score beside that of the mean, the expected calibration error over ten bins, the area under the curve
and the table of given and true shares; writes ``resources/ontology/confidence.yaml``. A claim is right if its event is in the gold, its
value is that event's and it rests on the same innermost source; gold and alignment are those of the scorer.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from purport import attribution, coding
from purport import read as read_room
from purport.coding.confidence import Surroundings, signs
from purport.extract import document_of_text
from purport.goldform import gold_record
from purport.model import Claim, Count, Event, Report, Role
from purport.settings import Settings
from training.corpora import SHARED, lines_of

sys.path.append(str(SHARED / "scorers"))
import score as scorer  # type: ignore[import-not-found]

FOLDS = 6
#: Inverse strength of the penalty on weights; .03 to .3 give the same Brier score to .002.
PENALTY = 0.1
TARGET = Path(__file__).parent.parent / "src/purport/resources/ontology/confidence.yaml"
HEADER = """# version: 1
# source: logistic regression on the project's development gold (gold/wikinews, gold/syria_dev), by training/confidence.py
# licence: Apache-2.0
# log odds that a claim is right (event, value and the word it rests on); one set for each reader
"""
Record = dict[str, Any]


def rights(gold: Record, report: Report) -> Iterator[tuple[Claim, Event, bool]]:
    """Every claim with its event, and whether the gold has it."""
    predicted = gold_record(report)
    text, wanted, given = gold["text"], gold["events"], predicted["events"]

    def likeness(i: int, j: int) -> float:
        iou = scorer.trigger_likeness(wanted[i], given[j])
        same = 0.5 * (wanted[i]["type"] == given[j]["type"]) + 0.2 * scorer.role_likeness(wanted[i], given[j])
        return 1 + iou + same if iou else 0.0

    found = {j: wanted[i] for i, j in scorer.best_pairs(len(wanted), len(given), likeness)}
    for number, event in enumerate(report.events):
        for claim in event.claims:
            truth = found.get(number)
            yield claim, event, truth is not None and _right(claim, truth, report, text=text)


def _right(claim: Claim, truth: Record, report: Report, *, text: str) -> bool:
    chain = None if claim.attribution_id is None else [_span(a) for a in report.chain(claim.attribution_id) if a.source is not None]
    if claim.role is Role.TYPE:
        grounds = [a["chain"] for a in truth["attributions"]]
        rests = truth["voice"] == "outlet" if chain is None else any(scorer.same_innermost(g, chain, text) for g in grounds)
        return bool(rests and truth["type"] == getattr(claim.value, "code", None))
    if isinstance(claim.value, Count):
        key = (claim.value.kind, claim.value.low, claim.value.high)
        same = [c for c in truth["counts"] if (c["kind"], c["low"], c["high"]) == key]
    else:
        role = "target" if claim.role is Role.NAME else claim.role.value
        span = [claim.spans[0].start, claim.spans[0].end]
        same = [r for r in truth["roles"] if r["role"] == role and scorer.same_mention(r["span"], span, text)]
    return any(scorer.same_ground(scorer.rests_on(truth, s.get("att")), chain, text) for s in same)


def _span(link: Any) -> list[int]:
    span = (link.source.named_spans or link.source.spans)[0]
    return [span.start, span.end]


def samples(settings: Settings) -> Iterator[tuple[Record, bool, str]]:
    for gold in (r for name in ("wikinews", "syria_dev") for r in lines_of(SHARED / f"gold/{name}.jsonl")):
        document = document_of_text(gold["text"], id=gold["id"], title=gold.get("title"), published=gold.get("published"))
        reading = read_room.read(document, settings=settings)
        report = coding.code(attribution.attribute(reading, settings=settings), settings=settings)
        by_id = {a.id: a for a in report.attributions}
        for claim, event, right in rights(gold, report):
            yield signs(claim, Surroundings(event), by_id.get(claim.attribution_id or ""), tags=reading.tags), right, gold["id"]


def fitted(settings: Settings) -> dict[str, float]:
    """Weights from all pages; prints what held-out pages say."""
    given = list(samples(settings))
    vectorizer = DictVectorizer(sparse=False)
    table = vectorizer.fit_transform([s for s, _, _ in given])
    right = np.array([r for _, r, _ in given])
    groups = np.array([g for _, _, g in given])
    held = np.zeros(len(right))
    for train, test in GroupKFold(FOLDS).split(table, right, groups):
        held[test] = _model().fit(table[train], right[train]).predict_proba(table[test])[:, 1]
    report(settings.reader, held, right)
    model = _model().fit(table, right)
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(name): round(float(weight), 3) for name, weight in named if abs(weight) >= 0.001}


def _model() -> LogisticRegression:
    return LogisticRegression(C=PENALTY, fit_intercept=False, max_iter=2000)


def report(reader: str, held: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> None:
    brier, plain = np.mean((held - right) ** 2), np.mean((right.mean() - right) ** 2)
    bins = np.minimum((held * 10).astype(int), 9)
    rows = [(b, (bins == b).sum(), held[bins == b].mean(), right[bins == b].mean()) for b in range(10) if (bins == b).any()]
    error = sum(n * abs(said - true) for _, n, said, true in rows) / len(right)
    print(f"{reader}: {len(right)} claims, {right.mean():.3f} right; Brier {brier:.4f} (mean alone {plain:.4f}),", end=" ")
    print(f"calibration error {error:.4f}, area under the curve {roc_auc_score(right, held):.3f}")
    for b, n, said, true in rows:
        print(f"  {b / 10:.1f}: {n:4d} claims, said {said:.3f}, right {true:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--readers", default="rules,learned")
    given = parser.parse_args()
    known = yaml.safe_load(TARGET.read_text(encoding="utf-8")) if TARGET.is_file() else {}
    for reader in given.readers.split(","):
        known[reader] = fitted(Settings(reader=reader, models_dir=given.models))
    TARGET.write_text(HEADER + yaml.safe_dump(known, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
