"""The cue lexicon: words that introduce what somebody says, thinks, shows, denies or threatens."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from purport.codebook import in_use, per_codebook
from purport.model import Stance
from purport.resources import rows_of, yaml_of


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue word: its stance when nothing else decides, its kind, and which complements may be its content."""

    word: str
    stance: Stance
    kind: str
    frames: frozenset[str]

    def takes(self, frame: str) -> bool:
        return frame in self.frames


@per_codebook
def verbs() -> Mapping[str, Cue]:
    """Cue verbs by lemma: reports, beliefs and shows."""
    rows = chain(rows_of("cues/verbs.tsv"), in_use().lexicons.cue_verbs)
    return {r["lemma"]: _cue(r["lemma"], r["stance"], r["kind"], r["frames"].split()) for r in rows}


@per_codebook
def nouns() -> Mapping[str, Cue]:
    """Cue nouns by lemma."""
    rows = chain(rows_of("cues/nouns.tsv"), in_use().lexicons.cue_nouns)
    return {r["lemma"]: _cue(r["lemma"], r["stance"], "noun", r["frames"].split()) for r in rows}


def _cue(word: str, stance: str, kind: str, frames: Iterable[str]) -> Cue:
    return Cue(word, Stance(stance), kind, frozenset(frames))


#: A frame is kept for breadth if at least this share of its occurrences introduces content. Half of the reachable F is the share
#: at which one more frame stops paying (PolNeAR train, F about .65).
MIN_SHARE = 0.32
#: What is assumed of a frame before it is seen, worth ``PRIOR_WEIGHT`` occurrences: the shares over all verbs of PolNeAR train.
PRIOR_SHARES = {"clause": 0.5, "infinitive": 0.22}
PRIOR_SHARE = 0.12
PRIOR_WEIGHT = 2.0


@per_codebook
def broad(part: str) -> Mapping[str, Cue]:
    """Cue verbs or nouns with attitudes and deeds beside reports, as PolNeAR marks them.

    The lexicon's, mended by how often each frame is a cue.
    """
    cues = dict(verbs() if part == "verb" else nouns())
    for row in rows_of("cues/breadth.tsv"):
        if row["part"] == part:
            known = cues.get(row["lemma"]) or Cue(row["lemma"], Stance.SAYS, "attitude", frozenset())
            frame = frozenset({row["frame"]})
            cues[row["lemma"]] = replace(known, frames=known.frames | frame if _pays(row) else known.frames - frame)
    return {word: cue for word, cue in cues.items() if cue.frames}


def _pays(row: Mapping[str, str]) -> bool:
    prior = PRIOR_SHARES.get(row["frame"], PRIOR_SHARE)
    return (int(row["cue"]) + prior * PRIOR_WEIGHT) / (int(row["seen"]) + PRIOR_WEIGHT) >= MIN_SHARE


@per_codebook
def hearsay() -> Mapping[str, Cue]:
    """Adverbs and adjectives of hearsay by word in lower case; ``kind`` is "adverb" or "adjective"."""
    rows = chain(rows_of("cues/hearsay.tsv"), in_use().lexicons.hearsay)
    return {r["word"]: Cue(r["word"], Stance(r["stance"]), r["part"], frozenset()) for r in rows}


@cache
def phrases() -> Mapping[str, Mapping[str, Stance]]:
    """Verbs that speak only with a certain word: by verb, then by word, the stance."""
    found: dict[str, dict[str, Stance]] = {}
    for row in rows_of("cues/phrases.tsv"):
        found.setdefault(row["verb"], {})[row["word"]] = Stance(row["stance"])
    return found


def source_rows() -> Iterator[Mapping[str, str]]:
    """Words for people and things that speak: the package's and those of the codebook in use."""
    return chain(rows_of("cues/sources.tsv"), in_use().lexicons.sources)


@per_codebook
def artefacts() -> frozenset[str]:
    """Things that say or show: "video", "statement"."""
    return frozenset(r["word"] for r in source_rows() if r["kind"] == "artefact")


@cache
def releasing() -> frozenset[str]:
    """Verbs by which a thing that says or shows reaches the public."""
    return frozenset(r["lemma"] for r in rows_of("cues/releasing.tsv"))


@cache
def words(name: str) -> frozenset[str]:
    """One list of ``cues/words.yaml``."""
    return frozenset(yaml_of("cues/words.yaml")[name])
