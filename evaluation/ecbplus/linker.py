"""Mentions → clusters: the two baselines, and a logistic model over pairs with average linkage inside groups of pages."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from evaluation.ecbplus.groups import groups_of, joined, likeness, rarity
from evaluation.ecbplus.mentions import Key, Mention, Page
from evaluation.ecbplus.signs import SIGNS, Numbers, rows_of

WEIGHTS = Path(__file__).with_name("weights.yaml")
Labels = dict[Key, Hashable]


@dataclass(frozen=True, slots=True)
class Model:
    """Log odds that two mentions are one event; ``least``: mean chance from which two clusters are joined."""

    weights: tuple[float, ...]
    bias: float
    least: float

    def chances(self, rows: Numbers) -> Numbers:
        found: Numbers = 1 / (1 + np.exp(-(rows @ np.array(self.weights) + self.bias)))
        return found


@cache
def model() -> Model:
    """The weights fitted on the training topics."""
    table = yaml.safe_load(WEIGHTS.read_text(encoding="utf-8"))
    return Model(tuple(table["weights"][sign] for sign in SIGNS), table["bias"], table["least"])


def by_lemma(pages: Sequence[Page], *, groups: Mapping[str, Hashable]) -> Labels:
    """The baseline: one event is one head lemma within one group of pages."""
    return {mention.key: (groups[page.id], mention.lemma) for page in pages for mention in page.mentions}


def topics_of(pages: Sequence[Page]) -> dict[str, str]:
    return {page.id: page.topic for page in pages}


def by_model(pages: Sequence[Page], *, model: Model) -> Labels:
    """The linker: groups of pages as the baseline has them, the model within each."""
    labels: Labels = {}
    for group, (mentions, rows) in pairs_of(pages).items():
        alike = np.zeros((len(mentions), len(mentions)))
        alike[np.triu_indices(len(mentions), 1)] = model.chances(rows)
        for mention, label in zip(mentions, joined(alike + alike.T, least=model.least), strict=True):
            labels[mention.key] = (group, label)
    return labels


def pairs_of(pages: Sequence[Page]) -> dict[int, tuple[list[Mention], Numbers]]:
    """For each group of pages its mentions and the signs of their pairs."""
    alike, rare, groups = likeness(pages), rarity(pages), groups_of(pages)
    between = {(one.id, other.id): float(alike[i, j]) for i, one in enumerate(pages) for j, other in enumerate(pages)}
    members: dict[int, list[Mention]] = defaultdict(list)
    for page in pages:
        members[groups[page.id]] += page.mentions
    return {group: (mentions, rows_of(mentions, rare=rare, pages=between)) for group, mentions in members.items() if mentions}
