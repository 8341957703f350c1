"""Which pages a training learns from and which it is measured on."""

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One training: the numbers of the pages to learn from and of those to measure on. The weights of ``is_last`` are kept."""

    name: str
    learnt: tuple[int, ...]
    held_out: tuple[int, ...]
    is_last: bool


def parts_of(pages: int, *, hold_out: float, folds: int, seed: int) -> tuple[Part, ...]:
    """With ``folds``: one part for each, measured on pages that it has not seen, and last one of all pages.

    Else one part, measured on the share ``hold_out`` of the pages, at least one page; on none if the share is 0 or there is only one page.
    """
    order = list(range(pages))
    random.Random(seed).shuffle(order)
    if folds:
        number = min(folds, pages)
        held = [tuple(sorted(order[fold::number])) for fold in range(number)]
        made = [_part(f"fold-{fold}", pages, held_out=one, is_last=False) for fold, one in enumerate(held, start=1)]
        return (*(part for part in made if part.learnt), _part("all", pages, held_out=(), is_last=True))
    size = 0 if not hold_out or pages < 2 else min(pages - 1, max(1, round(hold_out * pages)))
    return (_part("all", pages, held_out=tuple(sorted(order[:size])), is_last=True),)


def _part(name: str, pages: int, *, held_out: Sequence[int], is_last: bool) -> Part:
    return Part(name, tuple(n for n in range(pages) if n not in held_out), tuple(held_out), is_last)
