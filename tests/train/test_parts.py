"""Which pages are learnt from."""

import pytest

from purport.train.parts import parts_of


@pytest.mark.parametrize(("pages", "share", "held"), [(10, 0.2, 2), (6, 0.2, 1), (2, 0.9, 1), (3, 0.01, 1), (1, 0.5, 0), (9, 0.0, 0)])
def test_a_share_is_held_out(pages: int, share: float, held: int) -> None:
    (part,) = parts_of(pages, hold_out=share, folds=0, seed=7)
    assert len(part.held_out) == held
    assert sorted(part.learnt + part.held_out) == list(range(pages)) and part.learnt and part.is_last


@pytest.mark.parametrize(("pages", "folds", "trainings"), [(10, 5, 6), (3, 5, 4), (2, 2, 3), (1, 2, 1)])
def test_folds_hold_every_page_out_once(pages: int, folds: int, trainings: int) -> None:
    parts = parts_of(pages, hold_out=0.2, folds=folds, seed=7)
    assert len(parts) == trainings
    *measured, last = parts
    assert sorted(n for part in measured for n in part.held_out) == (list(range(pages)) if measured else [])
    assert all(not set(part.learnt) & set(part.held_out) and not part.is_last for part in measured)
    assert last.is_last and last.learnt == tuple(range(pages)) and last.held_out == ()


def test_the_seed_decides() -> None:
    assert parts_of(50, hold_out=0.2, folds=0, seed=1) == parts_of(50, hold_out=0.2, folds=0, seed=1)
    assert parts_of(50, hold_out=0.2, folds=0, seed=1) != parts_of(50, hold_out=0.2, folds=0, seed=2)
