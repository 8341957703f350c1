"""Names that stand for one thing: folded, shortened, abbreviated."""

import re
import unicodedata
from functools import lru_cache

SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "du", "des", "la", "le", "&"})
WORD = re.compile(r"[\w’'-]+")
ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her|our|some|one|two|three|several|many|other|another)\s+")
SHORTEST_ACRONYM = 3


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """Lower case without accents, dots, articles and possessives: "The U.N." and "UN" meet."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.replace("’", "'")) if not unicodedata.combining(c))
    lowered = re.sub(r"'s\b|(?<=\w)\.(?=\w|\s|$)", "", plain.casefold())
    return ARTICLE.sub("", " ".join(WORD.findall(lowered)))


@lru_cache(maxsize=20_000)
def acronyms(name: str) -> frozenset[str]:
    """The abbreviations that a name of several words may have: "OCM" of "Orontes Casualty Monitor"."""
    words = [word for word in re.findall(r"\w+", name) if word]
    full, short = "".join(w[0] for w in words), "".join(w[0] for w in words if w.casefold() not in SMALL)
    return frozenset(letters.upper() for letters in (full, short) if len(letters) >= SHORTEST_ACRONYM)


def is_acronym(name: str, other: str) -> bool:
    """Whether ``name`` is printed as an abbreviation of ``other``."""
    letters = name.replace(".", "").strip()
    return letters.isupper() and letters.isalpha() and letters in acronyms(re.sub(r"^[Tt]he ", "", other))


def shortens(name: str, other: str) -> bool:
    """Whether ``name`` is a part of ``other`` that can stand for it: "Hilwani" of "Sarmad Hilwani", "the Observatory" of its full name."""
    words, others = folded(name).split(), folded(other).split()
    if not words or len(words) >= len(others) or not name[:1].isupper():
        return False
    return (
        words == others[-len(words) :] or (len(words) > 1 and words == others[: len(words)]) or (len(words) == 1 and words[0] in others[1:])
    )


def is_same(name: str, other: str) -> bool:
    """Whether two names stand for one thing by their letters alone."""
    return folded(name) == folded(other) or is_acronym(name, other) or is_acronym(other, name)
