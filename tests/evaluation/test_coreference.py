"""Coreference scores against examples worked by hand."""

import random
from itertools import permutations

import pytest
from evaluation.coreference import Score, _best_total, b_cubed, ceaf_e, muc, scores


def clusters(written: str) -> list[frozenset[str]]:
    """ "ab c" → {a, b}, {c}"""
    return [frozenset(part) for part in written.split()]


def labels(written: str) -> dict[str, int]:
    return {mention: index for index, part in enumerate(written.split()) for mention in part}


@pytest.mark.parametrize(
    ("key", "response", "metric", "p", "r"),
    [
        # One chain of four cut in two: one of three links is lost; each mention finds half its chain.
        ("abcd", "ab cd", muc, 1, 2 / 3),
        ("abcd", "ab cd", b_cubed, 1, 1 / 2),
        ("abcd", "ab cd", ceaf_e, (4 / 6) / 2, 4 / 6),
        # Two chains of two joined.
        ("ab cd", "abcd", muc, 2 / 3, 1),
        ("ab cd", "abcd", b_cubed, 1 / 2, 1),
        ("ab cd", "abcd", ceaf_e, 4 / 6, (4 / 6) / 2),
        # Everything alone: MUC sees no link at all.
        ("abc", "a b c", muc, 0, 0),
        ("abc", "a b c", b_cubed, 1, 1 / 3),
        ("abc", "a b c", ceaf_e, (2 / 4) / 3, 2 / 4),
        # The example of Bagga and Baldwin 1998: 5, 2 and 5 mentions, of which the response joins the last two chains (a) or the first
        # and the last (b).
        ("12345 67 89ABC", "12345 6789ABC", muc, 9 / 10, 1),
        ("12345 67 89ABC", "12345 6789ABC", b_cubed, 16 / 21, 1),
        ("12345 67 89ABC", "1234589ABC 67", muc, 9 / 10, 1),
        ("12345 67 89ABC", "1234589ABC 67", b_cubed, 7 / 12, 1),
        # One mention in the wrong chain: two gold chains of three and one.
        ("abc d", "ab cd", muc, 1 / 2, 1 / 2),
        ("abc d", "ab cd", b_cubed, (2 + 1) / 4, (2 * 2 / 3 + 1 / 3 + 1) / 4),
        ("abc d", "ab cd", ceaf_e, (4 / 5 + 2 / 3) / 2, (4 / 5 + 2 / 3) / 2),
    ],
)
def test_scores_by_hand(key: str, response: str, metric: object, p: float, r: float) -> None:
    found = metric(clusters(key), clusters(response))  # type: ignore[operator]
    assert (found.p, found.r) == (pytest.approx(p), pytest.approx(r))


def test_the_mean_and_singletons() -> None:
    key, response = labels("abc d e"), labels("ab cd e")
    found = scores(key, response)
    parts = [found[name] for name in ("muc", "b_cubed", "ceaf_e")]
    assert found["conll"] == pytest.approx(sum(part.f for part in parts if isinstance(part, Score)) / 3)
    alone = scores(key, response, singletons=False)
    assert isinstance(alone["ceaf_e"], Score) and alone["ceaf_e"].p == pytest.approx((4 / 5) / 2)
    assert isinstance(found["ceaf_e"], Score) and found["ceaf_e"].p == pytest.approx((4 / 5 + 2 / 3 + 1) / 3)


def test_a_perfect_response_scores_one() -> None:
    key = labels("abc d ef")
    assert scores(key, {m: f"x{c}" for m, c in key.items()})["conll"] == pytest.approx(1)


def test_other_mentions_are_refused() -> None:
    with pytest.raises(ValueError, match="2 mentions"):
        scores(labels("ab"), labels("ac"))


@pytest.mark.parametrize("seed", range(12))
def test_the_assignment_is_the_best_of_all(seed: int) -> None:
    drawn = random.Random(seed)
    rows, columns = drawn.randint(1, 5), drawn.randint(1, 5)
    values = [[drawn.choice([0.0, 0.25, drawn.random()]) for _ in range(columns)] for _ in range(rows)]
    wide = values if rows <= columns else [list(c) for c in zip(*values, strict=True)]
    best = max(sum(row[j] for row, j in zip(wide, order, strict=True)) for order in permutations(range(len(wide[0])), len(wide)))
    assert _best_total(values) == pytest.approx(best)
