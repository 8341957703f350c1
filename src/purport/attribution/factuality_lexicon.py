"""The factuality word lists, loaded once and indexed."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from purport.model import Token
from purport.resources import yaml_of

_KEYS = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives", "ADV": "adjectives"}


@dataclass(frozen=True, slots=True)
class Embedder:
    """A class of embedding words. ``effects``: in an affirmed and in a negated context."""

    name: str
    effects: tuple[str, str]
    voiced: bool
    definite: bool


@cache
def embedders() -> dict[tuple[str, str], Embedder]:
    """Embedders by (word list, word or word@frame)."""
    found: dict[tuple[str, str], Embedder] = {}
    for name, entry in yaml_of("factuality/embedders.yaml")["classes"].items():
        affirmed, negated = entry["effect"]
        embedder = Embedder(name, (affirmed, negated), bool(entry.get("voiced")), bool(entry.get("definite")))
        for key in ("verbs", "nouns", "adjectives"):
            for word in entry.get(key, ()):
                found.setdefault((key, word), embedder)
    return found


def embedder_of(token: Token, frame: str) -> Embedder | None:
    """What ``token`` does to a complement in this frame (that, to, ing, noun); None if it is no embedding word."""
    key = _KEYS.get(token.pos)
    if key is None:
        return None
    lemma = token.lemma.lower()
    table = embedders()
    found = table.get((key, f"{lemma}@{frame}")) or table.get((key, lemma))
    return found or (table.get(("adjectives", token.words.lower())) if token.tag in ("VBN", "VBG", "VBD") and frame == "to" else None)


@cache
def words_of(name: str) -> frozenset[str]:
    """One word list (``negators``, ``light_verbs`` …) of either file."""
    return frozenset(_entry(name))


@cache
def effects_of(name: str) -> dict[str, Any]:
    """One table of words and effects (``modals``, ``hedge_adverbs`` …)."""
    return dict(_entry(name))


def _entry(name: str) -> Any:
    local = yaml_of("factuality/local.yaml")
    return local[name] if name in local else yaml_of("factuality/embedders.yaml")[name]
