"""The factuality word lists, loaded once and indexed."""

from collections.abc import Iterable
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


def embedder_of(token: Token, frame: str, *, beside: Iterable[Token] = (), complement: str = "") -> Embedder | None:
    """What ``token`` does to a complement in this frame (that, to, ing, noun); None if it is no embedding word.

    ``beside`` are the tokens that hang on it: a particle makes another word of it ("call off"), and so may the complement's lemma
    ("sentence death"). A factive says nothing of an infinitive ("condemned to die") unless its entry names that frame.
    """
    key = _KEYS.get(token.pos)
    if key is None:
        return None
    table = embedders()
    for word in (*_with_particle(token, beside=beside), f"{token.lemma.lower()} {complement}", *_forms(token)):
        found = table.get((key, f"{word}@{frame}"))
        if found is None and (found := table.get((key, word))) is not None and frame == "to" and found.effects[0] == "F":
            found = None
        if found is not None:
            return found
    participle = frame == "to" and token.tag in ("VBN", "VBG", "VBD")
    return table.get(("adjectives", token.words.lower())) if participle else None


def takes(token: Token, preposition: str) -> bool:
    """True if the lexicon knows ``token`` with this preposition ("warn against")."""
    return (_KEYS.get(token.pos, ""), f"{token.lemma.lower()} {preposition}") in embedders()


def _with_particle(token: Token, *, beside: Iterable[Token]) -> list[str]:
    adjacent = token.index + 1
    return [
        f"{token.lemma.lower()} {c.words.lower()}"
        for c in beside
        if c.dep == "prt" or (c.dep in ("prep", "advmod") and c.index == adjacent)
    ]


def _forms(token: Token) -> tuple[str, ...]:
    """The lemma; a capitalised plural in a headline keeps its ending in spaCy's lemma."""
    lemma = token.lemma.lower()
    return (lemma, lemma.removesuffix("s")) if token.pos == "PROPN" else (lemma,)


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
