"""The parse as the walk sees it: words, what governs them through prepositions, and the states found so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from purport.attribution.factuality_lexicon import Embedder, embedder_of
from purport.attribution.factuality_state import PLAIN, State
from purport.model import Token

#: Each of a thousand conjuncts looks at all that hangs on the first; the bound keeps that linear.
MAX_BESIDE = 48
#: Verbs of fear say of the past that something may have happened, and of the future nothing.
_FEARS = ("fear", "worry", "dread")
#: Reporting verbs by which the source itself stops short of saying that it is so.
_HEDGING = ("allege",)


@dataclass(frozen=True, slots=True)
class Link:
    """A word, the word that governs it (prepositions skipped) and the prepositions between them, the nearest first."""

    token: Token
    governor: Token
    prepositions: tuple[Token, ...]
    crosses: bool  #: the word is inside the content of an attribution that does not hold its governor

    @property
    def words(self) -> tuple[str, ...]:
        """The prepositions in lower case, the nearest first."""
        return tuple(p.words.lower() for p in self.prepositions)

    @property
    def nearest(self) -> str:
        """The nearest preposition in lower case, or ""."""
        return self.prepositions[0].words.lower() if self.prepositions else ""


@dataclass(frozen=True, slots=True)
class Parse:
    """Tokens with the children of each, and the states found so far: ``outer`` before and ``inner`` after the words beside it."""

    tokens: Sequence[Token]
    children: Sequence[Sequence[int]]
    outer: dict[int, State]
    inner: dict[int, State]

    def beside(self, token: Token) -> list[Token]:
        """The tokens that hang on ``token``, at most ``MAX_BESIDE``."""
        return [self.tokens[i] for i in self.children[token.index][:MAX_BESIDE]]

    def above(self, link: Link) -> State:
        """The state of the governor; plain where an attribution begins between it and the word."""
        return PLAIN if link.crosses else self.inner[link.governor.index]

    def mark_of(self, token: Token) -> str:
        """The conjunction that opens a clause ("that", "whether"), or ""."""
        return next((c.words.lower() for c in self.beside(token) if c.dep == "mark"), "")

    def embedder(self, link: Link, frame: str, *, complement: str = "") -> Embedder | None:
        """What the governor of ``link`` does to a complement in this frame."""
        return embedder_of(link.governor, frame, beside=self.beside(link.governor), complement=complement)


def applied(above: State, *, embedder: Embedder, token: Token) -> State:
    """``above`` under an embedding word ``token``, by the polarity of ``above``."""
    effect = embedder.effects[0 if above.positive else 1]
    return above.embedded(effect, token=token.index, reason=f"{embedder.name}{'' if above.positive else '-'}")


def embedded(link: Link, *, embedder: Embedder, parse: Parse) -> State:
    """The state of a complement. A reporting word has no effect inside the content of its own attribution: what the source says is
    certain for the source."""
    above, governor = parse.above(link), link.governor
    if governor.lemma in _FEARS and _is_past(link.token, parse=parse):
        return above.embedded("PS+", token=governor.index, reason="feared past")  # "feared to have been killed", "feared dead"
    if link.crosses and embedder.voiced and embedder.name != "believed" and governor.lemma not in _HEDGING:
        return PLAIN
    if not link.crosses and embedder.name == "reported" and _names_nobody(link, parse=parse):
        return above.embedded("PS+", token=governor.index, reason="hearsay")
    return applied(above, embedder=embedder, token=governor)


def _names_nobody(link: Link, *, parse: Parse) -> bool:
    """True for "it was reported that" and "a raid was reported"."""
    beside = parse.beside(link.governor)
    impersonal = link.token.dep == "nsubjpass" or any(c.dep in ("nsubjpass", "expl") and c.words.lower() == "it" for c in beside)
    return impersonal and any(c.dep == "auxpass" for c in beside)


def _is_past(token: Token, *, parse: Parse) -> bool:
    auxiliaries = [c for c in parse.beside(token) if c.dep in ("aux", "auxpass")]
    if any(c.words.lower() in ("was", "were", "been", "had", "has", "have") for c in auxiliaries):
        return True
    return token.tag in ("VBD", "JJ") or (token.tag == "VBN" and not auxiliaries)
