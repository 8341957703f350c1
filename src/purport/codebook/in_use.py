"""Which codebook is in use: that of the page being read, or of the project whose pages are shown. One for each thread or request."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from purport.codebook.records import Codebook

#: The package's own types, roles and words and nothing else.
PLAIN = Codebook()
_IN_USE: ContextVar[Codebook] = ContextVar("codebook in use", default=PLAIN)
#: Versions of one lexicon that are kept; a process rarely meets more than two codebooks.
MOST_KEPT = 32

P = ParamSpec("P")
T = TypeVar("T")


def in_use() -> Codebook:
    """The codebook that holds here and now."""
    return _IN_USE.get()


def follow(book: Codebook | None) -> Codebook:
    """Use a codebook (None: the package's) from here on in this thread or task; the one before comes out."""
    before = _IN_USE.get()
    _IN_USE.set(book or PLAIN)
    return before


@contextmanager
def using(book: Codebook | None) -> Iterator[None]:
    """Use a codebook inside the block; None leaves the one that is in use."""
    before = _IN_USE.get()
    _IN_USE.set(before if book is None else book)
    try:
        yield
    finally:
        _IN_USE.set(before)


def per_codebook(make: Callable[P, T]) -> Callable[P, T]:
    """What ``functools.cache`` does, once for each codebook: for lexicons to which a codebook adds words."""
    made: dict[Hashable, T] = {}

    @wraps(make)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (_IN_USE.get().digest, args)
        if key not in made:
            while len(made) >= MOST_KEPT:
                made.pop(next(iter(made)), None)
            made[key] = make(*args, **kwargs)
        return made[key]

    return cast(Callable[P, T], kept)
