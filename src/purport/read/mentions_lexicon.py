"""Kinds of nouns, titles and names, as looked up by the mention finder and by coreference."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from purport.codebook import in_use, per_codebook
from purport.model import EntityKind, Token
from purport.resources import rows_of, yaml_of

NOUNS = "lexicon/nouns.yaml"
ABSTRACT = "lexicon/abstract_nouns.yaml"
WORDS = "lexicon/words.yaml"


@dataclass(frozen=True, slots=True)
class NounClass:
    """What a noun makes of its phrase: the kind of entity, and a finer class ("militant", "captive", "recording")."""

    kind: EntityKind
    name: str


@per_codebook
def noun_classes() -> Mapping[str, NounClass]:
    """Noun (or pair of words) → class; where a noun stands in two classes, the first of the file wins."""
    classes: dict[str, NounClass] = {}
    for kind, groups in yaml_of(NOUNS).items():
        for name, words in groups.items():
            for word in words:
                classes.setdefault(" ".join(str(word).split()), NounClass(EntityKind(kind), name))
    for row in in_use().lexicons.instruments:
        classes.setdefault(row["word"], NounClass(EntityKind.WEAPON, "weapon"))
    return classes


@per_codebook
def abstract_nouns() -> Mapping[str, str]:
    """Noun → "happening", "abstract" or "time"; a noun that ``noun_classes`` knows is none of these."""
    return {word: name for name, words in yaml_of(ABSTRACT).items() for word in words if word not in noun_classes()}


@cache
def word_set(name: str) -> frozenset[str]:
    """One of the closed lists of ``words.yaml``."""
    return frozenset(yaml_of(WORDS)[name])


@cache
def titles() -> Mapping[str, str]:
    """Title in lower case → "male", "female" or ""."""
    return {row["title"]: row["gender"] for row in rows_of("lexicon/titles.tsv")}


@cache
def first_names() -> Mapping[str, str]:
    """First name in lower case → "male" or "female"."""
    return {row["name"]: row["gender"] for row in rows_of("lexicon/first_names.tsv")}


def class_of(tokens: Sequence[Token], head: int) -> NounClass | None:
    """The class of the noun at ``head``, read together with up to two words before it ("car bomb", "human rights group")."""
    return next((found for key in _keys(tokens, head) if (found := noun_classes().get(key))), None)


def _keys(tokens: Sequence[Token], head: int) -> Iterator[str]:
    """The longest key first, each with the head as printed and as lemma."""
    ends = tuple(dict.fromkeys((tokens[head].words.lower(), tokens[head].lemma.lower())))
    before = [token.words.lower() for token in tokens[max(0, head - 3) : head] if token.sentence == tokens[head].sentence]
    for size in range(len(before), -1, -1):
        start = before[len(before) - size :]
        for end in ends:
            yield " ".join([*start, end]).replace(" - ", "-")
            if end.endswith("s") and len(end) > 3:
                yield " ".join([*start, end[:-1]]).replace(" - ", "-")
