"""The organisation that a MUC-4 page holds responsible, and how sure it is of it: fitted on that set's training half.

Candidates are the actors of the page by the names printed on it, forces named by a common noun ("the army") and what the encoder marks.
One logistic model says which of them is held responsible, another which of MUC-4's confidences its sentences give. Weights, cue words and
nouns are in ``muc_organisations.yaml``, which ``python -m training.muc_organisations`` writes anew.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, log
from pathlib import Path
from typing import Any

import yaml

from evaluation.tasks.muc_names import DANGLING, bare, mentions
from purport.model import Claim, Entity, EntityKind, Span, Tags, Thing
from purport.resources import rows_of

Signs = dict[str, float]
WEIGHTS = Path(__file__).with_suffix(".yaml")
ORGANISATIONS = frozenset({EntityKind.ARMED_GROUP, EntityKind.ORGANISATION, EntityKind.FORCE, EntityKind.GOVERNMENT, EntityKind.PARTY})
#: From which probability a candidate is held responsible, and how many at most: on muc4_dev organisation confidence f .32 at .35 and one,
#: .31 at .3, .28 at .2, .30 with two.
LEAST = 0.35
MOST = 1
#: What the encoder marks with less is no candidate.
LEAST_MARKED = 0.2
SHORTEST_MARKED = 4
#: No chance counts as nearer to 0 or 1 than this.
CERTAIN = 1e-3
#: Characters around a name that count as beside it.
BESIDE = 90
#: A cue counts at most so often.
MOST_CUES, MOST_ON_PAGE = 3, 5
#: For a page without a trigger.
FAR = 3000
SENTENCE_END = re.compile(r"\.\s+(?=[A-Z\"\[])|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Page:
    """What the rules say of a page: ``triggers``, where its violent events are named; ``perpetrators``, the claims of who did them."""

    text: str
    tags: Tags
    entities: tuple[Entity, ...]
    triggers: tuple[int, ...]
    perpetrators: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation on a page. ``kind``: an entity kind, "common" for a noun or "marked" for words that only the encoder marks."""

    key: str
    kind: str
    names: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def name(self) -> str:
        return max(self.names, key=lambda name: (len(name), name))


def responsible(page: Page) -> list[dict[str, str]]:
    """The organisations held responsible, the likeliest first, by their longest name on the page, each with its confidence."""
    found = candidates(page)
    chances = [_chance(choice_signs(candidate, found, page), weights()["choice"]) for candidate in found]
    ranked = sorted((n for n, chance in enumerate(chances) if chance >= LEAST), key=lambda n: (-chances[n], found[n].key))
    chosen = [found[n] for n in ranked[:MOST]]
    return [{"name": one.name, "confidence": confidence(one, found, page)} for one in chosen]


def confidence(candidate: Candidate, others: Sequence[Candidate], page: Page) -> str:
    """MUC-4's label with the greatest sum of weights."""
    signs = word_signs(candidate, others, page)
    sums: dict[str, float] = {label: _sum(signs, known) for label, known in weights()["confidence"].items()}
    return max(sorted(sums), key=lambda label: sums[label])


# ------------------------------------------------------------------ candidates
def candidates(page: Page) -> list[Candidate]:
    """In the order of first actors, then common nouns, then what is only marked; no two share a character."""
    spans: dict[tuple[str, str], list[Span]] = {}
    taken: set[int] = set()
    for key, kind, span in (*_named(page), *_common(page), *_marked(page)):
        if not taken & set(range(span.start, span.end)):
            taken |= set(range(span.start, span.end))
            spans.setdefault((key, kind), []).append(span)
    return [
        Candidate(key, kind, tuple(sorted({" ".join(s.of(page.text).split()) for s in found})), tuple(sorted(found)))
        for (key, kind), found in spans.items()
    ]


def _named(page: Page) -> Iterator[tuple[str, str, Span]]:
    """Every alias on the page of every actor that is read there, the longest first."""
    actors = {e.actor_code: e for e in page.entities if e.actor_code is not None and e.kind in ORGANISATIONS}
    aliases = [(alias, code) for code in actors for alias in known_names().get(code, (bare(actors[code].name),))]
    for alias, code in sorted(aliases, key=lambda pair: (-len(pair[0]), pair)):
        for span in mentions(page.text, alias):
            yield code, actors[code].kind.value, span


def _common(page: Page) -> Iterator[tuple[str, str, Span]]:
    for match in _nouns().finditer(page.text):
        yield " ".join(match.group().split()), "common", Span(*match.span())


def _marked(page: Page) -> Iterator[tuple[str, str, Span]]:
    for tagged in page.tags.likely("participant", "perp_org", least=LEAST_MARKED):
        name = DANGLING.sub("", bare(tagged.span.of(page.text)))
        if len(name) >= SHORTEST_MARKED:
            for span in mentions(page.text, name):
                yield name, "marked", span


@cache
def known_names() -> Mapping[str, tuple[str, ...]]:
    """Code → names in capitals; words of the language and names of two letters are left out, as a page of capitals cannot tell them."""
    words = frozenset(weights()["ordinary"])
    return {
        row["code"]: tuple(name for name in map(bare, (row["name"], *row["aliases"].split("|"))) if len(name) > 2 and name not in words)
        for row in rows_of("actors/actors.tsv")
    }


@cache
def _nouns() -> re.Pattern[str]:
    nouns = sorted(weights()["nouns"], key=lambda noun: (-len(noun), noun))
    return re.compile(r"(?<!\w)(?:" + "|".join(noun.replace(" ", r"\s+") for noun in nouns) + r")(?!\w)")


# ------------------------------------------------------------------ signs
def choice_signs(candidate: Candidate, others: Sequence[Candidate], page: Page) -> Signs:
    """Signs that it is held responsible: the encoder's chances, how much the page speaks of it and where, and what the rules say."""
    own = _marks(candidate, page)
    rivals = [max(_marks(other, page)) for other in others if other is not candidate]
    best = sorted(own, reverse=True)[:3]
    return {
        "always": 1.0,
        "greatest": _odds(max(own)),
        "greatest three": _odds(sum(best) / len(best)),
        "mean": _odds(sum(own) / len(own)),
        "greatest of others": _odds(max(rivals, default=0.0)),
        "likeliest": float(max(own) >= max(rivals, default=0.0)),
        **_place_signs(candidate, others, page),
        **_kind_signs(candidate, page),
    }


def word_signs(candidate: Candidate, others: Sequence[Candidate], page: Page) -> Signs:
    """Signs of how sure the page is: cue words in its sentences and beside its name."""
    spans = candidate.spans
    inside = [s for s in _sentences(page.text) if any(s.start <= span.start < s.end for span in spans)]
    sentences = " ".join(s.of(page.text) for s in inside)
    beside = " ".join(page.text[max(0, span.start - BESIDE) : span.end + BESIDE] for span in spans)
    found = {"always": 1.0, **_place_signs(candidate, others, page), **_kind_signs(candidate, page)}
    for cue, pattern in _cues().items():
        found[f"page: {cue}"] = min(len(pattern.findall(page.text)), MOST_ON_PAGE) / MOST_ON_PAGE
        found[f"sentence: {cue}"] = min(len(pattern.findall(sentences)), MOST_CUES) / (1 + 0.3 * len(inside))
        found[f"beside: {cue}"] = min(len(pattern.findall(beside)), MOST_CUES) / (1 + 0.3 * len(spans))
    return found


def _place_signs(candidate: Candidate, others: Sequence[Candidate], page: Page) -> Signs:
    """How much the page speaks of it, where it begins to, and how near to a deed."""
    starts = [span.start for span in candidate.spans]
    gap = min((abs(start - trigger) for start in starts for trigger in page.triggers), default=FAR)
    return {
        "mentions": log(len(starts)),
        "share of mentions": len(starts) / sum(len(other.spans) for other in others),
        "first": min(starts) / max(len(page.text), 1),
        "to a trigger": log(1 + gap / 50),
    }


def _kind_signs(candidate: Candidate, page: Page) -> Signs:
    found = {f"kind: {candidate.kind}": 1.0}
    if candidate.kind == "common":
        found[f"noun: {candidate.key.split()[-1]}"] = 1.0
    if any(_is_of(claim, candidate) for claim in page.perpetrators):
        found["perpetrator by the rules"] = 1.0
    return found


def _is_of(claim: Claim, candidate: Candidate) -> bool:
    code = claim.value.actor_code if isinstance(claim.value, Thing) else None
    return code == candidate.key or any(claim.spans[0].overlaps(span) for span in candidate.spans)


def _marks(candidate: Candidate, page: Page) -> list[float]:
    return [page.tags.chance("participant", "perp_org", span=span) for span in candidate.spans]


def _sentences(text: str) -> list[Span]:
    cuts = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    return [Span(start, end) for start, end in pairwise(cuts) if start < end]


@cache
def _cues() -> Mapping[str, re.Pattern[str]]:
    return {cue: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for cue, words in weights()["cues"].items()}


@cache
def weights() -> Mapping[str, Any]:
    """The whole file: cues, nouns and the weights of both models."""
    found: Mapping[str, Any] = yaml.safe_load(WEIGHTS.read_text(encoding="utf-8"))
    return found


def _chance(signs: Signs, known: Mapping[str, float]) -> float:
    return 1 / (1 + exp(-_sum(signs, known)))


def _sum(signs: Signs, known: Mapping[str, float]) -> float:
    return sum(value * known.get(sign, 0.0) for sign, value in signs.items())


def _odds(chance: float) -> float:
    bounded = min(max(chance, CERTAIN), 1 - CERTAIN)
    return log(bounded / (1 - bounded))
