"""Fit ``evaluation/ecbplus/weights.yaml``: ``python -m training.ecbplus_linker TRAIN.jsonl [--check]``.

A logistic model with a ridge penalty over pairs of mentions of one group of pages; the chance from which clusters are joined is the
best of a few by four-fold cross-validation over groups. ``--check`` prints the CoNLL F of every chance tried and writes nothing.
The annotation of ECB+ is CC BY 3.0; these weights serve the evaluation alone and are no part of the package.
"""

import argparse
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import numpy as np
import yaml
from evaluation.coreference import scores
from evaluation.ecbplus.groups import joined
from evaluation.ecbplus.linker import WEIGHTS, Labels, Model, pairs_of
from evaluation.ecbplus.mentions import Key, Mention, gold_of, page_of
from evaluation.ecbplus.signs import SIGNS, Numbers
from evaluation.predict import read_jsonl

from purport.settings import Settings

Pairs = Mapping[int, tuple[list[Mention], Numbers]]
RIDGE = 3.0
ROUNDS = 12
FOLDS = 4
TRIED = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
HEADER = """\
# Weights of the signs of evaluation/ecbplus/signs.py (log odds that two mentions are one event), for the evaluation alone.
# version: 1
# source: fitted by training/ecbplus_linker.py on the training topics of ECB+ (Cybulska and Vossen 2014, annotation CC BY 3.0)
# licence: CC BY 3.0
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the ECB+ linker of the evaluation.")
    parser.add_argument("train", type=Path)
    parser.add_argument("--check", action="store_true", help="print cross-validated figures and write nothing")
    args = parser.parse_args()
    records = read_jsonl(args.train)
    pairs, gold = pairs_of([page_of(record, settings=Settings()) for record in records]), gold_of(records)
    found = cross_validated(pairs, gold)
    print({least: round(value, 4) for least, value in found.items()})
    if not args.check:
        write(fitted(pairs, gold, least=max(found, key=lambda least: found[least])))


def cross_validated(pairs: Pairs, gold: Mapping[Key, str]) -> dict[float, float]:
    """CoNLL F on the training pages by least chance, each group linked by a model fitted on other groups."""
    labels: dict[float, Labels] = {least: {} for least in TRIED}
    numbers = sorted(pairs)
    for fold in range(FOLDS):
        held = numbers[fold::FOLDS]
        model = fitted({n: pairs[n] for n in numbers if n not in held}, gold, least=0.0)
        for number in held:
            mentions, rows = pairs[number]
            alike = np.zeros((len(mentions), len(mentions)))
            alike[np.triu_indices(len(mentions), 1)] = model.chances(rows)
            for least in TRIED:
                own = joined(alike + alike.T, least=least)
                labels[least] |= {mention.key: (number, label) for mention, label in zip(mentions, own, strict=True)}
    return {least: float(scores(gold, found)["conll"]) for least, found in labels.items()}  # type: ignore[arg-type]


def fitted(pairs: Pairs, gold: Mapping[Key, str], *, least: float) -> Model:
    """Newton's method on standardised signs."""
    rows = np.concatenate([rows for _, rows in pairs.values()])
    right = np.array([gold[a.key] == gold[b.key] for mentions, _ in pairs.values() for a, b in combinations(mentions, 2)], dtype=np.float64)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    signs = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    weights, penalty = np.zeros(signs.shape[1]), np.diag([RIDGE] * len(SIGNS) + [0.0])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (right - chance) - penalty @ weights
        weights = weights + np.linalg.solve((signs * (chance * (1 - chance))[:, None]).T @ signs + penalty, slope)
    own = weights[:-1] / spread
    return Model(tuple(float(w) for w in own), float(weights[-1] - own @ mean), least)


def write(model: Model) -> None:
    weights = {sign: round(weight, 4) for sign, weight in zip(SIGNS, model.weights, strict=True)}
    table = {"bias": round(model.bias, 4), "least": model.least, "weights": weights}
    WEIGHTS.write_text(HEADER + yaml.safe_dump(table, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
