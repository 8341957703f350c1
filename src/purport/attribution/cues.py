"""The cue lexicon: words that introduce what somebody says, thinks, shows, denies or threatens."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from purport.model import Stance
from purport.resources import rows_of


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue word: its stance when nothing else decides, its kind, and which complements may be its content."""

    word: str
    stance: Stance
    kind: str
    frames: frozenset[str]

    def takes(self, frame: str) -> bool:
        return frame in self.frames


@cache
def verbs() -> Mapping[str, Cue]:
    """Cue verbs by lemma."""
    return {r["lemma"]: Cue(r["lemma"], Stance(r["stance"]), r["kind"], frozenset(r["frames"].split())) for r in rows_of("cues/verbs.tsv")}


@cache
def nouns() -> Mapping[str, Cue]:
    """Cue nouns by lemma."""
    return {r["lemma"]: Cue(r["lemma"], Stance(r["stance"]), "noun", frozenset(r["frames"].split())) for r in rows_of("cues/nouns.tsv")}


@cache
def hearsay() -> Mapping[str, Cue]:
    """Adverbs and adjectives of hearsay by word in lower case; ``kind`` is "adverb" or "adjective"."""
    return {r["word"]: Cue(r["word"], Stance(r["stance"]), r["part"], frozenset()) for r in rows_of("cues/hearsay.tsv")}


@cache
def artefacts() -> frozenset[str]:
    """Things that say or show: "video", "statement"."""
    return frozenset(r["word"] for r in rows_of("cues/sources.tsv") if r["kind"] == "artefact")


@cache
def releasing() -> frozenset[str]:
    """Verbs by which a thing that says or shows reaches the public."""
    return frozenset(r["lemma"] for r in rows_of("cues/releasing.tsv"))
