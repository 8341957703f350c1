"""Pages that tell of one thing, by TF-IDF; and clustering by mean likeness, used for pages and for mentions."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evaluation.ecbplus.mentions import Page

Matrix = NDArray[np.float64]
#: Mean cosine from which two groups of pages are one; of .04 to .90 the best plateau on the training topics (B-cubed F .91 against their
#: subtopics), with names and numbers counted twice (once: .89).
ALIKE = 0.22


def rarity(pages: Sequence[Page]) -> dict[str, float]:
    """log(pages / pages with it) for each word."""
    counted = Counter(word for page in pages for word in set(page.words))
    return {word: math.log(len(pages) / n) for word, n in counted.items()}


def likeness(pages: Sequence[Page]) -> Matrix:
    """Cosines of TF-IDF vectors; a word of one page alone counts for nothing."""
    rare = rarity(pages)
    counts = [Counter(page.words) for page in pages]
    shared = sorted(word for word, n in Counter(word for count in counts for word in count).items() if n > 1)
    column = {word: n for n, word in enumerate(shared)}
    table = np.zeros((len(pages), len(column)))
    for row, count in enumerate(counts):
        for word, n in count.items():
            if word in column:
                table[row, column[word]] = (1 + math.log(n)) * rare[word]
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    return table @ table.T


def groups_of(pages: Sequence[Page], *, alike: float = ALIKE) -> dict[str, int]:
    """Page → number of its group."""
    return {page.id: label for page, label in zip(pages, joined(likeness(pages), least=alike), strict=True)}


def joined(alike: Matrix, *, least: float) -> list[int]:
    """A label for each row, by average linkage: the two groups of the greatest mean likeness are joined as long as it is ``least``."""
    matrix = alike.copy()
    np.fill_diagonal(matrix, -np.inf)
    members = {n: [n] for n in range(len(matrix))}
    while len(members) > 1:
        one, two = sorted(divmod(int(np.argmax(matrix)), len(matrix)))
        if not matrix[one, two] >= least:
            break
        n, m = len(members[one]), len(members[two])
        matrix[one] = (matrix[one] * n + matrix[two] * m) / (n + m)
        matrix[:, one] = matrix[one]
        matrix[one, one] = matrix[two, :] = matrix[:, two] = -np.inf
        members[one] += members.pop(two)
    return _labels(members)


def _labels(members: Mapping[int, Sequence[int]]) -> list[int]:
    labels = {row: label for label, rows in enumerate(members.values()) for row in rows}
    return [labels[row] for row in sorted(labels)]
