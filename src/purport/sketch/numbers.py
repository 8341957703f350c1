"""Numbers of a page in figures and words."""

from collections.abc import Sequence

from purport.sketch.lexicon import Lexicon
from purport.sketch.words import Word

THOUSAND = 1_000


def number_at(words: Sequence[Word], index: int, *, lexicon: Lexicon) -> tuple[int, int] | None:
    """The index after a number that begins here, and its value: "12", "1,200", "five and twenty", "three hundred"."""
    figure = words[index].number
    if figure is None and len(words[index].forms) > 1 and words[index].forms[-1].isdigit():
        figure = int(words[index].forms[-1])  # a clitic written to a figure: "و5"
    if figure is not None:
        return _thousands(words, index + 1, value=figure, lexicon=lexicon)
    found = lexicon.numbers.at(words, index)
    if found is None:
        return None
    end, value = found
    while end < len(words) and words[end].joined and (more := _added(words, end, value=value, lexicon=lexicon)):
        end, value = more
    return _thousands(words, end, value=value, lexicon=lexicon)


def _added(words: Sequence[Word], index: int, *, value: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """ "five and twenty", "hundred and ten" """
    if lexicon.joiner and not words[index].plain.startswith(lexicon.joiner):
        return None
    more = lexicon.numbers.at(words, index)
    if more is None:
        return None
    is_ten = value < 10 and 20 <= more[1] <= 90
    is_less = value >= 20 and value % 10 == 0 and more[1] < 10 if value < 100 else value % 100 == 0 and more[1] < 100
    return (more[0], value + more[1]) if is_ten or is_less else None


def _thousands(words: Sequence[Word], end: int, *, value: int, lexicon: Lexicon) -> tuple[int, int]:
    if end < len(words) and words[end].joined and value < THOUSAND:
        more = lexicon.numbers.at(words, end, exact=True)
        if more and more[1] == THOUSAND:
            return more[0], value * THOUSAND
    return end, value
