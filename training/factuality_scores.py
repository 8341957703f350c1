"""Fit the weights of ``resources/factuality/scores.yaml``: ``python -m training.factuality_scores TRAIN.jsonl``.

Ridge regression of the annotated score (-3 to 3) on the names of ``factuality_score.features_of``. TRAIN is UDS-IH2 (Rudinger, White and
Van Durme 2018) with ``tokens`` and ``targets``. Takes about two minutes; run it again after a change of the factuality rules.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from purport.attribution.factuality import features
from purport.extract import document_of_text
from purport.model import Reading
from purport.read.syntax import parse

#: On the dev half, with 20 occurrences: penalty 5 gives r .724, 20 gives .722, 60 gives .714; with 10 occurrences no better.
MIN_COUNT, PENALTY = 20, 5.0
#: Weights below this change nothing that can be measured (r .724 with and without).
SMALLEST = 0.02
TARGET = Path(__file__).parents[1] / "src/purport/resources/factuality/scores.yaml"
HEADER = """\
# Weights of the features of a predicate's factuality score (attribution/factuality_score.py).
# version: 1
# source: fitted by training/factuality_scores.py on the train half of UDS-IH2 (Rudinger, White and Van Durme 2018; decomp.io; CC BY-SA 4.0)
# licence: CC-BY-SA-4.0
"""

Example = tuple[frozenset[str], float]


def examples(lines: Iterator[str]) -> Iterator[Example]:
    """Features and annotated score of every target that a token covers."""
    for line in lines:
        record = json.loads(line)
        tokens, sentences = parse(document := document_of_text(" ".join(record["tokens"])))
        found = features(Reading(document, tokens, sentences), ())
        covering = {i: token.index for token in tokens for i in range(token.span.start, token.span.end)}
        for target in record["targets"]:
            start = sum(len(word) + 1 for word in record["tokens"][: target["start_token"]])
            if start in covering:
                yield frozenset(found[covering[start]]), float(target["factuality"])


def fit(rows: list[Example]) -> dict[str, float]:
    """Weight by feature, with ``intercept``."""
    counts = Counter(name for names, _ in rows for name in names)
    names = sorted(name for name in counts if counts[name] >= MIN_COUNT)
    columns = {name: column for column, name in enumerate(names)}
    design = np.zeros((len(rows), len(names)), np.float32)
    for row, (present, _) in enumerate(rows):
        design[row, [columns[name] for name in present if name in columns]] = 1
    wanted = np.array([score for _, score in rows], np.float32)
    gram = design.T @ design + PENALTY * np.eye(len(names), dtype=np.float32)
    solved = np.linalg.solve(gram, design.T @ (wanted - wanted.mean()))
    kept = {name: round(float(weight), 2) for name, weight in zip(names, solved, strict=True) if abs(weight) >= SMALLEST}
    return {"intercept": round(float(wanted.mean()), 3), **kept}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.factuality_scores", description="Fit the weights of factuality scores.")
    parser.add_argument("train", type=Path)
    with parser.parse_args().train.open(encoding="utf-8") as lines:
        weights = fit(list(examples(lines)))
    body = "".join(f"  {json.dumps(name, ensure_ascii=False)}: {weight}\n" for name, weight in weights.items())
    TARGET.write_text(f"{HEADER}weights:\n{body}", encoding="utf-8")


if __name__ == "__main__":
    main()
