"""α as published, as the package computes it, and where it is not defined."""

import math
import warnings
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from purport.review.agreement import NO_VARIATION, NOT_PAIRED, Level, alpha, alpha_with_interval

_ = None
#: Krippendorff (2011): two observers, twelve articles, five categories; then four observers with values missing, also by level.
PAPER_C = (tuple("aabbdcccedda"), tuple("babbbccceddd"))
PAPER_D = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3),
    (_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _),
)
#: The first example: two observers, ten units of 0 and 1.
PAPER_A = ((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("coders", "level", "published"),
    [
        (PAPER_A, Level.NOMINAL, 0.095),
        (PAPER_C, Level.NOMINAL, 0.692),
        (PAPER_D, Level.NOMINAL, 0.743),
        (PAPER_D, Level.ORDINAL, 0.815),
        (PAPER_D, Level.INTERVAL, 0.849),
        (PAPER_D, Level.RATIO, 0.797),
    ],
)
def test_the_published_examples(coders: tuple[tuple[object, ...], ...], level: Level, published: float) -> None:
    found = alpha(list(zip(*coders, strict=True)), level=level).value
    assert found is not None
    assert round(found, 3) == published


@pytest.mark.parametrize(
    ("units", "why"),
    [
        ([], NOT_PAIRED),
        ([(1, None), (None, 2)], NOT_PAIRED),
        ([(None, None)], NOT_PAIRED),
        ([(1, 1), (1, 1)], NO_VARIATION),
        ([(1, 1), (2, None)], NO_VARIATION),
    ],
)
@pytest.mark.parametrize("level", Level)
def test_what_is_not_defined_is_said(units: list[tuple[int | None, ...]], why: str, level: Level) -> None:
    found = alpha_with_interval(units, level=level, domain=(1, 2))
    assert (found.value, found.low, found.high, found.why) == (None, None, None, why)


def test_the_order_of_coders_and_units_changes_nothing() -> None:
    units = list(zip(*PAPER_D, strict=True))
    turned = [tuple(reversed(unit)) for unit in reversed(units)]
    first, second = (alpha(each, level=Level.ORDINAL).value for each in (units, turned))
    assert first is not None and second is not None and math.isclose(first, second)


@pytest.mark.parametrize("level", Level)
def test_the_interval_holds_the_value_and_is_the_same_again(level: Level) -> None:
    units = list(zip(*PAPER_D, strict=True)) * 3
    first, second = (alpha_with_interval(units, level=level, draws=300, seed=7) for _ in range(2))
    assert first == second
    assert first.low is not None and first.value is not None and first.high is not None
    assert first.low <= first.value <= first.high
    assert first.draws == 300


def test_more_units_give_a_narrower_interval() -> None:
    units = list(zip(*PAPER_D, strict=True))
    widths = [_width(units * times) for times in (1, 4, 16)]
    assert all(wide > narrow for wide, narrow in pairwise(widths))


def _width(units: list[tuple[int | None, ...]]) -> float:
    found = alpha_with_interval(units, level=Level.NOMINAL)
    assert found.low is not None and found.high is not None
    return found.high - found.low


@pytest.mark.parametrize(("values", "level"), [((-1, 2), Level.RATIO), ((1, 9), Level.NOMINAL)])
def test_values_that_cannot_be(values: tuple[int, ...], level: Level) -> None:
    with pytest.raises(ValueError, match=r"negative|domain"):
        alpha([values, values], level=level, domain=(-1, 1, 2))


def test_words_in_an_order_of_their_own() -> None:
    domain = ("possible", "probable", "certain")
    units = [("possible", "probable"), ("certain", "certain"), ("possible", "possible"), ("probable", "certain")]
    numbers = [tuple(domain.index(value) for value in unit) for unit in units]
    assert alpha(units, level=Level.ORDINAL, domain=domain) == alpha(numbers, level=Level.ORDINAL)


@settings(deadline=None, max_examples=300)
@given(
    units=st.integers(2, 5).flatmap(
        lambda coders: st.lists(st.lists(st.none() | st.integers(0, 5), min_size=coders, max_size=coders), min_size=1, max_size=15)
    ),
    level=st.sampled_from(Level),
)
def test_it_agrees_with_the_package(units: list[list[int | None]], level: Level) -> None:
    import krippendorff
    import numpy as np

    found = alpha(units, level=level).value
    reliability = np.array([[np.nan if value is None else float(value) for value in unit] for unit in units]).T
    if found is None:
        paired = [value for unit in units if len([v for v in unit if v is not None]) > 1 for value in unit if value is not None]
        assert len(set(paired)) < 2
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it divides 0 by 0 for two values of 0 on a ratio scale
        theirs = krippendorff.alpha(reliability_data=reliability, level_of_measurement=level.value)
    assert math.isclose(found, theirs, abs_tol=1e-9)
