"""Names as MUC-4's answers print them, and where they stand on a page."""

import re

from purport.model import Span

_NUMBERS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN")
_POINTING = ("THE", "A", "AN", "SOME", "SEVERAL", "THIS", "THAT", "THESE", "THOSE", "ANOTHER", "OTHER")
DETERMINERS = frozenset((*_NUMBERS, *_POINTING, "HIS", "HER", "ITS", "THEIR", "OUR"))
#: What a cut-off name may end with.
DANGLING = re.compile(r"(?:\s+(?:OF|THE|AT|IN|FROM|AND|WHO|WEARING)|\s*[(\[,\"-])+$")


def bare(words: str) -> str:
    """``words`` in capitals without articles and numbers at the front."""
    parts = words.upper().replace("\n", " ").split()
    while parts and (parts[0] in DETERMINERS or parts[0].isdigit()):
        parts = parts[1:]
    return " ".join(parts).strip("\"'.,")


def mentions(text: str, name: str) -> list[Span]:
    """Where the words of ``name`` stand, over line ends too."""
    words = [re.escape(word) for word in name.split()]
    return [Span(*m.span()) for m in re.finditer(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", text)] if words else []
