"""Fits which organisation a MUC-4 page holds responsible and how sure it is: ``python -m training.muc_organisations [--check]``.

Reads the relevant pages of the training half of MUC-4 and a third of the others (about ten minutes), and writes the weights in
``evaluation/tasks/muc_organisations.yaml``. ``--check`` prints, cross-validated by page, the best f of the choice and the share of right
confidences, and writes nothing. The encoder has seen the same pages, so that its chances there are better than elsewhere (area under the
curve .91, on the development half .82); its confidences are left out for that reason.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import yaml
from evaluation.tasks.attributed_events import reading_of, report_from
from evaluation.tasks.muc import page_of
from evaluation.tasks.muc_organisations import WEIGHTS, Candidate, Page, Signs, candidates, choice_signs, weights, word_signs
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from purport.settings import Settings
from purport.train.heads import CONFIDENCES
from training.corpora import SHARED, lines_of

Record = dict[str, Any]
FOLDS = 5
#: Of the pages without an incident one in so many is read.
ONE_IN = 3
#: Inverse strength of the penalty on weights: for the choice 1, .1 and .01 give the same f on muc4_dev to .03; for the confidence .003 to
#: .03 give .50 to .55 right, cross-validated.
CHOICE_PENALTY, CONFIDENCE_PENALTY = 0.1, 0.01
Sample = tuple[Signs, Signs, str | None, bool, int]


def pages() -> Iterator[tuple[Record, Page]]:
    settings = Settings()
    for number, record in enumerate(lines_of(SHARED / "data/muc4/muc4_train.jsonl")):
        if record["templates"] or number % ONE_IN == 0:
            reading = reading_of({"id": record["id"], "text": record["text"]}, settings=settings)
            if reading.tags is not None:
                yield record, page_of(report_from(reading, settings=settings), reading.tags)


def samples(read: Iterator[tuple[Record, Page]]) -> Iterator[Sample]:
    """Each candidate: signs of the choice, signs of the confidence, its label, whether it is an answer, its page."""
    for number, (record, page) in enumerate(read):
        found = candidates(page)
        for candidate in found:
            answers = [f for t in record["templates"] for f in t["simple"]["perp_orgs"] if _is_named(candidate, f, page)]
            labels = Counter(label for answer in answers for label in answer.get("confidence") or () if label in CONFIDENCES)
            label = max(sorted(labels), key=lambda one: labels[one]) if labels else None
            yield choice_signs(candidate, found, page), word_signs(candidate, found, page), label, bool(answers), number


def _is_named(candidate: Candidate, filler: Record, page: Page) -> bool:
    names = [" ".join(name.split()) for name in (*filler.get("names", ()), *filler.get("descriptions", ()))]
    exact = {" ".join(word for word in name.split() if word not in ("THE", "A", "AN")) for name in names}
    return any(name in exact for name in candidate.names)


def fitted(rows: Sequence[Signs], wanted: Sequence[Any], *, penalty: float) -> dict[str, dict[str, float]]:
    """Weights by class, of signs as they are; for two classes those of the second alone."""
    table, scale, names = _table(rows)
    model = LogisticRegression(C=penalty, max_iter=3000).fit(table / scale, wanted)
    found = {}
    for label, row, start in zip(model.classes_[-len(model.coef_) :], model.coef_, model.intercept_, strict=True):
        known = {str(n): round(float(w), 4) for n, w in zip(names, row / scale, strict=True) if abs(w) >= 0.0005}
        found[str(label)] = {"always": round(float(start), 4), **known}
    return found


def _table(rows: Sequence[Signs]) -> tuple[Any, Any, list[str]]:
    """Signs as columns, how far each spreads, and their names; what always holds is the model's own constant."""
    vectorizer = DictVectorizer(sparse=False)
    table = vectorizer.fit_transform([{name: value for name, value in row.items() if name != "always"} for row in rows])
    return table, table.std(axis=0) + 1e-6, list(vectorizer.get_feature_names_out())


def check(found: Sequence[Sample]) -> None:
    groups = np.array([page for *_, page in found])
    wanted = np.array([answer for *_, answer, _ in found])
    chances = _crossed([s for s, *_ in found], wanted, groups, penalty=CHOICE_PENALTY, method="predict_proba")[:, 1]
    best = max((2 * (wanted & (chances > t)).sum() / (wanted.sum() + (chances > t).sum()), t) for t in np.arange(0.1, 0.7, 0.05))
    print(f"choice: {len(found)} candidates, {wanted.sum()} answers, best f {best[0]:.3f} from {best[1]:.2f}")
    sure = [n for n, (_, _, label, *_) in enumerate(found) if label]
    labels = np.array([found[n][2] for n in sure])
    said = _crossed([found[n][1] for n in sure], labels, groups[sure], penalty=CONFIDENCE_PENALTY, method="predict")
    print(f"confidence: {len(sure)}, right {np.mean(said == labels):.3f}")


def _crossed(rows: Sequence[Signs], wanted: Any, groups: Any, *, penalty: float, method: str) -> Any:
    table, scale, _ = _table(rows)
    model = LogisticRegression(C=penalty, max_iter=3000)
    return cross_val_predict(model, table / scale, wanted, groups=groups, cv=GroupKFold(FOLDS), method=method)


def write(found: Sequence[Sample]) -> None:
    choice = fitted([s for s, *_ in found], [answer for *_, answer, _ in found], penalty=CHOICE_PENALTY)
    sure = [(s, label) for _, s, label, *_ in found if label]
    confidence = fitted([s for s, _ in sure], [label for _, label in sure], penalty=CONFIDENCE_PENALTY)
    header = "".join(line for line in WEIGHTS.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#"))
    body = {**weights(), "choice": choice["True"], "confidence": confidence}
    WEIGHTS.write_text(header + yaml.safe_dump(body, sort_keys=False, width=130), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    found = list(samples(pages()))
    check(found) if given.check else write(found)


if __name__ == "__main__":
    main()
